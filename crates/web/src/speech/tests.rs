use super::*;
use base::message;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

type Sentences = BTreeMap<String, BTreeSet<String>>;

/// The codes of a language's file with the names of their gaps.
fn sentences(language: Language) -> Sentences {
    let mut found = Sentences::new();
    let mut code = String::new();
    for line in source(language).lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =")
            && !line.starts_with(' ')
        {
            code = name.to_owned();
            assert!(found.insert(code.clone(), BTreeSet::new()).is_none(), "{code} stands twice in {language:?}");
        }
        for gap in line.split('$').skip(1) {
            let name: String = gap.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            found.get_mut(&code).expect("a gap belongs to a sentence").insert(name);
        }
    }
    found
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// What stands between `message!(` and its closing parenthesis, for each use in a source text.
fn uses(text: &str) -> Vec<&str> {
    let inside = |from: usize| {
        let mut depth = 1;
        let end = text[from..].find(|c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        &text[from..from + end.unwrap_or(0)]
    };
    text.match_indices("message!(").map(|(at, opening)| inside(at + opening.len())).collect()
}

/// The code of a use and the names it fills, where it is one and not talk about the macro.
fn code_and_gaps(inside: &str) -> Option<(String, BTreeSet<String>)> {
    let (code, rest) = inside.trim_start().strip_prefix('"')?.split_once('"')?;
    let names = rest.split([',', '(', ')']).filter_map(|part| part.split_once(" = "));
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let names = names.map(|(name, _)| name.trim().to_owned()).filter(|name| is_name(name)).collect();
    Some((code.to_owned(), names))
}

fn used_in_source() -> Sentences {
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap();
    let crates = Path::new(&here).parent().unwrap();
    let mut files = Vec::new();
    rust_files(crates, &mut files);
    let of_tests = |path: &Path| path.ends_with("tests.rs") || path.iter().any(|folder| folder == "tests");
    let is_example = |path: &Path| path.ends_with("base/src/error.rs") || of_tests(path);
    let mut found = Sentences::new();
    for path in files.iter().filter(|path| !is_example(path)) {
        let text = fs::read_to_string(path).unwrap();
        for (code, gaps) in uses(&text).into_iter().filter_map(code_and_gaps) {
            let known = found.entry(code.clone()).or_insert_with(|| gaps.clone());
            assert_eq!(*known, gaps, "{code} is filled differently in {}", path.display());
        }
    }
    found
}

#[test]
fn every_message_has_its_sentence_in_every_language_and_no_sentence_is_left_over() {
    let used = used_in_source();
    for language in Language::ALL {
        let spoken = sentences(language);
        let missing: Vec<_> = used.keys().filter(|code| !spoken.contains_key(*code)).collect();
        let left_over: Vec<_> = spoken.keys().filter(|code| !used.contains_key(*code)).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        assert!(left_over.is_empty(), "{language:?} has {left_over:?}, which nothing says");
        for (code, gaps) in &spoken {
            assert!(gaps.is_subset(&used[code]), "{language:?}: {code} has gaps {gaps:?}, filled are {:?}", used[code]);
        }
    }
}

#[test]
fn all_languages_have_the_same_gaps_and_parse() {
    let english = sentences(Language::English);
    for language in Language::ALL {
        assert!(FluentResource::try_new(source(language).to_owned()).is_ok(), "{language:?} does not parse");
        assert_eq!(sentences(language), english, "{language:?} differs from English");
    }
}

#[test]
fn a_sentence_is_spoken_in_the_asked_language_with_its_gaps_filled() {
    let unknown = message!("body-unknown-field", name = "colour");
    assert_eq!(speak(&unknown, Language::English), "There is no field “colour” here");
    assert_eq!(speak(&unknown, Language::Polish), "Nie ma tu pola „colour”");
    assert_eq!(speak(&unknown, Language::French), "Il n’y a pas de champ « colour » ici");
    assert_eq!(speak(&unknown, Language::Romanian), "Nu există aici câmpul „colour”");
}

#[test]
fn what_only_looks_like_a_number_stays_as_it_was_written() {
    let id = message!("body-unknown-field", name = "0001234567890");
    assert!(speak(&id, Language::English).contains("“0001234567890”"));
}

#[test]
fn a_code_without_a_sentence_still_says_something() {
    assert_eq!(speak(&message!("no-such-code", what = 1), Language::Polish), "no-such-code what=1");
}
