use std::fmt;

/// A number over days, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer<T> {
    /// The number.
    Known(T),
    /// The log is too short for it.
    NeedsDays {
        /// Days that it takes.
        needs: usize,
        /// Days that there are.
        has: usize,
    },
    /// It has no value, and more days alone would not give it one; the text says why.
    Undefined(&'static str),
}

/// That there is no day yet.
impl<T> Default for Answer<T> {
    fn default() -> Self {
        Self::NeedsDays { needs: 1, has: 0 }
    }
}

impl<T> Answer<T> {
    /// Returns the number, if there is one.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::NeedsDays { .. } | Self::Undefined(_) => None,
        }
    }

    /// Returns what follows from the number.
    pub fn and_then<U>(self, then: impl FnOnce(T) -> Answer<U>) -> Answer<U> {
        match self {
            Self::Known(value) => then(value),
            Self::NeedsDays { needs, has } => Answer::NeedsDays { needs, has },
            Self::Undefined(why) => Answer::Undefined(why),
        }
    }
}

/// `needs 28 days, has 12`
impl<T: fmt::Display> fmt::Display for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(value) => value.fmt(f),
            Self::NeedsDays { needs, has } => write!(f, "needs {needs} days, has {has}"),
            Self::Undefined(why) => f.write_str(why),
        }
    }
}
