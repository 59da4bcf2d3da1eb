//! What is known: publications, what research found of what is often said, and the article's
//! statements answered.

pub mod article;
pub mod card;
pub mod reference;
