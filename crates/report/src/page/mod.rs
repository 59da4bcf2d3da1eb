//! One self-contained page: one file, no request, everything there with scripts off.

mod blocks;
mod figure;
mod findings;
mod first;
mod folds;
mod load;
mod markdown;
mod mini;
mod policy;
mod runs;
mod sheet;
mod sources;
mod tag;

use crate::chart::Data;
use crate::digest::{Digest, digest, number};
use crate::{Document, RenderError, json};
use kneewise_read::time::DateExt;

use policy::{SCRIPT, STYLE};
use tag::text;

/// What every part of the page is made of.
struct Page<'a> {
    document: &'a Document<'a>,
    digest: Digest,
    data: Data<'a>,
}

impl Page<'_> {
    /// A day, with its year where it is not that of the report.
    fn day(&self, date: jiff::civil::Date) -> String {
        number::day(date, self.digest.as_of)
    }

    fn distance(&self, metres: f64) -> String {
        number::distance(metres, self.document.units)
    }

    /// Whether the page opens with a pain and its picture.
    fn opens_with_pain(&self) -> bool {
        self.digest.pain.as_ref().is_some_and(|pain| pain.goes_on) && self.has_pain_chart()
    }

    fn has_pain_chart(&self) -> bool {
        self.digest.pain.is_some() && !self.data.report.log.runs().is_empty()
    }
}

/// JSON that ends no script, whatever its texts are, and turns no direction of writing.
fn data_text(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '<' || matches!(u32::from(c), 0x7F..=0x9F | 0x200E..=0x200F | 0x2028..=0x202E | 0x2066..=0x2069) {
            safe.extend(["\\u", &format!("{:04x}", u32::from(c))]);
        } else {
            safe.push(c);
        }
    }
    safe
}

pub(crate) fn render(document: &Document) -> Result<String, RenderError> {
    let data = Data { report: document.report, units: document.units };
    let page = Page { document, digest: digest(document), data };
    let json = data_text(&json::page_data(document)?);
    let date = page.digest.as_of.in_words();
    let head = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>kneewise report, {date}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<div class=\"wrap\">\n",
        policy::header()
    );
    let footer = text(kneewise_core::report::FOOTER);
    let end = format!(
        "</main>\n<footer><p>{footer}</p></footer>\n</div>\n<script type=\"application/json\" id=\"report-data\">{json}</script>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n"
    );
    let parts = [
        head,
        sheet::intake(&page),
        sheet::charts(&page),
        first::header(&page),
        "<main>\n".to_owned(),
        first::screen(&page),
        load::section(&page),
        folds::all(&page),
        end,
    ];
    Ok(parts.concat())
}
