use std::ops::RangeInclusive;

use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::form::{FormMetric, step_length_mm};
use crate::measure::trace::Trace;
use kneewise_read::activity::Channel;
use kneewise_read::unit::Unit;

/// What the figures of running form rest on.
macro_rules! over_steady_running {
    () => {
        " **Computed from** the samples of steady running on the flat: 1.5 m/s and faster, less than 2% grade where an
 altitude was recorded, ten seconds or more from the start, the end and every pause, a step rate of 100 to
 260 spm where there is one. Weighted by time; needs a minute of them. The seconds that it rests on stand
 beside it in data."
    };
}
pub(super) use over_steady_running;

documented! {
    /// Mean step rate over steady running: steps of both feet per minute.
    ///
    /// Unlike the mean step rate, which counts standing and walking as watches do, this one can be
    /// compared from run to run at a like speed.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: Thakkar B, et al. Med Sci Sports Exerc 2019;51:1444–1450 compare step rates at
    /// one speed, over steady running.
    ///
    /// **Limits**: it rises with speed, by how much differs from runner to runner: compare it at
    /// one speed. A wrist that holds a bottle or a pram swings no steps.
    pub static RUNNING_STEP_RATE: Metric {
        id: "running_step_rate_spm",
        name: "Running step rate",
        unit: Unit::StepsPerMinute,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| mean(trace, FormMetric::StepRate, "steps of steady running")),
    }
}

documented! {
    /// How far the trunk moves up and down in a step.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: FIT profile, `record.vertical_oscillation`; the mean over steady running is
    /// our own method.
    ///
    /// **Limits**: a strap, a pod and a wrist measure different points of the body, and watches
    /// differ by algorithm: compare it with the same device's only. It falls as the step rate
    /// rises.
    pub static VERTICAL_OSCILLATION: Metric {
        id: "vertical_oscillation_mm",
        name: "Vertical oscillation",
        unit: Unit::Millimetres,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| mean(trace, FormMetric::VerticalOscillation, RECORDED)),
    }
}

documented! {
    /// Vertical oscillation in per cent of step length.
    ///
    /// **Formula**: 100 · vertical oscillation / step length, both in mm, as the device worked it
    /// out; where it did not, from the means of the two.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: FIT profile, `record.vertical_ratio`.
    ///
    /// **Limits**: those of vertical oscillation.
    pub static VERTICAL_RATIO: Metric {
        id: "vertical_ratio_percent",
        name: "Vertical ratio",
        unit: Unit::Percent,
        combine: Combine::Mean,
        compute: Compute::FromActivity(vertical_ratio),
    }
}

documented! {
    /// How long one foot is on the ground at a step (ground contact time).
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: FIT profile, `record.stance_time`; the mean over steady running is of our own
    /// making.
    ///
    /// **Limits**: straps, pods and wrists differ by some tens of milliseconds. It falls as speed
    /// rises.
    pub static STANCE_TIME: Metric {
        id: "stance_time_ms",
        name: "Stance time",
        unit: Unit::Milliseconds,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| mean(trace, FormMetric::StanceTime, RECORDED)),
    }
}

documented! {
    /// The share of ground contact that falls to the left foot; the right foot has the rest.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: FIT profile, `record.stance_time_balance`; the mean over steady running is
    /// our own method.
    ///
    /// **Limits**: never compare it across devices: in one recording with two of them, one gave the
    /// left foot 49.4% and the other 51.1%. That the FIT field means the left foot is convention
    /// and not in its profile. Camber and bends shift it.
    pub static STANCE_TIME_BALANCE: Metric {
        id: "stance_time_balance_left_percent",
        name: "Stance time, left share",
        unit: Unit::Percent,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| mean(trace, FormMetric::StanceTimeBalance, RECORDED)),
    }
}

documented! {
    /// Step length over body height.
    ///
    /// **Formula**: mean step length / height. Step length as the device recorded it, otherwise
    /// speed · 60 / step rate; the height you give, otherwise the one from the user profile in the
    /// file.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: our own method; FIT profile, `record.step_length` and `user_profile.height`.
    ///
    /// **Limits**: as right as the height. It rises with speed; at one speed a long step for the
    /// height is linked to a foot that lands further ahead, which no watch sees.
    pub static STEP_LENGTH_TO_HEIGHT: Metric {
        id: "step_length_to_height_ratio",
        name: "Step length to height",
        unit: Unit::Ratio,
        combine: Combine::Mean,
        compute: Compute::FromActivity(step_length_to_height),
    }
}

documented! {
    /// The step length that [`STEP_LENGTH_TO_HEIGHT`] is worked out from. It is no column of its
    /// own: at the usual speeds it repeats speed and step rate.
    pub(super) static STEADY_STEP_LENGTH: Metric {
        id: "steady_step_length_mm",
        name: "Step length, steady running",
        unit: Unit::Millimetres,
        combine: Combine::Mean,
        compute: Compute::FromActivity(step_length),
    }
}

const RECORDED: &str = "samples of steady running";

/// Fewer seconds than this are no mean of a run.
const FEWEST_S: f64 = 60.0;

fn mean(trace: &Trace, metric: FormMetric, basis: &'static str) -> Option<Measured> {
    let column = trace.activity.samples.column(metric.channel())?;
    steady_mean(trace, |i| column[i], metric.plausible(), basis)
}

/// The mean of `value` over steady running, of what is plausible, weighted by time.
pub(super) fn steady_mean(
    trace: &Trace,
    value: impl Fn(usize) -> f64,
    plausible: RangeInclusive<f64>,
    basis: &'static str,
) -> Option<Measured> {
    let (mut sum, mut over_s) = (0.0, 0.0);
    for i in trace.steady().iter().map(|i| *i as usize) {
        let value = value(i);
        if plausible.contains(&value) {
            sum += value * trace.seconds()[i];
            over_s += trace.seconds()[i];
        }
    }
    (over_s >= FEWEST_S).then(|| Measured { value: sum / over_s, over_s, basis })
}

fn vertical_ratio(trace: &Trace) -> Option<Measured> {
    if let Some(ratio) = trace.activity.samples.column(Channel::VerticalRatio) {
        return steady_mean(trace, |i| ratio[i], 1.0..=30.0, RECORDED);
    }
    let oscillation = mean(trace, FormMetric::VerticalOscillation, RECORDED)?;
    let length = step_length(trace)?;
    let value = 100.0 * oscillation.value / length.value;
    Some(Measured { value, basis: "vertical oscillation and step length", ..oscillation })
}

fn step_length_to_height(trace: &Trace) -> Option<Measured> {
    let height_m = trace.activity.wearer.height_m?;
    Some(to_height(step_length(trace)?, height_m))
}

/// Returns a step length in millimetres as a share of a height in metres.
pub(super) fn to_height(length: Measured, height_m: f64) -> Measured {
    Measured { value: length.value / (height_m * 1000.0), ..length }
}

/// Millimetres: as recorded, else what speed and step rate make of it.
fn step_length(trace: &Trace) -> Option<Measured> {
    let is_recorded = trace.activity.samples.column(Channel::StepLength).is_some();
    let basis =
        if is_recorded { "recorded step length, steady running" } else { "speed and step rate, steady running" };
    steady_mean(trace, step_length_mm(trace)?, FormMetric::StepLength.plausible(), basis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::of_columns;

    /// Five minutes, of which the fourth is a walk with a sensor that writes nonsense.
    fn column(running: f64, walking: f64) -> Vec<f64> {
        (0..300).map(|i| if (180..240).contains(&i) { walking } else { running }).collect()
    }

    #[test]
    fn dynamics_are_those_of_running() {
        let of = |metric: &Metric| {
            let columns = [
                (Channel::Speed, column(3.0, 1.2)),
                (Channel::StepRate, column(170.0, 110.0)),
                (Channel::StanceTime, column(250.0, 700.0)),
                (Channel::VerticalOscillation, column(90.0, 30.0)),
                (Channel::StanceTimeBalance, column(49.5, 0.0)),
            ];
            of_columns(metric, &columns, |activity| activity.wearer.height_m = Some(1.75))
        };
        // Ten seconds at each end and a minute of walking are left out.
        let value_and_seconds = |metric| of(metric).map(|m| ((m.value * 1e6).round() / 1e6, m.over_s));
        assert_eq!(value_and_seconds(&STANCE_TIME), Some((250.0, 220.0)));
        assert_eq!(value_and_seconds(&RUNNING_STEP_RATE), Some((170.0, 220.0)));
        assert_eq!(value_and_seconds(&STANCE_TIME_BALANCE), Some((49.5, 220.0)));
        let step_mm = 3.0 * 60_000.0 / 170.0;
        assert!((of(&VERTICAL_RATIO).expect("a ratio").value - 100.0 * 90.0 / step_mm).abs() < 1e-9);
        assert!((of(&STEP_LENGTH_TO_HEIGHT).expect("a ratio").value - step_mm / 1750.0).abs() < 1e-9);
    }
}
