//! The part of the FIT profile that kneewise reads: messages, fields, their scales and targets.
//!
//! Numbers and scales are those of Garmin's FIT profile, version 21.

use crate::activity::Channel;

/// Global message numbers.
pub(super) mod message {
    pub const FILE_ID: u16 = 0;
    pub const USER_PROFILE: u16 = 3;
    pub const ZONES_TARGET: u16 = 7;
    pub const SPORT: u16 = 12;
    pub const SESSION: u16 = 18;
    pub const LAP: u16 = 19;
    pub use crate::fit::protocol::RECORD;
    pub const EVENT: u16 = 21;
    pub const DEVICE_INFO: u16 = 23;
    pub const ACTIVITY: u16 = 34;
    pub const HR: u16 = 132;
    pub const FIELD_DESCRIPTION: u16 = 206;
    pub const TIME_IN_ZONE: u16 = 216;
    pub const SPLIT: u16 = 312;
}

/// Field numbers of the messages that are read field by field, named `MESSAGE_FIELD`.
pub(super) mod field {
    pub const FILE_ID_TYPE: u8 = 0;
    pub const FILE_ID_MANUFACTURER: u8 = 1;
    pub const FILE_ID_PRODUCT: u8 = 2;
    pub const FILE_ID_PRODUCT_NAME: u8 = 8;
    pub const USER_PROFILE_GENDER: u8 = 1;
    pub const USER_PROFILE_HEIGHT: u8 = 3;
    pub const USER_PROFILE_WEIGHT: u8 = 4;
    pub const USER_PROFILE_RESTING_HEART_RATE: u8 = 8;
    pub const USER_PROFILE_MAX_RUNNING_HEART_RATE: u8 = 9;
    pub const USER_PROFILE_MAX_HEART_RATE: u8 = 11;
    pub const ZONES_TARGET_MAX_HEART_RATE: u8 = 1;
    pub const ZONES_TARGET_THRESHOLD_HEART_RATE: u8 = 2;
    pub const TIME_IN_ZONE_REFERENCE_MESSAGE: u8 = 0;
    pub const TIME_IN_ZONE_REFERENCE_INDEX: u8 = 1;
    pub const TIME_IN_ZONE_MAX_HEART_RATE: u8 = 11;
    pub const TIME_IN_ZONE_RESTING_HEART_RATE: u8 = 12;
    pub const TIME_IN_ZONE_THRESHOLD_HEART_RATE: u8 = 13;
    pub const SPORT_SPORT: u8 = 0;
    pub const SPORT_SUB_SPORT: u8 = 1;
    pub const EVENT_EVENT: u8 = 0;
    pub const EVENT_TYPE: u8 = 1;
    pub const DEVICE_INFO_INDEX: u8 = 0;
    pub const DEVICE_INFO_MANUFACTURER: u8 = 2;
    pub const DEVICE_INFO_PRODUCT: u8 = 4;
    pub const DEVICE_INFO_PRODUCT_NAME: u8 = 27;
    pub const ACTIVITY_LOCAL_TIMESTAMP: u8 = 5;
    pub const DESCRIPTION_DEVELOPER_INDEX: u8 = 0;
    pub const DESCRIPTION_NUMBER: u8 = 1;
    pub const DESCRIPTION_BASE_TYPE: u8 = 2;
    pub const DESCRIPTION_NAME: u8 = 3;
    pub const DESCRIPTION_SCALE: u8 = 6;
    pub const DESCRIPTION_OFFSET: u8 = 7;
    pub const DESCRIPTION_UNITS: u8 = 8;
    pub const DESCRIPTION_NATIVE_FIELD: u8 = 15;
    pub const HR_FRACTIONAL_TIMESTAMP: u8 = 0;
    pub const HR_TIME256: u8 = 1;
    pub const HR_FILTERED_BPM: u8 = 6;
    pub const HR_EVENT_TIMESTAMP: u8 = 9;
    pub const HR_EVENT_TIMESTAMP_12: u8 = 10;
    pub const SPLIT_TYPE: u8 = 0;
    pub const SPLIT_ELAPSED: u8 = 1;
    pub const SPLIT_START_TIME: u8 = 9;
    pub const LAP_SPORT: u8 = 25;
    pub const LAP_SUB_SPORT: u8 = 39;
    pub const SESSION_SPORT: u8 = 5;
    pub const SESSION_SUB_SPORT: u8 = 6;
    pub const SESSION_WORKOUT_FEEL: u8 = 192;
    pub const SESSION_WORKOUT_RPE: u8 = 193;
}

/// Where the totals stand in a session or a lap, which number them differently.
pub(super) struct TotalsFields {
    pub start_time: u8,
    pub elapsed: u8,
    pub timer: u8,
    pub moving: u8,
    pub distance: u8,
    pub cycles: u8,
    pub fractional_cycles: u8,
    pub avg_heart_rate: u8,
    pub max_heart_rate: u8,
    pub avg_cadence: u8,
    pub avg_fractional_cadence: u8,
    pub ascent: u8,
    pub descent: u8,
}

pub(super) const SESSION_TOTALS: TotalsFields = TotalsFields {
    start_time: 2,
    elapsed: 7,
    timer: 8,
    moving: 59,
    distance: 9,
    cycles: 10,
    fractional_cycles: 94,
    avg_heart_rate: 16,
    max_heart_rate: 17,
    avg_cadence: 18,
    avg_fractional_cadence: 92,
    ascent: 22,
    descent: 23,
};

pub(super) const LAP_TOTALS: TotalsFields = TotalsFields {
    start_time: 2,
    elapsed: 7,
    timer: 8,
    moving: 52,
    distance: 9,
    cycles: 10,
    fractional_cycles: 82,
    avg_heart_rate: 15,
    max_heart_rate: 16,
    avg_cadence: 17,
    avg_fractional_cadence: 80,
    ascent: 21,
    descent: 22,
};

/// The fields read from a message other than a record, with the scale that divides their raw value.
pub(super) fn wanted(message: u16) -> &'static [(u8, f64)] {
    match message {
        message::FILE_ID => &[(0, 1.0), (1, 1.0), (2, 1.0), (8, 1.0)],
        message::USER_PROFILE => &[(1, 1.0), (3, 100.0), (4, 10.0), (8, 1.0), (9, 1.0), (11, 1.0)],
        message::ZONES_TARGET => &[(1, 1.0), (2, 1.0)],
        message::TIME_IN_ZONE => &[(0, 1.0), (1, 1.0), (11, 1.0), (12, 1.0), (13, 1.0)],
        message::SPORT => &[(0, 1.0), (1, 1.0)],
        message::SESSION => &[
            (2, 1.0),
            (5, 1.0),
            (6, 1.0),
            (7, 1000.0),
            (8, 1000.0),
            (9, 100.0),
            (10, 1.0),
            (16, 1.0),
            (17, 1.0),
            (18, 1.0),
            (22, 1.0),
            (23, 1.0),
            (59, 1000.0),
            (92, 128.0),
            (94, 128.0),
            (192, 1.0),
            (193, 10.0),
        ],
        message::LAP => &[
            (2, 1.0),
            (7, 1000.0),
            (8, 1000.0),
            (9, 100.0),
            (10, 1.0),
            (15, 1.0),
            (16, 1.0),
            (17, 1.0),
            (21, 1.0),
            (22, 1.0),
            (25, 1.0),
            (39, 1.0),
            (52, 1000.0),
            (80, 128.0),
            (82, 128.0),
        ],
        message::EVENT => &[(0, 1.0), (1, 1.0)],
        message::DEVICE_INFO => &[(0, 1.0), (2, 1.0), (4, 1.0), (27, 1.0)],
        message::ACTIVITY => &[(5, 1.0)],
        message::FIELD_DESCRIPTION => {
            &[(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0), (6, 1.0), (7, 1.0), (8, 1.0), (15, 1.0)]
        }
        message::SPLIT => &[(0, 1.0), (1, 1000.0), (9, 1.0)],
        _ => &[],
    }
}

/// A series that records fill: the channels, then two that only make up the cadence.
pub(super) const CADENCE: usize = Channel::COUNT;
pub(super) const FRACTIONAL_CADENCE: usize = Channel::COUNT + 1;
/// Where the developer fields' series begin.
pub(super) const FIRST_DEVELOPER: usize = Channel::COUNT + 2;

/// How a record's field becomes a value: `raw / scale - offset`.
#[derive(Clone, Copy)]
pub(super) struct Projection {
    pub target: usize,
    pub scale: f64,
    pub offset: f64,
    /// Of two fields for one series the one with the higher rank counts: `enhanced_speed` over
    /// `speed`.
    pub rank: u8,
}

/// Number of the record field that packs speed and distance into three bytes.
pub(super) const COMPRESSED_SPEED_DISTANCE: u8 = 8;

/// Numbers of the record fields for cadence in one piece, and for the fraction of the other one.
pub(super) const CADENCE_256: u8 = 52;
pub(super) const FRACTIONAL_CADENCE_FIELD: u8 = 53;

/// What a record's field is read for; `None` for fields that are skipped.
pub(super) fn projection(field: u8) -> Option<Projection> {
    const SEMICIRCLES_PER_DEGREE: f64 = 2_147_483_648.0 / 180.0;
    let plain = |target: Channel, scale: f64| Projection { target: target as usize, scale, offset: 0.0, rank: 1 };
    let minor = |p: Projection| Projection { rank: 0, ..p };
    let altitude = Projection { offset: 500.0, ..plain(Channel::Altitude, 5.0) };
    let cadence = Projection { target: CADENCE, scale: 1.0, offset: 0.0, rank: 0 };
    Some(match field {
        0 => plain(Channel::Latitude, SEMICIRCLES_PER_DEGREE),
        1 => plain(Channel::Longitude, SEMICIRCLES_PER_DEGREE),
        2 => minor(altitude),
        3 => plain(Channel::HeartRate, 1.0),
        4 => cadence,
        5 => plain(Channel::Distance, 100.0),
        6 => minor(plain(Channel::Speed, 1000.0)),
        7 => plain(Channel::Power, 1.0),
        13 => plain(Channel::Temperature, 1.0),
        39 => plain(Channel::VerticalOscillation, 10.0),
        41 => plain(Channel::StanceTime, 10.0),
        CADENCE_256 => Projection { scale: 256.0, rank: 1, ..cadence },
        FRACTIONAL_CADENCE_FIELD => Projection { target: FRACTIONAL_CADENCE, scale: 128.0, ..cadence },
        73 => plain(Channel::Speed, 1000.0),
        78 => altitude,
        83 => plain(Channel::VerticalRatio, 100.0),
        84 => plain(Channel::StanceTimeBalance, 100.0),
        85 => plain(Channel::StepLength, 10.0),
        _ => return None,
    })
}

/// What a FIT file is for, from `file_id.type`.
pub(super) fn file_kind(file_type: u8) -> &'static str {
    match file_type {
        1 => "a device's description",
        2 => "settings",
        3 => "sport settings",
        4 => "activity",
        5 => "a planned workout",
        6 => "a planned course",
        7 => "schedules",
        8 => "saved places",
        9 => "a weight scale",
        10 => "totals",
        11 => "goals",
        14 => "a blood pressure monitor",
        15 | 28 | 32 => "all-day monitoring",
        20 => "an activity's summary",
        34 => "a segment",
        35 => "a list of segments",
        49 => "sleep",
        _ => "another kind",
    }
}

/// The makers whose watches, pods and apps record most runs; others keep their number.
pub(super) fn manufacturer(code: u16) -> Option<&'static str> {
    Some(match code {
        1 => "garmin",
        13 | 15 => "dynastream",
        23 => "suunto",
        32 => "wahoo",
        71 => "tomtom",
        89 => "tacx",
        95 => "stryd",
        122 => "johnson",
        123 => "polar",
        140 | 310 => "decathlon",
        255 => "development",
        258 => "lezyne",
        259 => "scribe_labs",
        260 => "zwift",
        265 => "strava",
        289 => "hammerhead",
        294 => "coros",
        339 => "zepp",
        348 => "huawei",
        _ => return None,
    })
}
