//! One self-contained page: one file, no request, everything there with scripts off.

mod blocks;
mod data;
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

use std::io;

use crate::chart::Data;
use crate::digest::{Digest, digest, number};
use crate::format::Format;
use crate::saved::DATA_ID;
use crate::{Document, RenderError};
use kneewise_read::time::DateExt;

use policy::{SCRIPT, STYLE};
use tag::text;

/// One page with charts, which loads nothing.
pub static HTML: Format = Format {
    name: "html",
    aliases: &[],
    extensions: &["html", "htm"],
    marks: &[("<!doctype html>", "<title>kneewise report")],
    about: "One self-contained page",
    is_json: false,
    from_saved: None,
    write: |document, _, out| out.write_all(render(document).map_err(io::Error::other)?.as_bytes()),
};

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

/// So large may a page be (bytes). What is not shown in it takes the room that is left.
const MOST_BYTES: usize = 1_450_000;
/// Data has at least this room (bytes).
const LEAST_DATA_BYTES: usize = 200_000;

pub(crate) fn render(document: &Document) -> Result<String, RenderError> {
    let data = Data { report: document.report, units: document.units };
    let page = Page { document, digest: digest(document), data };
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
    let shown = [
        head,
        sheet::intake(&page),
        sheet::charts(&page),
        first::header(&page),
        "<main>\n".to_owned(),
        first::screen(&page),
        load::section(&page),
        folds::all(&page),
        format!("</main>\n<footer><p>{footer}</p></footer>\n</div>\n"),
    ]
    .concat();
    let json = data::of(document, MOST_BYTES.saturating_sub(shown.len()).max(LEAST_DATA_BYTES))?;
    let data = format!("<script type=\"application/json\" id=\"{DATA_ID}\">{json}</script>\n");
    Ok([shown, data, format!("<script>{SCRIPT}</script>\n</body>\n</html>\n")].concat())
}
