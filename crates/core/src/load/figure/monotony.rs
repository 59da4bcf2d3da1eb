use super::{Answer, Figure, FigureContext, FigureUnit};
use crate::doc::documented;
use crate::load::LevelWeek;
use crate::load::monotony::monotony;
use crate::load::window::trailing;
use kneewise_read::unit::Unit;

documented! {
    /// The similarity of the last 7 days: their mean load divided by its standard deviation, with
    /// days of rest counted as 0.
    ///
    /// `monotony = mean(load of 7 days) / SD(load of 7 days)`
    ///
    /// The convention sets the deviation, and the value of a week of equal days.
    ///
    /// **Limits**: its first study is about illness in 25 athletes; a link to injury is unproven.
    /// With one to three runs a week it mostly shows how many they were.
    ///
    /// **Source**: Foster, Medicine & Science in Sports & Exercise 1998;30:1164–1168; the printed
    /// example of Foster et al. 2001 takes the population's deviation.
    pub static MONOTONY: Figure {
        id: "monotony",
        name: "Monotony",
        aliases: &["training monotony"],
        unit: FigureUnit::Is(Unit::Ratio),
        compute: compute,
    }
}

documented! {
    /// The load of the last 7 days times their monotony, which is the mean of the seven over their
    /// standard deviation.
    ///
    /// **Limits**: a link to injury is unproven; the first study is about illness in 25 athletes.
    /// Limits quoted for it (4,500 or 6,000) are for session-RPE and mean nothing for other loads.
    ///
    /// **Source**: Foster, Medicine & Science in Sports & Exercise 1998;30:1164–1168.
    pub static STRAIN: Figure {
        id: "strain",
        name: "Strain",
        aliases: &["training strain"],
        unit: FigureUnit::Loads,
        compute: strain,
    }
}

const DAYS: usize = 7;

fn compute(ground: &FigureContext) -> Vec<Answer<f64>> {
    let choice = ground.convention;
    trailing(&ground.series.values(), DAYS, |week| match (monotony(week, choice.deviation), choice.level_week) {
        (Some(monotony), LevelWeek::Cap(most)) => Answer::Known(monotony.min(most)),
        (Some(monotony), _) => Answer::Known(monotony),
        (None, LevelWeek::Undefined) => Answer::Undefined("all days of the week are alike"),
        (None, LevelWeek::Cap(most)) => Answer::Known(if week.iter().all(|load| *load == 0.0) { 0.0 } else { most }),
        (None, LevelWeek::Zero) => Answer::Known(0.0),
    })
}

fn strain(ground: &FigureContext) -> Vec<Answer<f64>> {
    let sums = trailing(&ground.series.values(), DAYS, |week| Answer::Known(week.iter().sum()));
    let both = compute(ground).into_iter().zip(sums);
    both.map(|(monotony, sum)| monotony.and_then(|monotony| sum.and_then(|sum| Answer::Known(monotony * sum))))
        .collect()
}
