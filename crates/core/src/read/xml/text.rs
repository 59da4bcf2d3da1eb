//! What stands between two tags or in quotation marks, as characters and as numbers.

use std::borrow::Cow;

use crate::time::Timestamp;

/// Text without comments, with plain sections unwrapped and XML's five entities and character references
/// resolved. Any other reference, and an ampersand that begins none, stays as it is.
pub(in crate::read) fn plain(raw: &[u8]) -> Cow<'_, [u8]> {
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
pub(in crate::read) fn number(raw: &[u8]) -> Option<f64> {
    let text = raw.trim_ascii();
    decimal(text).or_else(|| any_number(text)).filter(|value| value.is_finite())
}

/// An instant in text, and the offset from UTC that it names; see [`Timestamp::parse_iso8601`].
#[inline]
pub(in crate::read) fn time(raw: &[u8]) -> Option<(Timestamp, Option<i32>)> {
    Timestamp::parse_iso8601_bytes(raw).or_else(|| match plain(raw) {
        Cow::Owned(text) => Timestamp::parse_iso8601_bytes(&text),
        Cow::Borrowed(_) => None,
    })
}

/// Digits with at most one point, where that is exact: the digits fit in a float's 53 bits, and one
/// division by an exact power of ten rounds as `str::parse` does.
#[inline]
fn decimal(text: &[u8]) -> Option<f64> {
    const MOST_DIGITS: usize = 19;
    const EXACT: u64 = 1 << 53;
    const POWERS: [f64; MOST_DIGITS + 1] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19];
    let (is_negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.len() > MOST_DIGITS {
        return None;
    }
    let mut mantissa = 0u64;
    let mut point = None;
    for (i, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            mantissa = mantissa * 10 + u64::from(digit);
        } else if *byte == b'.' && point.is_none() {
            point = Some(i);
        } else {
            return None;
        }
    }
    let decimals = point.map_or(0, |point| digits.len() - point - 1);
    let has_digit = digits.len() > usize::from(point.is_some());
    if !has_digit || mantissa > EXACT {
        return None;
    }
    let value = mantissa as f64 / POWERS[decimals];
    Some(if is_negative { -value } else { value })
}

/// What else is a number: many digits, exponents, a comma, references.
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
        fn plain_decimals_are_exact(text in r"-?[0-9]{0,20}\.?[0-9]{0,20}") {
            let expected: Option<f64> = text.parse().ok();
            prop_assert_eq!(number(text.as_bytes()).map(f64::to_bits), expected.map(f64::to_bits));
        }
    }
}
