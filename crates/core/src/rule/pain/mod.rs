//! What the runner feels.

pub mod pain_zones;
pub mod persistent_pain;
