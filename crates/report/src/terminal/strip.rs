//! The strip of weeks: distance as bars, pain, and marks, on one axis.

use crate::digest::{DigestWeek, number};
use crate::wrap::columns;

use super::{LABEL, Page};

/// Heights of a bar in a line.
const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// So many weeks are shown where a week takes six columns.
const FEW_WEEKS: usize = 12;

/// How weeks are laid out.
#[derive(Clone, Copy)]
struct Cells {
    /// Columns of a week.
    width: usize,
    /// Columns of its bar, at the right end.
    bar: usize,
    /// A date stands at every so many.
    dated: usize,
}

impl Page<'_> {
    pub(super) fn strip(&self, bar_rows: usize) -> Vec<String> {
        let all = &self.digest.weeks;
        let room = self.width.saturating_sub(LABEL);
        let cells = if all.len() > FEW_WEEKS && room >= 4 * all.len() && self.is_wide() {
            Cells { width: 4, bar: 2, dated: 4 }
        } else {
            Cells { width: 6, bar: 4, dated: 2 }
        };
        let most = (room / cells.width).min(if cells.width == 6 { FEW_WEEKS.max(room / 6).min(18) } else { all.len() });
        let weeks = &all[all.len().saturating_sub(most)..];
        let mut lines = bars(weeks, bar_rows, cells);
        let numbers: Vec<String> = weeks.iter().map(|week| self.week_distance(week)).collect();
        lines.push(row("", &numbers, cells));
        if self.digest.has_diary && weeks.iter().any(|week| week.pain_max.is_some()) {
            let pain: Vec<String> =
                weeks.iter().map(|week| week.pain_max.map_or("·".to_owned(), |pain| pain.to_string())).collect();
            lines.push(row("pain", &pain, cells));
        }
        let marks: Vec<String> = weeks.iter().map(marks).collect();
        if marks.iter().any(|marks| !marks.is_empty()) {
            lines.push(row("", &marks, cells));
        }
        lines.push(dates(weeks, cells));
        lines.extend(self.legend(weeks));
        if let Some(line) = lines.get_mut(bar_rows - 1) {
            let unit = self.units.long_symbol();
            *line = format!("{unit}{}", line.get(unit.len()..).unwrap_or_default());
        }
        lines
    }

    /// Whole kilometres or miles; `–` where nothing was run, `?` where no distance is known.
    fn week_distance(&self, week: &DigestWeek) -> String {
        let long = week.distance_m / self.units.metres_per_long_unit();
        match week.runs {
            0 => "–".to_owned(),
            _ if week.distance_m <= 0.0 => "?".to_owned(),
            _ if long < 1.0 => format!("{long:.1}"),
            _ => format!("{long:.0}"),
        }
    }

    /// What the marks of these weeks mean.
    fn legend(&self, weeks: &[DigestWeek]) -> Option<String> {
        let any = |holds: fn(&DigestWeek) -> bool| weeks.iter().any(holds);
        let mut flagged = weeks.iter().filter_map(|week| week.flagged_run.as_ref());
        let mut parts = Vec::new();
        match (flagged.next(), flagged.next()) {
            (Some(one), None) => parts.push(format!("◆ {} run", number::distance(one.distance_m, self.units))),
            (Some(_), Some(_)) => parts.push("◆ unusually long run".to_owned()),
            _ => {}
        }
        let told: [(bool, &str); 6] = [
            (any(|week| week.new_shoes), "s new shoes"),
            (any(|week| week.missed_runs > 0), "x missed run"),
            (any(|week| week.is_open), "* week not over"),
            (any(|week| week.runs == 0), "– no runs"),
            (any(|week| week.runs > 0 && week.distance_m <= 0.0), "? no distance"),
            (any(|week| week.pain_max.is_some()) && any(|week| week.pain_max.is_none()), "· no entry"),
        ];
        parts.extend(told.into_iter().filter(|(is_there, _)| *is_there).map(|(_, text)| text.to_owned()));
        let mut line = " ".repeat(LABEL);
        for part in parts {
            let gap = if line.trim().is_empty() { 0 } else { 3 };
            // Marks explain themselves well enough where there is no room for all.
            if columns(&line) + gap + columns(&part) <= self.width {
                line.push_str(&" ".repeat(gap));
                line.push_str(&part);
            }
        }
        (!line.trim().is_empty()).then_some(line)
    }
}

/// The bars of weeks in so many lines, the upper first.
fn bars(weeks: &[DigestWeek], rows: usize, cells: Cells) -> Vec<String> {
    let most = weeks.iter().map(|week| week.distance_m).fold(0.0, f64::max);
    let whole = rows * (LEVELS.len() - 1);
    let height = |week: &DigestWeek| match week.distance_m {
        metres if most > 0.0 && metres > 0.0 => ((metres / most * whole as f64).round() as usize).max(1),
        _ => 0,
    };
    let line = |row: usize| {
        let bar = |week: &DigestWeek| {
            let below = (rows - 1 - row) * (LEVELS.len() - 1);
            let level = height(week).saturating_sub(below).min(LEVELS.len() - 1);
            LEVELS[level].to_string().repeat(cells.bar)
        };
        self::row("", &weeks.iter().map(bar).collect::<Vec<_>>(), cells)
    };
    let lines: Vec<String> = (0..rows).map(line).collect();
    // Room for the unit, which stands beside the lowest.
    lines.into_iter().map(|line| if line.is_empty() { " ".repeat(LABEL) } else { line }).collect()
}

/// A name and a text for each week, at the right end of its columns.
fn row(name: &str, texts: &[String], cells: Cells) -> String {
    let mut line = format!("{name:LABEL$}");
    for text in texts {
        line.push_str(&" ".repeat(cells.width.saturating_sub(columns(text))));
        line.push_str(text);
    }
    line.trim_end().to_owned()
}

/// `s◆x*`, as they happened in the week.
fn marks(week: &DigestWeek) -> String {
    [(week.new_shoes, 's'), (week.flagged_run.is_some(), '◆'), (week.missed_runs > 0, 'x'), (week.is_open, '*')]
        .into_iter()
        .filter(|(is_there, _)| *is_there)
        .map(|(_, mark)| mark)
        .collect()
}

/// The first days of weeks, as many as fit, each over its bar.
fn dates(weeks: &[DigestWeek], cells: Cells) -> String {
    let mut line = "week of".to_owned();
    for (i, week) in weeks.iter().enumerate().step_by(cells.dated) {
        let date = week.start.strftime("%-d %b").to_string();
        let at = LABEL + i * cells.width;
        let at = if cells.width == 6 { at + 6 - date.len() } else { at + 2 };
        line.push_str(&" ".repeat(at.saturating_sub(line.len())));
        line.push_str(&date);
    }
    line
}
