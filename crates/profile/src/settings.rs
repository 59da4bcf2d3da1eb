//! `kneewise.toml`: which rules are asked, and with which limits; which files are of one run, and
//! which are not.

mod sense;

use std::collections::HashSet;

use kneewise_core::rule::{self, OwnRule, RULES, Selection};
use serde_json::Value;
use toml::de::DeValue;

use self::sense::Sense;
use crate::document::{self, Keys, Problems};
use crate::{Error, spelling};

/// What the section `[rules]` says; where it is silent, as without a file.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Rules {
    /// Which rules are asked.
    pub selection: Selection,
    /// Their limits. The units are not set here.
    pub options: rule::Options,
    /// The rules of a program's own, with what the file sets of them.
    pub own: Vec<OwnRule>,
    /// Pairs of files of one run, each by its path or the end of it.
    pub same_run: Vec<(String, String)>,
    /// Pairs of files of two runs.
    pub not_same_run: Vec<(String, String)>,
}

impl Rules {
    /// Returns what they change of the rules on pain, each as a clause: a file that somebody else
    /// wrote may lie in any folder.
    pub fn on_pain(&self) -> Vec<String> {
        let limits = |options: &rule::Options| serde_json::to_value(options).unwrap_or_default();
        let (own, usual) = (limits(&self.options), limits(&rule::Options::default()));
        let change = |rule: &&rule::Rule| {
            let what = if !self.selection.has(rule) {
                "leaves out the rule"
            } else if own[rule.id] != usual[rule.id] {
                "sets other limits for the rule"
            } else {
                return None;
            };
            Some(format!("{what} {} ({})", rule.id, rule.name))
        };
        rule::ON_PAIN.iter().filter_map(change).collect()
    }
}

/// Reads settings; `path` names the file in errors.
///
/// # Errors
/// [`Error::Wrong`] with everything that is wrong: no TOML, unknown sections, rules and options,
/// values of the wrong kind, limits out of any sensible range and tiers that do not ascend.
/// Settings with anything wrong in them are not used in part.
///
/// ```
/// let rules = kneewise_profile::settings::parse("[rules]\nignore = [\"no-rest-days\"]\n", "kneewise.toml")?;
/// assert_eq!(rules.selection.ignore, ["no-rest-days"]);
/// let wrong = kneewise_profile::settings::parse("[rules.session-spike]\nsmal = 1\n", "kneewise.toml").unwrap_err();
/// assert!(wrong.to_string().starts_with("kneewise.toml:2: `smal` is not known; did you mean `small`?"));
/// # Ok::<(), kneewise_profile::Error>(())
/// ```
pub fn parse(text: &str, path: &str) -> Result<Rules, Error> {
    parse_with(text, path, Vec::new())
}

/// Reads settings that also speak of rules of a program's own; see
/// [`Profile::settings`](crate::Profile::settings).
///
/// # Errors
/// As of [`parse`].
///
/// ```
/// use kneewise_core::rule::{Missing, OwnRule};
/// let early = OwnRule::new("early-runs", "Early runs", |_, _, _| Missing::outcome("needs a clock", "a clock"))
///     .option("before_h", 6.0, 4.0..=10.0);
/// let text = "[rules]\nalso = [\"early-runs\"]\n[rules.early-runs]\nbefore_h = 5\n";
/// let rules = kneewise_profile::settings::parse_with(text, "kneewise.toml", vec![early])?;
/// assert_eq!(rules.own[0].options()[0].value, 5.0);
/// # Ok::<(), kneewise_profile::Error>(())
/// ```
pub fn parse_with(text: &str, path: &str, own: Vec<OwnRule>) -> Result<Rules, Error> {
    let table = document::parse(text, path)?;
    let problems = Problems::of(text);
    let keys = Keys { table: &table, at: 0, problems: &problems };
    keys.only(&["rules", SAME_RUN, NOT_SAME_RUN]);
    let mut rules = match keys.section("rules") {
        Some(section) => of(section, own),
        None => Rules { own, ..Rules::default() },
    };
    rules.same_run = pairs(keys, SAME_RUN);
    rules.not_same_run = pairs(keys, NOT_SAME_RUN);
    let in_order = |(one, other): &(String, String)| {
        if one <= other { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) }
    };
    let not_same: HashSet<(String, String)> = rules.not_same_run.iter().map(in_order).collect();
    if let Some(both) = rules.same_run.iter().find(|pair| not_same.contains(&in_order(pair))) {
        keys.wrong(NOT_SAME_RUN, &format!("has \"{}\" and \"{}\", which `{SAME_RUN}` has as well", both.0, both.1));
    }
    problems.none_or(path, rules)
}

const SAME_RUN: &str = "same_run";
const NOT_SAME_RUN: &str = "not_same_run";

/// The pairs of files of a section such as `"watch.fit" = "phone.gpx"`, or of one file and a list
/// of others.
fn pairs(keys: Keys, section: &str) -> Vec<(String, String)> {
    let Some(section) = keys.section(section) else { return Vec::new() };
    let mut pairs = Vec::new();
    for (key, value) in section.table {
        let name: &str = key.get_ref();
        let others: Vec<&str> = match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| item.get_ref().as_str()).collect(),
            one => one.as_str().into_iter().collect(),
        };
        let given = value.get_ref().as_array().map_or(1, |items| items.len());
        let is_right = given == others.len() && given > 0 && !name.trim().is_empty();
        if !is_right || others.iter().any(|other| other.trim().is_empty() || *other == name) {
            section
                .wrong(name, "must be the name of another file, or a list of such, as \"watch.fit\" = \"phone.gpx\"");
            continue;
        }
        pairs.extend(others.into_iter().map(|other| (name.to_owned(), other.to_owned())));
    }
    pairs
}

const SELECTION: [&str; 4] = ["select", "also", "ignore", "previews"];

fn of(keys: Keys, mut own: Vec<OwnRule>) -> Rules {
    let all: Vec<&str> = RULES.iter().map(|rule| rule.id).chain(own.iter().map(OwnRule::id)).collect();
    let known: Vec<&str> = SELECTION.into_iter().chain(all.iter().copied()).collect();
    keys.only(&known);
    let ids = |key| keys.texts(key).into_iter().filter_map(|id| rule_id(keys, key, id, &all)).collect();
    let selection = Selection {
        only: ids("select"),
        also: ids("also"),
        ignore: ids("ignore"),
        previews: keys.flag("previews").unwrap_or(false),
    };
    // As data the options have the names that the file uses.
    let mut options = serde_json::to_value(rule::Options::default()).unwrap_or_default();
    for rule in RULES {
        if let Some(section) = keys.section(rule.id) {
            set(&mut options, rule.id, section);
        }
    }
    for rule in &mut own {
        if let Some(section) = keys.section(rule.id()) {
            set_own(rule, section);
        }
    }
    Rules { selection, options: serde_json::from_value(options).unwrap_or_default(), own, ..Rules::default() }
}

/// Sets the options of a program's own rule.
fn set_own(rule: &mut OwnRule, section: Keys) {
    let options = rule.options().to_vec();
    section.only(&options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>());
    for option in options {
        if let Some(value) = section.number(&option.name, option.range, "") {
            // Out of its range it has been named.
            rule.set(&option.name, value).unwrap_or_default();
        }
    }
}

fn rule_id(keys: Keys, key: &str, id: &str, all: &[&str]) -> Option<String> {
    let is_known = all.contains(&id);
    if !is_known {
        keys.wrong_with(key, || {
            let meant = spelling::unknown(all.iter().copied(), id);
            format!("names the rule \"{}\", which is not known{meant}", spelling::in_short(id))
        });
    }
    is_known.then(|| id.to_owned())
}

/// Puts the options of a section in the place of a rule's defaults, each for itself.
fn set(all: &mut Value, rule: &str, section: Keys) {
    let Some(defaults) = all.get(rule).and_then(Value::as_object).cloned() else {
        return section.wrong_here(&format!("`{rule}` has no options"));
    };
    let names: Vec<&str> = defaults.keys().map(String::as_str).collect();
    section.only(&names);
    let mut is_each_right = true;
    for (name, default) in &defaults {
        let Some(value) = section.table.get(name.as_str()) else { continue };
        let Some(sense) = Sense::of(rule, name) else { continue };
        let value = json(value.get_ref()).filter(|value| value.as_f64().is_some_and(|number| sense.has(number)));
        let mut with = all.clone();
        with[rule][name] = value.unwrap_or_default();
        if serde_json::from_value::<rule::Options>(with.clone()).is_ok() {
            *all = with;
        } else {
            is_each_right = false;
            section.wrong(
                name,
                &format!("is {}; it must be {sense}, such as its default, {default}", section.typed(name)),
            );
        }
    }
    if is_each_right {
        ascend(&all[rule], section);
    }
}

/// Names the limits of a rule that lie above one that they may not lie above, where the file sets
/// either.
fn ascend(options: &Value, section: Keys) {
    let is_set = |name: &str| section.table.contains_key(name);
    let shown = |name: &str| {
        let value = &options[name];
        format!("`{name}`, {value}{}", if is_set(name) { "" } else { ", which is its default" })
    };
    for (low, high) in sense::ASCENDING {
        let (Some(lower), Some(higher)) = (options[low].as_f64(), options[high].as_f64()) else { continue };
        if lower <= higher {
            continue;
        }
        match (is_set(low), is_set(high)) {
            (true, _) => section.wrong(low, &format!("is {}; it must be no more than {}", options[low], shown(high))),
            (_, true) => section.wrong(high, &format!("is {}; it must be no less than {}", options[high], shown(low))),
            (false, false) => {}
        }
    }
}

/// A number; whole ones stay whole.
fn json(value: &DeValue) -> Option<Value> {
    match value {
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(Value::from),
        _ => document::number(value).map(Value::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        parse(text, "k.toml").expect_err("something wrong").to_string()
    }

    #[test]
    fn a_threshold_of_any_rule_can_be_set_and_the_others_stay() {
        let rules = parse("[rules.session-spike]\nsmall = 1.15\nwindow_days = 28\n", "k.toml").unwrap();
        let (set, default) = (rules.options.session_spike, rule::Options::default().session_spike);
        assert_eq!((set.small, set.window_days, set.moderate), (1.15, 28, default.moderate));
        let all = serde_json::to_value(rule::Options::default()).unwrap();
        for (rule, options) in all.as_object().unwrap() {
            assert!(rule::find(rule).is_some(), "{rule} is the id of a rule");
            for (name, value) in options.as_object().unwrap() {
                parse(&format!("[rules.{rule}]\n{name} = {value}\n"), "k.toml").unwrap();
            }
        }
    }

    #[test]
    fn what_is_not_known_is_named_with_what_it_may_have_been() {
        for (text, said) in [
            ("[rule]\n", "k.toml:1: `rule` is not known; did you mean `rules`?"),
            ("[rules]\nselcet = []\n", "k.toml:2: `selcet` is not known; did you mean `select`?"),
            ("[rules.sesion-spike]\n", "k.toml:1: `sesion-spike` is not known; did you mean `session-spike`?"),
            (
                "[rules]\nignore = [\"no-rest-day\"]\n",
                "\"no-rest-day\", which is not known; did you mean `no-rest-days`?",
            ),
            ("\n[rules.session-spike]\nsmal = 1\n", "k.toml:3: `smal` is not known; did you mean `small`?"),
        ] {
            assert!(wrong(text).contains(said), "{}", wrong(text));
        }
    }

    #[test]
    fn files_are_paired_by_their_names() {
        let text = "[same_run]\n\"a.fit\" = \"b.gpx\"\nc = [\"d\", \"e\"]\n[not_same_run]\n\"ann.fit\" = \"ben.gpx\"\n";
        let rules = parse(text, "k.toml").unwrap();
        let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(a, b)| format!("{a} {b}")).collect::<Vec<_>>();
        assert_eq!(pairs(&rules.same_run), ["a.fit b.gpx", "c d", "c e"]);
        assert_eq!(pairs(&rules.not_same_run), ["ann.fit ben.gpx"]);
        for value in ["1", "[]", "[1]", "\"\"", "\"a.fit\"", "{ b = 1 }"] {
            let said = wrong(&format!("[rules]\n[same_run]\n\"a.fit\" = {value}\n"));
            assert!(said.contains("k.toml:3: `a.fit` must be the name of another file"), "{said}");
        }
        let said = wrong("[same_run]\na = \"b\"\n[not_same_run]\nb = \"a\"\n");
        assert!(said.contains("k.toml:3: `not_same_run` has \"a\" and \"b\""), "{said}");
        assert!(wrong("same_run = 1\n").contains("written as [same_run]"));
    }

    #[test]
    fn a_limit_is_a_number_like_its_default() {
        for value in ["\"much\"", "-0.1", "nan", "1e9", "true", "2026-03-01", "[1.1]"] {
            let said = wrong(&format!("[rules.session-spike]\nsmall = {value}\n"));
            let right = "it must be a number from 1 to 100, such as its default, 1.1";
            assert!(said.contains(&format!("k.toml:2: `small` is {value}; {right}")), "{said}");
        }
        for value in ["0", "-3", "1.5", "3661", "99999999999999999999"] {
            let right = "it must be a whole number from 1 to 3660, such as its default, 30";
            let said = wrong(&format!("[rules.session-spike]\nwindow_days = {value}\n"));
            assert!(said.contains(&format!("k.toml:2: `window_days` is {value}; {right}")), "{said}");
        }
        assert!(parse("[rules.session-spike]\nsmall = 1\nwindow_days = 3660\n", "k.toml").is_ok(), "the ends");
        assert!(parse("[rules.fitness-ramp]\nform_points = -40\n", "k.toml").is_ok(), "below 0 by its nature");
        assert!(parse("[rules.weekly-jump]\nrecent_weeks = 0\n", "k.toml").is_ok(), "0 asks for none");
    }

    #[test]
    fn tiers_ascend() {
        let spike = |text: &str| format!("[rules.session-spike]\n{text}\n");
        let said = wrong(&spike("small = 5"));
        let right = "k.toml:2: `small` is 5; it must be no more than `moderate`, 1.3, which is its default";
        assert!(said.contains(right), "{said}");
        let said = wrong(&spike("large = 1.2"));
        assert!(
            said.contains("`large` is 1.2; it must be no less than `moderate`, 1.3, which is its default"),
            "{said}"
        );
        let said = wrong(&spike("moderate = 1.6\nlarge = 1.5"));
        assert!(said.contains("k.toml:2: `moderate` is 1.6; it must be no more than `large`, 1.5\n"), "{said}");
        assert!(parse(&spike("small = 1.3"), "k.toml").is_ok(), "one tier less");
        assert!(wrong("[rules.long-run-share]\ninfo_percent = 101").contains("a number from 0 to 100"), "a share");
        assert!(parse("[rules.two-week-ramp]\nnotice_percent = 101", "k.toml").is_ok(), "a growth");
    }

    #[test]
    fn rules_of_a_program_s_own_are_set_like_the_others() {
        let rule = || {
            OwnRule::new("my-rule", "Mine", |_, _, _| rule::Missing::outcome("needs nothing", "nothing")).option(
                "limit",
                3.0,
                1.0..=9.0,
            )
        };
        let said = |text: &str| parse_with(text, "k.toml", vec![rule()]);
        let wrong = |text: &str| said(text).unwrap_err().to_string();
        let rules = said("[rules]\nselect = [\"my-rule\"]\n[rules.my-rule]\nlimit = 4\n").unwrap();
        assert_eq!(
            (rules.own[0].options()[0].value, rules.selection.only.as_slice()),
            (4.0, &["my-rule".to_owned()][..])
        );
        assert_eq!(said("").unwrap().own[0].options()[0].value, 3.0);
        let not = wrong("[rules.my-rule]\nlimit = 10\n");
        assert!(not.contains("k.toml:2: `limit` is 10; it must be a number from 1 to 9"), "{not}");
        let not = wrong("[rules.my-rule]\nlimt = 4\n");
        assert!(not.contains("k.toml:2: `limt` is not known; did you mean `limit`?"), "{not}");
        let not = wrong("[rules]\nignore = [\"my-rul\"]\n");
        assert!(not.contains("did you mean `my-rule`?"), "{not}");
        assert!(parse("[rules.my-rule]\nlimit = 4\n", "k.toml").is_err(), "nobody has it here");
    }

    #[test]
    fn what_may_not_lie_above_what_is_there_and_true_of_the_defaults() {
        let all = serde_json::to_value(rule::Options::default()).unwrap();
        for (low, high) in sense::ASCENDING {
            let both = |options: &Value| Some((options.get(low)?.as_f64()?, options.get(high)?.as_f64()?));
            let pairs: Vec<_> = all.as_object().unwrap().values().filter_map(both).collect();
            assert!(!pairs.is_empty() && pairs.iter().all(|(low, high)| low <= high), "{low}, {high}");
        }
    }
}
