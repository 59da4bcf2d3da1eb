//! Days and weeks of a load: rows as data, and tables for a terminal.

mod gloss;

use kneewise_core::load::{
    Answer, Bridge, EASY_SHARE, EXPOSURE, FATIGUE, FIGURES, FITNESS, FORM, Figure, FigureContext, FigureUnit, LoadDay,
    MONOTONY, MOST_OF_START, RAMP, RATIO_COUPLED, RATIO_EXPONENTIAL, RATIO_HIGH, RATIO_LOW, RATIO_UNCOUPLED, REST_DAYS,
    RUN_STREAK, STRAIN, SUM_7, SUM_14, SUM_28, WeekLoad,
};
use kneewise_core::report::SCHEMA_VERSION;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::grid;
use crate::json::{Row, write};
use crate::table::number;
use crate::words::decimals;
use crate::wrap::{columns as columns_of, wrap};
use crate::{RenderError, TextStyle, words};

/// The names and values of a day, in the order of tables: `date`, `load_id` and `convention` in
/// use, `runs`, `runs_without` (a value), `load`, `basis`, every figure of [`FIGURES`] by its id
/// (null where it is not known) and `unknown`, an object that says why.
pub fn day_row(day: &LoadDay, ground: &FigureContext) -> Row {
    let mut fields = vec![("date", Value::from(day.date.to_string()))];
    fields.extend(in_use(ground));
    fields.extend([
        ("runs", Value::from(day.runs)),
        ("runs_without", Value::from(day.runs_without)),
        ("load", Value::from(day.load)),
        ("basis", Value::from(day.basis)),
    ]);
    fields.extend(figures(day, day.needs));
    Row(fields)
}

/// The names and values of a week: `start`, `load_id` and `convention` in use, `runs`,
/// `runs_without` (a value), `load`, `complete`, `last_date` and the figures of that day.
pub fn week_row(week: &WeekLoad, ground: &FigureContext) -> Row {
    let mut fields = vec![("start", Value::from(week.week.start.to_string()))];
    fields.extend(in_use(ground));
    fields.extend([
        ("runs", Value::from(week.week.runs)),
        ("runs_without", Value::from(week.runs_without)),
        ("load", Value::from(week.load)),
        ("complete", Value::from(week.week.complete)),
        ("last_date", Value::from(week.last_day.date.to_string())),
    ]);
    fields.extend(figures(&week.last_day, week.needs));
    Row(fields)
}

fn in_use(ground: &FigureContext) -> [(&'static str, Value); 2] {
    [("load_id", ground.series.load.id.into()), ("convention", ground.convention.id.into())]
}

/// Every figure of a day, and why those that are not known are not.
fn figures(day: &LoadDay, needs: Option<&str>) -> impl Iterator<Item = (&'static str, Value)> {
    let why = |figure: &&Figure| {
        let answer = day.get(figure);
        answer.known().is_none().then(|| (figure.id.to_owned(), Value::from(answer.to_string())))
    };
    let load = needs.map(|needs| ("load".to_owned(), Value::from(format!("needs {needs}"))));
    let unknown: Map<String, Value> = load.into_iter().chain(FIGURES.iter().filter_map(why)).collect();
    let known = FIGURES.iter().map(|figure| (figure.id, Value::from(day.get(figure).known())));
    known.collect::<Vec<_>>().into_iter().chain([("unknown", Value::Object(unknown))])
}

/// Days as JSON: the version of the schema, which load in which unit by which convention, the
/// bridges, the days.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be written, which no log is known to bring about.
pub fn days_json(days: &[LoadDay], ground: &FigureContext) -> Result<String, RenderError> {
    let rows = days.iter().map(|day| day_row(day, ground)).collect();
    write(&Table { days: Some(rows), ..Table::new(ground) })
}

/// Weeks as JSON, like [`days_json`].
///
/// # Errors
/// As of [`days_json`].
pub fn weeks_json(weeks: &[WeekLoad], ground: &FigureContext) -> Result<String, RenderError> {
    let rows = weeks.iter().map(|week| week_row(week, ground)).collect();
    write(&Table { weeks: Some(rows), ..Table::new(ground) })
}

#[derive(Serialize)]
struct Table<'a> {
    schema_version: u32,
    load: &'static str,
    name: &'static str,
    unit: Unit,
    /// Of a load for which conventions have different ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    formula: Option<String>,
    convention: &'static str,
    bridges: &'a [Bridge],
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<Vec<Row>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weeks: Option<Vec<Row>>,
}

impl<'a> Table<'a> {
    fn new(ground: &FigureContext<'a>) -> Self {
        let load = ground.series.load;
        Self {
            schema_version: SCHEMA_VERSION,
            load: load.id,
            name: load.name,
            unit: load.unit,
            formula: load.formula(ground.convention),
            convention: ground.convention.id,
            bridges: &ground.series.bridges,
            days: None,
            weeks: None,
        }
    }
}

/// From this width on (columns) tables show every figure.
const WIDE: usize = 150;

/// A column of figures.
struct Column {
    header: &'static str,
    figure: &'static Figure,
    only_if_wide: bool,
}

const fn narrow(header: &'static str, figure: &'static Figure) -> Column {
    Column { header, figure, only_if_wide: false }
}

const fn wide(header: &'static str, figure: &'static Figure) -> Column {
    Column { header, figure, only_if_wide: true }
}

static COLUMNS: [Column; 18] = [
    narrow("7 d", &SUM_7),
    wide("14 d", &SUM_14),
    narrow("28 d", &SUM_28),
    narrow("fitness", &FITNESS),
    narrow("fatigue", &FATIGUE),
    narrow("form", &FORM),
    wide("ramp", &RAMP),
    narrow("ratio", &RATIO_COUPLED),
    wide("from", &RATIO_LOW),
    wide("to", &RATIO_HIGH),
    wide("uncoupled", &RATIO_UNCOUPLED),
    wide("exp.", &RATIO_EXPONENTIAL),
    narrow("monotony", &MONOTONY),
    wide("strain", &STRAIN),
    wide("streak", &RUN_STREAK),
    wide("rest", &REST_DAYS),
    wide("hours 28 d", &EXPOSURE),
    wide("easy %", &EASY_SHARE),
];

/// One line for each day: date, runs, load, figures; below it what they are, and why those of the
/// last day that are not known are not.
pub fn days_table(days: &[LoadDay], ground: &FigureContext, units: Units, style: &TextStyle) -> String {
    let rows = days.iter().map(|day| (day.date.to_string(), day.runs, day.load, day));
    let columns: Vec<&Column> = COLUMNS.iter().collect();
    let (table, shown) = table("date", rows, &columns, ground, units, style);
    table + &legend(days.last(), "", &columns, &shown, ground, units, style)
}

/// One line for each week: its first day, runs, load, and the figures at its end; below it as
/// [`days_table`] has it.
pub fn weeks_table(weeks: &[WeekLoad], ground: &FigureContext, units: Units, style: &TextStyle) -> String {
    let rows = weeks.iter().map(|week| (week.week.start.to_string(), week.week.runs, week.load, &week.last_day));
    // The load of the last seven days is the week's own, but where it is not over.
    let columns: Vec<&Column> = COLUMNS.iter().filter(|column| column.figure.id != SUM_7.id).collect();
    let last = weeks.last();
    // The first week of a log is never complete, but over unless it is the last.
    let open = last.filter(|week| !week.week.complete && ground.log.weeks().len() > 1);
    let open = open.map_or_else(String::new, |week| format!("The week from {} is not over. ", week.week.start));
    let (table, shown) = table("week from", rows, &columns, ground, units, style);
    table + &legend(last.map(|week| &week.last_day), &open, &columns, &shown, ground, units, style)
}

/// The table, and those of the columns that there was room for.
fn table<'d, 'c>(
    first: &str,
    rows: impl Iterator<Item = (String, usize, Option<f64>, &'d LoadDay)>,
    columns: &[&'c Column],
    ground: &FigureContext,
    units: Units,
    style: &TextStyle,
) -> (String, Vec<&'c Column>) {
    let unit = ground.series.load.unit;
    let all = style.width >= WIDE;
    let mut shown: Vec<&Column> = columns.iter().copied().filter(|column| all || !column.only_if_wide).collect();
    let mut header = vec![first, "runs", shown_as(unit, units).0];
    header.extend(shown.iter().map(|column| column.header));
    let row = |(date, runs, load, day): (String, usize, Option<f64>, &LoadDay)| {
        let figures = shown.iter().map(|column| cell(day.get(column.figure), column.figure, unit, units));
        let runs = if runs == 0 { String::new() } else { runs.to_string() };
        [date, runs, in_unit(load, unit, units)].into_iter().chain(figures).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = rows.map(row).collect();
    let others = header.len() - shown.len();
    header.truncate(fitting(&header, &rows, style));
    shown.truncate(header.len().saturating_sub(others));
    let headers = header.iter().enumerate().map(|(i, name)| (*name, i > 0));
    (grid::table(headers, &rows, style.columns()), shown)
}

/// How many of the columns fit the terminal, from the left: half a number is worse than none.
fn fitting(header: &[&str], rows: &[Vec<String>], style: &TextStyle) -> usize {
    const GAP: usize = 2;
    let mut taken = 0;
    let fits = |(i, name): (usize, &&str)| {
        let cells = rows.iter().filter_map(|row| row.get(i)).map(|cell| columns_of(cell));
        taken += cells.max().unwrap_or(0).max(columns_of(name)) + GAP;
        taken <= style.columns()
    };
    header.iter().enumerate().map(fits).take_while(|fits| *fits).count()
}

fn cell(answer: Answer<f64>, figure: &Figure, load: Unit, units: Units) -> String {
    let known = answer.known();
    match figure.unit {
        FigureUnit::Loads if [SUM_7.id, SUM_14.id, SUM_28.id, STRAIN.id].contains(&figure.id) => {
            in_unit(known, load, units)
        }
        FigureUnit::Loads => {
            let (_, divisor, _) = shown_as(load, units);
            signed(known.map(|value| value / divisor), usize::from(load != Unit::Count))
        }
        FigureUnit::Is(Unit::Seconds) => number(known.map(|seconds| seconds / 3600.0), 1),
        FigureUnit::Is(Unit::Days) => number(known, 0),
        FigureUnit::Is(_) if figure.id == EASY_SHARE.id => number(known.map(|share| share * 100.0), 0),
        FigureUnit::Is(_) => number(known, 2),
    }
}

/// What a load's unit is called for people, how much of it makes one of that, and its decimals.
fn shown_as(unit: Unit, units: Units) -> (&'static str, f64, usize) {
    match unit {
        Unit::Metres => (units.long_symbol(), units.metres_per_long_unit(), 1),
        Unit::Seconds => ("min", 60.0, 0),
        Unit::Count => ("count", 1.0, 0),
        _ => ("load", 1.0, 0),
    }
}

fn in_unit(value: Option<f64>, unit: Unit, units: Units) -> String {
    let (_, divisor, decimals) = shown_as(unit, units);
    signed(value.map(|value| value / divisor), decimals)
}

/// A number that may be negative; a zero has no sign.
fn signed(value: Option<f64>, decimals: usize) -> String {
    let text = number(value, decimals);
    match text.strip_prefix('-') {
        Some(zero) if !zero.is_empty() && zero.chars().all(|c| matches!(c, '0' | '.')) => zero.to_owned(),
        _ => text,
    }
}

/// What the table shows, by what, what there was no room for, and what is not known at its end.
fn legend(
    last: Option<&LoadDay>,
    before: &str,
    columns: &[&Column],
    shown: &[&Column],
    ground: &FigureContext,
    units: Units,
    style: &TextStyle,
) -> String {
    let load = ground.series.load;
    let unit = match (shown_as(load.unit, units).0, load.unit) {
        ("load", Unit::Arbitrary) => "AU (the points of its formula, comparable with themselves only)",
        ("load", other) => other.symbol(),
        (known, _) => known,
    };
    let mut sentences = vec![format!(
        "{before}Load: {} ({}) in {unit}. Convention: {}. {CAVEAT}",
        load.name, load.id, ground.convention.id
    )];
    let formula = load.formula(ground.convention);
    sentences.extend(formula.map(|formula| format!("Of a run: {formula}; x is the share of the heart rate reserve.")));
    sentences.extend(ground.series.bridges.iter().map(bridge));
    sentences.extend(last.and_then(|day| start_weight(day, shown, ground)));
    let width = style.columns().min(100);
    let mut lines: String = sentences.iter().map(|sentence| wrap(sentence, width, "", "") + "\n").collect();

    lines.push('\n');
    for column in shown {
        let Column { header, figure, .. } = column;
        let gloss = format!("{}: {}", figure.id, gloss::gloss(figure, ground.convention));
        lines += &(wrap(&gloss, width, &format!("{header:GLOSS_INDENT$}"), &" ".repeat(GLOSS_INDENT)) + "\n");
    }
    let left_out: Vec<&str> = (columns.iter())
        .filter(|column| shown.iter().all(|shown| shown.figure.id != column.figure.id))
        .map(|column| column.header)
        .collect();
    let no_room = match left_out.join(", ") {
        none if none.is_empty() => none,
        columns => format!(" No room here for {columns}: a wider terminal or --format json shows all."),
    };
    let more = format!("`kneewise explain NAME` describes each.{no_room}");
    lines.push('\n');
    lines += &(wrap(&more, width, "", "") + "\n");
    if let Some(unknown) = last.and_then(|day| not_known(day, shown)) {
        lines += &(wrap(&unknown, width, "", "") + "\n");
    }
    format!("\n{lines}")
}

/// Returns the sentence about the start of fitness, where a convention shows it too early.
fn start_weight(last: &LoadDay, shown: &[&Column], ground: &FigureContext) -> Option<String> {
    let is_shown = shown.iter().any(|column| column.figure.id == FITNESS.id) && last.get(&FITNESS).known().is_some();
    let days = usize::try_from(last.date.days_since(ground.log.first_day()?)).ok()?.saturating_add(1);
    let weight = ground.convention.mean.start_weight(ground.convention.fitness_days, days);
    (is_shown && weight > MOST_OF_START).then(|| {
        let percent = decimals(100.0 * weight, 0);
        format!("On {} the start of fitness, before the first run, still has {percent}% of the weight.", last.date)
    })
}

/// Stands under every table.
const CAVEAT: &str = "A load shows the work done, not what tissue bore or can bear.";

/// As wide as the longest header and a gap.
const GLOSS_INDENT: usize = 12;

/// Why figures of a day are not known; one reason often stands for several of them.
fn not_known(day: &LoadDay, shown: &[&Column]) -> Option<String> {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for column in shown {
        let answer = day.get(column.figure);
        if answer.known().is_some() {
            continue;
        }
        let reason = answer.to_string();
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, headers)) => headers.push(column.header),
            None => reasons.push((reason, vec![column.header])),
        }
    }
    let reasons: Vec<String> =
        reasons.into_iter().map(|(reason, headers)| format!("{}: {reason}", headers.join(", "))).collect();
    (!reasons.is_empty()).then(|| format!("Not known on {}: {}.", day.date, reasons.join("; ")))
}

fn bridge(bridge: &Bridge) -> String {
    let Bridge { from, to, factor, runs, lower_quartile, upper_quartile, used_for, .. } = bridge;
    format!(
        "{} without {to}: {from} times {factor:.3}, the median over {} that have both (half of them between \
         {lower_quartile:.3} and {upper_quartile:.3}).",
        words::count(*used_for, "run"),
        words::count(*runs, "run"),
    )
}
