//! Every static statement of the product is compiled by both databases.

use super::*;
use std::path::{Path, PathBuf};

/// A `sql!` in the source: where it stands, and its words.
struct Found {
    place: String,
    text: String,
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The literal that starts `source`, as the compiler reads it.
fn literal(source: &str) -> Option<String> {
    if let Some(raw) = source.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let body = raw[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        return body.split(&end).next().map(str::to_owned);
    }
    let mut letters = source.strip_prefix('"')?.chars().peekable();
    let mut text = String::new();
    loop {
        match letters.next()? {
            '"' => return Some(text),
            '\\' => match letters.next()? {
                '\n' => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
                'n' => text.push('\n'),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

fn statements(source: &str, place: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, mark) in source.match_indices("sql!(") {
        let line = source[..at].lines().count();
        let before = source[..at].lines().last().unwrap_or_default();
        if before.trim_start().starts_with("//") || before.ends_with('`') {
            continue;
        }
        let text = literal(source[at + mark.len()..].trim_start());
        let text = text.unwrap_or_else(|| panic!("{place}:{line}: sql! wants a literal"));
        found.push(Found { place: format!("{place}:{line}"), text });
    }
    found
}

#[test]
fn literals_are_read_as_the_compiler_reads_them() {
    let source = "sql!(\"a \\\"b\\\" \\\n      c\"); sql!(r#\"d \"e\" \\ f\"#); \n// sql!(no)\n    sql!(\n  \"g\",\n)";
    let texts: Vec<String> = statements(source, "x").into_iter().map(|found| found.text).collect();
    assert_eq!(texts, ["a \"b\" c", "d \"e\" \\ f", "g"]);
}

#[tokio::test]
async fn every_static_statement_compiles_on_both_databases() {
    let crates = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).parent().unwrap().to_owned();
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&crates).unwrap() {
        let folder = entry.unwrap().path().join("src");
        if folder.is_dir() {
            sources(&folder, &mut files);
        }
    }
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with("db/src/tests/statements.rs")) {
        let place = file.strip_prefix(&crates).unwrap().display().to_string();
        found.extend(statements(&std::fs::read_to_string(file).unwrap(), &place));
    }
    assert!(found.len() > 1, "the search finds statements at all");
    let mut refused = Vec::new();
    for (_scratch, db) in each().await {
        for Found { place, text } in &found {
            if let Err(error) = db.prepare(text).await {
                refused.push(format!("{place} on {:?}: {error}\n{text}", db.dialect()));
            }
            if !text.contains("tenant_id") {
                refused.push(format!("{place} names no tenant_id\n{text}"));
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
}

#[tokio::test]
async fn a_sum_that_does_not_fit_is_nothing_and_others_are_exact() {
    let (most, least) = (i64::MAX, i64::MIN);
    for (numbers, expected) in [
        (vec![most, 1], None),
        (vec![least, -1], None),
        (vec![most, 1, -1], Some(most)),
        (vec![least, 1, -1], Some(least)),
        (vec![-1, -4_294_967_296, 4_294_967_295, 7], Some(5)),
        (vec![], Some(0)),
    ] {
        for (_scratch, db) in each().await {
            let sum = db.dialect().bounded_sum("n.v");
            let rows = numbers.iter().map(|number| format!("SELECT CAST('{number}' AS BIGINT) AS v"));
            let none = "SELECT CAST(NULL AS BIGINT) AS v".to_owned();
            let all = rows.chain([none]).collect::<Vec<_>>().join(" UNION ALL ");
            let text = format!("SELECT {sum} FROM ({all}) AS n");
            let found = db.reader(&caller(&db)).once(Statement::new(text, [])).await.unwrap();
            assert_eq!(found.first().unwrap().opt_int(0).unwrap(), expected, "{numbers:?}");
        }
    }
}

#[tokio::test]
async fn members_are_put_into_a_document_and_taken_out() {
    for (document, part, expected) in [
        ("'{\"a\":1,\"b\":2}'", vec![("a", "3"), ("b", "NULL")], Some("{\"a\": 3}")),
        ("NULL", vec![("a", "'Łódź'"), ("b", "NULL")], Some("{\"a\": \"Łódź\"}")),
        ("'{\"a\":1}'", vec![("a", "NULL"), ("b", "NULL")], None),
    ] {
        for (_scratch, db) in each().await {
            let dialect = db.dialect();
            let members: Vec<_> = part.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            let keys: Vec<String> = members.iter().map(|(key, _)| key.clone()).collect();
            let document =
                if dialect == Dialect::Postgres { format!("{document}::jsonb") } else { document.to_owned() };
            let put = dialect.json_put(&document, &keys, &dialect.json_object(&members));
            let text = format!("SELECT CAST({} AS TEXT)", dialect.json_filled(&put));
            let found = db.reader(&caller(&db)).once(Statement::new(text, [])).await.unwrap();
            let found = found.first().unwrap().opt_text(0).unwrap().map(|text| text.replace(": ", ":"));
            assert_eq!(found, expected.map(|text| text.replace(": ", ":")));
        }
    }
}
