//! How many there are of each kind.

use std::collections::HashMap;
use std::hash::Hash;

/// Counts, in the order in which the kinds were first met.
pub(crate) struct Counts<K> {
    index: HashMap<K, usize>,
    counts: Vec<(K, usize)>,
}

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self { index: HashMap::new(), counts: Vec::new() }
    }
}

impl<K: Clone + Eq + Hash> Counts<K> {
    /// Counts one more of `kind`.
    pub fn add(&mut self, kind: K) {
        if let Some(at) = self.index.get(&kind) {
            self.counts[*at].1 += 1;
            return;
        }
        self.index.insert(kind.clone(), self.counts.len());
        self.counts.push((kind, 1));
    }

    /// Returns each kind with its number.
    pub fn iter(&self) -> impl Iterator<Item = (&K, usize)> {
        self.counts.iter().map(|(kind, count)| (kind, *count))
    }

    /// Returns all together.
    pub fn total(&self) -> usize {
        self.counts.iter().map(|(_, count)| count).sum()
    }
}
