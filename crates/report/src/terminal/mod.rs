//! The first screen for a terminal: at most 40 lines, every number of a finding in the first 24.

mod ascii;
mod findings;
mod strip;

use anstyle::{AnsiColor, Style};
use jiff::civil::Date;
use kneewise_core::report::FOOTER;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;

use crate::digest::{Closest, Digest, Next, Pain, State, digest, number};
use crate::words::{capital, printable};
use crate::wrap::{columns, wrap};
use crate::{Document, TextStyle};

pub use ascii::ascii;

const HEADING: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const CARE: Style = AnsiColor::Red.on_default().bold();

/// No line is wider (columns): longer ones are hard to read.
const WIDEST: usize = 120;

/// From this width on (columns) there is room for more words.
const WIDE: usize = 110;

/// The findings end on this line at the latest, as far as it can be brought about.
const FIRST_SCREEN: usize = 24;

/// So many signs that come first are named.
const CARE_ITEMS: usize = 3;

/// A longer log is named by its first month (weeks).
const LONG_WEEKS: usize = 104;

/// A run that came less close to a flag is not worth a line (ratio).
const CLOSE: f64 = 0.8;

/// A pain that is over is shown for so long (days).
const PAST_PAIN_DAYS: i64 = 90;

/// Columns of the names of the facts above the findings.
const LABEL: usize = 8;

/// Columns of the names of the facts below them.
const TAIL_LABEL: usize = 15;

/// How much room the upper half takes.
#[derive(Clone, Copy)]
struct Room {
    /// Lines of the bars.
    bar_rows: usize,
    /// Whether what changed before the pain is a sentence, not a clause.
    is_before_whole: bool,
}

pub(crate) fn render(document: &Document, style: &TextStyle) -> String {
    of(&digest(document), document.units, style)
}

/// The first screen of a digest.
pub(crate) fn of(digest: &Digest, units: Units, style: &TextStyle) -> String {
    let page = Page { color: style.color, width: style.columns().min(WIDEST), units, digest };
    let rooms =
        [(2, true), (1, true), (1, false)].map(|(bar_rows, is_before_whole)| Room { bar_rows, is_before_whole });
    let mut lines = Vec::new();
    for room in rooms {
        lines = page.upper(room);
        if lines.len() <= FIRST_SCREEN {
            break;
        }
    }
    lines.extend(page.lower());
    lines.join("\n") + "\n"
}

/// The headline and one thing to consider, for those who want no more.
pub(crate) fn headline(document: &Document, style: &TextStyle) -> String {
    let digest = digest(document);
    let page = Page { color: style.color, width: style.columns().min(WIDEST), units: document.units, digest: &digest };
    page.opening().join("\n") + "\n"
}

struct Page<'a> {
    color: bool,
    width: usize,
    units: Units,
    digest: &'a Digest,
}

impl Page<'_> {
    fn is_wide(&self) -> bool {
        self.width >= WIDE
    }

    /// The lines down to the last finding.
    fn upper(&self, room: Room) -> Vec<String> {
        let mut lines = vec![self.title()];
        lines.extend(self.opening());
        let facts = self.facts(room);
        if !facts.is_empty() {
            lines.push(String::new());
        }
        lines.extend(facts.iter().flat_map(|(name, text)| self.row(name, LABEL, text)));
        if self.digest.runs > 0 {
            lines.extend(self.strip(room.bar_rows));
        }
        if !self.digest.standouts.is_empty() {
            lines.push(String::new());
            lines.extend(self.findings());
        }
        lines
    }

    fn title(&self) -> String {
        let digest = self.digest;
        let left = format!("kneewise report, {}", digest.as_of.in_words());
        let right = match digest.runs {
            0 => "no runs".to_owned(),
            n => match digest.first_day.filter(|_| digest.span_weeks > LONG_WEEKS) {
                Some(first) => format!("{} since {}", number::things(n, "run"), first.strftime("%b %Y")),
                None => format!("{} in {}", number::things(n, "run"), number::things(digest.span_weeks, "week")),
            },
        };
        let gap = self.width.saturating_sub(columns(&left) + columns(&right)).max(2);
        self.painted(QUIET, &format!("{left}{}{right}", " ".repeat(gap)))
    }

    /// The headline, and what to consider.
    fn opening(&self) -> Vec<String> {
        let digest = self.digest;
        let mut lines = Vec::new();
        if digest.care_first {
            for care in digest.care.iter().take(CARE_ITEMS) {
                lines.extend(self.filled(CARE, &care.care, "▲ ", "  "));
                let end = if care.because.ends_with('?') { "" } else { "." };
                let because = format!("On {} {}{end}", self.day(care.date), printable(&care.because));
                lines.extend(self.filled(Style::new(), &because, "  ", "  "));
            }
        } else {
            lines.extend(digest.headline.iter().flat_map(|sentence| self.filled(HEADING, sentence, "", "")));
        }
        for note in &digest.settings_notes {
            lines.extend(self.filled(Style::new(), note, "", ""));
        }
        if let Some(next) = &digest.next_step {
            let name = if next.is_referral { "" } else { "Consider: " };
            lines.extend(self.filled(Style::new(), &next.text, name, &" ".repeat(name.len())));
        }
        lines
    }

    fn facts(&self, room: Room) -> Vec<(&'static str, String)> {
        let digest = self.digest;
        let recent = |pain: &&Pain| pain.goes_on || digest.as_of.days_since(pain.last) < PAST_PAIN_DAYS;
        let pain = digest.pain.as_ref().filter(recent);
        let mut facts = Vec::new();
        facts.extend(pain.map(|pain| ("PAIN", self.pain(pain))));
        let before = digest.before.as_ref().filter(|_| pain.is_some());
        let whole = before.filter(|_| room.is_before_whole);
        facts.extend(whole.map(|before| ("BEFORE", before.text.replace("Before the pain you", "you"))));
        if digest.runs > 0 {
            let short = before.filter(|_| !room.is_before_whole).map(|before| before.short.clone());
            facts.push(("LOAD", self.load(short)));
        }
        facts.extend(digest.next.as_ref().map(|next| ("NEXT", self.next(next))));
        if let (None, Some(days)) = (&digest.next, digest.back_after_days) {
            let back = format!("back after {days} days");
            facts.push((
                "NEXT",
                if self.hurts() {
                    format!("pain comes first; {back}")
                } else {
                    format!("{back}: build from where you are now")
                },
            ));
        }
        let closest =
            digest.closest.as_ref().filter(|closest| digest.state == State::Nothing && closest.ratio >= CLOSE);
        facts.extend(closest.map(|closest| ("CLOSEST", self.closest(closest))));
        facts
    }

    /// `right knee, inner side, below the joint; since 20 Feb, gradually; 1 run missed`.
    fn pain(&self, pain: &Pain) -> String {
        let side = match pain.side.as_deref() {
            Some("both") => "both knees".to_owned(),
            Some(side) => format!("{side} knee"),
            None => "knee".to_owned(),
        };
        let mut parts = vec![pain.place.as_ref().map_or(side.clone(), |place| format!("{side}, {place}"))];
        let days =
            if self.is_wide() { format!(" ({})", number::things(pain.days as usize, "day")) } else { String::new() };
        let onset = pain.onset.as_deref().map_or_else(String::new, |onset| match onset {
            "gradually" => ", gradual".to_owned(),
            "suddenly" => ", sudden".to_owned(),
            onset => format!(", began {onset}"),
        });
        parts.push(if pain.goes_on {
            format!("since {}{days}{onset}", self.day(pain.since))
        } else {
            format!("{} to {}, none recorded since{onset}", self.day(pain.since), self.day(pain.last))
        });
        parts.extend((pain.missed_runs > 0).then(|| {
            if self.is_wide() {
                format!("{} missed", number::things(pain.missed_runs, "run"))
            } else {
                format!("{} missed", number::count(pain.missed_runs))
            }
        }));
        let scores = [(pain.during, "during"), (pain.after, "after"), (pain.next_morning, "next morning")];
        let scores: Vec<String> =
            scores.into_iter().filter_map(|(score, when)| Some(format!("{} {when}", score?))).collect();
        if self.is_wide() && !scores.is_empty() {
            parts.push(scores.join(", "));
        }
        parts.join("; ")
    }

    fn load(&self, before: Option<String>) -> String {
        let load = &self.digest.load;
        let mut text = format!(
            "{} in {} days, {}",
            number::distance(load.distance_m, self.units),
            load.days,
            number::things(load.runs, "run")
        );
        if let Some(before) = before {
            text = format!("{text}; {before}");
        } else if let Some((metres, date)) = load.longest_run_m.zip(load.longest_run_date) {
            text = format!("{text}; longest run {} on {}", number::distance(metres, self.units), self.day(date));
        }
        text
    }

    fn next(&self, next: &Next) -> String {
        // Rounded down: the distance named is never over the limit.
        let step = self.units.metres_per_long_unit() / 10.0;
        let km = |metres: f64| number::distance((metres / step + 1e-6).floor() * step, self.units);
        let percent = (10.0 * next.percent).round() / 10.0;
        let (distance, until) = (km(next.distance_m), next.until.strftime("%-d %b"));
        if self.hurts() {
            return format!("pain comes first; {percent}% above your longest run is {distance} until {until}");
        }
        let then = next.then_m.map_or_else(String::new, |metres| format!(", then {}", km(metres)));
        format!("{percent}% above your longest of {} days: {distance} until {until}{then}", next.days)
    }

    /// Whether a pain goes on that is too high to think of the next run.
    fn hurts(&self) -> bool {
        self.digest.pain.as_ref().is_some_and(|pain| pain.goes_on && pain.is_high)
    }

    fn closest(&self, closest: &Closest) -> String {
        format!(
            "{} on {}: {:.2}× your longest of {} days; limit {:.2}×",
            number::distance(closest.distance_m, self.units),
            self.day(closest.date),
            closest.ratio,
            closest.days,
            closest.limit
        )
    }

    /// The lines below the findings.
    fn lower(&self) -> Vec<String> {
        let (digest, counts) = (self.digest, &self.digest.counts);
        let mut facts: Vec<(&str, String)> = Vec::new();
        if let Some(care) = digest.care.first().filter(|_| !digest.care_first) {
            facts.push(("Why be seen", format!("{}: {}", self.day(care.date), printable(&care.because))));
        }
        facts.extend(self.also().map(|text| ("Also", text)));
        if counts.nothing_found > 0 {
            facts.push(("Nothing found", format!("{} checked", number::things(counts.nothing_found, "pattern"))));
        }
        let has_runs = digest.runs > 0;
        facts.extend(self.not_assessed().filter(|_| has_runs).map(|text| ("Not assessed", text)));
        if has_runs && !digest.has_diary {
            facts.push(("Pain", "no diary yet; a line after a run records how your knees felt".to_owned()));
        }
        if digest.own_problems > 0 {
            let lines = number::things(digest.own_problems, "line");
            facts.push(("Your files", format!("{lines} of your files could not be read")));
        }
        facts.push(("Files", digest.files.text()));
        let mut lines = vec![String::new()];
        lines.extend(facts.iter().flat_map(|(name, text)| self.row(name, TAIL_LABEL, text)));
        lines.push(String::new());
        lines.extend(self.filled(QUIET, FOOTER, "", ""));
        lines.extend(self.filled(QUIET, &self.hint(), "hint: ", "      "));
        lines
    }

    /// `1 more finding of these weeks; 12 earlier, the latest on 29 Apr`.
    fn also(&self) -> Option<String> {
        let counts = &self.digest.counts;
        let recent = match (counts.more_recent, self.digest.standouts.is_empty()) {
            (0, _) => None,
            (n, true) => Some(format!("{} for context", number::things(n, "finding"))),
            (n, false) => Some(format!("{} of these weeks", number::things(n, "more finding"))),
        };
        let latest = counts.latest_earlier.map_or_else(String::new, |day| format!(", the latest on {}", self.day(day)));
        let earlier = match (counts.earlier, recent.is_some()) {
            (0, _) => None,
            (n, true) => Some(format!("{} earlier{latest}", number::count(n))),
            (n, false) => Some(format!("{}{latest}", number::things(n, "earlier finding"))),
        };
        let parts: Vec<String> = recent.into_iter().chain(earlier).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    fn not_assessed(&self) -> Option<String> {
        let counts = &self.digest.counts;
        let mut parts = Vec::new();
        parts.extend((counts.not_assessed > 0).then(|| number::things(counts.not_assessed, "pattern")));
        parts.extend((counts.not_of_late > 0).then(|| format!("{} not recently", number::count(counts.not_of_late))));
        let unlock = counts.unlock.as_ref().map_or_else(String::new, |unlock| {
            let of_them = if counts.not_assessed == unlock.adds { "all" } else { "of them" };
            match of_them {
                "all" => format!("; {} would add them", unlock.what),
                _ => format!("; {} would add {} {of_them}", unlock.what, number::count(unlock.adds)),
            }
        });
        (!parts.is_empty()).then(|| format!("{}{unlock}", parts.join(", ")))
    }

    fn hint(&self) -> String {
        if !self.digest.unused_own.is_empty() {
            return format!("your diary or profile is among these files: add {}", self.digest.unused_own.join(" "));
        }
        if let Some(text) = &self.digest.not_counted {
            return text.clone();
        }
        let hint = match (self.digest.state, self.digest.has_diary) {
            (State::Nothing | State::TooShort, false) => {
                "kneewise diary add notes how a knee felt, --full shows everything"
            }
            _ => "--full shows everything, -o report.html makes a page to read and print",
        };
        hint.to_owned()
    }

    fn day(&self, date: Date) -> String {
        number::day(date, self.digest.as_of)
    }

    /// A name and a text beside it.
    fn row(&self, name: &str, label: usize, text: &str) -> Vec<String> {
        let lines = wrap(&capital_after_none(text), self.width, &format!("{name:label$}"), &" ".repeat(label));
        let mut lines: Vec<String> = lines.lines().map(str::to_owned).collect();
        if let Some(first) = lines.first_mut().filter(|_| self.color) {
            let rest = first.split_off(name.len().min(first.len()));
            *first = format!("{}{rest}", self.painted(HEADING, name));
        }
        lines
    }

    fn filled(&self, style: Style, text: &str, first: &str, rest: &str) -> Vec<String> {
        wrap(text, self.width, first, rest).lines().map(|line| self.painted(style, line)).collect()
    }

    fn painted(&self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() && style != Style::new() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// A text as it is; facts begin with small letters, but for sentences.
fn capital_after_none(text: &str) -> String {
    if text.ends_with('.') { capital(text) } else { text.to_owned() }
}
