//! What a reader makes of a file: activities with their samples in columns.
//!
//! From here on a FIT, a GPX and a TCX recording look the same. Values are in the unit that each
//! channel names (metres, but millimetres and milliseconds of a step, degrees Celsius, beats and
//! steps per minute), and what was not recorded is absent: never 0.

use std::fmt;

use crate::sport::{Sport, SubSport};
use crate::time::{Timestamp, Zone};
use crate::witness::{Decision, Witness};

/// The file format an activity was read from.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Format {
    /// GPS Exchange Format, an XML dialect.
    Gpx,
    /// Garmin's Training Center XML.
    Tcx,
    /// Flexible and Interoperable data Transfer, the watches' own binary format.
    Fit,
    /// No file: samples given by a program, see [`Activity::recorded`].
    Samples,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gpx => "GPX",
            Self::Tcx => "TCX",
            Self::Fit => "FIT",
            Self::Samples => "samples",
        })
    }
}

/// One sporting activity: a run, a ride, one leg of a triathlon.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Activity {
    /// The format it came in; for messages only.
    pub format: Format,
    /// When it began.
    pub start: Timestamp,
    /// Seconds by which the runner's clock was ahead of UTC, where the file says.
    pub utc_offset_s: Option<i32>,
    /// What was done.
    pub sport: Sport,
    /// How or where it was done.
    pub sub_sport: SubSport,
    /// What recorded it.
    pub device: Option<Device>,
    /// The recorded series, in order of time.
    pub samples: Samples,
    /// Where the runner or the watch stopped the timer, in seconds since `start`, in order and
    /// apart.
    pub pauses: Vec<Span>,
    /// The laps, in order.
    pub laps: Vec<Lap>,
    /// What the device took stretches of the activity for, in order.
    pub splits: Vec<Split>,
    /// What the device itself counted. A reader leaves here what the summary says; afterwards it is
    /// only what the other sources of the recording do not contradict.
    pub totals: Totals,
    /// Who wrote the totals.
    pub summary: Witness,
    /// The source used for each quantity that more than one source states.
    pub decisions: Vec<Decision>,
    /// Whether the times are those of the runner's clock, in no zone that the file names.
    pub is_local_clock: bool,
    /// What the file says of the person wearing the device.
    pub wearer: Wearer,
    /// What the runner called it and wrote of it.
    pub labels: Labels,
    /// What a user should know about how this was read.
    pub notes: Vec<Note>,
}

/// What the runner called an activity and wrote of it. It is text that people wrote, and may name
/// places and people.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Labels {
    /// Its name.
    pub name: Option<String>,
    /// What was written of it.
    pub comment: Option<String>,
    /// Whether it is marked as a race.
    pub is_race: bool,
}

impl Labels {
    /// Of what nobody named or wrote of.
    pub const NONE: Self = Self { name: None, comment: None, is_race: false };

    /// Takes from others of the same run what these do not have.
    pub fn fill(&mut self, other: &Self) {
        if self.name.is_none() {
            self.name.clone_from(&other.name);
        }
        if self.comment.is_none() {
            self.comment.clone_from(&other.comment);
        }
        self.is_race |= other.is_race;
    }
}

impl Activity {
    /// An activity that began at `start` and holds nothing yet.
    pub fn new(format: Format, start: Timestamp) -> Self {
        Self {
            format,
            start,
            utc_offset_s: None,
            sport: Sport::Generic,
            sub_sport: SubSport::Generic,
            device: None,
            samples: Samples::default(),
            pauses: Vec::new(),
            laps: Vec::new(),
            splits: Vec::new(),
            totals: Totals::default(),
            summary: Witness::Summary,
            decisions: Vec::new(),
            is_local_clock: false,
            wearer: Wearer::default(),
            labels: Labels::default(),
            notes: Vec::new(),
        }
    }

    /// Puts times that name no zone on the clock of `zone`, or leaves them the runner's own clock.
    ///
    /// Some exporters write what the clock showed and nothing of where. The day is right either
    /// way; the instant, by which recordings are compared, needs the zone.
    pub fn settle_clock(&mut self, zone: Option<&Zone>) {
        if !std::mem::take(&mut self.is_local_clock) || self.utc_offset_s.is_some() {
            return;
        }
        let offset_s = zone.map_or(0, |zone| zone.offset_s_of_local(self.start));
        self.start = self.start.plus_seconds(-f64::from(offset_s));
        self.utc_offset_s = Some(offset_s);
        let text = match zone {
            Some(zone) => format!("the file's times name no zone; taken for the clock of {}", zone.name()),
            None => "the file's times name no zone; taken for the runner's own clock".to_owned(),
        };
        self.notes.push(Note::new(NoteKind::Clock, text));
    }

    /// Everything of it but the samples.
    pub(crate) fn clone_without_samples(&mut self) -> Self {
        let samples = std::mem::take(&mut self.samples);
        let clone = self.clone();
        self.samples = samples;
        clone
    }

    /// Whether the device knew the date. Without one, clocks stand at 1970 (phones) or count from
    /// 1989 on (FIT); nobody recorded a run before the year 2000 with what is read here.
    pub fn is_dated(&self) -> bool {
        self.start.is_of_a_set_clock()
    }

    /// Whether it says more than when its samples were: a value of any channel, a distance or a
    /// time that the device counted.
    pub fn has_measurements(&self) -> bool {
        let Totals { distance_m, timer_s, elapsed_s, .. } = &self.totals;
        let is_total = [distance_m, timer_s, elapsed_s].into_iter().any(Option::is_some);
        is_total || Channel::ALL.iter().any(|channel| self.samples.column(*channel).is_some())
    }

    /// Seconds from the start to the end: the longest of the device's count, its timer and the last
    /// sample's time.
    pub fn elapsed_s(&self) -> Option<f64> {
        let recorded = self.samples.time_s().last().copied().filter(|last| self.samples.len() > 1 && *last >= 0.0);
        [self.totals.elapsed_s, self.totals.timer_s, recorded].into_iter().flatten().reduce(f64::max)
    }
}

/// A series that is recorded sample by sample.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[repr(u8)]
#[non_exhaustive]
pub enum Channel {
    /// Degrees north (WGS 84).
    Latitude,
    /// Degrees east (WGS 84).
    Longitude,
    /// Metres above sea level.
    Altitude,
    /// Metres since the start, cumulative.
    Distance,
    /// Metres per second.
    Speed,
    /// Beats per minute.
    HeartRate,
    /// Steps of both feet per minute.
    StepRate,
    /// Watts.
    Power,
    /// Milliseconds that one foot is on the ground.
    StanceTime,
    /// Per cent of ground contact that falls to the left foot.
    StanceTimeBalance,
    /// Millimetres that the trunk moves up and down in a step.
    VerticalOscillation,
    /// Vertical oscillation in per cent of step length.
    VerticalRatio,
    /// Millimetres from one foot's landing to the other's.
    StepLength,
    /// Degrees Celsius at the device.
    Temperature,
}

impl Channel {
    /// How many channels there are.
    pub(crate) const COUNT: usize = Self::Temperature as usize + 1;

    /// Every channel, in the order of the enum.
    pub const ALL: &[Self] = &[
        Self::Latitude,
        Self::Longitude,
        Self::Altitude,
        Self::Distance,
        Self::Speed,
        Self::HeartRate,
        Self::StepRate,
        Self::Power,
        Self::StanceTime,
        Self::StanceTimeBalance,
        Self::VerticalOscillation,
        Self::VerticalRatio,
        Self::StepLength,
        Self::Temperature,
    ];
}

/// The samples of an activity: one time column and one column for each channel that was recorded.
///
/// All columns are as long as [`Samples::time_s`]. A sample in which a channel has no value holds
/// NaN there; [`Samples::recorded`] walks over the values that are there.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    time_s: Vec<f64>,
    columns: [Vec<f64>; Channel::COUNT],
    worked_out: [bool; Channel::COUNT],
    developer: Vec<DeveloperColumn>,
    disorder: Option<Box<Disorder>>,
}

/// How samples were given, where that was not by ascending time.
#[derive(Clone, Debug)]
struct Disorder {
    /// The given rows that have a time, in order of time.
    rows: Vec<usize>,
    given: usize,
    out_of_order: usize,
}

/// A series that an app or a foot pod added to a FIT file under a name of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct DeveloperColumn {
    /// The name in the file, such as `Leg Spring Stiffness`; some pods write none.
    pub name: String,
    /// The unit as the file writes it, such as `kN/m`.
    pub unit: String,
    /// One value for each sample; NaN where there is none.
    pub values: Vec<f64>,
}

impl Samples {
    /// Makes samples at `time_s`, in seconds since the activity's start.
    ///
    /// Times that do not ascend are sorted, and those that are not finite are left out; columns are
    /// then set as they were given, and follow. [`Samples::unordered`] and [`Samples::untimed`]
    /// count both.
    ///
    /// ```
    /// use kneewise_read::activity::{Channel, Samples};
    ///
    /// let mut samples = Samples::new(vec![0.0, 2.0, f64::NAN, 1.0]);
    /// samples.set(Channel::HeartRate, vec![120.0, 124.0, 130.0, 122.0]);
    /// assert_eq!(samples.column(Channel::HeartRate), Some(&[120.0, 122.0, 124.0][..]));
    /// assert_eq!((samples.unordered(), samples.untimed()), (1, 1));
    /// ```
    pub fn new(time_s: Vec<f64>) -> Self {
        let is_sound = time_s.is_sorted() && time_s.last().is_none_or(|last| last.is_finite());
        if is_sound && time_s.first().is_none_or(|first| first.is_finite()) {
            return Self { time_s, ..Self::default() };
        }
        let mut rows: Vec<usize> = (0..time_s.len()).filter(|&i| time_s[i].is_finite()).collect();
        let out_of_order = rows.windows(2).filter(|pair| time_s[pair[1]] < time_s[pair[0]]).count();
        rows.sort_by(|&a, &b| time_s[a].total_cmp(&time_s[b]));
        let in_order = rows.iter().map(|&i| time_s[i]).collect();
        let disorder = Some(Box::new(Disorder { rows, given: time_s.len(), out_of_order }));
        Self { time_s: in_order, disorder, ..Self::default() }
    }

    /// Takes further columns in the order of the times as they are now.
    pub(crate) fn take_as_ordered(&mut self) {
        self.disorder = None;
    }

    /// Counts the samples that were given after one with a later time.
    pub fn unordered(&self) -> usize {
        self.disorder.as_ref().map_or(0, |disorder| disorder.out_of_order)
    }

    /// Counts the samples that were given without a finite time, and are left out.
    pub fn untimed(&self) -> usize {
        self.disorder.as_ref().map_or(0, |disorder| disorder.given - disorder.rows.len())
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.time_s.len()
    }

    /// Whether nothing was recorded sample by sample.
    pub fn is_empty(&self) -> bool {
        self.time_s.is_empty()
    }

    /// Seconds since the activity's start, ascending; equal times can occur, and times before 0
    /// where the device gives a start later than its first sample.
    pub fn time_s(&self) -> &[f64] {
        &self.time_s
    }

    /// The column of `channel`, NaN where a sample lacks it; `None` when no sample has it.
    pub fn column(&self, channel: Channel) -> Option<&[f64]> {
        Some(self.columns[channel as usize].as_slice()).filter(|column| !column.is_empty())
    }

    /// The samples in which `channel` was recorded, as (index, value).
    pub fn recorded(&self, channel: Channel) -> impl Iterator<Item = (usize, f64)> {
        self.columns[channel as usize].iter().copied().enumerate().filter(|(_, value)| !value.is_nan())
    }

    /// The series that apps and pods added.
    pub fn developer(&self) -> &[DeveloperColumn] {
        &self.developer
    }

    /// Sets the column of `channel`, one value for each time given; one without any value is
    /// dropped.
    ///
    /// # Panics
    /// When the column is not as long as the times: the caller built both. [`Samples::with`]
    /// answers instead.
    pub fn set(&mut self, channel: Channel, column: Vec<f64>) {
        let column = match &self.disorder {
            Some(disorder) if column.len() == disorder.given => disorder.rows.iter().map(|&i| column[i]).collect(),
            _ => column,
        };
        assert_eq!(column.len(), self.len(), "a column has one value for each sample");
        let has_any = column.iter().any(|value| !value.is_nan());
        self.columns[channel as usize] = if has_any { column } else { Vec::new() };
    }

    /// Sets the column of `channel` to values that the file does not hold but that follow from it,
    /// such as a distance from positions.
    ///
    /// # Panics
    /// When the column is not as long as the times.
    pub fn set_worked_out(&mut self, channel: Channel, column: Vec<f64>) {
        self.set(channel, column);
        self.worked_out[channel as usize] = true;
    }

    /// Whether the column of `channel` was worked out from others instead of recorded.
    pub fn is_worked_out(&self, channel: Channel) -> bool {
        self.worked_out[channel as usize]
    }

    /// Returns the columns, to own.
    pub fn into_columns(self) -> crate::Columns {
        let channels = Channel::ALL.iter().copied().zip(self.columns).filter(|(_, column)| !column.is_empty()).collect();
        crate::Columns { time_s: self.time_s, channels, developer: self.developer }
    }

    /// The column of `channel` for changes in place; empty when no sample has it.
    pub(crate) fn column_mut(&mut self, channel: Channel) -> &mut [f64] {
        &mut self.columns[channel as usize]
    }

    /// The times, and the column of `channel` for changes in place.
    pub(crate) fn times_and_column_mut(&mut self, channel: Channel) -> (&[f64], &mut [f64]) {
        (&self.time_s, &mut self.columns[channel as usize])
    }

    /// Keeps the samples of `range` and counts their times from `later_s` seconds later.
    pub(crate) fn keep(&mut self, range: std::ops::Range<usize>, later_s: f64) {
        let cut = |column: &mut Vec<f64>| {
            if !column.is_empty() {
                column.truncate(range.end);
                column.drain(..range.start);
            }
        };
        cut(&mut self.time_s);
        self.time_s.iter_mut().for_each(|time| *time -= later_s);
        self.columns.iter_mut().for_each(cut);
        self.developer.iter_mut().for_each(|developer| cut(&mut developer.values));
    }

    /// Gives the samples other times, ascending and as many.
    pub(crate) fn retime(&mut self, time_s: Vec<f64>) {
        debug_assert!(time_s.len() == self.len() && time_s.is_sorted());
        self.time_s = time_s;
    }

    /// Takes the samples from `at` on off the end.
    pub(crate) fn split_off(&mut self, at: usize) -> Self {
        let cut = |column: &mut Vec<f64>| {
            if column.is_empty() { Vec::new() } else { column.split_off(at) }
        };
        let developer = self.developer.iter_mut().map(|developer| DeveloperColumn {
            name: developer.name.clone(),
            unit: developer.unit.clone(),
            values: cut(&mut developer.values),
        });
        let developer = developer.collect();
        Self {
            time_s: self.time_s.split_off(at),
            columns: std::array::from_fn(|i| cut(&mut self.columns[i])),
            worked_out: self.worked_out,
            developer,
            disorder: None,
        }
    }

    /// Drops the column of `channel` if no sample has a value in it any more.
    pub(crate) fn drop_if_missing(&mut self, channel: Channel) {
        if self.columns[channel as usize].iter().all(|value| value.is_nan()) {
            self.clear(channel);
        }
    }

    /// Drops the column of `channel`.
    pub(crate) fn clear(&mut self, channel: Channel) {
        self.columns[channel as usize] = Vec::new();
    }

    /// Adds a developer column; one without any value is dropped.
    pub fn push_developer(&mut self, column: DeveloperColumn) {
        if column.values.iter().any(|value| !value.is_nan()) {
            self.developer.push(column);
        }
    }
}

/// A stretch of an activity, in seconds since its start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Where it begins.
    pub from_s: f64,
    /// Where it ends; not before `from_s`.
    pub to_s: f64,
}

/// A lap, as the device counted it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lap {
    /// Seconds from the activity's start to the lap's.
    pub start_s: f64,
    /// What the device counted in it.
    pub totals: Totals,
}

/// A stretch of an activity and what the device took it for, by its own judgement or by a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// What kind of stretch it is.
    pub kind: SplitKind,
    /// From when to when.
    pub span: Span,
}

/// What a [`Split`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SplitKind {
    /// Running, by the device's own detection of runs and walks.
    Run,
    /// Walking, by that detection.
    Walk,
    /// Standing, by that detection.
    Stand,
    /// The warm-up of a planned workout.
    WarmUp,
    /// An interval of a planned workout.
    Work,
    /// The rest between intervals.
    Rest,
    /// The cool-down of a planned workout.
    CoolDown,
}

/// What the device itself counted over an activity or a lap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Metres.
    pub distance_m: Option<f64>,
    /// Seconds on the timer, pauses left out.
    pub timer_s: Option<f64>,
    /// Seconds from start to end.
    pub elapsed_s: Option<f64>,
    /// Seconds in motion by the device's own judgement.
    pub moving_s: Option<f64>,
    /// Metres climbed.
    pub ascent_m: Option<f64>,
    /// Metres descended.
    pub descent_m: Option<f64>,
    /// Mean heart rate in beats per minute.
    pub avg_heart_rate_bpm: Option<f64>,
    /// Highest heart rate in beats per minute.
    pub max_heart_rate_bpm: Option<f64>,
    /// Mean step rate in steps per minute.
    pub avg_step_rate_spm: Option<f64>,
    /// Steps of both feet.
    pub steps: Option<f64>,
    /// Perceived exertion on Borg's CR10 scale, 0 to 10, where the runner entered it on the watch.
    pub perceived_exertion: Option<f64>,
    /// How the runner felt, 0 (very weak) to 100 (very strong), where they entered it on the watch.
    pub feel: Option<f64>,
}

/// What recorded an activity. No serial number: a report is for showing around.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Device {
    /// The maker, such as `garmin`.
    pub manufacturer: String,
    /// The model, by name where the file has one and else by the maker's number.
    pub product: String,
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.manufacturer)?;
        let gap = if self.manufacturer.is_empty() || self.product.is_empty() { "" } else { " " };
        write!(f, "{gap}{}", self.product)
    }
}

/// Sex, for formulas that have constants for each.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sex {
    /// The constants published for women.
    Female,
    /// The constants published for men.
    Male,
}

/// What a file says of the person wearing the device: what was set in the watch on that day, by
/// them or by its maker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wearer {
    /// Body height in metres.
    pub height_m: Option<f64>,
    /// Body mass in kilograms.
    pub mass_kg: Option<f64>,
    /// Resting heart rate in beats per minute.
    pub resting_heart_rate_bpm: Option<f64>,
    /// Highest heart rate set, for running if there is one for it, in beats per minute. Watches
    /// begin with one by age.
    pub max_heart_rate_bpm: Option<f64>,
    /// Heart rate at the lactate (second) threshold, in beats per minute.
    pub threshold_heart_rate_bpm: Option<f64>,
    /// Sex.
    pub sex: Option<Sex>,
}

/// Something a user should know about how a file was read.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// A sentence for people, without a full stop.
    pub text: String,
}

/// What a [`Note`] is about.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum NoteKind {
    /// Part of the file could not be read; the text says where and what was kept.
    Damage,
    /// On what ground cadence was taken for strides or for steps.
    CadenceBasis,
    /// Which of several distances stands for the activity, or what is doubtful about it.
    Distance,
    /// Nothing says what the runner's clock showed, or it was not set.
    Clock,
    /// By which time zone a run was put on its day, where its file names none.
    Zone,
    /// Samples were re-ordered, dropped or made up for.
    Samples,
    /// Heart rates that cannot be the heart's were left out.
    HeartRate,
    /// Several recordings are one session.
    Session,
    /// The file does not say what was done.
    Sport,
}

impl Note {
    /// A note of `kind` that reads `text`.
    pub fn new(kind: NoteKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl serde::Serialize for Note {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
