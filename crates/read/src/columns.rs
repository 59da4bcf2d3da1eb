//! Columns while they grow: rows of which a column hears nothing cost it nothing until they matter.

use crate::activity::{Activity, Channel, Note, NoteKind, Samples};
use crate::time::Timestamp;

use super::clock::{Moves, Recorded};

/// Writes the value of `row`; rows of which the column heard nothing become NaN.
#[inline]
pub(super) fn put(column: &mut Vec<f64>, row: usize, value: f64) {
    if column.len() <= row {
        column.resize(row, f64::NAN);
        column.push(value);
    } else {
        column[row] = value;
    }
}

/// The samples of one activity as an XML reader meets them, point after point.
#[derive(Default)]
pub(super) struct Points {
    times: Vec<Timestamp>,
    /// Points without a time, which have no place in a series.
    untimed: usize,
    columns: [Vec<f64>; Channel::COUNT],
}

/// The values of one point before it is known whether it has a time.
#[derive(Clone, Copy, Default)]
pub(super) struct Point {
    pub time: Option<Timestamp>,
    /// A bit for each channel that has a value.
    known: u16,
    values: [f64; Channel::COUNT],
}

impl Point {
    /// Takes a value; what was no number leaves the channel as it was, and a 0, which devices write
    /// that measured nothing, hides no value from elsewhere.
    #[inline]
    pub fn set(&mut self, channel: Channel, value: Option<f64>) {
        if let Some(value) = value.filter(|value| *value != 0.0 || self.get(channel).is_none()) {
            self.values[channel as usize] = value;
            self.known |= 1 << channel as u16;
        }
    }

    #[inline]
    pub fn get(&self, channel: Channel) -> Option<f64> {
        (self.known & (1 << channel as u16) != 0).then(|| self.values[channel as usize])
    }
}

impl Points {
    /// Adds a point and returns its time; one without a time is only counted.
    pub fn push(&mut self, point: &Point) -> Option<Timestamp> {
        let Some(time) = point.time else {
            self.untimed += 1;
            return None;
        };
        let row = self.times.len();
        self.times.push(time);
        let mut known = point.known;
        while known != 0 {
            let channel = known.trailing_zeros() as usize;
            put(&mut self.columns[channel], row, point.values[channel]);
            known &= known - 1;
        }
        Some(time)
    }

    /// Moves points that were recorded on another clock to where they stand in the file.
    pub fn set_clock_right(&mut self) -> Moves {
        let Some(&first) = self.times.first() else { return Moves::default() };
        if self.times.is_sorted() {
            return Moves::default();
        }
        let time_s: Vec<f64> = self.times.iter().map(|time| time.seconds_since(first)).collect();
        let column = |channel: Channel| self.columns[channel as usize].as_slice();
        let recorded = Recorded {
            time_s: &time_s,
            lat: column(Channel::Latitude),
            lon: column(Channel::Longitude),
            distance: column(Channel::Distance),
        };
        let moves = recorded.moves();
        if !moves.is_empty() {
            for (row, time) in self.times.iter_mut().enumerate() {
                *time = time.plus_seconds(moves.of(row));
            }
        }
        moves
    }

    /// Returns how many points there are so far.
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Returns the first and the last time of some rows.
    pub fn span(&self, rows: &std::ops::Range<usize>) -> Option<(Timestamp, Timestamp)> {
        let times = self.times.get(rows.clone())?;
        Some((*times.iter().min()?, *times.iter().max()?))
    }

    /// Returns how many points came without a time.
    pub fn untimed(&self) -> usize {
        self.untimed
    }

    pub fn first_time(&self) -> Option<Timestamp> {
        self.times.iter().min().copied()
    }

    /// Returns the column of `channel` so far; shorter than the points where the last ones lack it.
    pub fn column_mut(&mut self, channel: Channel) -> &mut [f64] {
        &mut self.columns[channel as usize]
    }

    /// Gives an activity the points as its samples, in order of time, and notes on what that took.
    pub fn fill(self, activity: &mut Activity) {
        let untimed = self.untimed;
        let (samples, out_of_order) = self.into_samples(activity.start);
        activity.samples = samples;
        let counted = [
            ("points left out for want of a time", untimed),
            ("points that stood out of order in the file, now sorted by time", out_of_order),
        ];
        for (text, n) in counted.into_iter().filter(|(_, n)| *n > 0) {
            activity.notes.push(Note::counted(NoteKind::Samples, text, n));
        }
    }

    /// The samples in order of time, seconds counted from `start`, and how many points stood out of
    /// order.
    fn into_samples(mut self, start: Timestamp) -> (Samples, usize) {
        let n = self.times.len();
        for column in self.columns.iter_mut().filter(|column| !column.is_empty()) {
            column.resize(n, f64::NAN);
            column.shrink_to_fit();
        }
        let out_of_order = self.times.windows(2).filter(|pair| pair[1] < pair[0]).count();
        if out_of_order > 0 {
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by_key(|&i| self.times[i]);
            self.times = order.iter().map(|&i| self.times[i]).collect();
            for column in self.columns.iter_mut().filter(|column| !column.is_empty()) {
                *column = order.iter().map(|&i| column[i]).collect();
            }
        }
        let mut samples = Samples::new(self.times.iter().map(|t| t.seconds_since(start)).collect());
        for (channel, column) in Channel::ALL.iter().copied().zip(self.columns).filter(|(_, column)| !column.is_empty())
        {
            samples.set(channel, column);
        }
        (samples, out_of_order)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::activity::Channel;

    #[test]
    fn a_clock_that_is_set_back_makes_no_second_run() {
        let point = |i: usize| {
            let (clock, north) = (36_000 + i * 10 - if i < 60 { 0 } else { 3600 }, 30.0 + i as f64 * 28.0 / 110_852.0);
            let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
            format!("<trkpt lat='{north}' lon='-40'><time>2026-05-09T{hour:02}:{minute:02}:{second:02}Z</time></trkpt>")
        };
        let points: String = (0..=180).map(point).collect();
        let gpx = format!("<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>");
        let activity = read(gpx.as_bytes()).expect("a track").activities.remove(0);
        let metres = activity.samples.recorded(Channel::Distance).last().map(|(_, metres)| metres.round());
        assert_eq!((metres, activity.elapsed_s()), (Some(5040.0), Some(1800.0)));
        assert!(activity.notes.iter().any(|note| note.text.contains("set back by 1.0 hours")), "{:?}", activity.notes);
    }
}
