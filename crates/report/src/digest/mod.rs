//! What comes first in every form of a report: the first screen as plain data, without a layout.

mod before;
mod counts;
mod headline;
mod load;
pub mod number;
mod pain;
pub(crate) mod standout;
mod weeks;

use std::borrow::Cow;

use jiff::civil::Date;
use kneewise_core::triage::{Referral, Urgency, comes_first};
use serde::{Deserialize, Serialize};

use crate::Document;
use crate::outline::origin::unused_own;
use crate::words::{not_counted, printable};

pub use before::Before;
pub use counts::{Counts, Files, Kind, Unlock};
pub use headline::{NextStep, State};
pub use load::{Closest, LastDays, Next};
pub use pain::{Note, Pain};
pub use standout::Standout;
pub use weeks::{DigestWeek, FlaggedRun};

/// The days of the load (days).
pub const LOAD_DAYS: i64 = 28;

/// The first screen of a report. Texts are sentences or parts of them in the reader's units;
/// distances beside them are in metres.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Digest {
    /// The last day that the report is about.
    pub as_of: Date,
    /// Runs in the log.
    pub runs: usize,
    /// The day of the first run.
    pub first_day: Option<Date>,
    /// Weeks from the first run to the last day, begun ones counted.
    pub span_weeks: usize,
    /// What the screen opens with.
    pub state: State,
    /// One or two sentences.
    pub headline: Vec<String>,
    /// One thing to consider, or the referral where care comes first.
    pub next_step: Option<NextStep>,
    /// What a doctor or physiotherapist should see, the most urgent first.
    pub care: Vec<Care>,
    /// Whether some of it comes before all training.
    pub care_first: bool,
    /// The latest knee pain of the diary.
    pub pain: Option<Pain>,
    /// Whether the diary has an entry about a knee.
    pub has_diary: bool,
    /// What the settings change of the rules on pain, a sentence each.
    pub settings_notes: Vec<String>,
    /// The options that would use the runner's own files among the inputs.
    pub unused_own: Vec<Cow<'static, str>>,
    /// That activities are not counted because their files name no sport.
    pub not_counted: Option<String>,
    /// Lines of the runner's own files that could not be read.
    pub own_problems: usize,
    /// Days of the break that the runner is coming back from; `None` while care comes first.
    pub back_after_days: Option<i64>,
    /// What changed in the weeks before the pain.
    pub before: Option<Before>,
    /// The load of the last 28 days.
    pub load: LastDays,
    /// How far a next run may go.
    pub next: Option<Next>,
    /// The run of the last 28 days that came closest to a flag, where none is flagged.
    pub closest: Option<Closest>,
    /// The last 26 weeks, the latest last.
    pub weeks: Vec<DigestWeek>,
    /// At most three findings, in the order of their weight.
    pub standouts: Vec<Standout>,
    /// What else the report holds.
    pub counts: Counts,
    /// The files by kind.
    pub files: Files,
}

/// What a doctor or physiotherapist should see.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Care {
    /// The id of the sign.
    pub sign: Cow<'static, str>,
    /// How soon.
    pub urgency: Urgency,
    /// What to do.
    pub care: Cow<'static, str>,
    /// What was said, as the rest of a sentence that begins with the day.
    pub because: String,
    /// The day of the entry.
    pub date: Date,
}

impl Care {
    fn of(referral: &Referral) -> Self {
        let Referral { sign, urgency, care, because, date, .. } = referral;
        Self { sign: (*sign).into(), urgency: *urgency, care: (*care).into(), because: because.clone(), date: *date }
    }
}

/// Returns the first screen of a report.
pub fn digest(document: &Document) -> Digest {
    let report = document.report;
    let log = &report.log;
    let first = log.first_day();
    let pain = pain::latest(document);
    let standouts = standout::of(document, pain.as_ref());
    let state = headline::state(document, pain.as_ref(), &standouts);
    let counts = counts::counts(document, &standouts);
    let before = pain.as_ref().and_then(|pain| before::before(document, pain.since));
    Digest {
        as_of: report.as_of,
        runs: log.runs().iter().filter(|run| first.is_some_and(|first| run.local_date >= first)).count(),
        first_day: first,
        span_weeks: log.span_days().div_ceil(7),
        headline: headline::headline(document, state, pain.as_ref(), &standouts, &counts),
        next_step: headline::next_step(document, pain.as_ref(), &standouts),
        state,
        care: report.care.iter().map(Care::of).collect(),
        care_first: comes_first(&report.care),
        has_diary: report.runner.diary.entries().iter().any(kneewise_core::runner::Entry::records_knee),
        settings_notes: settings_notes(document),
        unused_own: unused_own(document).into_iter().map(Cow::from).collect(),
        not_counted: not_counted(document.ledger).filter(|_| log.runs().is_empty()),
        own_problems: document.own.iter().map(|file| file.problems.len()).sum(),
        back_after_days: log
            .returning_on(report.as_of)
            .filter(|_| !comes_first(&report.care))
            .map(|pause| pause.days()),
        before,
        load: load::last_days(document),
        next: load::next(document),
        closest: load::closest(document),
        weeks: weeks::weeks(document),
        files: counts::files(document.ledger),
        counts,
        standouts,
        pain,
    }
}

/// `kneewise.toml leaves out the rule pain-zones.`
fn settings_notes(document: &Document) -> Vec<String> {
    let changed = document.own.iter().flat_map(|file| file.on_pain.iter().map(move |what| (file, what)));
    changed.map(|(file, what)| printable(&format!("{} {what}.", file.name))).collect()
}
