//! Why a run cannot be held against a baseline, and what it would take.

use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::measure::form::BIN_MPS;
use kneewise_read::unit::Units;

use super::Surface;

/// What is missing for a comparison. Each says what it would take and what there is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Needs {
    /// Longer comparable running in the run itself.
    Running {
        /// Seconds of steady, flat running that it takes.
        needs_s: f64,
        /// Seconds that the run has.
        has_s: f64,
    },
    /// More runs in the days before.
    Runs {
        /// How many it takes, each with enough comparable running.
        needs: usize,
        /// How many there are.
        has: usize,
        /// Seconds of steady, flat running that each must have.
        seconds_each: f64,
        /// In how many days before.
        days: u32,
        /// What the runs must have been run on.
        surface: Surface,
        /// Since when this device records, where another one did before: its runs cannot be
        /// compared.
        new_device_since: Option<Date>,
    },
    /// A run at speeds that the baseline knows: it is not drawn out beyond them.
    Speeds {
        /// The share of the run's comparable time that lies within the baseline's speeds; it takes
        /// half.
        share: f64,
        /// The mean speed of that running, in m/s.
        run_mps: f64,
        /// The middles of the baseline's slowest and fastest bin, in m/s; see [`bin_edges`].
        baseline_mps: RangeInclusive<f64>,
    },
    /// One device and one surface: the session was joined from recordings of several.
    OneKind,
    /// More recent runs that can be compared.
    Recent {
        /// How many it takes.
        needs: usize,
        /// How many there are.
        has: usize,
        /// In how many days.
        days: u32,
    },
}

/// Returns the slowest and the fastest speed of bins between two middles, in m/s: a bin reaches
/// [`BIN_MPS`] / 2 to either side.
pub fn bin_edges(middles_mps: &RangeInclusive<f64>) -> (f64, f64) {
    (middles_mps.start() - BIN_MPS / 2.0, middles_mps.end() + BIN_MPS / 2.0)
}

impl Needs {
    /// Returns what is missing, with paces in the reader's units: `needs 8 road runs with ..., has
    /// 2`.
    pub fn sentence(&self, units: Units) -> String {
        match self {
            Self::Running { needs_s, has_s } => {
                format!("needs {:.0} minutes of steady, flat running, has {:.1}", needs_s / 60.0, has_s / 60.0)
            }
            Self::Runs { needs, has, seconds_each, days, surface, new_device_since } => {
                let minutes = seconds_each / 60.0;
                let device = new_device_since.map(|day| format!("; new device since {day}")).unwrap_or_default();
                format!(
                    "needs {needs} {surface} runs with {minutes:.0} minutes of steady, flat running in the {days} days \
                     before, has {has}{device}"
                )
            }
            Self::Speeds { share, run_mps, baseline_mps } => {
                let (slowest_mps, fastest_mps) = bin_edges(baseline_mps);
                format!(
                    "needs half of its time at the paces of its baseline ({} to {}), has {:.0}%: it was run at {}",
                    units.pace_at(fastest_mps),
                    units.pace_at(slowest_mps),
                    100.0 * share,
                    units.pace_at(*run_mps)
                )
            }
            Self::OneKind => "needs one device and one surface, and has several".to_owned(),
            Self::Recent { needs, has, days } => {
                format!("needs {needs} runs in the last {days} days that can be compared, has {has}")
            }
        }
    }
}

/// As [`Needs::sentence`] has it in metric units.
impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Units::Metric))
    }
}

impl serde::Serialize for Needs {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
