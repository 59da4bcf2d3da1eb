//! `kneewise diary`: adding to it, and looking at its end.

use std::fmt::Write;
use std::io;
use std::path::Path;

use anyhow::{Context, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kneewise_core::Runner;
use kneewise_core::runner::diary::{Onset, Pain, Place, Side};
use kneewise_core::runner::{Diary, Entry};
use kneewise_core::triage::{self, Referral};
use kneewise_profile::diary as file;

use crate::args::{AddArgs, DiaryCommand, ListArgs, date};
use crate::ask::{self, Asker};
use crate::{Ending, output, user_inputs};

/// `list` shows so many entries where nothing else is asked for.
const ENTRIES: usize = 20;

pub fn run(command: &DiaryCommand) -> anyhow::Result<Ending> {
    match command {
        DiaryCommand::Add(args) => add(args),
        DiaryCommand::List(args) => list(args),
    }
}

fn add(args: &AddArgs) -> anyhow::Result<Ending> {
    let path = user_inputs::diary_path(args.diary.as_deref())?;
    let today = today(args.profile.as_deref())?;
    let answers = args.told();
    let entry = if answers.is_empty() {
        if !ask::is_possible() {
            bail!("no values given; give them by options, such as --pain 2 --exertion 4 (`kneewise diary add --help`)");
        }
        ask::in_terminal(|asker| asked(asker, args.date, today))?
    } else {
        let mut entry = Entry::on(args.date.unwrap_or(today));
        for (option, column, text) in &answers {
            file::set(&mut entry, column, text)
                .map_err(|why| anyhow::anyhow!("{option}: {why}; nothing was written"))?;
        }
        entry
    };
    if entry.date > today {
        bail!("{} is in the future; nothing was written", entry.date);
    }
    if entry == Entry::on(entry.date) {
        bail!("no values given, nothing written");
    }
    file::append(&path, &entry)?;
    output::warn(format_args!("added {} to {}", entry.date, path.display()));
    let care = care(args, &entry)?;
    let hurts = entry.pain.worst().is_some_and(|pain| pain > 0);
    if care.is_empty() && hurts && !answers.is_empty() {
        output::warn(format_args!("it hurts: `kneewise triage` asks the questions that come before any training"));
    }
    output::write(None, &shown(&care), output::As::PLAIN)?;
    Ok(Ending::Done)
}

/// The day it is for the runner: in the profile's time zone, else in this machine's.
pub fn today(profile: Option<&Path>) -> anyhow::Result<Date> {
    let zone = user_inputs::read_profile(profile)?.and_then(|profile| profile.time_zone);
    let zone = zone.map(|name| TimeZone::get(&name)).transpose()?.unwrap_or_else(TimeZone::system);
    Ok(jiff::Timestamp::now().to_zoned(zone).date())
}

/// What comes before all training now, with the entries of before.
fn care(args: &AddArgs, entry: &Entry) -> anyhow::Result<Vec<Referral>> {
    let diary = user_inputs::read_diary(args.diary.as_deref())?.map(|kept| kept.diary).unwrap_or_default();
    Ok(triage::care(&Runner { diary, ..Runner::default() }, entry.date))
}

fn shown(care: &[Referral]) -> String {
    let line = |care: &Referral| {
        let Referral { urgency, care, because, date, .. } = care;
        let first = if urgency.comes_first() { "This comes before all training. " } else { "" };
        format!("{first}A doctor or physiotherapist should see it {urgency}.\n{care}\n({date}: {because})\n")
    };
    care.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Asks for an entry: when something hurts, the questions that come before any training first.
fn asked(asker: &mut Asker, day: Option<Date>, today: Date) -> io::Result<Entry> {
    asker.say(
        "Enter skips a question. Nothing is written before the last question, or before an answer that cannot wait.",
    )?;
    let day = match day {
        Some(day) => day,
        None => asker.ask(&format!("Which day? [Enter for today, {today}]"), date)?.unwrap_or(today),
    };
    let mut entry = Entry::on(day);
    match asker.yes("Does a knee or leg hurt, or has it hurt since your last entry?")? {
        Some(true) => pain(asker, &mut entry)?,
        Some(false) => entry.pain = Pain { during: Some(0), after: Some(0), next_morning: None },
        None => {}
    }
    if has_yes(&entry) {
        asker.say("\nThis is written down now; the rest can wait. Add it later with `kneewise diary add`.")?;
        return Ok(entry);
    }
    for (column, question) in [
        ("exertion_cr10", "How hard was the day's run as a whole, from 0 (nothing at all) to 10?"),
        ("sleep_h", "How many hours did you sleep the night before?"),
        ("sleep_quality", "How was the sleep, from 1 (very, very good) to 7 (very, very bad)?"),
        ("strength_sessions", "How many strength sessions did you do on the day?"),
        ("note", "Anything else?"),
    ] {
        value(asker, &mut entry, column, question)?;
    }
    Ok(entry)
}

fn pain(asker: &mut Asker, entry: &mut Entry) -> io::Result<()> {
    asker.say("\nFirst, questions that come before any training:")?;
    entry.signs = asker.signs(triage::before_scores())?;
    if has_yes(entry) {
        return Ok(());
    }
    for (column, question) in [
        ("pain_during", "How much did it hurt during the run, from 0 (none) to 10 (the worst imaginable)?"),
        ("pain_after", "How much did it hurt in the hours after, from 0 to 10?"),
        ("pain_next_morning", "How much did it hurt the morning after, from 0 to 10? (Enter if that is still to come)"),
    ] {
        value(asker, entry, column, question)?;
    }
    entry.side = asker.choice("Which side?", &words(Side::ALL, Side::name, Side::words))?.and_then(Side::named);
    asker.say("Where does it hurt? The answer names a place, not a structure.")?;
    entry.place = asker.choice("Where?", &words(Place::ALL, Place::name, Place::words))?.and_then(Place::named);
    entry.onset =
        asker.choice("How did the pain begin?", &words(Onset::ALL, Onset::name, Onset::words))?.and_then(Onset::named);
    entry.swelling = asker.yes("Was the knee swollen?")?;
    entry.locking = asker.yes("Did the knee lock: was it stuck, so that you could not bend or straighten it?")?;
    entry.giving_way = asker.yes("Did the knee give way?")?;
    entry.painkiller_before =
        asker.yes("Did you take a painkiller before running? (The scores may then be too low.)")?;
    entry.missed_run = asker.yes("Did you miss a run or cut it short because of pain?")?;
    Ok(())
}

fn has_yes(entry: &Entry) -> bool {
    entry.signs.as_ref().is_some_and(|signs| !signs.is_empty())
}

fn words<T: Copy>(
    all: &'static [T],
    name: impl Fn(T) -> &'static str,
    words: impl Fn(T) -> &'static str,
) -> Vec<(&'static str, &'static str)> {
    all.iter().map(|one| (name(*one), words(*one))).collect()
}

/// Asks for the value of a column.
fn value(asker: &mut Asker, entry: &mut Entry, column: &str, question: &str) -> io::Result<()> {
    asker.ask(question, |answer| file::set(entry, column, answer)).map(drop)
}

fn list(args: &ListArgs) -> anyhow::Result<Ending> {
    let path = user_inputs::diary_path(args.diary.as_deref())?;
    let kept = user_inputs::read_diary(args.diary.as_deref())?;
    let kept =
        kept.with_context(|| format!("no diary yet at {}; start one with `kneewise diary add`", path.display()))?;
    user_inputs::tell(&path, &kept.problems, usize::MAX);
    output::write(None, &entries(&kept.diary, args.last.unwrap_or(ENTRIES)), output::As::PLAIN)?;
    Ok(if kept.problems.is_empty() { Ending::Done } else { Ending::Failed })
}

fn entries(diary: &Diary, last: usize) -> String {
    let all = diary.entries();
    let earlier = all.len().saturating_sub(last);
    let mut text: String = all[earlier..].iter().map(line).collect();
    if earlier > 0 {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{earlier} earlier; --last {} shows all", all.len());
    }
    text
}

/// An entry in a line of plain words.
fn line(entry: &Entry) -> String {
    let Pain { during, after, next_morning } = entry.pain;
    let pain: Vec<String> = [(during, "during"), (after, "after"), (next_morning, "next morning")]
        .into_iter()
        .filter_map(|(pain, when)| Some(format!("{} {when}", pain?)))
        .collect();
    let mut parts = Vec::new();
    if !pain.is_empty() {
        parts.push(format!("pain {}", pain.join(", ")));
    }
    parts.extend(entry.side.map(|side| side.words().to_owned()));
    parts.extend(entry.place.map(|place| place.words().to_owned()));
    parts.extend(entry.onset.map(|onset| format!("began {}", onset.words())));
    for (said, words) in [
        (entry.swelling, "swollen"),
        (entry.locking, "locked"),
        (entry.giving_way, "gave way"),
        (entry.painkiller_before, "painkiller before"),
        (entry.missed_run, "missed or cut a run"),
    ] {
        parts.extend(said.map(|yes| if yes { words.to_owned() } else { format!("not {words}") }));
    }
    parts.extend(entry.signs.iter().flatten().map(|sign| format!("yes to {}", sign.id)));
    parts.extend(entry.has_no_signs().then(|| "no to all questions of triage".to_owned()));
    parts.extend(entry.sleep_h.map(|hours| format!("slept {hours} h")));
    parts.extend(entry.sleep_quality.map(|quality| format!("sleep {quality} of 7")));
    parts.extend(entry.exertion_cr10.map(|exertion| format!("exertion {exertion}")));
    parts.extend(entry.resting_heart_rate_bpm.map(|bpm| format!("resting {bpm} bpm")));
    parts.extend(entry.hrv_ms.map(|ms| format!("HRV {ms} ms")));
    parts.extend(entry.strength_sessions.map(|n| format!("strength {n}")));
    parts.extend(Some(entry.note.replace('\n', " ")).filter(|note| !note.is_empty()));
    format!("{}  {}\n", entry.date, parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;
    use kneewise_core::triage::RED_FLAGS;

    fn entry(typed: &str) -> (Entry, String) {
        let (mut input, mut out) = (typed.as_bytes(), Vec::new());
        let mut asker = Asker { input: &mut input, out: &mut out, width: None };
        let entry = asked(&mut asker, None, civil::date(2026, 3, 4)).unwrap();
        (entry, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_yes_that_cannot_wait_is_written_at_once() {
        let (entry, said) = entry(&("2026-03-02\nyes\n".to_owned() + &"n\n".repeat(9) + "y\n"));
        assert!(said.contains(RED_FLAGS[9].care) && said.contains("written down now"), "{said}");
        assert_eq!((entry.date, entry.signs.unwrap()[0].id), (civil::date(2026, 3, 2), "night"));
        assert_eq!(entry.pain, Pain::default());
    }

    #[test]
    fn the_questions_that_come_first_come_first() {
        let flags = "n\n".repeat(10);
        let (entry, said) =
            entry(&format!("2026-03-02\nyes\n{flags}11\n3\n2\n\n1\n2\n\nn\n\n\ny\n\n4,5\n7\n\n\nhilly\n"));
        let (first, then) = said.split_once("during the run").expect("asked for pain");
        assert!(first.contains(RED_FLAGS[9].question) && then.contains("is not a number from 0 to 10"), "{said}");
        assert_eq!((entry.date, entry.has_no_signs()), (civil::date(2026, 3, 2), true));
        assert_eq!(entry.pain, Pain { during: Some(3), after: Some(2), next_morning: None });
        assert_eq!((entry.side, entry.place, entry.onset), (Some(Side::Left), Some(Place::InnerBelow), None));
        assert_eq!((entry.swelling, entry.painkiller_before, entry.missed_run), (Some(false), Some(true), None));
        assert_eq!((entry.exertion_cr10, entry.sleep_h, entry.note.as_str()), (Some(4.5), Some(7.0), "hilly"));
    }

    #[test]
    fn who_skips_everything_has_told_nothing_and_no_pain_is_0() {
        assert_eq!(entry(&"\n".repeat(7)).0, Entry::on(civil::date(2026, 3, 4)));
        let (entry, said) = entry(&format!("\nno\n{}", "\n".repeat(5)));
        assert_eq!(entry.pain.worst(), Some(0));
        assert!(!said.contains(RED_FLAGS[0].question));
    }
}
