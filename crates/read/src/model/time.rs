//! Instants and days.
//!
//! Files write instants in UTC; training is counted in the runner's own days. [`Timestamp`] is the
//! first, [`jiff::civil::Date`] the second, and [`Zone`] or an offset from the file leads from one
//! to the other. The zone of the machine is never asked.

pub use super::window::Window;

use std::fmt;

use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// An instant in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(i64);

/// Years 1900 to 2200: outside lies damage, not a run.
const EARLIEST_MS: i64 = -2_208_988_800_000;
const LATEST_MS: i64 = 7_258_118_400_000;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self(0);

    /// Makes an instant from milliseconds since 1970; `None` outside the years 1900 to 2200.
    pub fn from_unix_ms(ms: i64) -> Option<Self> {
        (EARLIEST_MS..LATEST_MS).contains(&ms).then_some(Self(ms))
    }

    /// Makes an instant from whole seconds since 1970; `None` outside the years 1900 to 2200.
    pub fn from_unix_s(seconds: i64) -> Option<Self> {
        seconds.checked_mul(1000).and_then(Self::from_unix_ms)
    }

    /// Returns milliseconds since 1970-01-01T00:00:00Z.
    pub fn unix_ms(self) -> i64 {
        self.0
    }

    /// Returns seconds from `earlier` to this instant; negative when this one comes first.
    pub fn seconds_since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / 1000.0
    }

    /// Returns this instant moved by `seconds`, held within the years 1900 to 2200.
    #[must_use]
    pub fn plus_seconds(self, seconds: f64) -> Self {
        let ms = self.0.saturating_add((seconds * 1000.0).round() as i64);
        Self(ms.clamp(EARLIEST_MS, LATEST_MS - 1))
    }

    /// Whether a clock that was set can say so: nobody recorded a run before the year 2000 with
    /// what is read here.
    pub(crate) fn is_of_a_set_clock(self) -> bool {
        const YEAR_2000_UNIX_MS: i64 = 946_684_800_000;
        self.0 >= YEAR_2000_UNIX_MS
    }

    /// Returns the calendar day on a clock `offset_s` seconds ahead of UTC.
    pub fn date_at_offset(self, offset_s: i32) -> Date {
        let day = (self.0 + i64::from(offset_s) * 1000).div_euclid(86_400_000);
        Date::ZERO_EPOCH.saturating_add_days(day)
    }

    /// Returns day and minute on a clock `offset_s` seconds ahead of UTC, as `2026-03-01 07:30`.
    pub fn local_minute(self, offset_s: i32) -> String {
        let minute = (self.0 + i64::from(offset_s) * 1000).div_euclid(60_000).rem_euclid(1440);
        format!("{} {:02}:{:02}", self.date_at_offset(offset_s), minute / 60, minute % 60)
    }

    /// Reads `2026-03-01T07:30:00Z`, with or without a fraction, `Z` or an offset `±hh[:mm]`.
    ///
    /// Returns the instant and the offset in seconds where the text names one (`Z` names none: it
    /// says UTC, not where the runner was; nor does `+00:00`, which many exporters write for it). A
    /// text without a zone is taken as UTC.
    pub fn parse_iso8601(text: &str) -> Option<(Self, Option<i32>)> {
        Self::parse_iso8601_bytes(text.as_bytes())
    }

    /// Like [`Timestamp::parse_iso8601`], for text that need not be characters. Called for every
    /// point of a file: digits are read where they stand.
    pub(crate) fn parse_iso8601_bytes(text: &[u8]) -> Option<(Self, Option<i32>)> {
        let text = text.trim_ascii();
        // ISO 8601 allows times to the minute.
        if text.len() == 16 || text.len() > 16 && matches!(text[16], b'Z' | b'z' | b'+' | b'-') {
            let (minute, zone) = text.split_at(16);
            let full = [minute, b":00", zone].concat();
            return if full.len() <= 25 { Self::parse_iso8601_bytes(&full) } else { None };
        }
        let (b, mut rest) = text.split_first_chunk::<19>()?;
        if [b[4], b[7], b[13], b[16]] != *b"--::" || !matches!(b[10], b'T' | b't' | b' ') {
            return None;
        }
        let two_at = |i: usize| two(b[i], b[i + 1]);
        let (year, month, day) = (two_at(0)? * 100 + two_at(2)?, two_at(5)?, two_at(8)?);
        let (hour, minute, second) = (two_at(11)?, two_at(14)?, two_at(17)?);
        if !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        if day < 1 || day > 28 && day > days_in_month(year, month) {
            return None;
        }
        let mut ms = 0;
        if let [b'.' | b',', fraction @ ..] = rest {
            let len = fraction.iter().take_while(|c| c.is_ascii_digit()).count();
            for (i, scale) in [100, 10, 1].into_iter().enumerate() {
                ms += fraction[..len].get(i).map_or(0, |c| i64::from(c - b'0') * scale);
            }
            rest = &fraction[len..];
        }
        let offset = match rest {
            [] | [b'Z' | b'z'] => None,
            [sign @ (b'+' | b'-'), zone @ ..] => {
                let (h, m) = match zone {
                    [a, b] => (two(*a, *b)?, 0),
                    [a, b, c, d] | [a, b, b':', c, d] => (two(*a, *b)?, two(*c, *d)?),
                    _ => return None,
                };
                if h > 18 || m > 59 {
                    return None;
                }
                let seconds = (h * 3600 + m * 60) as i32;
                Some(if *sign == b'-' { -seconds } else { seconds }).filter(|offset| *offset != 0)
            }
            _ => return None,
        };
        let days = days_from_civil(year, month, day);
        let utc_s = days * 86_400 + hour * 3600 + minute * 60 + second - i64::from(offset.unwrap_or(0));
        Some((Self::from_unix_ms(utc_s * 1000 + ms)?, offset))
    }
}

impl fmt::Display for Timestamp {
    /// Writes `2026-03-01T07:30:00Z`, with milliseconds only where there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date_at_offset(0);
        let ms = self.0.rem_euclid(86_400_000);
        let (s, fraction) = (ms / 1000, ms % 1000);
        write!(f, "{date}T{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)?;
        if fraction != 0 {
            write!(f, ".{fraction:03}")?;
        }
        f.write_str("Z")
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The number of two digits.
#[inline]
fn two(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| i64::from(tens * 10 + ones))
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar (H. Hinnant,
/// `days_from_civil`). Called for every point of a GPX file, where building a civil date would cost
/// as much as the rest.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

mod sealed {
    /// Only days have [`DateExt`](super::DateExt).
    pub trait Sealed {}
    impl Sealed for jiff::civil::Date {}
}

/// Arithmetic on civil days that every caller needs and that cannot fail within [`Timestamp`]'s
/// years. It is sealed: only [`Date`] has it.
pub trait DateExt: sealed::Sealed + Sized {
    /// 1970-01-01.
    const ZERO_EPOCH: Self;
    /// This day moved by `days`, held at the calendar's ends.
    #[must_use]
    fn saturating_add_days(self, days: i64) -> Self;
    /// Whole days from `earlier` to this day; negative when this one comes first.
    fn days_since(self, earlier: Self) -> i64;
    /// Writes the day as sentences have it: `14 Jun 2026`.
    fn in_words(self) -> String;
    /// Writes the day without its year, where a sentence has named it: `14 Jun`.
    fn in_words_of_year(self) -> String;
    /// Writes the day with its weekday: `Sun 14 Jun 2026`.
    fn in_words_with_weekday(self) -> String;
    /// Writes the month: `Jun 2026`.
    fn month_in_words(self) -> String;
}

impl DateExt for Date {
    const ZERO_EPOCH: Self = jiff::civil::date(1970, 1, 1);

    fn saturating_add_days(self, days: i64) -> Self {
        self.saturating_add(jiff::SignedDuration::from_hours(days.saturating_mul(24)))
    }

    fn days_since(self, earlier: Self) -> i64 {
        days_from_civil(self.year().into(), self.month().into(), self.day().into())
            - days_from_civil(earlier.year().into(), earlier.month().into(), earlier.day().into())
    }

    fn in_words(self) -> String {
        self.strftime("%-d %b %Y").to_string()
    }

    fn in_words_of_year(self) -> String {
        self.strftime("%-d %b").to_string()
    }

    fn in_words_with_weekday(self) -> String {
        self.strftime("%a %-d %b %Y").to_string()
    }

    fn month_in_words(self) -> String {
        self.strftime("%b %Y").to_string()
    }
}

/// The time zone that dates runs whose file does not say where the runner's clock stood.
#[derive(Clone, Debug)]
pub struct Zone {
    zone: TimeZone,
    whose: Whose,
}

/// What a zone is that of.
#[derive(Clone, Copy, Debug)]
enum Whose {
    Asked,
    StartPosition,
    /// Asked for, of a run whose place is made up.
    InsteadOfPlace,
}

/// No time zone of that name is known.
#[derive(Debug, thiserror::Error)]
#[error("no time zone is called `{0}`; names look like Europe/Berlin or Asia/Shanghai")]
pub struct UnknownZone(String);

impl Zone {
    /// Returns UTC.
    pub fn utc() -> Self {
        Self { zone: TimeZone::UTC, whose: Whose::Asked }
    }

    /// Returns a zone of the IANA database that is built into the program.
    ///
    /// # Errors
    /// [`UnknownZone`] when the database has no such name.
    ///
    /// ```
    /// use kneewise_read::time::{Timestamp, Zone};
    /// let noon = Timestamp::parse_iso8601("2026-07-01T12:00:00Z").unwrap().0;
    /// assert_eq!(Zone::named("Europe/Berlin")?.offset_s_at(noon), 7200);
    /// # Ok::<(), kneewise_read::time::UnknownZone>(())
    /// ```
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        let zone = TimeZoneDatabase::bundled().get(name).map_err(|_| UnknownZone(name.to_owned()))?;
        Ok(Self { zone, whose: Whose::Asked })
    }

    /// Returns this zone as the one in which a run's first position lies. Runs that it dates say so
    /// in a note.
    #[must_use]
    pub fn of_start_position(self) -> Self {
        Self { whose: Whose::StartPosition, ..self }
    }

    /// Returns this zone as the one asked for, of a run whose positions are of a made-up world.
    /// Runs that it dates say so in a note.
    #[must_use]
    pub fn instead_of_made_up_place(self) -> Self {
        Self { whose: Whose::InsteadOfPlace, ..self }
    }

    /// Returns its name, such as `Europe/Berlin`.
    pub fn name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// Returns seconds by which this zone's clocks are ahead of UTC when they show what `clock`
    /// reads as UTC.
    pub fn offset_s_of_local(&self, clock: Timestamp) -> i32 {
        // Off by an hour for an hour a year, when clocks are set.
        let near = clock.plus_seconds(-f64::from(self.offset_s_at(clock)));
        self.offset_s_at(near)
    }

    /// Returns on what ground a day of this zone stands.
    pub fn ground(&self) -> String {
        let name = self.name();
        match self.whose {
            Whose::Asked => format!("the day is that of the time zone asked for, {name}; the file names none"),
            Whose::StartPosition => {
                format!("the day is that of the time zone at the start position, {name}; the file names none")
            }
            Whose::InsteadOfPlace => {
                format!("the day is that of the time zone asked for, {name}; its place is that of a virtual world")
            }
        }
    }

    /// Returns seconds by which this zone's clocks are ahead of UTC at an instant.
    pub fn offset_s_at(&self, instant: Timestamp) -> i32 {
        jiff::Timestamp::from_millisecond(instant.0).map_or(0, |t| self.zone.to_offset(t).seconds())
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::utc()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minute_on_the_runner_s_clock() {
        let (start, _) = Timestamp::parse_iso8601("2026-03-01T23:30:59Z").expect("a time");
        assert_eq!(start.local_minute(0), "2026-03-01 23:30");
        assert_eq!(start.local_minute(3600), "2026-03-02 00:30");
        assert_eq!(Timestamp::UNIX_EPOCH.local_minute(-60), "1969-12-31 23:59");
    }
    use jiff::civil::date;

    fn parse(text: &str) -> Option<(String, Option<i32>)> {
        Timestamp::parse_iso8601(text).map(|(t, offset)| (t.to_string(), offset))
    }

    #[test]
    fn reads_the_iso_times_that_exports_write() {
        let utc = |s: &str| Some((s.to_owned(), None));
        assert_eq!(parse("2026-03-01T07:30:00Z"), utc("2026-03-01T07:30:00Z"));
        assert_eq!(parse(" 2026-03-01T07:30:00.5Z\n"), utc("2026-03-01T07:30:00.500Z"));
        assert_eq!(parse("2026-03-01T07:30:00+00:00"), utc("2026-03-01T07:30:00Z"), "Z by another name");
        assert_eq!(parse("2026-03-01 07:30:00"), utc("2026-03-01T07:30:00Z"));
        assert_eq!(parse("2026-03-01T07:30"), utc("2026-03-01T07:30:00Z"), "to the minute");
        assert_eq!(parse("2026-03-01T07:30+01:00"), Some(("2026-03-01T06:30:00Z".into(), Some(3600))));
        assert_eq!(parse("2024-02-29T23:59:59.123456789Z"), utc("2024-02-29T23:59:59.123Z"));
        assert_eq!(parse("2026-03-01T07:30:00+05:45"), Some(("2026-03-01T01:45:00Z".into(), Some(20_700))));
        assert_eq!(parse("2026-03-01T07:30:00-0300"), Some(("2026-03-01T10:30:00Z".into(), Some(-10_800))));
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "2026-03-01",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-04-00T00:00:00Z",
            "2026-03-01T7:30:00Z",
            "2026-03-01T25:00:00Z",
            "2026-03-01T07:30:00Zulu",
            "1899-12-31T23:59:59Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn agrees_with_jiff_on_every_month_of_three_centuries() {
        for year in 1901..2199 {
            for month in 1..=12 {
                let day = date(year, month, 28);
                let ours = days_from_civil(year.into(), month.into(), 28);
                assert_eq!(Date::ZERO_EPOCH.saturating_add_days(ours), day);
            }
        }
    }

    #[test]
    fn a_late_run_belongs_to_the_local_day() {
        let late = Timestamp::parse_iso8601("2026-03-01T23:30:00Z").expect("valid").0;
        assert_eq!(late.date_at_offset(0), date(2026, 3, 1));
        assert_eq!(late.date_at_offset(3600), date(2026, 3, 2));
        assert_eq!(late.date_at_offset(-86_400), date(2026, 2, 28));
    }
}
