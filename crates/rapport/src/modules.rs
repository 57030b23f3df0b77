//! The only list of slices: what each contributes to the program.

use crate::access;
use identity::Identity;
use jobs::Registry;
use records::{catalog::Records, import::ImportKind, object::Object};
use std::sync::Arc;
use web::Routes;

/// The objects that features declare, besides those of the customer base.
pub fn objects() -> Vec<Object> {
    sales::objects()
}

/// The kinds of import that features bring, besides that of plain records.
pub fn imports() -> Vec<ImportKind> {
    sales::imports()
}

/// Every route there is.
pub fn routes(records: &Records, identity: &Arc<Identity>) -> Routes {
    Routes::new()
        .merge(records::http::routes(records.clone()))
        .merge(identity.routes())
        .merge(jobs::routes(records.db().clone()))
        .merge(access::routes(records, identity))
}

/// Everything that workers do.
pub fn registry(records: &Records) -> Registry {
    records::background::registry(records)
}
