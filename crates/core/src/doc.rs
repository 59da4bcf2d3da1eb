//! Declarations whose doc comment is also the user's manual page.

/// Declares a static whose doc comment is kept in its `doc` field, so that `cargo doc`, the pages
/// under `docs/` and `kneewise explain` show one and the same text. A paragraph that several of
/// them share stands in a macro of the file, used as `#[doc = the_paragraph!()]`: its text begins
/// each line with a blank, as a doc comment does.
macro_rules! documented {
    ($(#[doc = $doc:expr])+ $vis:vis static $name:ident: $type:ident { $($field:ident: $value:expr),+ $(,)? }) => {
        $(#[doc = $doc])+
        $vis static $name: $type = $type { doc: concat!($($doc, "\n"),+), $($field: $value),+ };
    };
}
pub(crate) use documented;

/// A doc comment as text: its lines without the blank that follows the slashes.
pub(crate) fn page(doc: &str) -> String {
    doc.lines().flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
}
