//! What all changes have in common: one action, its events, and the answer that names it.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Error, Id, Result};
use db::{Batch, Event};
use serde_json::{Map, Value, json};
use web::Json;

/// A batch under one action id.
pub(crate) struct Change {
    pub action: Id,
    pub batch: Batch,
}

impl Change {
    pub(crate) fn new(action: Id) -> Change {
        Change { action, batch: Batch::new() }
    }

    /// Writes into the log what happened to whom.
    pub(crate) fn log(&mut self, kind: &'static str, record: Id, changes: Value) {
        let changes = changes.to_string();
        let record = Some(record);
        self.batch.log(Event { action: self.action, kind, object: 0, record, changes, also: Vec::new() });
    }

    /// The answer to a change: its value and, in `X-Action`, its number.
    pub(crate) fn answer(&self, status: StatusCode, value: Value) -> Response {
        self.mark((status, Json(value)).into_response())
    }

    pub(crate) fn no_content(&self) -> Response {
        self.mark(StatusCode::NO_CONTENT.into_response())
    }

    fn mark(&self, mut response: Response) -> Response {
        if let Ok(action) = HeaderValue::try_from(self.action.to_string()) {
            response.headers_mut().insert("x-action", action);
        }
        response
    }
}

/// Refuses when the client has asked for a version that is no longer there.
pub(crate) fn check_version(headers: &HeaderMap, version: i64) -> Result<()> {
    let Some(wanted) = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()) else { return Ok(()) };
    let wanted = wanted.trim().trim_matches('"');
    if wanted == "*" || wanted == version.to_string() { Ok(()) } else { Err(Error::Stale) }
}

/// The fields that differ, as `{"name":[old,new]}`.
pub(crate) fn differences(old: &Value, new: &Value) -> Value {
    let mut changes = Map::new();
    for (name, value) in new.as_object().into_iter().flatten() {
        let before = old.get(name).unwrap_or(&Value::Null);
        if before != value {
            changes.insert(name.clone(), json!([before, value]));
        }
    }
    Value::Object(changes)
}

/// Tells `null` from absent: `#[serde(default, deserialize_with = "given")] field: Option<Option<T>>`.
pub(crate) fn given<'de, D, T>(reader: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    <Option<T> as serde::Deserialize>::deserialize(reader).map(Some)
}
