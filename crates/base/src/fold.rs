//! The folded key of a text: what comparison, order and search look at, the same on every database.
//!
//! Lower case, accents gone (also those that Unicode does not decompose: ł, đ, ø), ligatures opened
//! (œ → oe, ß → ss), white space run together. Keys are compared bytewise.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest key in characters. Longer texts compare by their beginning.
pub const KEY_CHARS: usize = 200;

/// The key of a text for comparison and order: folded and capped at [`KEY_CHARS`].
/// A text that has anything but white space never has an empty key.
pub fn key(text: &str) -> String {
    let mut folded = fold(text);
    if let Some((end, _)) = folded.char_indices().nth(KEY_CHARS) {
        folded.truncate(end);
        folded.truncate(folded.trim_end_matches(' ').len());
    }
    if folded.is_empty() { text.trim().chars().take(KEY_CHARS).collect() } else { folded }
}

/// The whole text folded, without a cap.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut put = |c: char| {
        if c.is_whitespace() || c == '\0' {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            folded.push(c);
        }
    };
    if text.is_ascii() {
        text.chars().map(|c| c.to_ascii_lowercase()).for_each(&mut put);
    } else {
        for c in text.chars().nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
            match open(c) {
                Some(letters) => letters.chars().for_each(&mut put),
                None => put(c),
            }
        }
    }
    folded.truncate(folded.trim_end_matches(' ').len());
    folded
}

/// Letters that Unicode keeps whole but a European reader types without their mark.
fn open(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ø' => "o",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ß' => "ss",
        'œ' => "oe",
        'æ' => "ae",
        'þ' => "th",
        'ŋ' => "n",
        'ĸ' => "k",
        '’' | '‘' | 'ʼ' => "'",
        '–' | '—' | '‑' => "-",
        '\u{307}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn european_letters_fold_to_what_people_type() {
        for (text, folded) in [
            ("Łódź", "lodz"),
            ("Iași / Iaşi", "iasi / iasi"),
            ("Brașov ȚEPEȘ ţ", "brasov tepes t"),
            ("Œuvre Élodie", "oeuvre elodie"),
            ("Straße", "strasse"),
            ("  Żółć\t\u{a0}gęśla ", "zolc gesla"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_text_that_shows_has_a_key(text in "\\PC{1,300}") {
            prop_assert!(text.trim().is_empty() || !key(&text).is_empty());
            prop_assert!(key(&text).chars().count() <= KEY_CHARS);
        }
    }
}
