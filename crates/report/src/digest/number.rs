//! Numbers and dates as the first screen writes them: `15%`, `1,928`, `14 Jun`.

use jiff::civil::Date;
use kneewise_core::rule::Quantity;
use kneewise_read::unit::{Unit, Units, grouped};

use crate::words::{decimals, quantity};

/// A date: with its year only where that is not the year of `as_of`.
pub fn day(date: Date, as_of: Date) -> String {
    let form = if date.year() == as_of.year() { "%-d %b" } else { "%-d %b %Y" };
    date.strftime(form).to_string()
}

/// A distance to the tenth, from a thousand on to the whole: `23.0 km`, `1,928 km`.
pub fn distance(metres: f64, units: Units) -> String {
    let long = metres / units.metres_per_long_unit();
    let text = if long < 1000.0 { decimals(long, 1) } else { grouped(long.round() as usize) };
    format!("{text} {}", units.long_symbol())
}

/// A count with commas: `1,928`.
pub fn count(n: usize) -> String {
    grouped(n)
}

/// A number of things: `1 run`, `1,928 runs`.
pub fn things(n: usize, what: &str) -> String {
    format!("{} {what}{}", count(n), if n == 1 { "" } else { "s" })
}

/// A value without its sign and with its unit: `1.59×`, `52%`, `640 m`.
pub fn measured(value: Quantity, units: Units) -> String {
    let value = Quantity::new(value.value.abs(), value.unit);
    match value.unit {
        Unit::Metres if value.value >= 1_000_000.0 => distance(value.value, units),
        // The unit of a scale stands in words.
        Unit::Arbitrary | Unit::StepsPerMinute => whole_or_tenth(value),
        _ => quantity(value, units).replace(" %", "%"),
    }
}

/// The same as a part of a sentence: `1.59 times`.
pub fn in_words(value: Quantity, units: Units) -> String {
    match value.unit {
        Unit::Ratio => format!("{} times", decimals(value.value, 2)),
        _ => measured(value, units),
    }
}

/// A value and its limit as texts that differ where the values do.
pub fn apart(value: Quantity, limit: Quantity, units: Units) -> (String, String) {
    let texts = (measured(value, units), measured(limit, units));
    if texts.0 != texts.1 || value.value == limit.value {
        return texts;
    }
    let finer = |quantity: Quantity| match quantity.unit {
        Unit::Percent => format!("{}%", decimals(quantity.value.abs(), 1)),
        Unit::Ratio => format!("{}×", decimals(quantity.value.abs(), 3)),
        Unit::Arbitrary | Unit::StepsPerMinute => decimals(quantity.value.abs(), 1),
        _ => measured(quantity, units),
    };
    (finer(value), finer(limit))
}

fn whole_or_tenth(value: Quantity) -> String {
    let n = usize::from(value.unit == Unit::Arbitrary && value.value < 20.0);
    let text = decimals(value.value, n);
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let text = |value, unit| measured(Quantity::new(value, unit), Units::Metric);
        assert_eq!(text(1.591, Unit::Ratio), "1.59×");
        assert_eq!(text(-6.1, Unit::Percent), "6.1%");
        assert_eq!(text(52.0, Unit::Percent), "52%");
        assert_eq!(text(1_928_240.0, Unit::Metres), "1,928 km");
        assert_eq!(text(161.2, Unit::StepsPerMinute), "161");
        assert_eq!([999, 1000, 1_234_567].map(count), ["999", "1,000", "1,234,567"]);
        let as_of = date(2026, 8, 1);
        assert_eq!(day(date(2026, 6, 14), as_of), "14 Jun");
        assert_eq!(day(date(2025, 6, 14), as_of), "14 Jun 2025");
    }

    #[test]
    fn a_value_beside_its_limit_does_not_look_like_it() {
        let pair = |value, limit| {
            let percent = |value| Quantity::new(value, Unit::Percent);
            apart(percent(value), percent(limit), Units::Metric)
        };
        assert_eq!(pair(30.2, 30.0), ("30.2%".to_owned(), "30.0%".to_owned()));
        assert_eq!(pair(30.0, 30.0).0, "30%");
    }
}
