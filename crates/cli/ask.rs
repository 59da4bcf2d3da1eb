//! Questions in a terminal: Enter skips, a wrong answer is asked again.

use std::io::{self, BufRead, IsTerminal, Write};

use kneewise_core::triage::{Sign, Urgency};

use crate::output;
use kneewise_report::fill;

/// No line of a question is wider (columns).
const WIDEST: usize = 100;

/// Whether there is somebody to ask.
pub fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks on standard error, so that results stay apart, and reads standard input.
pub fn in_terminal<T>(questions: impl FnOnce(&mut Asker) -> io::Result<T>) -> anyhow::Result<T> {
    let (mut input, mut out) = (io::stdin().lock(), io::stderr());
    let width = terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
    match questions(&mut Asker { input: &mut input, out: &mut out, width }) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => anyhow::bail!("stopped; nothing was written"),
        answers => Ok(answers?),
    }
}

/// Asks one question after the other.
pub struct Asker<'a> {
    pub input: &'a mut dyn BufRead,
    pub out: &'a mut dyn Write,
    /// Columns that no line exceeds; `None` where nobody looks.
    pub width: Option<usize>,
}

impl Asker<'_> {
    /// Says something.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        let text = self.wrapped(text, "");
        writeln!(self.out, "{text}")
    }

    /// A text in lines that fit, each paragraph by itself.
    fn wrapped(&self, text: &str, indent: &str) -> String {
        let text = &output::shown(text);
        let Some(width) = self.width.map(|width| width.clamp(20, WIDEST)) else { return format!("{indent}{text}") };
        let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { fill(line, width, indent) });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The answer that `read` takes, `None` for Enter. What it refuses is asked again, with its
    /// words.
    ///
    /// # Errors
    /// [`io::ErrorKind::UnexpectedEof`] where nothing more is typed.
    pub fn ask<T>(&mut self, question: &str, mut read: impl FnMut(&str) -> Result<T, String>) -> io::Result<Option<T>> {
        loop {
            write!(self.out, "{} ", self.wrapped(question, ""))?;
            self.out.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let answer = line.trim();
            if answer.is_empty() {
                return Ok(None);
            }
            match read(answer) {
                Ok(answer) => return Ok(Some(answer)),
                Err(why) => {
                    let why = format!("{} (Enter skips)", output::clean(&why, output::As::PLAIN));
                    writeln!(self.out, "{}", self.wrapped(&why, "  "))?;
                }
            }
        }
    }

    /// Yes, no, or `None` for Enter.
    pub fn yes(&mut self, question: &str) -> io::Result<Option<bool>> {
        self.ask(&format!("{question} [yes/no]"), |answer| match answer.to_lowercase().as_str() {
            "y" | "yes" => Ok(true),
            "n" | "no" => Ok(false),
            _ => Err("Type yes or no.".to_owned()),
        })
    }

    /// One of a list, by its number or its name.
    pub fn choice(&mut self, question: &str, choices: &[(&'static str, &str)]) -> io::Result<Option<&'static str>> {
        for (i, (_, words)) in choices.iter().enumerate() {
            writeln!(self.out, "  {}  {words}", i + 1)?;
        }
        self.ask(&format!("{question} [1-{}]", choices.len()), |answer| {
            let by_number = answer.parse().ok().and_then(|n: usize| choices.get(n.checked_sub(1)?));
            let chosen = by_number.or_else(|| choices.iter().find(|(name, _)| *name == answer));
            chosen.map(|(name, _)| *name).ok_or_else(|| format!("Type a number from 1 to {}.", choices.len()))
        })
    }

    /// Asks for signs. A yes is answered at once with what to do; an emergency leaves no time for
    /// more. `None` where some were left unanswered and there was no yes: that is not no to all.
    pub fn signs(&mut self, signs: &'static [Sign]) -> io::Result<Option<Vec<&'static Sign>>> {
        let mut told = Vec::new();
        let mut all_answered = true;
        for sign in signs {
            let answer = self.yes(sign.question)?;
            all_answered &= answer.is_some();
            if answer == Some(true) {
                let said = self.wrapped(care(sign).trim(), "  ");
                writeln!(self.out, "\n{said}\n")?;
                told.push(sign);
                if sign.urgency == Urgency::Emergency {
                    break;
                }
            }
        }
        Ok((all_answered || !told.is_empty()).then_some(told))
    }
}

/// What a yes means, for people.
pub fn care(sign: &Sign) -> String {
    if sign.urgency.comes_first() {
        let Sign { urgency, care, .. } = sign;
        format!(
            "\n  This comes before all training. A doctor or physiotherapist should see it {urgency}.\n  {care}\n\n"
        )
    } else {
        format!("\n  {}\n\n", sign.care)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kneewise_core::triage::RED_FLAGS;

    fn asked<T>(typed: &str, questions: impl FnOnce(&mut Asker) -> io::Result<T>) -> (io::Result<T>, String) {
        let (mut input, mut out) = (typed.as_bytes(), Vec::new());
        let answer = questions(&mut Asker { input: &mut input, out: &mut out, width: None });
        (answer, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_wrong_answer_is_asked_again_and_enter_skips() {
        let (answer, said) = asked("perhaps\nY\n", |asker| asker.yes("Swollen?"));
        assert_eq!((answer.unwrap(), said.matches("Swollen?").count()), (Some(true), 2));
        assert_eq!(asked("\n", |asker| asker.yes("Swollen?")).0.unwrap(), None);
        assert_eq!(asked("", |asker| asker.yes("Swollen?")).0.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        let choices = [("left", "left"), ("right", "right")];
        assert_eq!(asked("0\n3\n2\n", |asker| asker.choice("Which?", &choices)).0.unwrap(), Some("right"));
    }

    #[test]
    fn a_yes_is_answered_at_once_with_what_to_do() {
        let typed = "no\nno\nno\nyes\n".to_owned() + &"\n".repeat(RED_FLAGS.len() - 4);
        let (told, said) = asked(&typed, |asker| {
            asker.say("First:")?;
            asker.signs(RED_FLAGS)
        });
        let (before, after) = said.split_once(RED_FLAGS[3].care).expect("what to do");
        assert!(
            before.contains(RED_FLAGS[3].urgency.words())
                && after.starts_with("\n\n")
                && after.contains(RED_FLAGS[4].question)
        );
        assert_eq!(told.unwrap().unwrap(), [&RED_FLAGS[3]]);
        let (told, said) = asked("yes\n", |asker| asker.signs(RED_FLAGS));
        assert_eq!(told.unwrap().unwrap(), [&RED_FLAGS[0]], "an emergency leaves no time for more questions");
        assert!(said.trim_end().ends_with(RED_FLAGS[0].care));
        let typed = |last: &str| "no\n".repeat(RED_FLAGS.len() - 1) + last;
        assert_eq!(asked(&typed("no\n"), |asker| asker.signs(RED_FLAGS)).0.unwrap(), Some(vec![]));
        assert_eq!(asked(&typed("\n"), |asker| asker.signs(RED_FLAGS)).0.unwrap(), None, "one was not answered");
    }
}
