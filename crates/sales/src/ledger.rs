//! The sales ledger: one flat file whose rows are the lines of orders, with the customer and the product beside them.
//!
//! Customers, products and orders that are missing are made; a line is made for each row. An order that was there
//! before this import is left alone, so that the same file imported twice changes nothing.

mod known;
mod map;
mod plan;
mod prepare;
mod row;

use records::import::ImportKind;

/// `/imports/transactions`, `rapport import-transactions`.
pub fn import_kind() -> ImportKind {
    ImportKind { name: "transactions", prepare: prepare::prepare, fields: prepare::fields }
}
