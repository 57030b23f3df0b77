//! The index of words in its two shapes: an FTS5 table of SQLite, a table with a GIN index of PostgreSQL. The only
//! file here that asks which database it is.
//!
//! A record is kept under its words, under the first two, three and four letters of each (marked with a star, so that
//! a beginning is one look-up instead of a merge of thousands of lists), under its object (`@2`) and under its owner and
//! team within it (`@2o7`, `@2t3`).

use super::{query::Term, scope::Part};
use crate::sql::Sql;
use base::{Id, TenantId};
use db::{Dialect, Statement, sql};

/// The beginnings that are words of their own, in letters.
const BEGINNINGS: std::ops::RangeInclusive<usize> = 2..=4;

/// All groups must be found, of each at least one reading, of that every term.
pub(super) type Groups = Vec<Vec<Vec<Term>>>;

/// The groups with no beginnings in them.
pub(super) fn only_whole(groups: &Groups) -> Groups {
    let mut groups = groups.clone();
    groups.iter_mut().flatten().flatten().for_each(|term| term.whole = true);
    groups
}

/// Adds the beginnings of each word and the marks of the object, the owner and the team; sorted, each once.
pub(super) fn with_beginnings(mut words: Vec<String>, object: i64, holders: Vec<String>) -> Vec<String> {
    for at in 0..words.len() {
        if let Some(word) = words.get(at).filter(|word| word.starts_with(char::is_alphabetic)).cloned() {
            let ends = word.char_indices().map(|(at, _)| at).chain([word.len()]);
            let beginnings = ends.enumerate().filter(|(chars, _)| BEGINNINGS.contains(chars));
            words.extend(beginnings.map(|(_, end)| format!("{}*", &word[..end])));
        }
    }
    words.push(format!("@{object}"));
    words.extend(holders);
    words.sort_unstable();
    words.dedup();
    words
}

/// Keeps a record under these words and no others.
pub(super) fn put(dialect: Dialect, tenant: TenantId, id: Id, words: &[String], was_indexed: bool) -> Statement {
    match dialect {
        Dialect::Sqlite => {
            let text = if was_indexed {
                "INSERT OR REPLACE INTO search (rowid, words) VALUES (?1, ?2)"
            } else {
                "INSERT INTO search (rowid, words) VALUES (?1, ?2)"
            };
            Statement::new(text, [id.into(), words.join(" ").into()])
        }
        Dialect::Postgres => {
            let words: Vec<String> = words.iter().map(|word| of_tenant(tenant, word)).collect();
            Statement::new(
                "INSERT INTO search_doc (tenant_id, record_id, words)
                 VALUES (?1, ?2, array_to_tsvector(string_to_array(?3, ' ')))
                 ON CONFLICT (tenant_id, record_id) DO UPDATE SET words = excluded.words",
                [tenant.into(), id.into(), words.join(" ").into()],
            )
        }
    }
}

/// Forgets a record.
pub(super) fn remove(dialect: Dialect, tenant: TenantId, id: Id) -> Statement {
    match dialect {
        Dialect::Sqlite => Statement::new("DELETE FROM search WHERE rowid = ?1", [id.into()]),
        Dialect::Postgres => {
            Statement::new("DELETE FROM search_doc WHERE tenant_id = ?1 AND record_id = ?2", [tenant.into(), id.into()])
        }
    }
}

/// What is asked of the index, in the language that it understands: of some parts of it, or of all where none is named.
pub(super) fn asked(dialect: Dialect, tenant: TenantId, parts: &[&Part], groups: &Groups) -> String {
    let (and, or) = match dialect {
        Dialect::Sqlite => (" AND ", " OR "),
        Dialect::Postgres => (" & ", " | "),
    };
    let together = |parts: Vec<String>, by: &str| match parts.len() {
        1 => parts.concat(),
        _ => format!("({})", parts.join(by)),
    };
    let mark = |word: String| one(dialect, tenant, &Term::whole(word));
    let reading = |terms: &Vec<Term>| together(terms.iter().map(|term| one(dialect, tenant, term)).collect(), and);
    let part = |part: &&Part| match part.holders.as_slice() {
        [] => mark(format!("@{}", part.object)),
        holders => together(holders.iter().cloned().map(mark).collect(), or),
    };
    let mut all: Vec<String> =
        groups.iter().map(|readings| together(readings.iter().map(reading).collect(), or)).collect();
    if !parts.is_empty() {
        all.push(together(parts.iter().map(part).collect(), or));
    }
    all.join(and)
}

/// Every word asked for is a word of the index; otherwise the index must first gather all that begin so, which costs
/// the more the more records there are.
pub(super) fn are_words_of_index(groups: &Groups) -> bool {
    groups.iter().flatten().flatten().all(|term| term.whole || has_beginning(&term.word))
}

fn has_beginning(word: &str) -> bool {
    BEGINNINGS.contains(&word.chars().count()) && word.starts_with(char::is_alphabetic)
}

/// One word. There is no quote in it to escape: words are letters, digits, points and hyphens.
fn one(dialect: Dialect, tenant: TenantId, term: &Term) -> String {
    let (star, open) = match term.whole {
        true => ("", false),
        false if has_beginning(&term.word) => ("*", false),
        false => ("", true),
    };
    match dialect {
        Dialect::Sqlite => format!("\"{}{star}\"{}", term.word, if open { "*" } else { "" }),
        Dialect::Postgres => format!("'{}{star}'{}", of_tenant(tenant, &term.word), if open { ":*" } else { "" }),
    }
}

/// Tenants share the index of PostgreSQL: each has its own words in it, so that none pays for the others' records.
fn of_tenant(tenant: TenantId, word: &str) -> String {
    format!("{}.{word}", tenant.0)
}

/// The ids of all records that answer, as a subquery.
pub(super) fn push_all(sql: &mut Sql, dialect: Dialect, asked: String) {
    match dialect {
        Dialect::Sqlite => sql.push("SELECT rowid FROM search WHERE search MATCH ").push_arg(asked),
        Dialect::Postgres => sql.push("SELECT search_all(").push_arg(asked).push(")"),
    };
}

/// The ids of the youngest records that answer, as a subquery.
pub(super) fn push_newest(sql: &mut Sql, dialect: Dialect, asked: String, limit: i64) {
    match dialect {
        Dialect::Sqlite => sql
            .push("SELECT rowid FROM search WHERE search MATCH ")
            .push_arg(asked)
            .push(" ORDER BY rowid DESC LIMIT ")
            .push_arg(limit),
        Dialect::Postgres => sql.push("SELECT search_newest(").push_arg(asked).push(", ").push_arg(limit).push(")"),
    };
}

/// That the row called `alias` is one of these. SQLite is told to start from them: without statistics it takes every
/// index that begins with the tenant for a better way, and would walk a million rows in the order of the list.
pub(super) fn push_among(sql: &mut Sql, dialect: Dialect, alias: &str, push_ids: impl FnOnce(&mut Sql)) {
    let (hint, end) = match dialect {
        Dialect::Sqlite => ("likelihood(", ", 0.000001)"),
        Dialect::Postgres => ("(", ")"),
    };
    sql.push(hint).push_column(alias, "id").push(" IN ");
    push_ids(sql);
    sql.push(end);
}

/// As [`push_among`], of ids that are known: one argument however many there are, so that the statement stays prepared.
pub(crate) fn push_named(sql: &mut Sql, dialect: Dialect, alias: &str, ids: &[Id]) {
    let list = ids.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(",");
    match dialect {
        Dialect::Sqlite => push_among(sql, dialect, alias, |sql| {
            sql.push("(SELECT value FROM json_each(").push_arg(format!("[{list}]")).push("))");
        }),
        Dialect::Postgres => {
            sql.push("(").push_column(alias, "id").push(" = ANY (CAST(string_to_array(");
            sql.push_arg(list).push(", ',') AS BIGINT[])))");
        }
    }
}

/// Whether no record is kept under the word of the vocabulary's row `w`, as a condition.
pub(super) fn unused(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "NOT EXISTS (SELECT 1 FROM search WHERE search MATCH '\"' || w.word || '\"')",
        Dialect::Postgres => "NOT EXISTS (SELECT search_newest('''' || w.tenant_id || '.' || w.word || '''', 1))",
    }
}

/// Adds a word to the vocabulary, or says that it is still in use, at most once a day.
pub(super) const ASSERT_WORD: &str = sql!(
    "INSERT INTO search_word (tenant_id, word, added) VALUES (?1, ?2, ?3)
     ON CONFLICT (tenant_id, word) DO UPDATE SET added = excluded.added WHERE search_word.added < ?4"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_kept_with_its_beginnings() {
        let words =
            with_beginnings(vec!["łoś".into(), "48600".into(), "jan".into(), "jan".into()], 2, vec!["@2o7".into()]);
        assert_eq!(words, ["48600", "@2", "@2o7", "ja*", "jan", "jan*", "ło*", "łoś", "łoś*"]);
    }

    #[test]
    fn both_databases_are_asked_the_same() {
        let term = |word: &str| Term::new(word);
        let groups = vec![vec![vec![term("kow")]], vec![vec![term("600123")], vec![term("600"), term("12")]]];
        let part = |object, holders: &[&str]| {
            let holders = holders.iter().map(|word| (*word).to_owned()).collect();
            Part { object, holders, is_exact: true }
        };
        let asked = |dialect, parts: &[&Part]| asked(dialect, TenantId(7), parts, &groups);
        let (all, held) = (part(2, &[]), part(3, &["@3t5", "@3o7"]));
        let text = r#""kow*" AND ("600123"* OR ("600"* AND "12"))"#;
        assert_eq!(asked(Dialect::Sqlite, &[]), text);
        assert_eq!(asked(Dialect::Sqlite, &[&all]), format!(r#"{text} AND "@2""#));
        let parts = r#"("@2" OR ("@3t5" OR "@3o7"))"#;
        assert_eq!(asked(Dialect::Sqlite, &[&all, &held]), format!("{text} AND {parts}"));
        let text = "'7.kow*' & ('7.600123':* | ('7.600':* & '7.12'))";
        let parts = "('7.@2' | ('7.@3t5' | '7.@3o7'))";
        assert_eq!(asked(Dialect::Postgres, &[&all, &held]), format!("{text} & {parts}"));
    }
}
