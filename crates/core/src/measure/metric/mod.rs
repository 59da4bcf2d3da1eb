//! Run metrics: one file each, one list of all.
//!
//! A [`Metric`] says what it is called, in what unit it is, how values combine, and how it is
//! worked out; its doc comment is its manual page. Column names, CSV headers and data frames come
//! from [`METRICS`], so a new metric is a new file here and a line in that list.

mod ascent;
mod bests;
mod distance;
mod downhill;
mod dynamics;
mod elapsed;
mod graded_pace;
mod heart_rate;
mod moving_distance;
mod moving_time;
mod over_the_run;
mod pace;
mod perceived_exertion;
mod pods;
mod running_share;
pub(crate) mod sampled_distance;
mod step_length;
mod step_rate;
mod steps;
mod timer;

pub use ascent::{ASCENT, ASCENT_BY_ALTITUDE, DESCENT, DESCENT_BY_ALTITUDE};
pub use bests::{
    BEST_FIVE_KM, BEST_FIVE_MIN, BEST_HALF_MARATHON, BEST_ONE_KM, BEST_ONE_MIN, BEST_SIXTY_MIN, BEST_TEN_KM,
    BEST_TWENTY_MIN, BESTS,
};
pub use distance::DISTANCE;
pub use downhill::DOWNHILL;
pub use dynamics::{
    RUNNING_STEP_RATE, STANCE_TIME, STANCE_TIME_BALANCE, STEP_LENGTH_TO_HEIGHT, VERTICAL_OSCILLATION, VERTICAL_RATIO,
};
pub use elapsed::ELAPSED;
pub use graded_pace::GRADE_ADJUSTED_PACE;
pub use heart_rate::{AVG_HEART_RATE, MAX_HEART_RATE};
pub use moving_distance::MOVING_DISTANCE;
pub use moving_time::MOVING_TIME;
pub use over_the_run::{HEART_RATE_DRIFT, STANCE_TIME_FADE, STEP_LENGTH_FADE, STEP_RATE_FADE, WARM_UP_SPEED};
pub use pace::PACE;
pub use perceived_exertion::PERCEIVED_EXERTION;
pub use pods::{
    BRAKING_LEFT, BRAKING_RIGHT, FOOT_STRIKE_LEFT, FOOT_STRIKE_RIGHT, FORM_POWER, IMPACT_LEFT, IMPACT_LOADING_RATE,
    IMPACT_RIGHT, LEG_SPRING_STIFFNESS, LEG_SPRING_STIFFNESS_FADE, POD_METRICS, PRONATION_LEFT, PRONATION_RIGHT,
};
pub use running_share::RUNNING_SHARE;
pub use sampled_distance::SAMPLED_DISTANCE;
pub use step_length::AVG_STEP_LENGTH;
pub use step_rate::AVG_STEP_RATE;
pub use steps::STEPS;
pub use timer::TIMER;

use crate::measure::trace::Trace;
use dynamics::STEADY_STEP_LENGTH;
use kneewise_read::unit::Unit;

/// Every metric, in the order in which tables show them.
pub static METRICS: &[&Metric] = &[
    &DISTANCE,
    &TIMER,
    &MOVING_TIME,
    &ELAPSED,
    &SAMPLED_DISTANCE,
    &MOVING_DISTANCE,
    &PACE,
    &GRADE_ADJUSTED_PACE,
    &AVG_HEART_RATE,
    &MAX_HEART_RATE,
    &AVG_STEP_RATE,
    &AVG_STEP_LENGTH,
    &ASCENT,
    &DESCENT,
    &ASCENT_BY_ALTITUDE,
    &DESCENT_BY_ALTITUDE,
    &DOWNHILL,
    &STEPS,
    &BEST_ONE_MIN,
    &BEST_FIVE_MIN,
    &BEST_TWENTY_MIN,
    &BEST_SIXTY_MIN,
    &BEST_ONE_KM,
    &BEST_FIVE_KM,
    &BEST_TEN_KM,
    &BEST_HALF_MARATHON,
    &RUNNING_SHARE,
    &WARM_UP_SPEED,
    &HEART_RATE_DRIFT,
    &RUNNING_STEP_RATE,
    &STANCE_TIME,
    &STANCE_TIME_BALANCE,
    &VERTICAL_OSCILLATION,
    &VERTICAL_RATIO,
    &STEP_LENGTH_TO_HEIGHT,
    &STEP_RATE_FADE,
    &STANCE_TIME_FADE,
    &STEP_LENGTH_FADE,
    &LEG_SPRING_STIFFNESS,
    &LEG_SPRING_STIFFNESS_FADE,
    &FORM_POWER,
    &IMPACT_LOADING_RATE,
    &PRONATION_LEFT,
    &PRONATION_RIGHT,
    &FOOT_STRIKE_LEFT,
    &FOOT_STRIKE_RIGHT,
    &IMPACT_LEFT,
    &IMPACT_RIGHT,
    &BRAKING_LEFT,
    &BRAKING_RIGHT,
    &PERCEIVED_EXERTION,
];

/// Returns the metric of an id such as `distance_m`.
pub fn find(id: &str) -> Option<&'static Metric> {
    METRICS.iter().copied().find(|metric| metric.id == id)
}

/// One number that a run has.
///
/// Programs read those of [`METRICS`] and make none: a [`Run`](crate::Run) has a place for each of
/// the list and for no other.
#[derive(Debug)]
#[non_exhaustive]
pub struct Metric {
    /// The stable name in data, unit included: `moving_time_s`.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// The unit of the value.
    pub unit: Unit,
    /// How the values of several files or runs make one.
    pub combine: Combine,
    /// The manual page, in Markdown.
    pub doc: &'static str,
    /// How it is worked out.
    pub compute: Compute,
}

/// How several values of a metric make one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Combine {
    /// Added up.
    Sum,
    /// The mean, weighted by the seconds that each value rests on.
    Mean,
    /// The largest.
    Max,
    /// The smallest.
    Min,
    /// The first one's.
    First,
    /// That of the one that rests on the most seconds.
    Longest,
    /// The time from the first one's start to the last one's end.
    Span,
    /// Worked out anew from the combined metrics it is made of.
    Derived,
}

/// How a metric is worked out.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Compute {
    /// From the samples and totals of each activity.
    FromActivity(fn(&Trace) -> Option<Measured>),
    /// From metrics that stand before this one in [`METRICS`].
    FromMetrics(fn(&Measures) -> Option<Measured>),
}

/// A value with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Measured {
    /// In the metric's unit.
    pub value: f64,
    /// Seconds of recording that the value rests on; the weight of a mean.
    pub over_s: f64,
    /// What it was computed from, in a few words.
    pub basis: &'static str,
}

/// The metrics of one run: those that are known, each with its place in [`METRICS`], in that order.
/// A row that somebody kept by hand knows four of some fifty, and there may be a hundred thousand
/// rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures(Vec<(u8, Measured)>);

const _: () = assert!(METRICS.len() < u8::MAX as usize, "a place is one byte");

impl Measures {
    /// Returns what one activity gives.
    pub fn of_activity(trace: &Trace) -> Self {
        Self::from_fn(|metric| metric.of_activity(trace))
    }

    /// The metrics that `known` gives, and those that follow from them.
    pub(crate) fn from_fn(known: impl Fn(&Metric) -> Option<Measured>) -> Self {
        let mut measures = Self(Vec::with_capacity(METRICS.len()));
        for (slot, metric) in METRICS.iter().copied().chain([&STEADY_STEP_LENGTH]).enumerate() {
            let measured = match metric.compute {
                Compute::FromActivity(_) => known(metric),
                Compute::FromMetrics(compute) => compute(&measures).or_else(|| known(metric)),
            };
            measures.0.extend(measured.map(|measured| (slot as u8, measured)));
        }
        measures.0.shrink_to_fit();
        measures
    }

    /// What this part of a session and a `later` one give together, when the two last `span_s`
    /// seconds from the first one's start to the last one's end. A part that is [`Slight`] adds
    /// nothing where it says nothing.
    ///
    /// Nobody moves for longer than the timer runs, nor does it for longer than the session lasts:
    /// of recordings that overlap the times would otherwise add up to more.
    pub(crate) fn with_later(&self, later: &Self, span_s: f64, slight: Slight) -> Self {
        let span = Measured { value: span_s, over_s: span_s, basis: "start and end" };
        let combined = |metric: &Metric| match (metric.combine, self.get(metric), later.get(metric)) {
            (Combine::Span, ..) => Some(span),
            (Combine::Derived, ..) => None,
            (how, Some(a), Some(b)) => Some(combine(how, a, b)),
            (Combine::Sum, Some(a), None) if slight.later => Some(a),
            (Combine::Sum, None, Some(b)) if slight.earlier => Some(b),
            // Half of a sum is not the sum.
            (Combine::Sum, ..) => None,
            (_, a, b) => a.or(b).map(|known| Measured { basis: "part of the session's files", ..known }),
        };
        let timer_s = combined(&TIMER).map_or(span_s, |timer| timer.value.min(span_s));
        let most_s = |metric: &Metric| match metric.id {
            id if id == TIMER.id => span_s,
            id if id == MOVING_TIME.id => timer_s,
            _ => f64::INFINITY,
        };
        Self::from_fn(|metric| {
            let measured = combined(metric)?;
            Some(Measured { value: measured.value.min(most_s(metric)), ..measured })
        })
    }

    /// Returns the metrics of a part that lasts `seconds`, with these shares of the metres and of
    /// the timed seconds. Metrics of the start or of the whole are left out.
    pub(crate) fn of_part(&self, seconds: f64, metres_share: f64, time_share: f64) -> Self {
        let part = Measured { value: seconds, over_s: seconds, basis: "start and end" };
        Self::from_fn(|metric| {
            let whole = self.get(metric)?;
            let over_s = whole.over_s * time_share;
            let is_time = [TIMER.id, MOVING_TIME.id].contains(&metric.id);
            match metric.combine {
                Combine::Span => Some(part),
                Combine::Sum if is_time => Some(Measured { value: whole.value * time_share, over_s, ..whole }),
                Combine::Sum => Some(Measured { value: whole.value * metres_share, over_s, ..whole }),
                Combine::Mean | Combine::Max | Combine::Min => Some(Measured { over_s, ..whole }),
                Combine::First | Combine::Longest | Combine::Derived => None,
            }
        })
    }

    /// What these are with the values of some metrics from `other` where this has none, and all
    /// that follows from them.
    pub(crate) fn filled(&self, other: &Self, metrics: &[&Metric]) -> Self {
        let is_named = |metric: &Metric| metrics.iter().any(|named| named.id == metric.id);
        Self::from_fn(|metric| self.get(metric).or_else(|| other.get(metric).filter(|_| is_named(metric))))
    }

    /// Returns these measures for a runner of another height, in metres, than the file states.
    #[must_use]
    pub fn with_height(&self, height_m: f64) -> Self {
        let of_height = self.get(&STEADY_STEP_LENGTH).map(|length| dynamics::to_height(length, height_m));
        Self::from_fn(|metric| if metric.id == STEP_LENGTH_TO_HEIGHT.id { of_height } else { self.get(metric) })
    }

    /// Returns the value of a metric with what it rests on; `None` when the files do not hold it.
    pub fn get(&self, metric: &Metric) -> Option<Measured> {
        let is_it = |slot: u8| METRICS.get(usize::from(slot)).copied().unwrap_or(&STEADY_STEP_LENGTH).id == metric.id;
        self.0.iter().find(|(slot, _)| is_it(*slot)).map(|(_, measured)| *measured)
    }
}

/// Which of two parts of a session are so small that what they do not say is 0.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slight {
    pub earlier: bool,
    pub later: bool,
}

fn combine(how: Combine, a: Measured, b: Measured) -> Measured {
    let over_s = a.over_s + b.over_s;
    let value = match how {
        Combine::Max => a.value.max(b.value),
        Combine::Min => a.value.min(b.value),
        Combine::First => return a,
        Combine::Longest => return if b.over_s > a.over_s { b } else { a },
        Combine::Mean if over_s > 0.0 => (a.value * a.over_s + b.value * b.over_s) / over_s,
        Combine::Mean => f64::midpoint(a.value, b.value),
        Combine::Sum | Combine::Span | Combine::Derived => a.value + b.value,
    };
    Measured { value, over_s, basis: if a.basis == b.basis { a.basis } else { "several files, by different means" } }
}

impl Metric {
    /// Returns the manual page as Markdown: `docs/metrics.md` is made of these, and `kneewise
    /// explain` prints them.
    pub fn manual_page(&self) -> String {
        let combine = match self.combine {
            Combine::Sum => "added up",
            Combine::Mean => "averaged, weighted by time",
            Combine::Max => "the largest counts",
            Combine::Min => "the smallest counts",
            Combine::First => "the first counts",
            Combine::Longest => "the one that rests on the most time counts",
            Combine::Span => "from the first start to the last end",
            Combine::Derived => "worked out again from the whole",
        };
        let (id, name, unit) = (self.id, self.name, self.unit);
        let doc = crate::doc::page(self.doc);
        format!("# {name} (`{id}`)\n\nUnit: {unit}. Over several files of a session: {combine}.\n\n{doc}")
    }

    /// Returns whether a value can be one of this metric: what adds up or lasts is not negative.
    pub(crate) fn can_be(&self, value: f64) -> bool {
        value.is_finite() && (value >= 0.0 || !matches!(self.combine, Combine::Sum | Combine::Span))
    }

    /// Returns the value that one activity gives; `None` for what it does not hold, and for metrics
    /// that are worked out from other metrics.
    pub fn of_activity(&self, trace: &Trace) -> Option<Measured> {
        match self.compute {
            Compute::FromActivity(compute) => compute(trace).filter(|measured| measured.value.is_finite()),
            Compute::FromMetrics(_) => None,
        }
    }
}

/// What a metric makes of an activity with a sample each second.
#[cfg(test)]
fn of_columns(
    metric: &Metric,
    columns: &[(kneewise_read::activity::Channel, Vec<f64>)],
    with: impl FnOnce(&mut crate::Activity),
) -> Option<Measured> {
    use kneewise_read::activity::{Activity, Format, Samples};
    let start = kneewise_read::time::Timestamp::from_unix_s(1_700_000_000).expect("in range");
    let mut activity = Activity::new(Format::Fit, start);
    activity.samples = Samples::new((0..columns[0].1.len()).map(|i| i as f64).collect());
    for (channel, column) in columns {
        activity.samples.set(*channel, column.clone());
    }
    with(&mut activity);
    metric.of_activity(&Trace::new(&activity))
}

#[cfg(test)]
mod tests {
    use super::METRICS;

    /// The words of a page from a heading such as `**Source**` to the next blank line.
    fn words<'a>(doc: &'a str, heading: &str) -> Option<&'a str> {
        let (_, after) = doc.split_once(&format!("\n **{heading}**"))?;
        Some(after.split("\n\n").next().unwrap_or_default().trim_start_matches(':').trim())
    }

    #[test]
    fn every_page_names_a_source_and_limits() {
        for metric in METRICS {
            for heading in ["Source", "Limits"] {
                let said = words(metric.doc, heading).unwrap_or_default();
                assert!(said.len() >= 10, "{}: **{heading}** says {said:?}", metric.id);
            }
        }
    }
}
