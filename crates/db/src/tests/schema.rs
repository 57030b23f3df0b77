//! The rules of the schema, asked of the databases themselves, and its text for reading.

use super::*;
use crate::catalog::{self, Table};
use std::collections::BTreeMap;

/// Tables that are not a tenant's: the journal, the leases, the list of tenants.
const HOUSE: [&str; 3] = ["migration", "node", "tenant"];
/// Serves an index that only PostgreSQL needs as a table.
const POSTGRES_ONLY: [&str; 1] = ["search_doc"];

async fn ask(db: &Db, text: &str) -> Vec<Vec<String>> {
    let rows = db.reader(&caller(db)).once(Statement::new(text.to_owned(), [])).await.unwrap();
    let word = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Int(number) => number.to_string(),
        _ => String::new(),
    };
    rows.iter().map(|row| row.0.iter().map(word).collect()).collect()
}

async fn tenant_tables(db: &Db) -> Vec<Table> {
    let mut tables = catalog::tables(db, &caller(db)).await.unwrap();
    tables.retain(|table| !HOUSE.contains(&table.name.as_str()));
    tables
}

#[tokio::test]
async fn the_tenant_heads_every_primary_key() {
    for (_scratch, db) in each().await {
        for table in tenant_tables(&db).await {
            assert_eq!(table.key().first(), Some(&"tenant_id"), "{}", table.name);
        }
    }
}

#[tokio::test]
async fn the_tenant_heads_every_index() {
    for (_scratch, db) in each().await {
        let text = match db.dialect() {
            Dialect::Sqlite => {
                "SELECT i.name, c.name FROM sqlite_schema m JOIN pragma_index_list(m.name) i
                 JOIN pragma_index_info(i.name) c ON c.seqno = 0 WHERE m.type = 'table' AND m.name NOT LIKE 'search\\_%' ESCAPE '\\'
                 AND m.name NOT IN ('migration', 'node', 'tenant')"
            }
            Dialect::Postgres => {
                "SELECT x.relname::text, a.attname::text FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
                 JOIN pg_class t ON t.oid = i.indrelid JOIN pg_am m ON m.oid = x.relam
                 LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
                 WHERE t.relnamespace = current_schema()::regnamespace AND m.amname = 'btree'
                 AND t.relname NOT IN ('migration', 'node', 'tenant')"
            }
        };
        let indexes = ask(&db, text).await;
        assert!(indexes.len() > 10, "the question finds indexes at all");
        for index in indexes {
            assert_eq!(index[1], "tenant_id", "{index:?}");
        }
    }
}

#[tokio::test]
async fn references_stay_within_the_tenant_and_are_checked_at_once() {
    for (_scratch, db) in each().await {
        let text = match db.dialect() {
            Dialect::Sqlite => {
                "SELECT m.name, f.\"from\", f.\"to\", instr(upper(m.sql), 'DEFERR') FROM sqlite_schema m
                 JOIN pragma_foreign_key_list(m.name) f ON f.seq = 0 WHERE m.type = 'table'"
            }
            Dialect::Postgres => {
                "SELECT c.conname::text, a.attname::text, b.attname::text, c.condeferrable::int FROM pg_constraint c
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                 JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] WHERE c.contype = 'f'"
            }
        };
        let references = ask(&db, text).await;
        assert!(!references.is_empty(), "the question finds references at all");
        for reference in references {
            assert_eq!(reference[1..], ["tenant_id", "tenant_id", "0"], "{reference:?}");
        }
    }
}

#[tokio::test]
async fn row_level_security_is_forced_and_binds_the_role_that_works() {
    let scratch = Scratch::postgres().await;
    let db = scratch.open(options()).await.unwrap();
    let text = "SELECT c.relname::text, (c.relrowsecurity AND c.relforcerowsecurity)::int,
            string_agg(pg_get_expr(p.polqual, p.polrelid), ' OR '), pg_has_role('rapport_app', c.relowner, 'MEMBER')::int
        FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid AND (p.polroles = '{0}' OR 'rapport_app'::regrole = ANY (p.polroles))
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace GROUP BY c.oid, c.relname";
    let guarded: BTreeMap<String, Vec<String>> =
        ask(&db, text).await.into_iter().map(|row| (row[0].clone(), row[1..].to_vec())).collect();
    let policy = "(tenant_id = (current_setting('rapport.tenant'::text))::bigint)";
    for table in tenant_tables(&db).await {
        assert_eq!(guarded[&table.name], ["1", policy, "0"], "{}", table.name);
    }
    let role = ask(
        &db,
        "SELECT current_user::text, (SELECT (rolsuper OR rolbypassrls)::int FROM pg_roles
        WHERE rolname = current_user)",
    )
    .await;
    assert_eq!(role, [["rapport_app", "0"]]);
}

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let mut schemas = Vec::new();
    for (_scratch, db) in each().await {
        let kind = |kind: &str| match kind {
            "jsonb" => "text".to_owned(),
            "bytea" => "blob".to_owned(),
            other => other.to_owned(),
        };
        let columns = |table: &Table| -> Vec<(String, String)> {
            table.columns.iter().map(|column| (column.name.clone(), kind(&column.kind))).collect()
        };
        let mut tables = catalog::tables(&db, &caller(&db)).await.unwrap();
        tables.retain(|table| !POSTGRES_ONLY.contains(&table.name.as_str()));
        schemas.push(tables.iter().map(|t| (t.name.clone(), columns(t))).collect::<BTreeMap<_, _>>());
    }
    assert_eq!(schemas[0], schemas[1]);
}

/// The whole schema as text, one database's own words.
async fn dump(db: &Db) -> String {
    let text = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT m.sql || ';' FROM sqlite_schema m LEFT JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main'
             WHERE m.sql IS NOT NULL AND coalesce(l.type, '') <> 'shadow' AND m.name NOT LIKE 'sqlite_%'
             ORDER BY m.tbl_name, m.type DESC, m.name"
        }
        Dialect::Postgres => POSTGRES_DUMP,
    };
    let head = "-- The schema after all migrations, for reading. Written by a test: RAPPORT_REGENERATE=1 cargo test -p db schema\n";
    let parts: Vec<String> = ask(db, text).await.into_iter().map(|row| row[0].clone()).collect();
    format!("{head}\n{}\n", parts.join("\n\n"))
}

const POSTGRES_DUMP: &str = "
WITH tables AS (
    SELECT oid, relname::text AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
), parts AS (
    SELECT name, 1 AS part, '' AS sub, 'CREATE TABLE ' || name || E' (\\n' || string_agg(
        '    ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation
                THEN ' COLLATE \"' || (SELECT collname FROM pg_collation WHERE oid = a.attcollation) || '\"' ELSE '' END
            || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, E',\\n' ORDER BY a.attnum) || E'\\n);' AS words
    FROM tables JOIN pg_attribute a ON a.attrelid = tables.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid GROUP BY name
    UNION ALL
    SELECT name, 2, c.conname, 'ALTER TABLE ' || name || ' ADD CONSTRAINT ' || c.conname || ' ' || pg_get_constraintdef(c.oid) || ';'
    FROM tables JOIN pg_constraint c ON c.conrelid = tables.oid
    UNION ALL
    SELECT name, 3, x.relname, replace(pg_get_indexdef(i.indexrelid), current_schema() || '.', '') || ';'
    FROM tables JOIN pg_index i ON i.indrelid = tables.oid JOIN pg_class x ON x.oid = i.indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.conrelid = tables.oid)
    UNION ALL
    SELECT name, 4, p.polname, 'CREATE POLICY ' || p.polname || ' ON ' || name || CASE WHEN p.polroles <> '{0}' THEN ' TO ' || (SELECT string_agg(rolname, ', ') FROM pg_roles WHERE oid = ANY (p.polroles))
        ELSE '' END || ' USING ' || pg_get_expr(p.polqual, p.polrelid) || ';'
    FROM tables JOIN pg_policy p ON p.polrelid = tables.oid
)
SELECT string_agg(words, E'\\n' ORDER BY part, sub COLLATE \"C\") FROM parts GROUP BY name ORDER BY name COLLATE \"C\"";

#[tokio::test]
async fn the_schema_for_reading_is_up_to_date() {
    for (_scratch, db) in each().await {
        let name = match db.dialect() {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgres",
        };
        let path = format!("{}/../../migrations/schema.{name}.sql", std::env::var("CARGO_MANIFEST_DIR").unwrap());
        let found = dump(&db).await;
        if std::env::var_os("RAPPORT_REGENERATE").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == found,
            "migrations/schema.{name}.sql is stale: RAPPORT_REGENERATE=1 cargo test -p db schema"
        );
    }
}
