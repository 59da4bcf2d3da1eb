//! `[[shoes]]`: the pairs.

use kneewise_core::runner::{Shoe, ShoeKind};
use kneewise_read::sport::SubSport;

use super::names;
use crate::document::Keys;
use crate::spelling;

/// The kinds of runs that a pair can be the default for, as files name them.
pub(super) const SUB_SPORTS: [SubSport; 9] = [
    SubSport::Trail,
    SubSport::Street,
    SubSport::Road,
    SubSport::Track,
    SubSport::Treadmill,
    SubSport::IndoorRunning,
    SubSport::VirtualActivity,
    SubSport::Ultra,
    SubSport::Generic,
];

/// All pairs, each with a name of its own.
pub(super) fn all(tables: &[Keys]) -> Vec<Shoe> {
    let mut shoes: Vec<Shoe> = Vec::new();
    for keys in tables {
        let Some(shoe) = shoe(*keys) else { continue };
        if shoes.iter().any(|other| other.name.eq_ignore_ascii_case(&shoe.name)) {
            keys.wrong("name", &format!("\"{}\" is another pair already; give each a different name", shoe.name));
        }
        shoes.push(shoe);
    }
    shoes
}

fn shoe(keys: Keys) -> Option<Shoe> {
    keys.only(&["name", "kind", "since", "until", "start_km", "limit_km", "gear", "default_for", "default"]);
    if keys.table.get("name").is_none() {
        keys.wrong_here("a [[shoes]] without `name`");
    }
    let metres = |key, low| keys.number(key, low..=20_000.0, "kilometres").map(|km| km * 1000.0);
    let (since, until) = (keys.day("since"), keys.day("until"));
    if since.zip(until).is_some_and(|(since, until)| until < since) {
        keys.wrong("until", "must not be before `since`");
    }
    Some(Shoe {
        name: keys.text("name")?.trim().to_owned(),
        kind: keys.word("kind", &names(ShoeKind::ALL, ShoeKind::name), ShoeKind::named),
        since,
        until,
        start_m: metres("start_km", 0.0).unwrap_or(0.0),
        limit_m: metres("limit_km", 1.0),
        gear: keys.text("gear").map(str::to_owned),
        default_for: keys.texts("default_for").into_iter().filter_map(|name| sub_sport(keys, name)).collect(),
        is_default: keys.flag("default").unwrap_or(false),
    })
}

fn sub_sport(keys: Keys, name: &str) -> Option<SubSport> {
    let found = SUB_SPORTS.into_iter().find(|sub_sport| sub_sport.name() == name);
    if found.is_none() {
        keys.wrong_with("default_for", || {
            let meant = spelling::unknown(SUB_SPORTS.map(SubSport::name), name);
            format!("has \"{}\", which is not known{meant}", spelling::in_short(name))
        });
    }
    found
}
