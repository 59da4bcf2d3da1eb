//! Activities without a file: samples from a database, a web service or a device of one's own.

use crate::activity::{Activity, Channel, DeveloperColumn, Format, Note, NoteKind, Samples, Span, Totals};
use crate::clean;
use crate::model::is_a_time;
use crate::sport::Sport;
use crate::time::Timestamp;

/// No total of a recording is larger, in any unit.
const MOST: f64 = 1e10;

/// A column that has another length than the times have.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the {} column has {has} values for {needs} times", .channel.name())]
#[non_exhaustive]
pub struct WrongLength {
    /// The column's channel.
    pub channel: Channel,
    /// How many values it has.
    pub has: usize,
    /// How many times there are.
    pub needs: usize,
}

/// The columns of [`Samples`], to own.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Columns {
    /// Seconds since the start, ascending.
    pub time_s: Vec<f64>,
    /// Each channel that has a value, in the order of [`Channel::ALL`]; NaN where a sample lacks
    /// it.
    pub channels: Vec<(Channel, Vec<f64>)>,
    /// The series that apps and pods added.
    pub developer: Vec<DeveloperColumn>,
}

impl Samples {
    /// Returns the samples with a column, one value for each time given; NaN where there is none.
    ///
    /// # Errors
    /// [`WrongLength`] when the column is not as long as the times.
    pub fn with(mut self, channel: Channel, column: Vec<f64>) -> Result<Self, WrongLength> {
        let needs = self.len() + self.untimed();
        if column.len() != needs {
            return Err(WrongLength { channel, has: column.len(), needs });
        }
        self.set(channel, column);
        Ok(self)
    }
}

impl Activity {
    /// Makes an activity of recorded samples, as a reader makes it of a file.
    ///
    /// [`settle`](Self::settle) it before anything is measured.
    ///
    /// ```
    /// use kneewise_read::activity::{Activity, Channel, Samples};
    /// use kneewise_read::sport::Sport;
    /// use kneewise_read::time::Timestamp;
    ///
    /// let start = Timestamp::from_unix_s(1_772_350_200).expect("in range");
    /// let samples = Samples::new((0..600).map(f64::from).collect())
    ///     .with(Channel::Latitude, (0..600).map(|s| 47.0 + f64::from(s) * 2.7e-5).collect())?
    ///     .with(Channel::Longitude, vec![8.0; 600])?
    ///     .with(Channel::StepRate, vec![84.0; 600])?;
    /// let run = Activity::recorded(start, Sport::Running, samples).settle().remove(0);
    /// let metres = run.samples.recorded(Channel::Distance).last().map(|(_, metres)| metres.round());
    /// assert_eq!(metres, Some(1798.0));
    /// assert_eq!(run.samples.column(Channel::StepRate).map(|rates| rates[300]), Some(168.0), "84 strides");
    /// # Ok::<(), kneewise_read::WrongLength>(())
    /// ```
    pub fn recorded(start: Timestamp, sport: Sport, samples: Samples) -> Self {
        let mut activity = Self::new(Format::Samples, start);
        activity.sport = sport;
        activity.samples = samples;
        activity
    }

    /// Settles what depends on no format: order, strays, distance and speed from positions, the
    /// basis of cadence, and which of several sources is believed.
    ///
    /// Returns one activity, or several where the clock leapt. [`read`](crate::read) has done so
    /// already.
    pub fn settle(mut self) -> Vec<Self> {
        let counted = [
            ("samples left out because they have no time", self.samples.untimed()),
            ("samples that were out of order, now sorted by time", self.samples.unordered()),
        ];
        for (text, n) in counted.into_iter().filter(|(_, n)| *n > 0) {
            self.notes.push(Note::counted(NoteKind::Samples, text, n));
        }
        self.samples.take_as_ordered();
        self.leave_out_what_cannot_be();
        let mut parts = clean::parts(self);
        parts.iter_mut().for_each(clean::finish);
        parts
    }

    /// Leaves out totals that are no amounts, and stretches that lie nowhere.
    fn leave_out_what_cannot_be(&mut self) {
        let is_somewhere = |span: &Span| is_a_time(span.from_s) && is_a_time(span.to_s) && span.from_s <= span.to_s;
        self.pauses.retain(is_somewhere);
        self.splits.retain(|split| is_somewhere(&split.span));
        self.laps.retain(|lap| is_a_time(lap.start_s));
        let all = std::iter::once(&mut self.totals).chain(self.laps.iter_mut().map(|lap| &mut lap.totals));
        for total in all.flat_map(Totals::values_mut) {
            *total = total.filter(|amount| (0.0..=MOST).contains(amount));
        }
    }
}
