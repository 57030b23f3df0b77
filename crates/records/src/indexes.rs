//! Indexes for custom fields: one for each slot, made in the background when a field first needs it.

use crate::{catalog::Records, definitions::index_columns, definitions::slot_class, field::Field, object::Object};
use base::{Error, Result};
use db::Batch;
use serde_json::json;

/// The job that makes them.
pub const JOB: &str = "records.index";

/// Has the index of a field's slot made, if the slot is of an indexed class.
pub fn later(records: &Records, batch: &mut Batch, object: &Object, field: &Field) -> Result<()> {
    let _ = (records, batch, json!({}), index_columns(records.db().dialect(), object, field), slot_class(field));
    Err(Error::internal(JOB))
}
