//! How much a knee hurt, and whether it was quiet again the next morning.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::knowledge::reference::{ESCULIER_2018, SILBERNAGEL_2007};
use crate::log::TrainingLog;
use crate::runner::{Diary, Entry, Runner};
use crate::triage::{Concern, concerns};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// A pain up to this (0 to 10) is in the lowest zone.
    pub low: u8,
    /// A pain above this (0 to 10) is in the highest zone.
    pub high: u8,
    /// Entries no further apart than this (days) belong to one spell of pain.
    pub spell_gap_days: u32,
    /// So many calendar weeks in a row, the highest pain of each above that of the one before, are
    /// a rise.
    pub rising_weeks: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { low: 2, high: 5, spell_gap_days: 7, rising_weeks: 3 }
    }
}

documented! {
    /// ## What it does
    /// Sorts what your diary says of knee pain, from 0 (none) to 10 (the worst imaginable), during
    /// and after runs:
    ///
    /// | pain | zone | tier |
    /// |---|---|---|
    /// | 0 to 2 | low | none |
    /// | 3 to 5 | middle | notice |
    /// | over 5 | high | notice |
    /// | 7 and more | high | elevated |
    ///
    /// It is elevated too where pain rose past 5 within two weeks (a day's pain is compared with
    /// the worst of the second week before it), or where a run was missed or cut short because of
    /// it, with a score or without. Each of these is a reason to see a doctor or physiotherapist.
    /// Pain is graded by how strong it is, how it goes and what it cost, and not by how good the
    /// studies are.
    ///
    /// And looks at the next morning: a pain that is higher than on the morning before the run
    /// (than 2, where that was not written down) has not settled within a day, which is a notice
    /// too. Entries no more than seven days apart are one spell, and its highest zone counts. A
    /// score after a painkiller is marked: it may be too low.
    ///
    /// And at the weeks of the calendar: three in a row, the highest pain of each above that of the
    /// one before, are info, also while it is low. A week that the diary is silent about ends the
    /// row.
    ///
    /// ## Why it matters
    /// Pain-monitoring models of this kind are how physiotherapists let people stay active with a
    /// sore tendon or knee, and trials have used them (Silbernagel 2007 for the Achilles tendon,
    /// Esculier 2018 for the kneecap). Where the zones end is agreed on, not measured, and differs
    /// from model to model: the limits here are this program's own, on the low side. That 7 and
    /// more is a reason to be seen is a heuristic too. That pain should not rise from week to week
    /// is part of some models; how many weeks make a rise is heuristic.
    ///
    /// ## Limits
    /// A number that you give yourself. Little pain does not mean that all is well, and some pain
    /// is common and settles. A professional who knows you may set other limits: see the options.
    /// Not assessed without a diary.
    ///
    /// ## Example
    /// | date | km | pain | morning | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 8.0 | 1 | 0 | |
    /// | 2026-03-04 | 8.0 | 2 | 0 | clear 2.00 |
    /// | 2026-03-08 | 8.0 | 3 | 0 | notice 3 |
    /// | 2026-03-10 | 8.0 | 6 | 1 | elevated 6 |
    ///
    /// ## Options
    /// `low` (2), `high` (5), `spell_gap_days` (7), `rising_weeks` (3).
    ///
    /// ## References
    /// Silbernagel 2007, Esculier 2018.
    pub static PAIN_ZONES: Rule {
        id: "pain-zones",
        name: "Knee pain around runs",
        area: Area::Pain,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "a diary entry with a pain from 0 to 10, or with a run missed because of pain",
        not_known: "Pain says little about what is going on inside the knee, for better or worse; no number names a cause.",
        brief: Brief::new(
            "Knee pain around runs",
            "Shorten or leave out runs until the pain is lower.",
            &[Reading::above(Unit::Count, "out of 10")],
        ),
        references: &[
            &SILBERNAGEL_2007,
            &ESCULIER_2018,
        ],
        check: check,
    }
}

/// Entries with knee pain that follow one another.
struct Spell<'a> {
    entries: Vec<&'a Entry>,
    /// The highest pain during and after runs, where one of them was told.
    highest: Option<u8>,
    /// The days on which a run was missed or cut short.
    missed_days: usize,
    /// The last entry whose next morning had not settled.
    unsettled: Option<(&'a Entry, Unsettled)>,
}

impl Spell<'_> {
    /// Its first and its last day.
    fn days(&self) -> (Date, Date) {
        (self.entries[0].date, self.entries[self.entries.len() - 1].date)
    }

    /// Whether a rise ends in it.
    fn holds(&self, rise: &[WorstOfWeek]) -> bool {
        rise.last().is_some_and(|week| self.entries.iter().any(|entry| entry.date == week.day))
    }
}

/// A next morning that was worse than it should have been.
#[derive(Clone, Copy)]
struct Unsettled {
    /// Its pain.
    pain: u8,
    /// The pain of the morning before the run, if it was told.
    before: Option<u8>,
}

fn during_and_after(entry: &Entry) -> Option<u8> {
    entry.knee_pain()?;
    entry.pain.during.max(entry.pain.after)
}

/// The pain of the morning before an entry's run, as the entry of the day before has it.
fn morning_before(diary: &Diary, date: Date) -> Option<u8> {
    let yesterday = date.saturating_add_days(-1);
    let knee = diary.between(yesterday, yesterday).iter().filter(|entry| entry.knee_pain().is_some());
    knee.filter_map(|entry| entry.pain.next_morning).next_back()
}

fn spells<'a>(diary: &'a Diary, to: Date, options: &Options) -> Vec<Spell<'a>> {
    let is_felt = |entry: &&Entry| {
        let felt = during_and_after(entry).is_some_and(|pain| pain > options.low);
        let is_concern = !concerns(diary, entry.date, entry.date).is_empty() && entry.knee_pain() != Some(0);
        felt || is_concern || entry.missed_for_knee() || unsettled(diary, entry, options).is_some()
    };
    let felt: Vec<&Entry> = diary.entries().iter().filter(|entry| entry.date <= to).filter(is_felt).collect();
    let is_near = |a: &&Entry, b: &&Entry| b.date.days_since(a.date) <= i64::from(options.spell_gap_days);
    let spell = |entries: &[&'a Entry]| Spell {
        entries: entries.to_vec(),
        missed_days: entries
            .chunk_by(|a, b| a.date == b.date)
            .filter(|day| day.iter().any(|entry| entry.missed_for_knee()))
            .count(),
        highest: entries.iter().filter_map(|entry| during_and_after(entry)).max(),
        unsettled: (entries.iter().rev())
            .find_map(|entry| unsettled(diary, entry, options).map(|morning| (*entry, morning))),
    };
    felt.chunk_by(is_near).map(spell).collect()
}

/// Whether the morning after was worse than the one before.
fn unsettled(diary: &Diary, entry: &Entry, options: &Options) -> Option<Unsettled> {
    entry.knee_pain()?;
    let before = morning_before(diary, entry.date);
    let pain = entry.pain.next_morning?;
    (pain > before.unwrap_or(options.low)).then_some(Unsettled { pain, before })
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.pain_zones;
    let told: Vec<&Entry> =
        runner.diary.entries().iter().filter(|entry| entry.date <= log.as_of() && entry.records_knee()).collect();
    if told.is_empty() {
        return Missing::outcome(
            "needs a diary entry with a pain from 0 to 10, or with a run missed because of pain; there is none",
            "a line in the diary after a run, with 0 where nothing hurts (kneewise diary add)",
        );
    }
    let entries = runner.diary.between(Date::MIN, log.as_of()).iter();
    let coverage = Coverage::count("entries", log.as_of(), entries.map(|entry| (entry.date, entry.records_knee())));
    let spells = spells(&runner.diary, log.as_of(), options);
    let mut rises = rises(&told, log.week_start());
    rises.retain(|rise| rise.len() >= options.rising_weeks.max(2));
    let of_spells = spells.iter().map(|spell| {
        let (from, to) = spell.days();
        let concerns = concerns(&runner.diary, from, to);
        graded(flag(spell, &rises, log, options, coverage), &concerns, runner, log.as_of())
    });
    // One that ends in a spell is told there.
    let alone = rises.iter().filter(|rise| !spells.iter().any(|spell| spell.holds(rise)));
    let mut flags: Vec<Flag> = of_spells.chain(alone.map(|rise| rising(rise, &told, log, coverage))).collect();
    flags.sort_by_key(|flag| std::cmp::Reverse(flag.window.to));
    if !flags.is_empty() {
        return Outcome::Flagged(flags);
    }
    clear(&told, log, options, coverage)
}

/// Nothing was over a limit in what the entries tell: of runs, of next mornings, or of both.
fn clear(told: &[&Entry], log: &TrainingLog, options: &Options, coverage: Coverage) -> Outcome {
    let highest = told.iter().filter_map(|entry| during_and_after(entry)).max();
    let of_runs = told.iter().filter(|entry| during_and_after(entry).is_some()).count();
    let of_mornings = told.iter().filter(|entry| entry.pain.next_morning.is_some()).count();
    Outcome::Clear(Clear {
        message: format!(
            "Of {} diary entries with a pain score, {}, and {}.{}",
            told.len(),
            match of_runs {
                0 => "none records pain during or after a run".to_owned(),
                n if n == told.len() => format!("none was above {} out of 10 during or after a run", options.low),
                n => format!("{n} record pain during or after a run, none of it above {} out of 10", options.low),
            },
            match of_mornings {
                0 => "none records the next morning".to_owned(),
                1 => "the one next morning was not worse".to_owned(),
                n => format!("none of {n} next mornings was worse"),
            },
            painkillers(told.iter().copied()),
        ),
        // Without a score of a run the mornings are all there is, and their limit is the same.
        measured: highest
            .or_else(|| told.iter().filter_map(|entry| entry.pain.next_morning).max())
            .map(|pain| Quantity::new(f64::from(pain), Unit::Count)),
        limit: Some(Quantity::new(f64::from(options.low), Unit::Count)),
        window: Window { from: told[0].date, to: log.as_of() },
        coverage,
    })
}

/// The highest pain of a calendar week, the first day that tells of the knee in it, and the last of
/// the highest.
#[derive(Clone, Copy)]
struct WorstOfWeek {
    start: Date,
    first: Date,
    day: Date,
    pain: u8,
}

/// Rows of weeks, each following on the one before with a higher pain; a week by itself is a row of
/// one.
fn rises(told: &[&Entry], week_start: Weekday) -> Vec<Vec<WorstOfWeek>> {
    let start_of = |day: Date| day.saturating_add_days(-i64::from(day.weekday().since(week_start)));
    let worst = |entries: &[&Entry]| {
        let worst = entries.iter().max_by_key(|entry| entry.knee_pain())?;
        Some(WorstOfWeek {
            start: start_of(worst.date),
            first: entries.first()?.date,
            day: worst.date,
            pain: worst.knee_pain()?,
        })
    };
    let weeks: Vec<WorstOfWeek> =
        told.chunk_by(|a, b| start_of(a.date) == start_of(b.date)).filter_map(worst).collect();
    let goes_on = |a: &WorstOfWeek, b: &WorstOfWeek| b.start.days_since(a.start) == 7 && b.pain > a.pain;
    weeks.chunk_by(goes_on).map(<[WorstOfWeek]>::to_vec).collect()
}

fn rising_words(rise: &[WorstOfWeek]) -> String {
    let pains: Vec<String> = rise.iter().map(|week| week.pain.to_string()).collect();
    format!(
        "Your worst knee pain of each week rose over {} weeks in a row, up to {}: {} out of 10.",
        rise.len(),
        rise[rise.len() - 1].day.strftime("%-d %b %Y"),
        pains.join(", "),
    )
}

fn rising(rise: &[WorstOfWeek], told: &[&Entry], log: &TrainingLog, coverage: Coverage) -> Flag {
    let (first, last) = (rise[0], rise[rise.len() - 1]);
    let window = Window { from: first.first, to: last.day };
    let of_rise = told.iter().copied().filter(|entry| (window.from..=window.to).contains(&entry.date));
    Flag {
        tier: Tier::Info,
        message: format!("{}{}", rising_words(rise), painkillers(of_rise)),
        study: STUDY.to_owned(),
        consider: CONSIDER_LESS.to_owned(),
        measured: Quantity::new(f64::from(last.pain), Unit::Count),
        limit: Quantity::new(f64::from(first.pain), Unit::Count),
        window,
        runs: log.runs_between(window.from, window.to).iter().map(|run| run.id.clone()).collect(),
        coverage,
    }
}

fn flag(spell: &Spell, rises: &[Vec<WorstOfWeek>], log: &TrainingLog, options: &Options, coverage: Coverage) -> Flag {
    let (from, to) = spell.days();
    let is_high = spell.highest.is_some_and(|pain| pain > options.high);
    let limit = if is_high { options.high } else { options.low };
    let when = if from == to {
        format!("On {}", from.strftime("%-d %b %Y"))
    } else {
        let n = spell.entries.len();
        format!("From {} to {}, in {n} diary entries,", from.strftime("%-d %b"), to.strftime("%-d %b %Y"))
    };
    let felt = match spell.highest {
        Some(pain) if pain > options.low => {
            let limit = if is_high { format!("{limit} is high") } else { format!("{limit} is flagged") };
            format!("{when} your knee pain reached {pain} out of 10 during or after runs. Above {limit}.")
        }
        Some(pain) => format!("{when} your knee pain was no more than {pain} out of 10 during or after runs."),
        None => format!("{when} you recorded no pain score during or after a run."),
    };
    let morning = spell.unsettled.map(|(entry, Unsettled { pain, before })| {
        let than = match before {
            Some(before) => format!("{before} the morning before the run"),
            None => format!("the {} that counts as settled", options.low),
        };
        format!(
            " The morning after {} your knee pain was {pain} out of 10, more than {than}.",
            entry.date.strftime("%-d %b")
        )
    });
    // What is over its limit: the pain of runs, or else the morning's, or else the runs missed.
    let (measured, limit) = match (spell.highest, spell.unsettled) {
        (Some(pain), _) if pain > options.low => (pain, limit),
        (_, Some((_, Unsettled { pain, before }))) => (pain, before.unwrap_or(options.low)),
        (_, None) => (u8::try_from(spell.missed_days).unwrap_or(u8::MAX), 0),
    };
    let rise =
        rises.iter().find(|rise| spell.holds(rise)).map_or_else(String::new, |rise| format!(" {}", rising_words(rise)));
    let masked = painkillers(spell.entries.iter().copied());
    let consider = if is_high {
        "Consider leaving out or shortening runs until it stays lower. If it does not, see a doctor or physiotherapist."
    } else {
        CONSIDER_LESS
    };
    Flag {
        tier: Tier::Notice,
        message: format!("{felt}{}{rise}{masked}", morning.unwrap_or_default()),
        study: STUDY.to_owned(),
        consider: consider.to_owned(),
        measured: Quantity::new(f64::from(measured), Unit::Count),
        limit: Quantity::new(f64::from(limit), Unit::Count),
        window: Window { from, to },
        runs: log.runs_between(from, to).iter().map(|run| run.id.clone()).collect(),
        coverage,
    }
}

/// Raises a finding on pain that is by itself a reason to be seen, and says so.
pub(super) fn graded(flag: Flag, concerns: &[(Date, Concern)], runner: &Runner, as_of: Date) -> Flag {
    let Some((_, first)) = concerns.first() else { return flag };
    let goes_on = runner.diary.knee_pain_going_on(as_of).is_some_and(|(from, _)| from <= flag.window.to);
    let (care, consider) = if goes_on {
        ("A doctor or physiotherapist should see it.", first.care())
    } else {
        (IF_IT_IS_BACK, IF_IT_IS_BACK)
    };
    // A finding on missed runs has said so.
    let is_said =
        |concern: &Concern| matches!(concern, Concern::MissedRuns { .. }) && flag.message.contains("because of pain");
    let because = concerns.iter().map(|(_, concern)| *concern).filter(|concern| !is_said(concern));
    // The care is in the message as well: advice is silent while the questions of triage come
    // first.
    let said = std::iter::once(flag.message.clone()).chain(because.map(Concern::because)).chain([care.to_owned()]);
    let message = said.collect::<Vec<_>>().join(" ");
    Flag { tier: Tier::Elevated, message, consider: consider.to_owned(), ..flag }
}

const IF_IT_IS_BACK: &str = "If it is still there or comes back, see a doctor or physiotherapist.";

/// That scores may be too low; empty where no painkiller was told of.
fn painkillers<'a>(entries: impl Iterator<Item = &'a Entry>) -> String {
    match entries.filter(|entry| entry.painkiller_before == Some(true)).count() {
        0 => String::new(),
        1 => " You took a painkiller before one of them: its score may be too low.".to_owned(),
        n => format!(" You took a painkiller before {n} of them: their scores may be too low."),
    }
}

const CONSIDER_LESS: &str =
    "Consider running less or slower for some days, and see whether it settles by the next morning.";

const STUDY: &str = "Physiotherapists use such zones to let people stay active with a sore tendon or knee, and trials have used them. Where they \
    end is agreed on, not measured; the limits here are this program's own, on the low side.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::diary::{Pain, Place};
    use jiff::civil::date;

    fn said(entries: &[(i8, Pain)]) -> Option<(Tier, f64, String)> {
        let entries =
            entries.iter().map(|(day, pain)| Entry { pain: *pain, ..Entry::on(date(2026, 3, *day)) }).collect();
        let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
        let runner = Runner { diary: Diary::new(entries), ..Runner::default() };
        match check(&log, &runner, &rule::Options::default()) {
            Outcome::Flagged(flags) => Some((flags[0].tier, flags[0].measured.value, flags[0].message.clone())),
            _ => None,
        }
    }

    #[test]
    fn a_pain_that_rises_from_week_to_week_is_told_while_it_is_low() {
        // Mondays.
        let of_weeks = |days: &[(i8, u8)]| {
            let entries: Vec<(i8, Pain)> = days.iter().map(|(day, pain)| (*day, during(*pain))).collect();
            said(&entries).map(|(tier, _, message)| (tier, message))
        };
        let (tier, message) = of_weeks(&[(2, 0), (9, 0), (11, 1), (16, 2)]).expect("a rise");
        assert_eq!(tier, Tier::Info);
        assert!(message.ends_with("rose over 3 weeks in a row, up to 16 Mar 2026: 0, 1, 2 out of 10."), "{message}");
        let (_, message) = of_weeks(&[(2, 0), (9, 1), (16, 4)]).expect("a spell");
        assert!(
            message.contains("reached 4 out of 10") && message.ends_with("0, 1, 4 out of 10."),
            "told once: {message}"
        );
        assert_eq!(of_weeks(&[(2, 1), (9, 2)]), None, "two weeks");
        assert_eq!(of_weeks(&[(2, 0), (9, 1), (16, 1), (23, 2)]), None, "one that is no higher");
        assert_eq!(of_weeks(&[(2, 0), (9, 1), (23, 2)]), None, "nobody knows of the week between");
    }

    #[test]
    fn mornings_alone_say_nothing_of_runs() {
        let entry = Entry { pain: Pain { next_morning: Some(1), ..Pain::default() }, ..Entry::on(date(2026, 3, 1)) };
        let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
        let runner = Runner { diary: Diary::new(vec![entry]), ..Runner::default() };
        let Outcome::Clear(clear) = check(&log, &runner, &rule::Options::default()) else { panic!("1 is low") };
        assert!(clear.message.contains("none records pain during or after a run"), "{}", clear.message);
    }

    #[test]
    fn a_morning_alone_is_what_is_measured_and_runs_are_not_said_to_be_painless() {
        let morning = |pain| Pain { next_morning: Some(pain), ..Pain::default() };
        let (_, measured, message) = said(&[(1, morning(6))]).expect("not settled");
        assert!(measured == 6.0 && message.contains("recorded no pain score"), "{measured}: {message}");
        let (_, measured, message) = said(&[(1, Pain { during: Some(0), ..morning(6) })]).expect("not settled");
        assert!(
            measured == 6.0 && message.contains("no more than 0 out of 10 during or after runs"),
            "{measured}: {message}"
        );
        let (_, measured, _) = said(&[(1, Pain { during: Some(4), ..morning(6) })]).expect("both");
        assert_eq!(measured, 4.0, "the zone of the run comes first");
    }

    /// Of three entries on days without a run, the last one recent.
    #[test]
    fn low_scores_after_a_painkiller_say_so_and_entries_are_what_is_counted() {
        let entry =
            |day, painkiller_before| Entry { pain: during(2), painkiller_before, ..Entry::on(date(2026, 3, day)) };
        let entries = vec![entry(1, Some(true)), entry(2, Some(true)), entry(3, None)];
        let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
        let runner = Runner { diary: Diary::new(entries), ..Runner::default() };
        let Outcome::Clear(clear) = check(&log, &runner, &rule::Options::default()) else { panic!("2 is low") };
        assert!(clear.message.ends_with("a painkiller before 2 of them: their scores may be too low."));
        assert_eq!(clear.coverage.to_string(), "3 of 3 entries");
        assert!(!clear.coverage.is_silent_of_late());
    }

    fn during(pain: u8) -> Pain {
        Pain { during: Some(pain), ..Pain::default() }
    }

    #[test]
    fn strong_or_rising_pain_and_runs_missed_for_it_are_elevated_and_point_to_care() {
        let tier = |entries: &[(i8, Pain)]| said(entries).map(|(tier, _, message)| (tier, message));
        let (six, seven) = (tier(&[(1, during(6))]), tier(&[(1, during(7))]));
        assert_eq!(six.map(|told| told.0), Some(Tier::Notice));
        let (tier_of_seven, message) = seven.expect("strong");
        assert_eq!(tier_of_seven, Tier::Elevated);
        // The last entry is a month old: nobody knows whether it goes on.
        assert!(message.ends_with("is strong. If it is still there or comes back, see a doctor or physiotherapist."));
        let recent = tier(&[(30, during(7))]).expect("strong").1;
        assert!(recent.ends_with("is strong. A doctor or physiotherapist should see it."), "{recent}");
        let (rising, message) = tier(&[(1, during(4)), (8, during(6))]).expect("rising");
        assert!(rising == Tier::Elevated && message.contains("from 4 to 6 within two weeks"), "{message}");
    }

    #[test]
    fn a_run_missed_for_pain_is_elevated_with_a_score_and_without() {
        let missed = |pain| {
            let entry = Entry { pain, missed_run: Some(true), ..Entry::on(date(2026, 3, 29)) };
            let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
            let runner = Runner { diary: Diary::new(vec![entry]), ..Runner::default() };
            match check(&log, &runner, &rule::Options::default()) {
                Outcome::Flagged(flags) => (flags[0].tier, flags[0].message.clone()),
                outcome => panic!("{outcome:?}"),
            }
        };
        for pain in [during(2), during(0), Pain::default()] {
            let (tier, message) = missed(pain);
            assert_eq!(tier, Tier::Elevated);
            assert!(message.ends_with("because of pain. A doctor or physiotherapist should see it."), "{message}");
        }
        assert!(missed(Pain::default()).1.contains("you recorded no pain score"));
    }

    #[test]
    fn strong_pain_is_elevated_whenever_in_the_day_it_was_felt() {
        let (after, morning) =
            (Pain { after: Some(7), ..Pain::default() }, Pain { next_morning: Some(7), ..Pain::default() });
        for pains in [vec![(1, after)], vec![(1, morning)], vec![(1, morning), (2, morning), (15, morning)]] {
            let (tier, _, message) = said(&pains).expect("strong");
            assert!(tier == Tier::Elevated && message.contains("is strong"), "{message}");
        }
    }

    #[test]
    fn the_zones_end_with_their_upper_limits() {
        assert_eq!(said(&[(1, during(2))]), None);
        assert_eq!(said(&[(1, during(3))]).map(|flag| flag.0), Some(Tier::Notice));
        assert_eq!(said(&[(1, during(5))]).map(|flag| flag.0), Some(Tier::Notice));
        assert_eq!(said(&[(1, during(6))]).map(|flag| (flag.0, flag.1)), Some((Tier::Notice, 6.0)));
    }

    #[test]
    fn a_morning_worse_than_the_one_before_has_not_settled() {
        let morning = |pain| Pain { next_morning: Some(pain), ..during(1) };
        assert_eq!(said(&[(1, morning(2))]), None, "2 counts as settled where nothing is known");
        assert!(said(&[(1, morning(3))]).is_some());
        assert!(said(&[(1, morning(0)), (2, morning(1))]).is_some(), "0 before the run, 1 after it");
        assert_eq!(said(&[(1, morning(1)), (2, morning(1))]), None);
    }

    #[test]
    fn a_pain_elsewhere_is_no_knee_pain() {
        let entry = Entry { pain: during(8), place: Some(Place::Elsewhere), ..Entry::on(date(2026, 3, 1)) };
        let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
        let runner = Runner { diary: Diary::new(vec![entry]), ..Runner::default() };
        let outcome = check(&log, &runner, &rule::Options::default());
        assert!(matches!(outcome, Outcome::NotAssessed(_)), "{outcome:?}");
    }
}
