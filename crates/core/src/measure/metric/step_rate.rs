use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::activity::Channel;
use kneewise_read::unit::Unit;

documented! {
    /// Mean step rate (cadence) over the whole run: steps of both feet per minute, as watches show
    /// it.
    ///
    /// **Computed from**, in this order: the device's own mean; the samples, each weighted by the
    /// time it stands for. On 199 recordings of four watches by one maker the device's mean is that
    /// of all its samples on the timer, zeros included (198 within 1 spm; with zeros left out 74):
    /// standing counts as no steps. So it does here where no sample of a stretch has a step rate,
    /// if half of the stretch or more is slower than 1 m/s, or if it lasts 30 s or less and such
    /// stretches make up no more than a tenth of the time: with this rule, which was chosen on
    /// them, the samples give the mean of 198 of the 199 within 1 spm. Of a longer stretch what is
    /// slower than 1 m/s counts so; the rest is a missing value, and so is more than 300 spm. For
    /// the rate of running alone see `running_step_rate_spm`.
    ///
    /// Most files count the strides of one leg, some count steps, a few count steps twice. Which it
    /// is decides, in this order: speed and recorded step length, within 20%; more than 250 a
    /// minute (steps, counted twice) or more than 125 (steps); the strides that the device counted
    /// over all, if the samples add up to twice as many; from 100 a minute on, strides that would
    /// make steps of less than 0.45 m (steps); otherwise the format's definition (strides). A note
    /// on the run names the reason.
    ///
    /// **Source**: FIT profile, `session.avg_running_cadence` and `record.cadence`; the mean with
    /// standing as on the recordings above; the order of the reasons is our own.
    ///
    /// **Limits**: a wrist that holds a bottle or a pram swings no steps.
    pub static AVG_STEP_RATE: Metric {
        id: "avg_step_rate_spm",
        name: "Mean step rate",
        unit: Unit::StepsPerMinute,
        combine: Combine::Mean,
        compute: Compute::FromActivity(compute),
    }
}

fn compute(trace: &Trace) -> Option<Measured> {
    let totals = &trace.activity.totals;
    let over_s = totals.timer_s.or(totals.elapsed_s).unwrap_or_else(|| trace.recorded_s());
    let of_device = totals.avg_step_rate_spm.filter(|spm| *spm > 0.0);
    of_device.map(|value| Measured { value, over_s, basis: "the device's mean" }).or_else(|| of_samples(trace))
}

/// No steps for this long (seconds) is standing, whatever a smoothed speed says; for longer a
/// sensor may have fallen silent.
const SHORT_S: f64 = 30.0;

/// If there is more of that than this share of the rest, the step rate is not written with each
/// sample.
const SELDOM: f64 = 0.1;

/// The mean of the samples, in which who stands takes no steps.
fn of_samples(trace: &Trace) -> Option<Measured> {
    let rate = trace.activity.samples.column(Channel::StepRate)?;
    let standing = trace.standing();
    let stands = |i: usize| standing.as_ref().is_some_and(|standing| standing(i));
    let (mut steps, mut over_s, mut short_s) = (0.0, 0.0, 0.0);
    let mut from = 0;
    for stretch in rate.chunk_by(|a, b| a.is_nan() == b.is_nan()) {
        let to = from + stretch.len();
        let seconds = &trace.seconds()[from..to];
        let stretch_s = seconds.iter().sum::<f64>();
        if stretch[0].is_nan() {
            let standing = (from..to).zip(seconds).filter(|(i, _)| stands(*i));
            let standing_s: f64 = standing.map(|(_, seconds)| seconds).sum();
            let is_stop = standing_s >= 0.5 * stretch_s;
            let is_short = !is_stop && stretch_s <= SHORT_S;
            over_s += if is_stop { stretch_s } else { standing_s };
            short_s += if is_short { stretch_s - standing_s } else { 0.0 };
        } else {
            steps += stretch.iter().zip(seconds).map(|(spm, seconds)| spm * seconds).sum::<f64>();
            over_s += stretch_s;
        }
        from = to;
    }
    over_s += if short_s <= SELDOM * over_s { short_s } else { 0.0 };
    (steps > 0.0).then(|| Measured { value: steps / over_s, over_s, basis: "samples, standing included" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::of_columns;

    #[test]
    fn standing_counts_and_what_is_missing_does_not() {
        let column = |running, standing| (0..400).map(|i| if i < 300 { running } else { standing }).collect::<Vec<_>>();
        let rate = column(168.0, f64::NAN);
        let with_speed =
            |speed| of_columns(&AVG_STEP_RATE, &[(Channel::StepRate, rate.clone()), (Channel::Speed, speed)], |_| {});
        let spm = |speed| with_speed(speed).map(|measured| measured.value);
        assert_eq!(spm(column(3.0, 0.0)), Some(168.0 * 299.0 / 399.0), "a minute and a half of standing");
        assert_eq!(spm(column(3.0, 3.0)), Some(168.0), "a sensor that fell silent");
        let seldom = |every: usize| (0..400).map(|i| if i % every > 0 { 168.0 } else { f64::NAN }).collect::<Vec<_>>();
        let spm = |rate| {
            let columns = [(Channel::StepRate, rate), (Channel::Speed, vec![3.0; 400])];
            of_columns(&AVG_STEP_RATE, &columns, |_| {}).map(|measured| measured.value.round())
        };
        assert_eq!(spm(seldom(20)), Some(160.0), "a second without a step now and then");
        assert_eq!(spm(seldom(2)), Some(168.0), "written with every other sample");
        let device = of_columns(&AVG_STEP_RATE, &[(Channel::StepRate, rate.clone())], |activity| {
            activity.totals.avg_step_rate_spm = Some(167.3);
        });
        assert_eq!(device.map(|measured| (measured.value, measured.basis)), Some((167.3, "the device's mean")));
    }
}
