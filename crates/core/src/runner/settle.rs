//! Numbers that a runner cannot have count as not given.

use super::{Entry, Limits, Runner};

fn keep(value: &mut Option<f64>, can_be: impl Fn(f64) -> bool) {
    *value = value.filter(|number| can_be(*number));
}

fn is_positive(number: f64) -> bool {
    number.is_finite() && number > 0.0
}

fn is_amount(number: f64) -> bool {
    number.is_finite() && number >= 0.0
}

impl Runner {
    /// Returns the runner without numbers that cannot be, such as a height of NaN.
    pub(crate) fn settled(&self) -> Self {
        let mut runner = self.clone();
        keep(&mut runner.height_m, is_positive);
        keep(&mut runner.strength_per_week, is_amount);
        keep(&mut runner.other_sports_h_per_week, is_amount);
        runner.masses.retain(|mass| is_positive(mass.kg));
        runner.limits.iter_mut().for_each(|known| known.limits.settle());
        runner.other_sessions.iter_mut().for_each(|session| keep(&mut session.seconds, is_amount));
        for shoe in &mut runner.shoes {
            shoe.start_m = if is_amount(shoe.start_m) { shoe.start_m } else { 0.0 };
            keep(&mut shoe.limit_m, is_positive);
        }
        runner
    }
}

impl Limits {
    fn settle(&mut self) {
        let Self {
            max_heart_rate_bpm,
            resting_heart_rate_bpm,
            first_threshold_bpm,
            second_threshold_bpm,
            threshold_speed_mps,
        } = self;
        let bpm = [max_heart_rate_bpm, resting_heart_rate_bpm, first_threshold_bpm, second_threshold_bpm];
        bpm.into_iter().chain([threshold_speed_mps]).for_each(|limit| keep(limit, is_positive));
    }
}

impl Entry {
    /// Leaves out scores beyond their scales, and numbers that nobody sleeps or beats.
    pub(super) fn settle(&mut self) {
        let Self { pain, sleep_h, sleep_quality, exertion_cr10, resting_heart_rate_bpm, hrv_ms, .. } = self;
        for score in [&mut pain.during, &mut pain.after, &mut pain.next_morning] {
            *score = score.filter(|points| *points <= 10);
        }
        *sleep_quality = sleep_quality.filter(|points| (1..=7).contains(points));
        keep(sleep_h, |hours| (0.0..=24.0).contains(&hours));
        keep(exertion_cr10, |points| (0.0..=10.0).contains(&points));
        keep(resting_heart_rate_bpm, is_positive);
        keep(hrv_ms, is_positive);
    }
}
