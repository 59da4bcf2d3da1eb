//! Which files are of one run, and which are not, by the runner's own word.

/// Pairs of files, each named as in the [ledger](crate::Ledger) or by the end of its path.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Matches {
    /// Files of one run, though they do not look so.
    pub same: Vec<(String, String)>,
    /// Files of two runs, or of two people, though they look like one.
    pub not_same: Vec<(String, String)>,
}

impl Matches {
    /// Whether two files are not of one run.
    pub(crate) fn forbids(&self, a: &str, b: &str) -> bool {
        let is = |one: &str, other: &str| is_named(a, one) && is_named(b, other);
        self.not_same.iter().any(|(one, other)| is(one, other) || is(other, one))
    }
}

/// Whether a path is that of `name`, or ends with it.
pub(crate) fn is_named(path: &str, name: &str) -> bool {
    path.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
