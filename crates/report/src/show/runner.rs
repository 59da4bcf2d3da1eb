//! What is reckoned with of the runner, and who said so.

use kneewise_core::runner::{About, Origin, Sex, Sourced};
use kneewise_core::{Run, Runner};
use kneewise_read::unit::{Unit, Units};

use crate::outline::Block;

/// One thing that is known of the runner.
pub(super) struct Known {
    /// The stable name in data, unit included.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    pub value: Value,
    pub by: Origin,
}

#[derive(Clone, Copy)]
pub(super) enum Value {
    Number(f64, Unit),
    Sex(Sex),
}

/// What is known of the runner for a run.
pub(super) fn known(run: &Run, runner: &Runner) -> Vec<Known> {
    let About {
        height_m,
        sex,
        max_heart_rate_bpm,
        resting_heart_rate_bpm,
        first_threshold_bpm,
        second_threshold_bpm,
        threshold_speed_mps,
    } = runner.about(run);
    let number = |id, name, unit, said: Option<Sourced<f64>>| {
        said.map(|Sourced { value, by }| Known { id, name, value: Value::Number(value, unit), by })
    };
    let bpm = |id, name, said| number(id, name, Unit::BeatsPerMinute, said);
    let sex = sex.map(|Sourced { value, by }| Known { id: "sex", name: "Sex", value: Value::Sex(value), by });
    [
        number("height_m", "Height", Unit::Metres, height_m),
        sex,
        bpm("max_heart_rate_bpm", "Highest heart rate", max_heart_rate_bpm),
        bpm("resting_heart_rate_bpm", "Resting heart rate", resting_heart_rate_bpm),
        bpm("first_threshold_bpm", "First threshold", first_threshold_bpm),
        bpm("second_threshold_bpm", "Second threshold", second_threshold_bpm),
        number("threshold_speed_mps", "Threshold pace", Unit::MetresPerSecond, threshold_speed_mps),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn blocks(run: &Run, runner: &Runner, units: Units) -> Vec<Block> {
    let known = known(run, runner);
    if known.is_empty() {
        return Vec::new();
    }
    let is_of_watch = known.iter().any(|known| known.by == Origin::Watch);
    let facts =
        known.into_iter().map(|known| (known.name.to_owned(), format!("{} · {}", text(known.value, units), known.by)));
    let mut blocks = vec![Block::Facts(facts.collect())];
    if is_of_watch {
        let about =
            "Watches start with limits by age and change them automatically; options such as --max-hr take precedence.";
        blocks.push(Block::Aside(about.to_owned()));
    }
    blocks
}

fn text(value: Value, units: Units) -> String {
    match value {
        Value::Number(metres, Unit::Metres) => height(metres, units),
        Value::Number(mps, Unit::MetresPerSecond) => units.pace_at(mps),
        Value::Number(value, unit) => format!("{value:.0} {unit}"),
        Value::Sex(sex) => name(sex).to_owned(),
    }
}

pub(super) fn name(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "female",
        Sex::Male => "male",
    }
}

/// The height of a person: `1.75 m`, `5 ft 9 in`.
fn height(metres: f64, units: Units) -> String {
    const METRES_PER_INCH: f64 = 0.0254;
    match units {
        Units::Metric => format!("{metres:.2} m"),
        Units::Imperial => {
            let inches = (metres / METRES_PER_INCH).round();
            format!("{:.0} ft {:.0} in", (inches / 12.0).floor(), inches % 12.0)
        }
    }
}
