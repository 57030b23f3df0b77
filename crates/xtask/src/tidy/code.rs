//! Rust text with the insides of comments and literals blanked out, so that a search finds code only.
//!
//! Not a parser: it knows just enough of Rust's lexical rules. Lines keep their places.

/// The same text with blanks in place of comments, strings and characters.
pub fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match literal_end(&chars, at) {
            Some(end) => end.clamp(at + 1, chars.len()),
            None => {
                out.push(chars[at]);
                at += 1;
                continue;
            }
        };
        out.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    out
}

/// Where the comment or literal that begins at `at` ends, if one does.
fn literal_end(chars: &[char], at: usize) -> Option<usize> {
    let next = chars.get(at + 1).copied().unwrap_or('\0');
    match chars[at] {
        '/' if next == '/' => Some(find(chars, at, '\n')),
        '/' if next == '*' => Some(block_comment_end(chars, at)),
        '"' => Some(string_end(chars, at)),
        '\'' => character_end(chars, at),
        'r' if !follows_a_word(chars, at) => raw_string_end(chars, at),
        _ => None,
    }
}

fn find(chars: &[char], from: usize, wanted: char) -> usize {
    chars[from..].iter().position(|&c| c == wanted).map_or(chars.len(), |distance| from + distance)
}

/// Block comments nest.
fn block_comment_end(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// A character, or `None` where the quote begins a lifetime.
fn character_end(chars: &[char], start: usize) -> Option<usize> {
    if chars.get(start + 1) == Some(&'\\') {
        return Some(find(chars, start + 3, '\'') + 1);
    }
    (chars.get(start + 2) == Some(&'\'')).then_some(start + 3)
}

/// `r"…"` and `r#"…"#`, or `None` where the letter is just a letter.
fn raw_string_end(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start + 1..].iter().take_while(|&&c| c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let mut at = open + 1;
    while at < chars.len() {
        let closes = chars[at] == '"' && chars[at + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes;
        if closes {
            return Some(at + 1 + hashes);
        }
        at += 1;
    }
    Some(at)
}

/// True where the letter at `at` belongs to a longer word; the prefixes of `br"…"` and `cr"…"` do not count.
fn follows_a_word(chars: &[char], at: usize) -> bool {
    let is_word = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let Some(before) = at.checked_sub(1) else { return false };
    if !is_word(before) {
        return false;
    }
    let is_prefix = matches!(chars[before], 'b' | 'c') && !before.checked_sub(1).is_some_and(is_word);
    !is_prefix
}

#[cfg(test)]
mod tests {
    use super::blank;

    #[track_caller]
    fn check(text: &str, code: &str) {
        assert_eq!(blank(text), code);
    }

    #[test]
    fn comments_and_literals_are_blanked() {
        check("a // b\nc", "a     \nc");
        check("a /* b /* c */ d */ e", "a                   e");
        check(r#"f("x\"y", 'z', '\'', '{')"#, "f(      ,    ,     ,    )");
        check(r##"f(r#"a"b"#, br"c")"##, "f(        , b    )");
        check("\"open", "     ");
    }

    #[test]
    fn lifetimes_and_names_stay() {
        check("fn f<'a>(r: &'a str, for_r: u8)", "fn f<'a>(r: &'a str, for_r: u8)");
        check("other\"x\"", "other   ");
    }

    #[test]
    fn lines_keep_their_places() {
        check("\"a\nb\"\nc", "  \n  \nc");
    }
}
