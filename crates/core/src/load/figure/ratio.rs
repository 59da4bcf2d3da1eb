use super::{Answer, Figure, FigureContext, FigureUnit, after};
use crate::doc::documented;
use crate::load::TooLittle;
use crate::load::bootstrap::{Band, Resamples};
use crate::load::ratio::{coupled, over, uncoupled};
use crate::load::window::{mean, trailing};
use kneewise_read::unit::Unit;

documented! {
    /// The mean daily load of the last 7 days divided by that of the last 28, which include them:
    ///
    /// `ratio = mean(load of days 0..6 ago) / mean(load of days 0..27 ago)`
    ///
    /// **Limits**: the ratio is popular, but research in runners does not support it for showing
    /// who gets injured. The acute days are in both parts, so the two are linked by construction,
    /// and the ratio never passes 4. In 5,205 runners, a higher ratio was linked to *fewer*
    /// injuries. With made-up chronic loads the published relations in other sports look much the
    /// same. Bands such as 0.8 to 1.3 come from cricket, rugby and Australian football. There is no
    /// ratio without a load before the acute days, or where the chronic load is less than a tenth
    /// of the runner's mean over 180 days, unless the convention has one. It is shown for
    /// reference.
    ///
    /// **Source**: Gabbett, British Journal of Sports Medicine 2016;50:273–280. Against it: Lolli
    /// et al. 2019, Impellizzeri et al. 2021, Nakaoka et al. 2021, Schuster Brandt Frandsen et al.
    /// 2025. For it in part: Toresdahl et al. 2023.
    pub static RATIO_COUPLED: Figure {
        id: "ratio_coupled",
        name: "Load ratio, coupled",
        aliases: &["ACWR", "RAC"],
        unit: FigureUnit::Is(Unit::Ratio),
        compute: |ground| rolling(ground, coupled),
    }
}

documented! {
    /// The lower end of the band of `ratio_coupled`: 2,000 resamples of the acute days and of the
    /// days before them, with replacement; 2.5% of the ratios are below.
    ///
    /// **Limits**: it shows how much the ratio depends on single days. It shows neither how certain
    /// the days are nor anything about injury. The draws are the same for every day, so the same
    /// loads give the same band.
    ///
    /// **Source**: Efron's percentile bootstrap.
    pub static RATIO_LOW: Figure {
        id: "ratio_coupled_low",
        name: "Load ratio, lower end",
        aliases: &[],
        unit: FigureUnit::Is(Unit::Ratio),
        compute: |ground| band_end(ground, |band| band.low),
    }
}

documented! {
    /// The upper end of the band of `ratio_coupled`: 2,000 resamples of the acute days and of the
    /// days before them, with replacement; 2.5% of the ratios are above.
    ///
    /// **Limits**: it shows how much the ratio depends on single days. It shows neither how certain
    /// the days are nor anything about injury. The draws are the same for every day, so the same
    /// loads give the same band.
    ///
    /// **Source**: Efron's percentile bootstrap.
    pub static RATIO_HIGH: Figure {
        id: "ratio_coupled_high",
        name: "Load ratio, upper end",
        aliases: &[],
        unit: FigureUnit::Is(Unit::Ratio),
        compute: |ground| band_end(ground, |band| band.high),
    }
}

documented! {
    /// The mean daily load of the last 7 days divided by that of the 21 days before them:
    ///
    /// `ratio = mean(load of days 0..6 ago) / mean(load of days 7..27 ago)`
    ///
    /// **Limits**: research in runners does not support it for showing who gets injured. No day is
    /// in both parts, unlike in `ratio_coupled`, but the two carry the same information: coupled =
    /// 4u / (u + 3).
    ///
    /// **Source**: Windt & Gabbett, British Journal of Sports Medicine 2019;53:988–990.
    pub static RATIO_UNCOUPLED: Figure {
        id: "ratio_uncoupled",
        name: "Load ratio, uncoupled",
        aliases: &["RAU"],
        unit: FigureUnit::Is(Unit::Ratio),
        compute: |ground| rolling(ground, uncoupled),
    }
}

documented! {
    /// The exponential mean of the daily load over 7 days, divided by that over 28 days. The
    /// convention sets weights and start; the default has Williams': 2/(N+1), starting with the
    /// first day's load. That day weighs 15% in the longer mean after 28 days. The ratio is shown
    /// once it weighs a tenth or less: from day 34.
    ///
    /// **Limits**: research in runners does not support it for showing who gets injured. Recent
    /// days are in both parts, so the two are linked by construction.
    ///
    /// **Source**: Williams et al., British Journal of Sports Medicine 2017;51:209–210.
    /// doi:10.1136/bjsports-2016-096589
    pub static RATIO_EXPONENTIAL: Figure {
        id: "ratio_exponential",
        name: "Load ratio, exponential",
        aliases: &["EWMA ratio"],
        unit: FigureUnit::Is(Unit::Ratio),
        compute: exponential,
    }
}

const NO_LOAD: &str = "no load to compare with";
const NEXT_TO_NOTHING: &str = "the load to compare with is less than a tenth of the usual";

/// Draws for a band.
const RESAMPLES: usize = 2000;

/// Chronic windows longer than this have no band: its draws are kept for all days.
const MAX_RESAMPLED_DAYS: usize = 366;

/// A chronic load below this share of the mean over [`USUAL_DAYS`] is no base for a ratio.
const LEAST_OF_USUAL: f64 = 0.1;
const USUAL_DAYS: usize = 180;

fn rolling(ground: &FigureContext, ratio: impl Fn(&[f64], usize) -> Option<f64>) -> Vec<Answer<f64>> {
    let choice = ground.convention;
    let values = ground.series.values();
    let of = |days: &[f64]| ratio(days, choice.acute_days).map_or(Answer::Undefined(NO_LOAD), Answer::Known);
    let ratios = trailing(&values, choice.chronic_days, of);
    let chronic = trailing(&values, choice.chronic_days, |days| Answer::Known(mean(days)));
    unless_next_to_nothing(ground, &values, ratios, &chronic)
}

fn exponential(ground: &FigureContext) -> Vec<Answer<f64>> {
    let choice = ground.convention.exponential_ratio;
    let values = ground.series.values();
    let acute = choice.smoothing.means(&values, choice.acute_days, choice.seed);
    let chronic = choice.smoothing.means(&values, choice.chronic_days, choice.seed);
    let ratio = |(acute, chronic): (&Answer<f64>, &Answer<f64>)| {
        acute.and_then(|acute| {
            chronic.and_then(|chronic| over(acute, chronic).map_or(Answer::Undefined(NO_LOAD), Answer::Known))
        })
    };
    let ratios = acute.iter().zip(&chronic).map(ratio).collect();
    let days = ground.convention.chronic_days.max(choice.settled_days());
    after(days, ground, unless_next_to_nothing(ground, &values, ratios, &chronic))
}

/// Withholds ratios to a chronic load that is next to nothing for this runner, as after a long
/// break: none at all before the acute days, or little by the measure of half a year.
fn unless_next_to_nothing(
    ground: &FigureContext,
    values: &[f64],
    mut ratios: Vec<Answer<f64>>,
    chronic: &[Answer<f64>],
) -> Vec<Answer<f64>> {
    if ground.convention.too_little == TooLittle::Shown {
        return ratios;
    }
    for (i, (ratio, chronic)) in ratios.iter_mut().zip(chronic).enumerate() {
        let known: Vec<f64> =
            values[(i + 1).saturating_sub(USUAL_DAYS)..=i].iter().copied().filter(|value| !value.is_nan()).collect();
        let before_acute = i.saturating_sub(ground.convention.acute_days);
        let from = (i + 1).saturating_sub(ground.convention.chronic_days);
        // Nothing lies before the acute days where a convention has them longer than the chronic
        // ones.
        let before = values.get(from..=before_acute).unwrap_or_default();
        if !before.is_empty() && before.iter().all(|load| *load == 0.0) {
            *ratio = ratio.and_then(|_| Answer::Undefined(NO_LOAD));
        }
        if ratio.known().is_some() && chronic.known().is_some_and(|chronic| chronic < LEAST_OF_USUAL * mean(&known)) {
            *ratio = Answer::Undefined(NEXT_TO_NOTHING);
        }
    }
    ratios
}

fn band_end(ground: &FigureContext, end: impl Fn(Band) -> f64) -> Vec<Answer<f64>> {
    let bands = ground.ratio_bands.get_or_init(|| ratio_bands(ground));
    bands.iter().map(|band| band.and_then(|band| Answer::Known(end(band)))).collect()
}

/// The band of the coupled ratio on each day.
fn ratio_bands(ground: &FigureContext) -> Vec<Answer<Band>> {
    let (acute, chronic) = (ground.convention.acute_days, ground.convention.chronic_days);
    let values = ground.series.values();
    // The same draws for each day: a day's band must not depend on what comes before its window.
    let draws_for = chronic.min(values.len()).min(MAX_RESAMPLED_DAYS);
    let resamples = Resamples::new(draws_for, acute, RESAMPLES, 1);
    let of_day = |(i, ratio): (usize, Answer<f64>)| {
        ratio.and_then(|_| {
            if ground.series.days[i].date < ground.bands_from {
                return Answer::Undefined("not asked for");
            }
            let days = &values[(i + 1).saturating_sub(chronic)..=i];
            if days.len() > MAX_RESAMPLED_DAYS {
                return Answer::Undefined("no band of a window longer than a year");
            }
            let band = resamples.as_ref().and_then(|resamples| resamples.ratio_band(days));
            band.map_or(Answer::Undefined("too few days with a load to draw from"), Answer::Known)
        })
    };
    rolling(ground, coupled).into_iter().enumerate().map(of_day).collect()
}
