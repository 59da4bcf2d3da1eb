//! For programs: one JSON document, written as it is read.

use std::io::{self, Write};

use serde::Serialize;

use crate::Options;
use crate::fit::Fit;
use crate::note::{Note, is_damaged};
use crate::xml::{Element, Xml};

pub(crate) fn fit(fit: &Fit, bytes: usize, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"format\":\"FIT\",\"bytes\":{bytes},\"sequences\":")?;
    serde_json::to_writer(&mut *out, &fit.outlines)?;
    let mut notes = texts(options, &fit.notes);
    let (mut shown, mut in_pieces, mut first) = (0usize, 0usize, None);
    let messages = options.messages(fit).inspect(|message| {
        shown += 1;
        if let Some(problem) = &message.problem {
            in_pieces += 1;
            first.get_or_insert_with(|| format!("first at byte {}: {problem}", message.offset));
        }
    });
    list("messages", messages, out)?;
    amount(shown, options.messages_in_all(fit), out)?;
    notes.extend(first.map(|first| format!("{in_pieces} messages could not be read in one piece, {first}")));
    end(&notes, is_damaged(&fit.notes), out)
}

pub(crate) fn xml(xml: &Xml, bytes: usize, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"format\":\"{}\",\"bytes\":{bytes}", xml.format)?;
    let mut shown = 0;
    let count = |element: &Element| shown += usize::from(options.wants_element(&element.name));
    list("elements", options.elements(xml).inspect(count), out)?;
    amount(shown, options.elements_in_all(xml), out)?;
    end(&texts(options, &xml.notes), is_damaged(&xml.notes), out)
}

/// A named array with an item a line.
fn list<T: Serialize>(name: &str, items: impl Iterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, ",\"{name}\":[")?;
    for (i, item) in items.enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &item)?;
    }
    write!(out, "\n]")
}

/// How many were shown of all that could be.
fn amount(shown: usize, total: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, ",\"shown\":{shown},\"total\":{total}")
}

fn texts(options: &Options, notes: &[Note]) -> Vec<String> {
    options.notes.iter().chain(notes.iter().map(|note| &note.text)).cloned().collect()
}

fn end(notes: &[String], is_damaged: bool, out: &mut dyn Write) -> io::Result<()> {
    write!(out, ",\"notes\":")?;
    serde_json::to_writer(&mut *out, notes)?;
    writeln!(out, ",\"damaged\":{is_damaged}}}")
}
