//! Where a list left off: the sort values of its last row, as an opaque text.
//!
//! A cursor is only ever compared with; whoever forges one reads from another place of the same list.

use base::{Error, Id, Result, message};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use db::Cell;
use serde_json::{Value as Json, json};

/// The place after one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The sort values of the row, without the id.
    pub values: Vec<Cell>,
    pub id: Id,
}

/// Longest cursor that is looked at.
const LONGEST: usize = 4_096;

impl Cursor {
    /// `order` names the list's order, so that a cursor of another one is refused.
    pub fn encode(&self, order: &str) -> String {
        let values: Vec<Json> = self.values.iter().map(to_json).collect();
        URL_SAFE_NO_PAD.encode(json!([order, values, self.id.0]).to_string())
    }

    /// # Errors
    /// A field error for `cursor` when the text is not one made for this order.
    pub fn decode(text: &str, order: &str) -> Result<Cursor> {
        decode(text, order).ok_or_else(|| Error::field("cursor", message!("cursor-unusable")))
    }
}

/// The place in a list that is sorted by an instant and the id: `start` where no cursor is given.
///
/// # Errors
/// As of [`Cursor::decode`].
pub fn instant(text: Option<&str>, order: &str, start: (i64, Id)) -> Result<(i64, Id)> {
    let Some(text) = text else { return Ok(start) };
    let Cursor { values, id } = Cursor::decode(text, order)?;
    match values.as_slice() {
        [Cell::Int(at)] => Ok((*at, id)),
        _ => Err(Error::field("cursor", message!("cursor-unusable"))),
    }
}

/// The cursor that [`instant`] reads.
pub fn after_instant((at, id): (i64, Id), order: &str) -> String {
    Cursor { values: vec![Cell::Int(at)], id }.encode(order)
}

fn decode(text: &str, order: &str) -> Option<Cursor> {
    if text.len() > LONGEST {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let json: Json = serde_json::from_slice(&bytes).ok()?;
    let [Json::String(made_for), Json::Array(values), id] = json.as_array()?.as_slice() else { return None };
    let wanted = order.split(',').count().checked_sub(1)?;
    let values: Vec<Cell> = values.iter().map(from_json).collect::<Option<_>>()?;
    (made_for == order && values.len() == wanted).then_some(Cursor { values, id: Id(id.as_i64()?) })
}

fn to_json(cell: &Cell) -> Json {
    match cell {
        Cell::Int(number) => json!(number),
        Cell::Text(text) => json!(text),
        Cell::Null | Cell::Bytes(_) => Json::Null,
    }
}

fn from_json(json: &Json) -> Option<Cell> {
    match json {
        Json::Null => Some(Cell::Null),
        Json::Number(number) => number.as_i64().map(Cell::Int),
        Json::String(text) if !text.contains('\0') => Some(Cell::Text(text.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_reads_back(text in "[^\\x00]{0,20}", number: i64, id in 0..i64::MAX) {
            let cursor = Cursor { values: vec![Cell::Text(text), Cell::Int(number), Cell::Null], id: Id(id) };
            prop_assert_eq!(Cursor::decode(&cursor.encode("a,-b,c,id"), "a,-b,c,id").unwrap(), cursor);
        }

        #[test]
        fn any_other_text_is_refused_and_nothing_breaks(text in "\\PC{0,60}", bytes: Vec<u8>) {
            prop_assert!(Cursor::decode(&text, "id").is_err());
            let encoded = URL_SAFE_NO_PAD.encode(bytes);
            let _ = Cursor::decode(&encoded, "id");
        }
    }

    #[test]
    fn a_cursor_of_another_order_is_refused() {
        let cursor = Cursor { values: vec![Cell::Int(1)], id: Id(1) }.encode("a,id");
        assert!(Cursor::decode(&cursor, "b,id").is_err());
        assert!(Cursor::decode(&cursor, "a,-id").is_err());
    }
}
