//! How often something happens by the exposure to it.

/// A rate with its 95% confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Incidence {
    /// Cases by unit of exposure.
    pub rate: f64,
    /// The lower end of the interval; with few cases it can lie below 0, where the approximation no
    /// longer holds.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Cases by `per` units of `exposure`, such as injuries by 1,000 hours of running, with the normal
/// approximation of a Poisson count, as the R package injurytools has it. `None` without exposure.
///
/// ```
/// use kneewise_core::load::incidence::incidence;
/// let three_in_400_hours = incidence(3.0, 400.0, 1000.0).unwrap();
/// assert_eq!(three_in_400_hours.rate, 7.5);
/// ```
pub fn incidence(cases: f64, exposure: f64, per: f64) -> Option<Incidence> {
    const Z: f64 = 1.959_963_984_540_054;
    let (rate, deviation) = (cases / exposure * per, cases.sqrt() / exposure * per);
    let known = exposure > 0.0 && rate.is_finite() && deviation.is_finite();
    known.then_some(Incidence { rate, low: rate - Z * deviation, high: rate + Z * deviation })
}
