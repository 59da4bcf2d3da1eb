//! Every colour and size of the charts.

#![expect(clippy::unreadable_literal, reason = "colours are read as the web writes them")]

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

/// A colour on white, and the one that stands for it on a dark page. The hues are of the Okabe–Ito
/// palette, which people with any colour vision tell apart, darkened where white asks for it.
pub(super) struct Ink {
    pub light: RGBColor,
    dark: RGBColor,
}

impl Ink {
    pub(super) fn fill(&self) -> ShapeStyle {
        self.light.filled()
    }

    pub(super) fn line(&self, width_px: u32) -> ShapeStyle {
        self.light.stroke_width(width_px)
    }
}

pub(super) static GROUND: Ink = ink(0xFFFFFF, 0x161B22);
pub(super) static TEXT: Ink = ink(0x1F2328, 0xE6EDF3);
pub(super) static QUIET: Ink = ink(0x59636E, 0x9AA4AE);
pub(super) static GRID: Ink = ink(0xE6E9EC, 0x262D36);
pub(super) static AXIS: Ink = ink(0xAFB8C1, 0x4A535E);
pub(super) static LIMIT: Ink = ink(0x8C959F, 0x6E7681);
/// Bars, and lines through points.
pub(super) static MAIN: Ink = ink(0x0072B2, 0x56B4E9);
/// An area that values usually lie in.
pub(super) static BAND: Ink = ink(0xE3EEF5, 0x1B2F3D);
pub(super) static PART: Ink = ink(0xA5C8DE, 0x2C566F);
pub(super) static POINT: Ink = ink(0x7C98AB, 0x6E8798);
pub(super) static NOTICE: Ink = ink(0xC77700, 0xF0B04A);
pub(super) static ELEVATED: Ink = ink(0xB3261E, 0xFF8F7D);

static INKS: [&Ink; 12] =
    [&GROUND, &TEXT, &QUIET, &GRID, &AXIS, &LIMIT, &MAIN, &BAND, &PART, &POINT, &NOTICE, &ELEVATED];

const fn ink(light: u32, dark: u32) -> Ink {
    const fn rgb(hex: u32) -> RGBColor {
        RGBColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
    }
    Ink { light: rgb(light), dark: rgb(dark) }
}

/// Style rules that turn a chart dark.
pub(crate) fn dark_ink() -> String {
    let hex = |color: RGBColor| format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2);
    let rule = |ink: &&Ink| {
        let (light, dark) = (hex(ink.light), hex(ink.dark));
        format!("svg [fill=\"{light}\"] {{ fill: {dark}; }} svg [stroke=\"{light}\"] {{ stroke: {dark}; }}\n")
    };
    INKS.iter().map(rule).collect()
}

const TITLE_PX: f64 = 16.0;
pub(super) const LABEL_PX: f64 = 12.0;
/// A letter's width, of its size; generous, for the font is the reader's.
pub(super) const LETTER: f64 = 0.56;
pub(super) const MARGIN_PX: i32 = 12;
/// The middle of the first line of the legend, and from line to line.
pub(super) const LEGEND_PX: i32 = 44;
pub(super) const LEGEND_LINE_PX: i32 = 18;
pub(super) const X_AREA_PX: u32 = 42;
pub(super) const Y_AREA_PX: u32 = 68;
/// Room at the right for half of the last date below the axis.
pub(super) const LAST_LABEL_PX: u32 = 28;

/// Room at the right for the labels of limits.
pub(super) const LIMIT_PX: u32 = 40;
/// A label of a day, and one of a value, take so much room.
pub(super) const DAY_LABEL_PX: usize = 72;
pub(super) const VALUE_LABEL_PX: usize = 36;

/// The radius of a dot: a year of runs on a phone needs smaller ones.
pub(super) fn dot_px(canvas_width_px: u32) -> u32 {
    if canvas_width_px < 600 { 2 } else { 3 }
}

/// Fonts are those of the reader's system. The SVG backend divides sizes by 1.24.
fn font<'a>(size_px: f64, style: FontStyle, ink: &Ink) -> TextStyle<'a> {
    ("system-ui, sans-serif", size_px * 1.24, style).into_font().color(&ink.light)
}

/// A title.
pub(super) fn title<'a>() -> TextStyle<'a> {
    font(TITLE_PX, FontStyle::Bold, &TEXT)
}

/// Text in small type.
pub(super) fn small<'a>(ink: &Ink) -> TextStyle<'a> {
    font(LABEL_PX, FontStyle::Normal, ink)
}

/// Text in small type, anchored at its left, middle or right end and its vertical middle.
pub(super) fn label<'a>(ink: &Ink, at: HPos) -> TextStyle<'a> {
    small(ink).pos(Pos::new(at, VPos::Center))
}
