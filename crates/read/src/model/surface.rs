//! What is run on.

use std::fmt;

use crate::sport::SubSport;

/// The ground of a run, as far as it changes how one runs and how a watch measures it.
///
/// It is the sub-sport that the file names; most files name none, and a runner who records every
/// trail run as a plain run has them among the road runs.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Surface {
    /// Streets and paths, and whatever the file does not say.
    Road,
    /// Trails and mountains.
    Trail,
    /// A running track.
    Track,
    /// A belt, or indoors: the speed is the watch's own guess or the belt's.
    Treadmill,
}

impl Surface {
    /// Returns the surface that a sub-sport speaks of.
    pub fn of(sub_sport: SubSport) -> Self {
        match sub_sport {
            SubSport::Trail | SubSport::Mountain | SubSport::Backcountry | SubSport::Obstacle => Self::Trail,
            SubSport::Track => Self::Track,
            indoor if indoor.is_indoor() => Self::Treadmill,
            _ => Self::Road,
        }
    }

    /// Returns the word in data and sentences.
    pub fn name(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Trail => "trail",
            Self::Track => "track",
            Self::Treadmill => "treadmill",
        }
    }
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl serde::Serialize for Surface {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
