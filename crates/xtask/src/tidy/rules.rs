//! Words that may stand only in some rooms, or nowhere. What Clippy can hold by meaning stands in `clippy.toml`.

use super::Finding;
use crate::repository::Source;

/// Where a rule looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Rust code without comments and literals.
    Code,
    /// The same outside of test files.
    Product,
    /// The code of test files only.
    Tests,
    /// Every character of every file.
    Text,
}

struct Rule {
    name: &'static str,
    look: Look,
    /// Whole words: `a::b` matches neither `aa::b` nor `a::bb`.
    words: &'static [&'static str],
    /// Beginnings of paths in which the words are at home.
    rooms: &'static [&'static str],
    advice: &'static str,
}

/// This file has to name what it forbids.
const HERE: &str = "crates/xtask/src/tidy/rules.rs";

const RULES: &[Rule] = &[
    Rule {
        name: "driver",
        look: Look::Code,
        words: &["rusqlite", "tokio_postgres", "deadpool_postgres", "postgres_types"],
        rooms: &["crates/db/"],
        advice: "only `db` names a database or its driver",
    },
    Rule {
        name: "environment",
        look: Look::Product,
        words: &["std::env", "env::var", "env::var_os", "env::set_var"],
        rooms: &["crates/rapport/src/config", "crates/testing/", "crates/db/src/testing", "crates/xtask/"],
        advice: "settings come in through the command line; `clap` reads the environment for it",
    },
    Rule {
        name: "wall-clock",
        look: Look::Code,
        words: &["SystemTime::now", "Timestamp::now", "Zoned::now", "Utc::now", "Local::now"],
        rooms: &["crates/base/src/time.rs"],
        advice: "ask `base::Clock`, so that a test can set it",
    },
    Rule {
        name: "output",
        look: Look::Code,
        words: &["println!", "print!"],
        rooms: &["crates/rapport/src/cli", "crates/bench/", "crates/xtask/"],
        advice: "only the command line writes to standard output; the rest logs with `tracing`",
    },
    Rule {
        name: "stopwatch",
        look: Look::Product,
        words: &["Instant::now"],
        rooms: &[
            "crates/db/",
            "crates/jobs/",
            "crates/web/",
            "crates/rapport/",
            "crates/bench/",
            "crates/testing/",
            "crates/xtask/",
        ],
        advice: "deadlines and measurements belong to the ground; a rule takes `now` as an argument",
    },
    Rule {
        name: "sleeping-test",
        look: Look::Tests,
        words: &["sleep", "sleep_until"],
        rooms: &[],
        advice: "set the clock, or wait for the event itself",
    },
    Rule {
        name: "skipped-test",
        look: Look::Code,
        words: &["#[ignore"],
        rooms: &[],
        advice: "mend the test or remove it",
    },
    Rule {
        name: "unfinished",
        look: Look::Code,
        words: &["todo!", "unimplemented!", "dbg!"],
        rooms: &[],
        advice: "finish it",
    },
    Rule {
        name: "note-to-self",
        look: Look::Text,
        words: &["TODO", "FIXME", "HACK"],
        rooms: &[],
        advice: "do it, or write it into docs/roadmap.md",
    },
    Rule {
        name: "machine-path",
        look: Look::Text,
        words: &["/home/", "/root/", "/Users/"],
        rooms: &[],
        advice: "paths start at the repository or come in as settings",
    },
];

/// Forbidden words, one finding a rule. `code` is the blanked text.
pub fn findings(source: &Source, code: &str) -> Vec<Finding> {
    RULES
        .iter()
        .filter(|rule| !rule.rooms.iter().chain([&HERE]).any(|room| source.path.starts_with(room)))
        .filter_map(|rule| {
            let text = match rule.look {
                Look::Code => code,
                Look::Product if !source.is_test() => code,
                Look::Tests if source.is_test() => code,
                Look::Product | Look::Tests => "",
                Look::Text => &source.text,
            };
            let (line, value) = occurrences(text, rule.words)?;
            Some(Finding { place: source.path.clone(), rule: rule.name, line, value, limit: 0, advice: rule.advice })
        })
        .collect()
}

/// The first line with one of the words, and how many lines have one.
fn occurrences(text: &str, words: &[&str]) -> Option<(usize, usize)> {
    let has_one = |line: &str| words.iter().any(|word| has_word(line, word));
    let lines: Vec<usize> = (1..).zip(text.lines()).filter(|(_, line)| has_one(line)).map(|(n, _)| n).collect();
    lines.first().map(|first| (*first, lines.len()))
}

/// True where the word stands alone: a letter at its edge is not continued by another.
fn has_word(line: &str, word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let before = is_letter(word.chars().next()) && is_letter(line[..at].chars().next_back());
        let after = is_letter(word.chars().next_back()) && is_letter(line[at + word.len()..].chars().next());
        !before && !after
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{repository::Repository, tidy::code};

    #[track_caller]
    fn check(path: &str, text: &str, rules: &[&str]) {
        let repository = Repository::of(&[(path, text)]);
        let found: Vec<&str> =
            findings(&repository.sources[0], &code::blank(text)).iter().map(|finding| finding.rule).collect();
        assert_eq!(found, rules, "{text}");
    }

    #[test]
    fn words_have_their_rooms() {
        check("crates/sales/src/a.rs", "use rusqlite::Connection;", &["driver"]);
        check("crates/db/src/a.rs", "use rusqlite::Connection;", &[]);
        check("crates/sales/src/a.rs", "let at = jiff::Timestamp::now();", &["wall-clock"]);
        check("crates/base/src/time.rs", "let at = jiff::Timestamp::now();", &[]);
        check("crates/sales/src/a.rs", "println!();", &["output"]);
        check("crates/sales/src/a.rs", "eprintln!();", &[]);
        check("crates/sales/src/tests.rs", "tokio::time::sleep(x).await", &["sleeping-test"]);
        check("crates/jobs/src/worker.rs", "tokio::time::sleep(x).await", &[]);
        check("crates/sales/src/a.rs", "std::env::var_os(x)", &["environment"]);
        check("crates/sales/src/a/tests.rs", "std::env::var_os(x)", &[]);
        check("docs/a.md", concat!("see /ho", "me/ada"), &["machine-path"]);
    }

    #[test]
    fn a_word_in_a_comment_or_a_literal_is_not_code() {
        check("crates/sales/src/a.rs", "// rusqlite\nlet a = \"todo!\";", &[]);
        check("crates/sales/src/a.rs", "// TODO", &["note-to-self"]);
        check("crates/sales/src/a.rs", "let todos = rusqlite_like;", &[]);
    }
}
