//! What is known: publications, what research found of what is often said, and the article's
//! statements answered.

pub mod article;
pub mod card;
pub mod reference;

/// Stands once in every full report and on the page of the article.
pub const NO_SCALE: &str = "Where a study gives no absolute numbers, none are shown here.";
