//! Tables for a terminal: runs, weeks and the ledger, a line for each.

use std::io::Write;

use kneewise_core::log::Week;
use kneewise_core::measure::metric::{
    ASCENT, AVG_HEART_RATE, AVG_STEP_LENGTH, AVG_STEP_RATE, DESCENT, ELAPSED, MAX_HEART_RATE, MOVING_TIME, Metric,
    PACE, STEPS, TIMER,
};
use kneewise_core::run::Run;
use kneewise_import::{Ledger, Outcome};
use kneewise_read::activity::NoteKind;
use kneewise_read::sport::SubSport;
use kneewise_read::unit::{Units, clock};

use crate::TextStyle;
use crate::grid::{self, Grid};
use crate::words::{self, file_name, printable};
use crate::wrap::{columns, wrap};

/// From this width on (columns) the table of runs shows every field.
const WIDE: usize = 150;

/// A column of the table of runs.
#[derive(Clone, Copy)]
struct Column {
    header: &'static str,
    is_number: bool,
    /// Whether it is left out where there is no room for all.
    only_if_wide: bool,
    cell: fn(&Run, Units) -> String,
}

const fn text(header: &'static str, cell: fn(&Run, Units) -> String) -> Column {
    Column { header, is_number: false, only_if_wide: false, cell }
}

const fn figure(header: &'static str, cell: fn(&Run, Units) -> String) -> Column {
    Column { is_number: true, ..text(header, cell) }
}

const fn only_if_wide(column: Column) -> Column {
    Column { only_if_wide: true, ..column }
}

static RUN_COLUMNS: [Column; 16] = [
    text("date", |run, _| run.local_date.to_string()),
    only_if_wide(text("id", |run, _| run.id.clone())),
    figure("km", |run, units| number(run.distance_m().map(|metres| metres / units.metres_per_long_unit()), 1)),
    figure("time", |run, _| time(run, &TIMER)),
    only_if_wide(figure("moving", |run, _| time(run, &MOVING_TIME))),
    only_if_wide(figure("elapsed", |run, _| time(run, &ELAPSED))),
    figure("pace", |run, units| run.value(&PACE).map_or_else(missing, |s_per_km| units.pace_at(1000.0 / s_per_km))),
    figure("bpm", |run, _| number(run.value(&AVG_HEART_RATE), 0)),
    only_if_wide(figure("max", |run, _| number(run.value(&MAX_HEART_RATE), 0))),
    figure("spm", |run, _| number(run.value(&AVG_STEP_RATE), 0)),
    only_if_wide(figure("step m", |run, _| number(run.value(&AVG_STEP_LENGTH), 2))),
    only_if_wide(figure("steps", |run, _| number(run.value(&STEPS), 0))),
    figure("up m", |run, _| number(run.value(&ASCENT), 0)),
    only_if_wide(figure("down m", |run, _| number(run.value(&DESCENT), 0))),
    text("where", |run, _| match run.sub_sport {
        SubSport::Generic => String::new(),
        other => other.name().replace('_', " "),
    }),
    text("file", |run, _| printable(&files(run))),
];

/// What a narrow terminal goes without, in this order.
const DISPENSABLE: [&str; 4] = ["where", "up m", "spm", "bpm"];

/// So much of a file's name (columns) stands in a line before others go; longer ones take more
/// lines.
const NAME: usize = 20;

/// Returns what [`write_runs`] writes.
pub fn runs(runs: &[Run], units: Units, style: &TextStyle) -> String {
    let mut text = Vec::new();
    // Memory takes every write.
    let _ = write_runs(runs, units, style, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// Writes one line for each run: day, distance, timer, pace, heart rate, step rate, climb, where,
/// file; where there is room, every field. What is left out is named below. Each row is written as
/// it is made.
///
/// # Errors
/// As `out` has them.
pub fn write_runs(
    runs: &[Run],
    units: Units,
    style: &TextStyle,
    out: &mut (impl Write + ?Sized),
) -> std::io::Result<()> {
    let mut shown: Vec<&Column> =
        RUN_COLUMNS.iter().filter(|column| style.width >= WIDE || !column.only_if_wide).collect();
    let width = |column: &Column| {
        let cells = runs.iter().map(|run| columns(&(column.cell)(run, units))).max().unwrap_or(0);
        cells.max(columns(column.header))
    };
    let mut widths: Vec<usize> = shown.iter().map(|column| width(column)).collect();
    for header in DISPENSABLE {
        let taken = |(column, width): (&&Column, &usize)| {
            let width = width + grid::GAP;
            if column.header == "file" { width.min(NAME) } else { width }
        };
        if shown.iter().zip(&widths).map(taken).sum::<usize>() > style.columns()
            && let Some(at) = shown.iter().position(|column| column.header == header)
        {
            shown.remove(at);
            widths.remove(at);
        }
    }
    let header = |column: &&Column| if column.header == "km" { units.long_symbol() } else { column.header };
    let headers: Vec<&str> = shown.iter().map(header).collect();
    let numbers = shown.iter().map(|column| column.is_number);
    let mut grid = Grid::new(headers.iter().copied().zip(numbers), style.columns());
    grid.widen(&widths);
    grid.write(&headers, out)?;
    for run in runs {
        // A name of a file is cut nowhere: it is what `kneewise show` takes.
        grid.write(shown.iter().map(|column| (column.cell)(run, units)), out)?;
    }
    let is_left_out = |header: &&str| shown.iter().all(|column| column.header != *header);
    let left_out: Vec<&str> = RUN_COLUMNS.iter().map(|column| column.header).filter(is_left_out).collect();
    if left_out.is_empty() {
        return Ok(());
    }
    let more = format!("A terminal of {WIDE} columns has {} too, and --format csv all there is.", left_out.join(", "));
    writeln!(out, "\n{}", wrap(&more, style.columns().min(100), "", ""))
}

fn time(run: &Run, metric: &Metric) -> String {
    run.value(metric).map_or_else(missing, clock)
}

/// The file of a run, or how many they are and the first.
fn files(run: &Run) -> String {
    match run.sources.as_slice() {
        [] => String::new(),
        [one] => file_name(&one.name).to_owned(),
        all @ [first, ..] => format!("{} files, {}", all.len(), file_name(&first.name)),
    }
}

/// One line for each week: first day, distance, timer, runs and what to know about it. `skipped` is
/// how many weeks of the log lie before these.
pub fn weeks(weeks: &[Week], skipped: usize, units: Units, style: &TextStyle) -> String {
    let row = |(i, week): (usize, &Week)| {
        let kilometres = Some(week.distance_m / units.metres_per_long_unit());
        vec![week.start.to_string(), number(kilometres, 1), clock(week.timer_s), words::week(week, skipped + i == 0)]
    };
    let rows: Vec<Vec<String>> = weeks.iter().enumerate().map(row).collect();
    let headers = [("week from", false), (units.long_symbol(), true), ("time", true), ("runs", false)];
    grid::table(headers, &rows, style.columns())
}

/// What became of each input, its path and what it holds; below it, why it was not simply read. The
/// folder that all of them share stands once, at the end.
pub fn ledger(ledger: &Ledger, style: &TextStyle) -> String {
    let folder = shared_folder(ledger);
    let width = style.columns();
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.name().len()).max().unwrap_or(0) + 2;
    let indent = " ".repeat(outcomes);
    let mut lines = Vec::new();
    for row in &ledger.rows {
        let sports: Vec<String> = (row.activities.chunk_by(|a, b| a.sport == b.sport))
            .map(|same| match (words::sport(same[0].sport), same.len()) {
                (sport, 1) => sport,
                (sport, n) => format!("{n} {sport}"),
            })
            .collect();
        let holds = if sports.is_empty() { String::new() } else { format!(" ({})", sports.join(", ")) };
        let what = printable(&row.path[folder.len()..]) + &holds;
        lines.push(wrap(&what, width, &format!("{:outcomes$}", row.outcome.name()), &indent));
        lines.extend(why(row).map(|why| wrap(&printable(&within(folder, &why)), width, &indent, &indent)));
    }
    lines.push(format!("\n{ledger}"));
    if ledger.rows.iter().any(|row| !row.notes.is_empty()) {
        lines.push("--format json has all notes".to_owned());
    }
    if !folder.is_empty() {
        lines.push(wrap(&format!("all in {}", printable(folder)), width, "", ""));
    }
    lines.join("\n") + "\n"
}

/// Why a row was not simply read, with what is damaged in it, and how many more notes there are on
/// it.
fn why(row: &kneewise_import::Row) -> Option<String> {
    let reason = row.reason.as_ref()?;
    let further = || row.notes.iter().filter(|note| note.text != *reason);
    let damage = further().filter(|note| note.kind == NoteKind::Damage).map(|note| note.text.as_str());
    let mut parts: Vec<&str> = std::iter::once(reason.as_str()).chain(damage).collect();
    let n = further().filter(|note| note.kind != NoteKind::Damage).count();
    let more = format!("and {}", words::count(n, "more note"));
    parts.extend((n > 0).then_some(more.as_str()));
    Some(parts.join("; "))
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

pub(crate) fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(missing, |value| format!("{value:.decimals$}"))
}

fn missing() -> String {
    "-".to_owned()
}
