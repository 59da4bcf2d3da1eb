//! A chart in the page: a drawing for each width, legend, sentence and data table.

use crate::chart::svg::{inline, key};
use crate::chart::{Chart, Drawing, View};

use super::Page;
use super::tag::{scroll, table, text, waiting};

/// How a chart stands in the page.
#[derive(Clone, Copy)]
pub(super) struct Figure {
    pub chart: &'static Chart,
    /// The last days to draw; `None` for all.
    pub days: Option<i64>,
    /// Width and height where there is room.
    pub wide: (f64, f64),
    /// The height on a phone.
    pub slim_px: f64,
    pub class: &'static str,
    pub has_table: bool,
}

/// The width of drawings for a phone.
const SLIM_PX: f64 = 336.0;
/// The width of drawings for what lies between.
const MID_PX: f64 = 620.0;

impl Figure {
    pub(super) fn of(chart: &'static Chart, wide: (f64, f64), slim_px: f64) -> Self {
        Self { chart, days: None, wide, slim_px, class: "", has_table: true }
    }

    fn draw(&self, page: &Page, width_px: f64, height_px: f64) -> Drawing {
        (self.chart.draw)(&page.data, &View { width_px, height_px, days: self.days })
    }

    /// The figure; empty where the log holds nothing of the kind.
    pub(super) fn html(&self, page: &Page) -> String {
        let wide = self.draw(page, self.wide.0, self.wide.1);
        if wide.is_empty {
            return String::new();
        }
        // A chart that keeps itself narrow is not stretched.
        let is_narrow = wide.width_px < self.wide.0;
        let has_mid = self.wide.0 > 700.0 && !is_narrow;
        let class = match (has_mid, is_narrow) {
            (true, _) => "wide has-mid",
            (_, true) => "wide narrow",
            _ => "wide",
        };
        let mut plots = inline(&wide, class);
        if has_mid {
            plots += &inline(&self.draw(page, MID_PX, self.wide.1), "mid");
        }
        plots += &inline(&self.draw(page, SLIM_PX, self.slim_px), "slim");
        let data = if self.has_table && !wide.table.rows.is_empty() { data(&wide) } else { String::new() };
        format!(
            "<figure class=\"{}\">{}<div class=\"plot\">{plots}</div><figcaption><span>{}</span>{data}</figcaption></figure>",
            self.class,
            legend(&wide),
            text(&wide.description),
        )
    }

    /// One drawing for paper.
    pub(super) fn print(&self, page: &Page) -> String {
        let drawing = self.draw(page, self.wide.0, self.wide.1);
        if drawing.is_empty {
            return String::new();
        }
        format!(
            "<figure><h3>{}</h3>{}{}<figcaption>{}</figcaption></figure>",
            text(&drawing.title),
            legend(&drawing),
            inline(&drawing, "paper"),
            text(&drawing.description)
        )
    }
}

fn legend(drawing: &Drawing) -> String {
    let item = |known: &crate::chart::Key| {
        format!("<li data-key=\"{}\">{}<span>{}</span></li>", known.class, key(known), text(&known.text))
    };
    let items: String = drawing.keys.iter().map(item).collect();
    if items.is_empty() { items } else { format!("<ul class=\"legend\">{items}</ul>") }
}

fn data(drawing: &Drawing) -> String {
    let inner = scroll(&format!("{}, values", drawing.title), &table(&drawing.table, "values"));
    format!(" <details class=\"data\"><summary>Data table</summary>{}</details>", waiting(&inner))
}
