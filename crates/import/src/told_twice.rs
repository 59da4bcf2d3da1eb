//! Rows of logs kept by hand that tell of what another row or a recording tells as well.
//!
//! A row has a day, metres and minutes, all of them rounded, and seldom a time of day. So it is
//! held against all that the day has: another state of the same list, sessions, recordings within
//! them, the sum of the day. Each is one run, and stands for one row.

mod lists;
mod recorded;

use jiff::civil::Date;
use kneewise_core::Run;
use kneewise_core::measure::metric::TIMER;

use crate::item::Item;

pub(crate) use lists::leave_out_of_lists;
pub(crate) use recorded::leave_out_recorded;

/// So many rows of a day are compared: nobody runs more often, and a list may be no log at all.
const MOST_A_DAY: usize = 40;

/// Distances, else times, that differ by no more than this share are alike: people round, and
/// watches differ.
const ALIKE: f64 = 0.1;

/// Times no further apart than this share, or than so many seconds, are the same.
const SAME_TIME: f64 = 0.02;
const SAME_TIME_S: f64 = 60.0;

/// A belt and a watch do not differ by more than this factor in the distance of one run.
const OTHER_DISTANCE: f64 = 1.5;

/// A row, by the indices of its item and of itself in there.
type Place = (usize, usize);

/// Metres and seconds of a row or a run.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Figures {
    metres: Option<f64>,
    seconds: Option<f64>,
}

impl Figures {
    fn of_run(run: &Run) -> Self {
        Self { metres: run.distance_m(), seconds: run.value(&TIMER) }
    }

    /// Whether two may be the same run.
    fn is_like(self, other: Self) -> bool {
        let is_near = |a: Option<f64>, b: Option<f64>| Some((a? - b?).abs() <= ALIKE * a?.max(b?));
        is_near(self.metres, other.metres).or_else(|| is_near(self.seconds, other.seconds)).unwrap_or(false)
    }

    /// Whether two tell of one time, and of distances that a belt and a watch may tell of one run.
    fn is_same_time(self, other: Self) -> bool {
        let is_one = |(a, b): (f64, f64)| (a - b).abs() <= SAME_TIME_S.max(SAME_TIME * a.max(b));
        let is_near = |(a, b): (f64, f64)| a.max(b) <= OTHER_DISTANCE * a.min(b);
        self.seconds.zip(other.seconds).is_some_and(is_one) && self.metres.zip(other.metres).is_none_or(is_near)
    }

    /// Whether two rows say the same, as far as both say something.
    fn repeats(self, other: Self) -> bool {
        let is_equal = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| (a - b).abs() < 1.0);
        let said = [is_equal(self.metres, other.metres), is_equal(self.seconds, other.seconds)];
        said.contains(&Some(true)) && !said.contains(&Some(false))
    }

    /// Two together; what one does not say, both do not.
    fn plus(self, other: Self) -> Self {
        let sum = |a: Option<f64>, b: Option<f64>| Some(a? + b?);
        Self { metres: sum(self.metres, other.metres), seconds: sum(self.seconds, other.seconds) }
    }

    fn sum(all: impl Iterator<Item = Self>) -> Option<Self> {
        all.reduce(Self::plus)
    }

    /// `10.0 km in 1:00:00`.
    fn words(self) -> String {
        let km = self.metres.map(|metres| format!("{:.1} km", metres / 1000.0));
        let time = self.seconds.map(|seconds| {
            let seconds = seconds.round() as i64;
            format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        });
        [km, time].into_iter().flatten().collect::<Vec<_>>().join(" in ")
    }
}

fn figures(items: &[Item], (i, r): Place) -> Figures {
    let row = &items[i].row.activities[r];
    Figures { metres: row.distance_m, seconds: row.timer_s }
}

/// The day of a row: its clock is the runner's own.
fn day(items: &[Item], (i, r): Place) -> Date {
    items[i].recordings[r].start.date_at_offset(0)
}
