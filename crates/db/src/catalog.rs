//! Which tables there are, as the database itself tells it.

use crate::{Db, Dialect, Statement};
use base::{Caller, Result};

/// A table with rows of tenants.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub name: String,
    /// The database's own word for it, in lower case.
    pub kind: String,
    /// The place in the primary key, counted from 1; 0 where it has none.
    pub key: i64,
}

impl Table {
    /// The primary key's columns, in order.
    pub(crate) fn key(&self) -> Vec<&str> {
        let mut key: Vec<&Column> = self.columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        key.into_iter().map(|column| column.name.as_str()).collect()
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|candidate| candidate.name == column)
    }
}

/// All tables, by name, with their columns in order. What serves an index (full-text search) is not among them.
pub(crate) async fn tables(db: &Db, caller: &Caller) -> Result<Vec<Table>> {
    let text = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name, c.name, lower(c.type), c.pk
             FROM pragma_table_list m JOIN pragma_table_info(m.name) c
             WHERE m.schema = 'main' AND m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
             ORDER BY m.name, c.cid"
        }
        Dialect::Postgres => {
            "SELECT c.relname, a.attname, format_type(a.atttypid, NULL),
                    coalesce(array_position(i.indkey::int2[], a.attnum), -1) + 1
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
             WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
             ORDER BY c.relname COLLATE \"C\", a.attnum"
        }
    };
    let rows = db.reader(caller).once(Statement::new(text, [])).await?;
    let mut tables: Vec<Table> = Vec::new();
    for row in rows.iter() {
        let column = Column { name: row.text(1)?.to_owned(), kind: row.text(2)?.to_owned(), key: row.int(3)? };
        match tables.last_mut() {
            Some(table) if table.name == row.text(0)? => table.columns.push(column),
            _ => tables.push(Table { name: row.text(0)?.to_owned(), columns: vec![column] }),
        }
    }
    Ok(tables)
}
