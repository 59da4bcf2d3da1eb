//! How much may be made of a file, by its size.
//!
//! What a watch writes stays far below all of this. A file made to cost as much as it can would
//! else turn a few bytes into a lap, a session or a layout of hundreds, as often as it likes.

/// What is left to spend on a file. All its sequences share it.
#[derive(Clone)]
pub(super) struct Budget {
    /// Activities. Watches chain a handful.
    pub activities: usize,
    /// Messages that sum up, such as sessions and sports.
    pub summaries: usize,
    /// Laps, stops of the timer and the like. 20,000 are one a minute for two weeks.
    pub messages: usize,
    /// Descriptions of developer fields that change what is known: each makes layouts anew.
    pub descriptions: usize,
    /// Values in all columns together. Sensors leave gaps, so a file may need some more than it has
    /// bytes.
    pub values: usize,
    /// Places that are tried in search of sound messages after a fault.
    pub resync: usize,
}

impl Budget {
    /// For a file of so many bytes.
    pub fn of(bytes: usize) -> Self {
        Self {
            activities: (16 + bytes / 512).min(1000),
            summaries: (64 + bytes / 24).min(4000),
            messages: (64 + bytes / 12).min(20_000),
            descriptions: 1000,
            values: 4096 + 2 * bytes,
            resync: crate::fit::protocol::damage::tries(bytes),
        }
    }
}

/// Takes one off what is left, if there is any.
pub(super) fn spend(left: &mut usize) -> bool {
    let has_any = *left > 0;
    *left = left.saturating_sub(1);
    has_any
}
