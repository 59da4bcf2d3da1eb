//! The vocabulary: what an activity consists of, in which units, and what a runner can do at most.

pub mod activity;
mod channel;
pub mod limits;
pub mod sample_time;
pub mod sport;
pub mod time;
pub mod unit;
pub mod witness;
