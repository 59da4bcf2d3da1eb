//! How pace, heart rate, step rate and altitude went, as lines of small blocks.

use kneewise_core::measure::trace::Trace;
use kneewise_read::activity::Channel;
use kneewise_read::unit::Units;

use crate::outline::Block;
use crate::words::height;

/// How many stretches of equal time a line has: enough to see a run, few enough for a narrow
/// terminal.
const STRETCHES: usize = 32;

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Slower than this nobody went anywhere.
const STANDING_MPS: f64 = 0.5;

/// The least change that a line shows from its foot to its top.
fn least_range(channel: Channel) -> f64 {
    if channel == Channel::Speed { 0.5 } else { 10.0 }
}

/// A stretch without a value.
const GAP: char = '·';

pub(super) fn blocks(trace: &Trace, units: Units) -> Vec<Block> {
    let samples = &trace.activity.samples;
    let lines: Vec<(String, String)> = [
        ("Pace", Channel::Speed, samples.column(Channel::Speed)),
        ("Heart rate", Channel::HeartRate, trace.heart_rate()),
        ("Step rate", Channel::StepRate, samples.column(Channel::StepRate)),
        ("Altitude", Channel::Altitude, samples.column(Channel::Altitude)),
    ]
    .into_iter()
    .filter_map(|(name, channel, column)| {
        let mut means = means(trace, column?);
        if channel == Channel::Speed {
            // As the figures of the page: scaled to a total that was corrected.
            for mean in &mut means {
                *mean *= trace.speed_correction();
            }
        }
        let known = || means.iter().copied().filter(|mean| !mean.is_nan());
        let (low, high) = (known().reduce(f64::min)?, known().reduce(f64::max)?);
        if channel == Channel::Speed && high < STANDING_MPS {
            return None;
        }
        // What hardly changes is drawn flat, and not blown up to the whole height.
        let top = high.max(low + least_range(channel));
        Some((name.to_owned(), format!("{}  {}", draw(&means, low, top), range(channel, low, high, units))))
    })
    .collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let about = format!(
        "Left to right, in {STRETCHES} stretches of equal time. Each line spans its lowest to its highest value. A higher pace is \
         faster."
    );
    vec![Block::Facts(lines), Block::Aside(about)]
}

/// The mean of a channel over each stretch of recorded time, weighted by time; NaN where nothing
/// was recorded.
fn means(trace: &Trace, column: &[f64]) -> Vec<f64> {
    let total_s = trace.recorded_s();
    if total_s <= 0.0 {
        return Vec::new();
    }
    let stretch_s = total_s / STRETCHES as f64;
    let mut sums = [(0.0, 0.0); STRETCHES];
    let mut at_s = 0.0;
    for (value, seconds) in column.iter().zip(trace.seconds()) {
        let (from_s, to_s) = (at_s, at_s + seconds);
        at_s = to_s;
        if value.is_nan() {
            continue;
        }
        // Where samples are far apart one stands for several stretches.
        let stretch_of = |time_s: f64| ((time_s / stretch_s) as usize).min(STRETCHES - 1);
        let first = stretch_of(from_s);
        for (stretch, (sum, weight)) in (first..).zip(&mut sums[first..=stretch_of(to_s)]) {
            let (begin_s, end_s) = (stretch as f64 * stretch_s, (stretch + 1) as f64 * stretch_s);
            let within_s = (to_s.min(end_s) - from_s.max(begin_s)).max(0.0);
            *sum += value * within_s;
            *weight += within_s;
        }
    }
    sums.iter().map(|(sum, weight)| sum / weight).collect()
}

fn draw(means: &[f64], low: f64, high: f64) -> String {
    let level = |mean: f64| {
        let share = if high > low { (mean - low) / (high - low) } else { 0.5 };
        LEVELS[((share * LEVELS.len() as f64) as usize).min(LEVELS.len() - 1)]
    };
    means.iter().map(|mean| if mean.is_nan() { GAP } else { level(*mean) }).collect()
}

fn range(channel: Channel, low: f64, high: f64, units: Units) -> String {
    match channel {
        Channel::Speed => match units.pace_at(low).as_str() {
            "-" => format!("standing to {}", units.pace_at(high)),
            slowest => format!("{slowest} to {}", units.pace_at(high)),
        },
        Channel::HeartRate => format!("{low:.0} to {high:.0} bpm"),
        Channel::StepRate => format!("{low:.0} to {high:.0} spm"),
        _ => format!("{} to {}", height(low, units), height(high, units)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kneewise_read::activity::{Activity, Format, Samples};
    use kneewise_read::time::Timestamp;

    #[test]
    fn stretches_are_of_equal_time_however_far_apart_the_samples_are() {
        let mut activity = Activity::new(Format::Fit, Timestamp::UNIX_EPOCH);
        // A sample a second for 32 seconds, then one every 8 seconds for as long.
        let times: Vec<f64> = (0..=32).map(f64::from).chain((1..=4).map(|i| 32.0 + 8.0 * f64::from(i))).collect();
        let values = times.iter().map(|time| if *time <= 32.0 { 100.0 } else { 200.0 }).collect();
        activity.samples = Samples::new(times);
        activity.samples.set(Channel::Altitude, values);
        let trace = Trace::new(&activity);
        let means = means(&trace, activity.samples.column(Channel::Altitude).expect("it is set"));
        assert_eq!(means[..16], [100.0; 16]);
        assert_eq!(means[STRETCHES - 1], 200.0);
        assert_eq!(draw(&means, 100.0, 200.0).chars().count(), STRETCHES);
        assert!(draw(&means, 100.0, 200.0).starts_with("▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁"));
    }
}
