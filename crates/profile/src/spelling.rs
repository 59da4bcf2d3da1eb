//! What may have been meant by a word that is not known.

/// No known word has as many bytes, and no word that long is compared with any.
const LONGEST: usize = 64;

/// A word as messages have it: the beginning of one that is no word.
pub(crate) fn in_short(word: &str) -> String {
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

/// The known word that is spelled most like another or begins with it, if any does.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if word.len() > LONGEST {
        return None;
    }
    let far = word.chars().count().div_ceil(3).min(4);
    let word = word.to_lowercase();
    let begins = |known: &str| word.len() > 2 && known.starts_with(&word);
    let distance = |known: &str| if begins(known) { 1 } else { strsim::damerau_levenshtein(&word, known) };
    known.into_iter().map(|known| (distance(known), known)).filter(|(n, _)| *n <= far).min().map(|(_, known)| known)
}

/// A clause on an unknown word: what it may have been, else what there is.
pub(crate) fn unknown<'k>(known: impl IntoIterator<Item = &'k str> + Clone, word: &str) -> String {
    match nearest(word, known.clone()) {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => format!("; there is {}", known.into_iter().collect::<Vec<_>>().join(", ")),
    }
}
