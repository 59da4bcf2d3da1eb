//! A profile that is filled in: each answer is held to what the file may say, by reading it as the
//! file is read, and to the day it is.

use std::fmt::{Display, Write};
use std::io;

use jiff::civil::Date;
use kneewise_profile::{Error, profile};

use crate::ask::Asker;

/// Asks for keys of a part of the file. An answer that is not taken is asked for again, with the
/// reason.
pub struct Form<'f, 'a> {
    pub asker: &'f mut Asker<'a>,
    pub today: Date,
}

impl Form<'_, '_> {
    /// Asks for a number; whether there was one.
    pub fn number(&mut self, part: &mut String, key: &str, question: &str) -> io::Result<bool> {
        // What is no number must not become TOML of its own.
        let in_file = |typed: &str| match typed.replace(',', ".").parse::<f64>() {
            Ok(number) if number.is_finite() => number.to_string(),
            _ => quoted(typed),
        };
        self.converted(part, key, question, |typed| Ok(in_file(typed)))
    }

    /// Asks for a text; whether there was one.
    pub fn text(&mut self, part: &mut String, key: &str, question: &str) -> io::Result<bool> {
        self.converted(part, key, question, |typed| Ok(quoted(typed.trim_matches(['"', '\'']))))
    }

    /// Asks for a value that the file has in other words than are typed; whether there was one.
    pub fn converted<V: Display>(
        &mut self,
        part: &mut String,
        key: &str,
        question: &str,
        in_file: impl Fn(&str) -> Result<V, String>,
    ) -> io::Result<bool> {
        let today = self.today;
        let read = |typed: &str| {
            let with = format!("{part}{key} = {}\n", in_file(typed)?);
            valid(&with, today).map(|()| with)
        };
        let answer = self.asker.ask(question, read)?;
        let is_told = answer.is_some();
        if let Some(with) = answer {
            *part = with;
        }
        Ok(is_told)
    }

    /// Asks for yes or no.
    pub fn flag(&mut self, part: &mut String, key: &str, question: &str) -> io::Result<()> {
        if let Some(yes) = self.asker.yes(question)? {
            add(part, key, &yes.to_string());
        }
        Ok(())
    }

    /// Asks for one of some names.
    pub fn choice(
        &mut self,
        part: &mut String,
        key: &str,
        question: &str,
        choices: &[(&'static str, &str)],
    ) -> io::Result<Option<&'static str>> {
        let name = self.asker.choice(question, choices)?;
        if let Some(name) = name {
            add(part, key, &quoted(name));
        }
        Ok(name)
    }
}

/// What is wrong with a part of a profile, in the words of the file's reader.
pub fn valid(part: &str, today: Date) -> Result<(), String> {
    let problems = match profile::parse(part, "") {
        Err(Error::Wrong { problems, .. }) => problems,
        _ => profile::later_than(part, today),
    };
    problems.last().map_or(Ok(()), |problem| Err(problem.what.clone()))
}

pub fn add(part: &mut String, key: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(part, "{key} = {value}");
}

/// A text as TOML quotes it. Control characters, which a terminal may send, are left out.
pub fn quoted(text: impl AsRef<str>) -> String {
    let plain: String = text.as_ref().chars().filter(|letter| !letter.is_control()).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}
