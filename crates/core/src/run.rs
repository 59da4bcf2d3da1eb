//! Runs: one session each, with its metrics.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::baseline::Surface;
use crate::measure::form::{self, FormAtSpeed};
use crate::measure::heart_rate::HeartRateTime;
use crate::measure::metric::{
    self, AVG_HEART_RATE, ELAPSED, HEART_RATE_DRIFT, MAX_HEART_RATE, MOVING_TIME, Measured, Measures, Metric,
    PERCEIVED_EXERTION, Slight, TIMER,
};
use crate::measure::trace::Trace;
use kneewise_read::activity::{Activity, Channel, Device, Format, Labels, Note, NoteKind, Wearer};
use kneewise_read::sport::{Sport, SubSport};
use kneewise_read::time::{Timestamp, Zone};
use kneewise_read::witness::Decision;

/// Files of runs no further apart than this (seconds) are one session: a warm-up, a race and a
/// cool-down are often recorded separately. Ninety minutes, as the R package trackeR joins its
/// example runs.
pub const SESSION_GAP_S: f64 = 90.0 * 60.0;

/// Recordings that begin further apart than this (seconds) are one session only where the first was
/// in motion for half of its time or more: of a recording of years, two points with a wrong date
/// are the likelier story.
const MAX_SESSION_S: f64 = 86_400.0;

/// A device's total that differs by less from its samples (a share) was not corrected: it is their
/// rounding.
const CORRECTED: f64 = 0.005;

/// A recording of less time than this (seconds), or of a smaller share of its session's, adds what
/// it says and nothing else.
const SLIGHT_S: f64 = 60.0;
const SLIGHT_SHARE: f64 = 0.01;

/// No clock of the world is further from UTC (seconds).
const MOST_OFFSET_S: u32 = 86_400;

fn is_an_offset(offset_s: i32) -> bool {
    offset_s.unsigned_abs() <= MOST_OFFSET_S
}

const NO_ZONE: &str = "the file does not say what time zone it was in; the day is UTC's";

const MIXED: &str = "recorded by several devices or on several surfaces: its form is compared with no other run's";

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

/// One recording of a session, with what must not be mixed with its others': shoes are changed for
/// a race, and a warm-up feels otherwise.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Part {
    /// When it began.
    pub start: Timestamp,
    /// When it ended, where that is known.
    pub end: Option<Timestamp>,
    /// Metres run; `None` when the file does not say.
    pub distance_m: Option<f64>,
    /// Seconds on the timer.
    pub timer_s: Option<f64>,
    /// Seconds in motion.
    pub moving_s: Option<f64>,
    /// Where it was run.
    pub sub_sport: SubSport,
    /// The gear that an export names for it.
    pub gear: Option<String>,
    /// What the runner called it and wrote of it.
    pub labels: Labels,
    /// How hard it was, as entered on the watch, from 0 to 10.
    pub exertion_cr10: Option<f64>,
    /// The files it was read from.
    pub sources: Vec<Source>,
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

    /// The run that an activity would be, whatever its sport: a copy of a run may name another, and
    /// knows of it what others do not.
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
        let mut counted = activity.samples.recorded(Channel::Distance).map(|(_, metres)| metres);
        run.has_no_metres =
            run.distance_m().is_none() && counted.next().is_some_and(|first| counted.all(|m| m <= first));
        run
    }

    /// A run of which only summary figures are known, such as a row of a table.
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
                notes.push(Note::new(NoteKind::Clock, NO_ZONE));
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

    /// Every metric of it.
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// The value of a metric with what it rests on; `None` when the files do not hold it.
    pub fn measured(&self, metric: &Metric) -> Option<Measured> {
        self.measures.get(metric)
    }

    /// The value of a metric in its unit; `None` when the files do not hold it.
    pub fn value(&self, metric: &Metric) -> Option<f64> {
        self.measured(metric).map(|measured| measured.value)
    }

    /// Metres run; `None` when no file says.
    pub fn distance_m(&self) -> Option<f64> {
        self.value(&metric::DISTANCE)
    }

    /// When it ended, where that is known.
    pub fn end(&self) -> Option<Timestamp> {
        self.value(&ELAPSED).map(|seconds| self.start.plus_seconds(seconds))
    }

    /// The files it was read from, as one text.
    pub fn source(&self) -> String {
        self.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>().join(" + ")
    }

    /// The day on which it ended; that of its start where its end is not known.
    pub fn last_date(&self) -> Date {
        self.end().map_or(self.local_date, |end| end.date_at_offset(self.utc_offset_s)).max(self.local_date)
    }

    /// What it was joined from, in order of time: one part where it is one recording.
    pub fn parts(&self) -> Cow<'_, [Part]> {
        if self.parts.is_empty() { Cow::Owned(vec![self.as_part()]) } else { Cow::Borrowed(&self.parts) }
    }

    fn as_part(&self) -> Part {
        Part {
            start: self.start,
            end: self.end(),
            distance_m: self.distance_m().or(self.has_no_metres.then_some(0.0)),
            timer_s: self.value(&TIMER),
            moving_s: self.value(&MOVING_TIME),
            sub_sport: self.sub_sport,
            gear: self.gear.clone(),
            labels: self.labels().clone(),
            exertion_cr10: self.value(&PERCEIVED_EXERTION),
            sources: self.sources.clone(),
        }
    }

    /// What the runner called it and wrote of it, in any of its copies; of several parts that of a
    /// race, or of the longest.
    pub fn labels(&self) -> &Labels {
        self.labels.as_deref().unwrap_or(&Labels::NONE)
    }

    /// Gives it these labels instead.
    pub fn set_labels(&mut self, labels: Labels) {
        self.labels = (labels != Labels::NONE).then(|| Box::new(labels));
    }

    fn fill_labels(&mut self, more: &Labels) {
        if *more != Labels::NONE {
            let mut labels = self.labels().clone();
            labels.fill(more);
            self.set_labels(labels);
        }
    }

    /// Takes what a row of a log kept by hand says of it, where no file does.
    pub fn fill(&mut self, gear: Option<&str>, exertion_cr10: Option<f64>, labels: &Labels) {
        self.fill_labels(labels);
        if self.gear.is_none() {
            self.gear = gear.map(str::to_owned);
        }
        if let Some(value) = exertion_cr10.filter(|_| self.value(&PERCEIVED_EXERTION).is_none()) {
            let over_s = self.value(&TIMER).unwrap_or(0.0);
            let told = Measured { value, over_s, basis: "a log kept by hand" };
            let known = self.measures.clone();
            let is_told = |metric: &Metric| metric.id == PERCEIVED_EXERTION.id;
            self.measures = Measures::from_fn(|metric| if is_told(metric) { Some(told) } else { known.get(metric) });
        }
    }

    /// Like [`Run::fill`], for the row that tells of one of several [parts](Run::parts).
    pub fn fill_part(&mut self, i: usize, gear: Option<&str>, exertion_cr10: Option<f64>, labels: &Labels) {
        let Some(part) = self.parts.get_mut(i) else { return };
        if part.gear.is_none() {
            part.gear = gear.map(str::to_owned);
        }
        part.exertion_cr10 = part.exertion_cr10.or(exertion_cr10);
        part.labels.fill(labels);
        self.take_from_parts();
    }

    /// Takes the gear of the longest part that has some, and the labels of a race before those of
    /// longer parts.
    fn take_from_parts(&mut self) {
        let seconds = |part: &&Part| part.timer_s.unwrap_or(0.0);
        // Of two as long the first.
        let mut longest: Vec<&Part> = self.parts.iter().collect();
        longest.sort_by(|a, b| seconds(b).total_cmp(&seconds(a)));
        self.gear = longest.iter().find_map(|part| part.gear.clone());
        longest.sort_by_key(|part| !part.labels.is_race);
        let mut labels = Labels::default();
        for part in longest {
            labels.fill(&part.labels);
        }
        self.set_labels(labels);
    }

    /// Puts it on the runner's clock `utc_offset_s` ahead of UTC, and says why.
    pub fn date_by(&mut self, utc_offset_s: i32, why: Note) {
        self.utc_offset_s = utc_offset_s;
        self.local_date = self.start.date_at_offset(utc_offset_s);
        self.notes.retain(|note| note.kind != NoteKind::Clock || note.text != NO_ZONE);
        self.notes.push(why);
    }

    /// Seconds that it took by the timer, else from its start to its end.
    fn own_s(&self) -> f64 {
        self.value(&TIMER).or_else(|| self.value(&ELAPSED)).unwrap_or(0.0)
    }

    /// Whether what it does not say adds nothing to a session of `whole_s` seconds.
    fn is_slight(&self, whole_s: f64) -> bool {
        let own_s = self.own_s();
        let is_standing = self.has_no_metres || self.distance_m().is_some_and(|metres| metres <= 0.0);
        own_s < SLIGHT_S || own_s < SLIGHT_SHARE * whole_s || is_standing
    }

    /// The part of it that begins at `start` and lasts `seconds`, with these shares of its metres
    /// and of its timed seconds.
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

    /// Takes from another recording of the same run what the runner told or set there and this one
    /// does not know.
    pub fn fill_told(&mut self, copy: &Self) {
        if self.gear.is_none() {
            self.gear.clone_from(&copy.gear);
        }
        self.fill_labels(copy.labels());
        if self.wearer == Wearer::default() {
            self.wearer = copy.wearer.clone();
        }
        if self.sub_sport == SubSport::Generic {
            self.sub_sport = copy.sub_sport;
        }
        self.measures = self.measures.filled(&copy.measures, &[&PERCEIVED_EXERTION]);
    }

    /// Takes the heart rate of another recording of the same run where this one has none; says
    /// whether it did.
    pub fn fill_heart_rate(&mut self, copy: &Self) -> bool {
        if self.value(&AVG_HEART_RATE).is_some() || copy.value(&AVG_HEART_RATE).is_none() {
            return false;
        }
        self.measures = self.measures.filled(&copy.measures, &[&AVG_HEART_RATE, &MAX_HEART_RATE, &HEART_RATE_DRIFT]);
        self.heart_rate = copy.heart_rate.clone();
        true
    }

    /// The id of a run that begins then.
    fn id_at(start: Timestamp) -> String {
        start.to_string().replace(['-', ':'], "")
    }

    /// Takes in a later part of the same session.
    fn merge(&mut self, later: Self, slight: Slight) {
        let end_of = |run: &Self| run.end().unwrap_or_else(|| run.start.plus_seconds(run.own_s()));
        let end = end_of(self).max(end_of(&later));
        if self.parts.is_empty() {
            self.parts.push(self.as_part());
        }
        self.parts.extend(later.parts().into_owned());
        self.measures = self.measures.with_later(&later.measures, end.seconds_since(self.start), slight);
        self.has_no_metres &= later.has_no_metres;
        self.form_by_speed.extend(later.form_by_speed);
        self.is_speed_guessed |= later.is_speed_guessed;
        self.heart_rate.add(&later.heart_rate);
        let is_one_surface = Surface::of(self.sub_sport) == Surface::of(later.sub_sport);
        let is_mixed = later.is_form_mixed || !is_one_surface || self.device != later.device;
        if is_mixed && !self.is_form_mixed && !self.form_by_speed.is_empty() {
            self.is_form_mixed = true;
            self.notes.push(Note::new(NoteKind::Session, MIXED));
        }
        self.device = self.device.take().or(later.device);
        if self.wearer == Wearer::default() {
            self.wearer = later.wearer;
        }
        if !is_one_surface {
            self.sub_sport = SubSport::Generic;
        }
        self.sources.extend(later.sources);
        self.decisions.extend(later.decisions);
        let new_notes: Vec<Note> = later.notes.into_iter().filter(|note| !self.notes.contains(note)).collect();
        self.notes.extend(new_notes);
        self.notes.retain(|note| note.kind != NoteKind::Session || note.text == MIXED);
        let text = format!("{} recordings close in time, taken as one session", self.sources.len());
        self.notes.push(Note::new(NoteKind::Session, text));
    }
}

/// Joins recordings that begin within `gap_s` seconds after the end of the one before; returns
/// sessions in order of time.
///
/// The recordings must not be copies of one another: what overlaps is taken as one session too.
pub fn sessions(mut recordings: Vec<Run>, gap_s: f64) -> Vec<Run> {
    recordings.sort_by(|a, b| a.start.cmp(&b.start).then_with(|| a.source().cmp(&b.source())));
    let mut groups: Vec<Group> = Vec::with_capacity(recordings.len());
    for recording in recordings {
        match groups.last_mut() {
            Some(last) if last.goes_on(&recording, gap_s) => last.add(recording),
            _ => groups.push(Group::new(recording)),
        }
    }
    groups.into_iter().map(Group::joined).collect()
}

/// The recordings of one session.
struct Group {
    first: Run,
    later: Vec<Run>,
    end: Timestamp,
}

impl Group {
    fn new(first: Run) -> Self {
        let end = first.end().unwrap_or(first.start);
        Self { first, later: Vec::new(), end }
    }

    /// Whether the session goes on with a recording that starts later.
    fn goes_on(&self, next: &Run, gap_s: f64) -> bool {
        let is_short = next.start.seconds_since(self.first.start) <= MAX_SESSION_S;
        next.start.seconds_since(self.end) <= gap_s && (is_short || self.is_mostly_in_motion())
    }

    /// An ultra goes on for days, but somebody runs all the while.
    fn is_mostly_in_motion(&self) -> bool {
        let parts = std::iter::once(&self.first).chain(&self.later);
        let moving_s: f64 = parts.filter_map(|part| part.value(&MOVING_TIME)).sum();
        moving_s >= self.end.seconds_since(self.first.start) / 2.0
    }

    fn add(&mut self, later: Run) {
        self.end = self.end.max(later.end().unwrap_or(later.start));
        self.later.push(later);
    }

    fn joined(self) -> Run {
        let mut run = self.first;
        if self.later.is_empty() {
            return run;
        }
        let whole_s = run.own_s() + self.later.iter().map(Run::own_s).sum::<f64>();
        let is_slight: Vec<bool> =
            std::iter::once(&run).chain(&self.later).map(|recording| recording.is_slight(whole_s)).collect();
        let mut earlier = is_slight[0];
        for (part, later) in self.later.into_iter().zip(is_slight.iter().copied().skip(1)) {
            run.merge(part, Slight { earlier, later });
            earlier &= later;
        }
        for (part, _) in run.parts.iter_mut().zip(&is_slight).filter(|(_, is_slight)| **is_slight) {
            part.distance_m = part.distance_m.or(Some(0.0));
        }
        run.take_from_parts();
        run
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::baseline::{Needs, Options, form_trend};
    use crate::measure::form::FormMetric;
    use crate::measure::metric::{AVG_HEART_RATE, DISTANCE, ELAPSED, MAX_HEART_RATE, PACE, TIMER};
    use kneewise_read::activity::{Channel, Samples};
    use proptest::prelude::*;

    fn recording(start: &str, metres: f64, seconds: f64, bpm: f64) -> Run {
        let (start, offset) = Timestamp::parse_iso8601(start).expect("a time");
        let values = [(&DISTANCE, metres), (&TIMER, seconds), (&AVG_HEART_RATE, bpm), (&MAX_HEART_RATE, bpm + 10.0)];
        Run::summary(start, offset, &values)
    }

    #[test]
    fn recordings_less_than_ninety_minutes_apart_are_one_session() {
        let warm_up = recording("2026-03-01T08:00:00Z", 2000.0, 600.0, 120.0);
        let race = recording("2026-03-01T08:30:00Z", 10_000.0, 2400.0, 170.0);
        let evening = recording("2026-03-01T18:00:00Z", 5000.0, 1500.0, 140.0);
        let sessions = sessions(vec![evening, race, warm_up], SESSION_GAP_S);
        assert_eq!(sessions.len(), 2);
        let race = &sessions[0];
        assert_eq!(race.value(&DISTANCE), Some(12_000.0));
        assert_eq!(race.value(&TIMER), Some(3000.0));
        assert_eq!(race.value(&ELAPSED), Some(1800.0 + 2400.0), "the break is part of the session");
        assert_eq!(race.value(&AVG_HEART_RATE), Some((120.0 * 600.0 + 170.0 * 2400.0) / 3000.0));
        assert_eq!(race.value(&MAX_HEART_RATE), Some(180.0));
    }

    #[test]
    fn the_gap_is_measured_from_the_end_to_the_next_start() {
        let first = recording("2026-03-01T08:00:00Z", 2000.0, 600.0, 120.0);
        let at = |time: &str| sessions(vec![first.clone(), recording(time, 1.0, 1.0, 1.0)], SESSION_GAP_S).len();
        assert_eq!(at("2026-03-01T09:40:00Z"), 1, "ninety minutes to the second");
        assert_eq!(at("2026-03-01T09:40:01Z"), 2);
    }

    #[test]
    fn a_recording_of_years_swallows_no_runs() {
        let years = recording("2026-03-01T08:00:00Z", 5000.0, 2.0 * 365.0 * 86_400.0, 120.0);
        let at = |time: &str| sessions(vec![years.clone(), recording(time, 1.0, 1.0, 1.0)], SESSION_GAP_S).len();
        assert_eq!(at("2026-03-02T08:00:00Z"), 1, "a day to the second");
        assert_eq!(at("2026-03-02T08:00:01Z"), 2);
    }

    #[test]
    fn a_session_of_two_surfaces_or_devices_has_no_form_to_compare() {
        let joined = |at: [(SubSport, &str); 2]| {
            let part = |(sub_sport, product): (SubSport, &str), start: &str| {
                let mut run = recording(start, 3600.0, 1200.0, 140.0);
                run.sub_sport = sub_sport;
                run.device = Some(Device { manufacturer: "maker".to_owned(), product: product.to_owned() });
                run.form_by_speed = vec![FormAtSpeed::new(3.05, 1200.0, &[(FormMetric::StepRate, 170.0)])];
                run
            };
            let parts = vec![part(at[0], "2026-03-01T08:00:00Z"), part(at[1], "2026-03-01T08:40:00Z")];
            let session = sessions(parts, SESSION_GAP_S).remove(0);
            let point = form_trend(
                std::slice::from_ref(&session),
                FormMetric::StepRate,
                session.local_date,
                &Options::default(),
            );
            let notes = session.notes.iter().filter(|note| note.kind == NoteKind::Session).count();
            (session.sub_sport, point.points[0].against == Err(Needs::OneKind), notes)
        };
        let (road, belt) = (SubSport::Generic, SubSport::Treadmill);
        assert_eq!(joined([(road, "a"), (road, "a")]), (road, false, 1));
        assert_eq!(joined([(belt, "a"), (road, "a")]), (road, true, 2));
        assert_eq!(joined([(road, "a"), (road, "b")]), (road, true, 2));
        assert_eq!(joined([(belt, "a"), (SubSport::IndoorRunning, "a")]), (belt, false, 1), "both indoors");
    }

    #[test]
    fn speeds_indoors_are_a_guess_until_somebody_corrects_the_distance() {
        let is_guessed = |sub_sport, total_m| {
            let start = Timestamp::parse_iso8601("2026-03-01T08:00:00Z").expect("a time").0;
            let mut activity = Activity::new(Format::Fit, start);
            (activity.sport, activity.sub_sport) = (Sport::Running, sub_sport);
            activity.totals.distance_m = total_m;
            activity.samples = Samples::new((0..=600).map(f64::from).collect());
            activity.samples.set(Channel::Distance, (0..=600).map(|i| 3.0 * f64::from(i)).collect());
            activity.samples.set(Channel::Speed, vec![3.0; 601]);
            activity.samples.set(Channel::StepRate, vec![170.0; 601]);
            Run::from_activity(&activity, "a.fit", None).is_ok_and(|run| run.is_speed_guessed)
        };
        assert!(is_guessed(SubSport::Treadmill, None) && is_guessed(SubSport::Treadmill, Some(1801.0)));
        assert!(!is_guessed(SubSport::Treadmill, Some(1700.0)), "corrected");
        assert!(!is_guessed(SubSport::Generic, Some(1801.0)), "outdoors");
    }

    #[test]
    fn a_form_metric_has_the_seconds_of_its_own_sensor() {
        let start = Timestamp::parse_iso8601("2026-03-01T08:00:00Z").expect("a time").0;
        let mut activity = Activity::new(Format::Fit, start);
        activity.sport = Sport::Running;
        activity.samples = Samples::new((0..=3000).map(f64::from).collect());
        activity.samples.set(Channel::Speed, vec![3.05; 3001]);
        activity.samples.set(Channel::StepRate, vec![170.0; 3001]);
        // A pod whose battery lasted for twenty seconds.
        let stance = (0..3001).map(|i| if (1000..1020).contains(&i) { 250.0 } else { f64::NAN });
        activity.samples.set(Channel::StanceTime, stance.collect());
        let run = Run::from_activity(&activity, "a.fit", None).expect("a run");
        let of = |metric| {
            form_trend(std::slice::from_ref(&run), metric, run.local_date, &Options::default()).points[0].clone()
        };
        assert_eq!(of(FormMetric::StanceTime).against, Err(Needs::Running { needs_s: 600.0, has_s: 20.0 }));
        assert_eq!((of(FormMetric::StanceTime).seconds, of(FormMetric::StepRate).seconds), (20.0, 2981.0));
    }

    #[test]
    fn a_recording_without_a_date_is_no_run_of_the_log() {
        let at = |time: &str| {
            let mut activity = Activity::new(Format::Fit, Timestamp::parse_iso8601(time).expect("a time").0);
            activity.sport = Sport::Running;
            activity.totals.timer_s = Some(1800.0);
            Run::from_activity(&activity, "a.fit", None)
        };
        assert_eq!(at("1989-12-31T00:22:29Z").map(|run| run.id), Err(NoRun::NoDate));
        assert!(at("2004-06-01T08:00:00Z").is_ok());
    }

    #[test]
    fn what_is_too_small_to_matter_makes_no_distance_unknown() {
        let without_distance = |start: &str, seconds: f64| {
            let (start, offset) = Timestamp::parse_iso8601(start).expect("a time");
            Run::summary(start, offset, &[(&TIMER, seconds)])
        };
        let with = |seconds: f64, of_run_s: f64| {
            let run = recording("2026-03-01T08:30:00Z", 5000.0, of_run_s, 150.0);
            let slight = without_distance("2026-03-01T08:00:00Z", seconds);
            let after = without_distance("2026-03-01T10:20:00Z", seconds);
            let session = |parts| sessions(parts, SESSION_GAP_S).remove(0);
            let [first, last] = [session(vec![slight, run.clone()]), session(vec![run, after])];
            assert_eq!(first.distance_m(), last.distance_m(), "it may come first or last");
            (first.distance_m(), first.value(&TIMER), first.parts()[0].distance_m)
        };
        assert_eq!(with(59.0, 1500.0), (Some(5000.0), Some(1559.0), Some(0.0)));
        assert_eq!(with(60.0, 1500.0), (None, Some(1560.0), None));
        assert_eq!(with(60.0, 6000.0), (Some(5000.0), Some(6060.0), Some(0.0)), "less than a hundredth");
    }

    #[test]
    fn a_recording_whose_counter_stood_adds_no_metres() {
        let standing = |metres: f64| {
            let start = Timestamp::parse_iso8601("2026-03-01T08:00:00Z").expect("a time").0;
            let mut activity = Activity::new(Format::Fit, start);
            activity.sport = Sport::Running;
            activity.samples = Samples::new((0..=600).map(f64::from).collect());
            activity.samples.set(Channel::Distance, vec![metres; 601]);
            activity.totals.timer_s = Some(600.0);
            Run::from_activity(&activity, "a.fit", None).expect("a run")
        };
        let joined = |first| {
            sessions(vec![first, recording("2026-03-01T08:30:00Z", 5000.0, 1500.0, 150.0)], SESSION_GAP_S).remove(0)
        };
        assert_eq!(joined(standing(0.0)).distance_m(), Some(5000.0));
        assert_eq!(joined(standing(f64::NAN)).distance_m(), None, "nobody counted");
    }

    #[test]
    fn each_part_keeps_its_shoes() {
        let part = |start: &str, metres: f64, seconds: f64, gear: Option<&str>| {
            let mut run = recording(start, metres, seconds, 140.0);
            run.gear = gear.map(str::to_owned);
            run
        };
        let race = |gear: [Option<&str>; 3]| {
            let parts = vec![
                part("2026-03-01T08:00:00Z", 2000.0, 600.0, gear[0]),
                part("2026-03-01T08:30:00Z", 10_000.0, 2400.0, gear[1]),
                part("2026-03-01T09:30:00Z", 2000.0, 600.0, gear[2]),
            ];
            sessions(parts, SESSION_GAP_S).remove(0)
        };
        let session = race([Some("Trainer"), Some("Flat"), Some("Trainer")]);
        let parts: Vec<_> = session.parts().iter().map(|part| (part.gear.clone(), part.distance_m)).collect();
        let expected = [("Trainer", 2000.0), ("Flat", 10_000.0), ("Trainer", 2000.0)];
        assert_eq!(parts, expected.map(|(gear, metres)| (Some(gear.to_owned()), Some(metres))));
        assert_eq!(session.gear.as_deref(), Some("Flat"), "most of it");
        assert_eq!(race([None, None, Some("Trainer")]).gear.as_deref(), Some("Trainer"));
        assert_eq!(race([Some("A"), None, Some("B")]).gear.as_deref(), Some("A"), "of two as long the first");
    }

    proptest! {
        /// Nobody moves for longer than the timer runs, nor does it for longer than the session
        /// lasts.
        #[test]
        fn the_times_of_a_session_are_in_order(
            parts in prop::collection::vec((0..20_000_i64, 0.0..9000.0_f64, 0.0..1.0_f64, 0.0..1.0_f64, 0_u8..8), 1..8)
        ) {
            let run = |(begin, elapsed_s, running, moving, known): &(i64, f64, f64, f64, u8)| {
                let start = Timestamp::from_unix_s(1_772_352_000 + begin).expect("in range");
                let (timer_s, moving_s) = (elapsed_s * running, elapsed_s * running * moving);
                let values = [(&ELAPSED, *elapsed_s), (&TIMER, timer_s), (&MOVING_TIME, moving_s), (&DISTANCE, 3.0 * moving_s)];
                let known = values.into_iter().enumerate().filter(|(i, _)| *i == 0 || known & (1 << (i - 1)) != 0);
                Run::summary(start, Some(0), &known.map(|(_, value)| value).collect::<Vec<_>>())
            };
            let recordings: Vec<Run> = parts.iter().map(run).collect();
            let n = recordings.len();
            let sessions = sessions(recordings, SESSION_GAP_S);
            prop_assert_eq!(sessions.iter().map(|session| session.parts().len()).sum::<usize>(), n);
            for session in sessions {
                let of = |metric| session.value(metric);
                let elapsed_s = of(&ELAPSED).expect("an end");
                let timer_s = of(&TIMER).unwrap_or(0.0);
                prop_assert!(timer_s <= elapsed_s, "{timer_s} of {elapsed_s}");
                prop_assert!(of(&MOVING_TIME).unwrap_or(0.0) <= of(&TIMER).unwrap_or(elapsed_s));
                // Summaries without a distance are unknown or too small to matter, never negative.
                prop_assert!(session.distance_m().is_none_or(|metres| metres >= 0.0));
            }
        }
    }

    #[test]
    fn half_of_a_distance_is_not_the_distance_of_a_session() {
        let known = recording("2026-03-01T08:00:00Z", 2000.0, 600.0, 120.0);
        let (start, offset) = Timestamp::parse_iso8601("2026-03-01T08:30:00Z").expect("a time");
        let without_distance = Run::summary(start, offset, &[(&TIMER, 3600.0), (&AVG_HEART_RATE, 150.0)]);
        let session = &sessions(vec![known, without_distance], SESSION_GAP_S)[0];
        assert_eq!((session.distance_m(), session.value(&PACE)), (None, None));
        assert_eq!(session.value(&TIMER), Some(4200.0));
        assert!(session.value(&AVG_HEART_RATE).is_some());
    }
}
