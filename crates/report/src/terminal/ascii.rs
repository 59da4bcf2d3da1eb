//! Text for terminals that show nothing but ASCII.

/// Replaces every character that is not ASCII by one that looks like it, one for one, so that
/// columns stay where they are; `?` for letters that have none.
pub fn ascii(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { c } else { alike(c) }).collect()
}

fn alike(c: char) -> char {
    match c {
        '▁' | '▂' | '·' | '…' => '.',
        '▃' | '▄' | '–' | '—' | '−' | '░' | '─' => '-',
        '▅' | '▆' => '=',
        '▇' | '█' => '#',
        '▲' => '^',
        '◆' => '!',
        '○' => 'o',
        '→' => '>',
        '×' => 'x',
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        '\u{A0}' => ' ',
        '≥' => '>',
        '≤' => '<',
        '±' => '+',
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'À'..='Å' => 'A',
        'È'..='Ë' => 'E',
        'Ò'..='Ö' | 'Ø' => 'O',
        'Ù'..='Ü' => 'U',
        'ß' => 's',
        'ç' => 'c',
        'ñ' => 'n',
        _ => '?',
    }
}
