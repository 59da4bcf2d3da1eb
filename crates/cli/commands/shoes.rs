//! `kneewise shoes`: distance and age of each pair.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::bail;
use jiff::civil::Date;
use kneewise_core::run::Part;
use kneewise_core::runner::{Shoe, ShoeKind};
use kneewise_core::{Run, Runner, TrainingLog};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;
use serde_json::json;

use crate::args::{ShoesArgs, ShoesFormat};
use crate::output::As;
use crate::{Ending, input, output};

pub fn run(args: &ShoesArgs) -> anyhow::Result<Ending> {
    let mut input = input::import(&args.input, None)?;
    let report = input::report_of_runs(&args.input, &mut input)?;
    input::tell_not_counted(&input.import);
    let runner = &input.told.runner;
    if runner.shoes.is_empty() {
        bail!("no shoes in the profile; `kneewise profile init` asks for them, and a [[shoes]] in it adds a pair");
    }
    let pairs: Vec<Pair> = runner.shoes.iter().map(|shoe| Pair::of(shoe, runner, &report.log)).collect();
    let rest = Rest::of(runner, report.log.runs());
    let text = match args.format {
        ShoesFormat::Text => text(&pairs, &rest, report.as_of, input.told.units),
        ShoesFormat::Json => data(&pairs, &rest, report.as_of)?,
    };
    output::write(None, &text, As::data_if(args.format == ShoesFormat::Json))?;
    Ok(input::ending(&args.input, &input, Ending::Done))
}

/// A pair with what was run in it.
struct Pair<'r> {
    shoe: &'r Shoe,
    log_begins: Option<Date>,
    runs: usize,
    runs_without_distance: usize,
    run_m: f64,
    first: Option<Date>,
    last: Option<Date>,
}

impl<'r> Pair<'r> {
    fn of(shoe: &'r Shoe, runner: &Runner, log: &TrainingLog) -> Self {
        let mut pair = Self {
            shoe,
            log_begins: log.first_day(),
            runs: 0,
            runs_without_distance: 0,
            run_m: 0.0,
            first: None,
            last: None,
        };
        for run in log.runs() {
            let parts = runner.shoes_of(run);
            let in_it: Vec<Option<f64>> = (parts.iter())
                .filter(|(worn, _)| worn.is_some_and(|worn| worn.name == shoe.name))
                .map(|(_, part)| part.distance_m)
                .collect();
            if in_it.is_empty() {
                continue;
            }
            let metres: Option<f64> = in_it.into_iter().sum();
            pair.runs += 1;
            pair.runs_without_distance += usize::from(metres.is_none());
            pair.run_m += metres.unwrap_or(0.0);
            pair.first = pair.first.or(Some(run.local_date));
            pair.last = Some(run.local_date);
        }
        pair
    }

    /// Metres on the pair: those of its runs, and those that it had before them.
    fn distance_m(&self) -> f64 {
        self.shoe.distance_m(self.run_m, self.log_begins)
    }

    /// Days from its first to its last day, or to the day looked at; `None` where nothing says when
    /// it was new.
    fn age_days(&self, as_of: Date) -> Option<i64> {
        let end = self.shoe.until.map_or(as_of, |until| until.min(as_of));
        self.shoe.since.map(|since| end.days_since(since)).filter(|days| *days >= 0)
    }
}

/// Runs in no pair.
#[derive(Default)]
struct Rest {
    runs: usize,
    distance_m: f64,
    /// Gear that an export names and no pair of the profile has, with its runs.
    gear: BTreeMap<String, usize>,
}

impl Rest {
    fn of(runner: &Runner, runs: &[Run]) -> Self {
        let mut rest = Self::default();
        for run in runs {
            let parts = runner.shoes_of(run);
            let all = parts.len();
            let left: Vec<Part> = parts.into_iter().filter(|(pair, _)| pair.is_none()).map(|(_, part)| part).collect();
            if left.is_empty() {
                continue;
            }
            // A run of which a part was run in a pair counts there.
            rest.runs += usize::from(left.len() == all);
            rest.distance_m += left.iter().filter_map(|part| part.distance_m).sum::<f64>();
            let mut gear: Vec<String> = left.into_iter().filter_map(|part| part.gear).collect();
            gear.sort_unstable();
            gear.dedup();
            for gear in gear {
                *rest.gear.entry(gear).or_default() += 1;
            }
        }
        rest
    }
}

fn text(pairs: &[Pair], rest: &Rest, as_of: Date, units: Units) -> String {
    let mut text = format!("Shoes as of {as_of}\n\n");
    let runs = |n: usize| format!("{n} {}", if n == 1 { "run" } else { "runs" });
    for pair in pairs {
        let shoe = pair.shoe;
        let mut parts = vec![units.distance(pair.distance_m())];
        parts.extend(shoe.limit_m.map(|limit| format!("of the {} you set", units.distance(limit))));
        let start = units.distance(shoe.start_m);
        let from = match (shoe.start_m > 0.0, shoe.is_all_in(pair.log_begins)) {
            (false, _) => String::new(),
            (true, false) => format!(" and {start} before"),
            (true, true) => {
                format!("; its first day is in these files, so the {start} of `start_km` are among its runs")
            }
        };
        let mut line = format!("{}: {}, {}{from}", shoe.name, parts.join(" "), runs(pair.runs));
        // Writing to a string cannot fail.
        let _ = match (pair.age_days(as_of), pair.first) {
            (Some(days), _) => write!(line, ", {days} days old"),
            (None, Some(first)) => write!(line, ", age not known (first run in these files {first})"),
            (None, None) => write!(line, ", age not known"),
        };
        if let Some(until) = shoe.until.filter(|until| *until < as_of) {
            let _ = write!(line, ", no longer worn since {until}");
        }
        if pair.runs_without_distance > 0 {
            let _ = write!(line, "; {} without a distance, so the total is higher", runs(pair.runs_without_distance));
        }
        let _ = writeln!(text, "{line}");
    }
    if rest.runs > 0 {
        let _ = writeln!(text, "\nIn no pair: {}, {}.", runs(rest.runs), units.distance(rest.distance_m));
        for (gear, n) in &rest.gear {
            let _ = writeln!(
                text,
                "  {} with the gear \"{gear}\", which no pair in use has as its name or `gear`",
                runs(*n)
            );
        }
        text.push_str(
            "  `default = true` or `default_for = [\"trail\"]` in a [[shoes]] of the profile assigns runs.\n",
        );
    }
    text
}

fn data(pairs: &[Pair], rest: &Rest, as_of: Date) -> anyhow::Result<String> {
    let pair = |pair: &Pair| {
        json!({
            "name": pair.shoe.name,
            "kind": pair.shoe.kind.map(ShoeKind::name),
            "since": pair.shoe.since,
            "until": pair.shoe.until,
            "first_run": pair.first,
            "last_run": pair.last,
            "age_days": pair.age_days(as_of),
            "runs": pair.runs,
            "runs_without_distance": pair.runs_without_distance,
            "distance_m": pair.distance_m(),
            "start_m": pair.shoe.start_m,
            "limit_m": pair.shoe.limit_m,
        })
    };
    let data = json!({
        "as_of": as_of,
        "pairs": pairs.iter().map(pair).collect::<Vec<_>>(),
        "unassigned": { "runs": rest.runs, "distance_m": rest.distance_m, "gear": rest.gear },
    });
    Ok(serde_json::to_string_pretty(&data)? + "\n")
}
