//! One schema text for both databases: what is rewritten for which, so that types, clustering and order agree.

use crate::{Dialect, lex};
use lex::Kind;

/// The words of a migration as this database understands them.
pub(crate) fn schema_text(dialect: Dialect, text: &str) -> String {
    match dialect {
        Dialect::Sqlite => for_sqlite(text),
        Dialect::Postgres => statements(text).into_iter().map(for_postgres).collect(),
    }
}

/// SQLite has no JSONB and BYTEA column types; a clustered table is one without row ids.
fn for_sqlite(text: &str) -> String {
    let rewrite = |(kind, piece): (Kind, &str)| match kind {
        Kind::Code => each_word(piece, |word, _| match word {
            "JSONB" => "TEXT".to_owned(),
            "BYTEA" => "BLOB".to_owned(),
            other => other.to_owned(),
        }),
        Kind::Comment if piece == "/* clustered */" => "WITHOUT ROWID".to_owned(),
        Kind::Comment | Kind::Quoted => piece.to_owned(),
    };
    lex::pieces(text).into_iter().map(rewrite).collect()
}

/// PostgreSQL compares text by the bytes and sorts empties first only where it is told to.
fn for_postgres(statement: &str) -> String {
    let code: String = lex::pieces(statement).into_iter().filter(|p| p.0 == Kind::Code).map(|p| p.1).collect();
    let words: Vec<&str> = code.split_whitespace().take(3).collect();
    match words.as_slice() {
        ["CREATE" | "ALTER", "TABLE", ..] => collate_texts(statement),
        ["CREATE", "INDEX", ..] | ["CREATE", "UNIQUE", "INDEX"] => nulls_first(statement),
        _ => statement.to_owned(),
    }
}

fn collate_texts(statement: &str) -> String {
    let rewrite = |(kind, piece): (Kind, &str)| match kind {
        Kind::Code => each_word(piece, |word, rest| match word {
            "TEXT" if !rest.trim_start().starts_with("COLLATE") => "TEXT COLLATE \"C\"".to_owned(),
            other => other.to_owned(),
        }),
        Kind::Comment | Kind::Quoted => piece.to_owned(),
    };
    lex::pieces(statement).into_iter().map(rewrite).collect()
}

/// Adds the order of empties to every column of an index, unless it is of a kind that has no order.
pub(crate) fn nulls_first(statement: &str) -> String {
    let Some((open, close)) = outer_parentheses(statement) else {
        return statement.to_owned();
    };
    let head = &quoted_name(&statement[..open]);
    if head.contains(" USING ") && !head.contains("USING btree") {
        return statement.to_owned();
    }
    let columns: Vec<String> = top_level(&statement[open + 1..close], b',').into_iter().map(ordered_column).collect();
    format!("{head}({}){}", columns.join(","), &statement[close + 1..])
}

/// An index may have a name that is a word of the language here and not there, such as `session_user`.
fn quoted_name(head: &str) -> String {
    let named = head.split_once("INDEX ").and_then(|(create, rest)| Some((create, rest.split_once(" ON ")?)));
    match named {
        Some((create, (name, table))) if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => {
            format!("{create}INDEX \"{name}\" ON {table}")
        }
        _ => head.to_owned(),
    }
}

fn ordered_column(column: &str) -> String {
    let bare = column.trim_end();
    if bare.contains(" NULLS ") {
        column.to_owned()
    } else if bare.ends_with(" DESC") {
        format!("{bare} NULLS LAST")
    } else {
        format!("{bare} NULLS FIRST")
    }
}

/// Where the first parenthesis opens and where it closes.
fn outer_parentheses(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    let mut open = None;
    for (at, byte) in code_bytes(text) {
        match byte {
            b'(' => {
                open = open.or(Some(at));
                depth += 1;
            }
            b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return open.map(|open| (open, at));
                }
            }
            _ => {}
        }
    }
    None
}

/// The text cut at `mark`, except within parentheses and quotes.
fn top_level(text: &str, mark: u8) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, byte) in code_bytes(text) {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ if byte == mark && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The statements of a text, each with its semicolon.
fn statements(text: &str) -> Vec<&str> {
    let (mut found, mut start) = (Vec::new(), 0);
    for (at, byte) in code_bytes(text) {
        if byte == b';' {
            found.push(&text[start..=at]);
            start = at + 1;
        }
    }
    found.push(&text[start..]);
    found
}

/// Every byte outside quotes and comments, with its place.
fn code_bytes(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let mut start = 0;
    lex::pieces(text).into_iter().flat_map(move |(kind, piece)| {
        let from = start;
        start += piece.len();
        let code = if kind == Kind::Code { piece } else { "" };
        code.bytes().enumerate().map(move |(at, byte)| (from + at, byte))
    })
}

/// Rewrites words (letters, digits, underscores); the function also sees what follows the word.
fn each_word(code: &str, rewrite: impl Fn(&str, &str) -> String) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while !rest.is_empty() {
        let gap = rest.find(is_word).unwrap_or(rest.len());
        out.push_str(&rest[..gap]);
        rest = &rest[gap..];
        let end = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if !word.is_empty() {
            out.push_str(&rewrite(word, after));
        }
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_clustering_become_those_of_sqlite() {
        let text = "CREATE TABLE a (x JSONB, y BYTEA, z TEXT DEFAULT 'JSONB') /* clustered */; -- JSONB\n";
        let wanted = "CREATE TABLE a (x TEXT, y BLOB, z TEXT DEFAULT 'JSONB') WITHOUT ROWID; -- JSONB\n";
        assert_eq!(schema_text(Dialect::Sqlite, text), wanted);
    }

    #[test]
    fn texts_compare_bytewise_on_postgres() {
        let check = |given: &str, wanted: &str| assert_eq!(schema_text(Dialect::Postgres, given), wanted);
        check("CREATE TABLE a (b TEXT NOT NULL);", "CREATE TABLE a (b TEXT COLLATE \"C\" NOT NULL);");
        check("ALTER TABLE a ADD COLUMN b TEXT;", "ALTER TABLE a ADD COLUMN b TEXT COLLATE \"C\";");
        check("CREATE TABLE a (b TEXT COLLATE \"pl\");", "CREATE TABLE a (b TEXT COLLATE \"pl\");");
        check("UPDATE a SET b = CAST(c AS TEXT);", "UPDATE a SET b = CAST(c AS TEXT);");
        check("-- why\nCREATE TABLE a (b TEXT);", "-- why\nCREATE TABLE a (b TEXT COLLATE \"C\");");
    }

    #[test]
    fn indexes_sort_empties_first_on_postgres() {
        let check = |given: &str, wanted: &str| assert_eq!(schema_text(Dialect::Postgres, given), wanted);
        check("CREATE INDEX i ON t (a, b DESC);", "CREATE INDEX \"i\" ON t (a NULLS FIRST, b DESC NULLS LAST);");
        check(
            "CREATE UNIQUE INDEX i ON t (a, (b ->> 'x,y'), coalesce(c, 0)) WHERE a > 0;",
            "CREATE UNIQUE INDEX \"i\" ON t (a NULLS FIRST, (b ->> 'x,y') NULLS FIRST, coalesce(c, 0) NULLS FIRST) WHERE a > 0;",
        );
        check("CREATE INDEX i ON t USING gin (a, b);", "CREATE INDEX i ON t USING gin (a, b);");
        check(
            "CREATE FUNCTION f() AS $$ a; CREATE TABLE t (x TEXT) $$;",
            "CREATE FUNCTION f() AS $$ a; CREATE TABLE t (x TEXT) $$;",
        );
    }
}
