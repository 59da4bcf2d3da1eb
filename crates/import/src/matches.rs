//! Which files are of one run, and which are not, by the runner's own word.

use std::collections::{HashMap, HashSet};

use kneewise_read::activity::{Note, NoteKind};

/// Pairs of files, each named as in the [ledger](crate::Ledger) or by the end of its path.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Matches {
    /// Files of one run, though they do not look so.
    pub same: Vec<(String, String)>,
    /// Files of two runs, or of two people, though they look like one.
    pub not_same: Vec<(String, String)>,
}

impl Matches {
    /// Says which names no file has, and which several have.
    pub(crate) fn notes<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Vec<Note> {
        let lookup = Lookup::of(self);
        let mut files: HashMap<&str, usize> = HashMap::new();
        for path in paths {
            for name in lookup.names_of(path) {
                *files.entry(name).or_default() += 1;
            }
        }
        let mut told = HashSet::new();
        let sections = [("same_run", &self.same), ("not_same_run", &self.not_same)];
        let names = sections.into_iter().flat_map(|(section, pairs)| {
            pairs.iter().flat_map(move |(one, other)| [(section, one.as_str()), (section, other.as_str())])
        });
        let note = |(section, name): (&str, &str)| {
            let text = match files.get(name) {
                None => format!("`{section}` names \"{name}\", and no file has that name"),
                Some(1) => return None,
                Some(n) => format!("`{section}` names \"{name}\", which {n} files have; it applies to each of them"),
            };
            Some(Note::new(NoteKind::Session, text))
        };
        names.filter(|named| told.insert(*named)).filter_map(note).collect()
    }
}

/// The pairs, by the names in them.
pub(crate) struct Lookup<'m> {
    matches: &'m Matches,
    names: HashSet<&'m str>,
    /// Names, each with those that are not of its run.
    apart: HashMap<&'m str, HashSet<&'m str>>,
    /// How many folders a name names at most.
    most_folders: usize,
}

impl<'m> Lookup<'m> {
    pub fn of(matches: &'m Matches) -> Self {
        let pairs = matches.same.iter().chain(&matches.not_same);
        let names: HashSet<&str> = pairs.flat_map(|(one, other)| [one.as_str(), other.as_str()]).collect();
        let mut apart: HashMap<&str, HashSet<&str>> = HashMap::new();
        for (one, other) in &matches.not_same {
            apart.entry(one).or_default().insert(other);
            apart.entry(other).or_default().insert(one);
        }
        let most_folders = names.iter().map(|name| name.matches('/').count()).max().unwrap_or(0);
        Self { matches, names, apart, most_folders }
    }

    /// Returns the pairs of files of one run.
    pub fn same(&self) -> impl Iterator<Item = (&'m str, &'m str)> {
        self.matches.same.iter().map(|(one, other)| (one.as_str(), other.as_str()))
    }

    /// Those of the names that a path has: it is one, or ends with one.
    pub fn names_of(&self, path: &str) -> impl Iterator<Item = &'m str> {
        let folders = if self.names.is_empty() { 0 } else { self.most_folders + 1 };
        let ends = path.rmatch_indices('/').take(folders).map(|(at, _)| &path[at + 1..]);
        let whole = Some(path).filter(|_| !self.names.is_empty());
        ends.chain(whole).filter_map(|end| self.names.get(end).copied())
    }

    /// Returns whether two files are not of one run.
    pub fn forbids(&self, a: &str, b: &str) -> bool {
        if self.apart.is_empty() {
            return false;
        }
        let others = self.names_of(a).filter_map(|name| self.apart.get(name));
        let of_b: Vec<&str> = self.names_of(b).collect();
        others.into_iter().any(|others| of_b.iter().any(|name| others.contains(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(names: &[(&str, &str)]) -> Vec<(String, String)> {
        names.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
    }

    #[test]
    fn a_name_is_a_path_or_the_end_of_one() {
        let matches = Matches { not_same: pairs(&[("a.fit", "x/b.fit")]), ..Matches::default() };
        let lookup = Lookup::of(&matches);
        assert!(lookup.forbids("log/a.fit", "log/x/b.fit") && lookup.forbids("x/b.fit", "a.fit"));
        assert!(!lookup.forbids("log/aa.fit", "x/b.fit") && !lookup.forbids("a.fit", "b.fit"));
    }

    #[test]
    fn names_of_no_file_and_of_several_are_told() {
        let matches = Matches { same: pairs(&[("a.fit", "b.fit")]), not_same: pairs(&[("a.fit", "c.fit")]) };
        let told = matches.notes(["log/a.fit", "other/a.fit", "c.fit"].into_iter());
        let told: Vec<&str> = told.iter().map(|note| note.text.as_str()).collect();
        let several = "names \"a.fit\", which 2 files have; it applies to each of them";
        let none = "`same_run` names \"b.fit\", and no file has that name";
        assert_eq!(told, [format!("`same_run` {several}").as_str(), none, &format!("`not_same_run` {several}")]);
    }
}
