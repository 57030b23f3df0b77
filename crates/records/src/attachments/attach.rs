//! Attaching a file to a record and taking it off again: a change of one field, through the one write path.

use crate::{
    catalog::Records,
    object::Object,
    permissions::Access,
    standard::ATTACHMENTS,
    store::{Change, Op, Work},
    value::{File, Value},
};
use base::{Caller, Error, Id, Result, message};

/// How often it is tried again because somebody has changed the record meanwhile.
const ATTEMPTS: usize = 10;

/// The files that are attached to a record, first attached first.
///
/// # Errors
/// `NotFound` where there is no such record or attachments are closed to the caller.
pub async fn of_record(records: &Records, caller: &Caller, object: &str, id: Id) -> Result<Vec<File>> {
    let work = Work::begin(records, caller).await?;
    let object = work.catalog.object(object)?;
    Ok(now(&work, object, id).await?.files)
}

/// Whether the caller may attach a file to a record, as far as can be said before there is one.
///
/// # Errors
/// `NotFound` where there is no such record, `Forbidden` where its files may not be changed.
pub async fn may_attach(records: &Records, caller: &Caller, object: &str, id: Id) -> Result<()> {
    let work = Work::begin(records, caller).await?;
    let object = work.catalog.object(object)?;
    let Now { at, .. } = now(&work, object, id).await?;
    let access = Access::new(&work.catalog.schema, caller);
    let is_open = access.rights(object).update > base::Scope::None;
    let may = object.fields.get(at).is_some_and(|field| is_open && access.may_write(object, field));
    if may { Ok(()) } else { Err(Error::Forbidden(message!("rights-change", object = object.name))) }
}

/// Attaches a file; gives it and the action, which is `None` where it hangs there already.
///
/// # Errors
/// As of a change of the record; a field error for a file that the caller may not have.
pub async fn attach(records: &Records, caller: &Caller, object: &str, id: Id, file: Id) -> Result<(File, Option<Id>)> {
    let (files, action) = change(records, caller, (object, id), |files| {
        if !files.iter().any(|known| known.id == file.0) {
            files.push(File { id: file.0, ..File::default() });
        }
        Ok(())
    })
    .await?;
    let attached = files.into_iter().find(|known| known.id == file.0);
    Ok((attached.ok_or(Error::NotFound("file"))?, action))
}

/// Takes a file off; gives the action.
///
/// # Errors
/// As of a change of the record; `NotFound` for a file that is not attached to it.
pub async fn detach(records: &Records, caller: &Caller, object: &str, id: Id, file: Id) -> Result<Option<Id>> {
    let taken_off = change(records, caller, (object, id), |files| {
        let at = files.iter().position(|known| known.id == file.0).ok_or(Error::NotFound("file"))?;
        files.remove(at);
        Ok(())
    });
    Ok(taken_off.await?.1)
}

/// A record as it is.
struct Now {
    at: usize,
    version: i64,
    files: Vec<File>,
}

async fn now(work: &Work<'_>, object: &Object, id: Id) -> Result<Now> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let place = object.fields.iter().position(|field| field.name == ATTACHMENTS);
    let known = place.filter(|at| object.fields.get(*at).is_some_and(|field| access.may_know(object, field)));
    let at = known.filter(|_| access.may_read(object)).ok_or(Error::NotFound("record"))?;
    let mut reader = work.records.db().reader(work.caller);
    let record = work.load(&mut reader, object, &[id], false).await?.pop().ok_or(Error::NotFound("record"))?;
    let version = work.catalog.layout(object)?.version_of(&record);
    let files = record.values.get(at).unwrap_or(&Value::Empty).each().iter().filter_map(Value::file).cloned();
    Ok(Now { at, version, files: files.collect() })
}

/// Changes the list of a record's files as it is at that moment; gives the new list and the action.
async fn change(
    records: &Records,
    caller: &Caller,
    (object, id): (&str, Id),
    change: impl Fn(&mut Vec<File>) -> Result<()>,
) -> Result<(Vec<File>, Option<Id>)> {
    for attempt in 1.. {
        let work = Work::begin(records, caller).await?;
        let object = work.catalog.object(object)?;
        let Now { at, version, mut files } = now(&work, object, id).await?;
        let field = object.fields.get(at).ok_or(Error::NotFound("record"))?;
        if !Access::new(&work.catalog.schema, caller).may_write(object, field) {
            return Err(Error::Forbidden(message!("rights-change", object = object.name)));
        }
        change(&mut files)?;
        let files: Vec<Value> = files.into_iter().map(|file| Value::File(Box::new(file))).collect();
        let value = if files.is_empty() { Value::Empty } else { Value::Many(files) };
        let change = Change::new(Op::Update, object.id, id, vec![(at, value)]);
        match work.apply(&[Change { if_match: Some(version), ..change }], |_, _| Ok(())).await {
            Ok(decided) => {
                let one = decided.first().ok_or_else(|| Error::internal("a change without outcome"))?;
                let files = one.after.values.get(at).unwrap_or(&Value::Empty).each();
                let action = (!one.is_idle()).then_some(work.action);
                return Ok((files.iter().filter_map(Value::file).cloned().collect(), action));
            }
            Err(Error::Stale) if attempt < ATTEMPTS => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Stale)
}
