use super::{Answer, Figure, FigureContext, FigureUnit, after};
use crate::doc::documented;
use crate::load::FormDay;
use crate::load::window::DAY_MISSING;

documented! {
    /// The average daily load over about 42 days, in which later days weigh more:
    ///
    /// `fitness = fitness of the day before + alpha · (load − fitness of the day before)`
    ///
    /// The convention sets alpha, the number of days and the start; one convention takes the plain
    /// mean of its days. In the default the start is 0. It weighs 37% after 42 days and less than a
    /// tenth after 97 days. Until then fitness is not shown: even a steady runner's would rise.
    /// Conventions of other programs show it from the first day, as those programs do; the table
    /// then gives the weight of the start.
    ///
    /// **Limits**: it describes training. It measures neither how fit somebody is nor what tissue
    /// can bear. Where days with a run of unknown load have more than 5% of the weight, it is
    /// unknown; a smaller gap counts as the mean before it.
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
    /// The average daily load over about 7 days, in which later days weigh more:
    ///
    /// `fatigue = fatigue of the day before + alpha · (load − fatigue of the day before)`
    ///
    /// The convention sets alpha, the number of days and the start; one convention takes the plain
    /// mean of its days. In the default the start is 0, and fatigue is shown from day 17, when the
    /// start weighs less than a tenth.
    ///
    /// **Limits**: it describes training. It does not measure tiredness, sleep or illness. Where
    /// days with a run of unknown load have more than 5% of the weight, it is unknown.
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
    /// Fitness minus fatigue: those of the day before (the runner's form in the morning) or of the
    /// same day; the convention decides. Below 0 the last days were more than usual.
    ///
    /// Fitness is the average daily load over about 42 days, fatigue that over about 7; later days
    /// weigh more. In the default form is shown from day 98: the day after fitness.
    ///
    /// **Limits**: it describes training and measures no readiness to run or race. It is in the
    /// load's unit, so limits quoted for one load mean nothing for another. It is unknown where
    /// fitness or fatigue is.
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
    /// The change in fitness, the average daily load over about 42 days, within 7 days. In the
    /// default it is shown from day 104: seven days after fitness.
    ///
    /// **Limits**: it describes training. It does not measure what somebody can do. Limits that
    /// coaches quote (5 or 8 a week) are for scores in which an hour at threshold is 100, and rest
    /// on experience.
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

fn mean(ground: &FigureContext, days: f64) -> Vec<Answer<f64>> {
    let mean = ground.convention.mean;
    after(mean.settled_days(days), ground, mean.over(&ground.series.values(), days))
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
        // Before the first day both have the value they start from, which is one and the same.
        let start = ground.convention.mean.before(&ground.series.values());
        form.insert(0, if start.is_nan() { Answer::Undefined(DAY_MISSING) } else { Answer::Known(0.0) });
    }
    // Of the day before: one day more is there by now, and one more is needed.
    match ground.convention.form_day {
        FormDay::Same => form,
        FormDay::Previous => after(fitness_settled(ground).saturating_add(1), ground, form),
    }
}

fn ramp(ground: &FigureContext) -> Vec<Answer<f64>> {
    let fitness = fitness(ground);
    let change = |i: usize| match i.checked_sub(7) {
        None => Answer::NeedsDays { needs: 8, has: i + 1 },
        Some(before) => fitness[before].and_then(|before| fitness[i].and_then(|now| Answer::Known(now - before))),
    };
    after(fitness_settled(ground).saturating_add(7), ground, (0..fitness.len()).map(change).collect())
}

/// The first day on which fitness is shown.
fn fitness_settled(ground: &FigureContext) -> usize {
    ground.convention.mean.settled_days(ground.convention.fitness_days)
}
