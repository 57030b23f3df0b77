//! References by what people write: a company by its name, an owner by e-mail.

use super::making::{self, Named, Wish};
use crate::{
    field::{Field, Kind},
    matching,
    object::Object,
    permissions::Access,
    store::Work,
    transfer::Key,
    value::{Link, Value},
};
use base::{FieldError, Id, Result, fold, message};
use db::Reader;
use std::collections::HashMap;

/// A row that could be read, or what is wrong with it.
pub type Parsed = Result<Read, Vec<FieldError>>;

/// A row's values, and what is still to be found.
#[derive(Debug, Clone, Default)]
pub struct Read {
    pub values: Values,
    pub wanted: Vec<Wanted>,
    /// Columns of which the cell makes no sense and is left.
    pub left: Vec<usize>,
}

/// Values beside the index of their field.
pub type Values = Vec<(usize, Value)>;

/// A text that means a record.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The reference field.
    pub at: usize,
    pub key: Key,
    pub text: String,
    /// What is made where there is none.
    pub(super) wish: Option<Wish>,
    /// The column of the file whose cell is left where it means none, or several.
    pub leaves: Option<usize>,
}

/// The records that texts mean, each with its object, by field and text.
type Found = HashMap<(usize, String), Vec<(i64, Id)>>;

/// Finds all records that the rows mean, in one query for each field and key, and puts the links in; gives those that
/// are to be made or changed. A text that means none or several fails its row.
pub async fn resolve(work: &Work<'_>, reader: &mut Reader, object: &Object, parsed: &mut [Parsed]) -> Result<Named> {
    let found = found(work, reader, object, parsed).await?;
    let wished = wished(work, reader, parsed).await?;
    let access = Access::new(&work.catalog.schema, work.caller);
    let mut named = Named::default();
    for (at, row) in parsed.iter_mut().enumerate() {
        let Ok(read) = row else { continue };
        let mut errors = Vec::new();
        for wanted in std::mem::take(&mut read.wanted) {
            let Some(field) = object.fields.get(wanted.at) else { continue };
            let error = |message| vec![FieldError { field: field.name.clone(), message }];
            let place = wanted.wish.as_ref().and_then(|wish| Some((wish.target, wish.key_at, wish.key.clone()?)));
            let by_text = found.get(&(wanted.at, wanted.text.clone()));
            let known = by_text.or_else(|| wished.get(place.as_ref()?));
            let link = match (known.map(Vec::as_slice), wanted.wish) {
                (Some([(target, id)]), Some(wish)) if wish.updates => {
                    making::renew(work, &access, &mut named, &field.name, (at, *id, wish)).map(|()| (*target, *id))
                }
                (Some([link]), _) => Ok(*link),
                (Some([_, _, ..]), _) => Err(error(message!("match-several", value = wanted.text))),
                (_, Some(wish)) if wish.creates && may_find(work, &access, &wish) => {
                    let target = wish.target;
                    making::born(work, &access, &mut named, &field.name, (at, wish)).map(|id| (target, id))
                }
                _ => Err(error(message!("relation-unknown", value = wanted.text))),
            };
            match (link, wanted.leaves) {
                (Ok((object, id)), _) => {
                    let link = Value::Link(Link::to(object, id));
                    read.values.push((wanted.at, if field.holds_many() { Value::Many(vec![link]) } else { link }));
                }
                (Err(_), Some(column)) => read.left.push(column),
                (Err(wrong), None) => errors.extend(wrong),
            }
        }
        if !errors.is_empty() {
            *row = Err(errors);
        }
    }
    Ok(named)
}

/// The records that the rows' texts mean, by field and text.
async fn found(work: &Work<'_>, reader: &mut Reader, object: &Object, parsed: &[Parsed]) -> Result<Found> {
    let mut asked: Vec<(usize, Key, Vec<String>)> = Vec::new();
    for wanted in parsed.iter().flatten().flat_map(|read| &read.wanted) {
        match asked.iter_mut().find(|(at, key, _)| *at == wanted.at && *key == wanted.key) {
            Some((_, _, texts)) => texts.push(wanted.text.clone()),
            None => asked.push((wanted.at, wanted.key.clone(), vec![wanted.text.clone()])),
        }
    }
    let mut found = Found::new();
    for (at, key, texts) in asked {
        let Some(field) = object.fields.get(at) else { continue };
        for (text, ids) in look_up(work, reader, field, &key, &texts).await? {
            found.insert((at, text), ids);
        }
    }
    Ok(found)
}

/// The records that have what the rows would make: by object, field and key. Cells that are written otherwise than
/// they are kept, such as telephone numbers, are found by this alone.
async fn wished(
    work: &Work<'_>,
    reader: &mut Reader,
    parsed: &[Parsed],
) -> Result<HashMap<(i64, usize, String), Vec<(i64, Id)>>> {
    let mut asked: HashMap<(i64, usize), Vec<String>> = HashMap::new();
    for wish in parsed.iter().flatten().flat_map(|read| &read.wanted).filter_map(|wanted| wanted.wish.as_ref()) {
        asked.entry((wish.target, wish.key_at)).or_default().extend(wish.key.clone());
    }
    let access = Access::new(&work.catalog.schema, work.caller);
    let mut found = HashMap::new();
    for ((target, at), keys) in asked {
        let object = work.catalog.object_by_id(target)?;
        let Some(field) = object.fields.get(at).filter(|field| access.may_filter(object, field)) else { continue };
        let by_key = matching::find(work, reader, object, field, &keys).await?;
        let links = |ids: Vec<Id>| ids.into_iter().map(|id| (target, id)).collect();
        found.extend(by_key.into_iter().map(|(key, ids)| ((target, at, key), links(ids))));
    }
    Ok(found)
}

/// Who cannot find a record by the field would make it again and again, and learn who has the value.
fn may_find(work: &Work<'_>, access: &Access<'_>, wish: &Wish) -> bool {
    let object = work.catalog.object_by_id(wish.target).ok();
    object
        .and_then(|object| Some((object, object.fields.get(wish.key_at)?)))
        .is_some_and(|(object, field)| access.may_filter(object, field))
}

/// The records that texts mean, by text.
async fn look_up(
    work: &Work<'_>,
    reader: &mut Reader,
    field: &Field,
    key: &Key,
    texts: &[String],
) -> Result<HashMap<String, Vec<(i64, Id)>>> {
    let mut found: HashMap<String, Vec<(i64, Id)>> = HashMap::new();
    let schema = &work.catalog.schema;
    let Key::Open { object, field: name } = key else {
        let Some(target) = schema.target(field) else { return Ok(found) };
        let by = by(target, key);
        if *key == Key::Title {
            let ids: Vec<Id> = texts.iter().filter_map(|text| text.parse().ok()).collect();
            for record in work.visible(reader, target, &ids).await? {
                found.insert(record.to_string(), vec![(target.id, record)]);
            }
        }
        for field in by {
            for (text, links) in by_field(work, reader, target, field, texts).await? {
                found.entry(text).or_insert(links);
            }
        }
        return Ok(found);
    };
    let is_meant = |target: &&Object| {
        !target.internal && !target.deleted && object.as_ref().is_none_or(|object| *object == target.name)
    };
    for target in schema.objects().iter().filter(is_meant) {
        let Some(field) = target.field(name) else { continue };
        for (text, links) in by_field(work, reader, target, field, texts).await? {
            found.entry(text).or_default().extend(links);
        }
    }
    Ok(found)
}

/// The fields of an object by which a text is looked for, the surest first.
fn by<'o>(target: &'o Object, key: &Key) -> Vec<&'o Field> {
    let Key::Title = key else {
        let Key::Field(name) = key else { return Vec::new() };
        return target.field(name).into_iter().collect();
    };
    // Of users too no two have the same e-mail: identity sees to it.
    let is_key = |field: &&Field| field.unique || target.name == "users" && field.kind == Kind::Email;
    let unique = target.fields.iter().filter(is_key);
    let title = target.title.iter().filter_map(|name| target.field(name));
    unique.chain(title).fold(Vec::new(), |mut kept, field| {
        if !kept.iter().any(|other: &&Field| other.name == field.name) {
            kept.push(field);
        }
        kept
    })
}

/// The records of an object that have the texts in a field. What the caller may not filter by must not be found out by
/// importing either.
async fn by_field(
    work: &Work<'_>,
    reader: &mut Reader,
    target: &Object,
    field: &Field,
    texts: &[String],
) -> Result<HashMap<String, Vec<(i64, Id)>>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    if !matching::can_match(field) || !access.may_read(target) || !access.may_filter(target, field) {
        return Ok(HashMap::new());
    }
    let keys: Vec<String> = texts.iter().map(|text| fold::key(text)).collect();
    let by_key = matching::find(work, reader, target, field, &keys).await?;
    let links = |ids: &Vec<Id>| ids.iter().map(|id| (target.id, *id)).collect();
    let pairs = texts.iter().zip(&keys).filter_map(|(text, key)| Some((text.clone(), links(by_key.get(key)?))));
    Ok(pairs.collect())
}
