//! The JSON column `custom` of one row, read without making a tree of it: its members stay as they are written until
//! somebody asks for one.

use base::{Error, Result};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Value as Json, value::RawValue};

/// The members of a document, by their keys. There are few, so that they are looked for one by one.
#[derive(Debug, Default)]
pub struct Document<'t>(Vec<(&'t str, &'t RawValue)>);

impl<'t> Document<'t> {
    /// Of the text that the database keeps. Its keys are slots, which are written without escapes.
    pub fn read(text: &'t str) -> Result<Document<'t>> {
        serde_json::from_str(text).map_err(Error::internal)
    }

    /// How a member is written.
    pub fn raw(&self, key: &str) -> Option<&'t str> {
        self.0.iter().find(|(own, _)| *own == key).map(|(_, value)| value.get())
    }

    /// The member whose key is a slot with an ending.
    pub fn part(&self, slot: &str, ending: &str) -> Option<Json> {
        let is_key = |own: &str| own.strip_prefix(slot) == Some(ending);
        let (_, value) = self.0.iter().find(|(own, _)| is_key(own))?;
        serde_json::from_str(value.get()).ok()
    }
}

impl<'de> Deserialize<'de> for Document<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Document<'de>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Document<'de>, M::Error> {
        let mut members = Vec::with_capacity(24);
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Document(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_as_they_are_written() {
        let document =
            Document::read(r#"{"t1": "Łódź", "t1k":"lodz","m1":1050, "m1c": "EUR", "x2": [1, "a\"b"]}"#).unwrap();
        assert_eq!(document.raw("t1"), Some("\"Łódź\""));
        assert_eq!(document.raw("m1"), Some("1050"));
        assert_eq!(document.raw("t2"), None);
        assert_eq!(document.part("m1", "c"), Some("EUR".into()));
        assert_eq!(document.part("m", "1"), Some(1050.into()));
        assert_eq!(document.part("x2", ""), Some(serde_json::json!([1, "a\"b"])));
        assert!(Document::read("[1]").is_err());
    }
}
