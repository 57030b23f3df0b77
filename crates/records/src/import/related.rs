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

/// A row's values, and what is still to be found; or what is wrong with it.
pub type Parsed = Result<(Values, Vec<Wanted>), Vec<FieldError>>;

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
}

/// Finds all records that the rows mean, in one query for each field and key, and puts the links in; gives those that
/// are to be made or changed. A text that means none or several fails its row.
pub async fn resolve(work: &Work<'_>, reader: &mut Reader, object: &Object, parsed: &mut [Parsed]) -> Result<Named> {
    let found = found(work, reader, object, parsed).await?;
    let wished = wished(work, reader, parsed).await?;
    let access = Access::new(&work.catalog.schema, work.caller);
    let mut named = Named::default();
    for (at, row) in parsed.iter_mut().enumerate() {
        let Ok((values, wanted)) = row else { continue };
        let mut errors = Vec::new();
        for wanted in std::mem::take(wanted) {
            let Some(field) = object.fields.get(wanted.at) else { continue };
            let target = work.catalog.schema.target(field).map_or(0, |target| target.id);
            let error = |message| vec![FieldError { field: field.name.clone(), message }];
            let place = wanted.wish.as_ref().and_then(|wish| Some((wish.target, wish.key_at, wish.key.clone()?)));
            let by_text = found.get(&(wanted.at, wanted.text.clone()));
            let known = by_text.or_else(|| wished.get(place.as_ref()?));
            let id = match (known.map(Vec::as_slice), wanted.wish) {
                (Some([id]), Some(wish)) if wish.updates => {
                    making::renew(work, &access, &mut named, &field.name, (at, *id, wish)).map(|()| *id)
                }
                (Some([id]), _) => Ok(*id),
                (Some([_, _, ..]), _) => Err(error(message!("match-several", value = wanted.text))),
                (_, Some(wish)) if wish.creates && may_find(work, &access, &wish) => {
                    making::born(work, &access, &mut named, &field.name, (at, wish))
                }
                _ => Err(error(message!("relation-unknown", value = wanted.text))),
            };
            match id {
                Ok(id) => {
                    let link = Value::Link(Link::to(target, id));
                    values.push((wanted.at, if field.holds_many() { Value::Many(vec![link]) } else { link }));
                }
                Err(wrong) => errors.extend(wrong),
            }
        }
        if !errors.is_empty() {
            *row = Err(errors);
        }
    }
    Ok(named)
}

/// The records that the rows' texts mean, by field and text.
async fn found(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    parsed: &[Parsed],
) -> Result<HashMap<(usize, String), Vec<Id>>> {
    let mut asked: Vec<(usize, Key, Vec<String>)> = Vec::new();
    for wanted in parsed.iter().flatten().flat_map(|(_, wanted)| wanted) {
        match asked.iter_mut().find(|(at, key, _)| *at == wanted.at && *key == wanted.key) {
            Some((_, _, texts)) => texts.push(wanted.text.clone()),
            None => asked.push((wanted.at, wanted.key.clone(), vec![wanted.text.clone()])),
        }
    }
    let mut found: HashMap<(usize, String), Vec<Id>> = HashMap::new();
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
) -> Result<HashMap<(i64, usize, String), Vec<Id>>> {
    let mut asked: HashMap<(i64, usize), Vec<String>> = HashMap::new();
    for wish in parsed.iter().flatten().flat_map(|(_, wanted)| wanted).filter_map(|wanted| wanted.wish.as_ref()) {
        asked.entry((wish.target, wish.key_at)).or_default().extend(wish.key.clone());
    }
    let access = Access::new(&work.catalog.schema, work.caller);
    let mut found = HashMap::new();
    for ((target, at), keys) in asked {
        let object = work.catalog.object_by_id(target)?;
        let Some(field) = object.fields.get(at).filter(|field| access.may_filter(object, field)) else { continue };
        let by_key = matching::find(work, reader, object, field, &keys).await?;
        found.extend(by_key.into_iter().map(|(key, ids)| ((target, at, key), ids)));
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
) -> Result<HashMap<String, Vec<Id>>> {
    let mut found: HashMap<String, Vec<Id>> = HashMap::new();
    let Some(target) = work.catalog.schema.target(field) else { return Ok(found) };
    let by: Vec<&Field> = match key {
        Key::Field(name) => target.field(name).into_iter().collect(),
        Key::Title => {
            // Of users too no two have the same e-mail: identity sees to it.
            let is_key = |field: &&Field| field.unique || target.name == "users" && field.kind == Kind::Email;
            let unique = target.fields.iter().filter(is_key);
            let title = target.title.iter().filter_map(|name| target.field(name));
            let by: Vec<&Field> = unique.chain(title).collect();
            by.into_iter().fold(Vec::new(), |mut kept, field| {
                if !kept.iter().any(|other: &&Field| other.name == field.name) {
                    kept.push(field);
                }
                kept
            })
        }
    };
    if *key == Key::Title {
        let ids: Vec<Id> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        for record in work.visible(reader, target, &ids).await? {
            found.insert(record.to_string(), vec![record]);
        }
    }
    // What the caller may not filter by must not be found out by importing either.
    let access = Access::new(&work.catalog.schema, work.caller);
    for field in by.into_iter().filter(|field| matching::can_match(field) && access.may_filter(target, field)) {
        let keys: Vec<String> = texts.iter().map(|text| fold::key(text)).collect();
        let by_key = matching::find(work, reader, target, field, &keys).await?;
        for (text, key) in texts.iter().zip(&keys) {
            if let (Some(ids), None) = (by_key.get(key), found.get(text)) {
                found.insert(text.clone(), ids.clone());
            }
        }
    }
    Ok(found)
}
