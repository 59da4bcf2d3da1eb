//! The constant parts of the page, and the policy that lets a browser run these and no others.

/// The style sheet.
pub(super) const STYLE: &str = concat!(
    ":root{color-scheme:light dark;",
    include_str!("../../templates/light.css"),
    "}\n@media (prefers-color-scheme:dark){:root{",
    include_str!("../../templates/dark.css"),
    "}}\n",
    include_str!("../../templates/chart.css"),
    include_str!("../../templates/page.css"),
    "@media print{:root{color-scheme:light;",
    include_str!("../../templates/light.css"),
    include_str!("../../templates/print.css"),
);

/// The script.
pub(super) const SCRIPT: &str = include_str!("../../templates/page.js");

const STYLE_SHA256: &str = "Ws3H0XRj5tCj5HWxusLAh98Slgh6ZxbNAz8O1rAJ9BU=";
const SCRIPT_SHA256: &str = "71zPDvHzKHoMeXAuJib2HSu0b8o9/lBLSaqoW+MYdX8=";

/// The content security policy: nothing is loaded, and only the two parts above are obeyed.
pub(super) fn header() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{STYLE_SHA256}'; script-src 'sha256-{SCRIPT_SHA256}'; base-uri 'none'; \
         form-action 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let letter = |chunk: &[u8], i: usize| {
            let bits = chunk.iter().enumerate().fold(0u32, |bits, (k, byte)| bits | u32::from(*byte) << (16 - 8 * k));
            let is_known = i <= chunk.len();
            if is_known { char::from(LETTERS[(bits >> (18 - 6 * i) & 63) as usize]) } else { '=' }
        };
        bytes.chunks(3).flat_map(|chunk| (0..4).map(move |i| letter(chunk, i))).collect()
    }

    #[test]
    fn the_policy_names_the_style_and_the_script() {
        assert_eq!(base64(&Sha256::digest(STYLE)), STYLE_SHA256);
        assert_eq!(base64(&Sha256::digest(SCRIPT)), SCRIPT_SHA256);
    }

    #[test]
    fn the_script_is_small() {
        assert!(SCRIPT.len() <= 8 * 1024, "{} bytes", SCRIPT.len());
    }
}
