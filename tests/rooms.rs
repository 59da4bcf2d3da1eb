//! The rooms of each crate: the modules beside its lib.rs. What one of them uses uses nothing of it
//! in turn, by way of others neither.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Which rooms each room names, by `crate::room`.
type Rooms = BTreeMap<String, BTreeSet<String>>;

/// The code of a file without comments and without the tests at its end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The names behind each `crate::`, those in braces too.
fn named(code: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let behind = code.split("crate::").skip(1).flat_map(|rest| match rest.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default().split(',').map(|item| word(item.trim())).collect(),
        None => vec![word(rest)],
    });
    behind.collect()
}

fn walk(at: &Path, room: &str, rooms: &mut Rooms) {
    for entry in fs::read_dir(at).expect("a folder").flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let stem = name.trim_end_matches(".rs").to_owned();
        let room = if room.is_empty() { stem.as_str() } else { room };
        if path.is_dir() && stem != "tests" {
            walk(&path, room, rooms);
        } else if path.extension().is_some_and(|end| end == "rs") && !["lib", "tests"].contains(&stem.as_str()) {
            let text = fs::read_to_string(&path).expect("a source");
            rooms.entry(room.to_owned()).or_default().extend(named(&code(&text)));
        }
    }
}

/// What is left when all rooms are taken away that use none of those left.
fn circle(mut rooms: Rooms) -> Vec<String> {
    let names: BTreeSet<String> = rooms.keys().cloned().collect();
    for (name, uses) in &mut rooms {
        uses.retain(|used| names.contains(used) && used != name);
    }
    loop {
        let free: BTreeSet<String> =
            rooms.iter().filter(|(_, uses)| uses.is_empty()).map(|(name, _)| name.clone()).collect();
        if free.is_empty() {
            return rooms.into_keys().collect();
        }
        rooms.retain(|name, _| !free.contains(name));
        for uses in rooms.values_mut() {
            uses.retain(|used| !free.contains(used));
        }
    }
}

#[test]
fn no_room_is_reached_from_what_it_uses() {
    for name in ["read", "core", "table", "profile", "report", "inspect"] {
        let mut rooms = Rooms::new();
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("crates").join(name).join("src"), "", &mut rooms);
        let circle = circle(rooms.clone());
        assert!(!rooms.is_empty() && circle.is_empty(), "{name}: {circle:?} of {rooms:?}");
    }
}

#[test]
fn a_circle_is_found() {
    let rooms =
        |all: &[(&str, &str)]| all.iter().map(|(name, code)| ((*name).to_owned(), named(code))).collect::<Rooms>();
    let three = [("a", "use crate::{b::C, d};"), ("b", "crate::c::f()"), ("c", "use crate::a;"), ("d", "")];
    assert_eq!(circle(rooms(&three)), ["a", "b", "c"]);
    assert!(circle(rooms(&three[..2])).is_empty());
}
