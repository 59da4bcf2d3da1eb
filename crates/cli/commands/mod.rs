//! One file a command.

pub mod check;
pub mod days;
pub mod diary;
pub mod explain;
pub mod inspect;
pub mod plot;
pub mod profile;
pub mod render;
pub mod report;
pub mod runs;
pub mod scan;
pub mod shoes;
pub mod show;
mod table;
pub mod trend;
pub mod triage;
pub mod weeks;
