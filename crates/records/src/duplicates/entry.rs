//! The duplicates of one record, at the moment it is entered or looked at: found by the indexes that are there anyway.

use super::{
    judge::Judge,
    score::{Score, score},
    sketch::Sketch,
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
    /// What agrees; after a dash what contradicts.
    pub reasons: Vec<String>,
}

/// What the caller may know of the object's rules.
pub(super) fn judge(work: &Work<'_>, object: &Object) -> Judge {
    let access = Access::new(&work.catalog.schema, work.caller);
    Judge::of(object).known(|at| object.fields.get(at).is_some_and(|field| access.may_know(object, field)))
}

/// The likeliest first. `values` are those of the record in question, with its id if it has one. Only what the caller
/// may know is compared, and only with records that they may see.
pub async fn candidates(
    work: &Work<'_>,
    object: &Object,
    id: Option<Id>,
    values: &[(usize, Value)],
) -> Result<Vec<Candidate>> {
    among(work, object, &judge(work, object), id, values).await
}

/// As [`candidates`], among the records that the caller of `work` may see, by what the judge knows.
pub(super) async fn among(
    work: &Work<'_>,
    object: &Object,
    judge: &Judge,
    id: Option<Id>,
    values: &[(usize, Value)],
) -> Result<Vec<Candidate>> {
    let own =
        judge.sketch(id.unwrap_or(Id(0)), |at| values.iter().find(|(place, _)| *place == at).map(|(_, value)| value));
    let mut reader = work.records.db().reader(work.caller);
    let mut ids = by_value(work, &mut reader, object, judge, values).await?;
    let typed = judge.typed_name(values);
    // A short form is written so in other records as well, and in others in full.
    let in_full = Some(&*own.name).filter(|name| base::fold::fold(&typed) != *name);
    for name in [Some(&*typed), in_full].into_iter().flatten() {
        ids.extend(by_name(work, &mut reader, object, name).await?);
    }
    ids.retain(|found| Some(*found) != id);
    let ids: Vec<Id> = ids.into_iter().rev().take(JUDGED).collect();
    let records = work.load(&mut reader, object, &ids, false).await?;
    let judged = records.into_iter().map(|record| {
        let score = score(judge, &own, &sketch(object, judge, &record));
        Candidate { record, score, reasons: judge.reasons(&score) }
    });
    let mut found: Vec<Candidate> = judged.filter(|candidate| candidate.score.points >= judge.threshold).collect();
    found.sort_by_key(|candidate| (std::cmp::Reverse(candidate.score.points), candidate.record.id));
    found.truncate(SHOWN);
    Ok(found)
}

pub(super) fn sketch(object: &Object, judge: &Judge, record: &Record) -> Sketch {
    let values: Vec<Value> = (0..object.fields.len()).map(|at| seen(object, &record.values, at)).collect();
    judge.sketch(record.id, |at| values.get(at))
}

/// Records with the same e-mail, phone or code.
async fn by_value(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    judge: &Judge,
    values: &[(usize, Value)],
) -> Result<BTreeSet<Id>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let mut ids = BTreeSet::new();
    let single = |field: &Field| matching::can_match(field) && access.may_filter(object, field);
    for (at, value) in values {
        let Some(signal) = judge.led_by(*at) else { continue };
        let Some(own) = object.fields.get(*at).filter(|field| single(field)) else { continue };
        let keys: Vec<String> =
            value.each().iter().filter_map(|one| matching::match_key(own, &Value::Many(vec![one.clone()]))).collect();
        // One person's second address may be the other's first.
        let alike = signal.fields.iter().filter_map(|at| object.fields.get(*at));
        for field in alike.filter(|field| field.kind == own.kind && single(field)) {
            let found = matching::find(work, reader, object, field, &keys).await?;
            ids.extend(found.into_values().flatten());
        }
    }
    Ok(ids)
}

/// Records with the words of the name, mistyped or not.
async fn by_name(work: &Work<'_>, reader: &mut Reader, object: &Object, name: &str) -> Result<Vec<Id>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let text: String = name.chars().take(100).collect();
    let Some(query) = Query::parse("fields", &text).ok().flatten() else { return Ok(Vec::new()) };
    let within = Within::parse(&access, Some(&object.name))?;
    let hits = work.records.search().find(reader, access, (&query, &within), 100).await?.hits;
    Ok(hits.into_iter().filter(|hit| hit.object == object.name).map(|hit| hit.id).collect())
}
