//! What an import took over, column by column, so that whoever moves in from elsewhere can see that nothing is missing.

use super::{Planner, RawRow};
use crate::transfer::Header;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The columns of a file in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled(Vec<Column>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Column {
    column: String,
    /// The field that it fills; none where the column was not taken over.
    field: Option<String>,
    /// Cells with anything in them, of the rows that did not fail.
    cells: u64,
    /// Of these, those that were left because they make no sense here.
    #[serde(default, skip_serializing_if = "is_none")]
    left: u64,
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

impl Filled {
    /// The columns of a file with what is known of an import that goes on.
    pub fn begin(known: &Filled, header: &Header, planner: &dyn Planner) -> Filled {
        let Some(fields) = planner.fields() else { return Filled::default() };
        if known.0.len() == header.names().len() {
            return known.clone();
        }
        let field = |at: usize| fields.iter().find(|(place, _)| *place == at).map(|(_, field)| field.clone());
        let column =
            |(at, name): (usize, &String)| Column { column: name.clone(), field: field(at), cells: 0, left: 0 };
        Filled(header.names().iter().enumerate().map(column).collect())
    }

    /// With the cells of rows, and those that were left, by their columns.
    pub fn with<'a>(&self, rows: impl Iterator<Item = &'a RawRow>, left: &[usize]) -> Filled {
        let mut filled = self.clone();
        for row in rows {
            for (column, cell) in filled.0.iter_mut().zip(&row.cells) {
                column.cells += u64::from(!cell.trim().is_empty());
            }
        }
        for at in left {
            if let Some(column) = filled.0.get_mut(*at) {
                column.left += 1;
            }
        }
        filled
    }

    pub fn to_json(&self) -> Json {
        serde_json::to_value(self).unwrap_or_default()
    }
}
