//! What a change to records does to the index: statements for the batch that changes them.

use super::{Search, marks, scope, tokens, vocabulary, words};
use crate::{
    field::{Field, Kind},
    object::Object,
    value::Value,
};
use base::{
    Id, TenantId, Timestamp,
    time::{DAY_MS, HOUR_MS},
};
use db::{Batch, Statement};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

/// More words than this are not remembered; they are then asserted again.
const REMEMBERED: usize = 200_000;

/// Most words of one record.
const RECORD_WORDS: usize = 600;

/// Gathers what one batch does to the index, for [`Indexer::finish`].
pub struct Indexer<'s> {
    search: &'s Search,
    tenant: TenantId,
    records: Vec<Statement>,
    vocabulary: BTreeSet<String>,
}

/// The words that a batch asserted. To be handed to [`Search::learn`] once it has committed, and only then.
#[derive(Debug)]
pub struct Learned {
    tenant: TenantId,
    words: BTreeSet<String>,
    at: Timestamp,
}

/// Words that this process knows to be in the vocabulary's table, by tenant.
#[derive(Debug, Default)]
pub(super) struct Asserted(Mutex<HashMap<TenantId, Recent>>);

/// Forgotten after an hour: a word in use is asserted anew long before [`Search::prune`] may take it away.
#[derive(Debug)]
struct Recent {
    since: Timestamp,
    words: HashSet<String>,
}

impl Search {
    /// For one batch.
    pub fn indexer(&self, tenant: TenantId) -> Indexer<'_> {
        Indexer { search: self, tenant, records: Vec::new(), vocabulary: BTreeSet::new() }
    }

    /// The batch has committed. Without this, its words are asserted again: slower, never wrong.
    pub fn learn(&self, learned: Learned) {
        if learned.words.is_empty() {
            return;
        }
        let new = || Recent { since: learned.at, words: HashSet::new() };
        let mut asserted = self.asserted.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = asserted.entry(learned.tenant).or_insert_with(new);
        if recent.words.len() + learned.words.len() > REMEMBERED || recent.is_over(learned.at) {
            *recent = new();
        }
        recent.words.extend(learned.words);
    }

    /// Without the words that need not be asserted now.
    fn unknown(&self, tenant: TenantId, now: Timestamp, mut words: BTreeSet<String>) -> BTreeSet<String> {
        let asserted = self.asserted.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(recent) = asserted.get(&tenant).filter(|recent| !recent.is_over(now)) {
            words.retain(|word| !recent.words.contains(word));
        }
        words
    }
}

impl Recent {
    fn is_over(&self, now: Timestamp) -> bool {
        now.0.abs_diff(self.since.0) > HOUR_MS.unsigned_abs()
    }
}

impl Indexer<'_> {
    /// The record's searched values are now these, in the order of the object's fields.
    pub fn put(&mut self, object: &Object, id: Id, values: &[Value], was_indexed: bool) {
        let mut found = Vec::new();
        for (field, value) in object.fields.iter().zip(values).filter(|(field, _)| field.searched) {
            each_word(field, value, &mut |word| {
                if found.len() < RECORD_WORDS {
                    found.push(word.to_owned());
                    if is_prose(field.kind) && vocabulary::is_spelled(word) && !self.vocabulary.contains(word) {
                        self.vocabulary.insert(word.to_owned());
                    }
                }
            });
        }
        let dialect = self.search.db.dialect();
        if !found.is_empty() {
            let words = words::with_beginnings(found, object.id, scope::holders(object, values));
            self.records.push(words::put(dialect, self.tenant, id, &words, was_indexed));
        } else if was_indexed {
            self.remove(id);
        }
    }

    /// The record is found no more.
    pub fn remove(&mut self, id: Id) {
        self.records.push(words::remove(self.search.db.dialect(), self.tenant, id));
    }

    /// Puts all of it into the batch, the records at its end.
    ///
    /// Words go in order, so that two batches with the same new words wait for each other instead of blocking.
    pub fn finish(self, batch: &mut Batch) -> Learned {
        let at = self.search.db.clock().now();
        let words = self.search.unknown(self.tenant, at, self.vocabulary);
        for word in &words {
            let args = [self.tenant.into(), word.as_str().into(), at.into(), (at.0 - DAY_MS).into()];
            batch.run(Statement::new(words::ASSERT_WORD, args));
        }
        self.records.into_iter().for_each(|statement| batch.run_late(statement));
        Learned { tenant: self.tenant, words, at }
    }
}

/// The words of one field's value.
pub(super) fn each_word(field: &Field, value: &Value, put: &mut dyn FnMut(&str)) {
    for single in value.each() {
        match single {
            Value::Text(text) => tokens::each_token(field.kind, text, put),
            Value::Int(number) => tokens::each_token(field.kind, &number.to_string(), put),
            Value::Address(address) => {
                marks::lines(address).for_each(|line| tokens::each_token(field.kind, line, put));
            }
            Value::Empty | Value::Money(_) | Value::Link(_) | Value::File(_) | Value::Many(_) => {}
        }
    }
}

/// Made of words that have a spelling.
fn is_prose(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::LongText | Kind::RichText | Kind::Tags | Kind::Address)
}
