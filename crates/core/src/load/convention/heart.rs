use crate::load::trimp::Banister;
use crate::runner::Sex;

/// How minutes and heart rates become the load `trimp_banister`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeartLoad {
    /// What a minute adds by the share `x` of the heart rate reserve.
    pub weight: HeartWeight,
    /// Over which heart rates it is worked out.
    pub over: HeartRates,
}

/// What a minute adds by the share `x` of the heart rate reserve, 0 at rest and 1 at the highest
/// heart rate.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum HeartWeight {
    /// `x · a · e^(b·x)`
    Banister {
        /// For men.
        men: Banister,
        /// For women.
        women: Banister,
        /// Where the runner's sex is not known; `None` where there is no load then.
        unknown: Option<Banister>,
    },
    /// `x`
    Linear,
}

/// Over which heart rates of a run a load is worked out. The weight of a minute is convex, so a
/// mean counts uneven runs low.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum HeartRates {
    /// Each, with the time that the heart beat at it.
    Each,
    /// The mean, over the moving time (the timer's where none is known).
    Mean,
}

impl HeartWeight {
    /// What a minute adds for a runner of this sex at each share of the reserve; `None` where that
    /// takes the sex.
    pub(in crate::load) fn per_minute(self, sex: Option<Sex>) -> Option<impl Fn(f64) -> f64> {
        let constants = match self {
            Self::Linear => None,
            Self::Banister { men, women, unknown } => Some(match sex {
                Some(Sex::Male) => men,
                Some(Sex::Female) => women,
                None => unknown?,
            }),
        };
        Some(move |x: f64| constants.map_or(x.clamp(0.0, 1.0), |constants| constants.per_minute(x)))
    }
}

impl HeartLoad {
    /// Returns the formula, as people write it.
    pub fn formula(&self) -> String {
        let minutes = match self.over {
            HeartRates::Each => "summed over the time at each heart rate",
            HeartRates::Mean => "of the mean heart rate and the moving time",
        };
        match self.weight {
            HeartWeight::Linear => format!("minutes · x, {minutes}"),
            HeartWeight::Banister { men, women, unknown } => {
                let of = |Banister { a, b }: Banister, whom: &str| format!("a = {a} and b = {b} for {whom}");
                let unknown = unknown.map_or(String::new(), |known| format!(", {}", of(known, "unknown sex")));
                format!("minutes · x · a · e^(b·x), {minutes}, {}, {}{unknown}", of(men, "men"), of(women, "women"))
            }
        }
    }
}
