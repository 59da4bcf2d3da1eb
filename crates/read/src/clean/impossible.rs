//! Values that cannot be: of a sensor without contact, a receiver without a fix, a damaged byte.

use crate::activity::{Activity, Channel, Note, NoteKind, Samples, Totals};

use super::strays::LONGEST_SILENCE_S;

/// A heart rate outside these (beats per minute) is a sensor's slip.
const LOWEST_HEART_RATE_BPM: f64 = 25.0;
const HIGHEST_HEART_RATE_BPM: f64 = 250.0;

/// A channel, the least and the most that can be in it, and what it is called.
///
/// Where the least is [`ABOVE_0`], a 0 says that nothing was measured: nobody's foot is on the
/// ground for 0 ms.
type Range = (Channel, f64, f64, &'static str);
const ABOVE_0: f64 = f64::MIN_POSITIVE;
const RANGES: [Range; 13] = [
    (Channel::Latitude, -90.0, 90.0, "latitude"),
    (Channel::Longitude, -180.0, 180.0, "longitude"),
    // From below the Dead Sea's shore to above Everest.
    (Channel::Altitude, -500.0, 9000.0, "altitude"),
    (Channel::Distance, 0.0, f64::MAX, "distance"),
    (Channel::Speed, 0.0, super::FASTEST_OTHER_MPS, "speed"),
    (Channel::HeartRate, LOWEST_HEART_RATE_BPM, HIGHEST_HEART_RATE_BPM, "heart rate"),
    // More than the best sprinters on a bicycle.
    (Channel::Power, 0.0, 3000.0, "power"),
    // At the device: in a sauna and in Siberia.
    (Channel::Temperature, -70.0, 120.0, "temperature"),
    // Generous for a walk: a second and a half on one foot, steps of three metres.
    (Channel::StanceTime, ABOVE_0, 1500.0, "ground contact"),
    (Channel::StanceTimeBalance, ABOVE_0, 100.0, "ground contact balance"),
    (Channel::VerticalOscillation, ABOVE_0, 500.0, "vertical oscillation"),
    (Channel::VerticalRatio, ABOVE_0, 100.0, "vertical ratio"),
    (Channel::StepLength, ABOVE_0, 3000.0, "step length"),
];

/// Leaves out samples and totals that cannot be.
pub(super) fn leave_out(activity: &mut Activity) {
    for range in &RANGES {
        let impossible = clear_outside(&mut activity.samples, range);
        if impossible > 0 {
            let what = format!("values of {} that cannot be, left out", range.3);
            activity.notes.push(Note::counted(NoteKind::Samples, what, impossible));
        }
    }
    clear_no_fix(&mut activity.samples);
    activity.counted_no_metres = activity.totals.distance_m == Some(0.0);
    activity.laps.iter_mut().for_each(|lap| drop_zeros(&mut lap.totals));
    drop_zeros(&mut activity.totals);
    drop_totals_out_of_reach(activity);
}

/// Clears what lies outside a range; returns how many values other than 0 that were. A 0 is how
/// many devices write that they measured nothing, and no doubt about what they did measure.
fn clear_outside(samples: &mut Samples, &(channel, least, most, _): &Range) -> usize {
    let column = samples.column_mut(channel);
    // Counting, other than asking for any, needs no branches: the compiler makes wide instructions
    // of it.
    let outside = |value: f64| usize::from(value < least) + usize::from(value > most);
    if column.iter().map(|value| outside(*value)).sum::<usize>() == 0 {
        return 0;
    }
    let mut impossible = 0;
    for value in column.iter_mut().filter(|value| outside(**value) > 0) {
        impossible += usize::from(*value != 0.0);
        *value = f64::NAN;
    }
    samples.drop_if_missing(channel);
    impossible
}

/// A receiver without a fix writes 0, 0: a place in the sea off Africa where nobody runs.
fn clear_no_fix(samples: &mut Samples) {
    const POSITION: [Channel; 2] = [Channel::Latitude, Channel::Longitude];
    if POSITION.iter().any(|channel| samples.column(*channel).is_none()) {
        // Half of a place is none.
        for channel in POSITION {
            samples.clear(channel);
        }
    }
    let lat = samples.column(Channel::Latitude).unwrap_or_default();
    if lat.iter().map(|degrees| usize::from(*degrees == 0.0)).sum::<usize>() == 0 {
        return;
    }
    for i in 0..samples.len() {
        let is_0 = |channel: &Channel| samples.column(*channel).is_some_and(|column| column[i] == 0.0);
        if POSITION.iter().all(is_0) {
            for channel in POSITION {
                samples.column_mut(channel)[i] = f64::NAN;
            }
        }
    }
    for channel in POSITION {
        samples.drop_if_missing(channel);
    }
}

/// Drops totals of 0, which a device writes that did not count, and those below it. Nobody climbs
/// on most flat runs: there a 0 is a count.
fn drop_zeros(totals: &mut Totals) {
    for metres in [&mut totals.ascent_m, &mut totals.descent_m] {
        *metres = metres.filter(|value| *value >= 0.0);
    }
    let Totals { distance_m, timer_s, elapsed_s, moving_s, steps, avg_step_rate_spm, .. } = totals;
    for total in [distance_m, timer_s, elapsed_s, moving_s, steps, avg_step_rate_spm] {
        *total = total.filter(|value| *value > 0.0);
    }
    for bpm in [&mut totals.avg_heart_rate_bpm, &mut totals.max_heart_rate_bpm] {
        *bpm = bpm.filter(|bpm| (LOWEST_HEART_RATE_BPM..=HIGHEST_HEART_RATE_BPM).contains(bpm));
    }
}

/// Drops totals that time and distance rule out.
fn drop_totals_out_of_reach(activity: &mut Activity) {
    let totals = &mut activity.totals;
    // A total that the samples and the timer know nothing of is a clock's slip.
    let recorded_s = activity.samples.time_s().last().copied().unwrap_or(0.0).max(totals.timer_s.unwrap_or(0.0));
    if let Some(elapsed_s) = totals.elapsed_s.filter(|s| recorded_s > 0.0 && *s > recorded_s + LONGEST_SILENCE_S) {
        totals.elapsed_s = None;
        let text =
            format!("the device's elapsed time of {elapsed_s:.0} s, of which {recorded_s:.0} s are recorded; left out");
        activity.notes.push(Note::new(NoteKind::Clock, text));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{empty, has_note};
    use super::*;
    use crate::activity::{Format, Lap};

    fn left_of(channel: Channel, values: &[f64]) -> (Vec<f64>, Vec<Note>) {
        let mut activity = empty(Format::Fit, Samples::new((0..values.len()).map(|i| i as f64).collect()));
        activity.samples.set(channel, values.to_vec());
        leave_out(&mut activity);
        (activity.samples.recorded(channel).map(|(_, value)| value).collect(), activity.notes)
    }

    #[test]
    fn an_altitude_on_no_mountain_makes_no_climb_and_is_told() {
        let (left, notes) = left_of(Channel::Altitude, &[400.0, 8e8, 410.0]);
        assert_eq!(left, [400.0, 410.0]);
        assert_eq!(notes[0].text, "values of altitude that cannot be, left out: 1");
    }

    #[test]
    fn a_zero_of_the_dynamics_is_a_missing_value_and_no_doubt() {
        for channel in [Channel::StanceTime, Channel::StepLength, Channel::VerticalRatio, Channel::HeartRate] {
            assert_eq!(left_of(channel, &[0.0, 90.0, f64::NAN, 0.0]), (vec![90.0], Vec::new()));
        }
        assert_eq!(left_of(Channel::Speed, &[0.0, 3.0]).0, [0.0, 3.0], "who stands has a speed of 0");
    }

    #[test]
    fn zeros_without_a_fix_are_no_place_but_the_equator_is() {
        let mut activity = empty(Format::Gpx, Samples::new(vec![0.0, 1.0, 2.0]));
        activity.samples.set(Channel::Latitude, vec![0.0, 0.0, 95.0]);
        activity.samples.set(Channel::Longitude, vec![0.0, 32.5, 32.5]);
        leave_out(&mut activity);
        assert_eq!(activity.samples.recorded(Channel::Latitude).collect::<Vec<_>>(), [(1, 0.0)]);
        assert!(has_note(&activity, "values of latitude"));
        activity.samples.set(Channel::Latitude, vec![0.0; 3]);
        activity.samples.set(Channel::Longitude, vec![0.0; 3]);
        leave_out(&mut activity);
        assert_eq!(activity.samples.column(Channel::Latitude), None, "never a fix, no positions");
    }

    #[test]
    fn an_elapsed_time_of_which_nothing_else_knows_is_left_out_and_told() {
        let mut activity = empty(Format::Fit, Samples::new(vec![0.0, 600.0]));
        activity.totals.elapsed_s = Some(1e8);
        leave_out(&mut activity);
        assert_eq!(activity.totals.elapsed_s, None);
        assert!(has_note(&activity, "elapsed time of 100000000 s, of which 600 s are recorded"));
    }

    #[test]
    fn totals_of_no_heart_and_of_no_metres_are_missing() {
        let mut activity = empty(Format::Fit, Samples::default());
        // What some writers put where no heart rate was measured.
        activity.totals.max_heart_rate_bpm = Some(255.0);
        let lap = Totals { avg_heart_rate_bpm: Some(0.0), distance_m: Some(0.0), ..Totals::default() };
        activity.laps = vec![Lap { start_s: 0.0, totals: lap }];
        leave_out(&mut activity);
        assert_eq!(activity.totals.max_heart_rate_bpm, None);
        assert_eq!(activity.laps[0].totals, Totals::default(), "zeros of laps are missing values too");
    }
}
