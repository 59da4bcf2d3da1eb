//! The findings of before the last weeks: a table for each rule, and a row for each event.

use kneewise_core::rule::Tier;
use kneewise_core::{Finding, Run};
use kneewise_read::time::DateExt;

use crate::hint::Hint;
use crate::words::{quantity, sign};
use crate::{Detail, Document};

use super::findings::{explain, files, measured, raised_names};
use super::{Block, Section, Table};

/// Rows of a table.
fn most(detail: Detail) -> usize {
    match detail {
        Detail::Brief => 4,
        Detail::Full => 12,
    }
}

pub(super) fn section(document: &Document) -> Section {
    let findings = super::findings::earlier(document);
    let of_rule = findings.chunk_by(|a, b| a.rule == b.rule);
    let tables = of_rule.filter_map(|findings| table(findings, document)).map(Block::Table);
    Section { heading: "Earlier findings".into(), blocks: tables.collect() }
}

fn table(findings: &[&Finding], document: &Document) -> Option<Table> {
    let (first, most) = (findings.first()?, most(document.detail));
    let row = |finding: &&Finding| {
        let limit = finding.limit.map_or_else(String::new, |limit| quantity(limit, document.units));
        let tier = finding.tier.unwrap_or(Tier::Info);
        let raised = if finding.raised_by.is_empty() { "" } else { " *" };
        vec![
            finding.window.map_or_else(String::new, |window| window.to.to_string()),
            measured(finding, document.units).unwrap_or_default(),
            limit,
            format!("{} {tier}{raised}", sign(tier)),
            distance(finding, document),
            files(finding, document),
        ]
    };
    let more = match (findings.len().saturating_sub(most), document.detail) {
        (0, _) => None,
        (n, Detail::Brief) => Some(format!("and {n} more: {}", Hint::FullAndJson)),
        (n, Detail::Full) => Some(format!("and {n} more: {}", Hint::Json)),
    };
    let raised = findings.iter().take(most).find(|finding| !finding.raised_by.is_empty()).map(|finding| {
        let by: Vec<String> = finding.raised_by.iter().map(ToString::to_string).collect();
        format!("* raised one level because of {}", by.join(" and "))
    });
    let with_others = findings.iter().take(most).filter(|finding| !finding.raised_with.is_empty());
    let also = with_others.map(|finding| {
        let day = finding.window.map_or_else(String::new, |window| format!(" of {}", window.to.in_words()));
        format!("the run{day} also raised {}", raised_names(finding))
    });
    Some(Table {
        caption: format!("{} ({} evidence; {})", first.name, first.evidence, explain(first)),
        header: ["last day", "measured", "limit", "tier", document.units.long_symbol(), "file"].map(Into::into).into(),
        rows: findings.iter().take(most).map(row).collect(),
        more: raised.into_iter().chain(also).chain(more).collect::<Vec<_>>().join("; "),
    })
}

/// The distance of the first run that a finding rests on; of one on many there is none to name.
fn distance(finding: &Finding, document: &Document) -> String {
    const COMPARED: usize = 2;
    let first = finding.runs.first().filter(|_| finding.runs.len() <= COMPARED);
    let metres = first.and_then(|id| document.report.log.run(id)).and_then(Run::distance_m);
    metres.map_or_else(|| "-".to_owned(), |metres| format!("{:.1}", metres / document.units.metres_per_long_unit()))
}
