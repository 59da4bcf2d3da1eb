//! One event that several rules see: the run behind them.

use std::collections::HashMap;

use crate::log::TrainingLog;
use crate::measure::metric::{DISTANCE, DOWNHILL, Metric};
use crate::report::{Finding, FindingOutcome};
use crate::rule::Area;
use crate::run::Run;

/// The rules whose flags name the run first that they are about.
const OF_A_RUN: [&str; 2] = ["session-spike", "speed-spike"];

/// The rules over weeks that a single long run can make.
const OF_WEEKS: [&str; 7] = [
    "weekly-jump",
    "two-week-ramp",
    "fitness-ramp",
    "long-run-share",
    "downhill-spike",
    "return-after-break",
    "knee-load-index",
];

/// So many times as long as the next longest, a run stands behind what its weeks raise.
const STANDS_OUT: f64 = 1.3;

/// Names, in every flag that one run made, that run and the other rules that it raised. The flags
/// stay in their order.
pub(crate) fn join(findings: &mut [Finding], log: &TrainingLog) {
    let mut raised: HashMap<String, Vec<&'static str>> = HashMap::new();
    for finding in findings.iter_mut() {
        finding.made_by = made_by(finding, log);
        let Some(run) = &finding.made_by else { continue };
        let rules = raised.entry(run.clone()).or_default();
        if !rules.contains(&finding.rule) {
            rules.push(finding.rule);
        }
    }
    for finding in findings {
        let Some(rules) = finding.made_by.as_ref().and_then(|run| raised.get(run)) else { continue };
        finding.raised_with = rules.iter().copied().filter(|rule| *rule != finding.rule).collect();
    }
}

/// The run that made a flag: the one it is about, or the one that stands out of the weeks it speaks
/// of.
fn made_by(finding: &Finding, log: &TrainingLog) -> Option<String> {
    // Pain comes after runs; that one of them raised it nobody knows.
    let is_of_training = matches!(finding.area, Area::Load | Area::Shoes);
    if finding.outcome != FindingOutcome::Flagged || !is_of_training {
        return None;
    }
    let is_of_weeks = OF_WEEKS.contains(&finding.rule);
    match finding.runs.as_slice() {
        [first, ..] if OF_A_RUN.contains(&finding.rule) => Some(first.clone()),
        [only] => Some(only.clone()),
        // A run, and an earlier one that it is held against.
        [first, second] if is_of_weeks && log.run(first)?.start > log.run(second)?.start => Some(first.clone()),
        runs if is_of_weeks => {
            let metric = if finding.rule == "downhill-spike" { &DOWNHILL } else { &DISTANCE };
            stands_out(runs.iter().filter_map(|id| log.run(id)), metric)
        }
        _ => None,
    }
}

/// The run with much more of a metric than any other; of runs that are much alike none makes a
/// week.
fn stands_out<'a>(runs: impl Iterator<Item = &'a Run>, metric: &Metric) -> Option<String> {
    let mut known: Vec<(&Run, f64)> = runs.filter_map(|run| Some((run, run.value(metric)?))).collect();
    known.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (run, most) = *known.first()?;
    known.get(1).is_none_or(|(_, second)| most >= STANDS_OUT * second).then(|| run.id.clone())
}

#[cfg(test)]
mod tests {
    use crate::measure::metric::DISTANCE;
    use crate::report::{FindingOutcome, Settings, analyze};
    use crate::run::Run;
    use crate::runner::Runner;
    use jiff::civil::date;
    use kneewise_read::time::Timestamp;

    #[test]
    fn a_race_is_one_event_with_all_that_it_raised() {
        // Three runs a week for ten weeks, and a marathon on the last Sunday.
        let run = |day: i64| {
            let start = Timestamp::from_unix_s(1_767_600_000 + day * 86_400).expect("in range");
            let km = if day == 69 { 42.2 } else { 7.0 };
            (day % 7 % 3 == 0).then(|| Run::summary(start, Some(0), &[(&DISTANCE, km * 1000.0)]))
        };
        let runs: Vec<Run> = (0..70).filter_map(run).collect();
        let race = runs.last().expect("a race").id.clone();
        let report = analyze(runs, &Runner::default(), &Settings::default(), date(2026, 3, 15));
        let flags: Vec<_> = report.of(FindingOutcome::Flagged).collect();
        let spike = flags.iter().find(|finding| finding.rule == "session-spike").expect("a spike");
        assert!(spike.raised_with.len() >= 2 && spike.raised_with.contains(&"weekly-jump"), "{:?}", spike.raised_with);
        let of_race: Vec<_> = flags.iter().filter(|finding| finding.made_by.as_ref() == Some(&race)).collect();
        assert_eq!(of_race.len(), spike.raised_with.len() + 1);
        assert!(of_race.iter().all(|finding| finding.raised_with.len() + 1 == of_race.len()));
    }
}
