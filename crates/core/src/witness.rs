//! Which of several sources of one quantity is believed, and why.
//!
//! A recording says up to five times how far it went and how long it took: in the device's summary,
//! in its laps, in the recorded column, by its positions and times, and in totals that an exporter
//! wrote into the document. The readers only write down what each says. One step after them compares
//! the witnesses and writes a [`Decision`] for each quantity that more than one speaks of.

use std::fmt;

use crate::activity::{Note, NoteKind};

/// A quantity that several sources of one recording state.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Quantity {
    /// Metres run.
    Distance,
    /// Seconds on the timer.
    TimerTime,
    /// Seconds from start to end.
    ElapsedTime,
    /// Metres climbed.
    Ascent,
    /// Metres descended.
    Descent,
    /// Steps of both feet.
    Steps,
}

/// A source of a quantity.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Witness {
    /// The summary that the device wrote for the whole activity.
    Summary,
    /// The laps, added up.
    Laps,
    /// Totals that an exporter wrote beside the track.
    Document,
    /// The column that was recorded sample by sample, or the samples' own times.
    Samples,
    /// The positions, added up along the track.
    Positions,
}

/// What one witness says, in the quantity's SI unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statement {
    /// Who says it.
    pub witness: Witness,
    /// Metres, seconds or steps.
    pub value: f64,
}

/// Why a witness is believed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// No other contradicts it.
    Agree,
    /// Without positions a total of the whole run that differs was corrected afterwards, as people
    /// do after a treadmill run.
    Corrected,
    /// The samples cover only a part of the time that the total is about.
    SamplesCoverPart,
    /// The total is about a part of the time that the samples cover, as where a lap was not written.
    TotalCoversPart,
    /// Each lap has the distance since the start.
    LapsCountOn,
    /// The runner strolled on while the timer stood, and the samples hold that too.
    StrolledWhileStopped,
    /// The samples are in motion for longer than the total says.
    MotionOutlasts,
    /// The positions agree with it and not with the other.
    PositionsAgree,
    /// Positions wander, and the device smooths them: its total counts up to a tenth of difference.
    PositionsWander,
    /// Nobody covers so much in that time.
    OutOfReach,
    /// Nobody runs for so long.
    TooLong,
    /// The samples end long before, and nothing recorded fills the time.
    BeyondSamples,
    /// Every rise and fall of the recorded altitude together is far less.
    AltitudeShowsLess,
}

/// What was decided on one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What it is about.
    pub quantity: Quantity,
    /// What each witness says, the one that is believed first where one is.
    pub statements: Vec<Statement>,
    /// Who is believed; `None` where nobody is.
    pub believed: Option<Witness>,
    /// Why.
    pub reason: Reason,
}

impl Decision {
    /// Whether the witnesses contradict each other.
    pub fn is_contradiction(&self) -> bool {
        self.reason != Reason::Agree
    }

    /// Returns what `witness` says.
    pub fn value(&self, witness: Witness) -> Option<f64> {
        let of = |statement: &&Statement| statement.witness == witness;
        self.statements.iter().find(of).map(|statement| statement.value)
    }

    /// Returns the decision as a note for people; `None` where all agree.
    pub fn note(&self) -> Option<Note> {
        let kind = match self.quantity {
            Quantity::Distance => NoteKind::Distance,
            Quantity::TimerTime | Quantity::ElapsedTime => NoteKind::Clock,
            Quantity::Ascent | Quantity::Descent | Quantity::Steps => NoteKind::Samples,
        };
        self.is_contradiction().then(|| Note::new(kind, self.to_string()))
    }

    fn told(&self, statement: &Statement) -> String {
        let value = statement.value;
        match self.quantity {
            Quantity::TimerTime | Quantity::ElapsedTime => format!("{} {value:.0} s", statement.witness),
            Quantity::Steps => format!("{} {value:.0}", statement.witness),
            Quantity::Distance | Quantity::Ascent | Quantity::Descent => {
                format!("{} {value:.0} m", statement.witness)
            }
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Distance => "distance",
            Self::TimerTime => "timer time",
            Self::ElapsedTime => "elapsed time",
            Self::Ascent => "ascent",
            Self::Descent => "descent",
            Self::Steps => "steps",
        })
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Summary => "device total",
            Self::Laps => "laps",
            Self::Document => "exporter's total",
            Self::Samples => "samples",
            Self::Positions => "positions",
        })
    }
}

impl fmt::Display for Decision {
    /// One sentence for people, without a full stop: `distance by the samples, 2884 m (laps 2000 m):
    /// the total covers only a part of the run`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |statements: &[Statement]| {
            statements.iter().map(|statement| self.told(statement)).collect::<Vec<_>>().join(", ")
        };
        match (self.believed, self.statements.split_first()) {
            (Some(_), Some((first, others))) if !others.is_empty() => {
                write!(f, "{}: {} used, not {}: ", self.quantity, self.told(first), told(others))?;
            }
            (Some(_), _) => write!(f, "{}: {} used: ", self.quantity, told(&self.statements))?,
            (None, _) => write!(f, "{} not used ({}): ", self.quantity, told(&self.statements))?,
        }
        f.write_str(match self.reason {
            Reason::Agree => "all agree",
            Reason::Corrected => "it looks corrected afterwards; it sets distance and pace, and no best time",
            Reason::SamplesCoverPart => "the samples cover only a part of the run",
            Reason::TotalCoversPart => "the total covers only a part of the run",
            Reason::LapsCountOn => "each lap counts on from the start",
            Reason::StrolledWhileStopped => "the runner walked on while the timer stood",
            Reason::MotionOutlasts => "the samples show motion for longer than that",
            Reason::PositionsAgree => "the positions agree with it",
            Reason::PositionsWander => "positions alone are less exact",
            Reason::OutOfReach => "nobody covers that in the time",
            Reason::TooLong => "nobody runs for so long",
            Reason::BeyondSamples => "nothing was recorded for so long",
            Reason::AltitudeShowsLess => "the recorded altitude shows far less",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_reads_as_a_sentence_and_agreement_is_silent() {
        let say = |witness, value| Statement { witness, value };
        let mut decision = Decision {
            quantity: Quantity::Distance,
            statements: vec![say(Witness::Samples, 2884.0), say(Witness::Laps, 2000.0)],
            believed: Some(Witness::Samples),
            reason: Reason::TotalCoversPart,
        };
        let text = "distance: samples 2884 m used, not laps 2000 m: the total covers only a part of the run";
        assert_eq!(decision.note().map(|note| note.text).as_deref(), Some(text));
        decision.reason = Reason::Agree;
        assert_eq!(decision.note(), None);
    }
}
