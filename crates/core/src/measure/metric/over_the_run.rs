//! How a run changes from its beginning to its end.

use std::ops::RangeInclusive;

use super::graded_pace::on_the_flat;
use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::form::{BINS, FormMetric, bin_of, step_length_mm};
use crate::measure::trace::{Leg, Trace};
use kneewise_read::activity::Channel;
use kneewise_read::unit::Unit;

documented! {
    /// How fast the first ten minutes were, in per cent of the speed of the rest: under 100% is a
    /// slower start.
    ///
    /// **Formula**: 100 · mean speed while moving over the first ten minutes of the timer / the
    /// same over all that follows. Needs twenty minutes.
    ///
    /// **Source**: our own method.
    ///
    /// **Limits**: says nothing of a warm-up that was not recorded, and counts a first hill for a
    /// slow start.
    pub static WARM_UP_SPEED: Metric {
        id: "warm_up_speed_percent",
        name: "Speed of the first ten minutes",
        unit: Unit::Percent,
        combine: Combine::First,
        compute: Compute::FromActivity(warm_up_speed),
    }
}

documented! {
    /// By how much step rate changed towards the end of the run, at one and the same speed on the
    /// flat.
    ///
    /// **Formula**: 100 · (mean in the last third / mean in the first third − 1) in each bin of 0.1
    /// m/s in which both thirds have at least ten seconds; the mean of these changes, weighted by
    /// the lesser of the two times. Below 0 it fell.
    ///
    /// **Computed from** the samples of steady running on the flat, as the running step rate. The
    /// thirds are of the recorded time. Needs twenty minutes, and three minutes of both thirds at
    /// like speeds.
    ///
    /// **Source**: our own method. Runners change their steps as they tire (Clansey AC, et al.
    /// Med Sci Sports Exerc 2012;44:1917–1923); the meaning for injuries is not known.
    ///
    /// **Limits**: wind, a soft path on the way back or a bag put down change steps too.
    pub static STEP_RATE_FADE: Metric {
        id: "step_rate_fade_percent",
        name: "Late change of step rate",
        unit: Unit::Percent,
        combine: Combine::Longest,
        compute: Compute::FromActivity(|trace| fade(trace, FormMetric::StepRate)),
    }
}

documented! {
    /// By how much stance time changed towards the end of the run, at one and the same speed on the
    /// flat.
    ///
    /// **Formula** and what it is computed from: as the late change of step rate. Above 0 the feet
    /// stay longer on the ground.
    ///
    /// **Source**: our own method.
    ///
    /// **Limits**: those of the late change of step rate, and those of stance time.
    pub static STANCE_TIME_FADE: Metric {
        id: "stance_time_fade_percent",
        name: "Late change of stance time",
        unit: Unit::Percent,
        combine: Combine::Longest,
        compute: Compute::FromActivity(|trace| fade(trace, FormMetric::StanceTime)),
    }
}

documented! {
    /// By how much step length changed towards the end of the run, at one and the same speed on the
    /// flat.
    ///
    /// **Formula** and what it is computed from: as the late change of step rate. Step length as
    /// the device recorded it, otherwise speed divided by step rate, which can only mirror the step
    /// rate.
    ///
    /// **Source**: our own method.
    ///
    /// **Limits**: those of the late change of step rate.
    pub static STEP_LENGTH_FADE: Metric {
        id: "step_length_fade_percent",
        name: "Late change of step length",
        unit: Unit::Percent,
        combine: Combine::Longest,
        compute: Compute::FromActivity(|trace| fade(trace, FormMetric::StepLength)),
    }
}

documented! {
    /// By how much the heart rate rose over the run for the same effort of the legs (decoupling):
    /// above 0 it rose.
    ///
    /// **Formula**: 100 · (1 − second / first), where first and second are graded speed per heart
    /// beat in the first and in the second half of the moving time with a heart rate. Graded speed
    /// is that of the grade-adjusted pace, plain speed where no altitude was recorded. Needs thirty
    /// minutes.
    ///
    /// **Source**: Friel J. The Triathlete's Training Bible, as aerobic decoupling; he takes less
    /// than 5% for well coupled.
    ///
    /// **Limits**: made for even efforts: of intervals or a fast finish it says nothing. The first
    /// minutes, in which the heart rate climbs, are in it. Heat and thirst raise it. Heart rates
    /// that cannot be the heart's are left out.
    pub static HEART_RATE_DRIFT: Metric {
        id: "heart_rate_drift_percent",
        name: "Heart-rate drift",
        unit: Unit::Percent,
        combine: Combine::Longest,
        compute: Compute::FromActivity(heart_rate_drift),
    }
}

const WARM_UP_S: f64 = 600.0;
const SHORTEST_RUN_S: f64 = 1200.0;

fn warm_up_speed(trace: &Trace) -> Option<Measured> {
    let moving = trace.moving()?;
    let seconds = trace.seconds();
    if trace.recorded_s() < SHORTEST_RUN_S {
        return None;
    }
    let mut elapsed_s = 0.0;
    let is_warm = |seconds: &f64| {
        elapsed_s += seconds;
        elapsed_s > WARM_UP_S
    };
    let warm = seconds.iter().position(is_warm).unwrap_or(seconds.len());
    let legs = &trace.way().legs;
    let (start, rest) = legs.split_at(legs.partition_point(|leg| (leg.to as usize) < warm));
    // Metres and seconds while moving.
    let of = |legs: &[Leg]| {
        let moving = legs.iter().filter(|leg| moving(leg.to as usize));
        moving.fold((0.0, 0.0), |(metres, seconds), leg| (metres + leg.metres, seconds + leg.seconds))
    };
    let (start, rest) = (of(start), of(rest));
    let value = 100.0 * (start.0 / start.1) / (rest.0 / rest.1);
    let over_s = start.1 + rest.1;
    value.is_finite().then_some(Measured { value, over_s, basis: "distance while moving" })
}

/// In a bin of speed so many seconds of either third are compared; of all bins so many in all.
const FEWEST_IN_BIN_S: f64 = 10.0;
const FEWEST_S: f64 = 180.0;

fn fade(trace: &Trace, metric: FormMetric) -> Option<Measured> {
    let column = trace.activity.samples.column(metric.channel());
    let basis = if column.is_some() {
        "first and last third at like speeds"
    } else {
        "speed over step rate, first and last third at like speeds"
    };
    let plausible = metric.plausible();
    if metric == FormMetric::StepLength {
        return fade_of(trace, step_length_mm(trace)?, &plausible, basis);
    }
    let column = column?;
    fade_of(trace, |i| column[i], &plausible, basis)
}

/// By how much a value of samples changed from the first third of a run to the last, at like
/// speeds, in per cent.
pub(super) fn fade_of(
    trace: &Trace,
    value: impl Fn(usize) -> f64,
    plausible: &RangeInclusive<f64>,
    basis: &'static str,
) -> Option<Measured> {
    let (speed, by) = (trace.activity.samples.column(Channel::Speed)?, trace.speed_correction());
    let (first, last) = trace.thirds(SHORTEST_RUN_S)?;
    // The sum of values and their seconds by bin of speed.
    let mut bins = [[(0.0, 0.0); 2]; BINS];
    let (steady, seconds) = (trace.steady(), trace.seconds());
    let before = |at: usize| steady.partition_point(|i| (*i as usize) < at);
    for (third, range) in [(0, first), (1, last)] {
        for i in steady[before(range.start)..before(range.end)].iter().map(|i| *i as usize) {
            let (value, bin) = (value(i), bin_of(speed[i] * by));
            if plausible.contains(&value) {
                let (sum, over_s) = &mut bins[bin][third];
                *sum += value * seconds[i];
                *over_s += seconds[i];
            }
        }
    }
    let (mut change, mut shared_s) = (0.0, 0.0);
    for [early, late] in bins {
        let weight = f64::min(early.1, late.1);
        if weight >= FEWEST_IN_BIN_S {
            change += weight * ((late.0 / late.1) / (early.0 / early.1) - 1.0);
            shared_s += weight;
        }
    }
    (shared_s >= FEWEST_S).then(|| Measured { value: 100.0 * change / shared_s, over_s: 2.0 * shared_s, basis })
}

const SHORTEST_DRIFT_S: f64 = 1800.0;

fn heart_rate_drift(trace: &Trace) -> Option<Measured> {
    let (rate, moving) = (trace.heart_rate()?, trace.moving()?);
    let grade = trace.grade();
    let is_counted = |leg: &&Leg| moving(leg.to as usize) && !rate[leg.to as usize].is_nan();
    let counted = || trace.way().legs.iter().filter(is_counted);
    let total_s: f64 = counted().map(|leg| leg.seconds).sum();
    if total_s < SHORTEST_DRIFT_S {
        return None;
    }
    // Metres on the flat and heart beats, of either half.
    let mut halves = [(0.0, 0.0); 2];
    let mut elapsed_s = 0.0;
    for &Leg { to, metres, seconds } in counted() {
        let i = to as usize;
        elapsed_s += seconds;
        let known_grade = grade.map(|grade| grade[i]).filter(|grade| !grade.is_nan());
        let half = &mut halves[usize::from(elapsed_s > total_s / 2.0)];
        half.0 += known_grade.map_or(metres, |grade| on_the_flat(metres, grade));
        half.1 += rate[i] * seconds / 60.0;
    }
    let [first, second] = halves.map(|(metres, beats)| metres / beats);
    let value = 100.0 * (1.0 - second / first);
    let basis = if grade.is_some() {
        "graded speed and heart rate of both halves"
    } else {
        "speed and heart rate of both halves"
    };
    value.is_finite().then_some(Measured { value, over_s: total_s, basis })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::of_columns;

    const MINUTES: usize = 45;

    /// What a channel holds at a minute of the run.
    type Course = (Channel, fn(f64) -> f64);

    fn columns(of: &[Course]) -> Vec<(Channel, Vec<f64>)> {
        let minutes = || (0..=MINUTES * 60).map(|i| i as f64 / 60.0);
        let mut columns: Vec<_> =
            of.iter().map(|(channel, value)| (*channel, minutes().map(value).collect::<Vec<_>>())).collect();
        let speed = columns.iter().find(|(channel, _)| *channel == Channel::Speed).expect("a speed").1.clone();
        let mut metres = 0.0;
        let distance = speed.iter().map(|mps| {
            metres += mps;
            metres
        });
        columns.push((Channel::Distance, distance.collect()));
        columns
    }

    fn value(metric: &Metric, of: &[Course]) -> Option<f64> {
        of_columns(metric, &columns(of), |_| {}).map(|measured| (measured.value * 1e3).round() / 1e3)
    }

    #[test]
    fn a_fade_is_told_from_a_slower_finish() {
        let slower: fn(f64) -> f64 = |minute| if minute < 30.0 && minute as i64 % 2 == 0 { 3.2 } else { 2.8 };
        // 170 and 160 at the two speeds, all along: a runner who slows down does not fade.
        let steady: fn(f64) -> f64 = |minute| if minute < 30.0 && minute as i64 % 2 == 0 { 170.0 } else { 160.0 };
        assert_eq!(value(&STEP_RATE_FADE, &[(Channel::Speed, slower), (Channel::StepRate, steady)]), Some(0.0));
        let tired: fn(f64) -> f64 =
            |minute| if minute < 30.0 { if minute as i64 % 2 == 0 { 170.0 } else { 160.0 } } else { 152.0 };
        assert_eq!(value(&STEP_RATE_FADE, &[(Channel::Speed, slower), (Channel::StepRate, tired)]), Some(-5.0));
        let apart: fn(f64) -> f64 = |minute| if minute < 30.0 { 3.2 } else { 2.8 };
        assert_eq!(
            value(&STEP_RATE_FADE, &[(Channel::Speed, apart), (Channel::StepRate, tired)]),
            None,
            "no speed in common"
        );
    }

    #[test]
    fn a_drift_is_what_the_heart_does_at_one_effort() {
        let even: fn(f64) -> f64 = |_| 3.0;
        let drifting: fn(f64) -> f64 = |minute| if minute < 22.5 { 140.0 } else { 147.0 };
        let drift =
            value(&HEART_RATE_DRIFT, &[(Channel::Speed, even), (Channel::HeartRate, drifting)]).expect("a drift");
        assert!((drift - 100.0 * (1.0 - 140.0 / 147.0)).abs() < 0.02, "{drift}");
    }

    #[test]
    fn a_slow_start_is_less_than_the_rest() {
        let speed: fn(f64) -> f64 = |minute| if minute <= 10.0 { 2.4 } else { 3.0 };
        assert_eq!(value(&WARM_UP_SPEED, &[(Channel::Speed, speed)]), Some(80.0));
    }
}
