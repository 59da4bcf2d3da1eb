//! The recordings that a session was joined from.

use std::borrow::Cow;

use super::{Run, Source};
use crate::measure::metric::{MOVING_TIME, PERCEIVED_EXERTION, TIMER};
use kneewise_read::activity::Labels;
use kneewise_read::sport::SubSport;
use kneewise_read::time::Timestamp;

/// One recording of a session, with what must not be mixed with its others': shoes are changed for
/// a race, and a warm-up feels otherwise.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Part {
    /// When it began.
    pub start: Timestamp,
    /// When it ended, where that is known.
    pub end: Option<Timestamp>,
    /// Metres run; `None` when the file does not say.
    pub distance_m: Option<f64>,
    /// Seconds on the timer.
    pub timer_s: Option<f64>,
    /// Seconds in motion.
    pub moving_s: Option<f64>,
    /// Where it was run.
    pub sub_sport: SubSport,
    /// The gear that an export names for it.
    pub gear: Option<String>,
    /// What the runner called it and wrote of it.
    pub labels: Labels,
    /// How hard it was, as entered on the watch, from 0 to 10.
    pub exertion_cr10: Option<f64>,
    /// The files it was read from.
    pub sources: Vec<Source>,
}

impl Run {
    /// Returns what it was joined from, in order of time: one part where it is one recording.
    pub fn parts(&self) -> Cow<'_, [Part]> {
        if self.parts.is_empty() { Cow::Owned(vec![self.as_part()]) } else { Cow::Borrowed(&self.parts) }
    }

    pub(super) fn as_part(&self) -> Part {
        Part {
            start: self.start,
            end: self.end(),
            distance_m: self.distance_m().or(self.has_no_metres.then_some(0.0)),
            timer_s: self.value(&TIMER),
            moving_s: self.value(&MOVING_TIME),
            sub_sport: self.sub_sport,
            gear: self.gear.clone(),
            labels: self.labels().clone(),
            exertion_cr10: self.value(&PERCEIVED_EXERTION),
            sources: self.sources.clone(),
        }
    }

    /// Takes what a row of a log kept by hand says of one of several [parts](Run::parts).
    pub fn fill_part(&mut self, i: usize, gear: Option<&str>, exertion_cr10: Option<f64>, labels: &Labels) {
        let Some(part) = self.parts.get_mut(i) else { return };
        if part.gear.is_none() {
            part.gear = gear.map(str::to_owned);
        }
        part.exertion_cr10 = part.exertion_cr10.or(exertion_cr10);
        part.labels.fill(labels);
        self.take_from_parts();
    }

    /// Takes the gear of the longest part that has some, and the labels of a race before those of
    /// longer parts.
    pub(super) fn take_from_parts(&mut self) {
        let seconds = |part: &&Part| part.timer_s.unwrap_or(0.0);
        // Of two as long the first.
        let mut longest: Vec<&Part> = self.parts.iter().collect();
        longest.sort_by(|a, b| seconds(b).total_cmp(&seconds(a)));
        self.gear = longest.iter().find_map(|part| part.gear.clone());
        longest.sort_by_key(|part| !part.labels.is_race);
        let mut labels = Labels::default();
        for part in longest {
            labels.fill(&part.labels);
        }
        self.set_labels(labels);
    }
}
