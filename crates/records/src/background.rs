//! What the record engine has for workers to do.

use crate::{
    attachments, bulk, catalog::Records, derived, duplicates, import, indexes, purge, refit, reindex, revalue, sweep,
};
use base::Error;
use jobs::Registry;
use serde_json::Value as Json;

/// All kinds of jobs of the record engine.
pub fn registry(records: &Records) -> Registry {
    let kinds = vec![
        import::job_kind(records.clone()),
        bulk::job_kind(records.clone()),
        duplicates::job_kind(records.clone()),
        derived::fill::job_kind(records.clone()),
        indexes::job_kind(records.clone()),
        purge::job_kind(records.clone()),
        refit::job_kind(records.clone()),
        reindex::job_kind(records.clone()),
        revalue::job_kind(records.clone()),
        sweep::job_kind(records.clone()),
        attachments::read_job(records.clone()),
        attachments::sweep_job(records.clone()),
    ];
    Registry {
        kinds,
        schedules: vec![sweep::schedule(), duplicates::schedule(), attachments::schedule()],
        ..Registry::default()
    }
}

/// A number in a job's payload.
pub(crate) fn number(payload: &Json, name: &str) -> base::Result<i64> {
    payload[name].as_i64().ok_or_else(|| Error::internal(format!("a job without {name}")))
}
