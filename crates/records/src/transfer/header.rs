//! The first row of a file: the names of its columns.

use super::rows::{Cells, Row};
use base::{Message, message};
use std::collections::HashMap;

/// What an error file adds behind the columns of the file that it is about.
pub(super) const REMARKS: [&str; 3] = ["row", "field", "error"];

/// The names of the columns, all different and none empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    names: Vec<String>,
    /// Columns with those that an error file has added.
    width: usize,
}

impl Header {
    /// From the first row, if there is one. Spreadsheets leave empty columns at the right: these are dropped. So are
    /// the remarks of an error file, which comes back mended.
    pub fn read(row: Option<Row<'_>>) -> Result<Header, Message> {
        let row = row.ok_or_else(|| message!("file-empty"))?;
        let mut names: Vec<String> = row.cells?.iter().map(|name| name.trim().to_owned()).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        if names.is_empty() {
            return Err(message!("file-empty"));
        }
        let mut places = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            if name.is_empty() {
                return Err(message!("file-column-without-name", column = at + 1));
            }
            if let Some(first) = places.insert(name, at) {
                return Err(message!("file-column-twice", name = name, first = first + 1, second = at + 1));
            }
        }
        let width = names.len();
        if width > REMARKS.len() && names.ends_with(&REMARKS.map(str::to_owned)) {
            names.truncate(width - REMARKS.len());
        }
        Ok(Header { names, width })
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of the column of that exact name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// Refuses a row with something in a cell that no column has: its cells have slipped.
    pub fn check(&self, cells: &Cells<'_>) -> Result<(), Message> {
        let beyond = (self.width..cells.columns()).any(|at| cells.get(at).is_some_and(|cell| !cell.trim().is_empty()));
        if beyond {
            return Err(message!("file-row-too-wide", cells = cells.columns(), columns = self.width));
        }
        Ok(())
    }
}
