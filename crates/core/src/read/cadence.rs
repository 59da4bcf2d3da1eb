//! Strides or steps: what a file's cadence counts.
//!
//! FIT and TCX define running cadence as revolutions of one leg, and most GPX exporters copy that; a
//! few write steps. Which it is decides every step rate by a factor of two, so it is decided per file
//! by what a body can do, and said.

use crate::activity::{Activity, Channel, Format, Note, NoteKind};

/// A cadence above this cannot be one leg's: it would be more than 250 steps a minute.
const HIGHEST_STRIDE_RATE: f64 = 125.0;

/// From here on a cadence could be slow steps as well as quick strides; the step length decides.
const LOWEST_STEP_RATE: f64 = 100.0;

/// A running step shorter than this (metres) says that strides were taken for steps' half.
const SHORTEST_STEP_M: f64 = 0.45;

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
    // Standing still is written as 0: no steps were measured, which is not a step rate of 0.
    let written = activity.samples.column_mut(Channel::StepRate);
    written.iter_mut().filter(|value| **value <= 0.0).for_each(|value| *value = f64::NAN);
    let Some(cadence) = median(written.iter().copied()).or(activity.totals.avg_step_rate_spm) else {
        // A FIT file counts cycles of one leg even where it has no cadence.
        if activity.format == Format::Fit {
            activity.totals.steps = activity.totals.steps.map(|cycles| cycles * 2.0);
        }
        return;
    };
    let speed = activity.samples.column(Channel::Speed).and_then(|c| median(c.iter().copied().filter(|v| *v > 1.0)));
    let step_length_if_strides = speed.map(|mps| mps * 60.0 / (2.0 * cadence));

    let counts_steps = cadence > HIGHEST_STRIDE_RATE
        || cadence >= LOWEST_STEP_RATE && step_length_if_strides.is_some_and(|metres| metres < SHORTEST_STEP_M);
    let (factor, ground) = if cadence > HIGHEST_STRIDE_RATE {
        (1.0, format!("cadence taken for steps per minute: {cadence:.0} is more than one leg can do"))
    } else if counts_steps {
        (
            1.0,
            format!(
                "cadence taken for steps per minute: {cadence:.0} strides would make steps of less than {SHORTEST_STEP_M} m"
            ),
        )
    } else {
        let why = match activity.format {
            Format::Gpx => "as most GPX exporters write it",
            Format::Fit | Format::Tcx => "as the format defines it",
        };
        (2.0, format!("cadence counts strides ({cadence:.0} a minute, {why}); doubled to steps per minute"))
    };
    activity.samples.column_mut(Channel::StepRate).iter_mut().for_each(|value| *value *= factor);
    let totals = std::iter::once(&mut activity.totals).chain(activity.laps.iter_mut().map(|lap| &mut lap.totals));
    for totals in totals {
        totals.avg_step_rate_spm = totals.avg_step_rate_spm.filter(|c| *c > 0.0).map(|c| c * factor);
        if activity.format == Format::Fit {
            totals.steps = totals.steps.map(|cycles| cycles * factor);
        }
    }
    activity.notes.push(Note::new(NoteKind::CadenceBasis, ground));
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Samples;
    use crate::sport::Sport;
    use crate::time::Timestamp;

    fn settled(format: Format, sport: Sport, cadence: &[f64], speed_mps: f64) -> Activity {
        let mut activity = Activity::new(format, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.sport = sport;
        activity.samples = Samples::new((0..cadence.len()).map(|i| i as f64).collect());
        activity.samples.set(Channel::StepRate, cadence.to_vec());
        activity.samples.set(Channel::Speed, vec![speed_mps; cadence.len()]);
        activity.totals.avg_step_rate_spm = Some(cadence[0]);
        settle(&mut activity);
        activity
    }

    fn step_rates(activity: &Activity) -> Vec<f64> {
        activity.samples.recorded(Channel::StepRate).map(|(_, spm)| spm).collect()
    }

    #[test]
    fn strides_are_doubled_with_their_fraction() {
        let activity = settled(Format::Fit, Sport::Running, &[83.5, 84.0, 0.0], 3.0);
        assert_eq!(step_rates(&activity), [167.0, 168.0], "and a 0 is a missing value");
        assert_eq!(activity.totals.avg_step_rate_spm, Some(167.0));
        assert_eq!(activity.notes[0].kind, NoteKind::CadenceBasis);
    }

    #[test]
    fn what_no_leg_can_do_are_steps() {
        assert_eq!(step_rates(&settled(Format::Gpx, Sport::Running, &[170.0, 172.0], 3.0)), [170.0, 172.0]);
    }

    #[test]
    fn slow_steps_are_told_from_quick_strides_by_their_length() {
        // 110 strides at 1.4 m/s would make steps of 0.38 m; 110 steps make 0.76 m: a walk break.
        assert_eq!(step_rates(&settled(Format::Gpx, Sport::Running, &[110.0], 1.4)), [110.0]);
        // 104 strides at 5.5 m/s are 208 steps of 1.6 m: a sprint.
        assert_eq!(step_rates(&settled(Format::Fit, Sport::Running, &[104.0], 5.5)), [208.0]);
    }

    #[test]
    fn a_crank_makes_no_steps() {
        let ride = settled(Format::Fit, Sport::Cycling, &[90.0, 92.0], 8.0);
        assert_eq!(step_rates(&ride), []);
        assert_eq!(ride.totals.avg_step_rate_spm, None);
    }
}
