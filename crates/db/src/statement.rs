//! What goes to a database and what comes back.

use base::{Error, Id, Result, Timestamp};
use std::sync::Arc;

/// One value, going in or coming out. There are no floats: decimals are whole units.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Cell {
    #[default]
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// The words of a statement.
#[derive(Debug, Clone)]
pub enum Text {
    Static(&'static str),
    /// Made once from metadata and used for many rows: drivers keep it prepared.
    Shared(Arc<str>),
    /// Made for one request (a filter): drivers do not keep it.
    Once(String),
}

/// SQL with its arguments `?1, ?2, …` in order.
#[derive(Debug, Clone)]
pub struct Statement {
    pub text: Text,
    pub args: Vec<Cell>,
}

impl Statement {
    pub fn new(text: impl Into<Text>, args: impl IntoIterator<Item = Cell>) -> Statement {
        Statement { text: text.into(), args: args.into_iter().collect() }
    }
}

impl Text {
    pub fn as_str(&self) -> &str {
        match self {
            Text::Static(text) => text,
            Text::Shared(text) => text,
            Text::Once(text) => text,
        }
    }
}

/// A page of rows in one piece: `cells` holds `width` cells a row.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    pub width: usize,
    pub cells: Vec<Cell>,
}

/// One row of [`Rows`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a>(pub &'a [Cell]);

impl Rows {
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.cells.chunks_exact(self.width.max(1)).map(Row)
    }

    pub fn first(&self) -> Option<Row<'_>> {
        self.iter().next()
    }
}

/// A row does not look as its statement promised: a bug, never the caller's fault.
fn misread(column: usize, wanted: &str) -> Error {
    Error::internal(format!("column {column} is not {wanted}"))
}

impl<'a> Row<'a> {
    pub fn cell(&self, column: usize) -> &'a Cell {
        const NULL: &Cell = &Cell::Null;
        self.0.get(column).unwrap_or(NULL)
    }

    pub fn int(&self, column: usize) -> Result<i64> {
        self.opt_int(column)?.ok_or_else(|| misread(column, "a number"))
    }

    pub fn opt_int(&self, column: usize) -> Result<Option<i64>> {
        match self.cell(column) {
            Cell::Null => Ok(None),
            Cell::Int(number) => Ok(Some(*number)),
            _ => Err(misread(column, "a number")),
        }
    }

    pub fn text(&self, column: usize) -> Result<&'a str> {
        self.opt_text(column)?.ok_or_else(|| misread(column, "a text"))
    }

    pub fn opt_text(&self, column: usize) -> Result<Option<&'a str>> {
        match self.cell(column) {
            Cell::Null => Ok(None),
            Cell::Text(text) => Ok(Some(text)),
            _ => Err(misread(column, "a text")),
        }
    }

    pub fn bytes(&self, column: usize) -> Result<&'a [u8]> {
        match self.cell(column) {
            Cell::Bytes(bytes) => Ok(bytes),
            _ => Err(misread(column, "bytes")),
        }
    }

    pub fn id(&self, column: usize) -> Result<Id> {
        self.int(column).map(Id)
    }

    pub fn opt_id(&self, column: usize) -> Result<Option<Id>> {
        Ok(self.opt_int(column)?.map(Id))
    }

    pub fn time(&self, column: usize) -> Result<Timestamp> {
        self.int(column).map(Timestamp)
    }

    pub fn flag(&self, column: usize) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }
}

macro_rules! cell_from {
    ($($type:ty => $value:ident $cell:expr),* $(,)?) => {
        $(impl From<$type> for Cell {
            fn from($value: $type) -> Cell {
                $cell
            }
        })*
    };
}

cell_from! {
    i64 => v Cell::Int(v),
    bool => v Cell::Int(i64::from(v)),
    Id => v Cell::Int(v.0),
    Timestamp => v Cell::Int(v.0),
    base::TenantId => v Cell::Int(v.0),
    String => v Cell::Text(v),
    &str => v Cell::Text(v.to_owned()),
    Vec<u8> => v Cell::Bytes(v),
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, Into::into)
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Text {
        Text::Static(text)
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Text {
        Text::Shared(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::Once(text)
    }
}
