//! The length of every function, from its `fn` to its closing brace.

use super::Finding;
use crate::repository::Source;

const LIMIT: usize = 50;
const WORDS_BEFORE_FN: &[&str] = &["pub", "const", "async", "unsafe", "extern", "default"];

/// Functions that are too long. `code` is the blanked text.
pub fn findings(source: &Source, code: &str) -> Vec<Finding> {
    lengths(code)
        .into_iter()
        .filter(|(_, _, length)| *length > LIMIT)
        .map(|(name, line, length)| Finding {
            place: format!("{}::{name}", source.path),
            rule: "function-length",
            line,
            value: length,
            limit: LIMIT,
            advice: "split it where its height changes",
        })
        .collect()
}

/// Name, first line and number of lines of every function with a body.
fn lengths(code: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(name) = declared(line)
            && let Some(length) = body_length(&lines[index..])
        {
            found.push((name.to_owned(), index + 1, length));
        }
    }
    found
}

/// The name of the function that this line declares.
fn declared(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    loop {
        if let Some(name) = rest.strip_prefix("fn ") {
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            return Some(&name[..end]).filter(|name| !name.is_empty());
        }
        let end = rest.find(char::is_whitespace)?;
        let word = &rest[..end];
        if !WORDS_BEFORE_FN.iter().any(|known| word == *known || word.starts_with("pub(")) {
            return None;
        }
        rest = rest[end..].trim_start();
    }
}

/// Lines up to the brace that closes the body; `None` where a semicolon comes instead of a body.
fn body_length(lines: &[&str]) -> Option<usize> {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (index, line) in lines.iter().enumerate() {
        for c in line.chars() {
            match c {
                '(' | '[' if braces == 0 => brackets += 1,
                ')' | ']' if braces == 0 => brackets = brackets.saturating_sub(1),
                ';' if braces == 0 && brackets == 0 => return None,
                '{' => braces += 1,
                '}' if braces == 1 => return Some(index + 1),
                '}' => braces = braces.saturating_sub(1),
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::lengths;

    #[track_caller]
    fn check(code: &str, expected: &[(&str, usize, usize)]) {
        let expected: Vec<_> =
            expected.iter().map(|(name, line, length)| ((*name).to_owned(), *line, *length)).collect();
        assert_eq!(lengths(code), expected);
    }

    #[test]
    fn functions_are_measured_from_fn_to_brace() {
        check("fn a() {}\n", &[("a", 1, 1)]);
        check("pub(crate) async fn a(x: [u8; 4])\nwhere\n    X: Y,\n{\n    if x {\n    }\n}\n", &[("a", 1, 7)]);
        check("fn a() {\n    fn b() {\n    }\n}\n", &[("a", 1, 4), ("b", 2, 2)]);
    }

    #[test]
    fn what_has_no_body_is_no_function() {
        check("fn a();\nlet f: fn (u8) = b;\nimpl Fn {\n}\n", &[]);
    }
}
