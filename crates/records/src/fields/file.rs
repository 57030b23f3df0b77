//! Files: a value is the id of one that was sent before; it is shown with what the file is.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::{File, Value},
};
use base::{Id, message};
use serde_json::{Value as Json, json};

/// `file`, or `picture`. Whether there is such a file, and a picture where one is wanted, is decided with the record.
pub(super) struct FileKind(pub &'static str);

impl FieldKind for FileKind {
    fn name(&self) -> &'static str {
        self.0
    }

    /// The id, also as it is written into files: `umowa.pdf (06CQ…)`.
    fn from_text(&self, _field: &Field, text: &str, _reading: &Reading) -> Result<Value, Refused> {
        let text = texts::trim(text);
        let inside = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')).map(|(_, id)| id);
        let id: Result<Id, _> = inside.unwrap_or(text).parse();
        let id = id.map_err(|_| message!("field-not-a-file"))?;
        Ok(Value::File(Box::new(File { id: id.0, ..File::default() })))
    }

    /// The id, or the object that the API shows; only the id of that counts.
    fn from_json(&self, field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
        let id = json.get("id").unwrap_or(json).as_str().ok_or_else(|| message!("field-not-a-file"))?;
        self.from_text(field, id, reading)
    }

    fn to_json(&self, _field: &Field, value: &Value, _objects: &Objects) -> Json {
        value.file().map_or(Json::Null, shown)
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.file().map(|file| format!("{} ({})", file.name, Id(file.id))).unwrap_or_default()
    }

    fn schema(&self, _field: &Field) -> Json {
        let mut schema = schema();
        schema["description"] = json!("Written as the id of a file that was sent, or as an object with it");
        schema
    }

    fn masked(&self, _field: &Field, _value: &Value) -> String {
        "•••".to_owned()
    }
}

/// A file as the API shows it.
pub fn shown(file: &File) -> Json {
    json!({
        "id": Id(file.id),
        "name": file.name,
        "type": file.kind,
        "size": file.size_bytes,
        "sha256": file.sha256,
        "width": file.width,
        "height": file.height,
    })
}

/// The schema of what [`shown`] shows.
pub fn schema() -> Json {
    json!({
        "type": "object",
        "properties": {
            "id": {"type": "string"}, "name": {"type": "string"}, "type": {"type": "string"},
            "size": {"type": "integer", "description": "Bytes"}, "sha256": {"type": "string"},
            "width": {"type": ["integer", "null"]}, "height": {"type": ["integer", "null"]}
        },
        "required": ["id"]
    })
}
