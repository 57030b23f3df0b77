//! What becomes of the rows of a slice: the seam between files and records, with one planner for plain objects and
//! one for ledgers.

use super::looked::{Again, Verified};
use crate::store::{Change, Work};
use base::{FieldError, Id, Result};
use db::Reader;
use futures_util::future::BoxFuture;
use std::collections::HashSet;

/// A row that could be read.
#[derive(Debug, Clone)]
pub struct RawRow {
    /// Counted from 1, the header's.
    pub number: u64,
    pub cells: Vec<String>,
}

impl RawRow {
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }
}

/// How a row ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Created,
    Updated,
    /// It is there already, as it should be.
    Skipped,
    Failed(Vec<FieldError>),
}

/// A change, and the rows (by their place in the slice) that it comes from: they fail with it.
#[derive(Debug, Clone)]
pub struct Planned {
    pub change: Change,
    pub rows: Vec<usize>,
}

/// What a slice does.
#[derive(Debug, Default)]
pub struct Plan {
    /// In the order of writing: what is referred to comes first. No record twice.
    pub changes: Vec<Planned>,
    /// One for each row.
    pub outcomes: Vec<Outcome>,
    /// The records among the changes that are not those of the rows, and that are counted by themselves.
    pub also: HashSet<Id>,
    /// Those of them that a dry run has counted with an earlier slice.
    pub counted: HashSet<Id>,
    /// Columns of the file of which a cell makes no sense and is left, one for each cell.
    pub left: Vec<usize>,
    /// What a dry run would make beside for records that it only imagines: one object for each.
    pub imagined: Vec<i64>,
}

/// Turns rows into changes. Rows whose place is in `dropped` have failed already and are left out.
pub trait Planner: Send + Sync {
    fn plan<'a>(
        &'a self,
        work: &'a Work<'a>,
        reader: &'a mut Reader,
        rows: &'a [RawRow],
        dropped: &'a [bool],
    ) -> BoxFuture<'a, Result<Plan>>;

    /// Rows of the same record become one change; otherwise they must not stand in one slice.
    fn merges_rows(&self) -> bool {
        false
    }

    /// Which column fills which field, where that can be said.
    fn fields(&self) -> Option<Vec<(usize, String)>> {
        None
    }

    /// Holds rows that were read again against the records that came of them; nothing where that makes no sense.
    fn verify<'a>(
        &'a self,
        _work: &'a Work<'a>,
        _reader: &'a mut Reader,
        _again: &'a [Again],
    ) -> BoxFuture<'a, Result<Option<Verified>>> {
        Box::pin(async { Ok(None) })
    }

    /// What a row may make on the way: rows with the same may stand in one slice, but not in slices that are worked on
    /// at the same time.
    fn made_keys(&self, _row: &RawRow) -> Vec<String> {
        Vec::new()
    }

    /// What a row is known by; two rows with the same must not be in slices that are worked on at the same time.
    fn keys(&self, row: &RawRow) -> Vec<String>;
}
