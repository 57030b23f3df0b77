//! Indexes for custom fields: one for each slot, made in the background when a field first needs it.

use crate::{
    background::number,
    catalog::Records,
    definitions::{index_columns, slot_class},
    field::{Field, Storage},
    object::Object,
};
use base::{Error, Result, Timestamp};
use db::Batch;
use jobs::{Job, JobContext, JobKind, Outcome};
use serde_json::json;

const JOB: &str = "records.index";

/// Has the index of a field's slot made, if the slot is of an indexed class.
pub fn later(records: &Records, batch: &mut Batch, object: &Object, field: &Field) -> Result<()> {
    if let (Some(name), Some(_)) = (index_name(object, field), slot_class(field)) {
        let job = Job::new(JOB, json!({"object": object.id, "field": field.id})).unique(format!("{JOB}:{name}"));
        jobs::enqueue(batch, records.db(), job);
    }
    Ok(())
}

/// `contact_t1`: of the table and the slot. Fields without index lie under `x…`.
fn index_name(object: &Object, field: &Field) -> Option<String> {
    match &field.storage {
        Storage::Slot(slot) if !slot.starts_with('x') => Some(format!("{}_{slot}", object.table_name())),
        _ => None,
    }
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let (object, id) = (number(&context.payload, "object")?, number(&context.payload, "field")?);
    let catalog = records.catalog(&context.caller).await?;
    // Gone in the meantime: nothing to do.
    let Some(object) = catalog.schema.object_by_id(object) else { return Ok(Outcome::done()) };
    let Some(field) = object.fields.iter().find(|field| field.id == id) else { return Ok(Outcome::done()) };
    if let Some(name) = index_name(object, field) {
        let columns = index_columns(records.db().dialect(), object, field);
        match records.db().ensure_index(&name, object.table_name(), &columns).await {
            // One index is made at a time; waiting for its turn is no failed attempt.
            Err(Error::Busy { seconds }) => {
                let at = Timestamp(records.db().clock().now().0 + i64::from(seconds) * 1_000);
                return Ok(Outcome::Again { at, batch: Batch::new() });
            }
            made => made?,
        }
    }
    Ok(Outcome::done())
}
