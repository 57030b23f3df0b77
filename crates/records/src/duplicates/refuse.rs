//! Creations that are refused because the record seems to be there already, where the object's rules say so.

use super::{
    blocks,
    entry::{self, Candidate},
    rules::OnEntry,
};
use crate::{
    object::Object,
    permissions::Access,
    store::{Change, Decided, Op, Work, seen},
    value::Value,
};
use base::{Error, Id, Result, SystemCaller, message};
use std::collections::{HashMap, HashSet};

/// The code of the refusal.
pub const REFUSED: &str = "duplicate-likely";

/// What a record that is about to be made may be the same as.
#[derive(Debug, Default)]
pub struct Likely {
    /// Those that the caller may see, the likeliest first.
    pub seen: Vec<Candidate>,
    /// There are others.
    pub unseen: bool,
}

/// What stands against the creations of a unit, by their places.
#[derive(Debug, Default)]
pub struct Refusals {
    refused: HashMap<usize, Error>,
    /// By the later of two that are alike, the earlier ones.
    alike: HashMap<usize, Vec<usize>>,
    /// Those that stand.
    made: HashSet<usize>,
}

impl Refusals {
    /// Decides the change at a place unless it is refused: because of what is there already, or of one before it that
    /// stands. They are asked in order.
    pub fn unless<T>(&mut self, at: usize, decide: impl FnOnce() -> Result<T>) -> Result<T> {
        if let Some(error) = self.refused.remove(&at) {
            return Err(error);
        }
        if self.alike.get(&at).is_some_and(|before| before.iter().any(|one| self.made.contains(one))) {
            return Err(refusal());
        }
        let decided = decide()?;
        self.made.insert(at);
        Ok(decided)
    }
}

/// Whether creations of the object are held against what is there.
fn refuses(object: &Object) -> bool {
    object.duplicates.as_ref().is_some_and(|rules| rules.on_entry == OnEntry::Refuse)
}

/// Whether later creations are held against what some changes make.
pub fn are_looked_for(work: &Work<'_>, decided: &[Decided]) -> bool {
    let is_looked_for = |one: &Decided| work.catalog.object_by_id(one.after.object).is_ok_and(refuses);
    decided.iter().any(|one| one.op == Op::Create && is_looked_for(one))
}

/// What is there already of what a creation would make, by what the caller may know of it, also where they may not see
/// the record.
pub async fn likely(work: &Work<'_>, object: &Object, change: &Change) -> Result<Likely> {
    among(work, object, &begun(work, object, change)).await
}

/// What a creation would store, as it would be seen: whatever field it was typed into.
fn begun(work: &Work<'_>, object: &Object, change: &Change) -> Vec<(usize, Value)> {
    let mut record = work.begun(object, change, &HashMap::new());
    work.catalog.feeds.compute(&mut record);
    let values = (0..object.fields.len()).map(|at| (at, seen(object, &record.values, at)));
    values.filter(|(_, value)| !value.is_empty()).collect()
}

async fn among(work: &Work<'_>, object: &Object, values: &[(usize, Value)]) -> Result<Likely> {
    let judge = entry::judge(work, object);
    let system = SystemCaller::for_(work.caller.tenant, "looking for what is there already");
    let everybody = Work { caller: &system, ..work.clone() };
    let found = entry::among(&everybody, object, &judge, None, values).await?;
    let ids: Vec<Id> = found.iter().map(|candidate| candidate.record.id).collect();
    let mut reader = work.records.db().reader(work.caller);
    let visible: HashSet<Id> = work.visible(&mut reader, object, &ids).await?.into_iter().collect();
    let (seen, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| visible.contains(&one.record.id));
    Ok(Likely { seen, unseen: !others.is_empty() })
}

/// What stands against the creations among some changes: what is there already, and those before in the same unit. Two
/// that are made at the very same moment do not see each other.
pub async fn refusals(work: &Work<'_>, changes: &[Change]) -> Result<Refusals> {
    let mut refusals = Refusals::default();
    let mut made: HashMap<i64, Vec<usize>> = HashMap::new();
    let access = Access::new(&work.catalog.schema, work.caller);
    for (at, change) in changes.iter().enumerate().filter(|(_, change)| change.op == Op::Create) {
        let object = work.catalog.object_by_id(change.object)?;
        if !refuses(object) {
            continue;
        }
        // Who may create nothing is told so, and no more.
        let rights = access.rights(object);
        if !rights.create || change.is_repeated && rights.duplicates {
            continue;
        }
        if change.is_repeated {
            refusals.refused.insert(at, Error::Forbidden(message!("rights-duplicates", object = object.name)));
            continue;
        }
        let Likely { seen, unseen } = likely(work, object, change).await?;
        if unseen || !seen.is_empty() {
            refusals.refused.insert(at, refusal());
        } else {
            made.entry(object.id).or_default().push(at);
        }
    }
    for (object, places) in made {
        let object = work.catalog.object_by_id(object)?;
        for (earlier, later) in alike(work, object, changes, &places) {
            refusals.alike.entry(later).or_default().push(earlier);
        }
    }
    Ok(refusals)
}

/// The places of creations that are alike, the earlier one first.
fn alike(work: &Work<'_>, object: &Object, changes: &[Change], places: &[usize]) -> Vec<(usize, usize)> {
    let judge = entry::judge(work, object);
    let own = places.iter().filter_map(|at| changes.get(*at));
    let sketches: Vec<_> = own.map(|change| entry::typed(&judge, change.id, &begun(work, object, change))).collect();
    let pairs = blocks::pairs(&judge, &sketches);
    let place = |at: usize| places.get(at).copied();
    pairs.into_iter().filter_map(|pair| Some((place(pair.one)?, place(pair.other)?))).collect()
}

fn refusal() -> Error {
    Error::Conflict(message!("duplicate-likely"))
}
