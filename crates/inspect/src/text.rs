//! For people: an overview, then a line for each message or element, or for each field of messages
//! that are rare.

use std::fmt::Write as _;
use std::io::{self, Write};

use kneewise_read::fit::protocol::{Checksum, RECORD};
use kneewise_read::unit::grouped;

use crate::Options;
use crate::fit::{Field, Fit, Message, Outline, message_name};
use crate::note::Note;
use crate::value::Value;
use crate::xml::{Element, Xml};

/// Messages of a kind that there are no more of have a line for each field: sessions hold a
/// hundred.
const RARE: usize = 20;

pub(crate) fn fit(fit: &Fit, bytes: usize, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "FIT, {} bytes", grouped(bytes))?;
    for outline in &fit.outlines {
        writeln!(out, "  {}", outlined(outline))?;
    }
    notes(options, &fit.notes, out)?;
    let counts: Vec<(String, usize)> = fit.counts.iter().map(|(n, count)| (message_name(*n), count)).collect();
    overview("messages", &counts, fit.counts.total(), out)?;
    writeln!(out, "  laid out by {} definitions", grouped(fit.definitions))?;

    // The digits of the last offset.
    let digits = bytes.to_string().len().max(4);
    let widest = counts.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let rare: Vec<u16> = fit.counts.iter().filter(|(_, count)| *count <= RARE).map(|(number, _)| *number).collect();
    let is_rare = |message: &Message| message.number != RECORD && rare.contains(&message.number);
    writeln!(out, "\n{:>digits$}  {:<widest$}  fields", "byte", "message")?;
    let (mut shown, mut in_pieces) = (0, 0);
    for message in options.messages(fit) {
        shown += 1;
        in_pieces += usize::from(message.problem.is_some());
        let head = format!("{:>digits$}  {:<widest$}", message.offset, message.kind);
        let pieces = pieces(&message);
        if is_rare(&message) && pieces.len() > 1 {
            block(&head, &pieces, out)?;
        } else {
            line(&head, &pieces, options.width, out)?;
        }
    }
    left(options.messages_in_all(fit) - shown, "messages", out)?;
    if in_pieces > 0 {
        writeln!(
            out,
            "\n{} messages could not be read in one piece; what was wrong stands with them",
            grouped(in_pieces)
        )?;
    }
    Ok(())
}

fn outlined(outline: &Outline) -> String {
    let Outline { offset, header_size, protocol, profile, declared, present, .. } = outline;
    let own_checksum = match outline.header_checksum {
        Checksum::Right => ", its own checksum ok",
        Checksum::Wrong => ", its own checksum wrong",
        Checksum::Missing => "",
    };
    let checksum = match outline.checksum {
        Checksum::Right => "checksum ok",
        Checksum::Wrong => "checksum wrong",
        Checksum::Missing => "no checksum",
    };
    format!(
        "header of {header_size} bytes at byte {offset}{own_checksum}; protocol {protocol}, profile {profile}; \
         {declared} bytes of messages declared, {present} there; {checksum}"
    )
}

fn pieces(message: &Message) -> Vec<String> {
    let mut pieces: Vec<String> = message.fields.iter().map(field).collect();
    pieces.extend(message.problem.as_ref().map(|problem| format!("({problem})")));
    pieces
}

fn field(field: &Field) -> String {
    // What an app or a pod calls its own looks native otherwise.
    let origin = if field.developer.is_some() { "app:" } else { "" };
    let mut text = format!("{origin}{}={}", word(&field.name), field.value);
    if !field.units.is_empty() {
        let _ = write!(text, " {}", word(&field.units));
    }
    text
}

pub(crate) fn xml(xml: &Xml, bytes: usize, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}, {} bytes", xml.format, grouped(bytes))?;
    notes(options, &xml.notes, out)?;
    let counts: Vec<(String, usize)> = xml.counts.iter().map(|(name, count)| (word(name), count)).collect();
    overview("elements", &counts, xml.counts.total(), out)?;
    writeln!(out)?;
    let mut shown = 0;
    for element in options.elements(xml) {
        shown += usize::from(options.wants_element(&element.name));
        // No document is deeper than this that a person wrote the schema of.
        let indent = 2 * element.depth.min(40);
        let head = format!("{:indent$}{}", "", word(&element.name));
        line(&head, &content(&element), options.width, out)?;
    }
    left(options.elements_in_all(xml) - shown, "elements", out)
}

/// Says how many a limit left out.
fn left(count: usize, what: &str, out: &mut dyn Write) -> io::Result<()> {
    match count {
        0 => Ok(()),
        _ => writeln!(out, "... {} more {what}; without --limit they are shown", grouped(count)),
    }
}

fn content(element: &Element) -> Vec<String> {
    let attribute = |name: &str, value: &str| format!("{}={}", word(name), Value::Text(value.to_owned()));
    let mut pieces: Vec<String> = element.attributes.iter().map(|a| attribute(&a.name, &a.value)).collect();
    if !element.text.is_empty() {
        pieces.push(word(&element.text));
    }
    pieces
}

/// A text that may hold blanks, without what could steer a terminal.
fn word(text: &str) -> String {
    if text.chars().any(char::is_control) { text.escape_debug().to_string() } else { text.to_owned() }
}

fn notes(options: &Options, notes: &[Note], out: &mut dyn Write) -> io::Result<()> {
    for note in &options.notes {
        writeln!(out, "  note: {}", word(note))?;
    }
    for note in notes {
        let label = if note.is_damage { "damage" } else { "note" };
        writeln!(out, "  {label}: {}", word(&note.text))?;
    }
    Ok(())
}

fn overview(title: &str, counts: &[(String, usize)], total: usize, out: &mut dyn Write) -> io::Result<()> {
    let total = grouped(total);
    let widest = counts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(title.len());
    writeln!(out, "\n{title:<widest$}    {total}")?;
    for (name, count) in counts {
        writeln!(out, "  {name:<widest$}  {:>1$}", grouped(*count), total.len())?;
    }
    Ok(())
}

/// Writes pieces behind a head, and goes on in the next line under the first piece where they do
/// not fit.
fn line(head: &str, pieces: &[String], width: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    let indent = head.chars().count();
    let mut column = indent;
    write!(out, "{head}")?;
    for (i, piece) in pieces.iter().enumerate() {
        let len = piece.chars().count() + 2;
        if i > 0 && width.is_some_and(|width| column + len > width) {
            write!(out, "\n{:indent$}", "")?;
            column = indent;
        }
        write!(out, "  {piece}")?;
        column += len;
    }
    writeln!(out)
}

/// Writes a line for each piece under a head.
fn block(head: &str, pieces: &[String], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", head.trim_end())?;
    pieces.iter().try_for_each(|piece| writeln!(out, "        {piece}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_go_on_under_their_first_piece() {
        let mut out = Vec::new();
        line("12  lap", &["a=1".into(), "b=2".into()], Some(14), &mut out).expect("written");
        assert_eq!(String::from_utf8_lossy(&out), "12  lap  a=1\n         b=2\n");
    }
}
