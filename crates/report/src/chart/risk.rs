//! Twice 1,000 runs as dots: overuse injuries after usual runs, and after longer ones.

use super::drawing::{Anchor, Drawing, Path, Sign, Table};
use super::{Chart, Data, View};

pub(crate) static RISK: Chart =
    Chart { name: "risk", title: "Overuse injuries in 1,000 runs, in one large study", draw };

/// Of 588,071 runs 1,820 were followed by an injury, 72% of them overuse: 2.2 in 1,000 (Frandsen
/// 2025). The rates below are times that, with the ends of their 95% intervals.
const USUAL: f64 = 1000.0 * 0.72 * 1820.0 / 588_071.0;
const LONGER: [f64; 3] = [1.16, 1.52, 2.00];

/// Dots in a row.
const COLUMNS: usize = 40;
const ROWS: usize = 25;
const N: usize = COLUMNS * ROWS;
const HEAD_PX: f64 = 40.0;
const GAP_PX: f64 = 34.0;

fn draw(_: &Data, view: &View) -> Drawing {
    let width = view.width_px.min(760.0);
    let is_small = view.is_small();
    let square = if is_small { width } else { (width - GAP_PX) / 2.0 };
    let pitch = square / COLUMNS as f64;
    let height = pitch * ROWS as f64;
    let total = if is_small { 2.0 * (height + HEAD_PX) + 8.0 } else { height + HEAD_PX + 4.0 };
    let mut drawing = Drawing::new(RISK.title, (width, total));
    let second = if is_small { (0.0, height + HEAD_PX + 6.0) } else { (square + GAP_PX, 0.0) };
    let (mut people, mut hit, mut perhaps) = <(Path, Path, Path)>::default();
    let [low, middle, high] = LONGER.map(|times| times * USUAL);
    for ((x, y), rate, upper) in [((0.0, 0.0), USUAL, None), (second, middle, Some(high))] {
        let places = places(upper.unwrap_or(rate).ceil() as usize);
        for i in 0..N {
            let at = (
                x + (i % COLUMNS) as f64 * pitch + pitch / 2.0,
                y + HEAD_PX + (i / COLUMNS) as f64 * pitch + pitch / 2.0,
            );
            match places.iter().position(|place| *place == i) {
                Some(k) if k < rate.round() as usize => hit.dot(at),
                Some(_) if upper.is_some() => {
                    people.dot(at);
                    perhaps.square(at, pitch * 0.46);
                }
                _ => people.dot(at),
            }
        }
        let head = if upper.is_none() { "up to 1.10 times the longest" } else { "1.30 to 2.00 times the longest" };
        drawing.label((x, y + 14.0), Anchor::Start, "t b", head);
        let text = match upper {
            None => format!("about {rate:.1} of 1,000 runs"),
            Some(_) => format!("about {rate:.1} of 1,000 runs ({low:.1} to {high:.1})"),
        };
        drawing.label((x, y + 30.0), Anchor::Start, "t m", text);
    }
    drawing.shape("person", people);
    drawing.shape("injured", hit);
    drawing.shape("perhaps", perhaps);
    drawing.key("person", Sign::Dot, "a run without an overuse injury");
    drawing.key("injured", Sign::Dot, "a run with one");
    drawing.key("perhaps", Sign::Square, "up to the upper end of the interval");
    drawing.description = format!(
        "Most runs of both kinds were followed by no injury. Derived from 1,820 injuries, 72% of them overuse, in \
         588,071 runs of 5,205 runners: {USUAL:.1} in 1,000. Runs 1.30 to 2.00 times the longest of 30 days had \
         1.52 times the rate (95% interval 1.16 to 2.00): {middle:.1} in 1,000, {low:.1} to {high:.1}. A crude average, \
         not yours."
    );
    drawing.table = Table {
        header: ["Runs", "Overuse injuries in 1,000", "Interval"].map(str::to_owned).to_vec(),
        rows: vec![
            vec!["up to 1.10 times the longest".to_owned(), format!("{USUAL:.1}"), "–".to_owned()],
            vec!["1.30 to 2.00 times".to_owned(), format!("{middle:.1}"), format!("{low:.1} to {high:.1}")],
        ],
    };
    drawing
}

/// Fixed places, spread as injuries are.
fn places(n: usize) -> Vec<usize> {
    (0..n).map(|k| (k * 389 + 217) % N).collect()
}
