//! The findings that stand out, two lines each.

use anstyle::{AnsiColor, Style};
use jiff::civil::Date;
use kneewise_core::rule::Tier;
use kneewise_read::time::DateExt;

use crate::digest::{Standout, number};
use crate::words::sign;
use crate::wrap::{columns, wrap};

use super::{HEADING, Page, QUIET};

/// A date in the table needs no year when it is no older (days).
const YEARLESS_DAYS: i64 = 180;

impl Page<'_> {
    pub(super) fn findings(&self) -> Vec<String> {
        let digest = self.digest;
        let dates: Vec<String> = digest.standouts.iter().map(|finding| self.short_day(finding.date)).collect();
        let indent = 4 + dates.iter().map(|date| columns(date)).max().unwrap_or(0);
        // The widths of the last two columns: the limit, and the evidence.
        let (limit, evidence) = if self.is_wide() { (18, 17) } else { (16, 13) };
        let text = self.width.saturating_sub(indent + limit + evidence);
        let heading = format!("{:1$}", "WHAT STANDS OUT", indent + text);
        let mut lines = vec![self.painted(HEADING, format!("{heading}{:limit$}evidence", "flagged").trim_end())];
        for (finding, date) in digest.standouts.iter().zip(&dates) {
            let first = format!("{} {date:1$}", sign(finding.tier), indent - 2);
            let words = self.words(finding);
            let wrapped = wrap(&words, indent + text - 1, &first, &" ".repeat(indent));
            let mut rows = wrapped.lines();
            let first_row = rows.next().unwrap_or_default();
            let pad = (indent + text).saturating_sub(columns(first_row));
            let evidence = self.evidence(finding);
            let tail = format!("{:1$} {evidence}", finding.limit, limit - 1);
            let painted_sign = self.painted(tier_style(finding.tier), sign(finding.tier));
            let first_row = first_row.strip_prefix(sign(finding.tier)).unwrap_or(first_row);
            lines.push(format!("{painted_sign}{first_row}{}{}", " ".repeat(pad), self.painted(QUIET, tail.trim_end())));
            lines.extend(rows.map(str::to_owned));
            lines.extend(self.action(finding, indent));
        }
        lines
    }

    /// `23.0 km: 1.59× your longest of 30 days`; with its title where there is room.
    fn words(&self, finding: &Standout) -> String {
        let phrase = finding.phrase();
        let lead = finding.lead.as_deref();
        match (self.is_wide(), lead) {
            (true, Some(lead)) => format!("{}: {lead}, {phrase}", finding.title),
            (true, None) => format!("{}: {phrase}", finding.title),
            (false, Some(lead)) => format!("{lead}: {phrase}"),
            (false, None) => phrase,
        }
    }

    fn action(&self, finding: &Standout, indent: usize) -> Vec<String> {
        let mut parts = Vec::new();
        parts.extend(finding.action.clone());
        parts.extend((finding.inner_knee && finding.action.is_some()).then(|| "(inner side)".to_owned()));
        if self.is_wide() && !finding.raised_with.is_empty() {
            parts.push(format!("(Same run: {}.)", finding.raised_with.join(", ").to_lowercase()));
        }
        if parts.is_empty() {
            return Vec::new();
        }
        let (pad, mark) = (" ".repeat(indent), if finding.action.is_some() { "→ " } else { "" });
        let rest = format!("{pad}{}", " ".repeat(columns(mark)));
        wrap(&parts.join(" "), self.width, &format!("{pad}{mark}"), &rest).lines().map(str::to_owned).collect()
    }

    fn evidence<'f>(&self, finding: &'f Standout) -> &'f str {
        if self.is_wide() {
            return &finding.evidence;
        }
        let short = finding.evidence.strip_suffix(" evidence").unwrap_or(&finding.evidence);
        short.strip_prefix("expert ").unwrap_or(short)
    }

    fn short_day(&self, date: Date) -> String {
        if self.digest.as_of.days_since(date) < YEARLESS_DAYS {
            date.strftime("%-d %b").to_string()
        } else {
            number::day(date, self.digest.as_of)
        }
    }
}

fn tier_style(tier: Tier) -> Style {
    let color = match tier {
        Tier::Elevated => AnsiColor::Red,
        Tier::Notice => AnsiColor::Yellow,
        Tier::Info => AnsiColor::Cyan,
    };
    color.on_default().bold()
}
