//! Days in a row.

use jiff::civil::Date;

/// Days, both ends included.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
pub struct Window {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}
