//! Studies: links beside what they are named for, and the list that the links lead to.

use std::collections::BTreeSet;

use kneewise_core::knowledge::reference::{REFERENCES, Reference};

use super::Page;
use super::tag::text;

/// Links to the entries of some studies, by their short names.
pub(super) fn links(shorts: &[&str]) -> String {
    let link = |short: &&str| format!("<a href=\"#{}\">{}</a>", id(short), text(short));
    let links: Vec<String> = shorts.iter().map(link).collect();
    if links.is_empty() { String::new() } else { format!("<p><b>Sources.</b> {}</p>", links.join(", ")) }
}

fn id(short: &str) -> String {
    let letters = short.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    format!("ref-{}", letters.collect::<String>())
}

/// The studies that the report names.
pub(super) fn named(page: &Page) -> Vec<&'static Reference> {
    let report = page.document.report;
    let of_findings = report.findings.iter().flat_map(|finding| finding.references.iter().copied());
    let of_cards = report.cards.iter().flat_map(|card| card.references.iter().map(|known| known.short));
    let shorts: BTreeSet<&str> = of_findings.chain(of_cards).collect();
    REFERENCES.iter().copied().filter(|known| shorts.contains(known.short)).collect()
}

pub(super) fn list(references: &[&Reference]) -> String {
    let item = |known: &&Reference| {
        let full = known.to_string();
        let linked = match full.split_once("doi:") {
            Some((before, rest)) => {
                // A doi holds no blank; the full stop after it is not its own.
                let end = rest.find(' ').unwrap_or(rest.len());
                let (doi, after) = rest.split_at(end);
                let doi = doi.trim_end_matches(['.', ')']);
                format!("{}<a href=\"https://doi.org/{1}\">doi:{1}</a>{2}", text(before), text(doi), text(after))
            }
            None => text(&full),
        };
        format!("<li id=\"{}\">{linked}</li>", id(known.short))
    };
    format!("<ol class=\"refs\">{}</ol>", references.iter().map(item).collect::<String>())
}
