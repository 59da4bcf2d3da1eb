//! How the feet move, against fixed limits and against the runner's own.

pub mod contact_balance;
pub mod form_change;
pub mod late_stance_drift;
pub mod late_step_rate_fade;
pub mod low_step_rate;
pub mod overstride;
pub mod pronation_change;
pub mod strike_change;
pub mod vertical_ratio_rise;

mod late_change;
pub(in crate::rule) mod own_form;
mod own_median;
