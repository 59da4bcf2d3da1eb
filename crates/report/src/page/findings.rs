//! Findings as cards: a number with its limit, a picture, one thing to do, and the rest folded.

use kneewise_core::Finding;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::{self, Tier};

use crate::digest::{Standout, standout};
use crate::outline::findings::of_late;
use crate::words::{file_name, meaning, sign};

use super::Page;
use super::tag::{paragraph, percent, text};
use super::{mini, sources};

/// Letters of a sentence on a card.
const LONGEST_SENTENCE: usize = 110;

/// The findings that stand out.
pub(super) fn cards(page: &Page) -> String {
    let digest = &page.digest;
    if digest.standouts.is_empty() {
        return nothing(page);
    }
    let mut tiers: Vec<Tier> = digest.standouts.iter().map(|found| found.tier).collect();
    tiers.sort_by_key(|tier| std::cmp::Reverse(*tier));
    tiers.dedup();
    let key = |tier: &Tier| {
        format!("<span class=\"{tier}\"><i>{}</i> {}</span>", sign(*tier), text(meaning(*tier, digest.care_first)))
    };
    let keys: String = tiers.iter().map(key).collect();
    let cards: String = digest.standouts.iter().map(|found| card(page, found)).collect();
    format!(
        "<section class=\"finds\" id=\"findings\" aria-labelledby=\"finds-title\">\n\
         <div class=\"tiers\"><h2 id=\"finds-title\">What stands out</h2><p>{keys}</p></div>\n{cards}</section>\n"
    )
}

fn nothing(page: &Page) -> String {
    let counts = &page.digest.counts;
    if counts.nothing_found == 0 {
        return String::new();
    }
    let closest = page.digest.closest.as_ref().map_or_else(String::new, |closest| {
        format!(
            "<p>The closest was a run of {} on {}, {:.2} times your longest of the {} days before. Above {:.2} is flagged.</p>",
            page.distance(closest.distance_m),
            page.day(closest.date),
            closest.ratio,
            closest.days,
            closest.limit
        )
    });
    let unlock = counts.unlock.as_ref().map_or_else(String::new, |unlock| {
        format!(
            "<p>Not checked yet: {} more, with {}.</p>",
            crate::digest::number::things(unlock.adds, "pattern"),
            text(&unlock.what)
        )
    });
    format!(
        "<section class=\"card\" id=\"findings\" aria-labelledby=\"finds-title\"><h2 id=\"finds-title\">What stands out</h2>\
         <p>Nothing did in the last 28 days.</p>{closest}{unlock}</section>\n"
    )
}

/// Findings of the last days that are not among those of the first screen.
pub(super) fn others(page: &Page) -> Vec<String> {
    let findings = &page.document.report.findings;
    let shown: Vec<&Finding> = page.digest.standouts.iter().filter_map(|found| findings.get(found.finding)).collect();
    let is_shown = |finding: &Finding| shown.iter().any(|known| std::ptr::eq(*known, finding));
    let others = of_late(page.document).into_iter().filter(|finding| !is_shown(finding));
    let place = |finding: &Finding| findings.iter().position(|known| std::ptr::eq(known, finding));
    others.filter_map(|finding| Some(card(page, &described(page, place(finding)?, finding)))).collect()
}

/// A finding in few words.
pub(super) fn described(page: &Page, place: usize, finding: &Finding) -> Standout {
    standout::standout(place, finding, page.document, false)
}

fn card(page: &Page, found: &Standout) -> String {
    let Some(finding) = page.document.report.findings.get(found.finding) else { return String::new() };
    let todo =
        found.action.as_ref().map_or_else(String::new, |action| format!("<p class=\"todo\">{}</p>", text(action)));
    let limit = if found.limit.is_empty() {
        String::new()
    } else {
        format!("<p class=\"limit\">flagged {}</p>", text(&found.limit))
    };
    let inner = if found.inner_knee { "<span class=\"inner\">bears on the inner side</span>" } else { "" };
    let id = format!("finding-{}-{}", found.rule, found.date);
    format!(
        "<article class=\"card find {tier}\" id=\"{id}\">\n<h3><i>{sign}</i> {title}</h3>\n\
         <div class=\"top\"><div><p class=\"num\">{number} <span>{unit}</span></p>{limit}</div>{mini}</div>\n\
         {sentence}{todo}\n<div class=\"foot\"><details class=\"why\"><summary>Study, runs, limits</summary>\
         <div class=\"in\">{why}</div></details><p class=\"tags\">{inner}<span>{evidence}</span></p></div>\n</article>\n",
        tier = found.tier,
        sign = sign(found.tier),
        title = text(&found.title),
        number = text(&found.number),
        unit = text(&format!("{} {}", found.unit, found.compared)),
        mini = mini::of(page, found, finding),
        sentence = paragraph(&sentence(page, found, finding)),
        why = why(page, found, finding),
        evidence = text(&found.evidence),
    )
}

/// What happened, in one sentence.
fn sentence(page: &Page, found: &Standout, finding: &Finding) -> String {
    if let Some(lead) = &found.lead {
        return format!("On {} you ran {lead}.", page.day(found.date));
    }
    let end = finding.message.find(". ").map_or(finding.message.len(), |at| at + 1);
    // A long one is for those who open the card; the number says it in short.
    let first = percent(&finding.message[..end]);
    if first.chars().count() <= LONGEST_SENTENCE { first } else { String::new() }
}

fn why(page: &Page, found: &Standout, finding: &Finding) -> String {
    let mut parts = vec![paragraph(&percent(&finding.message))];
    parts.extend(finding.study.as_deref().map(|study| paragraph(&percent(study))));
    if !found.raised_with.is_empty() {
        parts.push(format!("<p>The same run also raised: {}.</p>", text(&found.raised_with.join(", "))));
    }
    let by: Vec<String> = finding.raised_by.iter().map(ToString::to_string).collect();
    if !by.is_empty() {
        parts.push(paragraph(&format!("Raised one level because of {}.", by.join(" and "))));
    }
    parts.push(format!("<p><b>Not known.</b> {}</p>", text(finding.not_known)));
    if let Some(coverage) = finding.coverage.filter(|coverage| coverage.of > 1) {
        parts.push(paragraph(&format!("Assessed {coverage}.")));
    }
    parts.push(runs(page, finding));
    parts.push(sources::links(&finding.references));
    if rule::find(finding.rule).is_some() {
        parts.push(format!("<p><a href=\"#rule-{0}\">How this is worked out</a></p>", finding.rule));
    }
    parts.concat()
}

/// The runs that a finding rests on.
fn runs(page: &Page, finding: &Finding) -> String {
    const MOST: usize = 4;
    let log = &page.document.report.log;
    let runs: Vec<_> = finding.runs.iter().filter_map(|id| log.run(id)).collect();
    if runs.is_empty() {
        return String::new();
    }
    let name = |run: &&kneewise_core::Run| {
        let file = run.sources.first().map_or("", |source| file_name(&source.name));
        format!("{} ({})", page.day(run.local_date), text(file))
    };
    let named: Vec<String> = runs.iter().take(MOST).map(name).collect();
    let more = runs.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("<p><b>Runs.</b> {}{more}</p>", named.join(", "))
}

/// What was checked without a finding.
pub(super) fn clear(page: &Page) -> Vec<String> {
    let findings = page.document.report.findings.iter().enumerate();
    let clear = findings.filter(|(_, finding)| finding.outcome == FindingOutcome::Clear);
    let line = |(place, finding): (usize, &Finding)| {
        let found = described(page, place, finding);
        let measured = match (finding.measured, found.limit.is_empty()) {
            (Some(_), false) => format!("{}; {} is flagged", found.phrase(), found.limit),
            _ => percent(&finding.message),
        };
        format!("<b>{}</b> <span>{}</span>", text(&found.title), text(&measured))
    };
    clear.map(line).collect()
}
