//! The runner: earlier injuries, sleep, strength, other sports.

pub mod morning_heart;
pub mod no_other_sports;
pub mod no_strength;
pub mod poor_sleep;
pub mod previous_injury;
