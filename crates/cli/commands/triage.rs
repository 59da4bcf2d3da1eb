//! `kneewise triage`: the questions that come before any training.

use std::fmt::Write;

use anyhow::Context;
use kneewise_core::runner::Entry;
use kneewise_core::triage::{AMBER_SIGNS, RED_FLAGS, Sign, Urgency, find, signs};
use kneewise_profile::diary;

use crate::args::TriageArgs;
use crate::ask::Asker;
use crate::commands::diary::today;
use crate::{Ending, ask, output, user_inputs};

pub fn run(args: &TriageArgs) -> anyhow::Result<Ending> {
    if !args.yes.is_empty() {
        let told = args.yes.iter().map(|id| named(id)).collect::<anyhow::Result<Vec<_>>>()?;
        output::write(None, &answer(told), output::As::PLAIN)?;
    } else if ask::is_possible() {
        let (told, keep) = ask::in_terminal(asked)?;
        // What to do stands at the end, wherever the yes was.
        output::write(
            None,
            &match &told {
                None => "No question was answered with yes, and some were not answered. This is no clearance to run.\n"
                    .to_owned(),
                Some(told) if told.is_empty() => {
                    "You answered no to all questions. This is no clearance to run.\n".to_owned()
                }
                Some(told) => care(told.clone()),
            },
            output::As::PLAIN,
        )?;
        if keep {
            let path = user_inputs::diary_path(args.diary.as_deref())?;
            let entry = Entry { signs: told, ..Entry::on(today(args.profile.as_deref())?) };
            diary::append(&path, &entry)?;
            output::warn(format_args!("added {} to {}", entry.date, path.display()));
        }
    } else {
        output::write(None, &questions(), output::As::PLAIN)?;
    }
    Ok(Ending::Done)
}

/// The answers, and whether the diary is to keep them.
fn asked(asker: &mut Asker) -> std::io::Result<(Option<Vec<&'static Sign>>, bool)> {
    asker.say("Ten questions about signs that cannot wait. Enter skips a question.\n")?;
    let red = asker.signs(RED_FLAGS)?;
    if red.as_ref().is_some_and(|told| !told.is_empty()) {
        return keep(asker, red);
    }
    asker.say("\nSix questions about signs that can wait for some days.\n")?;
    let amber = asker.signs(AMBER_SIGNS)?;
    // Who left some unanswered has not said no to all.
    let told = match (red, amber) {
        (Some(red), Some(amber)) => Some([red, amber].concat()),
        (red, amber) => red.or(amber).filter(|told| !told.is_empty()),
    };
    keep(asker, told)
}

/// Asks whether the diary is to keep the answers, where there are any.
fn keep(asker: &mut Asker, told: Option<Vec<&'static Sign>>) -> std::io::Result<(Option<Vec<&'static Sign>>, bool)> {
    let question = "Should your diary keep the answers, so that reports show them first?";
    let keep = told.is_some() && asker.yes(question)? == Some(true);
    Ok((told, keep))
}

fn named(id: &str) -> anyhow::Result<&'static Sign> {
    let names = || signs().map(|sign| sign.id).collect::<Vec<_>>().join(", ");
    find(&id.to_lowercase()).with_context(|| format!("no question is called `{id}`; there are {}", names()))
}

/// What each yes means, the most urgent first.
fn care(mut told: Vec<&'static Sign>) -> String {
    told.sort_by_key(|sign| sign.urgency);
    told.dedup();
    told.into_iter().map(|sign| format!("{}{}", sign.question, ask::care(sign))).collect()
}

fn answer(told: Vec<&'static Sign>) -> String {
    let names: Vec<String> = told.iter().map(|sign| format!("--sign {}", sign.id)).collect();
    let care = care(told);
    format!("{care}`kneewise diary add {}` keeps this, so that reports show it first.\n", names.join(" "))
}

/// All questions with their names.
fn questions() -> String {
    let mut text = String::from("A yes to one of these is a reason to see a doctor or physiotherapist:\n");
    let mut urgency: Option<Urgency> = None;
    for sign in signs() {
        // Writing to a string cannot fail.
        if urgency != Some(sign.urgency) {
            let _ = writeln!(text, "\nReasons to see a doctor or physiotherapist {}:", sign.urgency);
            urgency = Some(sign.urgency);
        }
        let _ = writeln!(text, "  {}\n    {}", sign.question, sign.id);
    }
    text += "\n`kneewise triage --yes NAME` shows what to do. No to all of them is no clearance to run.\n";
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(typed: &str) -> (Option<Vec<&'static str>>, bool) {
        let (mut input, mut out) = (typed.as_bytes(), Vec::new());
        let (told, keep) = asked(&mut Asker { input: &mut input, out: &mut out, width: None }).unwrap();
        (told.map(|told| told.iter().map(|sign| sign.id).collect()), keep)
    }

    #[test]
    fn no_to_all_is_kept_and_a_question_left_open_is_not_no() {
        let no = |n: usize| "no\n".repeat(n);
        let (red, amber) = (RED_FLAGS.len(), AMBER_SIGNS.len());
        assert_eq!(answers(&(no(red + amber) + "yes\n")), (Some(vec![]), true));
        assert_eq!(answers(&(no(red) + "\n" + &no(amber - 1))), (None, false), "nothing to keep");
        let night = answers(&(no(9) + "y\nno\nno\n"));
        assert_eq!(night, (Some(vec!["night"]), false), "what can wait is not asked then");
        let weeks = "\n".repeat(red) + "y\n" + &no(amber - 1) + "y\n";
        assert_eq!(answers(&weeks), (Some(vec!["three-weeks"]), true));
    }
}
