//! An activity becomes a run: what its samples say, one metric at a time.

pub mod form;
pub mod heart_rate;
pub(crate) mod median;
pub mod metric;
pub mod split;
pub mod trace;
