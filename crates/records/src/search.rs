//! The search box: names, e-mails, phones, numbers and notes found by their beginnings, by a part of a phone, without
//! accents and in spite of one slip of the finger.
//!
//! One index of words in the database, written with the record. Mistyped words are compared with a vocabulary held in
//! memory. Not here: the order and paging of lists; they take [`Matching`] as one more condition.

mod documents;
mod find;
mod look;
mod marks;
mod matching;
mod prune;
mod query;
mod rank;
mod scope;
mod slips;
mod suggest;
mod tokens;
mod typos;
mod visible;
mod vocabulary;
mod within;
mod words;
mod write;

#[cfg(test)]
mod tests;

pub use documents::document_words;
pub use find::{Found, Hit};
pub use marks::Matched;
pub use matching::Matching;
pub use query::Query;
pub(crate) use scope::FIELDS as SCOPE_FIELDS;
pub use tokens::tokens;
pub use within::Within;
pub(crate) use words::push_named;
pub use write::{Indexer, Learned};

use db::Db;
use std::sync::Arc;

/// Search in one database: what is remembered between requests. Clones share it.
#[derive(Clone)]
pub struct Search {
    db: Db,
    asserted: Arc<write::Asserted>,
    vocabularies: Arc<vocabulary::Vocabularies>,
    complete: Arc<scope::Complete>,
}

impl Search {
    pub fn new(db: &Db) -> Search {
        Search { db: db.clone(), asserted: Arc::default(), vocabularies: Arc::default(), complete: Arc::default() }
    }
}
