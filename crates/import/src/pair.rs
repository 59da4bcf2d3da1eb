//! Two recordings of which nobody knows yet whether they are one run.

use crate::item::Recording;
use crate::trail::{Span, Trail};

/// How like one another two recordings are as a whole.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Likeness {
    /// One may be a part of the other.
    Unlike,
    /// Much the same distance (where both know one) and duration.
    Alike,
    /// The same but for a hundredth, and both know their distance.
    Equal,
}

/// Two recordings with samples. By clocks alike an instant of a is `later_s` seconds later since
/// the start of b.
pub(crate) struct Pair<'r> {
    pub a: &'r Recording,
    pub b: &'r Recording,
    pub later_s: f64,
    pub likeness: Likeness,
}

impl<'r> Pair<'r> {
    pub fn new(a: &'r Recording, b: &'r Recording, likeness: Likeness) -> Self {
        Self { a, b, later_s: a.start.seconds_since(b.start), likeness }
    }

    /// Seconds with samples that both have by clocks alike.
    pub fn shared_s(&self) -> f64 {
        let b: Vec<Span> = self.b.trail().spans().collect();
        let mut from = 0;
        let mut shared_s = 0.0;
        for span in self.a.trail().spans().map(|span| span.later(self.later_s)) {
            from += b[from..].iter().take_while(|b| b.to_s < span.from_s).count();
            let overlapping = b[from..].iter().take_while(|b| b.from_s < span.to_s);
            shared_s += overlapping.map(|b| b.shared_with(span)).sum::<f64>();
        }
        shared_s
    }

    pub fn shorter_s(&self) -> f64 {
        self.a.trail().seconds().min(self.b.trail().seconds())
    }

    /// The trail of the shorter one and of the other, and by how much an instant of the first is
    /// later in the second, where b's clock is set `set_s` seconds on: all instants of the shorter
    /// one may have a counterpart.
    pub fn sides(&self, set_s: f64) -> (&Trail, &Trail, f64) {
        let (a, b) = (self.a.trail(), self.b.trail());
        if a.seconds() <= b.seconds() { (a, b, self.later_s - set_s) } else { (b, a, set_s - self.later_s) }
    }
}

/// When the samples of a recording end, in seconds since its start.
pub(crate) fn end_s(trail: &Trail) -> f64 {
    trail.spans().last().map_or(0.0, |span| span.to_s)
}
