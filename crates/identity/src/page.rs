//! One page of a collection: how much, and after what.

use base::{Error, Id, Result, message};
use serde_json::{Value, json};

const USUAL: i64 = 50;
const MOST: i64 = 200;

/// Reads `limit` and `cursor`.
pub(crate) struct Window {
    pub limit: i64,
    pub after: Id,
}

impl Window {
    pub(crate) fn new(limit: Option<i64>, cursor: Option<&str>) -> Result<Window> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Error::field("limit", message!("identity-limit", most = MOST)));
        }
        let wrong = |_| Error::field("cursor", message!("identity-cursor"));
        let after = cursor.map_or(Ok(Id(0)), str::parse).map_err(wrong)?;
        Ok(Window { limit, after })
    }

    /// One more than asked for, which tells whether there is a next page.
    pub(crate) fn rows(&self) -> i64 {
        self.limit + 1
    }

    /// `{"items":[…],"next":…}` from up to [`Window::rows`] items.
    pub(crate) fn page(&self, mut items: Vec<Value>) -> Value {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = match items.last() {
            Some(last) if more => last.get("id").cloned().unwrap_or(Value::Null),
            _ => Value::Null,
        };
        json!({ "items": items, "next": next })
    }
}
