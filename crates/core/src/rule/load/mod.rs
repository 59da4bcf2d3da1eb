//! How much, how far, how often, how steep.

pub mod downhill_spike;
pub mod fitness_ramp;
pub mod intensity_share;
pub mod knee_load_index;
pub mod load_ratio;
pub mod long_run_share;
pub mod monotony;
pub mod no_rest_days;
pub mod novice_first_week;
mod points;
pub mod return_after_break;
pub mod session_spike;
pub mod speed_spike;
pub mod two_week_ramp;
pub mod weekly_jump;

mod days;
