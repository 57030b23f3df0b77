//! The outside of a file: its length, its first line, its name and its white space.

use super::Finding;
use crate::repository::Source;

const LINES: usize = 300;

/// What is wrong with the file as a whole.
pub fn findings(source: &Source) -> Vec<Finding> {
    let finding =
        |rule, value, limit, advice| Finding { place: source.path.clone(), rule, line: 1, value, limit, advice };
    let lines = source.text.lines().count();
    let mut found = Vec::new();
    if is_program(&source.path) && lines > LINES {
        found.push(finding("file-length", lines, LINES, "split it by verb, not by kind"));
    }
    if !opens_well(source) {
        found.push(finding("opening", 1, 0, "say in the first line what the file is for"));
    }
    if source.path.ends_with("/mod.rs") {
        found.push(finding("mod-rs", 1, 0, "name the file after its module: foo.rs beside foo/"));
    }
    if let Some((line, count)) = untidy_lines(source) {
        found
            .push(Finding { line, ..finding("white-space", count, 0, "no tabs, trailing blanks or carriage returns") });
    }
    if !source.text.ends_with('\n') || source.text.ends_with("\n\n") {
        found.push(finding("last-line", 1, 0, "end the file with one line feed"));
    }
    found
}

fn is_program(path: &str) -> bool {
    [".rs", ".ts", ".tsx"].iter().any(|ending| path.ends_with(ending))
}

/// Rust opens with `//!`, SQL with `--`. The name of a file of tests says enough.
fn opens_well(source: &Source) -> bool {
    if source.is_test() {
        return true;
    }
    let opening = match source.path.rsplit_once('.') {
        Some((_, "rs")) => "//! ",
        Some((_, "sql")) => "-- ",
        _ => return true,
    };
    source.text.starts_with(opening)
}

/// The first line with bad white space and their number.
fn untidy_lines(source: &Source) -> Option<(usize, usize)> {
    // `str::lines` would swallow the carriage returns.
    let untidy = |line: &str| line.contains(['\t', '\r']) || line.ends_with(' ');
    let lines: Vec<usize> =
        (1..).zip(source.text.split('\n')).filter(|(_, line)| untidy(line)).map(|(n, _)| n).collect();
    lines.first().map(|first| (*first, lines.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Repository;

    #[track_caller]
    fn check(path: &str, text: &str, rules: &[&str]) {
        let repository = Repository::of(&[(path, text)]);
        let found: Vec<&str> = findings(&repository.sources[0]).iter().map(|finding| finding.rule).collect();
        assert_eq!(found, rules, "{path}");
    }

    #[test]
    fn a_file_is_short_opens_with_its_purpose_and_is_clean() {
        check("a.rs", "//! For a.\n\nfn a() {}\n", &[]);
        check("a.rs", &format!("//! For a.\n{}", "a\n".repeat(300)), &["file-length"]);
        check("a.rs", "fn a() {}\n", &["opening"]);
        check("a/tests.rs", "use super::*;\n", &[]);
        check("a/mod.rs", "//! For a.\n", &["mod-rs"]);
        check("a.sql", "CREATE TABLE a (b TEXT);\n", &["opening"]);
        check("a.md", "a \n", &["white-space"]);
        check("a.md", "a\r\n", &["white-space"]);
        check("a.toml", "\ta = 1", &["white-space", "last-line"]);
    }
}
