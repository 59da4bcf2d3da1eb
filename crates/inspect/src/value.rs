//! What a field or an attribute holds.

use std::fmt;

use serde::Serialize;

/// A value as it is shown: scaled, and in the unit that stands beside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// One place of an array that holds nothing.
    Missing,
    /// A whole number.
    Int(i64),
    /// A whole number that may be larger.
    Unsigned(u64),
    /// Any other number; always finite.
    Number(f64),
    /// A text, the name of a code, or a time.
    Text(String),
    /// An array.
    List(Vec<Value>),
}

impl Value {
    /// A number without the digits that only binary fractions put behind it: 12.2, not
    /// 12.200000000000045. What is not finite is missing.
    pub(crate) fn number(value: f64) -> Self {
        if !value.is_finite() {
            return Self::Missing;
        }
        Self::Number(format!("{value:.9e}").parse().unwrap_or(value))
    }

    /// A number of single precision, with the digits that it was written with.
    pub(crate) fn single(value: f32) -> Self {
        if value.is_finite() {
            Self::number(value.to_string().parse().unwrap_or(f64::from(value)))
        } else {
            Self::Missing
        }
    }

    /// One value stands for itself, several are a list, none is missing.
    pub(crate) fn of(mut values: Vec<Self>) -> Self {
        match values.len() {
            0 => Self::Missing,
            1 => values.swap_remove(0),
            _ => Self::List(values),
        }
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_missing(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::List(values) => values.iter().all(Self::is_missing),
            _ => false,
        }
    }

    /// The number that it is, if it is one.
    pub(crate) fn as_f64(&self) -> Option<f64> {
        match *self {
            Self::Int(value) => Some(value as f64),
            Self::Unsigned(value) => Some(value as f64),
            Self::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Every number in it changed by `change`.
    #[must_use]
    pub(crate) fn map_numbers(self, change: &impl Fn(f64) -> f64) -> Self {
        match self {
            Self::List(values) => Self::List(values.into_iter().map(|value| value.map_numbers(change)).collect()),
            value => value.as_f64().map_or(value, |number| Self::number(change(number))),
        }
    }
}

impl fmt::Display for Value {
    /// Texts that are more than a word stand in quotes, and nothing in them reaches a terminal that
    /// could steer it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("-"),
            Self::Int(value) => value.fmt(f),
            Self::Unsigned(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(text) if is_word(text) => f.write_str(text),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(values) => {
                f.write_str("[")?;
                for (i, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
        }
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-+.:/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_no_digits_that_nobody_wrote() {
        assert_eq!(Value::number(2561.0 / 5.0 - 500.0).to_string(), "12.2");
        assert_eq!(Value::single(0.1).to_string(), "0.1");
        assert_eq!(Value::number(f64::NAN), Value::Missing);
        assert_eq!(serde_json::to_string(&Value::number(7.0)).expect("JSON"), "7.0");
    }

    #[test]
    fn texts_cannot_steer_a_terminal() {
        assert_eq!(Value::Text("garmin".into()).to_string(), "garmin");
        assert_eq!(Value::Text("a b".into()).to_string(), r#""a b""#);
        assert_eq!(Value::Text("\u{1b}[2J".into()).to_string(), r#""\u{1b}[2J""#);
        assert_eq!(Value::Text(String::new()).to_string(), r#""""#);
    }
}
