//! The recorded series, one column a channel.

use super::channel::Channel;
use super::limits::FURTHEST_S;

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

/// Whether seconds from a start lead to an instant that can be.
pub(crate) fn is_a_time(seconds: f64) -> bool {
    seconds.abs() <= FURTHEST_S
}

impl Samples {
    /// Makes samples at `time_s`, in seconds since the activity's start.
    ///
    /// Times that do not ascend are sorted, and those that are not finite or centuries away are
    /// left out; columns are then set as they were given, and follow. [`Samples::unordered`] and
    /// [`Samples::untimed`] count both.
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
        if time_s.is_sorted() && time_s.first().into_iter().chain(time_s.last()).all(|s| is_a_time(*s)) {
            return Self { time_s, ..Self::default() };
        }
        let mut rows: Vec<usize> = (0..time_s.len()).filter(|&i| is_a_time(time_s[i])).collect();
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

    /// Returns how many samples there are.
    pub fn len(&self) -> usize {
        self.time_s.len()
    }

    /// Returns whether nothing was recorded sample by sample.
    pub fn is_empty(&self) -> bool {
        self.time_s.is_empty()
    }

    /// Returns seconds since the activity's start, ascending; equal times can occur, and times
    /// before 0 where the device gives a start later than its first sample.
    pub fn time_s(&self) -> &[f64] {
        &self.time_s
    }

    /// Returns the column of `channel`, NaN where a sample lacks it; `None` when no sample has it.
    pub fn column(&self, channel: Channel) -> Option<&[f64]> {
        Some(self.columns[channel as usize].as_slice()).filter(|column| !column.is_empty())
    }

    /// Returns the samples in which `channel` was recorded, as (index, value).
    pub fn recorded(&self, channel: Channel) -> impl Iterator<Item = (usize, f64)> {
        self.columns[channel as usize].iter().copied().enumerate().filter(|(_, value)| !value.is_nan())
    }

    /// Returns the series that apps and pods added.
    pub fn developer(&self) -> &[DeveloperColumn] {
        &self.developer
    }

    /// Sets the column of `channel`, one value for each time given.
    ///
    /// An infinite value is none, and a column without any value is dropped.
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
        let has_any = column.iter().any(|value| value.is_finite());
        self.columns[channel as usize] = if has_any { column } else { Vec::new() };
        let set = self.columns[channel as usize].iter_mut();
        set.filter(|value| value.is_infinite()).for_each(|value| *value = f64::NAN);
    }

    /// Sets the column of `channel` to values that follow from the file's, such as a distance from
    /// positions.
    ///
    /// # Panics
    /// When the column is not as long as the times.
    pub fn set_worked_out(&mut self, channel: Channel, column: Vec<f64>) {
        self.set(channel, column);
        self.worked_out[channel as usize] = true;
    }

    /// Returns whether the column of `channel` was worked out from others instead of recorded.
    pub fn is_worked_out(&self, channel: Channel) -> bool {
        self.worked_out[channel as usize]
    }

    /// Returns the columns, to own.
    pub fn into_columns(self) -> crate::Columns {
        let channels =
            Channel::ALL.iter().copied().zip(self.columns).filter(|(_, column)| !column.is_empty()).collect();
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
