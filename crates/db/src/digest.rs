//! A fingerprint of what a tenant's data says, whatever the ids, the instants and the database.
//!
//! Ids are replaced by what they stand for: a row's colour is the hash of its other columns, and in each round it
//! takes in the colours of the rows it refers to. Two runs, or two databases, that hold the same data are equal.

mod canonical;

use crate::{
    Cell, Db, Reader, Rows, Statement,
    catalog::{self, Table},
};
use base::{Caller, Result};
use canonical::{Colours, Hash, Key, Treatment};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// How far a difference travels along references: line → order → contact → company.
const ROUNDS: usize = 3;
const PAGE: i64 = 5_000;

/// Tables whose rows say nothing about the tenant's data.
const LEFT_OUT: [&str; 6] = ["migration", "node", "reaction_cursor", "session", "stamp", "tenant"];

/// The index of words follows from the records, and is made differently by each database.
fn is_left_out(table: &str) -> bool {
    LEFT_OUT.contains(&table) || table.starts_with("search_")
}

/// What the tables hold. Shows itself as one line a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateDigest {
    pub tables: BTreeMap<String, TableDigest>,
}

/// What one table holds: the same rows in any order give the same hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TableDigest {
    pub rows: u64,
    pub hash: u128,
}

impl StateDigest {
    /// One number for all of it.
    pub fn hash(&self) -> u128 {
        let mut hash = Hash::new("state");
        for (name, table) in &self.tables {
            hash.text(name);
            hash.number(table.hash);
        }
        hash.finish()
    }

    /// The tables in which two states differ, with both sides.
    pub fn differences(&self, other: &StateDigest) -> Vec<String> {
        let names: std::collections::BTreeSet<&String> = self.tables.keys().chain(other.tables.keys()).collect();
        let side = |digest: &StateDigest, name: &str| {
            digest.tables.get(name).map_or("absent".to_owned(), |table| table.to_string())
        };
        let differs = |name: &&String| self.tables.get(*name) != other.tables.get(*name);
        let line = |name: &String| format!("{name}: {} / {}", side(self, name), side(other, name));
        names.into_iter().filter(differs).map(line).collect()
    }
}

impl fmt::Display for TableDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows {:032x}", self.rows, self.hash)
    }
}

impl fmt::Display for StateDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, table) in &self.tables {
            writeln!(f, "{name}: {table}")?;
        }
        write!(f, "{:032x}", self.hash())
    }
}

impl Db {
    /// The fingerprint of the caller's tenant. Reads everything four times: for tests and for moving data.
    pub async fn digest(&self, caller: &Caller) -> Result<StateDigest> {
        let mut tables = catalog::tables(self, caller).await?;
        tables.retain(|table| table.has("tenant_id") && !is_left_out(&table.name));
        let mut pass = Pass { reader: self.reader(caller), tenant: caller.tenant.into(), colours: Colours::new() };
        for _ in 0..ROUNDS {
            let mut next = Colours::new();
            for table in tables.iter().filter(|table| canonical::names_rows(table)) {
                pass.each_row(table, |key, colour| {
                    if let Some(key) = key {
                        let sum: &mut u128 = next.entry(key).or_default();
                        *sum = sum.wrapping_add(colour);
                    }
                })
                .await?;
            }
            pass.colours = next;
        }
        let mut digests = BTreeMap::new();
        for table in &tables {
            let mut digest = TableDigest::default();
            pass.each_row(table, |_, colour| {
                digest.rows += 1;
                digest.hash = digest.hash.wrapping_add(colour);
            })
            .await?;
            digests.insert(table.name.clone(), digest);
        }
        Ok(StateDigest { tables: digests })
    }
}

/// One reading of the tables, with what is known about the ids so far.
struct Pass {
    reader: Reader,
    tenant: Cell,
    colours: Colours,
}

impl Pass {
    /// Calls `row` with the key that a row gives others to refer to, and with its colour.
    async fn each_row(&mut self, table: &Table, mut row: impl FnMut(Option<Key>, u128)) -> Result<()> {
        let treatments: Vec<Treatment> = canonical::treatments(table);
        let key: Vec<&str> = table.key().into_iter().filter(|column| *column != "tenant_id").collect();
        let places: Vec<usize> = key.iter().filter_map(|k| table.columns.iter().position(|c| c.name == *k)).collect();
        let mut last: Option<Vec<Cell>> = None;
        loop {
            let page = self.page(table, &key, last.take()).await?;
            for cells in page.iter() {
                row(canonical::own_key(table, cells), canonical::colour(table, &treatments, cells, &self.colours));
            }
            let end = page.cells.len().saturating_sub(page.width);
            if key.is_empty() || page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
                return Ok(());
            }
            last = Some(places.iter().map(|place| page.cells[end + place].clone()).collect());
        }
    }

    async fn page(&mut self, table: &Table, key: &[&str], after: Option<Vec<Cell>>) -> Result<Rows> {
        let columns: Vec<String> = table.columns.iter().map(canonical::readable).collect();
        let mut text = format!("SELECT {} FROM {} WHERE tenant_id = ?1", columns.join(", "), table.name);
        let mut args = vec![self.tenant.clone()];
        if let Some(after) = after {
            let marks: Vec<String> = (2..2 + after.len()).map(|number| format!("?{number}")).collect();
            text += &format!(" AND ({}) > ({})", key.join(", "), marks.join(", "));
            args.extend(after);
        }
        if !key.is_empty() {
            text += &format!(" ORDER BY {} LIMIT {PAGE}", key.join(", "));
        }
        self.reader.rows(Statement::new(Arc::<str>::from(text), args)).await
    }
}
