//! Whose a record is, as words of the index, so that a question about few records reads few: those of object 2 that
//! user 7 owns are kept under `@2o7`, those of team 3 under `@2t3`.
//!
//! These words narrow and nothing more: rights are tested on the rows themselves.

use super::Search;
use crate::{
    object::Object,
    permissions::{Access, Action, Reach},
    value::Value,
};
use base::{Id, Result, TenantId};
use db::{Reader, Statement, sql};
use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

/// Whoever reaches more teams than these sees most records anyway: asking for each team would cost more than it saves.
const TEAMS: usize = 64;

/// The fields whose words these are.
pub const FIELDS: [&str; 2] = ["owner", "team"];

/// The part of the index in which one object's records stand that a caller reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub object: i64,
    /// The records are kept under these, each under one at least. Where there are none, under the object's mark.
    pub holders: Vec<String>,
    /// Nothing else is in it: all its records are within reach.
    pub is_exact: bool,
}

impl Part {
    /// `is_complete` tells whether all records are kept under their owners and teams.
    pub fn new(access: &Access, object: &Object, is_complete: bool) -> Part {
        let reach = access.reach(object, Action::Read);
        let holders = match &reach {
            Reach::Own(me) => vec![word(object, 'o', *me)],
            Reach::Teams { me, teams } if teams.len() <= TEAMS => {
                teams.iter().map(|team| word(object, 't', *team)).chain([word(object, 'o', *me)]).collect()
            }
            Reach::Teams { .. } | Reach::Nothing | Reach::Everything => Vec::new(),
        };
        let holders = if is_complete { holders } else { Vec::new() };
        Part { object: object.id, is_exact: reach == Reach::Everything || !holders.is_empty(), holders }
    }
}

/// The words of a record's owner and team.
pub(super) fn holders(object: &Object, values: &[Value]) -> Vec<String> {
    let kept = |(name, mark): (&str, char)| {
        let place = object.fields.iter().position(|field| field.name == name)?;
        Some(word(object, mark, values.get(place)?.link()?.id))
    };
    FIELDS.into_iter().zip(['o', 't']).filter_map(kept).collect()
}

fn word(object: &Object, mark: char, id: Id) -> String {
    format!("@{}{mark}{}", object.id, id.0)
}

/// Tenants of which this process knows that all their records are kept under owners and teams.
#[derive(Debug, Default)]
pub(super) struct Complete(Mutex<HashSet<TenantId>>);

impl Search {
    /// All records are kept under their owners and teams: none is left from before there were such words. It stays
    /// so once it is.
    pub(super) async fn is_complete(&self, reader: &mut Reader, tenant: TenantId) -> Result<bool> {
        if self.complete.known().contains(&tenant) {
            return Ok(true);
        }
        let text = sql!("SELECT after_id FROM search_reindex WHERE tenant_id = ?1");
        let is_complete = reader.rows(Statement::new(text, [tenant.into()])).await?.is_empty();
        if is_complete {
            self.complete.known().insert(tenant);
        }
        Ok(is_complete)
    }
}

impl Complete {
    fn known(&self) -> std::sync::MutexGuard<'_, HashSet<TenantId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
