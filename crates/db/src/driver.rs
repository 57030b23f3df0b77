//! The two drivers. What both do alike stands in the files above them.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use crate::Batch;
use base::{TenantId, Timestamp};
use std::time::Duration;

/// How long one query may run unless its reader says otherwise.
pub(crate) const QUERY_LIMIT: Duration = Duration::from_secs(30);

/// A batch on its way to the database, with what the log writes beside each event.
#[derive(Debug)]
pub(crate) struct Submission {
    pub tenant: TenantId,
    pub actor: String,
    pub at: Timestamp,
    pub batch: Batch,
}
