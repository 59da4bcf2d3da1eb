//! All runs as a table, the newest first. Rows beyond the first wait until somebody asks for them.

use kneewise_core::Run;
use kneewise_core::measure::metric;
use kneewise_core::rule::load::session_spike::comparisons;
use kneewise_read::sport::SubSport;
use kneewise_read::unit::clock;

use crate::chart::Table;
use crate::digest::number;
use crate::words::decimals;

use super::Page;
use super::tag::{scroll, table, text, waiting};

/// So many rows are drawn at first; as many again at each click.
const MOST: usize = 200;

pub(super) fn table_of_runs(page: &Page) -> String {
    let report = page.document.report;
    let units = page.document.units;
    let runs = report.log.runs();
    let compared = comparisons(&report.log, &report.settings.rules.session_spike);
    let row = |(run, compared): (&Run, &Option<_>)| row(page, run, compared.as_ref().map(ratio));
    let rows: Vec<Vec<String>> = runs.iter().zip(&compared).rev().map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    let pace = format!("min/{}", units.long_symbol());
    let header = ["Date", units.long_symbol(), "Time", &pace, "Steps/min", "Heart rate", "Times longest", "Name"];
    let mut newest = without_empty(&Table { header: header.map(str::to_owned).to_vec(), rows });
    let older = newest.rows.split_off(MOST.min(newest.rows.len()));
    let first = scroll("All runs", &table(&newest, "runs"));
    if older.is_empty() {
        return first;
    }
    let caption = format!("{} older runs", number::count(older.len()));
    let head: String = newest.header.iter().map(|name| format!("<th>{}", text(name))).collect();
    let inner = format!("<table class=\"runs-older\"><thead><tr>{head}<tbody>{}</table>", bare_rows(&older));
    format!("{first}{}", waiting(&format!("<h3>{caption}</h3>{}", scroll(&caption, &inner))))
}

/// Rows without end tags, which HTML does not need: there may be many thousand rows.
fn bare_rows(rows: &[Vec<String>]) -> String {
    let mut html = String::new();
    for row in rows {
        html += "<tr>";
        for cell in row {
            html += "<td>";
            html += &text(cell);
        }
    }
    html
}

/// Leaves out the columns of what no run has.
fn without_empty(table: &Table) -> Table {
    let is_known = |column: usize| table.rows.iter().any(|row| row.get(column).is_some_and(|cell| cell != "–"));
    let known: Vec<usize> = (0..table.header.len()).filter(|column| is_known(*column)).collect();
    let pick = |row: &Vec<String>| known.iter().filter_map(|column| row.get(*column).cloned()).collect();
    Table { header: pick(&table.header), rows: table.rows.iter().map(pick).collect() }
}

fn ratio(compared: &kneewise_core::rule::load::session_spike::Comparison) -> f64 {
    compared.ratio
}

fn row(page: &Page, run: &Run, ratio: Option<f64>) -> Vec<String> {
    let none = || "–".to_owned();
    let units = page.document.units;
    let value = |metric: &metric::Metric, digits: usize| run.value(metric).map_or_else(none, |v| decimals(v, digits));
    let time = run.value(&metric::TIMER).or_else(|| run.value(&metric::MOVING_TIME));
    let pace = run.value(&metric::PACE).map(|pace| clock(pace * units.metres_per_long_unit() / 1000.0));
    vec![
        run.local_date.to_string(),
        run.distance_m().map_or_else(none, |metres| decimals(metres / units.metres_per_long_unit(), 1)),
        time.map_or_else(none, clock),
        pace.unwrap_or_else(none),
        value(&metric::AVG_STEP_RATE, 0),
        value(&metric::AVG_HEART_RATE, 0),
        ratio.map_or_else(none, |ratio| format!("{ratio:.2}×")),
        name(run),
    ]
}

/// What the runner called it, and whether it was a race or on trails.
fn name(run: &Run) -> String {
    let labels = run.labels();
    let mut parts: Vec<String> = labels.name.iter().map(|name| name.chars().take(60).collect()).collect();
    parts.extend(labels.is_race.then(|| "race".to_owned()));
    parts.extend((run.sub_sport == SubSport::Trail).then(|| "trail".to_owned()));
    parts.extend(run.sub_sport.is_indoor().then(|| "indoors".to_owned()));
    if parts.is_empty() { "–".to_owned() } else { parts.join(", ") }
}
