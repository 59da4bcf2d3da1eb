//! What holds of every rule, whatever the log: over made-up logs, through `analyze`.

use std::collections::HashMap;

use jiff::civil::{Date, date};
use kneewise_core::log::TrainingLog;
use kneewise_core::measure::form::{FormAtSpeed, FormMetric};
use kneewise_core::measure::heart_rate::HeartRateTime;
use kneewise_core::measure::metric::{self, METRICS, Metric};
use kneewise_core::report::FindingOutcome::{Flagged, NotAssessed};
use kneewise_core::rule::{self, Area, Outcome, RULES, Selection, Tier};
use kneewise_core::runner::diary::{Pain, Place};
use kneewise_core::runner::{Diary, Entry, Injury, MassFrom, OtherSession, Shoe, Site};
use kneewise_core::{Finding, Report, Run, Runner, Settings, analyze};
use kneewise_read::activity::{Device, Wearer};
use kneewise_read::sport::{Sport, SubSport};
use kneewise_read::time::{DateExt, Timestamp};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::support::{imported, in_project};

/// A run as it is drawn: days after the one before, and what is known of it.
#[derive(Clone, Debug)]
struct Drawn {
    gap_days: i64,
    km: Option<f64>,
    /// Of a kilometre.
    minutes: Option<f64>,
    form: Option<[f64; 5]>,
    other: Option<[f64; 4]>,
    bpm: Option<u16>,
    device: Option<u8>,
    gear: Option<u8>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let gap = prop_oneof![12 => 0..4i64, 3 => 4..9i64, 1 => 13..45i64];
    let form = (150.0..190.0f64, 900.0..1300.0f64, 200.0..300.0f64, 60.0..110.0f64, 46.0..54.0f64);
    let other = (-20.0..-2.0f64, -20.0..-2.0f64, 0.0..900.0f64, -8.0..8.0f64);
    let known = (
        option::weighted(0.95, 2.0..30.0f64),
        option::weighted(0.9, 3.5..8.0f64),
        option::weighted(0.8, form.prop_map(<[f64; 5]>::from)),
        option::weighted(0.5, other.prop_map(<[f64; 4]>::from)),
        option::weighted(0.6, 110..185u16),
        option::weighted(0.8, 0..2u8),
        option::weighted(0.5, 0..3u8),
    );
    (gap, known).prop_map(|(gap_days, (km, minutes, form, other, bpm, device, gear))| Drawn {
        gap_days,
        km,
        minutes,
        form,
        other,
        bpm,
        device,
        gear,
    })
}

const FIRST: Date = date(2025, 1, 6);

/// The runs, one after another and never two at one time.
fn runs(drawn: &[Drawn]) -> Vec<Run> {
    let mut day = 0;
    let run = |(i, drawn): (usize, &Drawn)| {
        day += drawn.gap_days;
        let start = start(FIRST.saturating_add_days(day), i as i64 % 1000);
        run(start, drawn)
    };
    drawn.iter().enumerate().map(run).collect()
}

fn start(day: Date, minute: i64) -> Timestamp {
    let midnight = Timestamp::parse_iso8601(&format!("{day}T00:00:00Z")).expect("a time").0;
    midnight.plus_seconds(60.0 * minute as f64)
}

fn run(start: Timestamp, drawn: &Drawn) -> Run {
    let seconds = drawn.km.zip(drawn.minutes).map(|(km, minutes)| km * minutes * 60.0);
    let mut values: Vec<(&Metric, f64)> = Vec::new();
    values.extend(drawn.km.map(|km| (&metric::DISTANCE, km * 1000.0)));
    values.extend(seconds.iter().flat_map(|s| [(&metric::TIMER, *s), (&metric::MOVING_TIME, *s)]));
    if let Some([left, right, descent, fade]) = drawn.other {
        let others = [
            ("pronation_left_deg", left),
            ("pronation_right_deg", right),
            ("foot_strike_left", (-left).min(16.0)),
            ("foot_strike_right", (-right).min(16.0)),
            ("step_rate_fade_percent", fade),
            ("stance_time_fade_percent", -fade),
        ];
        values.extend(others.map(|(id, value)| (metric::find(id).expect("a metric"), value)));
        values.push((&metric::DESCENT, descent));
    }
    let mut run = Run::summary(start, Some(0), &values);
    if let (Some(form), Some(seconds)) = (drawn.form, seconds) {
        let medians: Vec<(FormMetric, f64)> = FormMetric::ALL.into_iter().zip(form).collect();
        run.form_by_speed =
            vec![FormAtSpeed::new(2.95, seconds / 2.0, &medians), FormAtSpeed::new(3.05, seconds / 2.0, &medians)];
    }
    if let Some((bpm, seconds)) = drawn.bpm.zip(seconds) {
        run.heart_rate = HeartRateTime::from_seconds([(bpm, seconds)]);
    }
    run.device = drawn.device.map(|n| Device { manufacturer: "maker".to_owned(), product: n.to_string() });
    run.gear = drawn.gear.map(|n| format!("pair {n}"));
    run.wearer = Wearer { height_m: Some(1.75), max_heart_rate_bpm: Some(188.0), ..Wearer::default() };
    run
}

/// A runner with a diary over so many days, shoes, an earlier injury and swims.
fn runner() -> impl Strategy<Value = Runner> {
    let entry = (0..200i64, option::of(0..11u8), option::of(4.0..10.0f64), option::of(0..Place::ALL.len()));
    let facts = (option::of(1.5..2.0f64), option::of(45.0..120.0f64), option::of(-30..300i64), 0..4usize, 0..5i64);
    (vec(entry, 0..30), facts).prop_map(|(entries, (height_m, kg, injured, pairs, swims))| {
        let entry = |(day, pain, sleep_h, place): (i64, Option<u8>, Option<f64>, Option<usize>)| Entry {
            pain: Pain { during: pain, after: pain, next_morning: None },
            place: place.map(|place| Place::ALL[place]),
            sleep_h,
            resting_heart_rate_bpm: sleep_h.map(|hours| 70.0 - hours),
            ..Entry::on(FIRST.saturating_add_days(day))
        };
        let shoe = |n: usize| Shoe { name: format!("pair {n}"), start_m: 1e5 * n as f64, ..Shoe::default() };
        let injury = |day: i64| Injury {
            site: Site::Knee,
            side: None,
            month: FIRST.saturating_add_days(day),
            is_recovered: None,
        };
        let swim = |n: i64| OtherSession {
            date: FIRST.saturating_add_days(9 * n),
            sport: Sport::Swimming,
            sub_sport: SubSport::Generic,
            seconds: Some(1800.0),
        };
        Runner {
            height_m,
            masses: kg.map(|kg| MassFrom { from: None, kg }).into_iter().collect(),
            injuries: injured.map(|day| vec![injury(day)]),
            shoes: (0..pairs).map(shoe).collect(),
            other_sessions: (0..swims).map(swim).collect(),
            diary: Diary::new(entries.into_iter().map(entry).collect()),
            ..Runner::default()
        }
    })
}

fn settings() -> Settings {
    Settings { selection: Selection { previews: true, ..Selection::default() }, ..Settings::default() }
}

fn only(rules: &[&str]) -> Settings {
    let only = rules.iter().map(|rule| (*rule).to_owned()).collect();
    Settings { selection: Selection { only, ..Selection::default() }, ..Settings::default() }
}

/// What all rules say on the day of the last run.
fn said(runs: Vec<Run>, runner: &Runner, settings: &Settings) -> Report {
    let as_of = runs.iter().map(|run| run.local_date).max().unwrap_or(FIRST);
    analyze(runs, runner, settings, as_of)
}

/// The findings as data.
fn data(report: &Report) -> Vec<serde_json::Value> {
    report.findings.iter().map(|finding| serde_json::to_value(finding).expect("plain data")).collect()
}

/// The findings as data, but for sentences (which name days and sizes), with each day told as days
/// after `first`, and each run by its place.
fn without_days(report: &Report, first: Date) -> Vec<serde_json::Value> {
    let place: HashMap<&str, usize> =
        report.log.runs().iter().enumerate().map(|(i, run)| (run.id.as_str(), i)).collect();
    let plain = |finding: &Finding| {
        let mut data = serde_json::to_value(finding).expect("plain data");
        data["message"] = (!finding.message.is_empty()).into();
        data["reason"] = finding.reason.is_some().into();
        data["remedy"] = finding.remedy.is_some().into();
        data["runs"] = finding.runs.iter().map(|id| place[id.as_str()]).collect::<Vec<_>>().into();
        data["made_by"] = finding.made_by.as_ref().map(|id| place[id.as_str()]).into();
        let days = finding.window.map(|window| vec![window.from.days_since(first), window.to.days_since(first)]);
        data["window"] = days.into();
        data
    };
    report.findings.iter().map(plain).collect()
}

/// The spike of the log's last run.
fn spike(report: &Report) -> Option<&Finding> {
    let last = &report.log.runs().last()?.id;
    let is_spike = |finding: &&Finding| finding.rule == "session-spike" && finding.runs.first() == Some(last);
    report.of(Flagged).find(is_spike)
}

/// A flag names what it measured, in whom it was studied, days of the log and runs that are there.
fn assert_well_formed(report: &Report, runner: &Runner) -> Result<(), TestCaseError> {
    let told = runner.diary.entries().first().map(|entry| entry.date);
    let first = report.log.first_day().into_iter().chain(told).min();
    for finding in &report.findings {
        let id = finding.rule;
        let highest = RULES.iter().find(|rule| rule.id == id).expect("a rule").highest_tier();
        prop_assert!(finding.tier <= Some(highest), "{id}: {finding:?}");
        prop_assert_eq!(
            finding.outcome == NotAssessed,
            finding.remedy.as_ref().is_some_and(|remedy| remedy.text().len() > 5),
            "{}",
            id
        );
        prop_assert_eq!(
            finding.outcome == NotAssessed,
            finding.reason.as_ref().is_some_and(|text| text.len() > 5),
            "{}",
            id
        );
        prop_assert_eq!(finding.outcome == Flagged, finding.tier.is_some(), "{}", id);
        if finding.outcome == NotAssessed {
            continue;
        }
        prop_assert!(finding.message.len() > 20, "{id}: {}", finding.message);
        let window = finding.window.expect("days it speaks of");
        prop_assert!(window.from <= window.to && window.to <= report.as_of, "{id}: {window:?}");
        let coverage = finding.coverage.expect("how much could be assessed");
        prop_assert!(coverage.assessed <= coverage.of && coverage.recent_assessed <= coverage.recent_of, "{id}");
        if finding.outcome == Flagged {
            // Where care comes first, no study on pain stands beside it.
            let is_silenced = finding.area == Area::Pain && finding.consider.is_none();
            let has_study = finding.study.as_ref().is_some_and(|text| text.len() > 20);
            prop_assert!(has_study || is_silenced, "{id}: no study");
            // What a profile tells of may lie before the log.
            let is_within = finding.area == Area::Person || first.is_some_and(|first| first <= window.from);
            prop_assert!(is_within, "{id}: {window:?} begins before {first:?}");
            prop_assert!(finding.runs.iter().all(|run| report.log.run(run).is_some()), "{id}: {:?}", finding.runs);
            prop_assert!(finding.measured.is_some() && finding.limit.is_some(), "{id}");
        }
    }
    Ok(())
}

/// Rules that hold distances against distances, and nothing else.
const OF_RATIOS: [&str; 7] =
    ["session-spike", "weekly-jump", "two-week-ramp", "load-ratio", "monotony", "long-run-share", "return-after-break"];

/// The default options with every least distance of these rules times `k`.
fn options(k: f64) -> rule::Options {
    let mut options = serde_json::to_value(rule::Options::default()).expect("plain values");
    for rule in OF_RATIOS {
        let Some(of_rule) = options.get_mut(rule).and_then(|of_rule| of_rule.as_object_mut()) else { continue };
        for (_, value) in of_rule.iter_mut().filter(|(name, _)| name.ends_with("_m")) {
            *value = (value.as_f64().expect("metres") * k).into();
        }
    }
    serde_json::from_value(options).expect("the options that were written")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_are_well_formed(drawn in vec(drawn(), 0..120), runner in runner()) {
        let report = said(runs(&drawn), &runner, &settings());
        prop_assert!(RULES.iter().all(|rule| report.findings.iter().any(|finding| finding.rule == rule.id)));
        for finding in &report.findings {
            prop_assert!(finding.measured.is_none_or(|measured| measured.value.is_finite()), "{finding:?}");
            prop_assert!(!finding.message.contains("NaN"), "{}", finding.message);
        }
        assert_well_formed(&report, &runner)?;
    }

    /// `analyze` would hold a tier down; a rule does not even ask for one that its evidence does
    /// not bear.
    #[test]
    fn no_rule_asks_for_a_tier_above_its_evidence(drawn in vec(drawn(), 1..120), runner in runner()) {
        let runs = runs(&drawn);
        let as_of = runs.last().expect("a run").local_date;
        let log = TrainingLog::new(runs, as_of, jiff::civil::Weekday::Monday);
        for rule in RULES {
            if let Outcome::Flagged(flags) = (rule.check)(&log, &runner, &rule::Options::default()) {
                prop_assert!(!flags.is_empty(), "{}: flagged, and nothing named", rule.id);
                prop_assert!(flags.iter().all(|flag| flag.tier <= rule.highest_tier()), "{}", rule.id);
                prop_assert!(flags.is_sorted_by(|a, b| a.window.to >= b.window.to), "{}: the latest first", rule.id);
            }
        }
    }

    #[test]
    fn the_order_of_runs_changes_nothing(drawn in vec(drawn(), 2..90), runner in runner(), by in 1..89usize) {
        let runs = runs(&drawn);
        let expected = data(&said(runs.clone(), &runner, &settings()));
        let mut reversed = runs.clone();
        reversed.reverse();
        prop_assert_eq!(&data(&said(reversed, &runner, &settings())), &expected);
        let mut rotated = runs;
        let n = rotated.len();
        rotated.rotate_left(by % n);
        prop_assert_eq!(&data(&said(rotated, &runner, &settings())), &expected);
    }

    #[test]
    fn whole_weeks_later_is_the_same_whole_weeks_later(
        drawn in vec(drawn(), 1..90), runner in runner(), weeks in -400..400i64
    ) {
        let days = 7 * weeks;
        // An injury is told by its month, and months are no weeks.
        let runner = Runner { injuries: runner.injuries.map(|_| Vec::new()), ..runner };
        let runs = runs(&drawn);
        let shifted: Vec<Run> = runs.iter().zip(&drawn).map(|(as_is, drawn)| {
            run(as_is.start.plus_seconds(86_400.0 * days as f64), drawn)
        }).collect();
        let mut later = runner.clone();
        let entries = runner.diary.entries().iter().cloned();
        later.diary = Diary::new(entries.map(|entry| Entry { date: entry.date.saturating_add_days(days), ..entry }).collect());
        later.other_sessions.iter_mut().for_each(|session| session.date = session.date.saturating_add_days(days));
        let (before, after) = (said(runs, &runner, &settings()), said(shifted, &later, &settings()));
        prop_assert_eq!(without_days(&before, FIRST), without_days(&after, FIRST.saturating_add_days(days)));
    }

    /// By powers of two, which cost no digit.
    #[test]
    fn who_runs_twice_as_far_all_the_time_hears_the_same_of_ratios(
        drawn in vec(drawn(), 1..120), k in prop_oneof![Just(0.25), Just(0.5), Just(2.0), Just(8.0)]
    ) {
        let scaled: Vec<Drawn> = drawn.iter().map(|d| Drawn { km: d.km.map(|km| km * k), ..d.clone() }).collect();
        let with = |k: f64| Settings { rules: options(k), ..only(&OF_RATIOS) };
        let (once, times_k) = (
            said(runs(&drawn), &Runner::default(), &with(1.0)),
            said(runs(&scaled), &Runner::default(), &with(k)),
        );
        // What they measure are ratios and per cent; a limit or a value in metres has no place
        // here.
        prop_assert_eq!(without_days(&once, FIRST), without_days(&times_k, FIRST));
    }

    #[test]
    fn a_longer_last_run_never_clears_a_spike(drawn in vec(drawn(), 20..60), more in 1.0..5.0f64) {
        let mut drawn = drawn;
        if let Some(last) = drawn.last_mut() {
            // Without a time there is no pace to doubt.
            (last.km, last.minutes) = (last.km.or(Some(20.0)), None);
        }
        let only = only(&["session-spike"]);
        let before = said(runs(&drawn), &Runner::default(), &only);
        if let Some(last) = drawn.last_mut() {
            last.km = last.km.map(|km| km * more);
        }
        let after = said(runs(&drawn), &Runner::default(), &only);
        let (before, after) = (spike(&before), spike(&after));
        prop_assert!(before.is_none() || after.is_some());
        prop_assert!(before.and_then(|finding| finding.tier) <= after.and_then(|finding| finding.tier));
    }

    /// Distances as files have them, in centimetres: 10.0% more is the reference, 100.0% more is
    /// moderate.
    #[test]
    fn ten_per_cent_to_the_centimetre_is_no_spike(tenth_cm in 100_000..300_000u32) {
        let tier = |cm: u32| spike_after(f64::from(10 * tenth_cm) / 100.0, f64::from(cm) / 100.0);
        prop_assert_eq!(tier(11 * tenth_cm), None);
        prop_assert_eq!(tier(11 * tenth_cm + 1), Some(Tier::Notice));
        prop_assert_eq!(tier(20 * tenth_cm), Some(Tier::Notice));
        prop_assert_eq!(tier(20 * tenth_cm + 1), Some(Tier::Elevated));
    }
}

/// What session-spike says of a last run of `metres` after a month of runs of `before_m`.
fn spike_after(before_m: f64, metres: f64) -> Option<Tier> {
    let run = |(day, metres): (i64, f64)| {
        Run::summary(start(FIRST.saturating_add_days(day), 0), Some(0), &[(&metric::DISTANCE, metres)])
    };
    let before = [0, 9, 18, 27, 36].map(|day| (day, before_m));
    let runs = before.into_iter().chain([(40, metres)]).map(run).collect();
    let report = said(runs, &Runner::default(), &only(&["session-spike"]));
    spike(&report).and_then(|finding| finding.tier)
}

#[test]
fn the_edges_of_the_studys_classes() {
    assert_eq!(spike_after(10_000.0, 11_000.0), None, "10.0% is in the reference");
    assert_eq!(spike_after(10_000.0, 11_010.0), Some(Tier::Notice));
    assert_eq!(spike_after(10_000.0, 20_000.0), Some(Tier::Notice), "100.0% is a moderate spike");
    assert_eq!(spike_after(10_000.0, 20_010.0), Some(Tier::Elevated));
}

/// Values that no file should hold, and library users may pass on.
fn wild() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(f64::MAX),
        Just(f64::MIN_POSITIVE),
        Just(-0.0),
        Just(0.0),
        -1e6..1e6f64,
        0.0..40.0f64,
        any::<f64>(),
    ]
}

fn wild_run() -> impl Strategy<Value = Run> {
    let values = vec(option::of(wild()), METRICS.len());
    let form = vec((wild(), wild(), wild()), 0..4);
    let beats = vec((any::<u16>(), wild()), 0..4);
    (0..900i64, 0..1440i64, values, form, beats, any::<bool>()).prop_map(
        |(day, minute, values, form, beats, indoors)| {
            let known: Vec<(&Metric, f64)> =
                METRICS.iter().zip(values).filter_map(|(metric, value)| Some((*metric, value?))).collect();
            let mut run = Run::summary(start(FIRST.saturating_add_days(day), minute), Some(0), &known);
            let bin = |(speed, seconds, value): (f64, f64, f64)| {
                FormAtSpeed::new(speed, seconds, &FormMetric::ALL.map(|metric| (metric, value)))
            };
            run.form_by_speed = form.into_iter().map(bin).collect();
            run.heart_rate = HeartRateTime::from_seconds(beats);
            run.sub_sport = if indoors { SubSport::Treadmill } else { SubSport::Generic };
            run
        },
    )
}

fn wild_runner() -> impl Strategy<Value = Runner> {
    (runner(), vec(wild(), 8)).prop_map(|(mut runner, wild)| {
        let bad = Entry {
            sleep_h: Some(wild[0]),
            resting_heart_rate_bpm: Some(wild[1]),
            hrv_ms: Some(wild[2]),
            exertion_cr10: Some(wild[3]),
            pain: Pain { during: Some(255), after: Some(0), next_morning: None },
            ..Entry::on(FIRST.saturating_add_days(100))
        };
        runner.diary = Diary::new(runner.diary.entries().iter().cloned().chain([bad]).collect());
        runner.height_m = Some(wild[4]);
        runner.masses.push(MassFrom { from: Some(FIRST), kg: wild[5] });
        runner.shoes.iter_mut().for_each(|shoe| (shoe.start_m, shoe.limit_m) = (wild[6], Some(wild[7])));
        runner.other_sessions.iter_mut().for_each(|session| session.seconds = Some(wild[0]));
        runner.strength_per_week = Some(wild[1]);
        runner.other_sports_h_per_week = Some(wild[2]);
        runner.birth_year = Some(i16::MIN);
        runner
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_value_whatever_makes_a_rule_panic(runs in vec(wild_run(), 0..50), runner in wild_runner()) {
        let report = said(runs, &runner, &settings());
        assert_well_formed(&report, &runner)?;
    }
}

/// Every option of every rule, with whether it is a whole number.
fn all_options() -> Vec<(String, String, bool)> {
    let all = serde_json::to_value(rule::Options::default()).expect("plain values");
    let of_rule = |(rule, options): (&String, &serde_json::Value)| {
        let options = options.as_object().expect("a part of options").iter();
        options.map(|(name, value)| (rule.clone(), name.clone(), !value.is_f64())).collect::<Vec<_>>()
    };
    all.as_object().expect("parts").iter().flat_map(of_rule).collect()
}

/// An option that is set to anything.
fn any_option() -> impl Strategy<Value = (String, String, serde_json::Value)> {
    let whole = prop_oneof![Just(0), Just(1), 2..400u32, any::<u32>()];
    (proptest::sample::select(all_options()), whole, wild()).prop_map(|((rule, name, is_whole), whole, wild)| {
        (rule, name, if is_whole { whole.into() } else { wild.into() })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    /// Which limits the file of settings may set, and what they make of a log.
    #[test]
    fn limits_that_settings_take_make_sense_of_any_log(
        set in vec(any_option(), 1..4), drawn in vec(drawn(), 1..60), runner in runner()
    ) {
        let line = |(rule, name, value): &(String, String, serde_json::Value)| format!("[rules.{rule}]\n{name} = {value}\n");
        let texts = set.iter().map(line);
        for rules in texts.filter_map(|text| kneewise_profile::settings::parse(&text, "k.toml").ok()) {
            let settings = Settings { rules: rules.options, ..settings() };
            let report = said(runs(&drawn), &runner, &settings);
            prop_assert!(report.findings.iter().all(|finding| !finding.message.contains("NaN")));
            assert_well_formed(&report, &runner)?;
        }
    }

    /// Who calls the library may set any.
    #[test]
    fn no_limit_whatever_makes_a_rule_panic(
        set in vec(any_option(), 1..8), drawn in vec(drawn(), 1..60), runner in runner()
    ) {
        let mut all = serde_json::to_value(rule::Options::default()).expect("plain values");
        for (rule, name, value) in set {
            all[rule][name] = value;
        }
        // Of a number that the option cannot hold nothing is set.
        let rules = serde_json::from_value(all).unwrap_or_default();
        said(runs(&drawn), &runner, &Settings { rules, ..settings() });
    }
}

/// Copies of all files under other names are left out on the way in, and no rule hears of them.
#[test]
fn doubled_runs_change_nothing() {
    for name in ["gpx-only", "strap-and-pods", "comeback"] {
        let folder = in_project("fixtures/logs").join(name);
        let copies = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let copy = format!("copy of {}", path.file_name().unwrap().to_string_lossy());
            std::fs::copy(&path, copies.path().join(copy)).unwrap();
        }
        let paths = [folder.clone(), copies.path().to_owned()];
        let twice = kneewise_import::import(&paths, &kneewise_import::Options::default());
        let once = imported(&folder);
        assert_eq!(twice.ledger.counts.duplicate, once.runs.len(), "{name}: {}", twice.ledger);
        let said = |runs: Vec<Run>| data(&said(runs, &Runner::default(), &settings()));
        assert_eq!(said(twice.runs), said(once.runs), "{name}");
    }
}
