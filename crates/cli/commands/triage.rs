//! `kneewise triage`: the questions that come before any training.

use std::fmt::Write;

use anyhow::Context;
use kneewise_core::triage::{RED_FLAGS, RedFlag, Urgency, find};

use crate::args::TriageArgs;
use crate::{Ending, ask, output};

/// What may wait a little, for those who answered all with no.
const LATER: &str = "See a doctor or physiotherapist within about two weeks if pain has lasted for more than three weeks, swelling comes back \
    after runs, stairs are hard, or you missed three or more runs; and in any case if you are under 18, have had surgery on \
    the knee, have inflammatory arthritis or take blood thinners.\n";

pub fn run(args: &TriageArgs) -> anyhow::Result<Ending> {
    if !args.yes.is_empty() {
        let told = args.yes.iter().map(|id| named(id)).collect::<anyhow::Result<Vec<_>>>()?;
        output::write(None, &answer(told))?;
    } else if ask::is_possible() {
        let told = ask::in_terminal(|asker| {
            asker.say("Ten questions. Enter leaves one unanswered.\n")?;
            asker.red_flags()
        })?;
        if told.is_empty() {
            output::write(None, &format!("No yes. That is no clearance to run.\n{LATER}"))?;
        }
    } else {
        output::write(None, &questions())?;
    }
    Ok(Ending::Done)
}

fn named(id: &str) -> anyhow::Result<&'static RedFlag> {
    let names = || RED_FLAGS.iter().map(|flag| flag.id).collect::<Vec<_>>().join(", ");
    find(&id.to_lowercase()).with_context(|| format!("no question is called `{id}`; there is {}", names()))
}

/// What each yes means, the most urgent first.
fn answer(mut told: Vec<&'static RedFlag>) -> String {
    told.sort_by_key(|flag| flag.urgency);
    told.dedup();
    told.into_iter().map(|flag| format!("{}{}", flag.question, ask::care(flag))).collect()
}

/// All questions with their names.
fn questions() -> String {
    let mut text = String::from("Yes to any of these comes before all training:\n");
    let mut urgency: Option<Urgency> = None;
    for flag in &RED_FLAGS {
        // Writing to a string cannot fail.
        if urgency != Some(flag.urgency) {
            let _ = writeln!(text, "\nTo be looked at {}:", flag.urgency);
            urgency = Some(flag.urgency);
        }
        let _ = writeln!(text, "  {}\n    {}", flag.question, flag.id);
    }
    let _ = writeln!(
        text,
        "\n`kneewise triage --yes NAME` says what to do. No to all of them is no clearance to run.\n\n{LATER}"
    );
    text
}
