//! What can be named, and which of it is meant by what was typed: one way for every command that
//! takes a name.

use std::fmt::Write;

use anyhow::bail;
use kneewise_core::baseline::{METHOD, Method};
use kneewise_core::knowledge::card::{CARDS, Card};
use kneewise_core::knowledge::reference::{REFERENCES, Reference};
use kneewise_core::load::{CONVENTIONS, Convention, FIGURES, Figure, LOADS, Load};
use kneewise_core::measure::form::FormMetric;
use kneewise_core::measure::metric::{METRICS, Metric};
use kneewise_core::rule::before_pain::BEFORE_PAIN;
use kneewise_core::rule::{RULES, Rule};

use crate::glossary::{WORDS, Word};
use crate::output;
use crate::pages::{self, PAGES, Page};

/// Something with a name and a manual page.
#[derive(Clone, Copy)]
pub enum Thing {
    Rule(&'static Rule),
    Metric(&'static Metric),
    Load(&'static Load),
    Figure(&'static Figure),
    Convention(&'static Convention),
    Form(FormMetric),
    Method(&'static Method),
    Card(&'static Card),
    Page(&'static Page),
    Word(&'static Word),
    Reference(&'static Reference),
}

/// How numbers are compared and told that are more than one rule's.
pub static METHODS: [&Method; 2] = [&METHOD, &BEFORE_PAIN];

/// What runners and other programs call a thing that has another name here. Where a word has two
/// lines the first is meant, unless a command cannot do with it.
const ALSO: [(&str, &str); 38] = [
    ("triage", "red-flags"),
    ("cadence", "avg_step_rate_spm"),
    ("cadence", "step-rate"),
    ("spm", "avg_step_rate_spm"),
    ("spm", "step-rate"),
    ("stride length", "avg_step_length_m"),
    ("stride length", "step-length"),
    ("gct", "stance_time_ms"),
    ("gct", "stance-time"),
    ("ground contact time", "stance_time_ms"),
    ("ground contact time", "stance-time"),
    ("distance", "distance_m"),
    ("duration", "timer_s"),
    ("time", "timer_s"),
    ("pace", "pace_s_per_km"),
    ("gap", "grade_adjusted_pace_s_per_km"),
    ("hr", "avg_heart_rate_bpm"),
    ("heart rate", "avg_heart_rate_bpm"),
    ("max hr", "max_heart_rate_bpm"),
    ("elevation", "ascent_m"),
    ("rpe", "perceived_exertion_cr10"),
    ("rpe", "session_rpe"),
    ("srpe", "session_rpe"),
    ("tss", "pace_stress"),
    ("rtss", "pace_stress"),
    ("training stress score", "pace_stress"),
    ("baseline", "trend"),
    ("ratio", "ratio_coupled"),
    ("km", "distance_m"),
    ("moving", "moving_time_s"),
    ("elapsed", "elapsed_s"),
    ("max", "max_heart_rate_bpm"),
    ("step m", "avg_step_length_m"),
    ("up", "ascent_m"),
    ("up m", "ascent_m"),
    ("down", "descent_m"),
    ("down m", "descent_m"),
    ("residual", "trend"),
];

impl Thing {
    /// Everything, in the order of lists.
    pub fn all() -> Vec<Self> {
        let rules = RULES.iter().copied().map(Self::Rule);
        let metrics = METRICS.iter().copied().map(Self::Metric);
        let loads = LOADS.iter().copied().map(Self::Load);
        let figures = FIGURES.iter().copied().map(Self::Figure);
        let conventions = CONVENTIONS.iter().copied().map(Self::Convention);
        let days = rules.chain(metrics).chain(loads).chain(figures).chain(conventions);
        let methods = METHODS.iter().copied().map(Self::Method);
        let cards = CARDS.iter().copied().map(Self::Card);
        days.chain(methods)
            .chain(cards)
            .chain(PAGES.iter().map(Self::Page))
            .chain(FormMetric::ALL.map(Self::Form))
            .chain(WORDS.iter().map(Self::Word))
            .chain(REFERENCES.iter().copied().map(Self::Reference))
            .collect()
    }

    /// The name to type.
    pub fn id(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.id,
            Self::Metric(metric) => metric.id,
            Self::Load(load) => load.id,
            Self::Figure(figure) => figure.id,
            Self::Convention(convention) => convention.id,
            Self::Form(metric) => metric.id(),
            Self::Method(method) => method.id,
            Self::Card(card) => card.id,
            Self::Page(page) => page.id,
            Self::Word(word) => word.id,
            Self::Reference(reference) => reference.short,
        }
    }

    /// The name for people.
    fn title(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name,
            Self::Metric(metric) => metric.name,
            Self::Load(load) => load.name,
            Self::Figure(figure) => figure.name,
            Self::Convention(convention) => convention.name,
            Self::Form(metric) => metric.name(),
            Self::Method(method) => method.name,
            Self::Card(card) => card.name,
            Self::Page(page) => page.name,
            Self::Word(word) => word.name,
            Self::Reference(reference) => reference.short,
        }
    }

    /// Other names that its own page gives.
    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Figure(figure) => figure.aliases,
            Self::Word(word) => word.aliases,
            _ => &[],
        }
    }

    /// The manual page, in Markdown. Each of the form metrics leads to the method by which they are
    /// compared.
    pub fn page(self) -> String {
        match self {
            Self::Rule(rule) => rule.manual_page(),
            Self::Metric(metric) => metric.manual_page(),
            Self::Load(load) => load.manual_page(),
            Self::Figure(figure) => figure.manual_page(),
            Self::Convention(convention) => convention.manual_page(),
            Self::Form(_) => METHOD.manual_page(),
            Self::Method(method) => method.manual_page(),
            Self::Card(card) => card.manual_page(),
            Self::Page(page) => (page.text)(),
            Self::Word(word) => word.manual_page(),
            Self::Reference(reference) => pages::publication(reference),
        }
    }

    /// What it is and which command takes it, for those who typed its name elsewhere.
    pub fn whereabouts(self) -> String {
        let id = self.id();
        match self {
            Self::Rule(_) => format!("{id}, a rule; see `kneewise report`"),
            Self::Metric(_) | Self::Form(_) => format!("{id}, a metric of runs; see `kneewise trend {id}`"),
            Self::Load(_) => format!("{id}, a load of runs; see `kneewise days --load {id}`"),
            Self::Figure(_) => format!("{id}, a value over days; see `kneewise days`"),
            Self::Convention(_) => format!("{id}, a convention; see `kneewise days --convention {id}`"),
            Self::Method(_) | Self::Card(_) | Self::Page(_) | Self::Word(_) | Self::Reference(_) => {
                format!("{id}, no number; see `kneewise explain {id}`")
            }
        }
    }

    fn is_called(self, wanted: &str) -> bool {
        self.names().any(|name| plain(name) == wanted)
    }

    fn names(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.id()).chain(self.aliases().iter().copied())
    }
}

/// Names are told apart by their letters and digits alone.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

/// All that has this very name (a metric may be a load too), or what the name means that others
/// use, or what has it for people, as it is printed.
pub fn called(typed: &str, among: &[Thing]) -> Vec<Thing> {
    let wanted = plain(typed);
    let called = |wanted: &str| among.iter().copied().filter(|thing| thing.is_called(wanted)).collect::<Vec<_>>();
    let own = called(&wanted);
    if !own.is_empty() {
        return own;
    }
    let also = ALSO.iter().filter(|(word, _)| plain(word) == wanted);
    let also = also.map(|(_, id)| called(&plain(id))).find(|things| !things.is_empty());
    also.unwrap_or_else(|| among.iter().copied().filter(|thing| plain(thing.title()) == wanted).collect())
}

/// What is meant by a name, or by whole words that only one name or title has.
///
/// # Errors
/// Says what it may be where several have the words, and what has the typed letters or is spelled
/// much like it where none has.
pub fn meant(typed: &str, among: &[Thing]) -> anyhow::Result<Vec<Thing>> {
    let whole = called(typed, among);
    if !whole.is_empty() {
        return Ok(whole);
    }
    let wanted = plain(typed);
    let all_of = |is_meant: &dyn Fn(&str) -> bool| -> Vec<Thing> {
        let text = |thing: &Thing| thing.names().chain([thing.title()]).map(plain).collect::<Vec<_>>().join("-");
        if wanted.is_empty() {
            Vec::new()
        } else {
            among.iter().copied().filter(|thing| is_meant(&text(thing))).collect()
        }
    };
    let things = all_of(&|text| wanted.split('-').all(|word| text.split(words_end).any(|known| known == word)));
    match ids(&things).as_slice() {
        [] => {}
        [_] => return Ok(things),
        ids => bail!("`{typed}` may be {}: type one of these", listed(ids)),
    }
    let near = like(&wanted, among);
    let parts = ids(&all_of(&|text| text.contains(&wanted)));
    let near = if near.is_empty() && wanted.len() >= LEAST_PART { parts } else { near };
    match near.get(..near.len().min(MOST_PARTS)) {
        Some([]) | None => bail!("nothing is called `{typed}`; `kneewise explain` lists all names"),
        Some(near) => {
            bail!("nothing is called `{typed}`; did you mean {}? `kneewise explain` lists all names", listed(near))
        }
    }
}

/// Fewer letters are part of too many names.
const LEAST_PART: usize = 3;

/// So many names are worth naming.
const MOST_PARTS: usize = 6;

fn words_end(c: char) -> bool {
    !c.is_alphanumeric()
}

/// The ids of things, each once.
fn ids(things: &[Thing]) -> Vec<&'static str> {
    let mut ids = Vec::new();
    for thing in things {
        if !ids.contains(&thing.id()) {
            ids.push(thing.id());
        }
    }
    ids
}

/// The names with the fewest letters to change.
fn like(wanted: &str, among: &[Thing]) -> Vec<&'static str> {
    const MOST: usize = 3;
    let far = wanted.chars().count().div_ceil(4).min(3);
    let also = ALSO.iter().filter(|(_, id)| among.iter().any(|thing| thing.id() == *id)).map(|(word, _)| *word);
    let names = among.iter().flat_map(|thing| thing.names()).chain(also);
    let mut near: Vec<(usize, &str)> = names
        // Of a word of two letters one letter less or more leaves nothing of it.
        .filter(|name| name.len() > far + 1)
        .map(|name| (strsim::damerau_levenshtein(wanted, &plain(name)), name))
        .filter(|(distance, _)| *distance <= far)
        .collect();
    near.sort_unstable();
    near.dedup();
    let nearest = near.first().map_or(0, |(distance, _)| *distance);
    near.into_iter().filter(|(distance, _)| *distance == nearest).take(MOST).map(|(_, name)| name).collect()
}

/// `a, b or c`
fn listed(names: &[&str]) -> String {
    let mut text = String::new();
    for (i, name) in names.iter().enumerate() {
        let before = match names.len() - i {
            _ if i == 0 => "",
            1 => " or ",
            _ => ", ",
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "{before}{name}");
    }
    text
}

/// Says on standard error what is shown, where it was not named by its id or another name that its
/// page gives.
pub fn tell(typed: &str, things: &[Thing]) {
    if let Some(first) = things.first()
        && !things.iter().any(|thing| thing.is_called(&plain(typed)))
    {
        output::warn(format_args!("showing {} for `{typed}`", first.id()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Result<&'static str, String> {
        meant(typed, &Thing::all()).map(|things| things[0].id()).map_err(|error| error.to_string())
    }

    #[test]
    fn names_are_found_as_people_type_them() {
        for (typed, id) in [
            ("session-spike", "session-spike"),
            ("Session Spike", "session-spike"),
            ("CTL", "fitness"),
            ("chronic training load", "fitness"),
            ("cadence", "avg_step_rate_spm"),
            ("rTSS", "pace_stress"),
            ("LTHR", "threshold-heart-rate"),
            ("ewma", "ewma"),
            ("banister", "trimp_banister"),
            ("late change step rate", "step_rate_fade_percent"),
            ("Best time over 1 km", "best_1km_s"),
            ("Distance with samples", "sampled_distance_m"),
            ("up m", "ascent_m"),
            ("load", "load"),
        ] {
            assert_eq!(found(typed), Ok(id), "{typed}");
        }
    }

    #[test]
    fn what_may_be_several_things_is_refused_with_their_names() {
        assert!(found("spike").unwrap_err().contains("session-spike"));
        assert_eq!(
            found("trimp").unwrap_err(),
            "`trimp` may be trimp_banister, trimp_edwards or trimp_lucia: type one of these"
        );
        assert!(found("best").unwrap_err().contains("best_1min_mps, best_5min_mps"));
    }

    #[test]
    fn what_is_misspelled_is_answered_with_what_is_spelled_like_it() {
        let lists = "`kneewise explain` lists all names";
        for (typed, like) in [
            ("sesion-spike", "session-spike"),
            ("cadance", "cadence"),
            ("tsbb", "TSB"),
            ("goldench", "goldencheetah"),
            ("kneewice", "kneewise"),
        ] {
            let said = format!("nothing is called `{typed}`; did you mean {like}? {lists}");
            assert_eq!(found(typed).unwrap_err(), said);
        }
        assert_eq!(found("quuxquux").unwrap_err(), format!("nothing is called `quuxquux`; {lists}"));
        assert_eq!(found(" ").unwrap_err(), format!("nothing is called ` `; {lists}"));
    }

    #[test]
    fn the_page_of_loads_has_every_load() {
        let page = meant("load", &Thing::all()).expect("a word")[0].page();
        for load in LOADS {
            assert!(page.contains(&format!("`{}`", load.id)), "{}", load.id);
        }
    }

    #[test]
    fn every_name_that_others_use_leads_somewhere() {
        let all = Thing::all();
        for (word, id) in ALSO {
            assert!(all.iter().any(|thing| thing.id() == id), "{word}: {id}");
            assert!(!all.iter().any(|thing| thing.is_called(&plain(word))), "{word} is a name already");
        }
    }
}
