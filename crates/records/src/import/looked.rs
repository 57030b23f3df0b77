//! A look back at the end of an import: some rows, spread evenly over the file, are read again and held against the
//! records that came of them, as whoever imports sees these.

use super::{
    RawRow,
    slices::{Pieces, Slice},
    written::Written,
};
use crate::{
    catalog::Records,
    transfer::{Header, Rows, Start},
};
use base::{Caller, Id, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Most rows that are looked at; at least half as many where the file has them.
const MOST: usize = 128;

/// Differences that are listed.
const LISTED: usize = 20;

/// The rows that are looked at again, chosen while they go by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Each so many rows one; a power of two.
    stride: u64,
    rows: Vec<Row>,
}

/// One of them, and the record that came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    #[serde(rename = "n")]
    number: u64,
    /// Where it begins, and the number of the row before it.
    #[serde(rename = "o")]
    offset: u64,
    #[serde(rename = "b")]
    before: u64,
    #[serde(rename = "i")]
    id: Id,
    #[serde(rename = "f")]
    is_new: bool,
}

/// A row of a slice with its record, and whether it has made it.
pub(super) type Came = (usize, Id, bool);

impl Chosen {
    /// With the rows of a slice. A later row of the same record takes the place of an earlier one, whose values it may
    /// have written over.
    pub fn with(&self, slice: &Slice, came: &[Came]) -> Chosen {
        let mut chosen = self.clone();
        chosen.stride = chosen.stride.max(1);
        for (at, id, is_new) in came {
            let (Some(row), Some(start)) = (slice.rows.get(*at), slice.starts.get(*at)) else { continue };
            let fresh = Row { number: row.number, offset: start.offset, before: start.row, id: *id, is_new: *is_new };
            match chosen.rows.iter_mut().find(|known| known.id == *id) {
                Some(known) => *known = fresh,
                None if row.number % chosen.stride == 0 => chosen.rows.push(fresh),
                None => {}
            }
            if chosen.rows.len() > MOST {
                chosen.stride *= 2;
                let stride = chosen.stride;
                chosen.rows.retain(|row| row.number % stride == 0);
            }
        }
        chosen
    }

    /// The rows as the file has them.
    pub(super) async fn read(
        &self,
        records: &Records,
        caller: &Caller,
        import: Id,
        written: &Written,
        header: &Header,
    ) -> Result<Vec<Again>> {
        let mut again = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let start = Start { offset: row.offset, row: row.before };
            let mut pieces = Pieces::from(records, caller, import, row.offset).await?;
            let mut rows = Rows::new(written.format()?, start);
            let mut has_ended = false;
            'row: loop {
                while let Some(read) = rows.next() {
                    if read.number == row.number {
                        let cells = read.cells.ok().filter(|cells| header.check(cells).is_ok());
                        let cells = cells.map(|cells| cells.iter().map(str::to_owned).collect());
                        let raw = cells.map(|cells| RawRow { number: row.number, cells });
                        again.extend(raw.map(|raw| Again { row: raw, id: row.id, is_new: row.is_new }));
                        break 'row;
                    }
                }
                match pieces.next().await? {
                    Some(piece) => rows.feed(&piece),
                    None if has_ended => break,
                    None => {
                        rows.finish();
                        has_ended = true;
                    }
                }
            }
        }
        Ok(again)
    }
}

/// A row that was read again.
#[derive(Debug, Clone)]
pub struct Again {
    pub row: RawRow,
    pub id: Id,
    /// It has made the record: what it does not say is not empty there.
    pub is_new: bool,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Rows that were read again.
    pub looked_at: u64,
    /// Of these, those whose record is there.
    pub found: u64,
    /// Values that were compared.
    pub values: u64,
    /// Of these, those that differ.
    pub differing: u64,
    /// The first of them.
    pub differences: Vec<Difference>,
}

/// A value that is not what the file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub row: u64,
    pub record: Id,
    pub field: String,
    /// As it would stand in a file.
    pub file: String,
    pub stored: String,
}

impl Verified {
    /// One value, and how it differs, if it does.
    pub fn compare(&mut self, difference: Option<Difference>) {
        self.values += 1;
        if let Some(difference) = difference {
            self.differing += 1;
            if self.differences.len() < LISTED {
                self.differences.push(difference);
            }
        }
    }

    pub fn to_json(&self) -> Json {
        serde_json::to_value(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_chosen_evenly_and_the_last_of_a_record_counts() {
        let slice = |from: u64| {
            let rows: Vec<RawRow> = (from..from + 500).map(|number| RawRow { number, cells: Vec::new() }).collect();
            let starts = rows.iter().map(|row| Start { offset: row.number * 10, row: row.number - 1 }).collect();
            let mut slice = Slice::default();
            (slice.rows, slice.starts) = (rows, starts);
            slice
        };
        let mut chosen = Chosen::default();
        for n in 0..40 {
            let slice = slice(2 + n * 500);
            let came: Vec<Came> =
                (0..500).map(|at| (at, Id(i64::try_from(n * 500).unwrap() + at as i64), true)).collect();
            chosen = chosen.with(&slice, &came);
        }
        assert!((MOST / 2..=MOST).contains(&chosen.rows.len()), "{}", chosen.rows.len());
        let gaps: Vec<u64> = chosen.rows.windows(2).map(|pair| pair[1].number - pair[0].number).collect();
        assert!(gaps.iter().all(|gap| *gap == chosen.stride), "{gaps:?}");
        let first = chosen.rows[0];
        let again = chosen.with(&slice(50_001), &[(6, first.id, false)]);
        assert_eq!((again.rows[0].number, again.rows[0].is_new, again.rows.len()), (50_007, false, chosen.rows.len()));
    }
}
