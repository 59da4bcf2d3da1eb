//! How much a knee hurt, and whether it was quiet again the next morning.

use jiff::civil::Date;

use crate::doc::documented;
use crate::knowledge::reference::{ESCULIER_2018, SILBERNAGEL_2007};
use crate::log::TrainingLog;
use crate::runner::{Diary, Entry, Runner};
use crate::triage::{Concern, concerns};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
    latest_first,
};

use rise::{WorstOfWeek, rises};

mod rise;

settable! {
    /// A pain up to this (0 to 10) is in the lowest zone.
    low: u8 = 2, 0..=10;
    /// A pain above this (0 to 10) is in the highest zone.
    high: u8 = 5, 0..=10;
    /// Entries no further apart than this (days) belong to one spell of pain.
    spell_gap_days: u32 = 7, 1..=3660;
    /// Calendar weeks in a row, each with a higher worst pain than the one before, that make a
    /// rise.
    rising_weeks: usize = 3, 1..=10_000;
}

documented! {
    /// ## What it does
    /// Sorts the knee pain in your diary, from 0 (none) to 10 (the worst imaginable), during and
    /// after runs:
    ///
    /// | pain | zone | tier |
    /// |---|---|---|
    /// | 0 to 2 | low | none |
    /// | 3 to 5 | middle | notice |
    /// | over 5 | high | notice |
    /// | 7 or more | high | elevated |
    ///
    /// It is also elevated where pain rose past 5 within two weeks (a day's pain is compared with
    /// the worst of the second week before it). It is elevated too where a run was missed or cut
    /// short because of pain, with a score or without. Each of these is a reason to see a doctor or
    /// physiotherapist. Pain is graded by how strong it is, how it changes and how many runs it
    /// cost, not by how good the studies are.
    ///
    /// The rule also looks at the next morning. A pain higher than on the morning before the run
    /// (than 2, where that was not recorded) has not settled within a day, which is notice too.
    /// Entries at most seven days apart are one spell, and its highest zone counts. A score after a
    /// painkiller is marked: it may be too low.
    ///
    /// It also looks at calendar weeks: three in a row, each with a higher worst pain than the one
    /// before, are info, even while the pain is low. A week without an entry ends the row.
    ///
    /// ## Why it matters
    /// Physiotherapists use pain-monitoring models of this kind to let people stay active with a
    /// sore tendon or knee. Trials have used them (Silbernagel 2007 for the Achilles tendon,
    /// Esculier 2018 for the kneecap). The ends of the zones are agreed on, not measured, and
    /// differ between models. The limits here are this program's, on the low side. Care from 7 is a
    /// heuristic too. Some models ask that pain does not rise from week to week; the number of
    /// weeks here is heuristic.
    ///
    /// ## Limits
    /// The scores are yours alone. Little pain does not mean that all is well, and some pain is
    /// common and settles. A professional who knows you may set other limits: see the options. The
    /// rule is not assessed without a diary.
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
        not_known: "Pain shows little of what is going on inside the knee, for better or worse. No number names a cause.",
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

/// An entry that tells of a knee that was felt.
struct Felt<'a> {
    entry: &'a Entry,
    unsettled: Option<Unsettled>,
}

fn spells<'a>(diary: &'a Diary, to: Date, options: &Options) -> Vec<Spell<'a>> {
    let days = diary.between(Date::MIN, to).chunk_by(|a, b| a.date == b.date);
    let felt: Vec<Felt> = days.flat_map(|day| felt_on(diary, day, options)).collect();
    let is_near = |a: &Felt, b: &Felt| b.entry.date.days_since(a.entry.date) <= i64::from(options.spell_gap_days);
    let spell = |felt: &[Felt<'a>]| Spell {
        entries: felt.iter().map(|felt| felt.entry).collect(),
        missed_days: felt
            .chunk_by(|a, b| a.entry.date == b.entry.date)
            .filter(|day| day.iter().any(|felt| felt.entry.missed_for_knee()))
            .count(),
        highest: felt.iter().filter_map(|felt| during_and_after(felt.entry)).max(),
        unsettled: felt.iter().rev().find_map(|felt| Some((felt.entry, felt.unsettled?))),
    };
    felt.chunk_by(is_near).map(spell).collect()
}

/// The entries of one day that tell of a knee that was felt. What the days before say of all of
/// them is looked up once: a day may have any number of entries.
fn felt_on<'a>(diary: &Diary, day: &'a [Entry], options: &Options) -> Vec<Felt<'a>> {
    let Some(date) = day.first().map(|entry| entry.date) else { return Vec::new() };
    let has_concern = !concerns(diary, date, date).is_empty();
    let before = morning_before(diary, date);
    let felt = |entry: &'a Entry| {
        let unsettled = unsettled(entry, before, options);
        let hurt = during_and_after(entry).is_some_and(|pain| pain > options.low);
        let is_concern = has_concern && entry.knee_pain() != Some(0);
        let is_felt = hurt || is_concern || entry.missed_for_knee() || unsettled.is_some();
        is_felt.then_some(Felt { entry, unsettled })
    };
    day.iter().filter_map(felt).collect()
}

/// Whether the morning after was worse than the one `before`.
fn unsettled(entry: &Entry, before: Option<u8>, options: &Options) -> Option<Unsettled> {
    entry.knee_pain()?;
    let pain = entry.pain.next_morning?;
    (pain > before.unwrap_or(options.low)).then_some(Unsettled { pain, before })
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.pain_zones;
    let told: Vec<&Entry> =
        runner.diary.entries().iter().filter(|entry| entry.date <= log.as_of() && entry.records_knee()).collect();
    if told.is_empty() {
        return Missing::outcome(
            "needs a diary entry with a pain from 0 to 10, or with a run missed because of pain. The diary has none",
            Remedy::diary("add a line to the diary after a run, with 0 where nothing hurts"),
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
        graded(flag(spell, &rises, log, options, coverage), &concerns, false, runner, log.as_of())
    });
    // One that ends in a spell is told there.
    let alone = rises.iter().filter(|rise| !spells.iter().any(|spell| spell.holds(rise)));
    let flags = latest_first(of_spells.chain(alone.map(|rise| rising(rise, &told, log, coverage))));
    flagged_or(flags, || clear(&told, log, options, coverage))
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

fn rising_words(rise: &[WorstOfWeek]) -> String {
    let pains: Vec<String> = rise.iter().map(|week| week.pain.to_string()).collect();
    format!(
        "Your worst knee pain rose over {} weeks in a row, up to {}: {} out of 10.",
        rise.len(),
        rise[rise.len() - 1].day.in_words(),
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
        format!("On {}", from.in_words())
    } else {
        let n = spell.entries.len();
        format!("From {} to {}, in {n} diary entries,", from.in_words_of_year(), to.in_words())
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
            Some(before) => format!("The morning before that run it was {before}."),
            None => format!("Up to {} counts as settled.", options.low),
        };
        format!(" The morning after {} your knee pain was {pain} out of 10. {than}", entry.date.in_words_of_year())
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
        "Shorten or leave out runs until the pain stays lower. If it does not, see a doctor or physiotherapist."
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
///
/// `is_of_missed_runs` is whether it is about missed runs, which need no second mention.
pub(super) fn graded(
    flag: Flag,
    concerns: &[(Date, Concern)],
    is_of_missed_runs: bool,
    runner: &Runner,
    as_of: Date,
) -> Flag {
    let Some((_, first)) = concerns.first() else { return flag };
    let goes_on = runner.diary.knee_pain_going_on(as_of).is_some_and(|(from, _)| from <= flag.window.to);
    let (care, consider) = if goes_on {
        ("A doctor or physiotherapist should see it.", first.care())
    } else {
        (IF_IT_IS_BACK, IF_IT_IS_BACK)
    };
    let is_said = |concern: &Concern| is_of_missed_runs && matches!(concern, Concern::MissedRuns { .. });

    let because = concerns.iter().map(|(_, concern)| *concern).filter(|concern| !is_said(concern));
    // The care is in the message as well: advice is silent while the questions of triage come
    // first.
    let said = std::iter::once(flag.message.clone()).chain(because.map(Concern::because)).chain([care.to_owned()]);
    let message = said.collect::<Vec<_>>().join(" ");
    Flag { tier: Tier::Elevated, message, consider: consider.to_owned(), ..flag }
}

const IF_IT_IS_BACK: &str = "If the pain is still there or comes back, see a doctor or physiotherapist.";

/// That scores may be too low; empty where no painkiller was told of.
fn painkillers<'a>(entries: impl Iterator<Item = &'a Entry>) -> String {
    match entries.filter(|entry| entry.painkiller_before == Some(true)).count() {
        0 => String::new(),
        1 => " You took a painkiller before one of these runs. Its score may be too low.".to_owned(),
        n => format!(" You took a painkiller before {n} of these runs. Their scores may be too low."),
    }
}

const CONSIDER_LESS: &str = "Run less or slower for some days, and see whether the pain settles by the next morning.";

const STUDY: &str = "Physiotherapists use such zones to let people stay active with a sore tendon or knee, and trials have used them. Their limits \
    are agreed on, not measured. The limits here are this program's, on the low side.";

#[cfg(test)]
mod tests;
