//! The first screen: headline, care or pain, at most three findings.

use crate::chart::{PAIN, SESSION_SPIKE, WEEKLY_DISTANCE};
use crate::digest::{Pain, State, number};
use kneewise_read::time::DateExt;

use super::Page;
use super::figure::Figure;
use super::findings;
use super::tag::text;

/// The headline, and one thing to consider.
pub(super) fn header(page: &Page) -> String {
    let digest = &page.digest;
    let span = match digest.runs {
        0 => "no runs".to_owned(),
        n => format!("{} in {}", number::things(n, "run"), number::things(digest.span_weeks, "week")),
    };
    let bar = format!(
        "<p class=\"bar\"><span><b>kneewise</b> report, {}</span><span>{span}</span></p>",
        digest.as_of.in_words()
    );
    if digest.care_first {
        return format!("<header>\n{bar}\n{}</header>\n", care(page));
    }
    let lines: String = digest.headline.iter().map(|line| format!("<span>{} </span>", text(line))).collect();
    let next = digest.next_step.as_ref().map_or_else(String::new, |next| {
        let label = if next.is_referral { "" } else { "<b>Consider:</b> " };
        format!("<p class=\"next\">{label}{}</p>\n", text(&next.text))
    });
    format!("<header>\n{bar}\n<h1>{lines}</h1>\n{next}</header>\n")
}

/// The headline where a referral comes before all else: the first referral, its reasons, and the
/// other referrals.
fn care(page: &Page) -> String {
    let digest = &page.digest;
    let (first, reasons) = digest.headline.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let reasons: String = reasons.iter().map(|reason| format!("<p>{}</p>", text(reason))).collect();
    let next = digest.next_step.as_ref().map_or("", |next| next.text.as_str());
    format!(
        "<section class=\"care\" id=\"care\" aria-labelledby=\"care-title\"><p class=\"first-of-all\">Before anything else</p>\
         <h1 id=\"care-title\">{}</h1>{reasons}{}<p class=\"quiet\">{}</p></section>\n",
        text(first),
        referrals(page, &digest.headline),
        text(next)
    )
}

/// Each referral once, with all that led to it, apart from the sentences said already.
fn referrals(page: &Page, said: &[String]) -> String {
    let mut items: Vec<(String, Vec<String>)> = Vec::new();
    for care in &page.digest.care {
        let when = care.urgency.to_string();
        let when = if care.care.contains(when.as_str()) { String::new() } else { format!(" ({when})") };
        let what = format!("<b>{}</b>{}", text(&care.care), text(&when));
        let because = format!("On {} {}.", page.day(care.date), care.because.trim_end_matches(['.', '?']));
        if said.contains(&because) {
            continue;
        }
        let because = text(&because);
        match items.iter_mut().find(|(known, _)| *known == what) {
            Some((_, reasons)) => reasons.push(because),
            None => items.push((what, vec![because])),
        }
    }
    let items = items.into_iter().map(|(what, because)| format!("<li>{what} {}</li>", because.join(" ")));
    let own = page.document.own.iter().flat_map(|file| {
        file.on_pain.iter().map(move |what| format!("<li>{}</li>", text(&format!("{} {what}.", file.name))))
    });
    let all: String = items.chain(own).collect();
    if all.is_empty() { all } else { format!("<ul>{all}</ul>") }
}

pub(super) fn screen(page: &Page) -> String {
    let left = if page.opens_with_pain() { pain_block(page) } else { spike_block(page) };
    let right = findings::cards(page);
    if left.is_empty() && right.is_empty() {
        return String::new();
    }
    format!("<div class=\"first\">\n{left}{right}</div>\n")
}

/// The pain and the load on one axis of days.
pub(super) fn pain_block(page: &Page) -> String {
    let Some(pain) = &page.digest.pain else { return String::new() };
    let figure = Figure::of(&PAIN, (606.0, 348.0), 200.0).html(page);
    format!(
        "<section class=\"card pain\" id=\"pain\" aria-labelledby=\"pain-title\">\n<h2 id=\"pain-title\">{}</h2>\n{}\n{figure}\n{}</section>\n",
        text(&title(pain)),
        facts(page, pain),
        before(page, pain)
    )
}

/// `Right knee, inner side, below the joint`
pub(super) fn title(pain: &Pain) -> String {
    let knee = match pain.side.as_deref() {
        Some("both") => "Both knees".to_owned(),
        Some(side) => format!("{} knee", crate::words::capital(side)),
        None => "Knee".to_owned(),
    };
    pain.place.as_ref().map_or(knee.clone(), |place| format!("{knee}, {place}"))
}

fn facts(page: &Page, pain: &Pain) -> String {
    let days = number::things(usize::try_from(pain.days).unwrap_or(0), "day");
    let mut facts = vec![format!("since <b>{}</b> ({days})", page.day(pain.since))];
    facts.extend(pain.onset.as_ref().map(|onset| format!("began <b>{}</b>", text(onset))));
    facts.extend(pain.highest.map(|highest| format!("highest <b class=\"hurts\">{highest} out of 10</b>")));
    facts.extend((pain.missed_runs > 0).then(|| format!("<b>{}</b> missed", number::things(pain.missed_runs, "run"))));
    let facts: String = facts.into_iter().map(|fact| format!("<li>{fact}</li>")).collect();
    format!("<ul class=\"facts\">{facts}</ul>")
}

fn before(page: &Page, pain: &Pain) -> String {
    let changed = page
        .digest
        .before
        .as_ref()
        .map_or_else(String::new, |before| format!("<b>What changed before it.</b> {} ", text(&before.text)));
    let notes: Vec<String> =
        pain.notes.iter().take(1).map(|note| format!("“{}” ({})", text(&note.text), page.day(note.date))).collect();
    let wrote = if notes.is_empty() {
        String::new()
    } else {
        format!("<span class=\"wrote\"><b>You wrote</b> {}.</span>", notes.join(", "))
    };
    let said = if changed.is_empty() && wrote.is_empty() {
        String::new()
    } else {
        format!("<p class=\"before\">{changed}{wrote}</p>")
    };
    let care = if page.digest.care_first { String::new() } else { referrals(page, &[]) };
    let why = "<details class=\"see\"><summary>Why to see someone</summary>";
    format!("{said}{}", if care.is_empty() { care } else { format!("{why}{care}</details>") })
}

/// Without a pain the runs are the large picture.
fn spike_block(page: &Page) -> String {
    let digest = &page.digest;
    if matches!(digest.state, State::NoRuns) {
        return String::new();
    }
    let figure = Figure { days: Some(12 * 7), ..Figure::of(&SESSION_SPIKE, (606.0, 330.0), 280.0) }.html(page);
    if figure.is_empty() {
        return String::new();
    }
    let weeks = Figure { days: Some(26 * 7), ..Figure::of(&WEEKLY_DISTANCE, (606.0, 180.0), 170.0) }.html(page);
    let weeks = if weeks.is_empty() { weeks } else { format!("<h3>{}</h3>{weeks}", WEEKLY_DISTANCE.title) };
    let offer = if digest.has_diary || digest.care_first {
        String::new()
    } else {
        "<p class=\"quiet\">If a knee hurts, write a line a day about it. The pain is then shown here with your runs.</p>".to_owned()
    };
    format!(
        "<section class=\"card recent\" id=\"recent-runs\" aria-labelledby=\"recent-title\">\n\
         <h2 id=\"recent-title\">Your runs of the last 12 weeks</h2>\n{figure}{weeks}{offer}</section>\n"
    )
}
