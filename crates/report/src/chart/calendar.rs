//! An axis of days, marked at the beginnings of months or weeks.

use std::ops::Range;

use jiff::civil::{Date, Weekday};
use kneewise_read::time::DateExt;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

/// The days from one to another; values are days since the first, with a fraction.
pub(super) struct Calendar {
    first: Date,
    days: i64,
}

impl Calendar {
    /// From the morning of `first` to the evening of `last`.
    pub(super) fn new(first: Date, last: Date) -> Self {
        Self { first, days: last.days_since(first) + 1 }
    }

    /// Where the morning of a day lies.
    pub(super) fn at(&self, date: Date) -> f64 {
        date.days_since(self.first) as f64
    }

    fn date(&self, value: f64) -> Date {
        self.first.saturating_add_days(value.round() as i64)
    }

    fn months(&self, step: i32) -> Vec<f64> {
        let month = |n: i32| {
            let (year, month) = (n.div_euclid(12), n.rem_euclid(12) + 1);
            Date::new(year as i16, month as i8, 1).ok().map(|date| self.at(date))
        };
        let first = i32::from(self.first.year()) * 12 + i32::from(self.first.month()) - 1;
        let first = first.div_euclid(step) * step;
        (first..).step_by(step as usize).map_while(month).take_while(|at| *at <= self.days as f64).collect()
    }

    fn weeks(&self, step: i64) -> Vec<f64> {
        let monday = -i64::from(self.first.weekday().since(Weekday::Monday));
        (0..=self.days / (7 * step) + 1)
            .map(|n| (monday + n * 7 * step) as f64)
            .filter(|at| *at <= self.days as f64)
            .collect()
    }
}

impl Ranged for Calendar {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        from + (value / self.days as f64 * f64::from(to - from)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        let most = hint.bold_points().max(2);
        let weeks = [1, 2].into_iter().map(|step| self.weeks(step));
        let months = [1, 2, 3, 6, 12, 24, 60, 120, 600].into_iter().map(|step| self.months(step));
        let within = |points: Vec<f64>| points.into_iter().filter(|at| *at >= 0.0).collect::<Vec<_>>();
        weeks.chain(months).map(within).find(|points| points.len() <= most).unwrap_or_default()
    }

    fn range(&self) -> Range<f64> {
        0.0..self.days as f64
    }
}

impl ValueFormatter<f64> for Calendar {
    fn format_ext(&self, value: &f64) -> String {
        let date = self.date(*value);
        let is_month = date.day() == 1;
        date.strftime(if is_month { "%b %Y" } else { "%-d %b" }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn labels(first: Date, last: Date, most: usize) -> Vec<String> {
        let calendar = Calendar::new(first, last);
        calendar.key_points(most).iter().map(|at| calendar.format_ext(at)).collect()
    }

    #[test]
    fn marks_are_weeks_months_or_years_as_they_fit() {
        assert_eq!(labels(date(2026, 3, 4), date(2026, 3, 24), 5), ["9 Mar", "16 Mar", "23 Mar"]);
        assert_eq!(labels(date(2026, 1, 15), date(2026, 4, 20), 5), ["Feb 2026", "Mar 2026", "Apr 2026"]);
        assert_eq!(labels(date(2025, 5, 5), date(2026, 8, 6), 3), ["Jul 2025", "Jan 2026", "Jul 2026"]);
        assert_eq!(labels(date(2014, 8, 22), date(2026, 4, 21), 3), ["Jan 2015", "Jan 2020", "Jan 2025"]);
    }

    #[test]
    fn days_lie_in_proportion() {
        let calendar = Calendar::new(date(2026, 3, 1), date(2026, 3, 10));
        assert_eq!(calendar.map(&calendar.at(date(2026, 3, 6)), (100, 200)), 150);
        assert_eq!(calendar.range(), 0.0..10.0);
    }
}
