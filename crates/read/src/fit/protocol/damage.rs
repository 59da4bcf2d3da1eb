//! What is wrong with bytes that are no message, in the words that every reader of this crate uses;
//! and how long to look for the next one.

/// A definition with a version or byte order that there is not, or cut short.
pub const NO_DEFINITION: &str = "a layout that makes no sense";

/// Data of a local type that nothing defined.
pub const UNDEFINED: &str = "values of an unknown layout";

/// A message whose body is longer than what is left.
pub const CUT_OFF: &str = "the file ends inside a message";

/// A stretch that was wiped or never written.
pub const ZEROS: &str = "nothing but zeros";

/// A sample further than [`MAX_JUMP_S`](crate::fit::protocol::MAX_JUMP_S) from the one before,
/// without sound messages behind it.
pub const FAR_IN_TIME: &str = "a time far from the one before";

/// Returns how many places of a file of so many bytes may be tried in search of sound messages. A
/// bound keeps a file of noise from costing more than a real one.
pub fn tries(bytes: usize) -> usize {
    (1 << 18) + bytes / 4
}
