//! JSON lines, for programs that read a line at a time: what comes before all training, the
//! findings, and the words that close every report.

use std::io;

use kneewise_core::report::{FOOTER, SCHEMA_VERSION};
use serde::Serialize;

use crate::Document;
use crate::format::Format;
use crate::json::Named;

/// One object a line, each with its kind, and with the names of the whole report.
pub static JSONL: Format = Format {
    name: "jsonl",
    aliases: &["ndjson"],
    extensions: &["jsonl", "ndjson"],
    marks: &[("{\"schema_version\":", "\"kind\":\"")],
    about: "JSON, one finding a line",
    is_json: true,
    from_saved: None,
    write: |document, _, out| write(document, out),
};

#[derive(Serialize)]
struct Line<'a, T> {
    schema_version: u32,
    as_of: &'a str,
    kind: &'static str,
    #[serde(flatten)]
    of: T,
}

#[derive(Serialize)]
struct Footer {
    footer: &'static str,
}

fn write(document: &Document, out: &mut dyn io::Write) -> io::Result<()> {
    let report = document.report;
    let as_of = &report.as_of.to_string();
    for care in &report.care {
        line(as_of, "care", care, out)?;
    }
    for finding in &report.findings {
        line(as_of, "finding", Named::of(finding, document), out)?;
    }
    line(as_of, "footer", Footer { footer: FOOTER }, out)
}

fn line(as_of: &str, kind: &'static str, of: impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { schema_version: SCHEMA_VERSION, as_of, kind, of })?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::tests::{AS_OF, document, report, runs};
    use crate::{Detail, JSON, JSONL, TextStyle, render};

    #[test]
    fn the_lines_are_the_findings_of_the_whole_report() {
        let report = report(runs(), AS_OF);
        let of = |format| render(&document(&report, Detail::Full), format, &TextStyle::default()).expect("renders");
        let json: Value = serde_json::from_str(&of(&JSON)).expect("JSON");
        let lines: Vec<Value> = of(&JSONL).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let (footer, lines) = lines.split_last().expect("a line");
        assert_eq!(footer["footer"], json["footer"]);
        assert_eq!(lines.len(), json["findings"].as_array().map_or(0, Vec::len));
        for (line, finding) in lines.iter().zip(json["findings"].as_array().expect("a list")) {
            assert_eq!(line["kind"], "finding");
            assert_eq!(line["as_of"], json["as_of"]);
            assert!(finding.as_object().expect("an object").iter().all(|(name, value)| &line[name] == value), "{line}");
        }
    }
}
