//! The conventions that have a name.

use super::{
    Convention, Deviation, ExponentialRatio, FormDay, HeartLoad, HeartRates, HeartWeight, Lack, LevelWeek, Mean, Seed,
    Smoothing, TooLittle,
};
use crate::doc::documented;
use crate::load::trimp::Banister;

/// Williams' exponential means for the ratio.
const WILLIAMS: ExponentialRatio = ExponentialRatio {
    smoothing: Smoothing::TwoOverNPlusOne,
    seed: Seed::FirstValue,
    acute_days: 7.0,
    chronic_days: 28.0,
};

/// Banister's weights, over the time at each heart rate.
const BANISTER: HeartLoad = HeartLoad {
    weight: HeartWeight::Banister { men: Banister::MEN, women: Banister::WOMEN, unknown: None },
    over: HeartRates::Each,
};
/// The men's factor for both sexes.
const ONE_FACTOR: HeartWeight =
    HeartWeight::Banister { men: Banister::MEN, women: Banister::WOMEN_GOLDENCHEETAH, unknown: None };
/// The same, which takes who is not known to be a woman for a man.
const ONE_FACTOR_OR_MAN: HeartWeight =
    HeartWeight::Banister { men: Banister::MEN, women: Banister::WOMEN_GOLDENCHEETAH, unknown: Some(Banister::MEN) };

/// Ratios of rolling means, and the band of one.
const ROLLING_RATIOS: [&str; 4] = ["ratio_coupled", "ratio_coupled_low", "ratio_coupled_high", "ratio_uncoupled"];
/// These and the one of exponential means.
const ALL_RATIOS: [&str; 5] =
    ["ratio_coupled", "ratio_coupled_low", "ratio_coupled_high", "ratio_uncoupled", "ratio_exponential"];
/// Monotony and what is made of it.
const MONOTONY: [&str; 2] = ["monotony", "strain"];

documented! {
    /// The default. Fitness and fatigue are shown once their start, 0, weighs a tenth or less. The
    /// deviation is the population's, the only one that gives the 1.26 that Foster et al. 2001
    /// print.
    ///
    /// **Limits**: this is a choice among customs. No study shows one of them to be better for
    /// runners.
    ///
    /// **Source**: our own choice; the ratio of exponential means is that of Williams et al.,
    /// British Journal of Sports Medicine 2017;51:209–210, the deviation that of Foster et al.,
    /// Journal of Strength and Conditioning Research 2001;15(1):109–115.
    pub static KNEEWISE: Convention {
        id: "kneewise",
        name: "kneewise",
        mean: Mean::Exponential { smoothing: Smoothing::ExpOneOverN, seed: Seed::Zero },
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Previous,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Cap(10.0),
        too_little: TooLittle::Withheld,
        heart_load: BANISTER,
        lacks: &[],
    }
}

documented! {
    /// GoldenCheetah's performance manager: its balance of a day is that of the day before. Its
    /// TRIMP uses the mean heart rate, with one factor for both sexes; a runner of unknown sex
    /// counts as a man.
    ///
    /// **Limits**: the choices of the table are followed and nothing else of the program: not how
    /// it reads files, nor its own scores.
    ///
    /// **Source**: read in `PMCData.cpp` and `TRIMPPoints.cpp`.
    pub static GOLDENCHEETAH: Convention {
        id: "goldencheetah",
        name: "GoldenCheetah",
        mean: Mean::Exponential { smoothing: Smoothing::ExpOneOverN, seed: Seed::Zero },
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Previous,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Undefined,
        too_little: TooLittle::Shown,
        heart_load: HeartLoad { weight: ONE_FACTOR_OR_MAN, over: HeartRates::Mean },
        lacks: &[
            Lack { figures: &ALL_RATIOS, why: "GoldenCheetah has no load ratio" },
            Lack { figures: &MONOTONY, why: "GoldenCheetah has no monotony" },
        ],
    }
}

documented! {
    /// Elevate's fitness trend: form is yesterday's. Its TRIMP has one factor for both sexes. Its
    /// HRSS, a TRIMP divided by that of an hour at threshold, is `hr_stress` here.
    ///
    /// **Limits**: the choices of the table are followed and nothing else of the program: not how
    /// it reads files, nor its own scores.
    ///
    /// **Source**: read in `fitness.service.ts`.
    pub static ELEVATE: Convention {
        id: "elevate",
        name: "Elevate",
        mean: Mean::Exponential { smoothing: Smoothing::ExpOneOverN, seed: Seed::Zero },
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Previous,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Undefined,
        too_little: TooLittle::Shown,
        heart_load: HeartLoad { weight: ONE_FACTOR, over: HeartRates::Each },
        lacks: &[
            Lack { figures: &ALL_RATIOS, why: "Elevate has no load ratio" },
            Lack { figures: &MONOTONY, why: "Elevate has no monotony" },
            Lack { figures: &["ramp"], why: "Elevate has no ramp" },
        ],
    }
}

documented! {
    /// Runalyze's open code of 2019: spans instead of time constants, form of the same day,
    /// monotony of the population and at most 10. Its TRIMP has its own constants for women and for
    /// runners of unknown sex.
    ///
    /// **Limits**: the choices of the table are followed and nothing else of the program: not how
    /// it reads files, nor its own scores.
    ///
    /// **Source**: read in `TsbModel.php` and `Monotony.php`.
    pub static RUNALYZE: Convention {
        id: "runalyze",
        name: "Runalyze (2019)",
        mean: Mean::Exponential { smoothing: Smoothing::TwoOverNPlusOne, seed: Seed::Zero },
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Same,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Cap(10.0),
        too_little: TooLittle::Shown,
        heart_load: HeartLoad {
            weight: HeartWeight::Banister {
                men: Banister::MEN,
                women: Banister::WOMEN_RUNALYZE,
                unknown: Some(Banister::UNKNOWN_RUNALYZE),
            },
            over: HeartRates::Each,
        },
        lacks: &[
            Lack { figures: &ALL_RATIOS, why: "Runalyze's code of 2019 has no load ratio" },
            Lack { figures: &["ramp"], why: "Runalyze's code of 2019 has no ramp" },
        ],
    }
}

documented! {
    /// Dreeve (once Statistics for Strava): begins with the first day's load, form of the same day;
    /// its ratio is fatigue over fitness, which `ratio_exponential` is here. Monotony of equal days
    /// is 0. Its score by heart rate is `hr_stress` here, of the mean heart rate and with the
    /// default's weights; `trimp_banister` is a number that it never shows.
    ///
    /// **Limits**: the choices of the table are followed and nothing else of the program: not how
    /// it reads files, nor its own scores.
    ///
    /// **Source**: read in `TrainingMetrics.php`.
    pub static DREEVE: Convention {
        id: "dreeve",
        name: "Dreeve",
        mean: Mean::Exponential { smoothing: Smoothing::ExpOneOverN, seed: Seed::FirstValue },
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
        heart_load: HeartLoad { over: HeartRates::Mean, ..BANISTER },
        lacks: &[
            Lack { figures: &ROLLING_RATIOS, why: "Dreeve's ratio is of exponential means" },
            Lack { figures: &["ramp"], why: "Dreeve has no ramp" },
        ],
    }
}

documented! {
    /// The R package Athlytics: fitness and fatigue, its chronic and acute load, are plain means of
    /// the last 28 and 7 days, and the coupled ratio is made of them; exponential means by
    /// half-lives of 3.5 and 14 days from the first load on are for `ratio_exponential`. The mean
    /// of seven ratios that it also draws is not made. Its load by heart rate is minutes times the
    /// share of the reserve.
    ///
    /// **Limits**: the choices of the table are followed and nothing else of the program: not how
    /// it reads files, nor its own scores.
    ///
    /// **Source**: read in `calculate_acwr_ewma.R`.
    pub static ATHLYTICS: Convention {
        id: "athlytics",
        name: "Athlytics",
        mean: Mean::Rolling,
        fitness_days: 28.0,
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
        heart_load: HeartLoad { weight: HeartWeight::Linear, over: HeartRates::Mean },
        lacks: &[
            Lack { figures: &["form"], why: "Athlytics has no form" },
            Lack { figures: &["ramp"], why: "Athlytics has no ramp" },
            Lack { figures: &["ratio_uncoupled"], why: "Athlytics has no uncoupled ratio" },
            Lack {
                figures: &["ratio_coupled_low", "ratio_coupled_high"],
                why: "Athlytics has a band of its exponential ratio only",
            },
            Lack { figures: &MONOTONY, why: "Athlytics has no monotony" },
        ],
    }
}

documented! {
    /// TrainingPeaks' performance management chart, as its texts describe it: today's weight is
    /// 1/N, form is yesterday's fitness less yesterday's fatigue. Its score by heart rate is not
    /// public: `trimp_banister` and `hr_stress` are the default's.
    ///
    /// **Limits**: the choices of the table are followed and nothing else of the program: not how
    /// it reads files, nor its own scores.
    ///
    /// **Source**: its published texts; the program is closed.
    pub static TRAININGPEAKS: Convention {
        id: "trainingpeaks",
        name: "TrainingPeaks",
        mean: Mean::Exponential { smoothing: Smoothing::OneOverN, seed: Seed::Zero },
        fitness_days: 42.0,
        fatigue_days: 7.0,
        form_day: FormDay::Previous,
        acute_days: 7,
        chronic_days: 28,
        exponential_ratio: WILLIAMS,
        deviation: Deviation::Population,
        level_week: LevelWeek::Undefined,
        too_little: TooLittle::Shown,
        heart_load: BANISTER,
        lacks: &[
            Lack { figures: &ALL_RATIOS, why: "TrainingPeaks' texts name no load ratio" },
            Lack { figures: &MONOTONY, why: "TrainingPeaks' texts name no monotony" },
        ],
    }
}
