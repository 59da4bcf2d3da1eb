use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::activity::{Channel, SplitKind};
use kneewise_read::unit::Unit;

documented! {
    /// How much of the time on foot was run and not walked.
    ///
    /// **Formula**: 100 · time running / (time running + time walking); standing counts for
    /// neither.
    ///
    /// **Computed from** the stretches that the watch itself took for running and walking, where
    /// the file has them; otherwise the samples at 1 m/s or faster. At least 140 steps a minute is
    /// running, and so is at least 2.5 m/s; without a step rate at least 2 m/s, about the speed at
    /// which people change from walking to running.
    ///
    /// **Source**: for the speed Thorstensson A, Roberthson H. Acta Physiol Scand 1987;131:211–214
    /// (1.88 m/s on average over 18 men). The limit of 140 is between the steps of brisk walking
    /// and of slow running; it is our own method.
    ///
    /// **Limits**: uphill, slow running and fast walking look alike. Watches draw the line
    /// elsewhere.
    pub static RUNNING_SHARE: Metric {
        id: "running_share_percent",
        name: "Running share",
        unit: Unit::Percent,
        combine: Combine::Mean,
        compute: Compute::FromActivity(compute),
    }
}

const RUNNING_SPM: f64 = 140.0;
const RUNNING_MPS: f64 = 2.5;
const RUNNING_MPS_ALONE: f64 = 2.0;

fn compute(trace: &Trace) -> Option<Measured> {
    by_splits(trace).or_else(|| by_samples(trace))
}

fn by_splits(trace: &Trace) -> Option<Measured> {
    let seconds = |kind| {
        let of_kind = trace.activity.splits.iter().filter(|split| split.kind == kind);
        of_kind.map(|split| split.span.to_s - split.span.from_s).sum::<f64>()
    };
    share(seconds(SplitKind::Run), seconds(SplitKind::Walk), "the device's stretches of running and walking")
}

fn by_samples(trace: &Trace) -> Option<Measured> {
    let samples = &trace.activity.samples;
    let (speed, rate) = (samples.column(Channel::Speed)?, samples.column(Channel::StepRate));
    let moving = trace.moving()?;
    let runs = |i: usize| match rate.map(|rate| rate[i]).filter(|spm| !spm.is_nan()) {
        Some(spm) => spm >= RUNNING_SPM || speed[i] >= RUNNING_MPS,
        None => speed[i] >= RUNNING_MPS_ALONE,
    };
    let (mut running_s, mut walking_s) = (0.0, 0.0);
    for (i, seconds) in trace.seconds().iter().enumerate().filter(|(i, _)| moving(*i)) {
        *if runs(i) { &mut running_s } else { &mut walking_s } += seconds;
    }
    share(running_s, walking_s, if rate.is_some() { "step rate and speed while moving" } else { "speed while moving" })
}

fn share(running_s: f64, walking_s: f64, basis: &'static str) -> Option<Measured> {
    let over_s = running_s + walking_s;
    (over_s > 0.0).then(|| Measured { value: 100.0 * running_s / over_s, over_s, basis })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::of_columns;
    use kneewise_read::activity::{Span, Split};

    #[test]
    fn walking_breaks_are_told_by_steps_and_the_watch_s_own_word_counts_first() {
        let column = |running, walking| (0..401).map(|i| if i <= 300 { running } else { walking }).collect::<Vec<_>>();
        let columns = [(Channel::Speed, column(2.2, 1.9)), (Channel::StepRate, column(158.0, 118.0))];
        let of = |columns: &[_], splits: Vec<Split>| {
            of_columns(&RUNNING_SHARE, columns, |activity| activity.splits = splits).map(|measured| measured.value)
        };
        assert_eq!(of(&columns, Vec::new()), Some(75.0));
        assert_eq!(of(&columns[..1], Vec::new()), Some(75.0), "by speed alone");
        let split = |kind, from_s, to_s| Split { kind, span: Span { from_s, to_s } };
        let splits = vec![split(SplitKind::Run, 0.0, 200.0), split(SplitKind::Walk, 200.0, 400.0)];
        assert_eq!(of(&columns, splits), Some(50.0));
    }
}
