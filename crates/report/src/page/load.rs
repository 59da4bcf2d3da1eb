//! The load: the last weeks in four numbers, and each run in spans to choose.

use crate::chart::{SESSION_SPIKE, WEEKLY_DISTANCE};
use crate::digest::number;

use super::Page;
use super::figure::Figure;
use super::first;
use super::tag::text;

/// Spans to choose: what is written, and days.
const SPANS: [(&str, &str, i64); 3] = [("12w", "12 weeks", 84), ("26w", "26 weeks", 182), ("1y", "1 year", 365)];

pub(super) fn section(page: &Page) -> String {
    if page.document.report.log.runs().is_empty() {
        return String::new();
    }
    let pain = if page.has_pain_chart() && !page.opens_with_pain() { first::pain_block(page) } else { String::new() };
    format!(
        "{pain}<section class=\"card sec\" id=\"load\" aria-labelledby=\"load-title\">\n<h2 id=\"load-title\">The load</h2>\n{}\n{}</section>\n",
        stats(page),
        spans(page)
    )
}

fn stats(page: &Page) -> String {
    let digest = &page.digest;
    let mut stats = Vec::new();
    if let Some(week) = digest.weeks.last() {
        let label = if week.is_open {
            format!("This week, to {}", digest.as_of.strftime("%A"))
        } else {
            "The last week".to_owned()
        };
        stats.push((label, page.distance(week.distance_m), number::things(week.runs, "run")));
    }
    let load = &digest.load;
    let days = format!("Last {} days", load.days);
    stats.push((days, page.distance(load.distance_m), number::things(load.runs, "run")));
    if let Some(longest) = load.longest_run_m {
        let on = load.longest_run_date.map_or_else(String::new, |date| page.day(date));
        stats.push(("Longest run of 30 days".to_owned(), page.distance(longest), on));
    }
    if let Some(next) = &digest.next {
        let then = next.then_m.map_or_else(String::new, |then| format!(", then {}", page.distance(then)));
        let label = format!("{:.0}% more than that", next.percent);
        stats.push((label, page.distance(next.distance_m), format!("until {}{then}", page.day(next.until))));
    }
    let stat = |(label, value, more): (String, String, String)| {
        format!("<div><dt>{}</dt><dd><b>{}</b>{}</dd></div>", text(&label), text(&value), text(&more))
    };
    format!("<dl class=\"stats\">{}</dl>", stats.into_iter().map(stat).collect::<String>())
}

/// Each run and each week, of the spans that the log is longer than, and of all.
fn spans(page: &Page) -> String {
    let days = page.document.report.log.span_days() as i64;
    let mut spans: Vec<(&str, &str, Option<i64>)> =
        SPANS.iter().filter(|(.., span)| *span < days).map(|(id, name, span)| (*id, *name, Some(*span))).collect();
    spans.push(("all", "all", None));
    // The first screen has these weeks already.
    if !page.opens_with_pain() {
        spans.retain(|(id, ..)| *id != "12w");
        if days <= 84 {
            return String::new();
        }
    }
    let chosen = usize::from(page.opens_with_pain()).min(spans.len() - 1);
    let radio = |(i, (id, name, _)): (usize, &(&str, &str, Option<i64>))| {
        let checked = if i == chosen { " checked" } else { "" };
        format!("<input type=\"radio\" name=\"span\" id=\"span-{id}\"{checked}><label for=\"span-{id}\">{name}</label>")
    };
    let radios: String = spans.iter().enumerate().map(radio).collect();
    let of_span = |(id, _, span): &(&'static str, &str, Option<i64>)| {
        let runs = Figure { days: *span, ..Figure::of(&SESSION_SPIKE, (1078.0, 300.0), 270.0) }.html(page);
        let weeks = Figure { days: *span, ..Figure::of(&WEEKLY_DISTANCE, (1078.0, 190.0), 190.0) }.html(page);
        format!(
            "<div class=\"span of-{id}\"><h3>{}</h3>{runs}<h3>{}</h3>{weeks}</div>",
            SESSION_SPIKE.title, WEEKLY_DISTANCE.title
        )
    };
    let figures: String = spans.iter().map(of_span).collect();
    // One span is nothing to choose from.
    if spans.len() == 1 {
        return figures.replacen("<div class=\"span of-all\">", "<div class=\"span only\">", 1);
    }
    format!("<div class=\"spans\" role=\"group\" aria-label=\"Span of the charts\">{radios}{figures}</div>\n")
}
