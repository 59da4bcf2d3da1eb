//! What the form metrics are called, in data and in sentences.

use crate::measure::form::FormMetric;

impl FormMetric {
    /// Returns the stable name, as it is typed: `step-rate`.
    pub fn id(self) -> &'static str {
        match self {
            Self::StepRate => "step-rate",
            Self::StepLength => "step-length",
            Self::StanceTime => "stance-time",
            Self::VerticalOscillation => "vertical-oscillation",
            Self::StanceTimeBalance => "balance",
        }
    }

    /// Returns the name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::StepRate => "Step rate",
            Self::StepLength => "Step length",
            Self::StanceTime => "Stance time",
            Self::VerticalOscillation => "Vertical oscillation",
            Self::StanceTimeBalance => "Balance of ground contact",
        }
    }

    /// Returns the unit of its values as data formats write it.
    pub fn unit_symbol(self) -> &'static str {
        match self {
            Self::StepRate => "spm",
            Self::StepLength | Self::VerticalOscillation => "mm",
            Self::StanceTime => "ms",
            Self::StanceTimeBalance => "% left",
        }
    }

    /// Returns the metric of an [id](FormMetric::id).
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.id() == id)
    }
}
