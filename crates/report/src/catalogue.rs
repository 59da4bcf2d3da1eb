//! The rules as data, and their manual pages with the values in force.

use std::fmt::Write;

use kneewise_core::report::SCHEMA_VERSION;
use kneewise_core::rule::{Options, Rule};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::RenderError;

/// Rules as JSON: what it is called, what it says, how good its evidence is, what it needs, its
/// options with their defaults and the values in force, its references and its manual page.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be written, which no options are known to bring about.
pub fn rules(rules: &[&'static Rule], in_force: &Options) -> Result<String, RenderError> {
    let entry = |rule: &&'static Rule| Entry {
        id: rule.id,
        name: rule.name,
        summary: summary(rule),
        area: rule.area.name(),
        evidence: rule.evidence.name(),
        is_preview: rule.is_preview,
        needs: rule.needs,
        not_known: rule.not_known,
        raised_by: rule.raised_by.iter().map(ToString::to_string).collect(),
        options: options(rule, in_force)
            .into_iter()
            .map(|(name, default, value)| (name, serde_json::json!({ "default": default, "in_force": value })))
            .collect(),
        references: rule.references.iter().map(ToString::to_string).collect(),
        docs: rule.manual_page(),
    };
    crate::json::write(&Catalogue { schema_version: SCHEMA_VERSION, rules: rules.iter().map(entry).collect() })
}

#[derive(Serialize)]
struct Catalogue {
    schema_version: u32,
    rules: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: &'static str,
    name: &'static str,
    summary: String,
    area: &'static str,
    evidence: &'static str,
    is_preview: bool,
    needs: &'static str,
    not_known: &'static str,
    raised_by: Vec<String>,
    options: Map<String, Value>,
    references: Vec<String>,
    docs: String,
}

/// The first sentence of a rule's manual page.
fn summary(rule: &Rule) -> String {
    let text = rule.doc.split_once("## What it does").map_or(rule.doc, |(_, rest)| rest);
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let line = paragraph.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    match line.find(". ") {
        Some(end) => line[..=end].to_owned(),
        None => line.trim_end_matches(':').to_owned(),
    }
}

/// The options of a rule: name, default, value in force.
fn options(rule: &Rule, in_force: &Options) -> Vec<(String, Value, Value)> {
    let of = |options: &Options| {
        // Options are plain numbers, which cannot fail to be written.
        let value = serde_json::to_value(options).unwrap_or_default();
        value.get(rule.id).and_then(Value::as_object).cloned().unwrap_or_default()
    };
    let (defaults, mut values) = (of(&Options::default()), of(in_force));
    let option = |(name, default): (String, Value)| {
        let value = values.remove(&name).unwrap_or_else(|| default.clone());
        (name, default, value)
    };
    defaults.into_iter().map(option).collect()
}

/// The values in force of a rule, as Markdown to follow its manual page; empty for a rule without
/// options.
pub fn values_in_force(rule: &Rule, in_force: &Options) -> String {
    let options = options(rule, in_force);
    if options.is_empty() {
        return String::new();
    }
    let mut text = "## Values in force\n".to_owned();
    for (name, default, value) in options {
        let changed = if value == default { String::new() } else { format!(" (default {default})") };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "* `{name}` = {value}{changed}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use kneewise_core::rule::RULES;
    use kneewise_core::rule::load::session_spike;

    #[test]
    fn the_catalogue_has_every_rule_with_its_options() {
        let session_spike = session_spike::Options { small: 1.15, ..session_spike::Options::default() };
        let changed = Options { session_spike, ..Options::default() };
        let json: Value = serde_json::from_str(&rules(RULES, &changed).expect("plain values")).expect("JSON");
        let listed = json["rules"].as_array().expect("an array");
        assert_eq!(listed.len(), RULES.len());
        for rule in listed {
            let text = |name: &str| rule[name].as_str().unwrap_or_default().len();
            assert!(
                text("summary") > 20 && text("evidence") > 3 && text("needs") > 5 && text("docs") > 500,
                "{}",
                rule["id"]
            );
            assert!(!rule["references"].as_array().expect("an array").is_empty(), "{}", rule["id"]);
        }
        let spike = listed.iter().find(|rule| rule["id"] == "session-spike").expect("a rule");
        assert_eq!(spike["options"]["small"], serde_json::json!({ "default": 1.1, "in_force": 1.15 }));
        let page = values_in_force(&session_spike::SESSION_SPIKE, &changed);
        assert!(page.contains("* `small` = 1.15 (default 1.1)\n* `window_days` = 30\n"), "{page}");
    }
}
