//! The report: plain data, ready for any renderer.

mod data;
mod event;
mod last_day;

use jiff::civil::{Date, Weekday};

use crate::knowledge::card::{CARDS, Card};
use crate::knowledge::reference;
use crate::log::TrainingLog;
use crate::rule::before_pain::{self, BeforePain};
use crate::rule::{
    self, Area, Circumstance, Clear, Coverage, Evidence, Outcome, OwnRule, Quantity, RULES, Refused, Rule, Selection,
    Tier, Window,
};
use crate::run::Run;
use crate::runner::Runner;
use crate::triage::{self, Referral};
use kneewise_read::time::DateExt;

pub use data::{Field, Fields};
pub use last_day::{DayDoubt, LONG_DAYS, LastDay, last_day};

/// The version of the data that reports are written as; it changes when a name or a meaning does.
pub const SCHEMA_VERSION: u32 = 1;

/// The words that close every report.
pub const FOOTER: &str = "This report describes training patterns that research has linked with running injuries. \
    It does not diagnose, and absence of a flag is not clearance to run.";

/// How a log is made and looked at.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The day on which weeks begin.
    pub week_start: Weekday,
    /// Leave out findings whose days end before this one.
    pub findings_since: Option<Date>,
    /// Of the rules.
    pub rules: rule::Options,
    /// Which rules are asked.
    pub selection: Selection,
    /// Rules of a program's own, which are asked after kneewise's; see [`Settings::with_rule`].
    pub own_rules: Vec<OwnRule>,
}

impl Settings {
    /// Returns these settings with a rule of a program's own.
    ///
    /// # Errors
    /// [`Refused`] for an id that is none or that another rule has, and for options whose default
    /// is out of their range.
    pub fn with_rule(mut self, rule: OwnRule) -> Result<Self, Refused> {
        rule.admit(&self.own_rules)?;
        self.own_rules.push(rule);
        Ok(self)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            week_start: Weekday::Monday,
            findings_since: None,
            rules: rule::Options::default(),
            selection: Selection::default(),
            own_rules: Vec::new(),
        }
    }
}

/// What a log holds and what the rules say of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The last day that it speaks of.
    pub as_of: Date,
    /// The log.
    pub log: TrainingLog,
    /// What a doctor or physiotherapist should look at, the most urgent first. Where some of it
    /// [comes first](triage::comes_first), no finding has anything to
    /// [consider](Finding::consider).
    pub care: Vec<Referral>,
    /// What came before the pain; `None` where the diary tells of no knee pain.
    pub before_pain: Option<BeforePain>,
    /// The cards that belong in this report; none while something comes first.
    pub cards: Vec<&'static Card>,
    /// What the rules say: flagged first, the latest first within a rule; then clear, then not
    /// assessed.
    pub findings: Vec<Finding>,
    /// The load of late.
    pub load: RecentLoad,
    /// What the runner tells, the diary among it.
    pub runner: Runner,
    /// What it was made with.
    pub settings: Settings,
}

/// What one rule says, one row for each flag, or one that it is clear or not assessed.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// The rule's name for people.
    pub name: &'static str,
    /// The rule in a few words.
    #[serde(skip)]
    pub brief: rule::Brief,
    /// The part of a report that it belongs to.
    pub area: Area,
    /// What became of it.
    pub outcome: FindingOutcome,
    /// Only of a flag.
    pub tier: Option<Tier>,
    /// How good the evidence is.
    pub evidence: Evidence,
    /// What was measured, for people; empty where nothing was assessed.
    pub message: String,
    /// What studies say of it; only of a flag.
    pub study: Option<String>,
    /// One thing to consider; only of a flag, and silent while [care](Report::care) comes first.
    pub consider: Option<String>,
    /// What made it weigh one tier more.
    pub raised_by: Vec<Circumstance>,
    /// The measured value.
    pub measured: Option<Quantity>,
    /// The limit it was held against.
    pub limit: Option<Quantity>,
    /// The days it speaks of.
    pub window: Option<Window>,
    /// The ids of the runs that a flag rests on.
    pub runs: Vec<String>,
    /// The id of the one run that made a flag; `None` where no single run did.
    pub made_by: Option<String>,
    /// The ids of the other rules that the same run raised: all of them are one event.
    pub raised_with: Vec<&'static str>,
    /// Why it could not be assessed.
    pub reason: Option<String>,
    /// What would make it assessable.
    pub remedy: Option<rule::Remedy>,
    /// How much of the log could be assessed.
    pub coverage: Option<Coverage>,
    /// What the log must hold for it to be assessed.
    pub needs: &'static str,
    /// What it does not tell.
    pub not_known: &'static str,
    /// The studies, by first author and year.
    pub references: Vec<&'static str>,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FindingOutcome {
    /// The pattern is there.
    Flagged,
    /// Assessed, and it is not.
    Clear,
    /// Measured for context, and never a flag.
    Described,
    /// The log does not hold what it takes.
    NotAssessed,
}

/// The load of late, for planning.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RecentLoad {
    /// The last seven days.
    pub last_7_days: Volume,
    /// The last 28 days.
    pub last_28_days: Volume,
    /// Metres of the longest run on the last day and the 30 before it, as
    /// [`rule::load::session_spike`] counts.
    pub longest_run_30_days_m: Option<f64>,
    /// Metres that the next run may have without being a [spike](rule::load::session_spike).
    pub reference_distance_m: Option<f64>,
}

/// How much was run over some days.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Volume {
    /// Sessions.
    pub runs: usize,
    /// Metres.
    pub distance_m: f64,
    /// Seconds on the timer.
    pub timer_s: f64,
    /// Sessions whose distance no file says.
    pub runs_without_distance: usize,
}

/// Makes a report of runs: the one function that the whole library is for.
///
/// `runs` are sessions in any order, as the importer gives them; who reads files without it joins
/// recordings with [`run::sessions`](crate::run::sessions) first. `as_of` is the last day of the
/// report, and later runs are left out.
pub fn analyze(runs: Vec<Run>, runner: &Runner, settings: &Settings, as_of: Date) -> Report {
    let selected: Vec<&Rule> = RULES.iter().copied().filter(|rule| settings.selection.has(rule)).collect();
    analyze_with(&selected, runs, runner, settings, as_of)
}

/// Makes a report of runs by a list of rules: some of [`RULES`], or all.
///
/// The selection of the settings is asked for its [own rules](Settings::own_rules) alone.
pub fn analyze_with(rules: &[&Rule], runs: Vec<Run>, runner: &Runner, settings: &Settings, as_of: Date) -> Report {
    let kept_runner = runner.settled();
    let kept_settings = Settings { rules: settings.rules.settled(), ..settings.clone() };
    let (runner, settings) = (&kept_runner, &kept_settings);
    let mut runs = runs;
    // Sorting takes half as much memory again, and the importer's runs are in order.
    if !runs.is_sorted_by_key(|run| run.start) {
        runs.sort_by_key(|run| run.start);
    }
    runner.diary.tell(&mut runs);
    if let Some(metres) = runner.own_height_m() {
        for run in &mut runs {
            run.set_height(metres);
        }
    }
    let log = TrainingLog::new(runs, as_of, settings.week_start);
    let as_of = log.as_of();
    let of_rule = |rule, outcome| since(settings.findings_since, findings(rule, outcome, runner, as_of));
    let given = rules.iter().map(|rule| of_rule(rule, (rule.check)(&log, runner, &settings.rules)));
    let own = settings.own_rules.iter().filter(|own| settings.selection.has(own.rule()));
    let own = own.map(|own| of_rule(own.rule(), own.ask(&log, runner, settings.rules.units)));
    let mut findings: Vec<Finding> = given.chain(own).flatten().collect();
    // Stable: within an outcome and an area the order of the rules stays.
    findings.sort_by_key(|finding| (finding.outcome, finding.area));
    event::join(&mut findings, &log);
    let care = triage::care(runner, as_of);
    let care_first = triage::comes_first(&care);
    if care_first {
        for finding in &mut findings {
            finding.consider = None;
            // How others stayed active with a sore knee is no word for somebody who should be
            // looked at.
            finding.study = finding.study.take().filter(|_| finding.area != Area::Pain);
        }
    }
    let mut load = load(&log, settings);
    if care_first {
        load.reference_distance_m = None;
    }
    let before_pain = before_pain::before_pain(&log, runner);
    let cards = CARDS.iter().copied().filter(|card| !care_first && (card.belongs)(&log, runner)).collect();
    let (runner, settings) = (kept_runner, kept_settings);
    Report { as_of, log, care, before_pain, cards, findings, load, runner, settings }
}

impl Report {
    /// Returns whether a finding speaks of the last [`RECENT_DAYS`](rule::RECENT_DAYS) days.
    pub fn is_recent(&self, finding: &Finding) -> bool {
        finding.window.is_none_or(|window| self.as_of.days_since(window.to) < rule::RECENT_DAYS)
    }

    /// Returns the runs that a finding rests on.
    pub fn runs_of<'a>(&'a self, finding: &'a Finding) -> impl Iterator<Item = &'a Run> {
        finding.runs.iter().filter_map(|id| self.log.run(id))
    }

    /// Returns the findings of one outcome.
    pub fn of(&self, outcome: FindingOutcome) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.outcome == outcome)
    }
}

fn findings(rule: &Rule, outcome: Outcome, runner: &Runner, as_of: Date) -> Vec<Finding> {
    let blank = Finding {
        rule: rule.id,
        name: rule.name,
        brief: rule.brief,
        area: rule.area,
        outcome: FindingOutcome::NotAssessed,
        tier: None,
        evidence: rule.evidence,
        message: String::new(),
        study: None,
        consider: None,
        raised_by: Vec::new(),
        measured: None,
        limit: None,
        window: None,
        runs: Vec::new(),
        made_by: None,
        raised_with: Vec::new(),
        reason: None,
        remedy: None,
        coverage: None,
        needs: rule.needs,
        not_known: rule.not_known,
        references: reference::shorts(rule.references),
    };
    match outcome {
        Outcome::NotAssessed(missing) => {
            vec![Finding { reason: Some(missing.reason), remedy: Some(missing.remedy), ..blank }]
        }
        Outcome::Clear(clear) => vec![without_flag(FindingOutcome::Clear, clear, blank)],
        Outcome::Described(clear) => vec![without_flag(FindingOutcome::Described, clear, blank)],
        Outcome::Flagged(flags) => {
            let finding = |flag: rule::Flag| {
                let (tier, raised_by) = raised(rule, &flag, runner, as_of);
                Finding {
                    outcome: FindingOutcome::Flagged,
                    tier: Some(tier),
                    message: flag.message,
                    study: Some(flag.study).filter(|text| !text.is_empty()),
                    consider: Some(flag.consider).filter(|text| !text.is_empty()),
                    raised_by,
                    measured: Some(flag.measured),
                    limit: Some(flag.limit),
                    window: Some(flag.window),
                    runs: flag.runs,
                    coverage: Some(flag.coverage),
                    ..blank.clone()
                }
            };
            flags.into_iter().map(finding).collect()
        }
    }
}

/// The tier of a flag and what raised it: one tier for all circumstances together, and never above
/// what the evidence allows, whoever wrote the rule.
fn raised(rule: &Rule, flag: &rule::Flag, runner: &Runner, as_of: Date) -> (Tier, Vec<Circumstance>) {
    let highest = rule.highest_tier();
    let own = flag.tier.min(highest);
    let holds = |circumstance: &Circumstance| circumstance.holds(runner, flag.window.to, as_of);
    let raised_by: Vec<Circumstance> = rule.raised_by.iter().copied().filter(holds).collect();
    match own.above().min(highest) {
        tier if tier > own && !raised_by.is_empty() => (tier, raised_by),
        _ => (own, Vec::new()),
    }
}

fn without_flag(outcome: FindingOutcome, clear: Clear, blank: Finding) -> Finding {
    Finding {
        outcome,
        message: clear.message,
        measured: clear.measured,
        limit: clear.limit,
        window: Some(clear.window),
        coverage: Some(clear.coverage),
        ..blank
    }
}

/// Leaves out flags of days before `since`; a rule of which none is left says so.
fn since(since: Option<Date>, of_rule: Vec<Finding>) -> Vec<Finding> {
    let Some(since) = since else { return of_rule };
    let is_earlier = |finding: &Finding| {
        finding.outcome == FindingOutcome::Flagged && finding.window.is_some_and(|window| window.to < since)
    };
    let (earlier, kept): (Vec<Finding>, Vec<Finding>) = of_rule.into_iter().partition(is_earlier);
    let n = earlier.len();
    match (kept.is_empty(), earlier.into_iter().next()) {
        (true, Some(latest)) => vec![Finding {
            outcome: FindingOutcome::Clear,
            tier: None,
            study: None,
            consider: None,
            raised_by: Vec::new(),
            message: format!(
                "No finding since {since}; of before there {}.",
                if n == 1 { "is 1, left out".to_owned() } else { format!("are {n}, left out") }
            ),
            measured: None,
            limit: None,
            runs: Vec::new(),
            ..latest
        }],
        _ => kept,
    }
}

fn load(log: &TrainingLog, settings: &Settings) -> RecentLoad {
    let from = |days: i64| log.as_of().saturating_add_days(1 - days);
    let volume = |days: i64| {
        log.days_between(from(days), log.as_of()).iter().fold(Volume::default(), |sum, day| Volume {
            runs: sum.runs + day.runs,
            distance_m: sum.distance_m + day.distance_m,
            timer_s: sum.timer_s + day.timer_s,
            runs_without_distance: sum.runs_without_distance + day.runs_without_distance,
        })
    };
    RecentLoad {
        last_7_days: volume(7),
        last_28_days: volume(28),
        longest_run_30_days_m: log
            .runs_between(from(31), log.as_of())
            .iter()
            .filter_map(Run::distance_m)
            .reduce(f64::max),
        reference_distance_m: rule::load::session_spike::reference_distance_m(log, &settings.rules.session_spike),
    }
}
