//! Walks SQL text piece by piece, so that rewriting never touches what stands in quotes or comments.

use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Code,
    Quoted,
    Comment,
}

/// The text cut into contiguous pieces: joined again they give the text.
pub(crate) fn pieces(text: &str) -> Vec<(Kind, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let start = (0..rest.len()).find(|&at| match &rest.as_bytes()[at..] {
            [b'\'' | b'"', ..] | [b'-', b'-', ..] | [b'/', b'*', ..] => true,
            [b'$', ..] => dollar_tag(&rest[at..]).is_some(),
            _ => false,
        });
        let (code, special) = rest.split_at(start.unwrap_or(rest.len()));
        if !code.is_empty() {
            found.push((Kind::Code, code));
        }
        let (kind, length) = special_piece(special);
        if length > 0 {
            found.push((kind, &special[..length]));
        }
        rest = &special[length..];
    }
    found
}

/// What stands at the start of `text`, and how long it is. An unclosed piece reaches to the end.
fn special_piece(text: &str) -> (Kind, usize) {
    let until = |start: usize, mark: &str| text[start..].find(mark).map_or(text.len(), |at| start + at + mark.len());
    match text.as_bytes() {
        [] => (Kind::Code, 0),
        [b'-', ..] => (Kind::Comment, until(2, "\n")),
        [b'/', ..] => (Kind::Comment, until(2, "*/")),
        // A doubled quote mark is two pieces in a row, which is just as good.
        [b'\'', ..] => (Kind::Quoted, until(1, "'")),
        [b'"', ..] => (Kind::Quoted, until(1, "\"")),
        _ => {
            let tag = dollar_tag(text).unwrap_or("$");
            (Kind::Quoted, until(tag.len(), tag))
        }
    }
}

/// `$$` or `$word$` at the start of `text`: PostgreSQL's quotes around function bodies. `$1` is none.
fn dollar_tag(text: &str) -> Option<&str> {
    let end = text[1..].find('$')? + 1;
    let word = &text[1..end];
    let named = word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
    named.then(|| &text[..=end])
}

/// `?1` becomes `$1`. A question mark without a number is left alone: it is an operator.
pub(crate) fn numbered(text: &str) -> Cow<'_, str> {
    if !text.contains('?') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (kind, piece) in pieces(text) {
        if kind != Kind::Code {
            out.push_str(piece);
            continue;
        }
        let mut letters = piece.chars().peekable();
        while let Some(letter) = letters.next() {
            let parameter = letter == '?' && letters.peek().is_some_and(char::is_ascii_digit);
            out.push(if parameter { '$' } else { letter });
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_renumbered_outside_quotes_and_comments_only() {
        for (given, wanted) in [
            ("a = ?1 AND b = ?12", "a = $1 AND b = $12"),
            ("a = '?1' AND b = ?1", "a = '?1' AND b = $1"),
            ("a = 'it''s ?1' OR \"q?1\" = ?2", "a = 'it''s ?1' OR \"q?1\" = $2"),
            ("-- why ?1\n?1 /* ?2 */", "-- why ?1\n$1 /* ?2 */"),
            ("custom ? 'key' AND ?3", "custom ? 'key' AND $3"),
            ("'ł ?1' || ?1 || 'ș'", "'ł ?1' || $1 || 'ș'"),
            ("'open ?1", "'open ?1"),
        ] {
            assert_eq!(numbered(given), wanted);
        }
    }

    #[test]
    fn the_pieces_joined_are_the_text() {
        for text in ["", "a", "$$ body; 'x $$ ; b", "$tag$ it's $tag$", "x - y / z", "é'ł'--ș", "$1 + $2", "/* open"]
        {
            assert_eq!(pieces(text).iter().map(|p| p.1).collect::<String>(), text);
        }
        assert_eq!(pieces("$f$ ; $f$ ;"), [(Kind::Quoted, "$f$ ; $f$"), (Kind::Code, " ;")]);
    }
}
