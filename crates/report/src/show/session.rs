//! A session of several recordings: what they come to together.

use kneewise_core::measure::metric::TIMER;
use kneewise_core::report::FOOTER;
use kneewise_read::sport::Sport;
use kneewise_read::unit::Units;

use super::{Figures, Session, facts, list, load, runner};
use crate::outline::{Block, Outline, Section};
use crate::words::{count, file_name, printable, sport};

pub(super) fn outline(session: &Session, units: Units) -> Outline {
    let run = session.run;
    let began = run.start.local_minute(run.utc_offset_s);
    let title = vec![format!("A session of {}", count(run.sources.len(), "recording")), sport(Sport::Running), began];
    let files = run.sources.iter().map(|source| printable(file_name(&source.name))).collect::<Vec<_>>();
    let about =
        "Recordings no more than 90 minutes apart are one session. Each of them, with its splits, follows below.";
    let of_files = vec![Block::Facts(vec![("Files".to_owned(), files.join(" + "))]), Block::Aside(about.to_owned())];
    let figures = Figures { measures: run.measures(), recorded_s: run.value(&TIMER).unwrap_or(0.0), is_run: true };
    let notes = list(run.notes.iter().map(|note| printable(&note.text)).collect());
    let sections = vec![
        Section { heading: "Where it is from".into(), blocks: of_files },
        Section { heading: "The runner".into(), blocks: runner::blocks(run, session.runner, units) },
        Section { heading: "Values".into(), blocks: facts::figures(&figures, units) },
        Section { heading: "Load".into(), blocks: load::blocks(run, session.runner, units) },
        Section { heading: "Notes".into(), blocks: notes },
    ];
    let sections = sections.into_iter().filter(|section| !section.blocks.is_empty()).collect();
    Outline { title, sections, footer: FOOTER.into() }
}
