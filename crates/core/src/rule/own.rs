//! Rules that a program makes at run time: closures with options of their own.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError};

use kneewise_read::unit::{Unit, Units};

use super::{Area, Brief, Circumstance, Evidence, Missing, Options, Outcome, Reading, Rule, find};
use crate::knowledge::reference::Reference;
use crate::log::TrainingLog;
use crate::runner::Runner;

/// A rule of a program's own. [`Settings::with_rule`](crate::Settings::with_rule) puts it beside
/// kneewise's.
///
/// It is selected, ignored and set like the others, and its flags weigh no more than its evidence
/// allows.
///
/// ```
/// use kneewise_core::rule::{Clear, Coverage, Evidence, Outcome, OwnRule, Window};
/// use kneewise_core::{Runner, Settings, analyze};
///
/// let rule = OwnRule::new("many-runs", "Many runs", |log, _, options| {
///     let most = options.get("most_runs").unwrap_or(f64::INFINITY);
///     let window = Window { from: log.as_of(), to: log.as_of() };
///     let coverage = Coverage::count("runs", log.as_of(), std::iter::empty());
///     let message = format!("{} of at most {most} runs.", log.runs().len());
///     Outcome::Clear(Clear::new(message, window, coverage))
/// });
/// let rule = rule.evidence(Evidence::Heuristic).option("most_runs", 10.0, 1.0..=100.0);
/// let settings = Settings::default().with_rule(rule)?;
/// let report = analyze(Vec::new(), &Runner::default(), &settings, "2026-05-31".parse()?);
/// let ours = report.findings.iter().find(|finding| finding.rule == "many-runs").unwrap();
/// assert_eq!(ours.message, "0 of at most 10 runs.");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct OwnRule {
    about: Arc<Rule>,
    options: Vec<OwnOption>,
    check: Arc<Check>,
}

/// How the number of a rule of one's own reads: as it is.
const IN_NUMBERS: &[Reading] = &[Reading::above(Unit::Count, "")];

type Check = dyn Fn(&TrainingLog, &Runner, &OwnOptions) -> Outcome + Send + Sync;

/// A number that can be set of an [`OwnRule`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OwnOption {
    /// Its name in `[rules.ID]` of the settings, unit included: `most_runs`.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// What it may be.
    pub range: RangeInclusive<f64>,
}

/// The options of an [`OwnRule`], for its closure.
#[derive(Clone, Copy, Debug)]
pub struct OwnOptions<'a> {
    all: &'a [OwnOption],
    units: Units,
}

impl OwnOptions<'_> {
    /// Returns the value of an option; `None` for a name that the rule does not have.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.all.iter().find(|option| option.name == name).map(|option| option.value)
    }

    /// Returns the units that sentences are written in.
    pub fn units(&self) -> Units {
        self.units
    }
}

/// The reason why a rule or a value of its options is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The id has other characters than a-z, 0-9 and single hyphens between them.
    #[error("\"{0}\" is no id; ids look like early-runs")]
    Id(String),
    /// Another rule has the id.
    #[error("there is a rule `{0}` already")]
    Taken(String),
    /// The rule has no option of the name.
    #[error("the rule `{rule}` has no option `{option}`")]
    NoOption {
        /// The rule's id.
        rule: String,
        /// The name.
        option: String,
    },
    /// The value is out of the option's range, or the range is empty.
    #[error("`{option}` is {value}; it must be a number from {} to {}", .range.start(), .range.end())]
    Value {
        /// The option's name.
        option: String,
        /// The value.
        value: f64,
        /// What it may be.
        range: RangeInclusive<f64>,
    },
}

impl OwnRule {
    /// Makes a rule of a closure: a heuristic on load, without options, until it is told otherwise.
    pub fn new(
        id: &str,
        name: &str,
        check: impl Fn(&TrainingLog, &Runner, &OwnOptions) -> Outcome + Send + Sync + 'static,
    ) -> Self {
        let about = Rule {
            id: kept(id),
            name: kept(name),
            area: Area::Load,
            evidence: Evidence::Heuristic,
            is_preview: false,
            raised_by: &[],
            needs: "a run",
            not_known: "",
            brief: Brief::new(kept(name), "", IN_NUMBERS),
            references: &[],
            doc: "",
            check: unasked,
        };
        Self { about: Arc::new(about), options: Vec::new(), check: Arc::new(check) }
    }

    fn about(mut self, with: impl FnOnce(&mut Rule)) -> Self {
        let Rule { id, name, area, evidence, is_preview, raised_by, needs, not_known, brief, references, doc, check } =
            *self.about;
        let mut about =
            Rule { id, name, area, evidence, is_preview, raised_by, needs, not_known, brief, references, doc, check };
        with(&mut about);
        self.about = Arc::new(about);
        self
    }

    /// Puts it in a part of the report.
    #[must_use]
    pub fn area(self, area: Area) -> Self {
        self.about(|about| about.area = area)
    }

    /// Says how good the evidence is, which bounds the tier of its flags.
    #[must_use]
    pub fn evidence(self, evidence: Evidence) -> Self {
        self.about(|about| about.evidence = evidence)
    }

    /// Leaves it out unless it is asked for.
    #[must_use]
    pub fn preview(self) -> Self {
        self.about(|about| about.is_preview = true)
    }

    /// Says what the log must hold for the rule to be assessed.
    #[must_use]
    pub fn needs(self, needs: &str) -> Self {
        self.about(|about| about.needs = kept(needs))
    }

    /// Says what a finding does not tell.
    #[must_use]
    pub fn not_known(self, not_known: &str) -> Self {
        self.about(|about| about.not_known = kept(not_known))
    }

    /// Names the studies behind it.
    #[must_use]
    pub fn references(self, references: &'static [&'static Reference]) -> Self {
        self.about(|about| about.references = references)
    }

    /// Names what makes its findings weigh one tier more.
    #[must_use]
    pub fn raised_by(self, circumstances: &'static [Circumstance]) -> Self {
        self.about(|about| about.raised_by = circumstances)
    }

    /// Adds a number that can be set, with its default and its range.
    #[must_use]
    pub fn option(mut self, name: &str, default: f64, range: RangeInclusive<f64>) -> Self {
        self.options.push(OwnOption { name: name.to_owned(), value: default, range });
        self
    }

    /// Sets an option.
    ///
    /// # Errors
    /// [`Refused`] for a name that the rule does not have and a value out of range.
    pub fn set(&mut self, name: &str, value: f64) -> Result<(), Refused> {
        let Some(option) = self.options.iter_mut().find(|option| option.name == name) else {
            return Err(Refused::NoOption { rule: self.about.id.to_owned(), option: name.to_owned() });
        };
        if !option.range.contains(&value) {
            return Err(Refused::Value { option: option.name.clone(), value, range: option.range.clone() });
        }
        option.value = value;
        Ok(())
    }

    /// Returns the id, such as `early-runs`.
    pub fn id(&self) -> &'static str {
        self.about.id
    }

    /// Returns the options with their values.
    pub fn options(&self) -> &[OwnOption] {
        &self.options
    }

    /// Returns what is known of it as of any rule.
    pub(crate) fn rule(&self) -> &Rule {
        &self.about
    }

    /// Asks it.
    pub(crate) fn ask(&self, log: &TrainingLog, runner: &Runner, units: Units) -> Outcome {
        (self.check)(log, runner, &OwnOptions { all: &self.options, units })
    }

    /// Checks that it can stand beside kneewise's rules and the others of the program.
    pub(crate) fn admit(&self, others: &[Self]) -> Result<(), Refused> {
        let id = self.id();
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if !id.split('-').all(is_word) {
            return Err(Refused::Id(id.to_owned()));
        }
        if find(id).is_some() || others.iter().any(|other| other.id() == id) {
            return Err(Refused::Taken(id.to_owned()));
        }
        match self.options.iter().find(|option| !option.range.contains(&option.value)) {
            Some(OwnOption { name, value, range }) => {
                Err(Refused::Value { option: name.clone(), value: *value, range: range.clone() })
            }
            None => Ok(()),
        }
    }
}

impl fmt::Debug for OwnRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnRule").field("about", &self.about).field("options", &self.options).finish_non_exhaustive()
    }
}

/// The closure is asked instead.
fn unasked(_: &TrainingLog, _: &Runner, _: &Options) -> Outcome {
    Missing::outcome("is a rule of a program's own", "asking its closure")
}

/// Returns a text that lives as long as the program. Each text is kept once, so that a server that
/// makes its rules for every request keeps no more than one that makes them once.
fn kept(text: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all.get(text) {
        return known;
    }
    let text: &'static str = Box::leak(Box::from(text));
    all.insert(text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use crate::report::FindingOutcome;
    use crate::rule::{Coverage, Flag, Quantity, RULES, Selection, Tier, Window};
    use crate::{Run, Settings, analyze};
    use kneewise_read::time::Timestamp;
    use kneewise_read::unit::Unit;

    /// Flags as strongly as it can.
    fn loud(id: &str) -> OwnRule {
        let rule = OwnRule::new(id, "Loud", |log, _, options| {
            let limit = options.get("km").unwrap_or(0.0);
            let measured = log.runs().iter().filter_map(Run::distance_m).sum::<f64>() / 1000.0;
            Outcome::Flagged(vec![Flag {
                tier: Tier::Elevated,
                message: format!("{measured} km of {limit}"),
                measured: Quantity::new(measured, Unit::Metres),
                limit: Quantity::new(limit, Unit::Metres),
                window: Window { from: log.as_of(), to: log.as_of() },
                runs: Vec::new(),
                coverage: Coverage::count("runs", log.as_of(), std::iter::empty()),
                study: String::new(),
                consider: String::new(),
            }])
        });
        rule.option("km", 3.0, 1.0..=9.0)
    }

    fn said(settings: &Settings) -> Vec<(String, Option<Tier>)> {
        let start = Timestamp::from_unix_s(1_767_600_000).expect("in range");
        let runs = vec![Run::summary(start, Some(0), &[(&DISTANCE, 5000.0)])];
        let report = analyze(runs, &Runner::default(), settings, jiff::civil::date(2026, 3, 1));
        let ours = report.of(FindingOutcome::Flagged).filter(|finding| finding.rule.starts_with("my-"));
        ours.map(|finding| (finding.message.clone(), finding.tier)).collect()
    }

    #[test]
    fn a_rule_made_at_run_time_stands_beside_the_others_and_never_shouts() {
        let mut rule = loud(&format!("my-{}", 1 + 1));
        assert_eq!(rule.set("km", 4.0), Ok(()));
        let settings = Settings::default().with_rule(rule).and_then(|all| all.with_rule(loud("my-3"))).expect("two");
        let info = Some(Evidence::Heuristic.highest_tier());
        assert_eq!(said(&settings), [("5 km of 4".to_owned(), info), ("5 km of 3".to_owned(), info)]);
        let selection = Selection { ignore: vec!["my-2".to_owned()], ..Selection::default() };
        assert_eq!(said(&Settings { selection, ..settings.clone() }).len(), 1);
        let selection = Selection { only: vec!["my-2".to_owned()], ..Selection::default() };
        assert_eq!(said(&Settings { selection, ..settings }).len(), 1);
        let preview = Settings::default().with_rule(loud("my-4").preview()).expect("a rule");
        assert_eq!(said(&preview), []);
    }

    #[test]
    fn what_cannot_be_a_rule_is_refused() {
        let refused = |rule: OwnRule| Settings::default().with_rule(rule).expect_err("refused");
        for id in ["", "Early", "early_runs", "-a", "a--b", "rules.x"] {
            assert_eq!(refused(loud(id)), Refused::Id(id.to_owned()));
        }
        assert_eq!(refused(loud(RULES[0].id)), Refused::Taken(RULES[0].id.to_owned()));
        let twice = Settings::default().with_rule(loud("my-1")).and_then(|all| all.with_rule(loud("my-1")));
        assert_eq!(twice.expect_err("refused"), Refused::Taken("my-1".to_owned()));
        let of_option = |value| refused(loud("my-1").option("x", value, 0.0..=1.0));
        assert!(
            matches!(of_option(2.0), Refused::Value { .. }) && matches!(of_option(f64::NAN), Refused::Value { .. })
        );
        assert!(matches!(loud("my-1").set("km", f64::NAN), Err(Refused::Value { .. })));
        assert!(matches!(loud("my-1").set("miles", 2.0), Err(Refused::NoOption { .. })));
    }

    #[test]
    fn a_text_is_kept_once() {
        assert!(std::ptr::eq(kept(&["my", "-text"].concat()), kept("my-text")));
    }
}
