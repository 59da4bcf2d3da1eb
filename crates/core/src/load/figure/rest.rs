use super::{Answer, Figure, FigureContext, FigureUnit};
use crate::doc::documented;
use crate::load::window::trailing;
use kneewise_read::unit::Unit;

documented! {
    /// Days in a row with a run, up to today; 0 on a day without a run. A run over midnight counts
    /// on both days.
    ///
    /// **Limits**: other training is not seen. A streak that was running when the log begins looks
    /// shorter than it is.
    ///
    /// **Source**: none needed, a plain count.
    pub static RUN_STREAK: Figure {
        id: "run_streak_d",
        name: "Run streak",
        aliases: &[],
        unit: FigureUnit::Is(Unit::Days),
        compute: streak,
    }
}

documented! {
    /// Days without a run among the last 7, today included.
    ///
    /// **Limits**: other training is not seen, and neither are runs without a file.
    ///
    /// **Source**: none needed, a plain count.
    pub static REST_DAYS: Figure {
        id: "rest_days_7d",
        name: "Rest days of 7",
        aliases: &[],
        unit: FigureUnit::Is(Unit::Days),
        compute: rest_days,
    }
}

fn streak(ground: &FigureContext) -> Vec<Answer<f64>> {
    let days = ground.series.days.iter().scan(0_u32, |streak, day| {
        *streak = if day.is_rest { 0 } else { *streak + 1 };
        Some(Answer::Known(f64::from(*streak)))
    });
    days.collect()
}

fn rest_days(ground: &FigureContext) -> Vec<Answer<f64>> {
    let rest: Vec<f64> = ground.series.days.iter().map(|day| f64::from(u8::from(day.is_rest))).collect();
    trailing(&rest, 7, |week| Answer::Known(week.iter().sum()))
}
