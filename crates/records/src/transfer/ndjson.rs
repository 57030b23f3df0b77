//! NDJSON out: one record a line, as the API shows it.

use crate::{
    field::Field,
    fields::{self, Objects},
    value::Value,
};
use serde_json::Value as Json;

/// Writes records into a buffer that the caller empties as it likes.
#[derive(Debug, Clone, Default)]
pub struct NdjsonWriter {
    out: Vec<u8>,
}

impl NdjsonWriter {
    pub fn new() -> NdjsonWriter {
        NdjsonWriter::default()
    }

    /// One record; what is empty is null.
    pub fn values<'a>(&mut self, record: impl Iterator<Item = (&'a Field, &'a Value)>, objects: &Objects) {
        self.jsons(record.map(|(field, value)| (field.name.as_str(), fields::to_json(field, value, objects))));
    }

    /// One record whose values are JSON already.
    pub fn jsons<'a>(&mut self, record: impl Iterator<Item = (&'a str, Json)>) {
        self.out.push(b'{');
        for (at, (name, json)) in record.enumerate() {
            if at > 0 {
                self.out.push(b',');
            }
            let name = Json::from(name);
            self.out.extend_from_slice(format!("{name}:{json}").as_bytes());
        }
        self.out.extend_from_slice(b"}\n");
    }

    /// How much is waiting to be taken.
    pub fn pending_bytes(&self) -> usize {
        self.out.len()
    }

    /// What has been written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }
}
