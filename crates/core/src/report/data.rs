//! A report as data: SI units, stable names, the same bytes for the same report.
//!
//! [`Run::fields`] and [`Week::fields`] are the one list of names: JSON, CSV headers and tables are
//! made of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{FOOTER, Finding, Report, SCHEMA_VERSION};
use crate::log::Week;
use crate::measure::metric::METRICS;
use crate::run::Run;
use kneewise_read::activity::Note;

/// A value of a run or a week as data.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Field<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A number in the unit that its name ends with.
    Number(f64),
    /// How many.
    Count(usize),
    /// Yes or no.
    Flag(bool),
    /// What each metric was computed from, by the metric's id.
    Basis(BTreeMap<&'static str, &'static str>),
    /// Notes, as texts.
    Notes(&'a [Note]),
    /// No file says; null in data.
    Missing,
}

impl<T: Into<Self>> From<Option<T>> for Field<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Field<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<f64> for Field<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Field<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<bool> for Field<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// The fields of a row in their order, by name.
pub type Fields<'a> = Vec<(&'static str, Field<'a>)>;

impl Run {
    /// Returns the names and values of a run in the order of tables: what it is, every metric of
    /// [`METRICS`] by its id, `basis` and `notes`.
    ///
    /// The runner's own words for it are left out: they name places and people. See
    /// [`Run::labelled_fields`].
    pub fn fields(&self) -> Fields<'_> {
        let mut fields = vec![
            ("id", Field::from(self.id.as_str())),
            ("start", Field::from(self.start.to_string())),
            ("local_date", Field::from(self.local_date.to_string())),
            ("sport", Field::from(self.sport.name())),
            ("sub_sport", Field::from(self.sub_sport.name())),
            ("source", Field::from(self.source())),
        ];
        fields.extend(METRICS.iter().map(|metric| (metric.id, Field::from(self.value(metric)))));
        let basis = METRICS.iter().filter_map(|metric| Some((metric.id, self.measured(metric)?.basis)));
        fields.push(("basis", Field::Basis(basis.collect())));
        fields.push(("notes", Field::Notes(&self.notes)));
        fields
    }

    /// Returns [`Run::fields`] with the name and the comment that the runner gave the run.
    pub fn labelled_fields(&self) -> Fields<'_> {
        let mut fields = self.fields();
        let behind_source = fields.iter().position(|(name, _)| *name == "source").map_or(0, |i| i + 1);
        let labels = [
            ("name", Field::from(self.labels().name.as_deref())),
            ("comment", Field::from(self.labels().comment.as_deref())),
            ("is_race", Field::from(self.labels().is_race)),
        ];
        fields.splice(behind_source..behind_source, labels);
        fields
    }
}

impl Week {
    /// Returns the names and values of a week in the order of tables.
    pub fn fields(&self) -> Fields<'static> {
        vec![
            ("start", Field::from(self.start.to_string())),
            ("distance_m", Field::from(self.distance_m)),
            ("timer_s", Field::from(self.timer_s)),
            ("runs", Field::from(self.runs)),
            ("runs_without_distance", Field::from(self.runs_without_distance)),
            ("complete", Field::from(self.complete)),
        ]
    }
}

fn map<S: Serializer>(fields: Fields, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields)
}

/// Its [fields](Run::fields), without labels.
impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        map(self.fields(), serializer)
    }
}

/// Its [fields](Week::fields).
impl Serialize for Week {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        map(self.fields(), serializer)
    }
}

/// The whole report, one run at a time; no position, no label and no folder is in it.
///
/// ```
/// use kneewise_core::{Runner, Settings, analyze};
/// let report = analyze(Vec::new(), &Runner::default(), &Settings::default(), "2026-05-31".parse()?);
/// let json = serde_json::to_value(&report)?;
/// assert_eq!((json["schema_version"].as_u64(), json["as_of"].as_str()), (Some(1), Some("2026-05-31")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write(serializer, |_| Ok(()))
    }
}

impl Report {
    /// Returns the report as data with the ledger and the runner's own files, as the program writes
    /// it.
    pub fn with_inputs<'a>(
        &'a self,
        ledger: &'a impl Serialize,
        own_files: &'a (impl Serialize + ?Sized),
    ) -> impl Serialize + 'a {
        WithInputs { report: self, ledger, own_files }
    }

    /// Writes its fields; `inputs` adds those of the inputs, which stand before the runs.
    fn write<S: Serializer>(
        &self,
        serializer: S,
        inputs: impl FnOnce(&mut S::SerializeMap) -> Result<(), S::Error>,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema_version", &SCHEMA_VERSION)?;
        map.serialize_entry("as_of", &self.as_of.to_string())?;
        inputs(&mut map)?;
        map.serialize_entry("runs", self.log.runs())?;
        map.serialize_entry("weeks", self.log.weeks())?;
        map.serialize_entry("care", &self.care)?;
        map.serialize_entry("load", &self.load)?;
        map.serialize_entry("findings", &Findings(self))?;
        map.serialize_entry("before_pain", &self.before_pain)?;
        map.serialize_entry("cards", &self.cards)?;
        map.serialize_entry("footer", FOOTER)?;
        map.end()
    }
}

struct WithInputs<'a, L, O: ?Sized> {
    report: &'a Report,
    ledger: &'a L,
    own_files: &'a O,
}

impl<L: Serialize, O: Serialize + ?Sized> Serialize for WithInputs<'_, L, O> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.report.write(serializer, |map| {
            map.serialize_entry("ledger", self.ledger)?;
            map.serialize_entry("own_files", self.own_files)
        })
    }
}

struct Findings<'a>(&'a Report);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let with_files = |finding| {
            let runs = Report::runs_of(self.0, finding);
            Named { finding, files: runs.flat_map(|run| &run.sources).map(|source| file_name(&source.name)).collect() }
        };
        serializer.collect_seq(self.0.findings.iter().map(with_files))
    }
}

/// A finding and the names of the files that its runs were read from, without their folders.
#[derive(serde::Serialize)]
struct Named<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    files: Vec<&'a str>,
}

/// Returns the last part of a path: a report is for showing around, folders of the runner's machine
/// are not.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
