//! `kneewise.toml`: which rules are asked, and with which limits.

use kneewise_core::rule::{self, RULES, Selection};
use serde_json::Value;
use toml::de::DeValue;

use crate::document::{self, Keys, Problems};
use crate::{Error, spelling};

/// What the section `[rules]` says; where it is silent, as without a file.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Which rules are asked.
    pub selection: Selection,
    /// Their limits. The units are not set here.
    pub options: rule::Options,
}

/// A limit larger than this is a slip of the keyboard, whatever its unit.
const LARGEST: f64 = 1e7;

/// Reads settings; `path` names the file in errors.
///
/// # Errors
/// [`Error::Wrong`] with everything that is wrong: no TOML, unknown sections, rules and options, values of the wrong
/// kind. Settings with anything wrong in them are not used in part.
///
/// ```
/// let rules = kneewise_profile::settings::parse("[rules]\nignore = [\"no-rest-days\"]\n", "kneewise.toml")?;
/// assert_eq!(rules.selection.ignore, ["no-rest-days"]);
/// let wrong = kneewise_profile::settings::parse("[rules.session-spike]\nsmal = 1\n", "kneewise.toml").unwrap_err();
/// assert!(wrong.to_string().starts_with("kneewise.toml:2: `smal` is not known; did you mean `small`?"));
/// # Ok::<(), kneewise_profile::Error>(())
/// ```
pub fn parse(text: &str, path: &str) -> Result<Rules, Error> {
    let table = document::parse(text, path)?;
    let problems = Problems::of(text);
    let keys = Keys { table: &table, at: 0, problems: &problems };
    keys.only(&["rules"]);
    let rules = keys.section("rules").map(of).unwrap_or_default();
    problems.none_or(path, rules)
}

const SELECTION: [&str; 4] = ["select", "also", "ignore", "previews"];

fn of(keys: Keys) -> Rules {
    let known: Vec<&str> = SELECTION.into_iter().chain(RULES.iter().map(|rule| rule.id)).collect();
    keys.only(&known);
    let ids = |key| keys.texts(key).into_iter().filter_map(|id| rule_id(keys, key, id)).collect();
    let selection = Selection {
        only: ids("select"),
        also: ids("also"),
        ignore: ids("ignore"),
        previews: keys.flag("previews").unwrap_or(false),
    };
    // As data the options have the names that the file uses.
    let mut all = serde_json::to_value(rule::Options::default()).unwrap_or_default();
    for rule in RULES {
        if let Some(section) = keys.section(rule.id) {
            set(&mut all, rule.id, section);
        }
    }
    Rules { selection, options: serde_json::from_value(all).unwrap_or_default() }
}

fn rule_id(keys: Keys, key: &str, id: &str) -> Option<String> {
    let is_known = rule::find(id).is_some();
    if !is_known {
        let meant = spelling::unknown(RULES.iter().map(|rule| rule.id), id);
        keys.wrong(key, &format!("names the rule \"{id}\", which is not known{meant}"));
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
    for (name, default) in &defaults {
        let Some(value) = section.table.get(name.as_str()) else { continue };
        let Some(value) = json(value.get_ref()).filter(|value| is_likely(value, default)) else {
            section.wrong(name, &format!("must be like its default, {default}"));
            continue;
        };
        let mut with = all.clone();
        with[rule][name] = value;
        if serde_json::from_value::<rule::Options>(with.clone()).is_ok() {
            *all = with;
        } else {
            section.wrong(name, &format!("must be like its default, {default}"));
        }
    }
}

/// Whether a value can stand where its default does: of its kind, and a number no less than 0 where that is.
fn is_likely(value: &Value, default: &Value) -> bool {
    match (value.as_f64(), default.as_f64()) {
        (Some(value), Some(default)) => value.abs() <= LARGEST && (value >= 0.0 || default < 0.0),
        (Some(value), None) => default.is_null() && value.abs() <= LARGEST,
        (None, Some(_)) => false,
        (None, None) => default.is_null() || value.is_boolean() == default.is_boolean(),
    }
}

fn json(value: &DeValue) -> Option<Value> {
    match value {
        DeValue::String(text) => Some(Value::from(text.as_ref())),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(Value::from),
        DeValue::Float(_) => document::number(value).map(Value::from),
        DeValue::Boolean(yes) => Some(Value::from(*yes)),
        DeValue::Array(items) => {
            items.iter().map(|item| json(item.get_ref())).collect::<Option<Vec<_>>>().map(Value::from)
        }
        DeValue::Datetime(_) | DeValue::Table(_) => None,
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
    fn a_limit_is_a_number_like_its_default() {
        for value in ["\"much\"", "-0.1", "nan", "1e9", "true", "2026-03-01", "[1.1]"] {
            let said = wrong(&format!("[rules.session-spike]\nsmall = {value}\n"));
            assert!(said.contains("k.toml:2: `small` must be like its default, 1.1"), "{said}");
        }
        assert!(wrong("[rules.session-spike]\nwindow_days = 1.5\n").contains("must be like its default, 30"));
        assert!(parse("[rules.session-spike]\nsmall = 2\n", "k.toml").is_ok(), "a whole number is a number");
    }
}
