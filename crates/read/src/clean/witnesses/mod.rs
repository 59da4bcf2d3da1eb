//! Compares what several sources of one recording say, and keeps what agrees.
//!
//! The readers leave in `totals` what the summary says and in `laps` what the laps say. Here both
//! are held against the samples; afterwards `totals` holds only what is believed, and `decisions`
//! says why.

mod climb;
mod distance;
mod reach;
mod refuse;
mod time;

#[cfg(test)]
mod tests;

use crate::activity::{Activity, Channel, Lap, Note, NoteKind, Totals};
use crate::limits::MOVING_MPS;
use crate::sample_time::SampleTime;
use crate::unit::METRES_PER_MILE;
use crate::witness::{Decision, Quantity, Reason, Statement, Witness};

/// Sources that differ by less than this share agree.
const AGREEMENT: f64 = 0.03;

pub(super) use reach::hold;

/// Brings `totals` to what the witnesses agree on, where `not_run_m` metres were taken out of the
/// samples that nobody ran. Returns what the samples add up to.
pub(super) fn compare(activity: &mut Activity, not_run_m: f64) -> Sampled {
    let laps = if overlap(&activity.laps) {
        activity.notes.push(Note::new(NoteKind::Samples, "the laps overlap in time; their sum is not used"));
        Totals::default()
    } else {
        sum(&activity.laps)
    };
    let sampled = Sampled { not_run_m, ..Sampled::of(activity) };
    refuse::totals(activity, &sampled);
    let summary = Told { witness: activity.summary, totals: activity.totals.clone() };
    let laps = Told { witness: Witness::Laps, totals: laps };
    let told = [summary, laps].map(|told| told.with_timer(&sampled).in_metres(&sampled));
    let timer = time::decide(activity, &told, &sampled);
    let distance = distance::decide(activity, &told, &sampled);
    settle_other_totals(activity, &told, &timer);
    activity.totals.timer_s = timer.value();
    activity.totals.distance_m = distance.value();
    activity.decisions.extend([timer.decision, distance.decision].into_iter().flatten());
    climb::decide(activity, &sampled);
    sampled
}

/// What one source of totals says.
struct Told {
    witness: Witness,
    totals: Totals,
}

impl Told {
    /// Exporters write the time in motion where devices write the timer, or all of the time. That
    /// is with all pauses, and of use only where the samples do not last for it.
    fn with_timer(mut self, sampled: &Sampled) -> Self {
        let totals = &mut self.totals;
        totals.timer_s = totals.timer_s.or(totals.moving_s);
        if self.witness == Witness::Document && totals.timer_s.is_none() && sampled.recorded_s > 0.0 {
            let is_longer = |seconds: &f64| *seconds > sampled.span_s && !agree(*seconds, sampled.span_s);
            totals.timer_s = totals.elapsed_s.filter(is_longer);
        }
        self
    }

    /// Some exporters write kilometres or miles: metres that would make no walking pace, and next
    /// to nothing of the track.
    fn in_metres(mut self, sampled: &Sampled) -> Self {
        const SLOWEST_MPS: f64 = 0.05;
        let Some(number) = self.totals.distance_m.filter(|_| self.witness == Witness::Document) else { return self };
        let seconds = self.totals.timer_s.unwrap_or(sampled.recorded_s);
        let is_few = sampled.metres.is_none_or(|metres| number < metres / 100.0);
        if is_few && number < SLOWEST_MPS * seconds {
            let ratio = sampled.metres.map_or(1000.0, |metres| metres / number);
            let is_miles = ratio / 1000.0 > METRES_PER_MILE / ratio;
            self.totals.distance_m = Some(number * if is_miles { METRES_PER_MILE } else { 1000.0 });
        }
        self
    }

    fn statement(&self, value: f64) -> Statement {
        Statement { witness: self.witness, value }
    }
}

/// What was decided on a quantity: the total that is believed, where it is not the samples'.
struct Verdict {
    total: Option<Statement>,
    decision: Option<Decision>,
}

impl Verdict {
    fn value(&self) -> Option<f64> {
        self.total.map(|statement| statement.value)
    }

    /// No source of totals says anything.
    fn silent() -> Self {
        Self { total: None, decision: None }
    }

    fn believed(
        quantity: Quantity,
        total: Statement,
        against: impl IntoIterator<Item = Statement>,
        reason: Reason,
    ) -> Self {
        let statements = std::iter::once(total).chain(against).collect();
        let decision = Decision { quantity, statements, believed: Some(total.witness), reason };
        Self { total: Some(total), decision: Some(decision) }
    }

    /// The samples' own `figure` stands, against the totals that contradict it.
    fn samples(
        quantity: Quantity,
        figure: Statement,
        against: impl IntoIterator<Item = Statement>,
        reason: Reason,
    ) -> Self {
        Self { total: None, ..Self::believed(quantity, figure, against, reason) }
    }
}

/// What the samples add up to.
pub(super) struct Sampled {
    /// Seconds recorded, pauses and gaps left out.
    recorded_s: f64,
    /// Seconds of gaps.
    silent_s: f64,
    /// Seconds at 1 m/s or faster.
    moving_s: f64,
    /// From the first sample to the last.
    span_s: f64,
    /// Metres, where a distance was recorded or follows from positions.
    metres: Option<f64>,
    /// Metres of them across gaps.
    silent_m: f64,
    /// Metres taken out of them that nobody ran.
    not_run_m: f64,
}

impl Sampled {
    fn of(activity: &Activity) -> Self {
        let samples = &activity.samples;
        let times = samples.time_s();
        let time = SampleTime::of(times, &activity.pauses);
        let speed = samples.column(Channel::Speed).unwrap_or_default();
        let moving = speed.iter().zip(&time.seconds).filter(|(mps, _)| **mps >= MOVING_MPS);
        let span_s = times.last().zip(times.first()).map_or(0.0, |(last, first)| last - first);
        let known = || samples.recorded(Channel::Distance).map(|(_, metres)| metres);
        let last = samples
            .column(Channel::Distance)
            .and_then(|column| column.iter().rev().copied().find(|metres| !metres.is_nan()));
        let metres = known().next().zip(last).map(|(first, last)| last - first);
        Self {
            moving_s: moving.map(|(_, seconds)| seconds).sum(),
            recorded_s: time.recorded_s,
            silent_s: time.silent_s(),
            span_s,
            metres: metres.filter(|metres| *metres > 0.0),
            silent_m: silent_m(samples.column(Channel::Distance).unwrap_or_default(), &time),
            not_run_m: 0.0,
        }
    }
}

/// Metres from the last known distance before each gap to the first after it.
fn silent_m(distance: &[f64], time: &SampleTime) -> f64 {
    let mut silences = time.silences.iter().peekable();
    let (mut before, mut is_across, mut sum) = (f64::NAN, false, 0.0);
    for (i, metres) in distance.iter().enumerate() {
        is_across |= silences.next_if(|(at, _)| *at == i).is_some();
        if metres.is_nan() {
            continue;
        }
        if std::mem::take(&mut is_across) && !before.is_nan() {
            sum += (metres - before).max(0.0);
        }
        before = *metres;
    }
    sum
}

fn agree(a: f64, b: f64) -> bool {
    (a - b).abs() <= AGREEMENT * a.max(b)
}

/// Whether laps together take longer than from the start of the first to the end of the last: some
/// are parts of others. Of laps that all begin at once nobody knows when they were.
fn overlap(laps: &[Lap]) -> bool {
    const SLACK_S: f64 = 10.0;
    let timed = || laps.iter().filter_map(|lap| Some((lap.start_s, lap.totals.timer_s?)));
    let all_s: f64 = timed().map(|(_, seconds)| seconds).sum();
    let first_s = timed().map(|(start_s, _)| start_s).fold(f64::INFINITY, f64::min);
    let last_s = timed().map(|(start_s, _)| start_s).fold(f64::NEG_INFINITY, f64::max);
    let end_s = timed().map(|(start_s, seconds)| start_s + seconds).fold(f64::NEG_INFINITY, f64::max);
    last_s > first_s && all_s > (end_s - first_s) * (1.0 + AGREEMENT) + SLACK_S
}

/// Adds laps up: a total is only given where every lap has it.
fn sum(laps: &[Lap]) -> Totals {
    let laps = || laps.iter().map(|lap| &lap.totals);
    let add = |of: fn(&Totals) -> Option<f64>| laps().map(of).sum::<Option<f64>>().filter(|_| laps().next().is_some());
    let mean = |of: fn(&Totals) -> Option<f64>| {
        let timed = laps().filter_map(|lap| Some((of(lap)?, lap.timer_s?)));
        let (weighted, time) = timed.fold((0.0, 0.0), |(w, t), (value, s)| (w + value * s, t + s));
        (time > 0.0).then(|| weighted / time)
    };
    Totals {
        distance_m: add(|lap| lap.distance_m),
        timer_s: add(|lap| lap.timer_s),
        ascent_m: add(|lap| lap.ascent_m),
        descent_m: add(|lap| lap.descent_m),
        avg_heart_rate_bpm: mean(|lap| lap.avg_heart_rate_bpm),
        max_heart_rate_bpm: laps().filter_map(|lap| lap.max_heart_rate_bpm).reduce(f64::max),
        avg_step_rate_spm: mean(|lap| lap.avg_step_rate_spm.filter(|rate| *rate > 0.0)),
        steps: add(|lap| lap.steps),
        ..Totals::default()
    }
}

/// Fills what the summary does not say from the laps, unless these are about a part of the run
/// only.
fn settle_other_totals(activity: &mut Activity, told: &[Told; 2], timer: &Verdict) {
    // A device that sums up its activity means what it leaves out.
    if told[0].totals != Totals::default() {
        return;
    }
    let laps_cover_all = match timer.total {
        Some(total) => told[1].totals.timer_s.is_none_or(|timer_s| agree(timer_s, total.value)),
        None => timer.decision.is_none(),
    };
    if !laps_cover_all {
        return;
    }
    let (totals, laps) = (&mut activity.totals, &told[1].totals);
    for (total, of_laps) in [
        (&mut totals.avg_heart_rate_bpm, laps.avg_heart_rate_bpm),
        (&mut totals.max_heart_rate_bpm, laps.max_heart_rate_bpm),
        (&mut totals.avg_step_rate_spm, laps.avg_step_rate_spm),
        (&mut totals.steps, laps.steps),
    ] {
        *total = total.or(of_laps);
    }
}
