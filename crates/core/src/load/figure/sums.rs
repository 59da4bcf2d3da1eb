use super::{Answer, Figure, FigureContext, FigureUnit};
use crate::doc::documented;
use crate::load::window::trailing;

documented! {
    /// The load of the last 7 days, today included.
    ///
    /// **Limits**: unknown where a run of these days has no value of the load. A day without a file
    /// is a day of rest: runs that were not recorded are not seen.
    ///
    /// **Source**: none needed, a plain sum.
    pub static SUM_7: Figure {
        id: "sum_7d",
        name: "Load of 7 days",
        aliases: &[],
        unit: FigureUnit::Loads,
        compute: |ground| sums(ground, 7),
    }
}

documented! {
    /// The load of the last 14 days, today included.
    ///
    /// **Limits**: unknown where a run of these days has no value of the load. Runs that were not
    /// recorded are not seen.
    ///
    /// **Source**: none needed, a plain sum.
    pub static SUM_14: Figure {
        id: "sum_14d",
        name: "Load of 14 days",
        aliases: &[],
        unit: FigureUnit::Loads,
        compute: |ground| sums(ground, 14),
    }
}

documented! {
    /// The load of the last 28 days, today included.
    ///
    /// **Limits**: unknown where a run of these days has no value of the load. Runs that were not
    /// recorded are not seen.
    ///
    /// **Source**: none needed, a plain sum.
    pub static SUM_28: Figure {
        id: "sum_28d",
        name: "Load of 28 days",
        aliases: &[],
        unit: FigureUnit::Loads,
        compute: |ground| sums(ground, 28),
    }
}

fn sums(ground: &FigureContext, days: usize) -> Vec<Answer<f64>> {
    trailing(&ground.series.values(), days, |window| Answer::Known(window.iter().sum()))
}
