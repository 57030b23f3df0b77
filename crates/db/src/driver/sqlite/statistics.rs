//! What the planner believes of tables it has not counted yet.
//!
//! SQLite cannot know that nearly all rows of a file are of one tenant; without statistics it takes `tenant_id = ?` for
//! a narrow condition and walks the whole table in the order of the ids. So every index is given a presumption: one
//! tenant, many records, few of a kind. Real counts replace it when the database is closed (`PRAGMA optimize`).

use rusqlite::Connection;

/// The presumed number of rows, and how many of them share an object or a field.
const ROWS: u64 = 1_000_000;
const OF_ONE_OBJECT: u64 = 100_000;

/// Gives every index without statistics a presumption. To be done before the readers open.
pub fn presume(connection: &Connection) -> rusqlite::Result<()> {
    // Makes the table of statistics where there is none yet.
    connection.execute_batch("ANALYZE sqlite_schema")?;
    // The key of a clustered table is an index without a name of its own: its statistics stand under the table's.
    let text = "SELECT m.tbl_name, i.name, CASE WHEN i.origin = 'pk' AND n.name IS NULL THEN m.tbl_name ELSE i.name END
        FROM sqlite_schema m JOIN pragma_index_list(m.name) i LEFT JOIN sqlite_schema n ON n.name = i.name
        WHERE m.type = 'table' ORDER BY 1, 2";
    let indexes: Vec<(String, String, String)> = connection
        .prepare(text)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (table, index, name) in indexes {
        let columns: Vec<Option<String>> = connection
            .prepare("SELECT name FROM pragma_index_info(?1) ORDER BY seqno")?
            .query_map([&index], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if columns.first().and_then(Option::as_deref) == Some("tenant_id") {
            let row = rusqlite::params![table, name, presumption(columns.iter().map(Option::as_deref))];
            let text = "INSERT INTO sqlite_stat1 (tbl, idx, stat) SELECT ?1, ?2, ?3
                WHERE NOT EXISTS (SELECT 1 FROM sqlite_stat1 WHERE tbl = ?1 AND idx = ?2)";
            connection.execute(text, row)?;
        }
    }
    connection.execute_batch("ANALYZE sqlite_schema")
}

/// The script that makes an index together with its presumption, so that no reader plans with one and not the other.
pub fn index_script(name: &str, table: &str, columns: &str) -> String {
    // Expressions hold no commas but those of their own brackets; only the number of columns matters here.
    let names = columns.split(", ").map(|column| Some(column.trim()));
    format!(
        "BEGIN IMMEDIATE; CREATE INDEX IF NOT EXISTS {name} ON {table} ({columns});
         DELETE FROM sqlite_stat1 WHERE idx = '{name}';
         INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('{table}', '{name}', '{}'); COMMIT; ANALYZE sqlite_schema",
        presumption(names)
    )
}

/// The words of `sqlite_stat1`: all rows, then how many share the first column, the first two, and so on.
fn presumption<'a>(columns: impl Iterator<Item = Option<&'a str>>) -> String {
    let mut words = vec![ROWS.to_string()];
    let mut shared = ROWS;
    for column in columns {
        shared = match column {
            Some("tenant_id") => ROWS,
            Some("object_id" | "field_id") => OF_ONE_OBJECT,
            Some("id") => 1,
            _ => shared.min(100).div_ceil(5),
        };
        words.push(shared.to_string());
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_is_no_narrowing_and_an_id_is_one_row() {
        let of = |columns: &[&str]| presumption(columns.iter().map(|column| Some(*column)));
        assert_eq!(of(&["tenant_id", "last_name_key", "id"]), "1000000 1000000 20 1");
        assert_eq!(of(&["tenant_id", "object_id", "(custom ->> 't1k')", "id"]), "1000000 1000000 100000 20 1");
        assert_eq!(of(&["tenant_id", "city_key", "last_name_key", "id"]), "1000000 1000000 20 4 1");
    }
}
