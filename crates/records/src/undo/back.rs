//! What takes the deeds of an action back, and what stands in the way, as the records are now.

use super::{Conflicts, Deed, Deeds, Looking, Obstacle};
use crate::{
    layout::Record,
    merge::ABSORBED,
    permissions::Access,
    sql::Sql,
    store::{Change, Decided, Led, Op, Work},
};
use base::{Error, Id, Result, message};
use db::Reader;
use std::collections::{HashMap, HashSet};

/// Decides what takes an action back, and what stands in the way.
pub async fn take_back(
    work: &Work<'_>,
    reader: &mut Reader,
    found: Deeds,
    conflicts: Conflicts,
) -> Result<(Vec<Decided>, Vec<Obstacle>)> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let now = current(work, reader, &found.deeds).await?;
    let (mut changes, mut left) = (Vec::new(), Vec::new());
    let reading = work.catalog.schema.reading();
    let gone = found.deeds.iter().filter(|deed| deed.went()).map(|deed| deed.record.to_string()).collect();
    // The last first: what was taken last is given up first.
    for deed in found.deeds.iter().rev() {
        let Ok(object) = work.catalog.object_by_id(deed.object) else { continue };
        let Some(record) = now.get(&deed.record) else { continue };
        let looking = Looking {
            reading: &reading,
            objects: work.catalog.schema.names(),
            regardless: conflicts == Conflicts::Overwrite,
        };
        let seen = Some(work.catalog.layout(object)?.version_of(record));
        let (change, obstacles) = deed.inverse(object, record, looking, |field| access.may_write(object, field));
        let led = |own| if own == Led::ByItself && deed.moved_with(&gone) { Led::Back } else { own };
        changes.extend(change.map(|change| Change { if_match: seen, led: led(change.led), ..change }));
        left.extend(obstacles);
    }
    let hidden = found.deeds.iter().filter(|deed| !now.contains_key(&deed.record));
    left.extend(hidden.map(out_of_reach));
    let mut decided = decide(work, changes, now, &mut left).await?;
    let restored: HashSet<Id> = found.deeds.iter().filter(|deed| deed.was_restored()).map(|deed| deed.record).collect();
    let again = |one: &&mut Decided| one.op == Op::Bin && restored.contains(&one.after.id);
    absorb_again(work, reader, decided.iter_mut().filter(again).collect()).await?;
    Ok((decided, left))
}

/// Records that had come out of what they were merged into, and go back, are part of it again.
async fn absorb_again(work: &Work<'_>, reader: &mut Reader, mut again: Vec<&mut Decided>) -> Result<()> {
    if again.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new();
    sql.push("SELECT l.to_id, l.from_id FROM link l WHERE l.tenant_id = ").push_arg(work.caller.tenant);
    sql.push(" AND l.field_id = ").push_arg(ABSORBED);
    sql.push(" AND l.to_id IN ").push_list(again.iter().map(|one| one.after.id));
    let mut into = HashMap::new();
    for row in reader.rows(sql.statement()).await?.iter() {
        into.insert(row.id(0)?, row.id(1)?);
    }
    again.iter_mut().for_each(|one| one.into = into.get(&one.after.id).copied());
    Ok(())
}

/// Others' records are counted, not named.
fn out_of_reach(deed: &Deed) -> Obstacle {
    Obstacle { object: deed.object, record: Id(0), field: None, message: message!("undo-out-of-reach") }
}

/// What may be done of the changes; the rest joins what is left. Records that come back are there for those that
/// refer to them; where one cannot come back, all is decided anew without it, so that nothing is led to it.
async fn decide(
    work: &Work<'_>,
    mut changes: Vec<Change>,
    mut known: HashMap<Id, Record>,
    left: &mut Vec<Obstacle>,
) -> Result<Vec<Decided>> {
    loop {
        let outcomes = work.decide_knowing(&changes, std::mem::take(&mut known)).await?;
        let lost = |(change, outcome): (&Change, &Result<Decided>)| {
            (change.op == Op::Restore && outcome.is_err()).then_some(change.id)
        };
        let lost: HashSet<Id> = changes.iter().zip(&outcomes).filter_map(lost).collect();
        let mut decided = Vec::with_capacity(changes.len());
        for (change, outcome) in changes.iter().zip(outcomes) {
            match outcome {
                Ok(one) => decided.push(one),
                Err(error) if lost.is_empty() || lost.contains(&change.id) => left.extend(obstacles(change, error)?),
                Err(_) => {}
            }
        }
        if lost.is_empty() {
            return Ok(decided);
        }
        changes.retain(|change| !lost.contains(&change.id));
    }
}

/// Why a change cannot be made.
fn obstacles(change: &Change, error: Error) -> Result<Vec<Obstacle>> {
    let messages = match error {
        Error::Invalid(errors) => errors.into_iter().map(|error| (Some(error.field), error.message)).collect(),
        Error::Conflict(message) | Error::Forbidden(message) => vec![(None, message)],
        Error::NotFound(_) => vec![(None, message!("undo-out-of-reach"))],
        other => return Err(other),
    };
    let (object, record) = (change.object, change.id);
    Ok(messages.into_iter().map(|(field, message)| Obstacle { object, record, field, message }).collect())
}

/// The records as they are, in the bin or not, as far as the caller may see them.
async fn current(work: &Work<'_>, reader: &mut Reader, deeds: &[Deed]) -> Result<HashMap<Id, Record>> {
    let mut by_object: HashMap<i64, Vec<Id>> = HashMap::new();
    for deed in deeds {
        by_object.entry(deed.object).or_default().push(deed.record);
    }
    let mut found = HashMap::new();
    for (object, ids) in by_object {
        let Ok(object) = work.catalog.object_by_id(object) else { continue };
        let mut missing = ids;
        for binned in [false, true] {
            let records = work.load(reader, object, &missing, binned).await?;
            found.extend(records.into_iter().map(|record| (record.id, record)));
            missing.retain(|id| !found.contains_key(id));
        }
    }
    Ok(found)
}
