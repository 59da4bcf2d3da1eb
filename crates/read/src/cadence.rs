//! Strides or steps: what a file's cadence counts.
//!
//! FIT and TCX define running cadence as revolutions of one leg, and most GPX exporters copy that;
//! a few write steps, and some treadmills and pods write steps where a format means strides. Which
//! it is decides every step rate by a factor of two, so it is decided per file by what else the
//! file says and what a body can do, and said.

#[cfg(test)]
mod tests;

use crate::activity::{Activity, Channel, Format, Note, NoteKind};
use crate::limits::HIGHEST_STEP_RATE_SPM;

/// A cadence above this counts steps once more doubled: nobody runs at such a step rate for half of
/// a run.
const HIGHEST_USUAL_STEP_RATE: f64 = 250.0;

/// Halved, such a cadence is that of a run from here on; below, it is nobody's steps at all.
const LOWEST_HALVED: f64 = 140.0;

/// A cadence above this cannot be one leg's: it would be more than 250 steps a minute.
const HIGHEST_STRIDE_RATE: f64 = HIGHEST_USUAL_STEP_RATE / 2.0;

/// From here on a cadence could be slow steps as well as quick strides.
const LOWEST_STEP_RATE: f64 = 100.0;

/// A running step shorter than this (metres) says that strides were taken for steps' half.
const SHORTEST_STEP_M: f64 = 0.45;

/// No step but a sprinter's is longer (metres).
const LONGEST_STEP_M: f64 = 1.8;

/// Standing and strolling tell nothing of a run's steps (metres per second).
const SLOWEST_MPS: f64 = 1.0;

/// Two figures that should be equal are, within this share; those that differ by a factor of two
/// are too.
const AGREEMENT: f64 = 0.2;

/// A device that counted less than this share of the steps that its own samples add up to did not
/// count them all.
const FEWEST_COUNTED: f64 = 0.4;

/// As in [`kneewise_core::measure::trace`]: what happened in a longer silence nobody knows
/// (seconds).
const LONGEST_GAP_S: f64 = 30.0;

/// So many samples, spread evenly, tell a factor of two as well as all of them.
const ENOUGH: usize = 256;

/// What cadence counts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Basis {
    Strides,
    Steps,
    DoubledSteps,
}

impl Basis {
    /// Steps for each one that was counted.
    fn factor(self) -> f64 {
        match self {
            Self::Strides => 2.0,
            Self::Steps => 1.0,
            Self::DoubledSteps => 0.5,
        }
    }

    /// The basis by how many steps there are for each one counted, if that is near one's factor.
    fn of_ratio(steps_per_count: f64) -> Option<Self> {
        [Self::Strides, Self::Steps, Self::DoubledSteps]
            .into_iter()
            .find(|basis| (steps_per_count / basis.factor() - 1.0).abs() <= AGREEMENT)
    }
}

/// Turns the cadence as written into steps per minute, with a note on the ground for it; drops the
/// cadence of sports in which it counts no steps.
pub(super) fn settle(activity: &mut Activity) {
    if !activity.sport.is_on_foot() {
        activity.samples.clear(Channel::StepRate);
        activity.totals.avg_step_rate_spm = None;
        activity.totals.steps = None;
        activity.laps.iter_mut().for_each(|lap| (lap.totals.avg_step_rate_spm, lap.totals.steps) = (None, None));
        return;
    }
    let Some(evidence) = Evidence::gather(activity) else {
        activity.samples.clear(Channel::StepRate);
        // A FIT file counts cycles of one leg even where it has no cadence.
        if activity.format == Format::Fit {
            scale_totals(activity, 1.0, 2.0);
        }
        return;
    };
    if let Some(text) = evidence.nobody_s() {
        activity.samples.clear(Channel::StepRate);
        activity.totals.avg_step_rate_spm = None;
        activity.laps.iter_mut().for_each(|lap| lap.totals.avg_step_rate_spm = None);
        activity.notes.push(Note::new(NoteKind::CadenceBasis, text));
        if activity.format == Format::Fit {
            scale_totals(activity, 1.0, 2.0);
        }
        return;
    }
    let (basis, ground) = evidence.judge(activity.format);
    activity.notes.push(Note::new(NoteKind::CadenceBasis, ground));
    let means = evidence.basis_of_means(activity, basis);
    if means != basis {
        let text = "the device's mean cadences count otherwise than its samples; both are steps per minute now";
        activity.notes.push(Note::new(NoteKind::CadenceBasis, text));
    }
    // FIT defines its cycles as strides; other formats count steps.
    let steps_per_cycle = if activity.format == Format::Fit { evidence.steps_per_cycle(basis) } else { 1.0 };
    scale_samples(activity, basis.factor());
    scale_totals(activity, means.factor(), steps_per_cycle);
    drop_unfinished_count(activity, evidence.sum.map(|sum| sum * basis.factor()));
    drop_far_mean(activity, evidence.mean_of_samples.map(|mean| mean * basis.factor()));
}

/// What a file tells about its cadence, in the file's own count.
struct Evidence {
    /// The median, over the samples while moving; else the device's own mean.
    cadence: f64,
    /// Median speed with a cadence, in metres per second.
    speed_mps: Option<f64>,
    /// The steps for each one counted that speed and recorded step length imply.
    by_step_length: Option<f64>,
    /// What the samples add up to, and what the device counted.
    sum: Option<f64>,
    counted: Option<f64>,
    mean_of_samples: Option<f64>,
}

impl Evidence {
    /// `None` where there is no cadence.
    fn gather(activity: &Activity) -> Option<Self> {
        let samples = &activity.samples;
        let cadence = samples.column(Channel::StepRate).unwrap_or_default();
        let stride = cadence.len().div_ceil(ENOUGH).max(1);
        // Standing still is written as 0: no steps were measured, which is not a step rate of 0.
        let is_counted = |i: &usize| cadence[*i] > 0.0;
        let mut picked: Vec<usize> = (0..cadence.len()).step_by(stride).filter(is_counted).collect();
        if picked.is_empty() {
            picked.extend((0..cadence.len()).filter(is_counted).take(ENOUGH));
        }
        let speed = samples.column(Channel::Speed);
        let speed_at = |i: usize| speed.map(|column| column[i]).filter(|mps| *mps > SLOWEST_MPS);
        let length = samples.column(Channel::StepLength);
        let by_step_length = |i: usize| Some(speed_at(i)? * 60.0 / (length?[i] / 1000.0 * cadence[i]));
        let while_moving = median(picked.iter().filter(|&&i| speed_at(i).is_some()).map(|&i| cadence[i]));
        let of_samples = || median(picked.iter().map(|&i| cadence[i]));
        let counted = activity.totals.steps.filter(|_| activity.format == Format::Fit);
        Some(Self {
            cadence: while_moving.or_else(of_samples).or(activity.totals.avg_step_rate_spm)?,
            speed_mps: median(picked.iter().filter_map(|&i| speed_at(i))),
            by_step_length: median(picked.iter().filter_map(|&i| by_step_length(i))),
            sum: counted.and_then(|_| total_count(activity)),
            counted,
            mean_of_samples: (!picked.is_empty())
                .then(|| picked.iter().map(|&i| cadence[i]).sum::<f64>() / picked.len() as f64),
        })
    }

    /// Says of a cadence that it is nobody's, counted once or twice.
    fn nobody_s(&self) -> Option<String> {
        let cadence = self.cadence;
        let can_be_halved = (LOWEST_HALVED..=HIGHEST_USUAL_STEP_RATE).contains(&(cadence / 2.0));
        (cadence > HIGHEST_USUAL_STEP_RATE && !can_be_halved)
            .then(|| format!("cadence of {cadence:.0} a minute, which nobody steps, left out"))
    }

    /// What the cadence counts, and on what ground: a sentence for people.
    fn judge(&self, format: Format) -> (Basis, String) {
        let cadence = self.cadence;
        let can_be = |basis: &Basis| cadence * basis.factor() <= HIGHEST_USUAL_STEP_RATE;
        if let Some(basis) = self.by_step_length.and_then(Basis::of_ratio).filter(can_be) {
            let text = match basis {
                Basis::Strides => "cadence counts strides, by the speed and the recorded step length; doubled",
                Basis::Steps => "cadence counts steps, by the speed and the recorded step length; not doubled",
                Basis::DoubledSteps => "cadence counts steps twice, by the speed and the recorded step length; halved",
            };
            return (basis, format!("{text} ({cadence:.0} a minute as written)"));
        }
        if cadence > HIGHEST_USUAL_STEP_RATE {
            let text =
                format!("cadence of {cadence:.0} a minute is more than anybody steps: doubled once too often; halved");
            return (Basis::DoubledSteps, text);
        }
        if cadence > HIGHEST_STRIDE_RATE {
            let text = format!("cadence taken for steps per minute: {cadence:.0} is more than one leg can do");
            return (Basis::Steps, text);
        }
        let samples_per_cycle = self.sum.zip(self.counted).map(|(sum, counted)| sum / counted);
        if cadence >= LOWEST_STEP_RATE && samples_per_cycle.and_then(Basis::of_ratio) == Some(Basis::Strides) {
            let text = "cadence counts steps: it adds up to twice the strides that the device counted; not doubled";
            return (Basis::Steps, format!("{text} ({cadence:.0} a minute as written)"));
        }
        let step_m = |basis: Basis| self.speed_mps.map(|mps| mps * 60.0 / (basis.factor() * cadence));
        if cadence >= LOWEST_STEP_RATE && step_m(Basis::Strides).is_some_and(|metres| metres < SHORTEST_STEP_M) {
            let why = format!("{cadence:.0} strides would make steps of less than {SHORTEST_STEP_M} m");
            return (Basis::Steps, format!("cadence taken for steps per minute: {why}"));
        }
        let why = match (step_m(Basis::Steps).filter(|metres| *metres > LONGEST_STEP_M), format) {
            (Some(metres), _) => format!("steps would be {metres:.1} m long"),
            (None, Format::Gpx) => "as most GPX exporters write it".to_owned(),
            (None, Format::Samples) => "as most sensors count them".to_owned(),
            (None, Format::Fit | Format::Tcx) => "as the format defines it".to_owned(),
        };
        (Basis::Strides, format!("cadence counts strides ({cadence:.0} a minute, {why}); doubled to steps per minute"))
    }

    /// What the device's mean cadences count, where the samples are of `basis`. A mean over
    /// standing too can be far lower than the samples while moving, but never much higher.
    fn basis_of_means(&self, activity: &Activity, basis: Basis) -> Basis {
        let of_laps = || median(activity.laps.iter().filter_map(|lap| lap.totals.avg_step_rate_spm));
        let mean = activity.totals.avg_step_rate_spm.or_else(of_laps);
        let (Some(mean), Some(samples)) = (mean, self.mean_of_samples) else { return basis };
        let is_half = (2.0 * mean / samples - 1.0).abs() <= AGREEMENT;
        match basis {
            Basis::Strides if Basis::of_ratio(mean / samples) == Some(Basis::Strides) => Basis::Steps,
            Basis::Steps if is_half && mean <= HIGHEST_STRIDE_RATE && mean < LOWEST_STEP_RATE => Basis::Strides,
            Basis::DoubledSteps if is_half => Basis::Steps,
            _ => basis,
        }
    }

    /// Steps for each cycle that a FIT device counted: strides, unless they are as many as the
    /// steps of the samples.
    fn steps_per_cycle(&self, basis: Basis) -> f64 {
        let Some((sum, counted)) = self.sum.zip(self.counted) else { return basis.factor().max(1.0) };
        let steps_per_cycle = sum * basis.factor() / counted;
        let are_steps = basis != Basis::Strides && (steps_per_cycle - 1.0).abs() <= AGREEMENT;
        if are_steps { 1.0 } else { 2.0 }
    }
}

/// What the cadence of the samples adds up to over their time, silences left out.
fn total_count(activity: &Activity) -> Option<f64> {
    let (cadence, time) = (activity.samples.column(Channel::StepRate)?, activity.samples.time_s());
    let counted = cadence.windows(2).zip(time.windows(2)).map(|(cadence, time)| {
        let seconds = time[1] - time[0];
        if seconds <= LONGEST_GAP_S && cadence[1] > 0.0 { cadence[1] * seconds } else { 0.0 }
    });
    Some(counted.sum::<f64>() / 60.0).filter(|sum| *sum > 0.0)
}

/// Zeros, and what nobody steps, become missing.
fn scale_samples(activity: &mut Activity, factor: f64) {
    for value in activity.samples.column_mut(Channel::StepRate) {
        let spm = *value * factor;
        *value = if spm > 0.0 && spm <= HIGHEST_STEP_RATE_SPM { spm } else { f64::NAN };
    }
    activity.samples.drop_if_missing(Channel::StepRate);
}

fn scale_totals(activity: &mut Activity, steps_per_count: f64, steps_per_cycle: f64) {
    for totals in std::iter::once(&mut activity.totals).chain(activity.laps.iter_mut().map(|lap| &mut lap.totals)) {
        let mean = totals.avg_step_rate_spm.map(|cadence| cadence * steps_per_count);
        totals.avg_step_rate_spm = mean.filter(|spm| *spm <= HIGHEST_STEP_RATE_SPM);
        totals.steps = totals.steps.map(|cycles| cycles * steps_per_cycle);
    }
}

/// Drops a count of steps that lacks most of what the samples add up to; some watches begin it anew
/// in a later leg.
fn drop_unfinished_count(activity: &mut Activity, by_samples: Option<f64>) {
    let (Some(steps), Some(by_samples)) = (activity.totals.steps, by_samples) else { return };
    if steps < FEWEST_COUNTED * by_samples {
        activity.totals.steps = None;
        // The count of steps that stands in looks more closely at gaps: no digits that would seem
        // to contradict it.
        let by_samples = if by_samples < 1000.0 { by_samples } else { (by_samples / 100.0).round() * 100.0 };
        let text = format!(
            "the device counted {steps:.0} steps, its cadence adds up to some {by_samples:.0}; its count is left out"
        );
        activity.notes.push(Note::new(NoteKind::CadenceBasis, text));
    }
}

/// Drops a mean step rate that is far below what the samples have while steps were taken, although
/// those last for most of the timer: watches write such means of recordings of seconds. Standing
/// alone explains a lower mean only where it lasts.
fn drop_far_mean(activity: &mut Activity, by_samples: Option<f64>) {
    let (Some(mean), Some(by_samples)) = (activity.totals.avg_step_rate_spm, by_samples) else { return };
    let (Some(timer_s), Some(stepping_s)) = (activity.totals.timer_s, seconds_with_steps(activity)) else { return };
    if timer_s <= 0.0 {
        return;
    }
    let share = (stepping_s / timer_s).min(1.0);
    let by_count = activity.totals.steps.map_or(0.0, |steps| steps * 60.0 / timer_s);
    let against = if mean < FEWEST_COUNTED * by_samples * share {
        format!("its samples have {by_samples:.0} over {:.0} % of the time", 100.0 * share)
    } else if mean < FEWEST_COUNTED * by_count {
        format!("its own count of steps makes {by_count:.0}, its samples have {by_samples:.0}")
    } else {
        return;
    };
    activity.totals.avg_step_rate_spm = None;
    let text = format!("the device's mean step rate of {mean:.1} a minute is left out: {against}");
    activity.notes.push(Note::new(NoteKind::CadenceBasis, text));
}

/// How long the samples have a step rate, silences left out.
fn seconds_with_steps(activity: &Activity) -> Option<f64> {
    let (cadence, time) = (activity.samples.column(Channel::StepRate)?, activity.samples.time_s());
    let stepping = cadence.windows(2).zip(time.windows(2)).map(|(cadence, time)| {
        let seconds = time[1] - time[0];
        if seconds <= LONGEST_GAP_S && cadence[1] > 0.0 { seconds } else { 0.0 }
    });
    Some(stepping.sum())
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}
