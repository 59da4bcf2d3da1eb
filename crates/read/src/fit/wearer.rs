//! What a FIT file says of the person wearing the device: the settings of the watch on that day.
//!
//! Watches write them in three places: `user_profile`, `zones_target` and, newer ones, in a
//! `time_in_zone` message for each session, which has the limits of that session's sport.

use crate::activity::Sex;
use crate::activity::Wearer;

use super::fields::Message;
use super::profile::{field, message};

/// The wearer, by what holds for the session of that index.
pub(super) fn of(messages: &[Message], session: usize) -> Wearer {
    let first = |kind: u16, wanted: u8| messages.iter().filter(|m| m.number == kind).find_map(|m| m.number(wanted));
    let profile = |wanted| first(message::USER_PROFILE, wanted);
    let target = |wanted| first(message::ZONES_TARGET, wanted);
    let is_of_session = |m: &&Message| {
        m.number == message::TIME_IN_ZONE
            && m.number(field::TIME_IN_ZONE_REFERENCE_MESSAGE) == Some(f64::from(message::SESSION))
            && m.number(field::TIME_IN_ZONE_REFERENCE_INDEX) == Some(session as f64)
    };
    let of_session = messages.iter().find(is_of_session);
    let in_zone = |wanted| of_session.and_then(|m| m.number(wanted));
    // Some watches write 0 for what nobody has set.
    let heart_rate = |bpm: Option<f64>| bpm.filter(|bpm| (25.0..=250.0).contains(bpm));
    let max_heart_rate_bpm = heart_rate(profile(field::USER_PROFILE_MAX_RUNNING_HEART_RATE))
        .or(heart_rate(in_zone(field::TIME_IN_ZONE_MAX_HEART_RATE)))
        .or(heart_rate(target(field::ZONES_TARGET_MAX_HEART_RATE)))
        .or(heart_rate(profile(field::USER_PROFILE_MAX_HEART_RATE)));
    let threshold = heart_rate(in_zone(field::TIME_IN_ZONE_THRESHOLD_HEART_RATE))
        .or(heart_rate(target(field::ZONES_TARGET_THRESHOLD_HEART_RATE)));
    let resting = heart_rate(in_zone(field::TIME_IN_ZONE_RESTING_HEART_RATE))
        .or(heart_rate(profile(field::USER_PROFILE_RESTING_HEART_RATE)));
    let is_below_max = |bpm: &f64| max_heart_rate_bpm.is_none_or(|max| *bpm < max);
    Wearer {
        height_m: profile(field::USER_PROFILE_HEIGHT).filter(|h| (0.5..2.5).contains(h)),
        mass_kg: profile(field::USER_PROFILE_WEIGHT).filter(|kg| (20.0..300.0).contains(kg)),
        sex: match profile(field::USER_PROFILE_GENDER).map(|code| code as u8) {
            Some(0) => Some(Sex::Female),
            Some(1) => Some(Sex::Male),
            _ => None,
        },
        resting_heart_rate_bpm: resting.filter(is_below_max),
        max_heart_rate_bpm,
        threshold_heart_rate_bpm: threshold.filter(is_below_max),
    }
}
