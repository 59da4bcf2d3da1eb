//! One recording in full: every metric with what it rests on, splits, laps, how it went, what to
//! know. Of several that are one session, the session first.

mod facts;
mod json;
mod load;
mod runner;
mod session;
mod sparkline;
mod splits;

use kneewise_core::measure::metric::Measures;
use kneewise_core::measure::trace::Trace;
use kneewise_core::report::FOOTER;
use kneewise_core::{Run, Runner};
use kneewise_read::activity::Activity;
use kneewise_read::sport::Sport;
use kneewise_read::time::Zone;
use kneewise_read::unit::Units;

use crate::outline::{Block, Outline, Section};
use crate::words::{file_name, printable, sport};
use crate::{Format, JSON, MARKDOWN, RenderError, TEXT, TextStyle, markdown, text};

/// A recording to show.
#[derive(Debug)]
pub struct Recording<'a> {
    /// The path or name of the file it is from.
    pub file: &'a str,
    /// The recording.
    pub activity: &'a Activity,
    /// The zone that dates it where the file names none; UTC without.
    pub zone: Option<Zone>,
    /// What is to be said of the file as a whole.
    pub notes: Vec<String>,
    /// What only the runner can tell, for the loads of the run.
    pub runner: &'a Runner,
}

/// Recordings that are one session: what they come to together.
#[derive(Debug)]
pub struct Session<'a> {
    /// The run that they are.
    pub run: &'a Run,
    /// What only the runner can tell.
    pub runner: &'a Runner,
}

/// The forms in which recordings are shown. JSON is an array with an object for each.
pub static SHOW_FORMATS: &[&Format] = &[&TEXT, &MARKDOWN, &JSON];

/// Shows sessions of several recordings, then the recordings, one after the other. No position is
/// among what is shown.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be written, which no recording is known to bring
/// about.
pub fn show(
    sessions: &[Session],
    recordings: &[Recording],
    units: Units,
    format: &Format,
    style: &TextStyle,
) -> Result<String, RenderError> {
    let seen = recordings.iter().map(Seen::new);
    let measured = sessions.iter().map(|session| {
        let mut run = session.run.clone();
        session.runner.own_height_m().into_iter().for_each(|metres| run.set_height(metres));
        run
    });
    let measured: Vec<Run> = measured.collect();
    let sessions: Vec<Session> =
        sessions.iter().zip(&measured).map(|(session, run)| Session { run, runner: session.runner }).collect();
    if format == &JSON {
        return json::write(&sessions, seen);
    }
    let render = |outline: &Outline| {
        if format == &MARKDOWN { markdown::render(outline) } else { text::render(outline, style) }
    };
    let of_sessions = sessions.iter().map(|session| session::outline(session, units));
    let outlines = of_sessions.chain(seen.map(|seen| seen.outline(units)));
    Ok(outlines.map(|outline| render(&outline)).collect::<Vec<_>>().join("\n"))
}

/// A recording with all that is worked out of it.
struct Seen<'a> {
    recording: &'a Recording<'a>,
    trace: Trace<'a>,
    measures: Measures,
    utc_offset_s: i32,
    /// The run that it is, if it is one.
    run: Option<Run>,
}

/// What there is to say in figures.
struct Figures<'a> {
    measures: &'a Measures,
    /// Seconds of recording in all.
    recorded_s: f64,
    /// Whether figures of running mean anything here.
    is_run: bool,
}

impl<'a> Seen<'a> {
    fn new(recording: &'a Recording<'a>) -> Self {
        let activity = recording.activity;
        let trace = Trace::new(activity);
        let of_zone = || recording.zone.as_ref().map_or(0, |zone| zone.offset_s_at(activity.start));
        let utc_offset_s = activity.utc_offset_s.unwrap_or_else(of_zone);
        let run = Run::from_trace(&trace, recording.file, recording.zone.as_ref()).ok();
        let measures = run.as_ref().map_or_else(|| Measures::of_activity(&trace), |run| run.measures().clone());
        let measures = recording.runner.own_height_m().map(|metres| measures.with_height(metres)).unwrap_or(measures);
        Self { recording, trace, measures, utc_offset_s, run }
    }

    fn outline(&self, units: Units) -> Outline {
        let activity = self.recording.activity;
        let began = activity.start.local_minute(self.utc_offset_s);
        let title = vec![printable(file_name(self.recording.file)), sport(activity.sport), began];
        let sections = vec![
            Section { heading: "Where it is from".into(), blocks: facts::provenance(self) },
            Section { heading: "How it went".into(), blocks: sparkline::blocks(&self.trace, units) },
            Section { heading: "The runner".into(), blocks: self.runner(units) },
            Section { heading: "Values".into(), blocks: facts::figures(&self.figures(), units) },
            Section { heading: "Load".into(), blocks: self.load(units) },
            Section { heading: "Splits".into(), blocks: splits::blocks(&self.trace, units) },
            Section { heading: "Notes".into(), blocks: facts::notes(self) },
        ];
        let sections = sections.into_iter().filter(|section| !section.blocks.is_empty()).collect();
        Outline { title, sections, footer: FOOTER.into() }
    }

    /// What to know, of the file and of the recording.
    fn notes(&self) -> impl Iterator<Item = String> {
        let of_file = self.recording.notes.iter().map(|note| printable(note));
        let of_activity = self.recording.activity.notes.iter().cloned().chain(self.trace.notes());
        of_file.chain(of_activity.map(|note| printable(&note.text)))
    }

    fn figures(&self) -> Figures<'_> {
        let is_run = self.recording.activity.sport == Sport::Running;
        Figures { measures: &self.measures, recorded_s: self.trace.recorded_s(), is_run }
    }

    fn runner(&self, units: Units) -> Vec<Block> {
        self.run.as_ref().map_or_else(Vec::new, |run| runner::blocks(run, self.recording.runner, units))
    }

    fn load(&self, units: Units) -> Vec<Block> {
        self.run.as_ref().map_or_else(Vec::new, |run| load::blocks(run, self.recording.runner, units))
    }

    /// On what ground the local time stands, where not on the file's.
    fn clock_ground(&self) -> Option<String> {
        match (self.recording.activity.utc_offset_s, &self.recording.zone) {
            (Some(_), _) => None,
            (None, Some(zone)) => Some(zone.ground()),
            (None, None) => Some("the file names no time zone; the times are UTC".to_owned()),
        }
    }
}

/// A list, or nothing where it is empty.
fn list(items: Vec<String>) -> Vec<Block> {
    if items.is_empty() { Vec::new() } else { vec![Block::List(items)] }
}
