//! The duplicates of one record, at the moment it is entered or looked at: found by the indexes that are there anyway.

use super::{
    POSSIBLE,
    score::{Score, score},
    sketch::{Sketch, Traits},
};
use crate::{
    field::Field,
    layout::Record,
    matching,
    object::Object,
    permissions::Access,
    search::{Query, Within},
    store::{Work, seen},
    value::Value,
};
use base::{Id, Result};
use db::Reader;
use std::collections::BTreeSet;

/// Most records that are judged, and that are shown.
const JUDGED: usize = 300;
const SHOWN: usize = 20;

/// A record that may be the same.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub record: Record,
    pub score: Score,
}

/// The likeliest first. `values` are those of the record in question, with its id if it has one. Only what the caller
/// may know is compared, and only with records that they may see.
pub async fn candidates(
    work: &Work<'_>,
    object: &Object,
    id: Option<Id>,
    values: &[(usize, Value)],
) -> Result<Vec<Candidate>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let traits =
        Traits::of(object).known(|at| object.fields.get(at).is_some_and(|field| access.may_know(object, field)));
    let own =
        traits.sketch(id.unwrap_or(Id(0)), |at| values.iter().find(|(place, _)| *place == at).map(|(_, value)| value));
    let mut reader = work.records.db().reader(work.caller);
    let mut ids = by_value(work, &mut reader, object, &traits, values).await?;
    ids.extend(by_name(work, &mut reader, object, &own).await?);
    ids.retain(|found| Some(*found) != id);
    let ids: Vec<Id> = ids.into_iter().rev().take(JUDGED).collect();
    let records = work.load(&mut reader, object, &ids, false).await?;
    let judged = records.into_iter().map(|record| {
        let score = score(&own, &sketch(object, &traits, &record));
        Candidate { record, score }
    });
    let mut found: Vec<Candidate> = judged.filter(|candidate| candidate.score.points >= POSSIBLE).collect();
    found.sort_by_key(|candidate| (std::cmp::Reverse(candidate.score.points), candidate.record.id));
    found.truncate(SHOWN);
    Ok(found)
}

fn sketch(object: &Object, traits: &Traits, record: &Record) -> Sketch {
    let values: Vec<Value> = (0..object.fields.len()).map(|at| seen(object, &record.values, at)).collect();
    traits.sketch(record.id, |at| values.get(at))
}

/// Records with the same e-mail, phone or code.
async fn by_value(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    traits: &Traits,
    values: &[(usize, Value)],
) -> Result<BTreeSet<Id>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let mut ids = BTreeSet::new();
    let single = |field: &Field| matching::can_match(field) && access.may_filter(object, field);
    for (at, value) in values.iter().filter(|(at, _)| traits.is_told_by_value(*at)) {
        let Some(own) = object.fields.get(*at).filter(|field| single(field)) else { continue };
        let keys: Vec<String> =
            value.each().iter().filter_map(|one| matching::match_key(own, &Value::Many(vec![one.clone()]))).collect();
        // One person's second address may be the other's first.
        let alike = object.fields.iter().filter(|field| field.kind == own.kind && single(field));
        for field in alike {
            let found = matching::find(work, reader, object, field, &keys).await?;
            ids.extend(found.into_values().flatten());
        }
    }
    Ok(ids)
}

/// Records with the words of the name, mistyped or not.
async fn by_name(work: &Work<'_>, reader: &mut Reader, object: &Object, own: &Sketch) -> Result<Vec<Id>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let text: String = own.name.chars().take(100).collect();
    let Some(query) = Query::parse("fields", &text).ok().flatten() else { return Ok(Vec::new()) };
    let hits = work.records.search().find(reader, access, (&query, &Within::everything()), 100).await?.hits;
    Ok(hits.into_iter().filter(|hit| hit.object == object.name).map(|hit| hit.id).collect())
}
