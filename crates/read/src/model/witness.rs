//! Which of several sources of one quantity is believed, and why.
//!
//! A recording says up to five times how far it went and how long it took: in the device's summary,
//! in its laps, in the recorded column, by its positions and times, and in totals that an exporter
//! wrote into the document. The readers only write down what each says. One step after them
//! compares the witnesses and writes a [`Decision`] for each quantity that more than one speaks of.

use std::fmt;

use crate::activity::{Note, NoteKind};

/// Returns the manual page on how sources are compared, as Markdown.
pub fn page() -> String {
    PAGE.to_owned()
}

const PAGE: &str = "# Which source is believed

A recording can state its distance, time, climb and steps up to five times: in the device's summary, in
its laps, in the column that was recorded sample by sample, by its positions and times, and in totals
that an exporter wrote into the document. kneewise compares them before it believes one. The notes of a
run name every contradiction, with the values of both sides.

| what | rule |
|---|---|
| Sources that agree | Within 3% (or 20 m) the total of the summary is used, otherwise that of the laps. Metres of the samples are scaled to it. |
| Timer | A timer that the samples outlast in motion, by 3% and 10 s, is not used: the laps' is, otherwise the samples'. One that ends 15 minutes or more after the last sample, with no metres left to run, is not used either. |
| Total longer than the samples | Used where the time without samples allows it (0.5 to 7 m/s). Nothing is scaled. |
| Total shorter than the samples | Not used where it is about a shorter time, as where a lap was not written. Used where the rest is a stroll while the timer stood: slower than 60% of the run, or across gaps in the recording. |
| Laps that each count from the start | Not added up. |
| Total that differs, with positions | The one within 5% of the positions is used; the other is not scaled onto it. |
| Total that differs, without positions | It was corrected afterwards, as after a treadmill run. It sets distance and pace. It makes no best time and no form. |
| Positions alone | A device's or exporter's total is used over them: tracks are longer between houses and shorter where points are far apart. A sum of laps is used if it differs by at most 10%. |
| Speed | A recorded 0 between two stretches at 1 m/s or more is a missing speed. A speed that adds up to less than 0.45 or more than 2.2 times the distance is not used. |
| Columns that never change | A distance that stands still and an altitude of 0 throughout are missing columns. |
| Too fast | A stretch of a run that is faster than the world's best over its length (from 200 m on, by positions from 60 m on) counts at the run's usual speed, for up to three minutes; longer ones were driven and count nothing, with what is 1.5 times as fast as the rest beside them. So do minutes in which positions get further than anybody runs. A device's total that has these metres is not used. No best is made of it, nor of a minute that is faster than twice the run's fast end, nor of one or two stretches that are twice as fast as the rest of the run without quicker steps. |
| Faster than the runner | A recording without steps and heart rate is compared with the log's recordings that have them, if there are ten: as a whole at 80% of the world's best or more and 1.5 times their fastest, it is no run; with a stretch at 60% and 1.4 times, it has no best. |
| Silences | Metres across a silence of more than 30 s (or ten intervals) count where somebody can have run them: 1 to 6 m/s by positions, at most 6 m/s by a counter. |
| Laps without metres | They are pauses where nothing was recorded in them, or only standing. A timer that adds them in loses their time. |
| Laps that stand twice | They count once. So does a lap of the whole run beside those of its kilometres. Laps that overlap in time otherwise are not added up. |
| Document | Its totals may be the document's, its metadata's or the track's. Where it has the runner move for longer than from start to end, nothing in it is used that the samples do not say too. |
| Climb | A device's climb is not used where every rise of its altitude together is less by a third and 50 m, or where it is more than 60% of the distance, faster than 0.7 m/s up or 1.5 m/s down. A rise or fall that nobody manages in its time is no climb: 15 m up or 25 m down in 10 s, 33 or 60 m in 30 s, 54 or 102 m in a minute, 92 or 190 m in two. |
| Altitude at the start | Before such a leap in the first five minutes it is not used until it has settled, and neither is one that begins three times as steep as all that follows. Zeros that it falls to by a step are missing values. |
| Clock | What was recorded after a leap of the clock is moved back where the device's elapsed time says so. Without one, it is moved back where the next sample is one step away, the speed goes on, and the leap is of whole quarter hours or the heart rate goes on too. Samples whose clock was set back, or was another for a while, are told by their order in the file. Otherwise the parts are separate recordings. |
| Times to the minute | Samples are spread evenly over each minute. |
| Times without a zone | They are the runner's clock, in the zone of the first position. |
| Times without a date | The run has no date and is not counted. |
| Reach | Nobody runs faster than the world's best over that distance by more than 15%, for more than 120 hours, further than 1,100 km or with more than 300 steps a minute. Such totals are not used, and neither is a cadence that is nobody's counted once or twice. A recording that is faster or longer, that has neither distance nor time, or of which only such a total remains, is no run. |

The thresholds are our own, chosen on about 1,900 real files.
";

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
#[non_exhaustive]
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
    /// The total is about a part of the time that the samples cover, as where a lap was not
    /// written.
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
    /// Nobody moves for longer than from the start to the end.
    MovingOutlastsElapsed,
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
#[non_exhaustive]
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
    /// Returns whether the witnesses contradict each other.
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
    /// One sentence for people, without a full stop: `distance by the samples, 2884 m (laps 2000
    /// m): the total covers only a part of the run`.
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
            Reason::MovingOutlastsElapsed => "nobody moves for longer than from start to end",
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
