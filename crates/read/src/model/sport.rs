//! What was done: the sports and sub-sports that files name.

mod words;

use crate::activity::{Activity, Note, NoteKind};

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "each variant is the FIT profile's name of itself")]
        pub enum $name {
            #[default]
            $($variant),+,
            /// A code that the profile used here does not name.
            Unknown,
        }

        impl $name {
            /// Returns the value that the FIT profile writes as `code`.
            pub fn from_fit_code(code: u8) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    _ => Self::Unknown,
                }
            }

            /// Returns the name in the FIT profile, such as `trail_running`'s `running`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown => "unknown",
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

vocabulary! {
    /// The kind of activity, by the names of the FIT profile.
    Sport {
        Generic = 0 "generic", Running = 1 "running", Cycling = 2 "cycling", Transition = 3 "transition",
        FitnessEquipment = 4 "fitness_equipment", Swimming = 5 "swimming", Basketball = 6 "basketball",
        Soccer = 7 "soccer", Tennis = 8 "tennis", AmericanFootball = 9 "american_football",
        Training = 10 "training", Walking = 11 "walking", CrossCountrySkiing = 12 "cross_country_skiing",
        AlpineSkiing = 13 "alpine_skiing", Snowboarding = 14 "snowboarding", Rowing = 15 "rowing",
        Mountaineering = 16 "mountaineering", Hiking = 17 "hiking", Multisport = 18 "multisport",
        Paddling = 19 "paddling", Flying = 20 "flying", EBiking = 21 "e_biking",
        Motorcycling = 22 "motorcycling", Boating = 23 "boating", Driving = 24 "driving", Golf = 25 "golf",
        HangGliding = 26 "hang_gliding", HorsebackRiding = 27 "horseback_riding", Hunting = 28 "hunting",
        Fishing = 29 "fishing", InlineSkating = 30 "inline_skating", RockClimbing = 31 "rock_climbing",
        Sailing = 32 "sailing", IceSkating = 33 "ice_skating", SkyDiving = 34 "sky_diving",
        Snowshoeing = 35 "snowshoeing", Snowmobiling = 36 "snowmobiling",
        StandUpPaddleboarding = 37 "stand_up_paddleboarding", Surfing = 38 "surfing",
        Wakeboarding = 39 "wakeboarding", WaterSkiing = 40 "water_skiing", Kayaking = 41 "kayaking",
        Rafting = 42 "rafting", Windsurfing = 43 "windsurfing", Kitesurfing = 44 "kitesurfing",
        Tactical = 45 "tactical", Jumpmaster = 46 "jumpmaster", Boxing = 47 "boxing",
        FloorClimbing = 48 "floor_climbing", Baseball = 49 "baseball", Diving = 53 "diving", Hiit = 62 "hiit",
        Racket = 64 "racket", WheelchairPushWalk = 65 "wheelchair_push_walk",
        WheelchairPushRun = 66 "wheelchair_push_run", Meditation = 67 "meditation",
        DiscGolf = 69 "disc_golf", Cricket = 71 "cricket", Rugby = 72 "rugby", Hockey = 73 "hockey",
        Lacrosse = 74 "lacrosse", Volleyball = 75 "volleyball", WaterTubing = 76 "water_tubing",
        Wakesurfing = 77 "wakesurfing", MixedMartialArts = 80 "mixed_martial_arts",
        Snorkeling = 82 "snorkeling", Dance = 83 "dance", JumpRope = 84 "jump_rope",
    }
}

vocabulary! {
    /// Where or how a [`Sport`] was done, by the names of the FIT profile.
    SubSport {
        Generic = 0 "generic", Treadmill = 1 "treadmill", Street = 2 "street", Trail = 3 "trail",
        Track = 4 "track", Spin = 5 "spin", IndoorCycling = 6 "indoor_cycling", Road = 7 "road",
        Mountain = 8 "mountain", Downhill = 9 "downhill", Recumbent = 10 "recumbent",
        Cyclocross = 11 "cyclocross", HandCycling = 12 "hand_cycling", TrackCycling = 13 "track_cycling",
        IndoorRowing = 14 "indoor_rowing", Elliptical = 15 "elliptical", StairClimbing = 16 "stair_climbing",
        LapSwimming = 17 "lap_swimming", OpenWater = 18 "open_water",
        FlexibilityTraining = 19 "flexibility_training", StrengthTraining = 20 "strength_training",
        WarmUp = 21 "warm_up", Match = 22 "match", Exercise = 23 "exercise", Challenge = 24 "challenge",
        IndoorSkiing = 25 "indoor_skiing", CardioTraining = 26 "cardio_training",
        IndoorWalking = 27 "indoor_walking", EBikeFitness = 28 "e_bike_fitness", Bmx = 29 "bmx",
        CasualWalking = 30 "casual_walking", SpeedWalking = 31 "speed_walking",
        BikeToRunTransition = 32 "bike_to_run_transition", RunToBikeTransition = 33 "run_to_bike_transition",
        SwimToBikeTransition = 34 "swim_to_bike_transition", Atv = 35 "atv", Motocross = 36 "motocross",
        Backcountry = 37 "backcountry", Resort = 38 "resort", RcDrone = 39 "rc_drone", Wingsuit = 40 "wingsuit",
        Whitewater = 41 "whitewater", SkateSkiing = 42 "skate_skiing", Yoga = 43 "yoga", Pilates = 44 "pilates",
        IndoorRunning = 45 "indoor_running", GravelCycling = 46 "gravel_cycling",
        EBikeMountain = 47 "e_bike_mountain", Commuting = 48 "commuting", MixedSurface = 49 "mixed_surface",
        Navigate = 50 "navigate", TrackMe = 51 "track_me", Map = 52 "map",
        SingleGasDiving = 53 "single_gas_diving", MultiGasDiving = 54 "multi_gas_diving",
        GaugeDiving = 55 "gauge_diving", ApneaDiving = 56 "apnea_diving", ApneaHunting = 57 "apnea_hunting",
        VirtualActivity = 58 "virtual_activity", Obstacle = 59 "obstacle", Breathing = 62 "breathing",
        SailRace = 65 "sail_race", Ultra = 67 "ultra", IndoorClimbing = 68 "indoor_climbing",
        Bouldering = 69 "bouldering", Hiit = 70 "hiit", Amrap = 73 "amrap", Emom = 74 "emom", Tabata = 75 "tabata",
    }
}

impl Sport {
    /// Returns whether it is moved on foot, so that a cadence counts steps.
    pub fn is_on_foot(self) -> bool {
        matches!(self, Self::Running | Self::Walking | Self::Hiking | Self::Mountaineering | Self::Snowshoeing)
    }
}

impl SubSport {
    /// Run indoors: a distance without positions, from the watch's own guess or the belt.
    pub fn is_indoor(self) -> bool {
        matches!(self, Self::Treadmill | Self::IndoorRunning | Self::IndoorWalking | Self::VirtualActivity)
    }
}

/// Reads a sport as programs and people write it: Garmin's `trail_running`, Strava's `Run` or its
/// number 9, the names of the FIT profile, and what runners write into tables of their own (`Easy
/// run`, `Dauerlauf`), in any case and many languages.
///
/// An empty or neutral text (`Other`) is [`Sport::Generic`], one that nothing is known of and a day
/// of rest are
/// [`Sport::Unknown`]: nothing is guessed.
pub fn from_words(text: &str) -> (Sport, SubSport) {
    words::find(text).unwrap_or((Sport::Unknown, SubSport::Generic))
}

/// Returns whether a text says that nothing was done: a day of rest, a run that was missed.
pub fn is_rest(text: &str) -> bool {
    words::find(text).is_some_and(|(sport, _)| sport == Sport::Unknown)
}

/// Returns whether a text says that it was a race, as people and exporters write it.
pub fn is_race(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "race",
        "competition",
        "wettkampf",
        "wettkampflauf",
        "wedstrijd",
        "competencia",
        "competición",
        "compétition",
        "gara",
    ];
    text.split(|c: char| !c.is_alphabetic()).any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

/// Returns whether a text has a word for a sport, for no sport or for a day of rest, or is empty.
pub fn is_known(text: &str) -> bool {
    words::find(text).is_some()
}

/// Gives an activity the sport that its file names in words; what is not known is told.
pub(crate) fn name(activity: &mut Activity, text: &str) {
    (activity.sport, activity.sub_sport) = from_words(text);
    if !is_known(text) {
        // A word, not a novel; what it holds comes from the file.
        let word: String = text.trim().chars().take(40).collect();
        let text =
            format!("the file calls the sport \"{word}\", which is not known here, so it is not counted as a run");
        activity.notes.push(Note::new(NoteKind::Sport, text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_of_exporters_are_sports() {
        for (text, sport, sub_sport) in [
            ("running", Sport::Running, SubSport::Generic),
            ("Run", Sport::Running, SubSport::Generic),
            ("9", Sport::Running, SubSport::Generic),
            ("Trail Run", Sport::Running, SubSport::Trail),
            ("treadmill_running", Sport::Running, SubSport::Treadmill),
            ("VirtualRun", Sport::Running, SubSport::VirtualActivity),
            ("1", Sport::Cycling, SubSport::Generic),
            ("Biking", Sport::Cycling, SubSport::Generic),
            ("10", Sport::Walking, SubSport::Generic),
            ("4", Sport::Hiking, SubSport::Generic),
            ("cross-country skiing", Sport::CrossCountrySkiing, SubSport::Generic),
            ("rowing", Sport::Rowing, SubSport::Generic),
            ("Other", Sport::Generic, SubSport::Generic),
            ("Tuesday", Sport::Unknown, SubSport::Generic),
            ("", Sport::Generic, SubSport::Generic),
        ] {
            assert_eq!(from_words(text), (sport, sub_sport), "{text}");
        }
    }
}
