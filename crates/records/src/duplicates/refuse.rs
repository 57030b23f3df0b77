//! Creations that are refused because the record seems to be there already, where the object's rules say so.

use super::{
    blocks,
    entry::{self, Candidate},
    judge::Judge,
    rules::OnEntry,
};
use crate::{
    object::Object,
    permissions::Access,
    store::{Change, Decided, Op, Work},
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

/// Whether creations of the object are held against what is there.
fn refuses(object: &Object) -> bool {
    object.duplicates.as_ref().is_some_and(|rules| rules.on_entry == OnEntry::Refuse)
}

/// Whether later creations are held against what some changes make.
pub fn are_looked_for(work: &Work<'_>, decided: &[Decided]) -> bool {
    let is_looked_for = |one: &Decided| work.catalog.object_by_id(one.after.object).is_ok_and(refuses);
    decided.iter().any(|one| one.op == Op::Create && is_looked_for(one))
}

/// What is there already, by what the caller may know of it, also where they may not see the record.
pub async fn likely(work: &Work<'_>, object: &Object, values: &[(usize, Value)]) -> Result<Likely> {
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

/// The creations among some changes that are refused, by their places: what is there already, or made before by the
/// same unit. Two that are made at the very same moment do not see each other.
///
/// # Errors
/// `Forbidden` where one shall be made all the same, and the caller may not do that.
pub async fn refusals(work: &Work<'_>, changes: &[Change]) -> Result<HashMap<usize, Error>> {
    let mut refused = HashMap::new();
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
            refused.insert(at, Error::Forbidden(message!("rights-duplicates", object = object.name)));
            continue;
        }
        made.entry(object.id).or_default().push(at);
        let Likely { seen, unseen } = likely(work, object, &change.values).await?;
        if unseen || !seen.is_empty() {
            refused.insert(at, refusal());
        }
    }
    for (object, places) in made {
        let judge = entry::judge(work, work.catalog.object_by_id(object)?);
        refuse_repeated(&judge, changes, &places, &mut refused);
    }
    Ok(refused)
}

/// Of creations that are alike, the first stands.
fn refuse_repeated(judge: &Judge, changes: &[Change], places: &[usize], refused: &mut HashMap<usize, Error>) {
    let own = places.iter().filter_map(|at| changes.get(*at));
    let sketches: Vec<_> = own
        .map(|change| {
            judge.sketch(change.id, |at| change.values.iter().find(|(place, _)| *place == at).map(|(_, value)| value))
        })
        .collect();
    let mut pairs = blocks::pairs(judge, &sketches);
    pairs.sort_by_key(|pair| (pair.other, pair.one));
    for pair in pairs {
        let (Some(first), Some(second)) = (places.get(pair.one), places.get(pair.other)) else { continue };
        if !refused.contains_key(first) {
            refused.entry(*second).or_insert_with(refusal);
        }
    }
}

fn refusal() -> Error {
    Error::Conflict(message!("duplicate-likely"))
}
