//! What all charts have: a ground, a title, a legend, axes, limits, marks.

use plotters::coord::Shift;
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

use super::calendar::Calendar;
use super::theme::{
    self, AXIS, DAY_LABEL_PX, GRID, GROUND, Ink, LABEL_PX, LAST_LABEL_PX, LEGEND_LINE_PX, LEGEND_PX, LETTER, LIMIT,
    LIMIT_PX, MARGIN_PX, QUIET, TEXT, VALUE_LABEL_PX, X_AREA_PX, Y_AREA_PX, label,
};

/// What one draws on.
pub(super) type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// A plot over days.
pub(super) type Plot<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<Calendar, Values>>;

/// An axis of values with its marks.
pub(super) struct Values {
    axis: RangedCoordf64,
    marks: Vec<f64>,
}

impl Ranged for Values {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limits: (i32, i32)) -> i32 {
        self.axis.map(value, limits)
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.marks.clone()
    }

    fn range(&self) -> std::ops::Range<f64> {
        self.axis.range()
    }
}

/// The outcome of drawing.
pub(super) type Drawn<T = ()> = Result<T, DrawingAreaErrorKind<std::io::Error>>;

/// Draws a chart with a title on a new canvas; returns the SVG.
pub(super) fn on_canvas(title: &str, size: (u32, u32), draw: impl FnOnce(&Canvas) -> Drawn) -> Drawn<String> {
    let mut svg = String::new();
    let canvas = SVGBackend::with_string(&mut svg, size).into_drawing_area();
    canvas.fill(&GROUND.light)?;
    canvas.draw(&Text::new(title, (MARGIN_PX, MARGIN_PX), theme::title()))?;
    draw(&canvas)?;
    canvas.present()?;
    drop(canvas);
    // For readers who do not see it.
    let name = format!("<svg role=\"img\" aria-label=\"{title}\" ");
    Ok(svg.replacen("<svg ", &name, 1))
}

/// Says in the middle of the canvas that there is nothing to draw.
pub(super) fn empty(canvas: &Canvas, message: &str) -> Drawn {
    let (width, height) = canvas.dim_in_pixel();
    canvas.draw(&Text::new(message.to_owned(), (width as i32 / 2, height as i32 / 2), label(&QUIET, HPos::Center)))
}

/// What a plot is told besides its values.
pub(super) struct Frame<'a> {
    pub days: Calendar,
    /// From the lower to the upper end of the axis; an axis may fall.
    pub values: std::ops::Range<f64>,
    pub x_title: &'a str,
    pub y_title: &'a str,
    /// Whether values are seconds, marked at round minutes or parts of them.
    pub is_clock: bool,
    /// How the labels at the values' axis are written.
    pub label: &'a dyn Fn(f64) -> String,
    /// Signs and what they mean.
    pub legend: &'a [(Mark, &'a Ink, &'a str)],
    /// Whether there are [`limit`]s, whose labels take room at the right.
    pub has_limits: bool,
}

/// Labels with so many decimals.
pub(super) fn decimals(n: usize) -> impl Fn(f64) -> String {
    move |value| format!("{value:.n$}")
}

/// Draws axes, grid and labels below the title.
pub(super) fn plot<'a, 'b>(canvas: &'a Canvas<'b>, frame: Frame) -> Drawn<Plot<'a, 'b>> {
    let top = legend(canvas, frame.legend)?;
    let right = MARGIN_PX as u32 + if frame.has_limits { LIMIT_PX } else { LAST_LABEL_PX };
    let height = i64::from(canvas.dim_in_pixel().1) - i64::from(top) - i64::from(X_AREA_PX);
    let most = usize::try_from(height).unwrap_or(0) / VALUE_LABEL_PX;
    let marks = if frame.is_clock {
        round_times(&frame.values, most)
    } else {
        RangedCoordf64::from(frame.values.clone()).key_points(most)
    };
    let mut plot = ChartBuilder::on(canvas)
        .margin(MARGIN_PX)
        .margin_top(top)
        .margin_right(right)
        .x_label_area_size(X_AREA_PX)
        .y_label_area_size(Y_AREA_PX)
        .build_cartesian_2d(frame.days, Values { axis: frame.values.into(), marks })?;
    let width = plot.plotting_area().dim_in_pixel().0;
    plot.configure_mesh()
        .disable_x_mesh()
        .x_labels(width as usize / DAY_LABEL_PX)
        .y_labels(most)
        .y_label_formatter(&|value| (frame.label)(*value))
        .light_line_style(TRANSPARENT)
        .bold_line_style(GRID.light)
        .axis_style(AXIS.light)
        .label_style(theme::small(&QUIET))
        .axis_desc_style(theme::small(&QUIET))
        .x_desc(frame.x_title)
        .y_desc(frame.y_title)
        .draw()?;
    Ok(plot)
}

/// Times in seconds within a range, rising or falling: the closest round ones of which there are no
/// more than `most`.
fn round_times(range: &std::ops::Range<f64>, most: usize) -> Vec<f64> {
    const STEPS_S: [f64; 13] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0];
    let (low, high) = (range.start.min(range.end), range.start.max(range.end));
    let step = STEPS_S.into_iter().find(|step| (high - low) / step <= most.max(2) as f64).unwrap_or(7200.0);
    let first = (low / step).ceil();
    (0..=most.max(2)).map(|i| (first + i as f64) * step).take_while(|mark| *mark <= high).collect()
}

/// Draws a line at a value over the whole plot, and its label at the right.
pub(super) fn limit(canvas: &Canvas, plot: &Plot, value: f64, text: String) -> Drawn {
    let days = plot.x_range();
    let ends = [plot.backend_coord(&(days.start, value)), plot.backend_coord(&(days.end, value))];
    canvas.draw(&PathElement::new(ends, LIMIT.line(1)))?;
    canvas.draw(&Text::new(text, (ends[1].0 + 6, ends[1].1), label(&TEXT, HPos::Left)))
}

/// Signs and what they mean, in lines below the title; returns where the plot can begin.
fn legend(canvas: &Canvas, entries: &[(Mark, &Ink, &str)]) -> Drawn<i32> {
    let right = canvas.dim_in_pixel().0 as i32 - MARGIN_PX;
    let (mut x, mut y) = (MARGIN_PX, LEGEND_PX);
    for (mark, ink, text) in entries {
        let width = 16 + (text.chars().count() as f64 * LABEL_PX * LETTER) as i32;
        if x > MARGIN_PX && x + width > right {
            (x, y) = (MARGIN_PX, y + LEGEND_LINE_PX);
        }
        mark.draw(canvas, (x + 6, y), ink)?;
        canvas.draw(&Text::new((*text).to_owned(), (x + 16, y), label(&QUIET, HPos::Left)))?;
        x += width + 14;
    }
    Ok(y + LEGEND_LINE_PX)
}

/// The sign of a value: tiers differ in shape as well as in colour.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Dot,
    Diamond,
    Triangle,
    Box,
    Line,
}

impl Mark {
    /// Draws the mark around a pixel.
    pub(super) fn draw(self, canvas: &Canvas, (x, y): (i32, i32), ink: &Ink) -> Drawn {
        let polygon = |corners: &[(i32, i32)]| {
            let corners: Vec<(i32, i32)> = corners.iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
            canvas.draw(&Polygon::new(corners, ink.fill()))
        };
        match self {
            Self::Dot => canvas.draw(&Circle::new((x, y), theme::dot_px(canvas.dim_in_pixel().0), ink.fill())),
            Self::Diamond => polygon(&[(0, -6), (6, 0), (0, 6), (-6, 0)]),
            Self::Triangle => polygon(&[(0, -7), (7, 5), (-7, 5)]),
            Self::Box => canvas.draw(&Rectangle::new([(x - 5, y - 5), (x + 5, y + 5)], ink.fill())),
            Self::Line => canvas.draw(&PathElement::new([(x - 6, y), (x + 6, y)], ink.line(2))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::round_times;

    #[test]
    fn times_are_marked_at_round_minutes() {
        assert_eq!(round_times(&(980.0..1420.0), 8), [1020.0, 1080.0, 1140.0, 1200.0, 1260.0, 1320.0, 1380.0]);
        assert_eq!(round_times(&(325.0..290.0), 8), [290.0, 295.0, 300.0, 305.0, 310.0, 315.0, 320.0, 325.0]);
    }
}
