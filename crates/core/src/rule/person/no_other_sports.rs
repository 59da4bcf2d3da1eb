//! Running and nothing else.

use crate::doc::documented;
use crate::knowledge::reference::{MALISOUX_2013, THEISEN_2014};
use crate::log::TrainingLog;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Days over which hours of other sports are counted.
    window_days: i64 = 28, 1..=3660;
}

documented! {
    /// ## What it does
    /// Adds up the hours of other sports a week over the last four weeks, from the same files as
    /// the runs, and compares them with the habit in your profile. None at all is info, as a tip.
    ///
    /// ## Why it matters
    /// In 264 runners followed for 22 weeks (Malisoux 2013), each hour a week of other sports was
    /// linked to 0.85 times the rate of injuries (95% CI 0.73–0.98). In 247 others (Theisen 2014)
    /// it was 0.70 times (0.56–0.88). In the first study 87 of 264 were injured; in the other there
    /// were 12.1 injuries in 1,000 hours of running. Swimming and cycling avoid the impact on the
    /// knees; the article that this program answers names them too.
    ///
    /// ## Limits
    /// This is an association: people who do other sports may differ in much else. Sports without a
    /// file are not seen, so a log of runs alone shows nothing unless the profile does.
    ///
    /// ## Example
    /// | date | km | `swim_min` | outcome |
    /// |---|---|---|---|
    /// | 2026-03-01 | 8.0 | | not assessed |
    /// | 2026-03-02 | | 120 | clear 0.50 |
    /// | 2026-03-30 | 8.0 | | info 0.00 |
    ///
    /// ## Options
    /// `window_days` (28).
    ///
    /// ## References
    /// Malisoux 2013, Theisen 2014.
    pub static NO_OTHER_SPORTS: Rule {
        id: "no-other-sports",
        name: "Other sports",
        area: Area::Person,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "sessions of other sports in the files, or the habit in the profile",
        not_known: "Whether the other sport makes the difference, or the people who do it, is unknown.",
        brief: Brief::new(
            "Other sports",
            "Try an easy ride or swim in place of a run.",
            &[Reading::at_most(Unit::Hours, "of other sports a week")],
        ),
        references: &[
            &MALISOUX_2013,
            &THEISEN_2014,
        ],
        check: check,
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.no_other_sports;
    if log.runs().is_empty() {
        return Missing::outcome("needs runs", "runs in the files");
    }
    let Some(measured) = measure(log, runner, options) else {
        return Missing::outcome(
            "needs sessions of other sports in the files, or your habit in the profile. Neither has any",
            Remedy::profile("add your hours of other sports a week to the profile, with 0 for none"),
        );
    };
    flagged_or((!measured.is_any()).then(|| flag(&measured, options)), || {
        Outcome::Clear(Clear {
            message: measured.words(options),
            measured: Some(Quantity::new(measured.hours(), Unit::Hours)),
            limit: Some(Quantity::new(0.0, Unit::Hours)),
            window: measured.window,
            coverage: measured.coverage,
        })
    })
}

/// Other sports of the last days, in hours a week.
struct Measured {
    files_h: f64,
    habit_h: f64,
    /// Sessions of which no file says how long they took.
    unknown: usize,
    /// Whether there were other sports before these days.
    has_earlier: bool,
    window: Window,
    coverage: Coverage,
}

/// `None` where neither files nor profile tell of other sports.
fn measure(log: &TrainingLog, runner: &Runner, options: &Options) -> Option<Measured> {
    let as_of = log.as_of();
    let known = runner.other_sessions.iter().filter(|session| session.date <= as_of && !session.is_strength());
    if known.clone().next().is_none() && runner.other_sports_h_per_week.is_none() {
        return None;
    }
    let window = Window { from: as_of.saturating_add_days(1 - options.window_days), to: as_of };
    let recent = known.clone().filter(|session| session.date >= window.from);
    // Not `sum`, which is -0 of none.
    let recorded_s = recent.clone().filter_map(|session| session.seconds).fold(0.0, |sum, seconds| sum + seconds);
    Some(Measured {
        files_h: recorded_s / 3600.0 / (options.window_days as f64 / 7.0),
        habit_h: runner.other_sports_h_per_week.unwrap_or(0.0),
        unknown: recent.clone().filter(|session| session.seconds.is_none()).count(),
        has_earlier: known.clone().any(|session| session.date < window.from),
        window,
        coverage: Coverage::count("sessions of other sports", as_of, recent.map(|session| (session.date, true))),
    })
}

impl Measured {
    /// Files and profile tell of the same hours: the larger of the two counts, and neither is added
    /// to the other.
    fn hours(&self) -> f64 {
        self.files_h.max(self.habit_h)
    }

    fn is_any(&self) -> bool {
        self.hours() > 0.0 || self.coverage.of > 0
    }

    fn words(&self, options: &Options) -> String {
        let Self { files_h, habit_h, .. } = self;
        let days = options.window_days;
        let of_unknown = match self.unknown {
            0 => String::new(),
            n => format!(" {n} of {} sessions have no duration.", self.coverage.of),
        };
        let at_least = if self.unknown > 0 { "at least " } else { "" };
        let shown = |hours: f64| match hours {
            hours if hours > 0.0 && hours < 0.05 => "less than 0.1".to_owned(),
            hours => format!("{hours:.1}"),
        };
        if files_h >= habit_h {
            format!(
                "You did {at_least}{} hours of other sports a week in the last {days} days. None at all is flagged.{of_unknown}",
                shown(self.hours())
            )
        } else {
            format!(
                "Your profile records {habit_h:.1} hours of other sports a week; your files show {at_least}{files_h:.1} in the last {days} \
                 days. None at all is flagged.{of_unknown}"
            )
        }
    }
}

fn flag(measured: &Measured, options: &Options) -> Flag {
    let consider = if measured.has_earlier {
        "Do one of your other sports again in place of a run now and then."
    } else {
        "Swim or cycle in place of a run now and then."
    };
    Flag {
        tier: Tier::Info,
        message: format!("Your files and profile show no other sport in the last {} days.", options.window_days),
        study: "In 264 runners (87 injured in 22 weeks) each hour a week of other sports was linked to 0.85 times the rate of injuries (95% CI \
            0.73–0.98). In 247 others it was 0.70 times (0.56–0.88)."
            .to_owned(),
        consider: consider.to_owned(),
        measured: Quantity::new(measured.hours(), Unit::Hours),
        limit: Quantity::new(0.0, Unit::Hours),
        window: measured.window,
        runs: Vec::new(),
        coverage: measured.coverage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use crate::run::Run;
    use crate::runner::OtherSession;
    use jiff::civil::{Date, Weekday, date};
    use kneewise_read::sport::{Sport, SubSport};
    use kneewise_read::time::Timestamp;

    const LAST: Date = date(2026, 3, 29);

    /// What is said of rides of so many hours and days before the last one, of a runner with a run
    /// on it or none.
    fn said(runs: usize, rides: &[(i64, f64)], habit_h: Option<f64>) -> Outcome {
        let start = Timestamp::parse_iso8601("2026-03-29T07:00:00Z").expect("a time").0;
        let runs = (0..runs).map(|_| Run::summary(start, Some(0), &[(&DISTANCE, 8000.0)])).collect();
        let ride = |&(before, hours): &(i64, f64)| OtherSession {
            date: LAST.saturating_add_days(-before),
            sport: Sport::Cycling,
            sub_sport: SubSport::Generic,
            seconds: Some(3600.0 * hours),
        };
        let other_sessions = rides.iter().map(ride).collect();
        let runner = Runner { other_sessions, other_sports_h_per_week: habit_h, ..Runner::default() };
        check(&TrainingLog::new(runs, LAST, Weekday::Monday), &runner, &rule::Options::default())
    }

    #[test]
    fn who_rides_is_not_told_to_take_up_cycling() {
        assert!(matches!(said(0, &[(0, 1.0), (60, 2.0)], None), Outcome::NotAssessed(_)), "rides alone");
        let Outcome::Flagged(flags) = said(1, &[(60, 2.0)], None) else { panic!("no ride in the last 28 days") };
        assert!(flags[0].consider.contains("again") && !flags[0].consider.contains("cycle"), "{}", flags[0].consider);
        let Outcome::Flagged(flags) = said(1, &[], Some(0.0)) else { panic!("none at all") };
        assert!(flags[0].consider.contains("cycle"));
    }

    #[test]
    fn a_ride_on_the_last_day_counts_and_one_28_days_before_does_not() {
        let Outcome::Clear(clear) = said(1, &[(0, 2.0)], None) else { panic!("a ride on the last day") };
        assert!(clear.message.contains("0.5 hours of other sports a week"), "{}", clear.message);
        assert!(matches!(said(1, &[(27, 2.0)], None), Outcome::Clear(_)));
        assert!(matches!(said(1, &[(28, 2.0)], None), Outcome::Flagged(_)));
    }

    #[test]
    fn hours_in_files_and_in_the_profile_are_not_added_up() {
        let hours = |outcome| match outcome {
            Outcome::Clear(Clear { measured: Some(measured), message, .. }) => (measured.value, message),
            other => panic!("{other:?}"),
        };
        let (both, message) = hours(said(1, &[(0, 4.0), (9, 4.0)], Some(2.0)));
        assert_eq!(both, 2.0, "{message}");
        let (_, message) = hours(said(1, &[(0, 4.0)], Some(2.0)));
        assert!(message.contains("profile records 2.0 hours") && message.contains("files show 1.0 "), "{message}");
    }
}
