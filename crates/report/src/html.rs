//! One self-contained page: no scripts, nothing loaded from anywhere.

use askama::Template;

use crate::chart::{self, Chart};
use crate::outline::{Block, Outline};
use crate::{Document, RenderError};

/// Each chart is drawn for a desk and for a phone, and the page shows the one that fits.
const WIDE_PX: (u32, u32) = (880, 340);
const NARROW_PX: (u32, u32) = (360, 300);

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    outline: &'a Outline,
    figures: Vec<Figure>,
    dark_ink: String,
}

/// A chart in both sizes, as SVG.
struct Figure {
    chart: Chart,
    wide: String,
    narrow: String,
}

pub(crate) fn render(document: &Document, outline: &Outline) -> Result<String, RenderError> {
    let mut figures = Vec::new();
    for block in outline.sections.iter().flat_map(|section| &section.blocks) {
        if let Block::Chart(chart) = *block {
            let draw = |(width, height)| chart::draw(chart, document.report, document.units, width, height);
            figures.push(Figure { chart, wide: draw(WIDE_PX)?, narrow: draw(NARROW_PX)? });
        }
    }
    let page = Page { outline, figures, dark_ink: chart::theme::dark_ink() };
    page.render().map_err(|error| RenderError::Html(error.to_string()))
}
