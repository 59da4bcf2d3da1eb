//! What a reader makes of a file: activities with their samples in columns.
//!
//! From here on a FIT, a GPX and a TCX recording look the same. Values are in the unit that each
//! channel names (metres, but millimetres and milliseconds of a step, degrees Celsius, beats and
//! steps per minute), and what was not recorded is absent: never 0.

use std::fmt;

pub use super::channel::Channel;
pub use super::note::{Note, NoteKind};
pub use super::samples::{DeveloperColumn, Samples};
pub use super::summary::{Device, Lap, Sex, Span, Split, SplitKind, Totals, Wearer};

use crate::sport::{Sport, SubSport};
use crate::time::{Timestamp, Zone};
use crate::witness::{Decision, Witness};

/// The file format an activity was read from.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Format {
    /// GPS Exchange Format, an XML dialect.
    Gpx,
    /// Garmin's Training Center XML.
    Tcx,
    /// Flexible and Interoperable data Transfer, the watches' own binary format.
    Fit,
    /// No file: samples given by a program, see [`Activity::recorded`].
    Samples,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gpx => "GPX",
            Self::Tcx => "TCX",
            Self::Fit => "FIT",
            Self::Samples => "samples",
        })
    }
}

/// One sporting activity: a run, a ride, one leg of a triathlon.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Activity {
    /// The format it came in; for messages only.
    pub format: Format,
    /// When it began.
    pub start: Timestamp,
    /// Seconds by which the runner's clock was ahead of UTC, where the file says.
    pub utc_offset_s: Option<i32>,
    /// What was done.
    pub sport: Sport,
    /// How or where it was done.
    pub sub_sport: SubSport,
    /// What recorded it.
    pub device: Option<Device>,
    /// The recorded series, in order of time.
    pub samples: Samples,
    /// Where the runner or the watch stopped the timer, in seconds since `start`, in order and
    /// apart.
    pub pauses: Vec<Span>,
    /// The laps, in order.
    pub laps: Vec<Lap>,
    /// What the device took stretches of the activity for, in order.
    pub splits: Vec<Split>,
    /// What the device itself counted. A reader leaves here what the summary says; afterwards it is
    /// only what the other sources of the recording do not contradict.
    pub totals: Totals,
    /// Who wrote the totals.
    pub summary: Witness,
    /// Whether a counter of metres was there and stood at 0 all the time: there is no distance, and
    /// that is 0.
    pub counted_no_metres: bool,
    /// The source used for each quantity that more than one source states.
    pub decisions: Vec<Decision>,
    /// Whether the times are those of the runner's clock, in no zone that the file names.
    pub is_local_clock: bool,
    /// What the file says of the person wearing the device.
    pub wearer: Wearer,
    /// What the runner called it and wrote of it.
    pub labels: Labels,
    /// What a user should know about how this was read.
    pub notes: Vec<Note>,
}

/// What the runner called an activity and wrote of it. It is text that people wrote, and may name
/// places and people.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Labels {
    /// Its name.
    pub name: Option<String>,
    /// What was written of it.
    pub comment: Option<String>,
    /// Whether it is marked as a race.
    pub is_race: bool,
}

impl Labels {
    /// Of what nobody named or wrote of.
    pub const NONE: Self = Self { name: None, comment: None, is_race: false };

    /// Takes from others of the same run what these do not have.
    pub fn fill(&mut self, other: &Self) {
        if self.name.is_none() {
            self.name.clone_from(&other.name);
        }
        if self.comment.is_none() {
            self.comment.clone_from(&other.comment);
        }
        self.is_race |= other.is_race;
    }
}

impl Activity {
    /// Returns an activity that began at `start` and holds nothing yet.
    pub fn new(format: Format, start: Timestamp) -> Self {
        Self {
            format,
            start,
            utc_offset_s: None,
            sport: Sport::Generic,
            sub_sport: SubSport::Generic,
            device: None,
            samples: Samples::default(),
            pauses: Vec::new(),
            laps: Vec::new(),
            splits: Vec::new(),
            totals: Totals::default(),
            summary: Witness::Summary,
            counted_no_metres: false,
            decisions: Vec::new(),
            is_local_clock: false,
            wearer: Wearer::default(),
            labels: Labels::default(),
            notes: Vec::new(),
        }
    }

    /// Puts times that name no zone on the clock of `zone`, or leaves them the runner's own clock.
    ///
    /// Some exporters write what the clock showed and nothing of where. The day is right either
    /// way; the instant, by which recordings are compared, needs the zone.
    pub fn settle_clock(&mut self, zone: Option<&Zone>) {
        if !std::mem::take(&mut self.is_local_clock) || self.utc_offset_s.is_some() {
            return;
        }
        let offset_s = zone.map_or(0, |zone| zone.offset_s_of_local(self.start));
        self.start = self.start.plus_seconds(-f64::from(offset_s));
        self.utc_offset_s = Some(offset_s);
        let text = match zone {
            Some(zone) => format!("the file's times name no zone; taken for the clock of {}", zone.name()),
            None => "the file's times name no zone; taken for the runner's own clock".to_owned(),
        };
        self.notes.push(Note::new(NoteKind::Clock, text));
    }

    /// Everything of it but the samples.
    pub(crate) fn clone_without_samples(&mut self) -> Self {
        let samples = std::mem::take(&mut self.samples);
        let clone = self.clone();
        self.samples = samples;
        clone
    }

    /// Returns whether the device knew the date. Without one, clocks stand at 1970 (phones) or
    /// count from 1989 on (FIT); nobody recorded a run before the year 2000 with what is read here.
    pub fn is_dated(&self) -> bool {
        self.start.is_of_a_set_clock()
    }

    /// Returns whether it says more than when its samples were: a value of any channel, a distance
    /// or a time that the device counted.
    pub fn has_measurements(&self) -> bool {
        let Totals { distance_m, timer_s, elapsed_s, .. } = &self.totals;
        let is_total = [distance_m, timer_s, elapsed_s].into_iter().any(Option::is_some);
        is_total || Channel::ALL.iter().any(|channel| self.samples.column(*channel).is_some())
    }

    /// Returns seconds from the start to the end: the longest of the device's count, its timer and
    /// the last sample's time.
    pub fn elapsed_s(&self) -> Option<f64> {
        let recorded = self.samples.time_s().last().copied().filter(|last| self.samples.len() > 1 && *last >= 0.0);
        [self.totals.elapsed_s, self.totals.timer_s, recorded].into_iter().flatten().reduce(f64::max)
    }
}
