//! What a kind of field must be able to do. One file per kind; this is the only list of them.

use crate::{
    field::{Field, Kind, Refused},
    value::Value,
};
use serde_json::Value as Json;

/// What reading a value may depend on, besides the field itself.
#[derive(Debug, Clone)]
pub struct Reading {
    /// ISO 3166 alpha-2: how a phone number without a country code is read.
    pub country: String,
    /// ISO 4217: the currency of an amount given without one.
    pub currency: String,
    /// jiff time zone name: how an instant without an offset is read.
    pub zone: jiff::tz::TimeZone,
    /// strftime pattern of dates in a file; ISO when absent.
    pub dates: Option<String>,
}

/// The abilities of one kind. All functions are pure; single values only: what holds many is unrolled by the caller.
pub trait FieldKind: Sync {
    /// As written in the API: `long_text`.
    fn name(&self) -> &'static str;

    /// Reads a value from JSON, normalises and checks it against the field's bounds. Never called with null.
    fn from_json(&self, field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused>;

    /// Reads a value from a cell of a file or a text in a filter. Never called with an empty text.
    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        self.from_json(field, &Json::String(text.to_owned()), reading)
    }

    /// As answered by the API. Never called with `Empty`.
    fn to_json(&self, field: &Field, value: &Value) -> Json;

    /// As written into a CSV cell; reads back with [`FieldKind::from_text`]. Never called with `Empty`.
    fn to_text(&self, field: &Field, value: &Value) -> String;

    /// The JSON schema (2020-12) of a value, for OpenAPI.
    fn schema(&self, field: &Field) -> Json;

    /// What a caller sees of a masked value: enough to recognise, too little to use.
    fn masked(&self, field: &Field, value: &Value) -> String {
        let text = self.to_text(field, value);
        let mut shown: String = text.chars().take(1).collect();
        shown.push_str("•••");
        shown
    }
}

/// The abilities of a kind.
pub fn kind(_kind: Kind) -> &'static dyn FieldKind {
    unimplemented!()
}
