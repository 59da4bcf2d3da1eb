//! The vocabulary: what an activity consists of, in which units, and what a runner can do at most.

pub mod activity;
mod channel;
pub mod limits;
mod note;
pub mod sample_time;
mod samples;
pub mod sport;
mod summary;
pub mod surface;
pub mod time;
pub mod unit;
mod window;
pub mod witness;

pub(crate) use samples::is_a_time;
