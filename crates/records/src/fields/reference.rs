//! References to records: relations to one or many, users, teams. A reference is an id; where the field leads to any object it is
//! `{"object", "id"}`, in texts `object:id`; where the field keeps roles, `{"id", "role"}`, in texts `id role`.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Kind, Refused},
    value::{Link, Value},
};
use base::{Id, message};
use serde_json::{Map, Value as Json, json};

/// Characters of a role.
const LONGEST_ROLE: usize = 100;

/// A kind that refers to records, by its name: they differ in where they lead, which the field says.
pub(super) struct Reference(pub(super) &'static str);

impl FieldKind for Reference {
    fn name(&self) -> &'static str {
        self.0
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::trim(text);
        let (place, role) = match text.split_once(char::is_whitespace) {
            Some((place, role)) => (place, Some(role)),
            None => (text, None),
        };
        let (object, id) = match place.split_once(':') {
            Some((object, id)) => (Some(object), id),
            None => (None, place),
        };
        link(field, object, id, role, reading)
    }

    fn from_json(&self, field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
        let parts = match json {
            Json::String(text) => return self.from_text(field, text, reading),
            Json::Object(parts) => parts,
            _ => return Err(message!("field-not-an-id", found = texts::quote(&json.to_string()))),
        };
        let part = |name: &str| match parts.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.as_str())),
            Some(other) => Err(message!("field-not-an-id", found = texts::quote(&other.to_string()))),
        };
        if let Some(other) = parts.keys().find(|key| !matches!(key.as_str(), "object" | "id" | "role")) {
            return Err(message!("field-unknown-part", part = texts::quote(other)));
        }
        let id = part("id")?.ok_or_else(|| message!("field-link-without-id"))?;
        link(field, part("object")?, id, part("role")?, reading)
    }

    fn to_json(&self, field: &Field, value: &Value, objects: &Objects) -> Json {
        let Some(link) = value.link() else { return Json::Null };
        if target(field).is_some() && !keeps_roles(field) {
            return json!(link.id);
        }
        let mut parts = Map::new();
        if target(field).is_none() {
            parts.insert("object".to_owned(), json!(objects.name(link.object)));
        }
        parts.insert("id".to_owned(), json!(link.id));
        if keeps_roles(field) {
            parts.insert("role".to_owned(), json!(link.role));
        }
        Json::Object(parts)
    }

    fn to_text(&self, field: &Field, value: &Value, objects: &Objects) -> String {
        let Some(link) = value.link() else { return String::new() };
        let mut text = String::new();
        if target(field).is_none() {
            text.push_str(objects.name(link.object).unwrap_or(""));
            text.push(':');
        }
        text.push_str(&link.id.to_string());
        if let Some(role) = &link.role {
            text.push(' ');
            text.push_str(role);
        }
        text
    }

    fn schema(&self, field: &Field) -> Json {
        let id = json!({ "type": "string", "minLength": 13, "maxLength": 13, "description": "id of a record" });
        if target(field).is_some() && !keeps_roles(field) {
            return id;
        }
        let mut parts = Map::new();
        let mut required = vec!["id"];
        if target(field).is_none() {
            parts.insert("object".to_owned(), json!({ "type": "string", "examples": ["contacts"] }));
            required.push("object");
        }
        parts.insert("id".to_owned(), id);
        if keeps_roles(field) {
            parts.insert("role".to_owned(), json!({ "type": ["string", "null"], "maxLength": LONGEST_ROLE }));
        }
        json!({ "type": "object", "properties": parts, "required": required, "additionalProperties": false })
    }

    /// Of a reference a masked reader learns only that there is one.
    fn masked(&self, _field: &Field, _value: &Value) -> String {
        "•••".to_owned()
    }
}

/// The name of the object that a field leads to; `None` where it may be any.
fn target(field: &Field) -> Option<&str> {
    match field.kind {
        Kind::User => Some("users"),
        Kind::Team => Some("teams"),
        _ => field.target.as_ref()?.object.as_deref(),
    }
}

fn keeps_roles(field: &Field) -> bool {
    field.target.as_ref().is_some_and(|target| target.roles)
}

fn link(
    field: &Field,
    object: Option<&str>,
    id: &str,
    role: Option<&str>,
    reading: &Reading,
) -> Result<Value, Refused> {
    let name = match (target(field), object) {
        (Some(target), Some(given)) if target != given => {
            return Err(message!("field-wrong-object", found = texts::quote(given), object = target));
        }
        (Some(name), _) | (None, Some(name)) => name,
        (None, None) => return Err(message!("field-link-without-object")),
    };
    let unknown = || message!("field-unknown-object", found = texts::quote(name));
    let object = reading.objects.id(name).ok_or_else(unknown)?;
    let id: Id = texts::trim(id).parse().map_err(|_| message!("field-not-an-id", found = texts::quote(id)))?;
    Ok(Value::Link(Link { object, id, role: checked_role(field, role)? }))
}

fn checked_role(field: &Field, role: Option<&str>) -> Result<Option<String>, Refused> {
    let Some(role) = role else { return Ok(None) };
    let role = texts::clean(role, texts::Lines::One)?;
    if role.is_empty() {
        return Ok(None);
    }
    if !keeps_roles(field) {
        return Err(message!("field-keeps-no-roles", found = texts::quote(&role)));
    }
    let length = role.chars().count();
    if length > LONGEST_ROLE {
        return Err(message!("field-text-too-long", length = length, max = LONGEST_ROLE));
    }
    Ok(Some(role.into_owned()))
}
