//! What holds of every rule; each rule's own cases stand in the table of its manual page.

use jiff::civil::{Date, Weekday};

use crate::knowledge::NO_SCALE;
use crate::knowledge::article::{self, ARTICLE};
use crate::knowledge::card::{CARDS, Card};
use crate::log::TrainingLog;
use crate::measure::form::{FormAtSpeed, FormMetric};
use crate::measure::heart_rate::HeartRateTime;
use crate::measure::metric;
use crate::run::Run;
use crate::runner::diary::{Pain, Place};
use crate::runner::{Diary, Entry, Injury, Limits, LimitsFrom, MassFrom, OtherSession, Runner, Shoe, ShoeKind, Site};
use kneewise_read::activity::Device;
use kneewise_read::sport::{Sport, SubSport};
use kneewise_read::time::{DateExt, Timestamp};

use super::{Options, Outcome, RULES, Rule};

/// A row of an example: a day with a run, with an entry of the diary, or with both, and what the
/// rule says with that day as the latest.
#[derive(Clone, Default)]
struct Row {
    date: Date,
    cells: Vec<(String, String)>,
}

impl Row {
    fn of(date: Date, cells: &[(&str, String)]) -> Self {
        let cells = cells.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone()));
        Self { date, cells: cells.collect() }
    }

    fn cell(&self, name: &str) -> Option<&str> {
        let (_, cell) = self.cells.iter().find(|(known, _)| known == name)?;
        Some(cell.as_str()).filter(|cell| !cell.is_empty())
    }

    fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        let cell = self.cell(name)?;
        Some(cell.parse().unwrap_or_else(|_| panic!("{cell} in the column {name}")))
    }

    fn outcome(&self) -> &str {
        self.cell("outcome").unwrap_or_default()
    }
}

/// The columns that an example may have besides `date`, `outcome`, and any metric by its id.
const COLUMNS: [&str; 31] = [
    "km",
    "min",
    "spm",
    "step_mm",
    "stance_ms",
    "oscillation_mm",
    "balance_percent",
    "stance_fade",
    "stiffness_fade",
    "speed",
    "ground",
    "gear",
    "pain",
    "after",
    "morning",
    "place",
    "painkiller",
    "missed",
    "sleep_h",
    "sleep",
    "resting_bpm",
    "strength",
    "injury",
    "mass_kg",
    "height_m",
    "birth_year",
    "shoe",
    "shoe_kind",
    "swim_min",
    "bpm",
    "first_threshold_bpm",
];

/// The table under `## Example`; see [`COLUMNS`].
fn example(rule: &Rule) -> Vec<Row> {
    let (_, example) = rule.doc.split_once("## Example").expect("every rule has an example");
    let cells = |line: &str| -> Vec<String> {
        line.trim().trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
    };
    let mut lines = example
        .lines()
        .map(str::trim)
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'));
    let header = cells(lines.next().expect("a header"));
    for name in &header {
        let is_known = ["date", "outcome"].contains(&name.as_str()) || COLUMNS.contains(&name.as_str());
        assert!(is_known || metric::find(name).is_some(), "{}: a column {name}", rule.id);
    }
    let row = |line: &str| {
        let cells: Vec<(String, String)> = header.iter().cloned().zip(cells(line)).collect();
        Row { date: cells[0].1.parse().expect("a date in the first column"), cells }
    };
    lines.skip(1).map(row).collect()
}

/// The run of a row; `None` where it has no kilometres.
fn run(row: &Row) -> Option<Run> {
    let start = Timestamp::parse_iso8601(&format!("{}T07:00:00Z", row.date)).expect("a time").0;
    let mut values = vec![(&metric::DISTANCE, row.number::<f64>("km")? * 1000.0)];
    if let Some(minutes) = row.number::<f64>("min") {
        values.extend([(&metric::TIMER, minutes * 60.0), (&metric::MOVING_TIME, minutes * 60.0)]);
    }
    values.extend(metric::METRICS.iter().filter_map(|metric| Some((*metric, row.number(metric.id)?))));
    for (name, metric) in
        [("stance_fade", &metric::STANCE_TIME_FADE), ("stiffness_fade", &metric::LEG_SPRING_STIFFNESS_FADE)]
    {
        values.extend(row.number(name).map(|percent| (metric, percent)));
    }
    let mut run = Run::summary(start, Some(0), &values);
    let form: Vec<(FormMetric, f64)> = [
        (FormMetric::StepRate, "spm"),
        (FormMetric::StepLength, "step_mm"),
        (FormMetric::StanceTime, "stance_ms"),
        (FormMetric::VerticalOscillation, "oscillation_mm"),
        (FormMetric::StanceTimeBalance, "balance_percent"),
    ]
    .into_iter()
    .filter_map(|(metric, name)| Some((metric, row.number(name)?)))
    .collect();
    if !form.is_empty() {
        run.form_by_speed = vec![FormAtSpeed::new(row.number("speed").unwrap_or(3.05), 1200.0, &form)];
    }
    if let Some((bpm, minutes)) = row.number::<u16>("bpm").zip(row.number::<f64>("min")) {
        run.heart_rate = HeartRateTime::from_seconds([(bpm, minutes * 60.0)]);
    }
    run.device = Some(Device { manufacturer: "a watch".to_owned(), product: String::new() });
    run.gear = row.cell("gear").map(str::to_owned);
    run.sub_sport = match row.cell("ground") {
        Some("trail") => SubSport::Trail,
        Some("treadmill") => SubSport::Treadmill,
        Some("track") => SubSport::Track,
        Some(other) => panic!("a ground {other}"),
        None => SubSport::Generic,
    };
    Some(run)
}

fn log(rows: &[Row]) -> TrainingLog {
    let as_of = rows.last().expect("a row").date;
    TrainingLog::new(rows.iter().filter_map(run).collect(), as_of, Weekday::Monday)
}

/// What the rows tell of the runner: a diary entry for each row with such a column, and facts, of
/// which the last holds.
fn runner(rows: &[Row]) -> Runner {
    let yes = |row: &Row, name: &str| row.cell(name).map(|cell| cell == "yes");
    let entry = |row: &Row| {
        let pain = Pain { during: row.number("pain"), after: row.number("after"), next_morning: row.number("morning") };
        let entry = Entry {
            pain,
            place: row.cell("place").map(|place| Place::named(place).expect("a place")),
            painkiller_before: yes(row, "painkiller"),
            missed_run: yes(row, "missed"),
            sleep_h: row.number("sleep_h"),
            sleep_quality: row.number("sleep"),
            resting_heart_rate_bpm: row.number("resting_bpm"),
            strength_sessions: row.number("strength"),
            ..Entry::on(row.date)
        };
        (entry != Entry::on(row.date)).then_some(entry)
    };
    let mut runner = Runner { diary: Diary::new(rows.iter().filter_map(entry).collect()), ..Runner::default() };
    for row in rows {
        runner.height_m = row.number("height_m").or(runner.height_m);
        runner.birth_year = row.number("birth_year").or(runner.birth_year);
        runner.masses.extend(row.number("mass_kg").map(|kg| MassFrom { from: Some(row.date), kg }));
        runner.limits.extend(row.number("first_threshold_bpm").map(|bpm| LimitsFrom {
            from: Some(row.date),
            limits: Limits { first_threshold_bpm: Some(bpm), ..Limits::default() },
        }));
        let injury = row.cell("injury").map(|site| Injury {
            site: Site::named(site).expect("a site"),
            side: None,
            month: row.date,
            is_recovered: None,
        });
        if let Some(injury) = injury {
            runner.injuries.get_or_insert_default().push(injury);
        }
        runner.shoes.extend(row.cell("shoe").map(|name| Shoe {
            name: name.to_owned(),
            kind: row.cell("shoe_kind").map(|kind| ShoeKind::named(kind).expect("a kind")),
            since: Some(row.date),
            ..Shoe::default()
        }));
        runner.other_sessions.extend(row.number::<f64>("swim_min").map(|minutes| OtherSession {
            date: row.date,
            sport: Sport::Swimming,
            sub_sport: SubSport::Generic,
            seconds: Some(minutes * 60.0),
        }));
    }
    runner
}

/// `notice 1.36` for a flag on the log's last day, `clear 1.10`, `not assessed`.
fn said(outcome: &Outcome, as_of: Date) -> String {
    let short = |value: f64| if value < 3.0 { format!("{value:.2}") } else { format!("{value:.0}") };
    match outcome {
        Outcome::NotAssessed(_) => "not assessed".to_owned(),
        Outcome::Clear(clear) => format!("clear {}", short(clear.measured.expect("a value").value)),
        Outcome::Described(clear) => format!("described {}", short(clear.measured.expect("a value").value)),
        Outcome::Flagged(flags) => match flags.iter().find(|flag| flag.window.to == as_of) {
            Some(flag) => format!("{} {}", flag.tier, short(flag.measured.value)),
            None => "flagged before".to_owned(),
        },
    }
}

#[test]
fn every_example_says_what_the_rule_says() {
    for rule in RULES {
        let rows = example(rule);
        let mut checked = 0;
        for last in (0..rows.len()).filter(|&i| !rows[i].outcome().is_empty()) {
            let (log, runner) = (log(&rows[..=last]), runner(&rows[..=last]));
            let outcome = (rule.check)(&log, &runner, &Options::default());
            assert_eq!(
                said(&outcome, log.as_of()),
                rows[last].outcome(),
                "{} on {}: {outcome:?}",
                rule.id,
                log.as_of()
            );
            checked += 1;
        }
        assert!(checked >= 2, "{}: an example shows the rule clear and flagged", rule.id);
        let shows = |what: &str| rows.iter().any(|row| row.outcome().starts_with(what));
        assert!(shows("clear") || shows("described"), "{}: an example of none", rule.id);
        assert!(
            shows("described") || shows("info") || shows("notice") || shows("elevated"),
            "{}: an example of a flag",
            rule.id
        );
    }
}

/// What the rules say in their examples: the rule and the words of its flags on the studies.
fn studies() -> impl Iterator<Item = (&'static Rule, String)> {
    let of_rule = |rule: &'static Rule| {
        let rows = example(rule);
        let days = (0..rows.len()).filter(|&i| !rows[i].outcome().is_empty()).collect::<Vec<_>>();
        let said =
            move |last: usize| match (rule.check)(&log(&rows[..=last]), &runner(&rows[..=last]), &Options::default()) {
                Outcome::Flagged(flags) => flags.into_iter().map(|flag| flag.study).collect(),
                _ => Vec::new(),
            };
        days.into_iter().flat_map(said).map(move |study| (rule, study))
    };
    RULES.iter().copied().flat_map(of_rule)
}

/// Whether a text gives a relative effect, and then whether it names a group with its number and
/// says how many that is; as far as simple words can tell.
fn relative_effect(text: &str) -> Option<(bool, bool)> {
    const GROUPS: [&str; 6] = ["runners", "novices", "beginners", "athletes", "people", "women"];
    // Absolute numbers, or that there are none.
    const SCALES: [&str; 5] = ["injured", "injuries in ", "more in 100", "no absolute numbers", "one in "];
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = text.split([' ', '(', ')', ';']).collect();
    let is_relative = words.windows(2).any(|pair| pair[0].parse::<f64>().is_ok() && pair[1] == "times")
        || text.contains("odds")
        || text.contains("the rate of");
    let is_count = |word: &str| word.replace(',', "").parse::<u32>().is_ok_and(|n| n >= 9);
    let names_a_group = (0..words.len())
        .filter(|&i| is_count(words[i]))
        .any(|i| words[i..].iter().take(5).any(|word| GROUPS.contains(&word.trim_end_matches([',', '.']))));
    let has_scale = SCALES.iter().any(|scale| text.contains(scale));
    is_relative.then_some((names_a_group || text.contains("no number of people"), has_scale))
}

#[test]
fn a_relative_effect_comes_with_how_many_were_studied_and_how_many_were_injured() {
    for (rule, study) in studies() {
        let (names_a_group, has_scale) = relative_effect(&study).unwrap_or((true, true));
        assert!(names_a_group, "{}: of whom? {study}", rule.id);
        // Its page says so where a study gives none; every report says it once.
        let page_says = rule.doc.split_whitespace().collect::<Vec<_>>().join(" ").contains("no absolute numbers");
        assert!(has_scale || page_says, "{}: how many is that? {study}", rule.id);
    }
}

#[test]
fn so_it_does_in_the_pages_the_cards_and_the_article() {
    let why = |rule: &&'static Rule| {
        let (_, why) = rule.doc.split_once("## Why it matters")?;
        Some((rule.id, why.split("## ").next()?))
    };
    // Its odds compare one way to count with another, not runners with runners.
    let rules = RULES.iter().filter(|rule| rule.id != "load-ratio").filter_map(why);
    let of_card = |card: &&'static Card| {
        let (id, parts) = (card.id, card.doc.split("\n\n"));
        parts.chain([card.short]).map(move |text| (id, text))
    };
    for (id, text) in rules.chain(CARDS.iter().flat_map(of_card)) {
        let (names_a_group, has_scale) = relative_effect(text).unwrap_or((true, true));
        assert!(names_a_group, "{id}: of whom? {text}");
        assert!(has_scale, "{id}: how many is that? {text}");
    }
    for statement in ARTICLE {
        let (names_a_group, _) = relative_effect(statement.research).unwrap_or((true, true));
        assert!(names_a_group, "{}: of whom? {}", statement.says, statement.research);
    }
    assert!(article::page().contains(NO_SCALE), "once for the whole page");
}

/// What session-spike says of a run after four of the given kilometres, days before it.
fn spike(days_before: &[(i64, f64)], km: f64) -> String {
    let last = jiff::civil::date(2026, 3, 1);
    let row = |&(days, km): &(i64, f64)| Row::of(last.saturating_add_days(-days), &[("km", km.to_string())]);
    let rows: Vec<Row> = days_before.iter().chain([&(0, km)]).map(row).collect();
    said(&(super::load::session_spike::SESSION_SPIKE.check)(&log(&rows), &Runner::default(), &Options::default()), last)
}

#[test]
fn the_classes_of_a_spike_end_at_their_upper_limits() {
    let month = [(40, 5.0), (20, 9.0), (15, 10.0), (10, 9.0)];
    assert_eq!(spike(&month, 11.0), "clear 1.10", "10% is in the reference");
    assert_eq!(spike(&month, 11.01), "notice 1.10");
    assert_eq!(spike(&month, 20.0), "notice 2.00", "100% is a moderate spike");
    assert_eq!(spike(&month, 20.01), "elevated 2.00");
}

#[test]
fn the_month_before_a_run_is_thirty_days_with_three_runs() {
    assert_eq!(spike(&[(40, 5.0), (30, 10.0), (15, 5.0), (10, 5.0)], 13.0), "notice 1.30", "day 30 counts");
    assert_eq!(
        spike(&[(40, 5.0), (31, 10.0), (15, 5.0), (10, 5.0), (5, 5.0)], 13.0),
        "elevated 2.60",
        "day 31 does not"
    );
    assert_eq!(spike(&[(40, 5.0), (15, 5.0), (10, 5.0)], 13.0), "not assessed", "two runs are no habit");
    assert_eq!(spike(&[(29, 5.0), (15, 5.0), (10, 5.0)], 13.0), "not assessed", "29 days are no month");
    assert_eq!(spike(&[(30, 5.0), (15, 5.0), (10, 5.0)], 13.0), "elevated 2.60");
}

#[test]
fn small_runs_and_small_steps_are_no_spike() {
    assert_eq!(spike(&[(40, 1.0), (15, 1.0), (10, 1.0), (5, 1.0)], 2.9), "clear 2.90", "under 3 km");
    assert_eq!(spike(&[(40, 5.0), (15, 5.0), (10, 5.0), (5, 5.0)], 5.9), "clear 1.18", "less than 1 km more");
}

#[test]
fn a_run_after_a_layoff_is_not_called_clear() {
    let said = |km| {
        let rows = [(400, 8.0), (390, 8.0), (380, 8.0), (370, 8.0), (365, 8.0)];
        let last = jiff::civil::date(2026, 3, 1);
        let row = |&(days, km): &(i64, f64)| Row::of(last.saturating_add_days(-days), &[("km", km.to_string())]);
        let rows: Vec<Row> = rows.iter().chain([&(0, km)]).map(row).collect();
        match (super::load::session_spike::SESSION_SPIKE.check)(&log(&rows), &Runner::default(), &Options::default()) {
            Outcome::Clear(clear) => (clear.message, clear.coverage.is_silent_of_late()),
            other => panic!("{other:?}"),
        }
    };
    let (message, is_silent_of_late) = said(30.0);
    assert!(is_silent_of_late && message.contains("The latest run could not be compared"), "{message}");
}

#[test]
fn a_known_height_is_compared_with_what_it_makes_one_expect() {
    let rows: Vec<Row> = (1..=3)
        .map(|day| {
            let cells = [("km", "8".to_owned()), ("spm", "168".to_owned())];
            Row::of(jiff::civil::date(2026, 3, day), &cells)
        })
        .collect();
    let of_height = |height_m| {
        let runner = Runner { height_m, ..Runner::default() };
        said(
            &(super::form::low_step_rate::LOW_STEP_RATE.check)(&log(&rows), &runner, &Options::default()),
            log(&rows).as_of(),
        )
    };
    assert_eq!(of_height(None), "clear 168");
    assert_eq!(of_height(Some(1.70)), "clear 168");
    assert_eq!(of_height(Some(1.40)), "info 168", "expected 183, less 8% is 169");
    assert_eq!(of_height(Some(1.95)), "clear 168", "expected 155");
}

#[test]
fn no_rule_assesses_an_empty_log() {
    let log = TrainingLog::new(Vec::new(), jiff::civil::date(2026, 3, 1), Weekday::Monday);
    for rule in RULES {
        let outcome = (rule.check)(&log, &Runner::default(), &Options::default());
        assert!(matches!(outcome, Outcome::NotAssessed(_)), "{}: {outcome:?}", rule.id);
    }
}

#[test]
fn every_rule_is_documented_and_cited() {
    const HEADINGS: [&str; 6] =
        ["## What it does", "## Why it matters", "## Limits", "## Example", "## Options", "## References"];
    for rule in RULES {
        let places: Vec<_> = HEADINGS.iter().map(|heading| rule.doc.find(heading)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}: headings in order", rule.id);
        assert!(!rule.references.is_empty() && !rule.needs.is_empty() && !rule.not_known.is_empty(), "{}", rule.id);
        let cited = rule.doc.split("## References").nth(1).unwrap_or_default();
        for reference in rule.references {
            assert!(cited.contains(reference.short), "{} cites {}", rule.id, reference.short);
        }
        let kebab = rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(kebab, "{} is lower case with hyphens", rule.id);
    }
    let mut ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), RULES.len(), "ids are unique");
}

#[test]
fn every_option_has_a_range_that_holds_its_default() {
    let options = serde_json::to_value(Options::default()).expect("plain values");
    for (rule, defaults) in options.as_object().expect("a part for each rule") {
        let defaults = defaults.as_object().expect("names and values");
        let ranges = Options::ranges(rule);
        assert_eq!(ranges.len(), defaults.len(), "{rule}");
        for range in ranges {
            let default = &defaults[range.name];
            assert_eq!(range.is_whole, !default.is_f64(), "{rule}: {range:?}");
            let default = default.as_f64().expect("a number");
            assert!((range.low..=range.high).contains(&default), "{rule}: {default} in {range:?}");
        }
    }
    assert!(Options::ranges("previous-injury").is_empty(), "nothing to set");
}

/// Every option has a line in the manual page with its default, and no other has.
#[test]
fn the_options_of_a_page_are_those_of_the_code() {
    let options = serde_json::to_value(Options::default()).expect("plain values");
    let options = options.as_object().expect("a part for each rule");
    for rule in RULES {
        let (_, said) = rule.doc.split_once("## Options").expect("a heading");
        let said = said.split("## ").next().unwrap_or_default();
        // A line may break between a name and its default.
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(of_rule) = options.get(rule.id) else {
            assert!(said.contains("None."), "{} has no options", rule.id);
            continue;
        };
        let named: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
        for (name, default) in of_rule.as_object().expect("names and values") {
            let default = default.to_string();
            let expected = format!("`{name}` ({})", default.strip_suffix(".0").unwrap_or(&default));
            assert!(said.contains(&expected), "{}: {expected} in {said}", rule.id);
        }
        assert_eq!(named.len(), of_rule.as_object().expect("names and values").len(), "{}: {named:?}", rule.id);
    }
    assert!(options.keys().all(|id| RULES.iter().any(|rule| rule.id == id)), "an option belongs to a rule");
}
