//! A drawing as SVG. Classes carry its looks: a style sheet gives colours for light, dark and
//! print.

use std::fmt::Write as _;

use super::drawing::{Anchor, Drawing, Key, Path, Sign, Step};

/// The looks of every class of a chart.
pub(crate) const STYLE: &str = include_str!("../../templates/chart.css");

/// The colours of a chart in a file of its own, which is light everywhere.
pub(super) const LIGHT: &str = include_str!("../../templates/light.css");

/// The margins of a file (pixels), with the title above the drawing.
pub(super) const SIDE_PX: f64 = 14.0;
pub(super) const ABOVE_PX: f64 = 34.0;
const BELOW_PX: f64 = 8.0;
/// Where the title stands (pixels).
pub(super) const TITLE_PX: f64 = -16.0;

/// The size of a file with its margins (pixels).
#[cfg(feature = "png")]
pub(super) fn file_size(drawing: &Drawing) -> (f64, f64) {
    (drawing.width_px + 2.0 * SIDE_PX, drawing.height_px + ABOVE_PX + BELOW_PX)
}

/// An SVG file that needs nothing else.
pub(super) fn file(drawing: &Drawing) -> String {
    // Elements of a document in HTML, which this is not.
    let looks = format!("svg{{{LIGHT}background:var(--card)}}{STYLE}");
    let title = format!("<text class=\"b\" x=\"0\" y=\"{}\">{}</text>", px(TITLE_PX), escaped(&drawing.title));
    let first = format!("<style>{}</style>{title}{}", looks.replace('\n', ""), drawn_keys(drawing));
    let inner = element(drawing, "", &first);
    let (width, height) = (px(drawing.width_px + 2.0 * SIDE_PX), px(drawing.height_px + ABOVE_PX + BELOW_PX));
    let seen = format!("viewBox=\"{} {} {width} {height}\"", px(-SIDE_PX), px(-ABOVE_PX));
    let whole = format!("viewBox=\"0 0 {} {}\"", px(drawing.width_px), px(drawing.height_px));
    let begin = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" ");
    inner.replacen("<svg ", &begin, 1).replacen(&whole, &seen, 1) + "\n"
}

/// An element for a page.
pub(crate) fn inline(drawing: &Drawing, class: &str) -> String {
    element(drawing, class, "")
}

fn element(drawing: &Drawing, class: &str, first: &str) -> String {
    let mut svg =
        format!("<svg class=\"chart {class}\" viewBox=\"0 0 {} {}\"", px(drawing.width_px), px(drawing.height_px));
    if !drawing.rows_x.is_empty() {
        let xs: Vec<String> = drawing.rows_x.iter().map(|x| px(*x)).collect();
        let (top, bottom) = drawing.plotted_y;
        let _ = write!(svg, " data-x=\"{}\" data-y=\"{} {}\"", xs.join(" "), px(top), px(bottom));
    }
    let _ = write!(
        svg,
        " role=\"img\"><title>{}</title><desc>{}</desc>{first}",
        escaped(&drawing.title),
        escaped(&drawing.description)
    );
    for shape in &drawing.shapes {
        let _ = write!(svg, "<path class=\"{}\" d=\"{}\"/>", shape.class, outline(&shape.path));
    }
    for label in &drawing.labels {
        let anchor = match label.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y) = (px(label.x), px(label.y));
        let _ =
            write!(svg, "<text class=\"{}\" x=\"{x}\" y=\"{y}\"{anchor}>{}</text>", label.class, escaped(&label.text));
    }
    svg + "</svg>"
}

/// The signs of a file and where each begins, in its upper right corner; none where they do not
/// fit.
pub(super) fn file_keys(drawing: &Drawing) -> Vec<(&Key, f64)> {
    const CHARACTER_PX: f64 = 6.3;
    let width = |key: &Key| key.text.chars().count() as f64 * CHARACTER_PX + 38.0;
    let mut x = drawing.width_px - drawing.keys.iter().map(width).sum::<f64>();
    if x < 110.0 {
        return Vec::new();
    }
    let place = |key| {
        let at = x;
        x += width(key);
        (key, at)
    };
    drawing.keys.iter().map(place).collect()
}

fn drawn_keys(drawing: &Drawing) -> String {
    let mut keys = String::new();
    for (key, x) in file_keys(drawing) {
        let (at, text) = (px(x), escaped(&key.text));
        let _ = write!(
            keys,
            "<g transform=\"translate({at} 1)\"><path class=\"{}\" d=\"{}\"/><text class=\"t m\" x=\"22\" y=\"11\">{text}</text></g>",
            key.class,
            outline(&sign(key.sign))
        );
    }
    keys
}

/// The outline of a sign, 18 by 14 pixels.
#[cfg(feature = "png")]
pub(super) fn outline_of(key: &Key) -> Path {
    sign(key.sign)
}

/// A sign for a legend, 18 by 14 pixels.
pub(crate) fn key(key: &Key) -> String {
    format!(
        "<svg class=\"chart k\" viewBox=\"0 0 18 14\" aria-hidden=\"true\"><path class=\"{}\" d=\"{}\"/></svg>",
        key.class,
        outline(&sign(key.sign))
    )
}

fn sign(sign: Sign) -> Path {
    let mut path = Path::default();
    let middle = (9.0, 7.0);
    match sign {
        Sign::Box => path.bar(2.0, 2.0, 16.0, 12.0),
        Sign::Ruled => path.ruled(2.0, 2.0, 16.0, 12.0),
        Sign::Line => path.line((1.0, 7.0), (17.0, 7.0)),
        Sign::Dot => path.dot(middle),
        Sign::Diamond => path.diamond(middle, 5.0),
        Sign::Triangle => path.triangle(middle, 4.5),
        Sign::Square => path.square(middle, 3.0),
        Sign::Cross => path.cross(middle, 3.5),
    }
    path
}

fn outline(path: &Path) -> String {
    let mut text = String::new();
    let mut last = (f64::NAN, f64::NAN);
    for step in &path.0 {
        match *step {
            Step::Move(x, y) => {
                let _ = write!(text, "M{} {}", px(x), px(y));
                last = (x, y);
            }
            Step::Line(x, y) => {
                let _ = match (x == last.0, y == last.1) {
                    (true, true) => write!(text, "h0"),
                    (true, false) => write!(text, "V{}", px(y)),
                    (false, true) => write!(text, "H{}", px(x)),
                    (false, false) => write!(text, "L{} {}", px(x), px(y)),
                };
                last = (x, y);
            }
            Step::Close => text.push('z'),
        }
    }
    text
}

/// Pixels to the tenth.
fn px(value: f64) -> String {
    let text = crate::words::decimals(value, 1);
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// A text between tags or in an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
