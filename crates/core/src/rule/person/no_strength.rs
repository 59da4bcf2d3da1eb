//! No strength training of hip and core.

use jiff::civil::Date;

use crate::doc::documented;
use crate::knowledge::reference::{LEPPANEN_2024, TORESDAHL_2020};
use crate::log::TrainingLog;
use crate::runner::{OtherSession, Runner};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window,
};

settable! {
    /// Days over which sessions of strength training are counted.
    window_days: i64 = 28, 1..=3660;
}

documented! {
    /// ## What it does
    /// Counts the sessions of strength training a week, from the first of these that there is:
    ///
    /// * the diary, where it records strength training (a 0 included) in each of the last four
    ///   weeks;
    /// * the habit in your profile;
    /// * the diary and the files, where they record a session in some of those weeks: then it is at
    ///   least that many.
    ///
    /// Sessions that a watch recorded as strength training count on days without a diary entry
    /// about strength. None at all is info, as a tip.
    ///
    /// ## Why it matters
    /// In a trial of 325 beginners (Leppänen 2024), a physiotherapist-led programme for hip and
    /// core over 24 weeks was linked to 0.66 times the rate of lower-limb injuries (95% CI
    /// 0.45–0.97) of stretching, the control. Its summary gives no absolute numbers. A programme
    /// for ankle and foot showed no such result. The article that this program answers blames weak
    /// muscles. In studies that measured strength first, runners who later had pain behind the
    /// kneecap had not been weaker.
    ///
    /// ## Limits
    /// This is one trial, in beginners, with a physiotherapist present. A programme done alone
    /// showed nothing: of 720 first-time marathon runners, 7.1% with ten minutes at home three
    /// times a week and 7.3% without had an overuse injury that kept them from finishing (0.97
    /// times, 0.57–1.63; Toresdahl 2020). The rule does not know how strong you are, only whether
    /// you train strength.
    ///
    /// ## Example
    /// | date | strength | outcome |
    /// |---|---|---|
    /// | 2026-03-01 | 0 | |
    /// | 2026-03-08 | 0 | not assessed |
    /// | 2026-03-15 | 0 | |
    /// | 2026-03-22 | 0 | info 0.00 |
    /// | 2026-03-29 | 1 | clear 0.25 |
    ///
    /// ## Options
    /// `window_days` (28).
    ///
    /// ## References
    /// Leppänen 2024, Toresdahl 2020.
    pub static NO_STRENGTH: Rule {
        id: "no-strength",
        name: "Strength training",
        area: Area::Person,
        evidence: Evidence::Moderate,
        is_preview: false,
        raised_by: &[],
        needs: "strength sessions in the diary or in files, or the habit in the profile",
        not_known: "Whether a programme done alone has the effect of the supervised one in the trial is unknown.",
        brief: Brief::new(
            "Strength training",
            "Add one or two short sessions for hip and core.",
            &[Reading::at_most(Unit::Count, "sessions a week")],
        ),
        references: &[&LEPPANEN_2024, &TORESDAHL_2020],
        check: check,
    }
}

/// Sessions a week and where they are told; `None` where they are told nowhere.
fn sessions_a_week(runner: &Runner, as_of: Date, window_days: i64) -> Option<Told> {
    let told_by = |days: i64, to: Date| {
        runner.diary.of_last(days, to).iter().filter_map(|entry| entry.strength_sessions).collect::<Vec<u8>>()
    };
    // A diary that tells of one week says nothing of the others.
    let weeks = (window_days / 7).max(1);
    let tells_of_each_week = (0..weeks).all(|week| !told_by(7, as_of.saturating_add_days(-7 * week)).is_empty());
    let told: f64 = told_by(7 * weeks, as_of).into_iter().map(f64::from).sum();
    let sessions = (told + in_files(runner, as_of, 7 * weeks) as f64) / weeks as f64;
    if tells_of_each_week {
        Some(Told { a_week: sessions, by: format!("Your diary of the last {weeks} weeks"), is_diary: true })
    } else if let Some(habit) = runner.strength_per_week {
        Some(Told { a_week: habit, by: "Your profile".to_owned(), is_diary: false })
    } else if sessions > 0.0 {
        let by = format!("Your diary and files for some of the last {weeks} weeks");
        Some(Told { a_week: sessions, by, is_diary: false })
    } else {
        None
    }
}

/// Sessions a week, and what records them.
struct Told {
    a_week: f64,
    by: String,
    /// Whether a diary without gaps does.
    is_diary: bool,
}

/// Sessions in files on days of which the diary does not speak: what stands in both counts once.
fn in_files(runner: &Runner, as_of: Date, days: i64) -> usize {
    let speaks = |day: Date| runner.diary.between(day, day).iter().any(|entry| entry.strength_sessions.is_some());
    let is_recent = |day: Date| (0..days).contains(&as_of.days_since(day));
    let counts = |session: &&OtherSession| session.is_strength() && is_recent(session.date) && !speaks(session.date);
    runner.other_sessions.iter().filter(counts).count()
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (options, as_of) = (&options.no_strength, log.as_of());
    let Some(Told { a_week, by, is_diary }) = sessions_a_week(runner, as_of, options.window_days) else {
        return Missing::outcome(
            "needs strength sessions in the diary or in files, or your habit in the profile. None of them has any",
            Remedy::profile("add how often you train strength to the profile, with 0 for never"),
        );
    };
    let entries = runner.diary.of_last(options.window_days, as_of);
    let window = Window { from: as_of.saturating_add_days(1 - options.window_days), to: as_of };
    let told = entries.iter().map(|entry| (entry.date, entry.strength_sessions.is_some()));
    // Where the diary has gaps the habit is the answer, and the gaps leave nothing unassessed.
    let coverage = if is_diary {
        Coverage::count("entries", as_of, told)
    } else {
        Coverage::count("profiles", as_of, [(as_of, true)].into_iter())
    };
    let (measured, limit) = (Quantity::new(a_week, Unit::Count), Quantity::new(0.0, Unit::Count));
    let record = if by.contains(" and ") { "record" } else { "records" };
    if a_week > 0.0 {
        let message = format!("{by} {record} {a_week:.1} strength sessions a week. None at all is flagged.");
        return Outcome::Clear(Clear { message, measured: Some(measured), limit: Some(limit), window, coverage });
    }
    Outcome::Flagged(vec![Flag {
        tier: Tier::Info,
        message: format!("{by} {record} no strength training."),
        study: "In a trial of 325 beginners, hip and core training led by a physiotherapist was linked to 0.66 times the rate of lower-limb \
            injuries of stretching (95% CI 0.45–0.97). A ten-minute programme done alone made no difference to 720 first-time marathon runners \
            (7.1% and 7.3% with an overuse injury that kept them from finishing)."
            .to_owned(),
        consider: "Add one or two short sessions a week for hip and core.".to_owned(),
        measured,
        limit,
        window,
        runs: Vec::new(),
        coverage,
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::{Diary, Entry};
    use jiff::civil::date;
    use kneewise_read::sport::{Sport, SubSport};

    /// What the diary's weeks, the latest first, and the habit come to.
    fn told(weeks: [Option<u8>; 4], habit: Option<f64>) -> Option<f64> {
        let as_of = date(2026, 3, 29);
        let entry = |(n, sessions): (i64, Option<u8>)| Entry {
            strength_sessions: sessions,
            ..Entry::on(as_of.saturating_add_days(-7 * n))
        };
        let runner = Runner {
            diary: Diary::new((0..).zip(weeks).map(entry).collect()),
            strength_per_week: habit,
            ..Runner::default()
        };
        sessions_a_week(&runner, as_of, 28).map(|told| told.a_week)
    }

    #[test]
    fn a_whole_diary_comes_first_then_the_habit_then_a_diary_with_gaps() {
        assert_eq!(told([Some(0); 4], Some(2.0)), Some(0.0), "four weeks of none, whatever the habit was");
        assert_eq!(told([Some(0), Some(1), None, Some(0)], Some(2.0)), Some(2.0));
        assert_eq!(told([Some(0), Some(1), None, Some(0)], None), Some(0.25));
        assert_eq!(told([Some(0), Some(0), None, Some(0)], None), None, "a week that is not told of is not none");
    }

    /// So it stands among the findings, and not a second time among what could not be assessed
    /// recently.
    #[test]
    fn a_habit_of_the_profile_is_no_diary_that_is_silent() {
        let as_of = date(2026, 3, 29);
        let diary = Diary::new(vec![Entry::on(as_of)]);
        let runner = Runner { diary, strength_per_week: Some(0.0), ..Runner::default() };
        let log = TrainingLog::new(Vec::new(), as_of, jiff::civil::Weekday::Monday);
        let Outcome::Flagged(flags) = check(&log, &runner, &rule::Options::default()) else { panic!("none") };
        assert!(!flags[0].coverage.is_silent_of_late());
    }

    /// A diary that told of strength once, weeks ago, and a habit since.
    #[test]
    fn what_the_profile_answers_is_not_called_unassessed_for_a_diary_with_gaps() {
        let as_of = date(2026, 3, 29);
        for habit in [0.0, 2.0] {
            let entries = vec![Entry { strength_sessions: Some(0), ..Entry::on(date(2026, 3, 4)) }, Entry::on(as_of)];
            let runner = Runner { diary: Diary::new(entries), strength_per_week: Some(habit), ..Runner::default() };
            let log = TrainingLog::new(Vec::new(), as_of, jiff::civil::Weekday::Monday);
            let coverage = match check(&log, &runner, &rule::Options::default()) {
                Outcome::Flagged(flags) => flags[0].coverage,
                Outcome::Clear(clear) => clear.coverage,
                other => panic!("{other:?}"),
            };
            assert!(!coverage.is_silent_of_late(), "{habit}: {coverage:?}");
        }
    }

    #[test]
    fn what_a_watch_recorded_counts_once_and_only_as_strength() {
        let as_of = date(2026, 3, 29);
        let session = |days_before: i64, sub_sport| OtherSession {
            date: as_of.saturating_add_days(-days_before),
            sport: Sport::Training,
            sub_sport,
            seconds: None,
        };
        let strength = |days_before| session(days_before, SubSport::StrengthTraining);
        let other_sessions = vec![strength(0), strength(27), strength(28), session(5, SubSport::CardioTraining)];
        let mut runner = Runner { other_sessions, ..Runner::default() };
        let a_week = |runner: &Runner| sessions_a_week(runner, as_of, 28).map(|told| told.a_week);
        assert_eq!(a_week(&runner), Some(0.5));
        runner.diary = Diary::new(vec![Entry { strength_sessions: Some(2), ..Entry::on(as_of) }]);
        assert_eq!(a_week(&runner), Some(0.75), "the diary's two and the other day's one");
    }
}
