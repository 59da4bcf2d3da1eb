//! The runner's shoes, and which runs they were worn on.

use jiff::civil::Date;

use super::named::named;
use crate::run::{Part, Run};
use kneewise_read::sport::SubSport;

/// A pair of shoes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shoe {
    /// The model, or whatever the runner calls it; no two pairs have the same.
    pub name: String,
    /// What it is made for.
    pub kind: Option<ShoeKind>,
    /// The first day on which it was worn.
    pub since: Option<Date>,
    /// The last day on which it was worn; `None` while it is in use.
    pub until: Option<Date>,
    /// Metres that it had before the runs in the files; see [`Shoe::distance_m`].
    pub start_m: f64,
    /// Metres that it is meant for; `None` for the usual limit.
    pub limit_m: Option<f64>,
    /// Runs with this gear in an export were run in it, besides those with its name.
    pub gear: Option<String>,
    /// Runs of these kinds were, where nothing else says.
    pub default_for: Vec<SubSport>,
    /// Whether all runs were, where nothing else says.
    pub is_default: bool,
}

/// What a shoe is made for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ShoeKind {
    /// No support to one side.
    Neutral,
    /// Stability and motion control.
    Support,
    /// Much cushioning.
    Cushioned,
    /// Little of anything between foot and ground.
    Minimalist,
    /// For races, with or without a plate.
    Racing,
    /// For trails.
    Trail,
    /// With spikes.
    Spikes,
}

named!(ShoeKind {
    Neutral => "neutral", "neutral";
    Support => "support", "stability or motion control";
    Cushioned => "cushioned", "much cushioning";
    Minimalist => "minimalist", "minimalist";
    Racing => "racing", "racing";
    Trail => "trail", "trail";
    Spikes => "spikes", "spikes";
});

impl Shoe {
    /// Returns whether it was in use on a day.
    pub fn is_worn_on(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Returns whether all its runs are among those of a log that begins on a day: it was new no
    /// earlier.
    pub fn is_all_in(&self, log_begins: Option<Date>) -> bool {
        self.since.zip(log_begins).is_some_and(|(since, begins)| begins <= since)
    }

    /// Returns metres on the pair, with `run_m` of the runs of a log that begins on a day: those
    /// and what it had before them.
    ///
    /// Of a pair whose first day the log covers, the runs are all there is: what stood on it when
    /// it was entered was run in them, and counts only where it is more.
    pub fn distance_m(&self, run_m: f64, log_begins: Option<Date>) -> f64 {
        let start_m = self.start_m.max(0.0);
        if self.is_all_in(log_begins) { run_m.max(start_m) } else { run_m + start_m }
    }

    /// Returns whether it had been worn before it was entered, as far as a log that begins on a day
    /// knows.
    pub fn had_runs_before(&self, log_begins: Option<Date>) -> bool {
        self.start_m > 0.0 && !self.is_all_in(log_begins)
    }
}

/// Returns the pair that a run was run in, of several the one of most of it; `None` where nothing
/// says, or more than one thing says so alike.
///
/// The gear that the export names comes first, then a pair that is the default for the kind of run,
/// then the default for all. A pair only counts on the days on which it was in use.
pub fn shoe_of<'a>(shoes: &'a [Shoe], run: &Run) -> Option<&'a Shoe> {
    pair(shoes, run.local_date, run.gear.as_deref(), run.sub_sport)
}

/// Returns the pair of each part of a run: shoes are changed for a race. A part without gear was
/// run in that of the others.
pub fn shoes_of<'a>(shoes: &'a [Shoe], run: &Run) -> Vec<(Option<&'a Shoe>, Part)> {
    let gear = |part: &Part| part.gear.clone().or_else(|| run.gear.clone());
    let pair = |part: &Part| pair(shoes, run.local_date, gear(part).as_deref(), part.sub_sport);
    run.parts().into_owned().into_iter().map(|part| (pair(&part), part)).collect()
}

fn pair<'a>(shoes: &'a [Shoe], day: Date, gear: Option<&str>, ground: SubSport) -> Option<&'a Shoe> {
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    let is_gear = |shoe: &Shoe| {
        gear.is_some_and(|gear| same(gear, &shoe.name) || shoe.gear.as_deref().is_some_and(|own| same(gear, own)))
    };
    let only = |counts: &dyn Fn(&Shoe) -> bool| {
        let mut found = shoes.iter().filter(|shoe| shoe.is_worn_on(day) && counts(shoe));
        found.next().filter(|_| found.next().is_none())
    };
    if gear.is_some() {
        return only(&is_gear);
    }
    only(&|shoe| shoe.default_for.contains(&ground)).or_else(|| only(&|shoe| shoe.is_default))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kneewise_read::time::Timestamp;

    #[test]
    fn the_export_s_word_counts_before_any_default() {
        let shoe = |name: &str| Shoe { name: name.to_owned(), ..Shoe::default() };
        let shoes = [
            Shoe { is_default: true, ..shoe("Road") },
            Shoe { default_for: vec![SubSport::Trail], ..shoe("Hill") },
            Shoe { gear: Some("g123".to_owned()), until: Some(date(2026, 2, 1)), ..shoe("Old") },
        ];
        let of = |day: &str, sub_sport, gear: Option<&str>| {
            let start = Timestamp::parse_iso8601(&format!("{day}T08:00:00Z")).expect("a time").0;
            let mut run = Run::summary(start, Some(0), &[]);
            (run.sub_sport, run.gear) = (sub_sport, gear.map(str::to_owned));
            shoe_of(&shoes, &run).map(|shoe| shoe.name.clone())
        };
        assert_eq!(of("2026-01-01", SubSport::Generic, None).as_deref(), Some("Road"));
        assert_eq!(of("2026-01-01", SubSport::Trail, None).as_deref(), Some("Hill"));
        assert_eq!(of("2026-01-01", SubSport::Trail, Some("G123")).as_deref(), Some("Old"));
        assert_eq!(of("2026-03-01", SubSport::Trail, Some("g123")), None, "no longer in use");
        assert_eq!(of("2026-01-01", SubSport::Generic, Some("borrowed")), None, "a pair that is not in the list");
    }

    #[test]
    fn what_a_pair_had_before_is_not_counted_again() {
        let km = |since: Option<Date>, start_km: f64| {
            let shoe = Shoe { since, start_m: start_km * 1000.0, ..Shoe::default() };
            shoe.distance_m(540_000.0, Some(date(2026, 1, 3))) / 1000.0
        };
        assert_eq!(km(Some(date(2026, 1, 3)), 450.0), 540.0, "450 of them before the list was begun");
        assert_eq!(km(Some(date(2026, 2, 1)), 600.0), 600.0, "some were in no file");
        assert_eq!(km(Some(date(2026, 1, 2)), 450.0), 990.0, "older than the log");
        assert_eq!(km(None, 250.0), 790.0, "nobody says when it was new");
    }
}
