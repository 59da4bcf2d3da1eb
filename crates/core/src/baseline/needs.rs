//! Why a run cannot be held against a baseline, and what it would take.

use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::Date;

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
        /// Since when this device records, where another one did before: its runs cannot be compared.
        new_device_since: Option<Date>,
    },
    /// A run at speeds that the baseline knows: it is not drawn out beyond them.
    Speeds {
        /// The share of the run's comparable time that lies within the baseline's speeds; it takes half.
        share: f64,
        /// The mean speed of that running, in m/s.
        run_mps: f64,
        /// The baseline's speeds, in m/s.
        baseline_mps: RangeInclusive<f64>,
    },
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

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Running { needs_s, has_s } => {
                write!(f, "needs {:.0} minutes of steady, flat running, has {:.1}", needs_s / 60.0, has_s / 60.0)
            }
            Self::Runs { needs, has, seconds_each, days, surface, new_device_since } => {
                let minutes = seconds_each / 60.0;
                write!(
                    f,
                    "needs {needs} {surface} runs with {minutes:.0} minutes of steady, flat running in the {days} days \
                     before, has {has}"
                )?;
                match new_device_since {
                    Some(day) => write!(f, "; new device since {day}"),
                    None => Ok(()),
                }
            }
            Self::Speeds { share, run_mps, baseline_mps } => write!(
                f,
                "needs half of its time at the speeds of the baseline ({:.1} to {:.1} m/s), has {:.0} %: it was run at \
                 {run_mps:.1} m/s",
                baseline_mps.start(),
                baseline_mps.end(),
                100.0 * share
            ),
            Self::Recent { needs, has, days } => {
                write!(f, "needs {needs} runs in the last {days} days that can be compared, has {has}")
            }
        }
    }
}

impl serde::Serialize for Needs {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
