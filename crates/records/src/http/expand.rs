//! `expand=company,owner`: the records that a record leads to, in place of their ids.

use super::reading;
use crate::{
    field::Field,
    object::Object,
    query::Question,
    value::{Link, Value},
};
use base::{Error, Result, message};
use serde_json::Value as Json;

/// Most relations that one answer opens.
const MOST: usize = 10;

/// A record with some of its to-one relations opened. What the caller may not see there is null.
pub async fn record(
    question: &Question<'_>,
    object: &Object,
    fields: &[usize],
    values: &[Value],
    expand: &str,
) -> Result<String> {
    let mut answer: Json =
        serde_json::from_str(&reading::record(question, object, fields, values)).map_err(Error::internal)?;
    let names: Vec<&str> = expand.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() > MOST {
        return Err(Error::field("expand", message!("expand-too-many", most = MOST)));
    }
    for name in names {
        let at = object.fields.iter().position(|field| field.name == name && opens(question, object, field));
        let at = at.ok_or_else(|| Error::field("expand", message!("expand-unknown", field = name)))?;
        let opened = match values.get(at).and_then(Value::link) {
            Some(link) => open(question, link).await?,
            None => Json::Null,
        };
        if let Some(place) = answer.get_mut(name) {
            *place = opened;
        }
    }
    Ok(answer.to_string())
}

fn opens(question: &Question, object: &Object, field: &Field) -> bool {
    field.kind.is_reference() && !field.holds_many() && question.access().may_know(object, field)
}

async fn open(question: &Question<'_>, link: &Link) -> Result<Json> {
    let target = question.catalog.object_by_id(link.object)?;
    if !question.access().may_read(target) {
        return Ok(Json::Null);
    }
    let fields = question.fields(target, None)?;
    match question.get(target, link.id, &fields, false).await {
        Ok(values) => {
            let mut opened: Json =
                serde_json::from_str(&reading::record(question, target, &fields, &values)).map_err(Error::internal)?;
            if let Json::Object(members) = &mut opened {
                members.entry("id").or_insert_with(|| Json::String(link.id.to_string()));
            }
            Ok(opened)
        }
        Err(Error::NotFound(_)) => Ok(Json::Null),
        Err(error) => Err(error),
    }
}
