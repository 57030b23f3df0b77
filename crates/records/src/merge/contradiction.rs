//! What says that records are not the same, however much they share: other tax numbers, another day of birth. Pure but
//! for the loading of what is shown.

use super::Wish;
use crate::{
    duplicates::{self, Judge},
    fields,
    layout::Record,
    object::Object,
    permissions::Access,
    store::{Work, seen},
};
use base::{Error, Id, Result, message};
use serde_json::{Value as Json, json};

/// One field in which records that are to become one differ, and must not.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    pub field: String,
    /// What each record that has a value has, as the API shows it.
    pub values: Vec<(Id, Json)>,
}

/// Refuses what would be merged blindly.
///
/// # Errors
/// `Conflict` with the fields, where the wish neither says which value stands nor is confirmed.
pub fn check(work: &Work<'_>, object: &Object, records: &[&Record], wish: &Wish) -> Result<()> {
    let found = among(work, object, records, wish);
    if found.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = found.into_iter().map(|one| one.field).collect();
    Err(Error::Conflict(message!("contradiction", fields = names.join(", "))))
}

/// The same, to be shown.
pub async fn contradictions(work: &Work<'_>, object: &Object, wish: &Wish) -> Result<Vec<Contradiction>> {
    let ids: Vec<Id> = wish.merged.iter().copied().chain([wish.survivor]).collect();
    let mut reader = work.records.db().reader(work.caller);
    let mut records = work.load(&mut reader, object, &ids, false).await?;
    records.sort_by_key(|record| record.id);
    Ok(among(work, object, &records.iter().collect::<Vec<_>>(), wish))
}

/// Only what the caller may know is held against each other: a refusal must not tell what a hidden field has.
fn among(work: &Work<'_>, object: &Object, records: &[&Record], wish: &Wish) -> Vec<Contradiction> {
    if wish.is_confirmed {
        return Vec::new();
    }
    let access = Access::new(&work.catalog.schema, work.caller);
    let is_known = |at: usize| object.fields.get(at).is_some_and(|field| access.may_know(object, field));
    let mut found: Vec<Contradiction> = Vec::new();
    // Rules that say nothing of tax numbers do not make them say less.
    for judge in std::iter::once(Judge::of(object)).chain(Judge::usual_beside(object)) {
        let judge = judge.known(object, is_known);
        let sketches: Vec<_> = records.iter().map(|record| duplicates::sketch(object, &judge, record)).collect();
        for (signal, fields) in judge.strong() {
            let is_chosen = wish.values.iter().any(|(at, _)| fields.contains(at));
            let mut pairs =
                sketches.iter().enumerate().flat_map(|(at, one)| sketches.iter().skip(at + 1).map(move |b| (one, b)));
            if is_chosen || !pairs.any(|(one, other)| judge.differ(signal, one, other)) {
                continue;
            }
            for &at in fields {
                found.extend(shown(work, object, records, at));
            }
        }
    }
    found.sort_by(|one, other| one.field.cmp(&other.field));
    found.dedup_by(|one, other| one.field == other.field);
    found
}

fn shown(work: &Work<'_>, object: &Object, records: &[&Record], at: usize) -> Option<Contradiction> {
    let field = object.fields.get(at)?;
    let value = |record: &&Record| (record.id, seen(object, &record.values, at));
    let values = records.iter().map(value).filter(|(_, value)| !value.is_empty());
    let values: Vec<(Id, Json)> =
        values.map(|(id, value)| (id, fields::to_json(field, &value, work.catalog.schema.names()))).collect();
    (!values.is_empty()).then(|| Contradiction { field: field.name.clone(), values })
}

impl Contradiction {
    /// As the API shows it.
    pub fn to_json(&self) -> Json {
        let values: Vec<Json> = self.values.iter().map(|(id, value)| json!({"id": id, "value": value})).collect();
        json!({"field": self.field, "values": values})
    }
}
