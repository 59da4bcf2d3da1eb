//! What holds of what came before the pain.

use super::*;
use crate::measure::metric;
use crate::run::Run;
use crate::runner::Diary;
use crate::runner::diary::Pain;
use jiff::civil::{Weekday, date};
use kneewise_read::time::Timestamp;

/// A run of 8 to 10 km every other day for 200 days, the last one of `km`.
fn log(km: f64) -> TrainingLog {
    let first = date(2026, 1, 1);
    let runs = (0..=100).map(|i: i64| {
        let day = first.saturating_add_days(2 * i);
        let km = if i == 100 { km } else { 8.0 + (i % 3) as f64 };
        let start = Timestamp::parse_iso8601(&format!("{day}T07:00:00Z")).expect("a time").0;
        Run::summary(start, Some(0), &[(&metric::DISTANCE, km * 1000.0)])
    });
    TrainingLog::new(runs.collect(), first.saturating_add_days(200), Weekday::Monday)
}

fn with_pains(log: &TrainingLog, pains: &[(i64, u8)]) -> Option<BeforePain> {
    let entry = |&(days_before, pain): &(i64, u8)| Entry {
        pain: Pain { after: Some(pain), ..Pain::default() },
        ..Entry::on(log.as_of().saturating_add_days(-days_before))
    };
    let runner = Runner { diary: Diary::new(pains.iter().map(entry).collect()), ..Runner::default() };
    before_pain(log, &runner)
}

#[test]
fn the_first_pain_and_every_rise_of_two_points_count() {
    let log = log(9.0);
    let rises = |pains: &[(i64, u8)]| {
        let found = with_pains(&log, pains).map_or(Vec::new(), |found| found.rises);
        found.iter().map(|rise| (rise.from, rise.to)).collect::<Vec<_>>()
    };
    assert_eq!(rises(&[(9, 0), (5, 0)]), []);
    assert_eq!(rises(&[(9, 0), (5, 1), (4, 2), (3, 4)]), [(Some(2), 4), (Some(0), 1)]);
    assert_eq!(rises(&[(9, 3), (5, 4), (4, 2), (3, 3)]), [(None, 3)]);
}

#[test]
fn a_long_run_stands_out_and_a_usual_one_does_not() {
    let stood_out = |km: f64| {
        let found = with_pains(&log(km), &[(0, 4)]).expect("a rise");
        let rise = &found.rises[0];
        assert_eq!(rise.compared_days, 100);
        rise.stood_out.iter().map(|out| (out.name, out.days)).collect::<Vec<_>>()
    };
    assert_eq!(stood_out(9.0), []);
    let all = [("distance", 1), ("distance", 7), ("distance", 14), ("longest run", 7), ("longest run", 14)];
    assert_eq!(stood_out(30.0), all);
}

#[test]
fn in_a_short_log_nothing_is_called_unusual() {
    let short = TrainingLog::new(log(30.0).runs()[80..].to_vec(), log(30.0).as_of(), Weekday::Monday);
    let found = with_pains(&short, &[(0, 4)]).expect("a rise");
    assert_eq!((found.rises[0].compared_days, found.rises[0].stood_out.len(), found.tallies.len()), (20, 0, 0));
}

/// A number from 0 up to 1, in a fixed order.
fn chance(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 40) as f64 / f64::from(1_u32 << 24)
}

/// Three years of runs on four days a week, of 8 to 12 km at first and by so many per cent more
/// each week.
fn growing(weekly_percent: f64, seed: &mut u64) -> TrainingLog {
    with_long_runs(1.0, weekly_percent, seed)
}

/// The same, the run of Saturday longer by a factor.
fn with_long_runs(longer: f64, weekly_percent: f64, seed: &mut u64) -> TrainingLog {
    let first = date(2023, 1, 2);
    let runs = (0..1092_i64).filter(|day| [0, 2, 4, 5].contains(&(day % 7))).map(|day| {
        let start =
            Timestamp::parse_iso8601(&format!("{}T07:00:00Z", first.saturating_add_days(day))).expect("a time").0;
        let longer = if day % 7 == 5 { longer } else { 1.0 };
        let metres =
            longer * (8_000.0 + 4_000.0 * chance(seed)) * libm::pow(1.0 + weekly_percent / 100.0, day as f64 / 7.0);
        let step_rate = 165.0 + 10.0 * chance(seed);
        Run::summary(start, Some(0), &[(&metric::DISTANCE, metres), (&metric::RUNNING_STEP_RATE, step_rate)])
    });
    TrainingLog::new(runs.collect(), first.saturating_add_days(1091), Weekday::Monday)
}

/// Over many diaries with pains on days that have nothing to do with the runs: how often figures
/// stood out before them and how often they were said to do so anyway (both per cent).
fn on_random_days(weekly_percent: f64, hurts: impl Fn(u8) -> Pain) -> (f64, f64) {
    let mut seed = 7;
    let (mut stood_out, mut of, mut anyway) = (0, 0, 0.0);
    for _ in 0..40 {
        let log = growing(weekly_percent, &mut seed);
        let (mut days, mut day) = (Vec::new(), 15);
        while day < 330 {
            days.push(day);
            day += 15 + (30.0 * chance(&mut seed)) as i64;
        }
        let none_on = |day: i64| Entry { pain: hurts(0), ..Entry::on(log.as_of().saturating_add_days(-day)) };
        let pain_on = |day: &i64| Entry { pain: hurts(4), ..none_on(*day) };
        let quiet = (0..360).filter(|day| !days.contains(day)).map(none_on);
        let entries = days.iter().map(pain_on).chain(quiet);
        let runner = Runner { diary: Diary::new(entries.collect()), ..Runner::default() };
        let mut rises = rises(&log, &runner);
        assert_eq!(rises.len(), days.len());
        let is_apart = vec![true; rises.len()];
        for tally in compare(&log, &runner, &mut rises, &is_apart) {
            stood_out += tally.stood_out;
            of += tally.of;
            anyway += tally.anyway_percent.expect("a year of other days") * tally.of as f64;
        }
    }
    (100.0 * f64::from(u32::try_from(stood_out).expect("few")) / of as f64, anyway / of as f64)
}

#[test]
fn pain_on_random_days_follows_what_stands_out_about_as_often_as_anyway() {
    for weekly_percent in [0.0, 0.5, 1.2] {
        let after = on_random_days(weekly_percent, |pain| Pain { after: Some(pain), ..Pain::default() });
        let during = on_random_days(weekly_percent, |pain| Pain { during: Some(pain), ..Pain::default() });
        for (stood_out, anyway) in [after, during] {
            assert!((stood_out - anyway).abs() < 3.0, "{weekly_percent}: {stood_out:.1} {anyway:.1}");
        }
    }
}

/// The day before the log's last of the longest run of each of its last weeks.
fn longest_of_weeks(log: &TrainingLog, weeks: i64) -> Vec<i64> {
    let longest = |week: i64| {
        let to = log.as_of().saturating_add_days(-7 * week);
        let runs = log.runs_between(to.saturating_add_days(-6), to).iter();
        let run = runs.max_by(|a, b| a.distance_m().unwrap_or(0.0).total_cmp(&b.distance_m().unwrap_or(0.0)))?;
        Some(log.as_of().days_since(run.local_date))
    };
    (0..weeks).filter_map(longest).collect()
}

/// Of the tallies of such diaries: how often figures stood out, how often they were said to do so
/// anyway, and how many of the tallies are beyond chance (all per cent).
fn of_diaries(after_longest_only: bool, counts: impl Fn(&Tally) -> bool) -> [f64; 3] {
    let mut seed = 11;
    let (mut stood_out, mut of, mut anyway, mut beyond, mut tallies) = (0, 0, 0.0, 0, 0);
    for _ in 0..40 {
        let log = with_long_runs(1.8, 0.0, &mut seed);
        let written = if after_longest_only { longest_of_weeks(&log, 52) } else { (0..364).collect() };
        // Pain two weeks and more apart, on days that chance picks of those with an entry.
        let mut pains: Vec<i64> = Vec::new();
        for day in &written {
            if pains.last().is_none_or(|last| day - last >= 15)
                && chance(&mut seed) < if after_longest_only { 0.4 } else { 0.06 }
            {
                pains.push(*day);
            }
        }
        let entry = |day: &i64| Entry {
            pain: Pain { after: Some(if pains.contains(day) { 4 } else { 0 }), ..Pain::default() },
            ..Entry::on(log.as_of().saturating_add_days(-day))
        };
        let runner = Runner { diary: Diary::new(written.iter().map(entry).collect()), ..Runner::default() };
        let Some(found) = before_pain(&log, &runner) else { continue };
        for tally in found.tallies.iter().filter(|tally| counts(tally)) {
            stood_out += tally.stood_out;
            of += tally.of;
            anyway += tally.anyway_percent.expect("enough other days") * tally.of as f64;
            beyond += usize::from(tally.is_beyond_chance());
            tallies += 1;
        }
    }
    [100.0 * stood_out as f64 / of as f64, anyway / of as f64, 100.0 * f64::from(beyond as u32) / f64::from(tallies)]
}

#[test]
fn a_diary_written_only_after_long_runs_makes_no_distance_stand_out() {
    let of_distance = |tally: &Tally| tally.name == "distance" || tally.name == "longest run";
    for (name, after_longest_only, distance_only) in
        [("every day", false, false), ("longest only", true, false), ("longest only, distance", true, true)]
    {
        let [stood_out, anyway, beyond] = of_diaries(after_longest_only, |tally| !distance_only || of_distance(tally));
        assert!((stood_out - anyway).abs() < 4.0, "{name}: {stood_out:.1} {anyway:.1}");
        assert!(beyond <= 7.0, "{name}: {beyond:.1}% beyond chance");
    }
}

#[test]
fn every_figure_stays_in_the_table() {
    let log = growing(0.0, &mut 3);
    let entry = |day: i64| Entry {
        pain: Pain { after: Some(if day % 30 == 0 { 4 } else { 0 }), ..Pain::default() },
        ..Entry::on(log.as_of().saturating_add_days(-day))
    };
    let runner = Runner { diary: Diary::new((0..364).map(entry).collect()), ..Runner::default() };
    let found = before_pain(&log, &runner).expect("pain");
    let never = found.tallies.iter().filter(|tally| tally.stood_out == 0).count();
    assert!(found.rises_apart > 10 && never > 0, "{found:?}");
    assert!(found.tallies.iter().all(|tally| tally.by_chance.is_some()));
}

#[test]
fn too_few_other_days_make_no_number() {
    let anyway = |from: usize| {
        let log = TrainingLog::new(log(30.0).runs()[from..].to_vec(), log(30.0).as_of(), Weekday::Monday);
        let pains: Vec<(i64, u8)> = (1..=200).map(|day| (day, 0)).chain([(0, 4)]).collect();
        let found = with_pains(&log, &pains).expect("a rise");
        let out = found.rises[0].stood_out.iter().find(|out| out.days == 1).expect("thirty kilometres");
        out.anyway_percent.is_some()
    };
    // Of 57 runs before the rise 28 make the first range, one is too near to the rise, and 28 are
    // judged.
    assert_eq!((anyway(100 - 57), anyway(100 - 56)), (true, false));
}

#[test]
fn rises_that_share_days_are_counted_once() {
    let log = log(30.0);
    let apart = |pains: &[(i64, u8)]| {
        let found = with_pains(&log, pains).expect("a rise");
        (found.rises.len(), found.rises_apart, found.tallies.iter().map(|tally| tally.of).max())
    };
    assert_eq!(apart(&[(14, 4), (7, 0), (0, 4)]), (2, 2, Some(2)));
    assert_eq!(apart(&[(13, 4), (7, 0), (0, 4)]), (2, 1, None), "one is no tally");
    assert_eq!(apart(&[(24, 4), (13, 0), (12, 4), (7, 0), (0, 4)]), (3, 2, Some(2)), "the one between is left out");
}

#[test]
fn a_run_cut_short_by_the_pain_is_not_what_came_before_it() {
    let log = log(2.0);
    let stood_out = |pain: Pain, missed_run: Option<bool>| {
        let entry = Entry { pain, missed_run, ..Entry::on(log.as_of()) };
        let runner = Runner { diary: Diary::new(vec![entry]), ..Runner::default() };
        let found = before_pain(&log, &runner).expect("a rise");
        found.rises[0].stood_out.iter().filter(|out| out.days == 1).count()
    };
    let (during, after) = (Pain { during: Some(4), ..Pain::default() }, Pain { after: Some(4), ..Pain::default() });
    assert_eq!(stood_out(after, None), 1, "it hurt after a short run");
    assert_eq!(stood_out(after, Some(true)), 0);
    assert_eq!(stood_out(during, None), 0);
    assert_eq!(stood_out(Pain { during: Some(0), ..after }, Some(false)), 1);
}

#[test]
fn the_form_of_a_run_that_hurt_is_left_out() {
    let first = date(2026, 1, 1);
    let runs = (0..=100).map(|day: i64| {
        let start =
            Timestamp::parse_iso8601(&format!("{}T07:00:00Z", first.saturating_add_days(day))).expect("a time").0;
        let step_rate = if day == 100 { 150.0 } else { 170.0 + (day % 5) as f64 };
        Run::summary(start, Some(0), &[(&metric::RUNNING_STEP_RATE, step_rate)])
    });
    let log = TrainingLog::new(runs.collect(), first.saturating_add_days(100), Weekday::Monday);
    let of_form = |pain: Pain| {
        let runner = Runner { diary: Diary::new(vec![Entry { pain, ..Entry::on(log.as_of()) }]), ..Runner::default() };
        let found = before_pain(&log, &runner).expect("a rise");
        found.rises[0]
            .stood_out
            .iter()
            .filter(|out| out.name == "step rate")
            .map(|out| out.last_day)
            .collect::<Vec<_>>()
    };
    assert_eq!(of_form(Pain { after: Some(4), ..Pain::default() }), [log.as_of(); 3]);
    assert_eq!(of_form(Pain { during: Some(4), ..Pain::default() }), []);
}
