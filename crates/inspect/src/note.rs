//! What there is to say of a file as a whole.

/// A remark on a file.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub text: String,
    /// Whether something is lost, or may be wrong.
    pub is_damage: bool,
}

impl Note {
    pub fn damage(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_damage: true }
    }

    pub fn remark(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_damage: false }
    }
}

/// Whether any note is of damage.
pub(crate) fn is_damaged(notes: &[Note]) -> bool {
    notes.iter().any(|note| note.is_damage)
}
