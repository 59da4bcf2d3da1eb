//! The looks of classes, read from the style sheet that pages and SVG files have: one place says
//! how a chart looks.

use std::collections::HashMap;

use super::svg::{LIGHT, STYLE};

/// How a shape or a text looks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    pub fill: Option<[u8; 3]>,
    pub stroke: Option<[u8; 3]>,
    pub width: f32,
    pub opacity: f32,
    pub dash: Option<(f32, f32)>,
    pub has_round_ends: bool,
    pub has_round_joins: bool,
    pub is_bold: bool,
}

/// A rule of the style sheet: the element and the classes that it is for, and what it says.
struct Rule {
    element: &'static str,
    classes: Vec<&'static str>,
    said: Vec<(&'static str, &'static str)>,
}

/// The looks of all classes in light colours.
pub(super) struct Looks {
    colors: HashMap<&'static str, [u8; 3]>,
    rules: Vec<Rule>,
}

impl Looks {
    pub(super) fn light() -> Self {
        let pairs = |text: &'static str| text.split(';').filter_map(|pair| pair.trim().split_once(':'));
        let colors = pairs(LIGHT).filter_map(|(name, value)| Some((name, hex(value)?))).collect();
        let rule = |text: &'static str| {
            let (selector, said) = text.trim().split_once('{')?;
            let selector = selector.strip_prefix(".chart ")?;
            let (element, classes) = selector.split_once('.').unwrap_or((selector, ""));
            Some(Rule {
                element,
                classes: classes.split('.').filter(|class| !class.is_empty()).collect(),
                said: pairs(said).collect(),
            })
        };
        Self { colors, rules: STYLE.split('}').filter_map(rule).collect() }
    }

    /// The colour that everything lies on.
    pub(super) fn ground(&self) -> [u8; 3] {
        self.color("var(--card)").unwrap_or([255; 3])
    }

    pub(super) fn path(&self, class: &str) -> Look {
        self.look("path", class)
    }

    pub(super) fn text(&self, class: &str) -> Look {
        self.look("text", class)
    }

    fn look(&self, element: &str, class: &str) -> Look {
        let mut look = Look {
            fill: Some([0; 3]),
            stroke: None,
            width: 1.0,
            opacity: 1.0,
            dash: None,
            has_round_ends: false,
            has_round_joins: false,
            is_bold: false,
        };
        let has = |wanted: &&str| class.split(' ').any(|known| known == *wanted);
        let is_for =
            |rule: &&Rule| (rule.element.is_empty() || rule.element == element) && rule.classes.iter().all(has);
        for (name, value) in self.rules.iter().filter(is_for).flat_map(|rule| &rule.said) {
            match *name {
                "fill" => look.fill = self.color(value),
                "stroke" => look.stroke = self.color(value),
                "stroke-width" => look.width = value.trim_end_matches("px").parse().unwrap_or(1.0),
                "opacity" => look.opacity = value.parse().unwrap_or(1.0),
                "stroke-dasharray" => {
                    let two = value.split_once(' ').and_then(|(on, off)| Some((on.parse().ok()?, off.parse().ok()?)));
                    look.dash = two;
                }
                "stroke-linecap" => look.has_round_ends = *value == "round",
                "stroke-linejoin" => look.has_round_joins = *value == "round",
                "font-weight" => look.is_bold = *value == "700",
                _ => {}
            }
        }
        look
    }

    /// A colour of the sheet by its name; `None` for none.
    fn color(&self, value: &str) -> Option<[u8; 3]> {
        let name = value.strip_prefix("var(")?.strip_suffix(')')?;
        self.colors.get(name).copied()
    }
}

/// `#1b1e23` or `#fff`
fn hex(value: &str) -> Option<[u8; 3]> {
    let digits = value.strip_prefix('#')?;
    let long =
        if digits.len() == 3 { digits.chars().flat_map(|digit| [digit, digit]).collect() } else { digits.to_owned() };
    let part = |at: usize| u8::from_str_radix(long.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_those_of_the_style_sheet() {
        let looks = Looks::light();
        let stem = looks.path("stem flagged");
        assert_eq!((stem.fill, stem.stroke, stem.width), (None, Some([0xb5, 0x37, 0x0b]), 2.5));
        assert_eq!(looks.path("limit").dash, Some((5.0, 3.0)));
        assert!(looks.path("dot").has_round_ends && looks.text("t b").is_bold);
        assert_eq!(looks.text("t m").fill, Some([0x56, 0x5d, 0x69]));
        assert_eq!(looks.ground(), [255; 3]);
    }
}
