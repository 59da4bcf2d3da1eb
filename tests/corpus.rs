//! What every rule says of whole logs, previews included, as pages to be reviewed: a changed
//! threshold shows its whole effect as a difference.
//!
//! `corpus/findings.txt` has every finding over the made-up logs. `corpus/histories.csv` counts
//! those over two open histories, where they lie beside the checkout; `docs/rules.md` has its table
//! of base rates from there. `KNEEWISE_BLESS=1 cargo test corpus` writes both anew,
//! `KNEEWISE_BLESS=1 cargo test docs` then the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::io::{Write as _, stderr};
use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::Date;
use kneewise_core::report::FindingOutcome::{Clear, Described, Flagged, NotAssessed};
use kneewise_core::rule::{Coverage, Quantity, RULES, Selection};
use kneewise_core::{Finding, Report, Runner, Settings, analyze};
use kneewise_profile::{diary, profile};
use kneewise_read::time::DateExt;

use crate::support::{imported, in_project, shared};

const FINDINGS: &str = "tests/corpus/findings.txt";
const HISTORIES: &str = "tests/corpus/histories.csv";

/// A log of the corpus.
pub struct Log {
    /// Its folder below `fixtures/`.
    pub name: &'static str,
    /// Everything that the rules say of it, on the day of its last run.
    pub report: Report,
}

/// Every made-up log.
pub static LOGS: LazyLock<Vec<Log>> = LazyLock::new(|| {
    let log = |name| {
        let folder = in_project("fixtures").join(name);
        Log { name, report: reported(&folder, &runner(&folder)) }
    };
    ["sample-log", "logs/gpx-only", "logs/strap-and-pods", "logs/hand-kept", "logs/comeback", "logs/steady"]
        .map(log)
        .into()
});

fn log(name: &str) -> &'static Report {
    &LOGS.iter().find(|log| log.name == name).expect("a log of the corpus").report
}

/// The runner of a profile and a diary, where they lie beside the runs.
fn runner(folder: &Path) -> Runner {
    let mut runner = match fs::read_to_string(folder.join("profile.toml")) {
        Ok(text) => profile::parse(&text, "profile.toml").unwrap().runner,
        Err(_) => Runner::default(),
    };
    if let Some(kept) = diary::load(&folder.join("diary.csv")).unwrap() {
        assert_eq!(kept.problems.len(), 0, "a diary without a slip");
        runner.diary = kept.diary;
    }
    runner
}

/// What all rules say of a folder, on the day of its last run.
fn reported(folder: &Path, runner: &Runner) -> Report {
    let runs = imported(folder).runs;
    let as_of = runs.iter().map(|run| run.local_date).max().expect("a run");
    let selection = Selection { previews: true, ..Selection::default() };
    analyze(runs, runner, &Settings { selection, ..Settings::default() }, as_of)
}

/// The findings of each rule, in the order of the list.
fn by_rule(report: &Report) -> impl Iterator<Item = (&'static str, Vec<&Finding>)> {
    RULES.iter().map(|rule| (rule.id, report.findings.iter().filter(|finding| finding.rule == rule.id).collect()))
}

/// Compares a page with the one on the disk, or writes it where `KNEEWISE_BLESS` is set.
fn check(path: &str, text: &str) {
    let file = in_project(path);
    if std::env::var_os("KNEEWISE_BLESS").is_some() {
        fs::write(&file, text).unwrap();
    }
    let on_disk = fs::read_to_string(&file).unwrap_or_default();
    let differ = on_disk.lines().zip(text.lines()).find(|(disk, now)| disk != now);
    assert!(
        on_disk == text,
        "{path} is out of date: `KNEEWISE_BLESS=1 cargo test corpus`, and read the difference; it begins with {differ:?}"
    );
}

#[test]
fn findings_over_the_made_up_logs_are_as_reviewed() {
    let mut page = "What every rule says of the logs of fixtures/, previews included, on the day of the last run.\n\
                    Written by `KNEEWISE_BLESS=1 cargo test corpus`; read the difference before it is committed.\n"
        .to_owned();
    for Log { name, report } in LOGS.iter() {
        let (runs, log) = (report.log.runs().len(), &report.log);
        let first = log.first_day().expect("a run");
        let _ = writeln!(page, "\n== {name}: {runs} runs from {first} to {}\n", report.as_of);
        for (rule, findings) in by_rule(report) {
            for finding in findings {
                line(rule, finding, &mut page);
            }
        }
    }
    check(FINDINGS, &page);
}

/// `session-spike           notice        2026-06-14  1.591, limit 1.3        2 runs, 54 of 64 runs
/// assessed`.
fn line(rule: &str, finding: &Finding, out: &mut String) {
    let outcome = match (finding.outcome, finding.tier) {
        (Flagged, Some(tier)) => tier.name(),
        (Clear, _) => "clear",
        (Described, _) => "described",
        _ => "not assessed",
    };
    if finding.outcome == NotAssessed {
        let remedy = finding.remedy.as_ref().map_or("", |remedy| remedy.text());
        let _ = writeln!(out, "{rule:<22} {outcome:<12} to have it: {remedy}");
        return;
    }
    let day = finding.window.map_or_else(String::new, |window| window.to.to_string());
    let limit = finding.limit.map_or_else(String::new, |limit| format!(", limit {}", quantity(limit)));
    let measured = finding.measured.map_or_else(String::new, quantity);
    let runs = match finding.runs.len() {
        0 => String::new(),
        n => format!("{n} runs, "),
    };
    let coverage = finding.coverage.map_or_else(String::new, |coverage: Coverage| format!("{coverage} assessed"));
    let values = format!("{measured}{limit}");
    let _ = writeln!(out, "{}", format!("{rule:<22} {outcome:<12} {day}  {values:<34} {runs}{coverage}").trim_end());
}

/// Four digits that matter, so that no last bit of a machine's arithmetic shows.
fn quantity(Quantity { value, unit }: Quantity) -> String {
    let places = match value.abs() {
        1000.0.. => 0,
        100.0.. => 1,
        10.0.. => 2,
        _ => 3,
    };
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let text = if text == "-0" { "0" } else { text };
    format!("{text} {}", unit.symbol()).trim_end().to_owned()
}

/// Of two open histories of one runner each: what they are called here, and where they lie.
const OPEN: [(&str, &str); 2] = [("A", "data/histories/arthurfsy2/FIT"), ("B", "data/histories/tang-hi/GPX")];

/// Counts only: no dates and no distances of anybody. Years count from that of the first run.
#[test]
fn counts_over_the_open_histories_are_as_reviewed() {
    let folders: Vec<_> = OPEN.iter().filter_map(|(name, path)| Some((*name, shared(path)?))).collect();
    if folders.len() < OPEN.len() {
        return;
    }
    let mut page = "history,year,rule,outcome,tier,count\n".to_owned();
    for (name, folder) in folders {
        let report = reported(&folder, &Runner::default());
        let first = report.log.first_day().expect("a run");
        let year = |day: Date| i32::from(day.year() - first.year()) + 1;
        for (what, days) in [
            ("runs", report.log.runs().iter().map(|run| run.local_date).collect::<Vec<Date>>()),
            ("days", report.log.days().iter().map(|day| day.date).collect()),
        ] {
            let mut years: BTreeMap<i32, usize> = BTreeMap::new();
            for day in days {
                *years.entry(year(day)).or_default() += 1;
            }
            for (year, n) in years {
                let _ = writeln!(page, "{name},{year},,{what},,{n}");
            }
        }
        let told = Told::of(&report);
        let _ =
            writeln!(page, "{name},,,weeks,,{}\n{name},,,weeks_with_a_flag,,{}", told.weeks, told.weeks_with_a_flag);
        for (rules, n) in &told.events {
            let _ = writeln!(page, "{name},,,events_of_{rules}_rules,,{n}");
        }
        for (rule, findings) in by_rule(&report) {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for finding in findings {
                let key = match (finding.outcome, finding.tier, finding.window) {
                    (Flagged, Some(tier), Some(window)) => {
                        format!("{name},{},{rule},flagged,{tier}", year(window.to))
                    }
                    (Clear, ..) => format!("{name},,{rule},clear,"),
                    (Described, ..) => format!("{name},,{rule},described,"),
                    _ => format!("{name},,{rule},not_assessed,"),
                };
                *counts.entry(key).or_default() += 1;
            }
            for (key, n) in counts {
                let _ = writeln!(page, "{key},{n}");
            }
        }
    }
    check(HISTORIES, &page);
}

/// What a whole report says of a history.
struct Told {
    weeks: usize,
    /// Weeks of the calendar in which a flag of any rule ends.
    weeks_with_a_flag: usize,
    /// How many runs raised so many rules.
    events: BTreeMap<usize, usize>,
}

impl Told {
    fn of(report: &Report) -> Self {
        let monday = |day: Date| day.saturating_add_days(-i64::from(day.weekday().to_monday_zero_offset()));
        let flags = || report.of(Flagged);
        let weeks: BTreeSet<Date> = flags().filter_map(|finding| Some(monday(finding.window?.to))).collect();
        let mut of_run: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for finding in flags() {
            if let Some(run) = &finding.made_by {
                of_run.entry(run).or_default().insert(finding.rule);
            }
        }
        let mut events = BTreeMap::new();
        for rules in of_run.values() {
            *events.entry(rules.len()).or_default() += 1;
        }
        Self { weeks: report.log.weeks().len(), weeks_with_a_flag: weeks.len(), events }
    }
}

/// The rates over any other history, for who reviews the rules: printed, never kept.
#[test]
fn rates_over_other_real_files() {
    let Some(folders) = std::env::var_os("KNEEWISE_REAL_FILES") else { return };
    for folder in std::env::split_paths(&folders) {
        let report = reported(&folder, &Runner::default());
        let Told { weeks, weeks_with_a_flag, events } = Told::of(&report);
        let _ = writeln!(
            stderr(),
            "{}: {} runs, {weeks_with_a_flag} of {weeks} weeks with a flag, runs by rules raised {events:?}",
            folder.display(),
            report.log.runs().len()
        );
        for (rule, findings) in by_rule(&report) {
            let flagged = findings.iter().filter(|finding| finding.outcome == Flagged).count();
            let _ = writeln!(stderr(), "  {rule}: {flagged}");
        }
        assert!(weeks_with_a_flag <= weeks);
    }
}

/// How often each rule speaks, for `docs/rules.md`: from the counts on the disk, so that the page
/// needs no history.
pub fn base_rates_page() -> String {
    let text = fs::read_to_string(in_project(HISTORIES)).unwrap_or_default();
    let counts = Counts { rows: text.lines().skip(1).map(|line| line.split(',').collect()).collect() };
    let mut page = "# How often each rule speaks (base rates)\n\nCounted over two histories that their runners have published, without a profile or a diary:".to_owned();
    for (name, _) in OPEN {
        let (runs, years) = counts.runs_and_years(name);
        let _ = write!(page, " {name}, {runs} runs in {years:.1} years with a run;");
    }
    page.pop();
    page.push_str(
        ". Two runners are no sample: the table shows the order of size. A pattern that goes \
         on is counted once. Counts per year and tier are in `tests/corpus/histories.csv`.\n\n",
    );
    for (name, _) in OPEN {
        page.push_str(&counts.of_all_rules(name));
    }
    page.push_str(
        "Published beside them: in 430 recreational runners a growth of 30% and more was there in 33.4% of sessions (Cloosterman 2024). \
         `weekly-jump` speaks less often, since it takes whole weeks that are also above the four before.\n\n\
         Thirty-four of these findings were worked out again from the raw files by a separate program in \
         another language: `session-spike` (14), `weekly-jump` (7), `two-week-ramp` (3), `monotony` (3, of \
         which one is shown at its ceiling of 10), `no-rest-days` (4), `long-run-share` (1) and \
         `surface-change` (2). They agree in every digit shown. It took each file's stated total, left out 7 \
         treadmill files, and dated runs without an offset by the one that other files of the runner name. \
         Of two of `downhill-spike` one agreed. In the other the watch had counted less than twice as far, \
         which is why the rule now asks for both counts.\n\n",
    );
    page.push_str("| rule | A: flags | per 100 runs | per year | B: flags | per 100 runs | per year |\n");
    page.push_str("|---|---|---|---|---|---|---|\n");
    for rule in RULES {
        let cells = OPEN.map(|(name, _)| counts.of_rule(name, rule.id));
        let _ = writeln!(page, "| `{}` |{}", rule.id, cells.concat());
    }
    page
}

/// The rows of the counts over histories: history, year, rule, outcome, tier and number.
struct Counts<'t> {
    rows: Vec<Vec<&'t str>>,
}

impl Counts<'_> {
    fn sum(&self, history: &str, rule: &str, outcome: &str) -> usize {
        let is_of = |row: &&Vec<&str>| row[0] == history && row[2] == rule && row[3] == outcome;
        self.rows.iter().filter(is_of).map(|row| row[5].parse::<usize>().unwrap_or(0)).sum()
    }

    /// The runs, and the years that hold one: years without would make every rule look rare.
    fn runs_and_years(&self, history: &str) -> (f64, f64) {
        let of = |what: &'static str| self.rows.iter().filter(move |row| row[0] == history && row[3] == what);
        let has_run = |year: &str| of("runs").any(|row| row[1] == year);
        let days = of("days").filter(|row| has_run(row[1])).filter_map(|row| row[5].parse::<f64>().ok());
        (self.sum(history, "", "runs") as f64, days.sum::<f64>() / 365.25)
    }

    fn of_all_rules(&self, history: &str) -> String {
        let (weeks, flagged) = (self.sum(history, "", "weeks"), self.sum(history, "", "weeks_with_a_flag"));
        let events = (1..=8).map(|rules| (rules, self.sum(history, "", &format!("events_of_{rules}_rules"))));
        let events: Vec<String> =
            events.filter(|(_, n)| *n > 0).map(|(rules, n)| format!("{n} raised {rules}")).collect();
        format!(
            "All rules together flag something in {flagged} of the {weeks} weeks of {history} ({:.1}%). \
             Of the runs that raised a rule, {}; each is told once.\n\n",
            100.0 * flagged as f64 / weeks as f64,
            events.join(", "),
        )
    }

    /// Three cells of the table.
    fn of_rule(&self, history: &str, rule: &str) -> String {
        let (runs, years) = self.runs_and_years(history);
        let flags = self.sum(history, rule, "flagged");
        let other = [("clear", "none"), ("described", "context"), ("not_assessed", "not assessed")];
        let other = other.into_iter().find(|(outcome, _)| self.sum(history, rule, outcome) > 0);
        match other {
            Some((_, word)) if flags == 0 => format!(" {word} | - | - |"),
            _ => {
                let n = flags as f64;
                format!(" {flags} | {:.1} | {:.1} |", 100.0 * n / runs, n / years)
            }
        }
    }
}

/// A rule that speaks of most weeks of a steady runner is wrong; one that speaks of one in ten is
/// worth a look.
#[test]
fn the_steady_runner_hears_next_to_nothing() {
    /// Of the 52 weeks a rule may end a flag in so many: a tenth.
    const MOST_WEEKS: usize = 5;
    /// All rules together: fewer than one week in five.
    const MOST_WEEKS_OF_ALL: usize = 10;
    let report = log("logs/steady");
    let monday = |day: Date| day.saturating_add_days(-i64::from(day.weekday().to_monday_zero_offset()));
    let mut of_all = BTreeSet::new();
    for (rule, findings) in by_rule(report) {
        let flags = findings.into_iter().filter(|finding| finding.outcome == Flagged);
        let weeks: BTreeSet<Date> = flags.filter_map(|finding| Some(monday(finding.window?.to))).collect();
        assert!(weeks.len() <= MOST_WEEKS, "{rule} speaks of {} of 52 weeks: {weeks:?}", weeks.len());
        of_all.extend(weeks);
    }
    assert!(of_all.len() <= MOST_WEEKS_OF_ALL, "{} of 52 weeks have a flag: {of_all:?}", of_all.len());
}

/// What a rule can say is shown somewhere: in the table of its page, which is run as a test, or in
/// the corpus.
#[test]
fn every_outcome_of_a_rule_is_shown() {
    for rule in RULES {
        let (_, example) = rule.doc.split_once("## Example").expect("every page has an example");
        let example = example.split("## Options").next().unwrap_or_default();
        let cells: Vec<&str> = example.split('|').map(str::trim).collect();
        let in_example = |words: &[&str]| cells.iter().any(|cell| words.iter().any(|word| cell.starts_with(word)));
        let findings: Vec<&Finding> =
            LOGS.iter().flat_map(|log| &log.report.findings).filter(|finding| finding.rule == rule.id).collect();
        let in_corpus = |outcome| findings.iter().any(|finding| finding.outcome == outcome);
        let empty = analyze(Vec::new(), &Runner::default(), &Settings::default(), Date::constant(2026, 1, 1));
        let on_empty = empty.findings.iter().any(|finding| finding.rule == rule.id && finding.outcome == NotAssessed);
        // Context has no flag to show.
        let is_context = in_corpus(Described) || in_example(&["described"]);
        let is_clear = is_context || in_corpus(Clear) || in_example(&["clear"]);
        let is_flagged = is_context || in_corpus(Flagged) || in_example(&["info", "notice", "elevated"]);
        let is_not_assessed = on_empty || in_corpus(NotAssessed) || in_example(&["not assessed"]);
        assert!(is_clear && is_flagged && is_not_assessed, "{}: {is_clear} {is_flagged} {is_not_assessed}", rule.id);
    }
}
