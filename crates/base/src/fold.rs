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

/// A letter of a folded text, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traced {
    pub letter: char,
    /// The characters of the text that it stands for, counted from 0: from this one to before that one.
    pub from: usize,
    pub to: usize,
}

/// The whole text folded, as by [`fold`], each letter with its place in the text.
pub fn traced(text: &str) -> Vec<Traced> {
    let mut folded: Vec<Traced> = Vec::with_capacity(text.len());
    for (from, original) in text.chars().enumerate() {
        let mut put = |letter: char| {
            let is_blank = letter.is_whitespace() || letter == '\0';
            let is_second = folded.last().is_none_or(|last| last.letter == ' ');
            if !(is_blank && is_second) {
                folded.push(Traced { letter: if is_blank { ' ' } else { letter }, from, to: from + 1 });
            }
        };
        for letter in std::iter::once(original).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
            match open(letter) {
                Some(letters) => letters.chars().for_each(&mut put),
                None => put(letter),
            }
        }
        // A mark that was written by itself belongs to the letter before it.
        if is_combining_mark(original)
            && let Some(last) = folded.last_mut().filter(|last| last.letter != ' ')
        {
            last.to = from + 1;
        }
    }
    if folded.last().is_some_and(|last| last.letter == ' ') {
        folded.pop();
    }
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

    #[test]
    fn each_folded_letter_knows_where_it_comes_from() {
        let traced = |text: &str| -> Vec<(char, usize, usize)> {
            traced(text).into_iter().map(|traced| (traced.letter, traced.from, traced.to)).collect()
        };
        assert_eq!(traced("Łß"), [('l', 0, 1), ('s', 1, 2), ('s', 1, 2)]);
        assert_eq!(traced(" e\u{301}  é"), [('e', 1, 3), (' ', 3, 4), ('e', 5, 6)]);
    }

    proptest! {
        #[test]
        fn a_traced_text_is_the_folded_one(text in "\\PC{0,40}|[a-zA-Z żŁß\u{301}\t\u{307}Œİ’]{0,20}") {
            let letters: String = traced(&text).iter().map(|traced| traced.letter).collect();
            prop_assert_eq!(letters, fold(&text));
        }

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
