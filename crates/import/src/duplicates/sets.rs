//! Which recordings are joined, and which must stay apart.

use std::collections::HashMap;

/// Clocks that differ by less than this (seconds) are alike.
pub(super) const WORTH_A_WORD_S: f64 = 60.0;

/// Two recordings of one run; the second's clock, and so many seconds, is the first's.
pub(super) struct Link {
    pub(super) places: [usize; 2],
    pub(super) later_s: f64,
}

/// Two recordings of two people, or of two runs by the runner's word, and what to ask; `{}` is the
/// other one's path.
pub(super) struct Strangers {
    pub(super) places: [usize; 2],
    pub(super) ask: Option<String>,
}

impl Strangers {
    pub(super) fn of(places: [usize; 2], why: &str) -> Self {
        Self { places, ask: Some(format!("overlaps {{}}, but {why}: are these two people?")) }
    }
}

/// The links that leave strangers apart, also where a third recording would bring them together.
pub(super) fn between_no_strangers(n: usize, links: Vec<Link>, strangers: &[Strangers]) -> Vec<Link> {
    let mut sets = Sets::new(n);
    let mut strangers_of: HashMap<usize, Vec<usize>> = HashMap::new();
    for [a, b] in strangers.iter().map(|two| two.places) {
        strangers_of.entry(a).or_default().push(b);
        strangers_of.entry(b).or_default().push(a);
    }
    let mut joins_none = |link: &Link| {
        let [a, b] = link.places.map(|i| sets.root(i));
        let meet = strangers_of.get(&a).is_some_and(|strangers| strangers.iter().any(|&i| sets.root(i) == b));
        if meet {
            return false;
        }
        if a != b {
            let moved = strangers_of.remove(&a.max(b)).unwrap_or_default();
            strangers_of.entry(a.min(b)).or_default().extend(moved);
            sets.join(a, b);
        }
        true
    };
    links.into_iter().filter(|link| joins_none(link)).collect()
}

/// Which recordings are joined so far.
pub(super) struct Sets(Vec<usize>);

impl Sets {
    pub(super) fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    pub(super) fn root(&mut self, i: usize) -> usize {
        let mut root = i;
        while self.0[root] != root {
            self.0[root] = self.0[self.0[root]];
            root = self.0[root];
        }
        root
    }

    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
