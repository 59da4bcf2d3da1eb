//! The conventions that have a name.

use super::{Convention, Deviation, ExponentialRatio, FormDay, LevelWeek, Seed, Smoothing, TooLittle};
use crate::doc::documented;

/// Williams' exponential means for the ratio.
const WILLIAMS: ExponentialRatio = ExponentialRatio {
    smoothing: Smoothing::TwoOverNPlusOne,
    seed: Seed::FirstValue,
    acute_days: 7.0,
    chronic_days: 28.0,
};

documented! {
    /// The default. Fitness and fatigue are answered when their days are full: until then the start, 0, shows through. The ratio of
    /// exponential means follows Williams et al., British Journal of Sports Medicine 2017;51:209–210. The deviation is the
    /// population's, the only one that gives the 1.26 which Foster et al. 2001 print.
    pub static KNEEWISE: Convention {
        id: "kneewise",
        name: "kneewise",
        smoothing: Smoothing::ExpOneOverN,
        seed: Seed::Zero,
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Previous,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Undefined,
        too_little: TooLittle::Withheld,
    }
}

documented! {
    /// GoldenCheetah's performance manager: its balance of a day is that of the day before. It has no ratio and no monotony;
    /// there the defaults stand. **Read in** `PMCData.cpp`.
    pub static GOLDENCHEETAH: Convention {
        id: "goldencheetah",
        name: "GoldenCheetah",
        smoothing: Smoothing::ExpOneOverN,
        seed: Seed::Zero,
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Previous,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Undefined,
        too_little: TooLittle::Shown,
    }
}

documented! {
    /// Elevate's fitness trend: form is yesterday's. It has no ratio and no monotony; there the defaults stand. **Read in**
    /// `fitness.service.ts`.
    pub static ELEVATE: Convention {
        id: "elevate",
        name: "Elevate",
        smoothing: Smoothing::ExpOneOverN,
        seed: Seed::Zero,
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Previous,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Undefined,
        too_little: TooLittle::Shown,
    }
}

documented! {
    /// Runalyze's open code of 2019: spans instead of time constants, form of the same day, monotony of the population and at
    /// most 10. It has no ratio; there the defaults stand. **Read in** `TsbModel.php` and `Monotony.php`.
    pub static RUNALYZE: Convention {
        id: "runalyze",
        name: "Runalyze (2019)",
        smoothing: Smoothing::TwoOverNPlusOne,
        seed: Seed::Zero,
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Same,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Cap(10.0),
        too_little: TooLittle::Shown,
    }
}

documented! {
    /// Dreeve (once Statistics for Strava): begins with the first day's load, form of the same day; its ratio is fatigue over
    /// fitness, which `ratio_exponential` is here. Monotony of equal days is 0. **Read in** `TrainingMetrics.php`.
    pub static DREEVE: Convention {
        id: "dreeve",
        name: "Dreeve",
        smoothing: Smoothing::ExpOneOverN,
        seed: Seed::FirstValue,
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Same,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: ExponentialRatio {
            smoothing: Smoothing::ExpOneOverN,
            seed: Seed::FirstValue,
            acute_days: 7.0,
            chronic_days: 42.0,
        },
        deviation: Deviation::Population,
        level_week: LevelWeek::Zero,
        too_little: TooLittle::Shown,
    }
}

documented! {
    /// The R package Athlytics: coupled means over 7 and 28 days; exponential means by half-lives of 3.5 and 14 days from the
    /// first load on. It has no form and no monotony; fitness and fatigue here have the default's days as half-lives. **Read in**
    /// `calculate_acwr_ewma.R`. The mean of seven ratios that it also draws is not made.
    pub static ATHLYTICS: Convention {
        id: "athlytics",
        name: "Athlytics",
        smoothing: Smoothing::HalfLife,
        seed: Seed::FirstValue,
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Same,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: ExponentialRatio {
            smoothing: Smoothing::HalfLife,
            seed: Seed::FirstValue,
            acute_days: 3.5,
            chronic_days: 14.0,
        },
        deviation: Deviation::Population,
        level_week: LevelWeek::Undefined,
        too_little: TooLittle::Shown,
    }
}

documented! {
    /// TrainingPeaks' performance management chart, as its texts describe it: today's weight is 1/N, form is yesterday's fitness
    /// less yesterday's fatigue. It has no ratio and no monotony; there the defaults stand. **Read in** texts, for the
    /// program is closed.
    pub static TRAININGPEAKS: Convention {
        id: "trainingpeaks",
        name: "TrainingPeaks",
        smoothing: Smoothing::OneOverN,
        seed: Seed::Zero,
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Previous,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Undefined,
        too_little: TooLittle::Shown,
    }
}
