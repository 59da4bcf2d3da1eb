//! Axes: where days and values lie, and which of them are marked.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use kneewise_read::time::DateExt;

/// Labels of months are no closer than this (pixels).
const MONTH_PX: f64 = 40.0;
/// Labels of days, such as `16 Mar`, are no closer than this (pixels).
const DAY_PX: f64 = 52.0;

/// Days from the left to the right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub first: Date,
    pub last: Date,
    pub left: f64,
    pub right: f64,
}

impl Days {
    pub(super) fn n(&self) -> i64 {
        self.last.days_since(self.first) + 1
    }

    pub(super) fn day_px(&self) -> f64 {
        (self.right - self.left) / self.n() as f64
    }

    /// Where a day begins.
    pub(super) fn morning(&self, date: Date) -> f64 {
        self.left + date.days_since(self.first) as f64 * self.day_px()
    }

    /// The middle of a day.
    pub(super) fn noon(&self, date: Date) -> f64 {
        self.morning(date) + self.day_px() / 2.0
    }

    pub(super) fn has(&self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// The days to mark with their labels: weeks of a short span, then months, quarters, years, as
    /// they fit. The year stands where it changes.
    pub(super) fn marks(&self) -> Vec<(Date, String)> {
        let fits = |dates: &Vec<Date>, apart: f64| {
            let xs = dates.windows(2).map(|pair| self.morning(pair[1]) - self.morning(pair[0]));
            xs.fold(f64::MAX, f64::min) >= apart
        };
        if self.n() <= 45 {
            let weeks = [1, 2, 3].into_iter().map(|step| self.weeks(step)).find(|weeks| fits(weeks, DAY_PX));
            let label = |date: Date| (date, date.strftime("%-d %b").to_string());
            return weeks.unwrap_or_default().into_iter().map(label).collect();
        }
        let steps: &[i32] = match self.n() {
            ..=550 => &[1, 2, 3, 6, 12],
            551..=1461 => &[3, 6, 12],
            _ => &[12, 24, 60, 120, 240, 600],
        };
        let of_step = |step: &i32| Some((*step, self.months(*step))).filter(|(_, months)| fits(months, MONTH_PX));
        let (step, months) = steps.iter().find_map(of_step).unwrap_or_default();
        let changes = months.windows(2).any(|pair| pair[0].year() != pair[1].year());
        let label = |(i, date): (usize, Date)| {
            let before = i.checked_sub(1).and_then(|before| months.get(before));
            let is_new = before.map_or(!changes, |before| before.year() != date.year());
            let format = match (step % 12, is_new) {
                (0, _) => "%Y",
                (_, true) => "%b %Y",
                _ => "%b",
            };
            (date, date.strftime(format).to_string())
        };
        months.iter().copied().enumerate().map(label).collect()
    }

    fn weeks(&self, step: i64) -> Vec<Date> {
        let to_monday = i64::from(self.first.weekday().until(Weekday::Monday));
        let first = self.first.saturating_add_days(to_monday);
        let n = (self.last.days_since(first) / (7 * step)).max(-1) + 1;
        (0..n).map(|i| first.saturating_add_days(7 * step * i)).collect()
    }

    fn months(&self, step: i32) -> Vec<Date> {
        let count = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        let first = count(self.first).div_euclid(step) * step;
        let month = |n: i32| Date::new(n.div_euclid(12) as i16, (n.rem_euclid(12) + 1) as i8, 1).ok();
        let all = (first..=count(self.last)).step_by(step as usize).filter_map(month);
        all.filter(|date| self.has(*date)).collect()
    }
}

/// The first day of the month of a day.
pub(super) fn month_of(date: Date) -> Date {
    date.first_of_month()
}

/// The first day of the month after.
pub(super) fn next_month(date: Date) -> Date {
    date.first_of_month().checked_add(1.month()).unwrap_or(Date::MAX)
}

/// Values from the bottom to the top.
#[derive(Clone, Debug)]
pub(super) struct Values {
    pub low: f64,
    pub high: f64,
    pub top: f64,
    pub bottom: f64,
    pub marks: Vec<f64>,
    pub step: f64,
}

impl Values {
    /// From the next round value below the lowest to the highest, with marks at round values.
    pub(super) fn holding(low: f64, high: f64, (top, bottom): (f64, f64)) -> Self {
        let (low, high) = (low.min(high), if high > low { high } else { low + 1.0 });
        let most = (((bottom - top) / 34.0) as usize).clamp(2, 4);
        let step = round_step((high - low) / most as f64);
        // The upper end is where the values end: half an empty plot makes the other half small.
        let (from, to) = ((low / step + 1e-9).floor(), (high / step + 1e-9).floor());
        let marks = (0..=(to - from) as usize).map(|i| (from + i as f64) * step).collect();
        Self { low: from * step, high, top, bottom, marks, step }
    }

    /// As [`Values::holding`], with marks at round times (values in seconds).
    pub(super) fn times(low: f64, high: f64, (top, bottom): (f64, f64)) -> Self {
        const STEPS_S: [f64; 12] = [5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0];
        let high = high.max(low + 1.0);
        let step = STEPS_S.into_iter().find(|step| (high - low) / step <= 4.0).unwrap_or(14_400.0);
        let (from, to) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        let marks = (0..=(to - from) as usize).map(|i| (from + i as f64) * step).collect();
        Self { low: from * step, high: to * step, top, bottom, marks, step }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        self.bottom - share * (self.bottom - self.top)
    }

    /// The label of a mark, with as many decimals as the marks need.
    pub(super) fn plain(&self, mark: f64) -> String {
        let decimals = if self.step >= 1.0 { usize::from(self.step.fract() > 0.0) } else { 2 };
        crate::words::with_commas(&crate::words::decimals(mark, decimals))
    }
}

/// The round number of 1, 2, 2.5 or 5 times a power of ten that is no less.
fn round_step(least: f64) -> f64 {
    let mut power = 1e-3;
    while power < 1e12 {
        if let Some(step) = [1.0, 2.0, 2.5, 5.0].iter().map(|n| n * power).find(|step| *step >= least - 1e-9) {
            return step;
        }
        power *= 10.0;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn labels(first: Date, last: Date, width: f64) -> Vec<String> {
        let days = Days { first, last, left: 0.0, right: width };
        days.marks().into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn marks_are_weeks_months_quarters_or_years_as_they_fit() {
        assert_eq!(labels(date(2026, 3, 4), date(2026, 3, 24), 300.0), ["9 Mar", "16 Mar", "23 Mar"]);
        assert_eq!(labels(date(2025, 11, 15), date(2026, 2, 20), 400.0), ["Dec", "Jan 2026", "Feb"]);
        assert_eq!(labels(date(2025, 5, 5), date(2025, 8, 6), 400.0), ["Jun 2025", "Jul", "Aug"]);
        assert_eq!(labels(date(2024, 5, 5), date(2026, 8, 6), 300.0)[..3], ["Jul", "Jan 2025", "Jul"]);
        assert_eq!(labels(date(2010, 8, 22), date(2026, 4, 21), 300.0), ["2015", "2020", "2025"]);
    }

    #[test]
    fn marks_of_values_are_round_and_hold_them_all() {
        let marks = |low, high| Values::holding(low, high, (0.0, 150.0)).marks;
        assert_eq!(marks(0.0, 48.0), [0.0, 20.0, 40.0]);
        assert_eq!(marks(0.0, 10.0), [0.0, 2.5, 5.0, 7.5, 10.0]);
        assert_eq!(marks(-12.0, 31.0), [-20.0, 0.0, 20.0]);
        let times = Values::times(270.0, 400.0, (0.0, 150.0));
        assert_eq!(times.marks, [240.0, 300.0, 360.0, 420.0]);
    }
}
