//! What stands between two tags or in quotation marks, as characters and as numbers.

use std::borrow::Cow;

use crate::time::Timestamp;

/// Text without comments, with plain sections unwrapped and XML's five entities and character
/// references resolved. Any other reference, and an ampersand that begins none, stays as it is.
pub(crate) fn plain(raw: &[u8]) -> Cow<'_, [u8]> {
    /// What is written as it stands, and what is left out.
    const SECTION: usize = 0;
    const MARKUP: [(&[u8], &[u8]); 3] = [(b"<![CDATA[", b"]]>"), (b"<!--", b"-->"), (b"<?", b"?>")];
    if !raw.iter().any(|b| matches!(b, b'&' | b'<')) {
        return Cow::Borrowed(raw);
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut no_more = [false; MARKUP.len()];
    let mut rest = raw;
    'text: while let Some(byte) = rest.first() {
        for (kind, (begin, end)) in MARKUP.iter().enumerate() {
            let Some(inner) = rest.strip_prefix(*begin).filter(|_| !no_more[kind]) else { continue };
            let Some(n) = inner.windows(end.len()).position(|bytes| bytes == *end) else {
                no_more[kind] = true;
                continue;
            };
            if kind == SECTION {
                out.extend_from_slice(&inner[..n]);
            }
            rest = &inner[n + end.len()..];
            continue 'text;
        }
        if *byte == b'&'
            && let Some((character, length)) = reference(rest)
        {
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            rest = &rest[length..];
        } else {
            out.push(*byte);
            rest = &rest[1..];
        }
    }
    Cow::Owned(out)
}

/// The character that `&...;` at the beginning of `text` stands for, and the reference's length.
fn reference(text: &[u8]) -> Option<(char, usize)> {
    const LONGEST: usize = 12;
    let end = text.iter().take(LONGEST).position(|b| *b == b';')?;
    let name = std::str::from_utf8(&text[1..end]).ok()?;
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, end + 1))
}

/// A finite decimal number in text, with blanks around it. A comma may stand for the point.
#[inline]
pub(crate) fn number(raw: &[u8]) -> Option<f64> {
    let text = raw.trim_ascii();
    decimal(text).or_else(|| any_number(text)).filter(|value| value.is_finite())
}

/// An instant in text, and the offset from UTC that it names; see [`Timestamp::parse_iso8601`].
#[inline]
pub(crate) fn time(raw: &[u8]) -> Option<(Timestamp, Option<i32>)> {
    Timestamp::parse_iso8601_bytes(raw).or_else(|| match plain(raw) {
        Cow::Owned(text) => Timestamp::parse_iso8601_bytes(&text),
        Cow::Borrowed(_) => without_date(raw),
    })
}

/// A time of day such as `07:30:15`: of no date, as a clock that was not set gives one.
fn without_date(raw: &[u8]) -> Option<(Timestamp, Option<i32>)> {
    let text = raw.trim_ascii();
    let is_time = text.len() >= 5 && text.len() <= 16 && text[2] == b':';
    if !is_time {
        return None;
    }
    let seconds: &[u8] = if text.len() == 5 { b":00" } else { b"" };
    Timestamp::parse_iso8601_bytes(&[b"1970-01-01T", text, seconds].concat())
}

/// Whether an instant names neither UTC nor an offset: it is what the runner's clock showed.
pub(crate) fn names_no_zone(raw: &[u8]) -> bool {
    let (date, time) = raw.trim_ascii().split_at(raw.trim_ascii().len().min(11));
    date.len() == 11 && !time.iter().any(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-'))
}

/// So many digits fit in 64 bits.
const MOST_DIGITS: usize = 19;

/// Digits with at most one point, to the bit what `str::parse` reads; `None` for what that has to
/// decide.
#[inline]
fn decimal(text: &[u8]) -> Option<f64> {
    let (is_negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let mut mantissa = 0u64;
    let mut taken = 0;
    let mut point = None;
    for (i, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            // Further digits only tell between neighbours.
            if taken < MOST_DIGITS {
                mantissa = mantissa * 10 + u64::from(digit);
                taken += 1;
            }
        } else if *byte == b'.' && point.is_none() {
            point = Some(i);
        } else {
            return None;
        }
    }
    let decimals = taken.checked_sub(point.unwrap_or(digits.len()))?;
    let all_taken = taken == digits.len() - usize::from(point.is_some());
    let value = if taken == 0 {
        return None;
    } else if all_taken && mantissa <= 1 << 53 {
        // Both are exact, and one division rounds once.
        mantissa as f64 / POWERS_OF_TEN[decimals] as f64
    } else {
        quotient(mantissa, decimals, all_taken)?
    };
    Some(if is_negative { -value } else { value })
}

const POWERS_OF_TEN: [u64; MOST_DIGITS + 1] = {
    let mut powers = [1; MOST_DIGITS + 1];
    let mut i = 1;
    while i <= MOST_DIGITS {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// For each power of ten, 64 bits of 2^n / power, rounded down, and that n.
const RECIPROCALS: [(u64, i32); MOST_DIGITS + 1] = {
    let mut reciprocals = [(1 << 63, 63); MOST_DIGITS + 1];
    let mut i = 1;
    while i <= MOST_DIGITS {
        let n = 127 - POWERS_OF_TEN[i].leading_zeros() as i32;
        reciprocals[i] = (((1 << n) / POWERS_OF_TEN[i] as u128) as u64, n);
        i += 1;
    }
    reciprocals
};

/// `mantissa` / 10^`decimals`, rounded to the nearest float where 64 bits tell which that is. Where
/// not `all_taken`, the number lies anywhere from the mantissa to the next one.
fn quotient(mantissa: u64, decimals: usize, all_taken: bool) -> Option<f64> {
    /// A product of 64 bits has so many more than a float.
    const SPARE: u32 = 11;
    if mantissa == 0 {
        return None;
    }
    let shift = mantissa.leading_zeros();
    let (reciprocal, n) = RECIPROCALS[decimals];
    let product = ((u128::from(mantissa << shift) * u128::from(reciprocal)) >> 64) as u64;
    let more_shift = product.leading_zeros();
    let low = product << more_shift;
    // The product and the reciprocal are rounded down by less than one each; the mantissa by a
    // digit.
    let digit = if all_taken { 0 } else { 1u64.checked_shl(shift)? };
    let high = low.checked_add((digit + 3) << more_shift)?;
    let rounded = |bits: u64| (bits >> SPARE) + (bits >> (SPARE - 1) & 1);
    let is_tie = low.trailing_zeros() >= SPARE - 1 && low >> (SPARE - 1) & 1 == 1;
    if rounded(low) != rounded(high) || is_tie {
        return None;
    }
    let exponent = 64 - n - (shift + more_shift) as i32 + SPARE as i32;
    let scale = f64::from_bits(((1023 + exponent) as u64) << 52);
    Some(rounded(low) as f64 * scale)
}

/// What else is a number: exponents, a comma, references, and what lies just between two floats.
#[cold]
fn any_number(text: &[u8]) -> Option<f64> {
    let text = plain(text);
    let text = std::str::from_utf8(text.trim_ascii()).ok()?;
    text.parse().ok().or_else(|| {
        let has_comma = !text.contains('.') && text.bytes().filter(|b| *b == b',').count() == 1;
        if has_comma { text.replace(',', ".").parse().ok() } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references_and_sections_are_resolved() {
        assert_eq!(plain(b"a &amp; b &#233;&#xE9; & c &unknown;"), "a & b éé & c &unknown;".as_bytes());
        assert_eq!(plain(b"<![CDATA[1 < 2]]><!-- so it is -->, yes"), b"1 < 2, yes".as_slice());
        assert!(matches!(plain(b"nothing special"), Cow::Borrowed(_)));
    }

    #[test]
    fn numbers_in_every_writing() {
        for (text, value) in [
            ("12", 12.0),
            (" -0.5\n", -0.5),
            (".5", 0.5),
            ("5.", 5.0),
            ("+7", 7.0),
            ("1.5e3", 1500.0),
            ("51,25", 51.25),
            ("47.51873085275292396545410156250", 47.518_730_852_752_924),
            ("<![CDATA[3]]>", 3.0),
            ("1&#50;", 12.0),
        ] {
            assert_eq!(number(text.as_bytes()), Some(value), "{text}");
        }
        for text in ["", ".", "-", "1.2.3", "1,234,567", "a lot", "NaN", "inf", "1 2"] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        /// To the bit what the standard library reads.
        #[test]
        fn plain_decimals_are_exact(text in r"-?[0-9]{0,22}\.?[0-9]{0,40}") {
            let expected: Option<f64> = text.parse().ok();
            prop_assert_eq!(number(text.as_bytes()).map(f64::to_bits), expected.map(f64::to_bits));
        }

        /// The long writing of a float, and what lies half way to the next.
        #[test]
        fn floats_in_full_are_exact(degrees in -180.0..180.0f64, single in -500.0..9000.0f32, decimals in 0..60usize) {
            let half_way = f64::from_bits(degrees.to_bits() + 1);
            for value in [degrees, f64::from(single), half_way, degrees + (half_way - degrees) / 2.0] {
                let text = format!("{value:.decimals$}");
                prop_assert_eq!(number(text.as_bytes()).map(f64::to_bits), text.parse().ok().map(f64::to_bits));
            }
            let text = format!("{}5", (1u64 << 53) + 2 * (degrees.to_bits() >> 12) + 1);
            prop_assert_eq!(number(text.as_bytes()).map(f64::to_bits), text.parse().ok().map(f64::to_bits));
        }
    }
}
