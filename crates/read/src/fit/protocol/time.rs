//! Times in FIT: seconds since 1989-12-31T00:00:00Z, whole or by their last five bits.

/// Seconds from the Unix epoch to FIT's, 1989-12-31T00:00:00Z.
pub const EPOCH_UNIX_S: i64 = 631_065_600;

/// Number of the timestamp field in every message.
pub const TIMESTAMP: u8 = 253;

/// Times further apart than this (seconds) do not belong to one recording.
pub const MAX_JUMP_S: u32 = 30 * 86_400;

/// Below this a time counts seconds since the device was switched on (FIT protocol, `date_time`).
const FIRST_DATE: u32 = 0x1000_0000;

/// Returns the time whose last five bits are `offset`, counted on from the last time of any message
/// (FIT protocol, compressed timestamp header): five bits roll over every 32 s.
#[inline]
pub fn count_on(last: u32, offset: u8) -> u32 {
    last.wrapping_add(u32::from(offset).wrapping_sub(last) & 0x1F)
}

/// Whether a device forgets the date between two times. None does: a stretch of zeros in a damaged
/// file looks like that.
pub(crate) fn loses_the_date(last: u32, now: u32) -> bool {
    last >= FIRST_DATE && now < FIRST_DATE
}

#[cfg(test)]
mod tests {
    use super::count_on;

    #[test]
    fn five_bits_count_on_and_roll_over() {
        // The example of the FIT protocol: 0x3B, then offsets 27, 29, 2, 5.
        assert_eq!([27, 29, 2, 5].map(|offset| count_on(0x3B, offset)), [0x3B, 0x3D, 0x42, 0x45]);
    }
}
