//! What a run does not know, taken from its copies and from logs kept by hand.

use super::Run;
use crate::measure::metric::{
    AVG_HEART_RATE, BESTS, HEART_RATE_DRIFT, MAX_HEART_RATE, Measured, Measures, Metric, PERCEIVED_EXERTION, TIMER,
};
use kneewise_read::activity::{Labels, Note, Wearer};
use kneewise_read::sport::SubSport;

impl Run {
    /// Takes what a row of a log kept by hand says of it, where no file does.
    pub fn fill(&mut self, gear: Option<&str>, exertion_cr10: Option<f64>, labels: &Labels) {
        self.fill_labels(labels);
        if self.gear.is_none() {
            self.gear = gear.map(str::to_owned);
        }
        if let Some(value) = exertion_cr10.filter(|_| self.value(&PERCEIVED_EXERTION).is_none()) {
            let over_s = self.value(&TIMER).unwrap_or(0.0);
            let told = Measured { value, over_s, basis: "a log kept by hand" };
            let known = self.measures.clone();
            let is_told = |metric: &Metric| metric.id == PERCEIVED_EXERTION.id;
            self.measures = Measures::from_fn(|metric| if is_told(metric) { Some(told) } else { known.get(metric) });
        }
    }

    fn fill_labels(&mut self, more: &Labels) {
        if *more != Labels::NONE {
            let mut labels = self.labels().clone();
            labels.fill(more);
            self.set_labels(labels);
        }
    }

    /// Takes what the runner told or set in a copy of the run and this one does not know.
    pub fn fill_told(&mut self, copy: &Self) {
        if self.gear.is_none() {
            self.gear.clone_from(&copy.gear);
        }
        self.fill_labels(copy.labels());
        if self.wearer == Wearer::default() {
            self.wearer = copy.wearer.clone();
        }
        if self.sub_sport == SubSport::Generic {
            self.sub_sport = copy.sub_sport;
        }
        self.measures = self.measures.filled(&copy.measures, &[&PERCEIVED_EXERTION]);
    }

    /// Leaves out its best speeds and times, and says why.
    pub fn leave_out_bests(&mut self, why: Note) {
        let known = self.measures.clone();
        let is_best = |metric: &Metric| BESTS.iter().any(|best| best.id == metric.id);
        self.measures = Measures::from_fn(|metric| known.get(metric).filter(|_| !is_best(metric)));
        self.notes.push(why);
    }

    /// Takes the heart rate of another recording of the same run where this one has none; says
    /// whether it did.
    pub fn fill_heart_rate(&mut self, copy: &Self) -> bool {
        if self.value(&AVG_HEART_RATE).is_some() || copy.value(&AVG_HEART_RATE).is_none() {
            return false;
        }
        self.measures = self.measures.filled(&copy.measures, &[&AVG_HEART_RATE, &MAX_HEART_RATE, &HEART_RATE_DRIFT]);
        self.heart_rate = copy.heart_rate.clone();
        true
    }
}
