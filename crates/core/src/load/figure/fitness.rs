use super::{Answer, Figure, FigureContext, FigureUnit, after};
use crate::doc::documented;
use crate::load::FormDay;
use crate::load::window::DAY_MISSING;

documented! {
    /// The mean of the daily load over the long run, 42 days by custom, in which later days weigh
    /// more:
    ///
    /// `fitness = fitness of the day before + alpha · (load − fitness of the day before)`
    ///
    /// Alpha, the number of days and what it starts from are the convention's; one convention takes
    /// the plain mean of its days. In the default it is answered from the 42nd day on. Then the
    /// start, which is 0 there, still weighs 37 %, and under a tenth from the 97th day on; so at
    /// first a steady runner's fitness seems to rise.
    ///
    /// **Limits**: it describes training. It measures neither how fit somebody is nor what tissue
    /// can bear. While days with a run of unknown load have more than 5 % of the weight, it is
    /// unknown; a lighter gap counts as the mean before it.
    ///
    /// **Source**: Banister et al. 1975 and Morton, Fitz-Clarke & Banister, Journal of Applied
    /// Physiology 1990;69:1171–1177, in the form of a mean that training software has made of it.
    pub static FITNESS: Figure {
        id: "fitness",
        name: "Fitness",
        aliases: &["CTL", "chronic training load", "LTS"],
        unit: FigureUnit::Loads,
        compute: fitness,
    }
}

documented! {
    /// The mean of the daily load over the short run, 7 days by custom, in which later days weigh
    /// more:
    ///
    /// `fatigue = fatigue of the day before + alpha · (load − fatigue of the day before)`
    ///
    /// Alpha, the number of days and what it starts from are the convention's; one convention takes
    /// the plain mean of its days. In the default it is answered from the 7th day on; the start,
    /// which is 0 there, weighs under a tenth from the 17th on.
    ///
    /// **Limits**: it describes training, and knows nothing of how tired somebody is, of sleep or
    /// of illness. While days with a run of unknown load have more than 5 % of the weight, it is
    /// unknown.
    ///
    /// **Source**: Banister et al. 1975 and Morton, Fitz-Clarke & Banister, Journal of Applied
    /// Physiology 1990;69:1171–1177, in the form of a mean that training software has made of it.
    pub static FATIGUE: Figure {
        id: "fatigue",
        name: "Fatigue",
        aliases: &["ATL", "acute training load", "STS"],
        unit: FigureUnit::Loads,
        compute: fatigue,
    }
}

documented! {
    /// Fitness less fatigue: of the day before (what the runner starts the day with) or of the same
    /// day, as the convention has it. Below 0 the last days were more than usual.
    ///
    /// Fitness is the mean of the daily load over some 42 days and fatigue that over some 7, later
    /// days weighing more.
    ///
    /// **Limits**: it describes training and measures no readiness to run or race. It is in the
    /// load's unit, so limits quoted for one load mean nothing for another. Unknown where fitness
    /// or fatigue is.
    ///
    /// **Source**: Banister et al. 1975 and Morton, Fitz-Clarke & Banister, Journal of Applied
    /// Physiology 1990;69:1171–1177, in the form of a mean that training software has made of it.
    pub static FORM: Figure {
        id: "form",
        name: "Form",
        aliases: &["TSB", "training stress balance"],
        unit: FigureUnit::Loads,
        compute: form,
    }
}

documented! {
    /// How much fitness, the mean of the daily load over some 42 days, has changed in 7 days.
    ///
    /// **Limits**: it describes training: load that comes on or goes off, and no change of what
    /// somebody can do. Limits that coaches quote (5 or 8 a week) are for scores in which an hour
    /// at threshold is 100, and rest on experience.
    ///
    /// **Source**: custom of training software; the mean goes back to Banister et al. 1975 and
    /// Morton, Fitz-Clarke & Banister, Journal of Applied Physiology 1990;69:1171–1177.
    pub static RAMP: Figure {
        id: "ramp",
        name: "Ramp",
        aliases: &["ramp rate"],
        unit: FigureUnit::Loads,
        compute: ramp,
    }
}

/// The days before which `fitness` and `fatigue` mostly show what they started from.
fn mean(ground: &FigureContext, days: f64) -> Vec<Answer<f64>> {
    let choice = ground.convention;
    after(days.ceil() as usize, ground, choice.mean.over(&ground.series.values(), days))
}

fn fitness(ground: &FigureContext) -> Vec<Answer<f64>> {
    mean(ground, ground.convention.fitness_days)
}

fn fatigue(ground: &FigureContext) -> Vec<Answer<f64>> {
    mean(ground, ground.convention.fatigue_days)
}

fn form(ground: &FigureContext) -> Vec<Answer<f64>> {
    let same_day = fitness(ground).into_iter().zip(fatigue(ground));
    let mut form: Vec<Answer<f64>> = same_day
        .map(|(fitness, fatigue)| fitness.and_then(|fit| fatigue.and_then(|tired| Answer::Known(fit - tired))))
        .collect();
    if ground.convention.form_day == FormDay::Previous && !form.is_empty() {
        form.pop();
        // Before the first day both stand at what they start from, which is one and the same.
        let start = ground.convention.mean.before(&ground.series.values());
        form.insert(0, if start.is_nan() { Answer::Undefined(DAY_MISSING) } else { Answer::Known(0.0) });
    }
    // Of the day before: one day more is there by now, and one more is needed.
    let days = ground.convention.fitness_days.ceil() as usize;
    match ground.convention.form_day {
        FormDay::Same => form,
        FormDay::Previous => after(days.saturating_add(1), ground, form),
    }
}

fn ramp(ground: &FigureContext) -> Vec<Answer<f64>> {
    let fitness = fitness(ground);
    let change = |i: usize| match i.checked_sub(7) {
        None => Answer::NeedsDays { needs: 8, has: i + 1 },
        Some(before) => fitness[before].and_then(|before| fitness[i].and_then(|now| Answer::Known(now - before))),
    };
    after(
        (ground.convention.fitness_days.ceil() as usize).saturating_add(7),
        ground,
        (0..fitness.len()).map(change).collect(),
    )
}
