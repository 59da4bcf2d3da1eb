//! What a reader can do next with the program: the commands and options that texts name.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A command or an option of the program. A page, which has no program beside it, leaves it out.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Hint {
    /// Read the page of a rule, card, metric or method.
    Explain(Cow<'static, str>),
    /// Read the page of each that is listed.
    ExplainEach,
    /// Read the page of a metric.
    ExplainMetric,
    /// See every file and its outcome.
    Scan,
    /// Answer the questions that come before any training.
    Triage,
    /// Have more rows than the short text, and all as data.
    FullAndJson,
    /// Have all rows as JSON.
    Json,
    /// Have all rows as CSV.
    Csv,
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Explain(page) => return write!(f, "kneewise explain {page}"),
            Self::ExplainEach => "kneewise explain NAME describes each",
            Self::ExplainMetric => "kneewise explain METRIC describes how each is worked out, with its source",
            Self::Scan => "kneewise scan PATH... lists every file and its outcome",
            Self::Triage => "kneewise triage asks the questions that come before any training",
            Self::FullAndJson => "--full has more, --format json all",
            Self::Json => "--format json has them",
            Self::Csv => "--format csv has all",
        })
    }
}
