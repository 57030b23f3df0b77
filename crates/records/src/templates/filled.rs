//! What a new record begins with, and what a template takes over from a record.

use super::relative;
use crate::{
    audience::Share,
    field::Field,
    fields,
    object::Object,
    permissions::Access,
    query::Question,
    store::{Work, seen},
    value::Value,
};
use base::{Error, FieldError, Id, Result, message};
use serde_json::{Map, Value as Json};
use std::collections::{HashMap, HashSet};

/// The input of a creation with what a template adds: what is given wins. Left out is what the caller may not write
/// and what cannot be used any more: fields that are gone, values that no longer fit, records that the caller may not see.
///
/// # Errors
/// A field error for `template` where there is none of this object for the caller.
pub async fn begun_with(
    work: &Work<'_>,
    object: &Object,
    template: &str,
    input: &Map<String, Json>,
) -> Result<Map<String, Json>> {
    let unknown = || Error::field("template", message!("template-unknown", object = object.name));
    let id: Id = template.trim().parse().map_err(|_| unknown())?;
    let found = super::read::load(work.records, work.caller, id).await?;
    let seen_by = |share: Share| share.is_seen_by(work.caller);
    let template = found.filter(|one| one.object == object.name && seen_by(one.share)).ok_or_else(unknown)?;
    let access = Access::new(&work.catalog.schema, work.caller);
    let mut parsed: Vec<(&String, Json, Value)> = Vec::new();
    for (name, json) in &template.values {
        let field = object.field(name).filter(|field| !is_given(object, field, input));
        let field = field.filter(|field| !field.read_only && access.may_write(object, field));
        let Some(field) = field else { continue };
        if let Ok((json, value)) = read(work, field, json) {
            parsed.push((name, json, value));
        }
    }
    let visible = visible(work, parsed.iter().map(|(.., value)| value)).await?;
    let is_open = |value: &Value| value.each().iter().filter_map(Value::link).all(|link| visible.contains(&link.id));
    let mut whole = input.clone();
    whole.extend(parsed.into_iter().filter(|(.., value)| is_open(value)).map(|(name, json, _)| (name.clone(), json)));
    Ok(whole)
}

/// Everything wrong with the values of a template, for whoever saves it.
pub(super) fn problems(work: &Work<'_>, object: &Object, values: &Map<String, Json>) -> Vec<FieldError> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let problem = |(name, json): (&String, &Json)| {
        let known = object.field(name).filter(|field| access.may_see(object, field));
        let message = match known {
            None => Some(message!("field-unknown", object = object.name)),
            Some(field) if field.read_only || !access.may_write(object, field) => Some(message!("field-read-only")),
            Some(field) if field.kind.is_file() => Some(message!("template-no-files")),
            Some(field) => read(work, field, json).err(),
        };
        message.map(|message| FieldError { field: format!("values.{name}"), message })
    };
    values.iter().filter_map(problem).collect()
}

/// The values of a record that a new one could begin with: what the caller may know and write, without what belongs to
/// that one alone (its owner, its files, what is unique), and what leads to records that they may not see.
///
/// # Errors
/// `NotFound` where the record is not there for the caller.
pub async fn of_record(question: &Question<'_>, object: &Object, id: Id) -> Result<Map<String, Json>> {
    let access = question.access();
    let view = question.view(object, None)?;
    let values = question.get(object, id, &view, false).await?;
    let names = question.catalog.schema.names();
    let work = Work::begin(question.records, question.caller).await?;
    let visible = visible(&work, values.iter()).await?;
    let mut taken = Map::new();
    for (at, field) in object.fields.iter().enumerate() {
        let own = field.read_only || field.unique || field.kind.is_file() || matches!(&*field.name, "owner" | "team");
        let may = access.may_know(object, field) && access.may_write(object, field);
        let value = open(seen(object, &values, at), &visible);
        if own || !may || value.is_empty() || follows(object, field, &values) {
            continue;
        }
        taken.insert(field.name.clone(), fields::to_json(field, &value, names));
    }
    Ok(taken)
}

/// The value without what leads to records that the caller may not see.
fn open(value: Value, visible: &HashSet<Id>) -> Value {
    let is_open = |value: &Value| value.link().is_none_or(|link| visible.contains(&link.id));
    match value {
        Value::Many(mut values) => {
            values.retain(is_open);
            if values.is_empty() { Value::Empty } else { Value::Many(values) }
        }
        value if is_open(&value) => value,
        _ => Value::Empty,
    }
}

/// Of twins one is enough: the many where they say more than the first.
fn follows(object: &Object, field: &Field, values: &[Value]) -> bool {
    let stored = |at: usize| values.get(at).is_some_and(|value| !value.is_empty());
    match field.first {
        Some(_) => !object.fields.iter().position(|other| other.name == field.name).is_some_and(stored),
        None => object.fields.iter().position(|other| other.first == Some(field.name.as_str())).is_some_and(stored),
    }
}

/// The field or its twin is given.
fn is_given(object: &Object, field: &Field, input: &Map<String, Json>) -> bool {
    let holder = object.fields.iter().find(|other| other.first == Some(field.name.as_str()));
    let twins = [Some(field.name.as_str()), field.first, holder.map(|holder| holder.name.as_str())];
    twins.into_iter().flatten().any(|name| input.contains_key(name))
}

/// A value as it is on this day: as the API takes it, and read.
fn read(work: &Work<'_>, field: &Field, json: &Json) -> Result<(Json, Value), base::Message> {
    let reading = work.catalog.schema.reading();
    let json = relative::settled(field, json, work.now, &reading.zone)?;
    let value = fields::from_json(field, &json, &reading)?;
    Ok((json, value))
}

/// Which of the records that some values lead to the caller may see.
pub(super) async fn visible<'v>(work: &Work<'_>, values: impl Iterator<Item = &'v Value>) -> Result<HashSet<Id>> {
    let mut ids: HashMap<i64, Vec<Id>> = HashMap::new();
    for link in values.flat_map(Value::each).filter_map(Value::link) {
        ids.entry(link.object).or_default().push(link.id);
    }
    let mut reader = work.records.db().reader(work.caller);
    let mut found = HashSet::new();
    for (object, ids) in ids {
        let object = work.catalog.object_by_id(object)?;
        found.extend(work.visible(&mut reader, object, &ids).await?);
    }
    Ok(found)
}

/// The links of some values lead to what the caller may see.
pub(super) async fn link_problems(
    work: &Work<'_>,
    object: &Object,
    values: &Map<String, Json>,
) -> Result<Vec<FieldError>> {
    let read = values.iter().filter_map(|(name, json)| {
        let field = object.field(name).filter(|field| field.kind.is_reference())?;
        read(work, field, json).ok().map(|(_, value)| (name, value))
    });
    let read: Vec<(&String, Value)> = read.collect();
    let visible = visible(work, read.iter().map(|(_, value)| value)).await?;
    let problem = |(name, value): &(&String, Value)| {
        let hidden = value.each().iter().filter_map(Value::link).find(|link| !visible.contains(&link.id))?;
        let message = message!("relation-not-found", id = hidden.id);
        Some(FieldError { field: format!("values.{name}"), message })
    };
    Ok(read.iter().filter_map(problem).collect())
}
