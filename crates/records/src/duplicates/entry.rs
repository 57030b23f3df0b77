//! The duplicates of one record, at the moment it is entered or looked at: found by the indexes that are there anyway.

use super::{
    judge::Judge,
    normal,
    score::{Score, score},
    shared,
    sketch::Sketch,
};
use crate::{
    layout::Record,
    object::Object,
    permissions::Access,
    search::{Query, Within},
    store::{Work, seen},
    value::Value,
};
use base::{Id, Result};
use db::Reader;
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

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
    Judge::of(object).known(object, |at| object.fields.get(at).is_some_and(|field| access.may_know(object, field)))
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
    let own = typed(judge, id.unwrap_or(Id(0)), values);
    let mut reader = work.records.db().reader(work.caller);
    let name = judge.typed_name(values);
    // A short form is written so in other records as well, and in others in full.
    let in_full = Some(&*own.name).filter(|full| normal::words(&name).as_deref() != Some(*full));
    let mut named: HashSet<Id> = HashSet::new();
    for name in [Some(&*name), in_full].into_iter().flatten() {
        named.extend(by_name(work, &mut reader, object, name).await?);
    }
    let mut valued: Vec<(Id, usize)> = by_value(work, &mut reader, object, judge, values).await?.into_iter().collect();
    // The mail of one before the switchboard of hundreds.
    valued.sort_unstable_by_key(|(id, others)| (*others, Reverse(*id)));
    let others: Vec<Id> = valued.into_iter().map(|(id, _)| id).filter(|id| !named.contains(id)).collect();
    let ids: Vec<Id> = named.into_iter().chain(others).filter(|found| Some(*found) != id).take(JUDGED).collect();
    let records = work.load(&mut reader, object, &ids, false).await?;
    let judged = records.into_iter().map(|record| {
        let score = score(judge, &own, &sketch(object, judge, &record));
        Candidate { record, score, reasons: judge.reasons(&score) }
    });
    let mut found: Vec<Candidate> = judged.filter(|candidate| candidate.score.points >= judge.threshold).collect();
    found.sort_by_key(|candidate| (Reverse(candidate.score.points), candidate.record.id));
    found.truncate(SHOWN);
    Ok(found)
}

/// The sketch of what was typed, or would be stored.
pub(super) fn typed(judge: &Judge, id: Id, values: &[(usize, Value)]) -> Sketch {
    judge.sketch(id, |at| values.iter().find(|(place, _)| *place == at).map(|(_, value)| value))
}

/// The sketch of a record.
pub fn sketch(object: &Object, judge: &Judge, record: &Record) -> Sketch {
    let values: Vec<Value> = (0..object.fields.len()).map(|at| seen(object, &record.values, at)).collect();
    judge.sketch(record.id, |at| values.get(at))
}

/// Records with the same e-mail, phone or code, each with how many have what is shared by the fewest.
async fn by_value(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    judge: &Judge,
    values: &[(usize, Value)],
) -> Result<HashMap<Id, usize>> {
    let mut found: HashMap<Id, usize> = HashMap::new();
    for signal in judge.leading() {
        // One person's second address may be the other's first.
        for ids in shared::with(work, reader, object, values, |at, _| signal.fields.contains(&at)).await? {
            for id in &ids {
                let fewest = found.entry(*id).or_insert(usize::MAX);
                *fewest = ids.len().min(*fewest);
            }
        }
    }
    Ok(found)
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
