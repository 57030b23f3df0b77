//! Sales: what is sold, to whom, and when. Products, orders with their lines, and the import of a sales ledger.
//!
//! Not here: how records are kept (`records`). Start reading at [`orders`], then [`ledger`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

pub mod ledger;
pub mod orders;
pub mod products;

use records::{import::ImportKind, object::Object};

/// The objects that sales declares.
pub fn objects() -> Vec<Object> {
    vec![products::object(), orders::object(), orders::lines()]
}

/// The kinds of import that sales brings.
pub fn imports() -> Vec<ImportKind> {
    vec![ledger::import_kind()]
}
