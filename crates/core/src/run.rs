//! Runs: one session each, with its metrics.

mod fill;
mod part;
mod session;
#[cfg(test)]
mod tests;

pub use part::Part;
pub use session::{SESSION_GAP_S, sessions};

use jiff::civil::Date;

use crate::measure::form::{self, FormAtSpeed};
use crate::measure::heart_rate::HeartRateTime;
use crate::measure::metric::{self, ELAPSED, MOVING_TIME, Measured, Measures, Metric, TIMER};
use crate::measure::trace::Trace;
use kneewise_read::activity::{Activity, Device, Format, Labels, Note, NoteKind, Wearer};
use kneewise_read::sport::{Sport, SubSport};
use kneewise_read::time::{Timestamp, Zone};
use kneewise_read::witness::Decision;

/// A device's total that differs by less from its samples (a share) was not corrected: it is their
/// rounding.
const CORRECTED: f64 = 0.005;

/// No clock of the world is further from UTC (seconds).
const MOST_OFFSET_S: u32 = 86_400;

fn is_an_offset(offset_s: i32) -> bool {
    offset_s.unsigned_abs() <= MOST_OFFSET_S
}

const NO_ZONE: &str = "the file does not say what time zone it was in; the day is UTC's";

/// One session of running.
///
/// It keeps metrics and small summaries, never samples: memory grows with runs, not with seconds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Run {
    /// Stable and unique in a log: the start as `20260301T073000Z`.
    pub id: String,
    /// When it began.
    pub start: Timestamp,
    /// Seconds by which the runner's clock was ahead of UTC.
    pub utc_offset_s: i32,
    /// The runner's day on which it began.
    pub local_date: Date,
    /// Always [`Sport::Running`].
    pub sport: Sport,
    /// Where it was run.
    pub sub_sport: SubSport,
    /// The files it was read from, in order of time.
    pub sources: Vec<Source>,
    /// The form at each speed, over steady and flat running.
    pub form_by_speed: Vec<FormAtSpeed>,
    /// Whether its speeds are a device's own guess: indoors, with a total that nobody corrected.
    pub is_speed_guessed: bool,
    /// Whether its form is of several devices or surfaces, joined in one session: it can be
    /// compared with no other run's.
    pub is_form_mixed: bool,
    /// How long the heart beat at each rate.
    pub heart_rate: HeartRateTime,
    /// What recorded it; of several files the first that says.
    pub device: Option<Device>,
    /// The gear, such as a pair of shoes, that an export names for it; of several parts that of the
    /// longest that has one.
    pub gear: Option<String>,
    /// Boxed: most runs have none, and there may be very many.
    labels: Option<Box<Labels>>,
    /// How hard it was by the diary, from 0 to 10: of the session, or of each of its
    /// [parts](Run::parts). Empty where nobody looked, or the diary does not say; see
    /// [`Diary::tell`](crate::runner::Diary::tell).
    pub diary_exertion_cr10: Vec<f64>,
    /// What the file says of the runner.
    pub wearer: Wearer,
    /// The source used for each quantity that more than one source states.
    pub decisions: Vec<Decision>,
    /// What a reader of the run's figures should know.
    pub notes: Vec<Note>,
    measures: Measures,
    /// Whether the counter of metres stood all the time: it has no distance, and that is 0.
    has_no_metres: bool,
    /// What it was joined from, in order of time; empty where it is one recording.
    parts: Vec<Part>,
}

/// One file, or one activity of a file, that a run was read from.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Source {
    /// The path or name that the importer gave it.
    pub name: String,
    /// Its format.
    pub format: Option<Format>,
}

impl Source {
    /// Names a file, with its format where it has one.
    pub fn new(name: impl Into<String>, format: Option<Format>) -> Self {
        Self { name: name.into(), format }
    }
}

/// The reason why an activity is no run.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoRun {
    /// The file names another sport.
    #[error("the activity is {}", .0.name().replace('_', " "))]
    OtherSport(Sport),
    /// The file names no sport, or one that its format does not know.
    #[error("the file names no sport")]
    NoSport,
    /// The device's clock was [not set](Activity::is_dated): no day of a log is the run's.
    #[error("the device's clock was not set")]
    NoDate,
    /// The recording [measured nothing](Activity::has_measurements) that a runner can do.
    #[error("nothing was measured that a runner can do")]
    NothingMeasured,
}

impl Run {
    /// Makes a run of an activity.
    ///
    /// `source` names the file in messages. The day is that of the offset in the file, else of
    /// `zone`.
    ///
    /// # Errors
    /// [`NoRun`] with the reason why the activity is no run.
    ///
    /// ```
    /// use kneewise_core::run::NoRun;
    /// use kneewise_core::{Activity, Run};
    /// use kneewise_read::activity::Samples;
    /// use kneewise_read::sport::Sport;
    /// use kneewise_read::time::Timestamp;
    ///
    /// let start = Timestamp::from_unix_s(1_772_350_200).expect("in range");
    /// let ride = Activity::recorded(start, Sport::Cycling, Samples::new(vec![0.0, 1.0]));
    /// let why = Run::from_activity(&ride, "ride.fit", None).unwrap_err();
    /// assert_eq!(why, NoRun::OtherSport(Sport::Cycling));
    /// assert_eq!(why.to_string(), "the activity is cycling");
    /// ```
    pub fn from_activity(activity: &Activity, source: &str, zone: Option<&Zone>) -> Result<Self, NoRun> {
        Self::from_trace(&Trace::new(activity), source, zone)
    }

    /// Makes a run of an activity whose trace is there already.
    ///
    /// # Errors
    /// As of [`Run::from_activity`].
    pub fn from_trace(trace: &Trace, source: &str, zone: Option<&Zone>) -> Result<Self, NoRun> {
        match trace.activity.sport {
            Sport::Running if !trace.activity.is_dated() => Err(NoRun::NoDate),
            Sport::Running if !trace.activity.has_measurements() => Err(NoRun::NothingMeasured),
            Sport::Running => Ok(Self::of_any_sport(trace, source, zone)),
            Sport::Generic | Sport::Unknown => Err(NoRun::NoSport),
            other => Err(NoRun::OtherSport(other)),
        }
    }

    /// Returns the run that an activity would be, whatever its sport: a copy of a run may name
    /// another, and knows of it what others do not.
    pub fn of_any_sport(trace: &Trace, source: &str, zone: Option<&Zone>) -> Self {
        let activity = trace.activity;
        let local = activity.is_local_clock.then_some(0);
        let mut run = Self::at(activity.start, activity.utc_offset_s.or(local), zone);
        run.sub_sport = activity.sub_sport;
        run.sources = vec![Source { name: source.to_owned(), format: Some(activity.format) }];
        run.wearer = activity.wearer.clone();
        run.notes.extend(activity.notes.iter().cloned().chain(trace.notes()));
        run.measures = Measures::of_activity(trace);
        run.form_by_speed = form::form_by_speed(trace);
        let is_uncorrected = (trace.correction() - 1.0).abs() < CORRECTED || trace.is_corrected();
        run.is_speed_guessed = run.sub_sport.is_indoor() && is_uncorrected && !run.form_by_speed.is_empty();
        run.decisions.clone_from(&activity.decisions);
        run.heart_rate = HeartRateTime::of(trace);
        run.device.clone_from(&activity.device);
        run.set_labels(activity.labels.clone());
        run.has_no_metres = activity.counted_no_metres && run.distance_m().is_none();
        run
    }

    /// Returns a run of which only summary figures are known, such as a row of a table.
    ///
    /// A value that cannot be, NaN or a negative distance, counts as not given, and so does an
    /// offset of more than a day.
    ///
    /// ```
    /// use kneewise_core::Run;
    /// use kneewise_core::measure::metric;
    /// use kneewise_read::time::Timestamp;
    /// let start = Timestamp::parse_iso8601("2026-03-01T07:30:00+01:00").unwrap();
    /// let run = Run::summary(start.0, start.1, &[(&metric::DISTANCE, 5000.0), (&metric::MOVING_TIME, 1500.0)]);
    /// assert_eq!(run.local_date.to_string(), "2026-03-01");
    /// assert_eq!(run.value(&metric::PACE), Some(300.0));
    /// ```
    pub fn summary(start: Timestamp, utc_offset_s: Option<i32>, values: &[(&Metric, f64)]) -> Self {
        let mut run = Self::at(start, utc_offset_s, None);
        let given = |wanted: &Metric| values.iter().find(|(metric, _)| metric.id == wanted.id).map(|(_, value)| *value);
        let given = |wanted: &Metric| given(wanted).filter(|value| wanted.can_be(*value));
        let elapsed_s = given(&ELAPSED).or_else(|| given(&TIMER));
        let over_s = elapsed_s.or_else(|| given(&MOVING_TIME)).unwrap_or(0.0);
        run.measures = Measures::from_fn(|metric| {
            let value = given(metric).or_else(|| elapsed_s.filter(|_| metric.id == ELAPSED.id))?;
            Some(Measured { value, over_s, basis: "a summary" })
        });
        run
    }

    fn at(start: Timestamp, utc_offset_s: Option<i32>, zone: Option<&Zone>) -> Self {
        let mut notes = Vec::new();
        let offset = match (utc_offset_s.filter(|offset_s| is_an_offset(*offset_s)), zone) {
            (Some(offset), _) => offset,
            (None, Some(zone)) => {
                notes.push(Note::new(NoteKind::Zone, zone.ground()));
                zone.offset_s_at(start)
            }
            (None, None) => {
                notes.push(Note::new(NoteKind::NoZone, NO_ZONE));
                0
            }
        };
        Self {
            id: Self::id_at(start),
            start,
            utc_offset_s: offset,
            local_date: start.date_at_offset(offset),
            sport: Sport::Running,
            sub_sport: SubSport::Generic,
            sources: Vec::new(),
            form_by_speed: Vec::new(),
            is_speed_guessed: false,
            is_form_mixed: false,
            heart_rate: HeartRateTime::default(),
            device: None,
            gear: None,
            labels: None,
            diary_exertion_cr10: Vec::new(),
            wearer: Wearer::default(),
            decisions: Vec::new(),
            notes,
            measures: Measures::from_fn(|_| None),
            has_no_metres: false,
            parts: Vec::new(),
        }
    }

    /// Returns it on the day of its start, whatever day somebody gave it.
    pub(crate) fn on_its_day(mut self) -> Self {
        self.utc_offset_s = Some(self.utc_offset_s).filter(|offset_s| is_an_offset(*offset_s)).unwrap_or(0);
        self.local_date = self.start.date_at_offset(self.utc_offset_s);
        self
    }

    /// Measures it for a runner of this height, in metres, which counts before the file's.
    ///
    /// [`analyze`](crate::analyze) does so with the runner's own.
    pub fn set_height(&mut self, height_m: f64) {
        self.measures = self.measures.with_height(height_m);
    }

    /// Returns every metric of it.
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// Returns the value of a metric with what it rests on; `None` when the files do not hold it.
    pub fn measured(&self, metric: &Metric) -> Option<Measured> {
        self.measures.get(metric)
    }

    /// Returns the value of a metric in its unit; `None` when the files do not hold it.
    pub fn value(&self, metric: &Metric) -> Option<f64> {
        self.measured(metric).map(|measured| measured.value)
    }

    /// Returns metres run; `None` when no file says.
    pub fn distance_m(&self) -> Option<f64> {
        self.value(&metric::DISTANCE)
    }

    /// Returns when it ended, where that is known.
    pub fn end(&self) -> Option<Timestamp> {
        self.value(&ELAPSED).map(|seconds| self.start.plus_seconds(seconds))
    }

    /// Returns the files it was read from, as one text.
    pub fn source(&self) -> String {
        self.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>().join(" + ")
    }

    /// Returns the day on which it ended; that of its start where its end is not known.
    pub fn last_date(&self) -> Date {
        self.end().map_or(self.local_date, |end| end.date_at_offset(self.utc_offset_s)).max(self.local_date)
    }

    /// Returns what the runner called it and wrote of it, in any of its copies; of several parts
    /// that of a race, or of the longest.
    pub fn labels(&self) -> &Labels {
        self.labels.as_deref().unwrap_or(&Labels::NONE)
    }

    /// Gives it these labels instead.
    pub fn set_labels(&mut self, labels: Labels) {
        self.labels = (labels != Labels::NONE).then(|| Box::new(labels));
    }

    /// Puts it on the runner's clock `utc_offset_s` ahead of UTC, and says why.
    pub fn date_by(&mut self, utc_offset_s: i32, why: Note) {
        self.utc_offset_s = utc_offset_s;
        self.local_date = self.start.date_at_offset(utc_offset_s);
        self.notes.retain(|note| note.kind != NoteKind::NoZone);
        self.notes.push(why);
    }

    /// Returns the part of it that begins at `start` and lasts `seconds`, with these shares of its
    /// metres and of its timed seconds.
    ///
    /// Sums are shared out, means and bests stay, and its form at each speed is left out: nobody
    /// knows which of it was when.
    #[must_use]
    pub fn part(mut self, start: Timestamp, seconds: f64, metres_share: f64, time_share: f64) -> Self {
        let (metres_share, time_share) = (metres_share.clamp(0.0, 1.0), time_share.clamp(0.0, 1.0));
        self.start = start;
        self.id = Self::id_at(start);
        self.local_date = start.date_at_offset(self.utc_offset_s);
        self.measures = self.measures.of_part(seconds, metres_share, time_share);
        self.form_by_speed = Vec::new();
        self.heart_rate = self.heart_rate.share(time_share);
        self
    }

    /// The id of a run that begins then.
    fn id_at(start: Timestamp) -> String {
        start.to_string().replace(['-', ':'], "")
    }
}
