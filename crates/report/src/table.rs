//! Tables for a terminal: runs, weeks and the ledger, a line for each.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Row, Table, TableStyle};
use kneewise_core::log::Week;
use kneewise_core::metric::{ASCENT, AVG_HEART_RATE, AVG_STEP_RATE, PACE, TIMER};
use kneewise_core::run::Run;
use kneewise_core::sport::SubSport;
use kneewise_core::unit::{Units, clock};
use kneewise_import::{Ledger, Outcome};

use crate::TextStyle;
use crate::words::{self, file_name, printable};
use crate::wrap::wrap;

/// One line for each run: day, distance, timer, pace, heart rate, step rate, climb, where, file.
pub fn runs(runs: &[Run], units: Units, style: &TextStyle) -> String {
    let header = ["date", units.long_symbol(), "time", "pace", "bpm", "spm", "up m", "where", "file"];
    let mut table = empty(&header, &[1, 2, 3, 4, 5, 6], style);
    for run in runs {
        let whole = |metric| number(run.value(metric), 0);
        table.add_row(line([
            run.local_date.to_string(),
            number(run.distance_m().map(|metres| metres / units.metres_per_long_unit()), 1),
            run.value(&TIMER).map_or_else(missing, clock),
            run.value(&PACE).map_or_else(missing, |s_per_km| units.pace_at(1000.0 / s_per_km)),
            whole(&AVG_HEART_RATE),
            whole(&AVG_STEP_RATE),
            whole(&ASCENT),
            if run.sub_sport == SubSport::Generic { String::new() } else { run.sub_sport.name().replace('_', " ") },
            printable(&files(run)),
        ]));
    }
    written(&table)
}

/// The file of a run, or the first of several and how many more.
fn files(run: &Run) -> String {
    match run.sources.as_slice() {
        [] => String::new(),
        [one] => file_name(&one.name).to_owned(),
        [first, more @ ..] => format!("{} +{}", file_name(&first.name), more.len()),
    }
}

/// One line for each week: first day, distance, timer, runs and what to know about it.
pub fn weeks(weeks: &[Week], units: Units, style: &TextStyle) -> String {
    let mut table = empty(&["week from", units.long_symbol(), "time", "runs"], &[1, 2], style);
    for (i, week) in weeks.iter().enumerate() {
        let kilometres = Some(week.distance_m / units.metres_per_long_unit());
        table.add_row(line([
            week.start.to_string(),
            number(kilometres, 1),
            clock(week.timer_s),
            words::week(week, i == 0),
        ]));
    }
    written(&table)
}

/// What became of each input, its path and what it holds; below it, why it was not simply read. The folder
/// that all of them share stands once, at the end.
pub fn ledger(ledger: &Ledger, style: &TextStyle) -> String {
    let folder = shared_folder(ledger);
    let width = style.columns();
    let outcomes = Outcome::ALL.map(|outcome| outcome.name().len()).into_iter().max().unwrap_or(0) + 2;
    let indent = " ".repeat(outcomes);
    let mut lines = Vec::new();
    for row in &ledger.rows {
        let sports: Vec<&str> = row.activities.iter().map(|activity| activity.sport.name()).collect();
        let holds =
            if sports.is_empty() { String::new() } else { format!(" ({})", sports.join(", ").replace('_', " ")) };
        let what = printable(&row.path[folder.len()..]) + &holds;
        lines.push(wrap(&what, width, &format!("{:outcomes$}", row.outcome.name()), &indent));
        lines.extend(
            row.reason.as_ref().map(|reason| wrap(&printable(&within(folder, reason)), width, &indent, &indent)),
        );
    }
    lines.push(format!("\n{ledger}"));
    if !folder.is_empty() {
        lines.push(wrap(&format!("all in {}", printable(folder)), width, "", ""));
    }
    lines.join("\n") + "\n"
}

/// A reason without the folder that all files share.
fn within(folder: &str, reason: &str) -> String {
    if folder.is_empty() { reason.to_owned() } else { reason.replace(folder, "") }
}

/// The longest beginning that the paths of all inputs share, up to a slash.
fn shared_folder(ledger: &Ledger) -> &str {
    let Some((first, rest)) = ledger.rows.split_first() else { return "" };
    let is_shared = |folder: &&str| rest.iter().all(|row| row.path.starts_with(folder));
    let folders = first.path.match_indices('/').map(|(slash, _)| &first.path[..=slash]);
    folders.take_while(is_shared).last().unwrap_or("")
}

/// A table without borders whose columns of numbers lie to the right.
fn empty(header: &[&str], numbers: &[usize], style: &TextStyle) -> Table {
    let mut table = Table::new();
    table.load_style(TableStyle::new());
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(style.columns() as u16);
    table.set_header(header.iter().map(|name| Cell::new(*name)).collect::<Vec<_>>());
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if numbers.contains(&i) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn line(cells: impl IntoIterator<Item = String>) -> Row {
    let mut row = Row::from(cells.into_iter().collect::<Vec<_>>());
    row.max_height(1);
    row
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(missing, |value| format!("{value:.decimals$}"))
}

fn missing() -> String {
    "-".to_owned()
}

fn written(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}
