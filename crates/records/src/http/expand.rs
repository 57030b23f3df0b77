//! `expand=company,owner`: the records that a record leads to, in place of their ids.

use super::reading;
use crate::{
    field::Field,
    object::Object,
    query::Question,
    value::{Link, Value},
    view::View,
};
use base::{Error, Result, message};
use serde_json::Value as Json;

/// Most relations that one answer opens.
const MOST: usize = 10;

/// The places of the relations that are to be opened.
///
/// # Errors
/// A field error for `expand` where one is no to-one relation that the caller may know of.
pub fn places(question: &Question, object: &Object, expand: Option<&str>) -> Result<Vec<usize>> {
    let names = expand.unwrap_or("").split(',').map(str::trim).filter(|name| !name.is_empty());
    let place = |name: &str| {
        let at = object.fields.iter().position(|field| field.name == name && opens(question, object, field));
        at.ok_or_else(|| Error::field("expand", message!("expand-unknown", field = name)))
    };
    let places: Vec<usize> = names.map(place).collect::<Result<_>>()?;
    if places.len() > MOST {
        return Err(Error::field("expand", message!("expand-too-many", most = MOST)));
    }
    Ok(places)
}

/// A record with some of its to-one relations opened. What the caller may not see there is null.
pub async fn record(
    question: &Question<'_>,
    object: &Object,
    view: &View,
    values: &[Value],
    opened: &[usize],
) -> Result<String> {
    let mut answer: Json =
        serde_json::from_str(&reading::record(question, object, view, values)).map_err(Error::internal)?;
    for &at in opened {
        let Some(field) = object.fields.get(at) else { continue };
        let opened = match values.get(at).and_then(Value::link) {
            Some(link) => open(question, link).await?,
            None => Json::Null,
        };
        answer[&field.name] = opened;
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
    let view = question.view(target, None)?;
    match question.get(target, link.id, &view, false).await {
        Ok(values) => {
            let mut opened: Json =
                serde_json::from_str(&reading::record(question, target, &view, &values)).map_err(Error::internal)?;
            if let Json::Object(members) = &mut opened {
                members.entry("id").or_insert_with(|| Json::String(link.id.to_string()));
            }
            Ok(opened)
        }
        Err(Error::NotFound(_)) => Ok(Json::Null),
        Err(error) => Err(error),
    }
}
