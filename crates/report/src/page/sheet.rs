//! The sheets on paper: what a clinician asks first, then three charts.

use kneewise_core::rule::load::intensity_share::INTENSITY_SHARE;
use kneewise_core::runner::diary::{Entry, of_days};
use kneewise_core::runner::history::Injury;
use kneewise_read::time::DateExt;

use crate::chart::{FORM_TREND, PAIN, SESSION_SPIKE, WEEKLY_DISTANCE};
use crate::digest::{Pain, number};
use crate::words::capital;

use super::Page;
use super::figure::Figure;
use super::tag::text;
use super::{findings, first};

/// Weeks in the table of the sheet.
const WEEKS: usize = 10;

/// Lines to write on, fewer where a complaint is filled in: the sheet is one page.
const LINES: (usize, usize) = (4, 6);

/// A question and its answer; empty where nothing is known.
type Row = (&'static str, String);

/// The intake sheet.
pub(super) fn intake(page: &Page) -> String {
    let row = |(name, answer): Row| {
        if answer.is_empty() {
            format!("<div><dt>{name}</dt><dd class=\"blank\"></dd></div>")
        } else {
            format!("<div><dt>{name}</dt><dd>{}</dd></div>", text(&answer))
        }
    };
    let rows = |rows: Vec<Row>| rows.into_iter().map(row).collect::<String>();
    let n = if page.digest.pain.is_some() { LINES.0 } else { LINES.1 };
    let lines = "<div class=\"ln\"></div>".repeat(n);
    format!(
        "<section class=\"sheet\" aria-hidden=\"true\">\n<div class=\"sheet-head\"><h2>Running history for your appointment</h2>\
         <p>kneewise report, {}</p></div>\n{}<p class=\"who\">Name <span></span> Born <span class=\"s\"></span> Date <span class=\"s\"></span></p>\n\
         <h3>The complaint</h3><dl class=\"intake\">{}</dl>\n<h3>Running</h3><dl class=\"intake\">{}</dl>\n{}\
         <h3>The person</h3><dl class=\"intake\">{}</dl>\n<h3>Notes</h3>{lines}\n</section>\n",
        page.digest.as_of.in_words(),
        care(page),
        rows(complaint(page)),
        rows(running(page)),
        weeks(page),
        rows(person(page))
    )
}

/// What comes before all training, on paper too.
fn care(page: &Page) -> String {
    if !page.digest.care_first {
        return String::new();
    }
    let lines: Vec<String> = page.digest.headline.iter().map(|line| text(line)).collect();
    format!("<p class=\"sheet-care\"><b>Before anything else:</b> {}</p>\n", lines.join(" "))
}

fn complaint(page: &Page) -> Vec<Row> {
    let Some(pain) = &page.digest.pain else {
        let questions =
            ["Complaint", "Side", "Place", "Since", "How it began", "Highest pain", "Course", "Worse / better with"];
        return questions.map(|question| (question, String::new())).to_vec();
    };
    let score = |score: Option<u8>| score.map_or("not recorded".to_owned(), |score| score.to_string());
    let scores = format!(
        "during {}, after {}, next morning {}",
        score(pain.during),
        score(pain.after),
        score(pain.next_morning)
    );
    let entries = page.document.report.runner.diary.between(pain.since, page.digest.as_of);
    let days = |of: fn(&Entry) -> Option<bool>| of_days(entries, of).filter(|(_, yes)| *yes).count();
    let signs = [
        ("swelling", days(|entry| entry.swelling)),
        ("locking", days(|entry| entry.locking)),
        ("giving way", days(|entry| entry.giving_way)),
        ("painkiller before a run", days(|entry| entry.painkiller_before)),
    ];
    let signs: Vec<String> = signs
        .iter()
        .filter(|(_, days)| *days > 0)
        .map(|(what, days)| format!("{what} on {}", number::things(*days, "day")))
        .collect();
    let notes: Vec<String> =
        pain.notes.iter().map(|note| format!("{}: “{}”", page.day(note.date), note.text)).collect();
    vec![
        ("Complaint", "knee pain around running".to_owned()),
        ("Side", pain.side.as_deref().map(capital).unwrap_or_default()),
        ("Place", pain.place.as_deref().map(capital).unwrap_or_default()),
        (
            "Since",
            format!("{} ({})", page.day(pain.since), number::things(usize::try_from(pain.days).unwrap_or(0), "day")),
        ),
        ("How it began", pain.onset.as_deref().map(capital).unwrap_or_default()),
        ("Highest pain", pain.highest.map(|highest| format!("{highest} out of 10 ({scores})")).unwrap_or_default()),
        ("Course", course(page, pain)),
        ("Runs missed", pain.missed_runs.to_string()),
        ("Signs recorded", signs.join(", ")),
        ("Written", notes.join("; ")),
        ("Worse / better with", String::new()),
    ]
}

/// How the pain is now, beside its highest.
fn course(page: &Page, pain: &Pain) -> String {
    match (pain.goes_on, pain.highest_of_late) {
        (true, Some(highest)) => format!("up to {highest} in the last 14 days"),
        (true, None) => "no score in the last 14 days".to_owned(),
        (false, _) => format!("none recorded since {}", page.day(pain.last)),
    }
}

fn running(page: &Page) -> Vec<Row> {
    let digest = &page.digest;
    let load = &digest.load;
    let days = load.days as f64 / 7.0;
    let now = format!("{} a week over the last {} days", page.distance(load.distance_m / days), load.days);
    let before = digest.before.as_ref().map(|before| capital(&before.text)).unwrap_or_default();
    let longest = load.longest_run_m.map_or_else(String::new, |metres| {
        let on = load.longest_run_date.map_or_else(String::new, |date| format!(" on {}", page.day(date)));
        format!("{}{on}", page.distance(metres))
    });
    let stands = digest.standouts.first();
    let event = stands
        .map_or_else(String::new, |found| format!("{}: {} ({})", found.title, found.phrase(), page.day(found.date)));
    vec![
        ("Distance now", if load.runs > 0 { now } else { "no runs in the last 28 days".to_owned() }),
        ("Longest of 30 days", longest),
        ("Before the pain", before),
        ("Stands out most", event),
        ("Shoes", shoes(page)),
        ("Surface", surface(page)),
        ("Days a week", days_a_week(page)),
        ("Intensity", intensity(page)),
        ("Goals, races", String::new()),
    ]
}

fn shoes(page: &Page) -> String {
    let shoes = &page.document.report.runner.shoes;
    let worn = shoes.iter().filter(|shoe| shoe.is_worn_on(page.digest.as_of));
    let named = worn.map(|shoe| {
        let since = shoe.since.map_or_else(String::new, |since| format!(" since {}", page.day(since)));
        format!("{}{since}", shoe.name.chars().take(30).collect::<String>())
    });
    named.take(4).collect::<Vec<_>>().join(", ")
}

/// How much of the running was hard, where heart rates tell.
fn intensity(page: &Page) -> String {
    let findings = page.document.report.findings.iter().enumerate();
    let mut known = findings.filter(|(_, finding)| finding.rule == INTENSITY_SHARE.id && finding.measured.is_some());
    known.next().map_or_else(String::new, |(place, finding)| findings::described(page, place, finding).phrase())
}

/// The share of trails and of treadmills in the last days, where files name the ground.
fn surface(page: &Page) -> String {
    use kneewise_read::sport::SubSport;
    let from = page.digest.as_of.saturating_add_days(1 - page.digest.load.days);
    let runs = page.document.report.log.runs_between(from, page.digest.as_of);
    let share = |is: &dyn Fn(SubSport) -> bool| {
        let metres = |run: &kneewise_core::Run| run.distance_m().unwrap_or(0.0);
        let all: f64 = runs.iter().map(metres).sum();
        let of: f64 = runs.iter().filter(|run| is(run.sub_sport)).map(metres).sum();
        if all > 0.0 { 100.0 * of / all } else { 0.0 }
    };
    let parts = [("trail", share(&|ground| ground == SubSport::Trail)), ("indoors", share(&SubSport::is_indoor))];
    let named: Vec<String> =
        parts.iter().filter(|(_, share)| *share >= 1.0).map(|(name, share)| format!("{share:.0}% {name}")).collect();
    named.join(", ")
}

fn days_a_week(page: &Page) -> String {
    let from = page.digest.as_of.saturating_add_days(1 - page.digest.load.days);
    let days = page.document.report.log.days_between(from, page.digest.as_of);
    let run = days.iter().filter(|day| !day.is_rest()).count();
    if run == 0 { String::new() } else { format!("{:.1}", run as f64 * 7.0 / days.len() as f64) }
}

fn person(page: &Page) -> Vec<Row> {
    let runner = &page.document.report.runner;
    let as_of = page.digest.as_of;
    let injury = |injury: &Injury| format!("{} ({})", injury.site.words(), injury.month.strftime("%b %Y"));
    let injuries = runner.injuries.as_ref().map_or_else(String::new, |injuries| {
        let named: Vec<String> = injuries.iter().take(4).map(injury).collect();
        if named.is_empty() { "none".to_owned() } else { named.join(", ") }
    });
    let recent = runner.diary.of_last(28, as_of);
    let sleep: Vec<f64> = of_days(recent, |entry| entry.sleep_h).map(|(_, hours)| hours).collect();
    let sleep = if sleep.is_empty() {
        String::new()
    } else {
        format!(
            "{:.1} h a night on average ({})",
            sleep.iter().sum::<f64>() / sleep.len() as f64,
            number::things(sleep.len(), "night")
        )
    };
    let a_week = |value: Option<f64>, what: &str| match value {
        None => String::new(),
        Some(1.0) => format!("1 {what} a week"),
        Some(value) => format!("{value} {what}s a week"),
    };
    let age = runner.age_on(as_of).map_or_else(String::new, |age| format!("{age} years"));
    vec![
        ("Age", age),
        ("Running since", runner.began.map_or_else(String::new, |began| began.strftime("%b %Y").to_string())),
        ("Earlier injuries", injuries),
        ("Known conditions", runner.conditions.iter().take(4).cloned().collect::<Vec<_>>().join(", ")),
        ("Strength training", a_week(runner.strength_per_week, "session")),
        ("Other sports", a_week(runner.other_sports_h_per_week, "hour")),
        ("Sleep", sleep),
        ("Medication", String::new()),
    ]
}

/// The last weeks as a small table.
fn weeks(page: &Page) -> String {
    let weeks = &page.digest.weeks;
    let shown = &weeks[weeks.len().saturating_sub(WEEKS)..];
    if shown.is_empty() {
        return String::new();
    }
    let units = page.document.units;
    let row = |name: &str, cell: &dyn Fn(&crate::digest::DigestWeek) -> String| {
        let cells: String = shown.iter().map(|week| format!("<td>{}</td>", text(&cell(week)))).collect();
        format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>")
    };
    let distance = |metres: f64| crate::words::decimals(metres / units.metres_per_long_unit(), 0);
    format!(
        "<table class=\"wk\"><tbody>{}{}{}{}</tbody></table>\n",
        row("Week from", &|week| week.start.strftime("%-d %b").to_string()),
        row(units.long_symbol(), &|week| distance(week.distance_m)),
        row("runs", &|week| week.runs.to_string()),
        row("pain", &|week| week.pain_max.map_or("–".to_owned(), |pain| pain.to_string())),
    )
}

/// Three charts.
pub(super) fn charts(page: &Page) -> String {
    if page.document.report.log.runs().is_empty() {
        return String::new();
    }
    let size = (700.0, 230.0);
    let first = if page.has_pain_chart() { &PAIN } else { &WEEKLY_DISTANCE };
    let second = Figure { days: Some(182), ..Figure::of(&SESSION_SPIKE, size, 0.0) };
    let third = if page.has_pain_chart() { &WEEKLY_DISTANCE } else { &FORM_TREND };
    let title = page.digest.pain.as_ref().map_or_else(String::new, |pain| format!(": {}", text(&first::title(pain))));
    let figures = [
        Figure::of(first, (700.0, 270.0), 0.0).print(page),
        second.print(page),
        Figure { days: Some(364), ..Figure::of(third, (700.0, 160.0), 0.0) }.print(page),
    ];
    format!("<section class=\"sheet\" aria-hidden=\"true\">\n<h2>Charts{title}</h2>\n{}</section>\n", figures.concat())
}
