//! What came before the pain.

use jiff::civil::Date;
use kneewise_core::measure::metric;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::before_pain::{APART_DAYS, BEFORE_PAIN, FEWEST_DAYS, Rise, StoodOut, Tally};
use kneewise_core::rule::{Area, Quantity};
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

use crate::hint::Hint;
use crate::words::{capital, count, figure, quantity};
use crate::{Detail, Document};

use super::{Block, Points, Section, Table};

/// So many rises, and so many figures over all of them, are shown.
const MOST: usize = 8;

/// The days up to a rise whose findings are named beside it.
const LOOKED_BACK: i64 = APART_DAYS;

/// Returns the section on each rise of pain.
///
/// `names_findings` is whether the findings of the days before each rise are named: a page has them
/// elsewhere.
pub(crate) fn section(document: &Document, names_findings: bool) -> Section {
    const HEADING: &str = "What came before the pain";
    let Some(before) = &document.report.before_pain else {
        return Section { heading: HEADING.into(), blocks: Vec::new() };
    };
    let mut blocks = vec![Block::Text(
        "Each rise of knee pain in your diary, and the measures outside your usual range (that of 9 in 10 days) up to that day. This is a \
         sequence, not a cause: something is outside its range before any day. Each line gives the share of your other days with a diary \
         entry on which it was outside too, compared with the year before them. If you run more every month, that share is high."
            .to_owned(),
    )];
    blocks.extend(before.rises.iter().take(MOST).map(|rise| Block::Points(points(rise, document, names_findings))));
    if before.rises.iter().any(|rise| rise.during_run) {
        blocks.push(Block::Aside(
            "Where it hurt during the run, or a run was missed or cut short, the pain may have made that run short or different. Then \
             only values above the usual count, and form up to the day before."
                .to_owned(),
        ));
    }
    let rises = before.rises.len();
    if before.rises_apart < rises {
        blocks.push(Block::Aside(format!(
            "Rises less than {APART_DAYS} days apart share days. Of {rises}, {} are far enough apart to be counted together{}.",
            before.rises_apart,
            if before.rises_apart < 2 { ", which is too few" } else { "" },
        )));
    }
    if !before.tallies.is_empty() {
        blocks.push(Block::Table(tallies(&before.tallies, before.rises_apart, document.detail)));
    }
    blocks.push(Block::Hint(Hint::Explain(BEFORE_PAIN.id.into())));
    Section { heading: HEADING.into(), blocks }
}

fn points(rise: &Rise, document: &Document, names_findings: bool) -> Points {
    let from = rise.from.map_or("no entry".to_owned(), |from| from.to_string());
    let caption = format!("{}: pain from {from} to {}", rise.date.in_words(), rise.to);
    let days = rise.compared_days;
    let mut lines: Vec<String> =
        by_figure(&rise.stood_out).map(|spans| point(spans, rise.date, document.units)).collect();
    let more = if days < FEWEST_DAYS {
        lines.push(format!(
            "Nothing to compare with: the year before has {days} such days, and {FEWEST_DAYS} are needed."
        ));
        String::new()
    } else {
        if lines.is_empty() {
            lines.push("Every measure was within its usual range.".to_owned());
        }
        let of_run = if rise.during_run { "; it hurt during the run, or a run was missed or cut short" } else { "" };
        format!("compared with {days} days of the year before{of_run}")
    };
    lines.extend(findings(rise, document).filter(|_| names_findings));
    Points { caption, lines, more }
}

/// What stood out, each figure with all its spans, the shortest first.
fn by_figure(stood_out: &[StoodOut]) -> impl Iterator<Item = &[StoodOut]> {
    stood_out.chunk_by(|a, b| a.name == b.name)
}

/// `Longest run of 7 days: 16.00 km, usually 5.00 km to 10.50 km; outside that on 3 of 100 other
/// days. Also over 14 days.`
fn point(spans: &[StoodOut], rise: Date, units: Units) -> String {
    let Some((out, longer)) = spans.split_first() else { return String::new() };
    let of = |value: f64| match metric::find(out.metric) {
        Some(metric) => figure(metric, value, units),
        None => quantity(Quantity::new(value, out.value.unit), units),
    };
    let also: Vec<String> = longer.iter().map(|out| out.days.to_string()).collect();
    let also = if also.is_empty() { String::new() } else { format!(" Also over {} days.", also.join(" and ")) };
    let anyway = out.anyway_percent.map_or_else(
        || format!("fewer than {FEWEST_DAYS} other days with an entry, too few for a share"),
        |percent| format!("outside that on {percent:.0}% of other days with an entry"),
    );
    let before = if out.last_day < rise { " before" } else { "" };
    format!(
        "{} {}{before}: {}, usually {} to {}; {anyway}.{also}",
        capital(out.name),
        span(out.days),
        beside(of(out.value.value), out, [of(out.low), of(out.high)]),
        of(out.low),
        of(out.high),
    )
}

/// Says on which side of its range a value lies that is rounded to the end of it.
fn beside(value: String, out: &StoodOut, ends: [String; 2]) -> String {
    let [low, high] = ends;
    // A higher speed reads as a faster pace.
    let (over, under) = match out.value.unit {
        Unit::MetresPerSecond => ("just faster than", "just slower than"),
        _ => ("just over", "just under"),
    };
    match value {
        value if value == high && out.value.value > out.high => format!("{over} {value}"),
        value if value == low && out.value.value < out.low => format!("{under} {value}"),
        value => value,
    }
}

fn span(days: i64) -> String {
    if days == 1 { "of the day".to_owned() } else { format!("of {days} days") }
}

/// The flags of load, form, shoes and person that end in the days looked at, by name.
fn findings(rise: &Rise, document: &Document) -> Option<String> {
    let flagged = document.report.of(FindingOutcome::Flagged).filter(|finding| finding.area != Area::Pain);
    let near = flagged.filter_map(|finding| {
        let to = finding.window?.to;
        (0..LOOKED_BACK).contains(&rise.date.days_since(to)).then(|| format!("{} ({})", finding.name, to.in_words()))
    });
    let near: Vec<String> = near.collect();
    (!near.is_empty()).then(|| format!("Findings of these {LOOKED_BACK} days: {}.", near.join(", ")))
}

fn tallies(tallies: &[Tally], rises: usize, detail: Detail) -> Table {
    let most = match detail {
        Detail::Brief => MOST.max(tallies.iter().filter(|tally| tally.is_beyond_chance()).count()),
        Detail::Full => tallies.len(),
    };
    let row = |tally: &Tally| {
        vec![
            format!("{} {}", tally.name, span(tally.days)),
            format!("{} of {}", tally.stood_out, tally.of),
            tally.by_chance.map_or("not known".to_owned(), |most| format!("up to {most}")),
        ]
    };
    Table {
        caption: format!("Over {rises} rises at least {APART_DAYS} days apart"),
        header: ["what", "stood out before", "by chance"].map(Into::into).into(),
        rows: tallies.iter().take(most).map(row).collect(),
        more: match tallies.len().saturating_sub(most) {
            0 => String::new(),
            n => format!("{} more, none more often than by chance, as far as known", count(n, "measure")),
        },
    }
}
