//! A chart as data: shapes, labels and a table. It knows no format, no colour and no font.

/// A drawn chart, in pixels of its own.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Drawing {
    /// Width in pixels.
    pub width_px: f64,
    /// Height in pixels.
    pub height_px: f64,
    /// What it is called.
    pub title: String,
    /// A sentence that says what it shows, for people who do not see it too.
    pub description: String,
    /// From the ground up.
    pub shapes: Vec<Shape>,
    /// Texts, above all shapes.
    pub labels: Vec<Label>,
    /// Signs and their meanings.
    pub keys: Vec<Key>,
    /// Where the rows of the table lie, in pixels from the left; empty where it has no cursor.
    pub rows_x: Vec<f64>,
    /// The upper and the lower end of the plotted area, in pixels from the top.
    pub plotted_y: (f64, f64),
    /// The values.
    pub table: Table,
    /// Whether the log holds nothing of the kind.
    pub is_empty: bool,
}

/// A path of one class: all dots, bars or lines of a series together.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Shape {
    /// What it stands for; the style sheet gives it its looks.
    pub class: &'static str,
    /// Its outline.
    pub path: Path,
}

/// Steps of a pen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(pub Vec<Step>);

/// One step of a pen.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Step {
    /// Begins anew at a point.
    Move(f64, f64),
    /// Draws a straight line to a point.
    Line(f64, f64),
    /// Goes back to where it began.
    Close,
}

/// A text at a point.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Label {
    /// Pixels from the left.
    pub x: f64,
    /// Pixels from the top to the line that letters stand on.
    pub y: f64,
    /// Which part of the text lies at `x`.
    pub anchor: Anchor,
    /// What it is; the style sheet gives it its looks.
    pub class: &'static str,
    /// The text.
    pub text: String,
}

/// Which part of a text lies at its point.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Anchor {
    /// Its first letter.
    Start,
    /// Its middle.
    Middle,
    /// Its last letter.
    End,
}

/// A sign and its meaning.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Key {
    /// The class of the shape that it explains.
    pub class: &'static str,
    /// How it looks.
    pub sign: Sign,
    /// Its meaning.
    pub text: String,
}

/// A sign of a legend.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Sign {
    /// A filled box.
    Box,
    /// A ruled box.
    Ruled,
    /// A line.
    Line,
    /// A dot.
    Dot,
    /// A diamond.
    Diamond,
    /// A triangle.
    Triangle,
    /// A square.
    Square,
    /// A cross.
    Cross,
}

/// The values of a chart as text.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// A row for each value; as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Drawing {
    pub(crate) fn new(title: &str, size: (f64, f64)) -> Self {
        Self { width_px: size.0, height_px: size.1, title: title.to_owned(), ..Self::default() }
    }

    /// A picture that says why there is nothing to draw.
    pub(crate) fn nothing(title: &str, size: (f64, f64), why: &str) -> Self {
        let mut drawing = Self { is_empty: true, description: format!("{why}."), ..Self::new(title, size) };
        drawing.label((size.0 / 2.0, size.1 / 2.0), Anchor::Middle, "t m", why);
        drawing
    }

    /// Adds a shape, unless nothing of it was drawn.
    pub(crate) fn shape(&mut self, class: &'static str, path: Path) {
        if !path.0.is_empty() {
            self.shapes.push(Shape { class, path });
        }
    }

    pub(crate) fn label(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &'static str, text: impl Into<String>) {
        self.labels.push(Label { x, y, anchor, class, text: text.into() });
    }

    /// Explains a class, where something of it was drawn.
    pub(crate) fn key(&mut self, class: &'static str, sign: Sign, text: impl Into<String>) {
        if self.shapes.iter().any(|shape| shape.class == class) {
            self.keys.push(Key { class, sign, text: text.into() });
        }
    }
}

impl Path {
    pub(crate) fn to(&mut self, x: f64, y: f64) {
        self.0.push(Step::Line(x, y));
    }

    pub(crate) fn from(&mut self, x: f64, y: f64) {
        self.0.push(Step::Move(x, y));
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.from(from.0, from.1);
        self.to(to.0, to.1);
    }

    /// A line through points, a piece at least; nothing of fewer than one.
    pub(crate) fn through(&mut self, points: impl IntoIterator<Item = (f64, f64)>) {
        for (i, (x, y)) in points.into_iter().enumerate() {
            self.0.push(if i == 0 { Step::Move(x, y) } else { Step::Line(x, y) });
        }
    }

    fn polygon<const N: usize>(&mut self, (x, y): (f64, f64), corners: [(f64, f64); N]) {
        self.through(corners.into_iter().map(|(dx, dy)| (x + dx, y + dy)));
        self.0.push(Step::Close);
    }

    /// A line of no length: a round cap makes it a dot.
    pub(crate) fn dot(&mut self, (x, y): (f64, f64)) {
        self.line((x, y), (x, y));
    }

    pub(crate) fn bar(&mut self, left: f64, top: f64, right: f64, bottom: f64) {
        self.polygon((0.0, 0.0), [(left, top), (right, top), (right, bottom), (left, bottom)]);
    }

    pub(crate) fn close(&mut self) {
        self.0.push(Step::Close);
    }

    pub(crate) fn diamond(&mut self, at: (f64, f64), r: f64) {
        self.polygon(at, [(0.0, -r), (r, 0.0), (0.0, r), (-r, 0.0)]);
    }

    pub(crate) fn triangle(&mut self, at: (f64, f64), r: f64) {
        self.polygon(at, [(0.0, -r), (r, r * 0.8), (-r, r * 0.8)]);
    }

    pub(crate) fn square(&mut self, at: (f64, f64), r: f64) {
        self.polygon(at, [(-r, -r), (r, -r), (r, r), (-r, r)]);
    }

    pub(crate) fn cross(&mut self, (x, y): (f64, f64), r: f64) {
        self.line((x - r, y - r), (x + r, y + r));
        self.line((x - r, y + r), (x + r, y - r));
    }

    /// Lines that rise to the right, within a box.
    pub(crate) fn ruled(&mut self, left: f64, top: f64, right: f64, bottom: f64) {
        const APART_PX: f64 = 5.0;
        let n = ((right - left + bottom - top) / APART_PX).max(0.0) as usize;
        for i in 1..=n {
            // Along the line that begins so far right of the lower left corner, or above it.
            let c = i as f64 * APART_PX;
            let from = if c <= bottom - top { (left, bottom - c) } else { (left + c - (bottom - top), top) };
            let to = if c <= right - left { (left + c, bottom) } else { (right, bottom - (c - (right - left))) };
            self.line(from, to);
        }
    }
}
