//! Impulse and response: sums of all loads so far, each faded by its age.

/// Banister's sum after each day: `Σ load · e^(−age in days / tau_days)`, today's load in full. A
/// missing day (NaN) adds nothing.
///
/// The exponential mean with `alpha = 1 − e^(−1/tau)` is this times `alpha`; programs that print it
/// are on another scale, not of another opinion.
///
/// ```
/// use kneewise_core::load::fitness::impulse_response;
/// let after: Vec<f64> = impulse_response(&[1000.0, 0.0], 42.0).map(f64::round).collect();
/// assert_eq!(after, [1000.0, 976.0]);
/// ```
pub fn impulse_response(values: &[f64], tau_days: f64) -> impl Iterator<Item = f64> {
    let fade = libm::exp(-1.0 / tau_days);
    values.iter().scan(0.0, move |sum, &value| {
        *sum = *sum * fade + if value.is_nan() { 0.0 } else { value };
        Some(*sum)
    })
}
