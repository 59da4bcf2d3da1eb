//! Days and distances as charts write them.

use jiff::civil::Date;
use kneewise_read::unit::Units;

use crate::words::decimals;

/// `14 Feb`, with the year where it is not that of the report.
pub(super) fn day(date: Date, as_of: Date) -> String {
    date.strftime(if date.year() == as_of.year() { "%-d %b" } else { "%-d %b %Y" }).to_string()
}

/// `23.0`
pub(super) fn long(metres: f64, units: Units) -> String {
    decimals(metres / units.metres_per_long_unit(), 1)
}

/// `23.0 km`
pub(super) fn distance(metres: f64, units: Units) -> String {
    format!("{} {}", long(metres, units), units.long_symbol())
}

/// `1 run`, `2 runs`.
pub(super) fn n(n: usize, what: &str) -> String {
    crate::words::count(n, what)
}
