//! What the record engine has for workers to do.

use crate::{
    attachments, bulk, catalog::Records, derived, duplicates, export_schedules, import, indexes, purge, refit, reindex,
    revalue, sweep,
};
use base::{Error, Language};
use jobs::Registry;
use serde_json::Value as Json;

/// All kinds of jobs of the record engine.
pub fn registry(records: &Records) -> Registry {
    let kinds = vec![
        import::job_kind(records.clone()),
        bulk::job_kind(records.clone()),
        export_schedules::job_kind(records.clone()),
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

/// What a job that cannot go on says to whoever caused it.
pub(crate) fn sentence(error: Error, language: Language) -> String {
    let problem = web::Failure::from(error).document(language);
    let errors = problem["errors"].as_array().into_iter().flatten();
    let lines: Vec<&str> = errors.filter_map(|error| error["message"].as_str()).collect();
    let title = || problem["title"].as_str().unwrap_or_default().to_owned();
    if lines.is_empty() { title() } else { lines.join("; ") }
}
