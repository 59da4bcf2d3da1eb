//! What only the runner can tell.

/// The runner: what no file says, or says better than a watch's settings do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runner {
    /// Body height in metres.
    pub height_m: Option<f64>,
}
