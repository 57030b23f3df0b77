//! The only list of slices: what each contributes to the program.

use identity::Identity;
use records::{catalog::Records, object::Object};
use std::sync::Arc;
use web::Routes;

/// The objects that features declare, besides those of the customer base.
pub fn objects() -> Vec<Object> {
    sales::objects()
}

/// Every route there is.
pub fn routes(records: &Records, identity: &Arc<Identity>) -> Routes {
    Routes::new().merge(records::http::routes(records.clone())).merge(identity.routes())
}
