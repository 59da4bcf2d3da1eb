//! A table of text without borders, written row by row: of its cells nothing is kept but how wide
//! they are.

use std::io::{self, Write};

use crate::wrap::{columns, wrap};

/// Blanks between two columns.
pub(crate) const GAP: usize = 2;

/// The columns of a table. Only the last one takes several lines where it is too wide.
pub(crate) struct Grid {
    columns: Vec<GridColumn>,
    /// Columns of a terminal that no row exceeds.
    width: usize,
}

struct GridColumn {
    width: usize,
    /// Whether its cells lie to the right.
    is_number: bool,
}

impl Grid {
    /// Makes a table with these headers, each with whether it is over numbers.
    pub fn new<'h>(headers: impl IntoIterator<Item = (&'h str, bool)>, width: usize) -> Self {
        let column = |(header, is_number)| GridColumn { width: columns(header), is_number };
        Self { columns: headers.into_iter().map(column).collect(), width }
    }

    /// Makes room for the cells of a row.
    pub fn fit(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.width = column.width.max(columns(cell.as_ref()));
        }
    }

    /// Makes room for cells of these widths.
    pub fn widen(&mut self, widths: &[usize]) {
        for (column, width) in self.columns.iter_mut().zip(widths) {
            column.width = column.width.max(*width);
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// As `out` has them.
    pub fn write(
        &self,
        cells: impl IntoIterator<Item = impl AsRef<str>>,
        out: &mut (impl Write + ?Sized),
    ) -> io::Result<()> {
        let (mut line, mut taken) = (String::new(), 0);
        for (i, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            let cell = cell.as_ref();
            let is_last = i + 1 == self.columns.len();
            let room = self.width.saturating_sub(taken).max(1);
            if is_last && !column.is_number && columns(cell) > room {
                line = wrap(cell, taken + room, &line, &" ".repeat(taken));
                break;
            }
            let free = column.width.saturating_sub(columns(cell));
            if column.is_number {
                line.extend(std::iter::repeat_n(' ', free));
            }
            line.push_str(cell);
            if !is_last {
                let behind = if column.is_number { GAP } else { free + GAP };
                line.extend(std::iter::repeat_n(' ', behind));
            }
            taken += column.width + GAP;
        }
        writeln!(out, "{}", line.trim_end())
    }
}

/// Returns a table whose rows are few.
pub(crate) fn table<'h>(
    headers: impl IntoIterator<Item = (&'h str, bool)> + Clone,
    rows: &[Vec<String>],
    width: usize,
) -> String {
    let mut grid = Grid::new(headers.clone(), width);
    for row in rows {
        grid.fit(row);
    }
    let mut text = Vec::new();
    // Memory takes every write.
    let _ = grid.write(headers.into_iter().map(|(header, _)| header), &mut text);
    for row in rows {
        let _ = grid.write(row, &mut text);
    }
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lie_to_the_right_and_the_last_column_takes_more_lines() {
        let rows = [["2026-03-01", "8.0", "long name of a file.fit"], ["2026-03-02", "10.0", "b"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let headers = [("date", false), ("km", true), ("file", false)];
        let text = table(headers, &rows, 30);
        assert_eq!(
            text,
            "date          km  file\n2026-03-01   8.0  long name of\n                  a file.fit\n2026-03-02  10.0  b\n"
        );
        assert!(table(headers, &rows, 80).lines().all(|line| line == line.trim_end()));
    }
}
