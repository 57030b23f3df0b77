//! What the reaction that makes notices looks up, once for all the events of a slice: users, places, who follows them,
//! who may read them.

use super::watch::Desk;
use crate::{
    followers::{self, Followers},
    place::{self, Place},
    preferences::{self, Preferences},
};
use base::{Caller, Error, Id, Result};
use records::{catalog::Catalog, query::Question};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// What is known so far.
#[derive(Default)]
pub(super) struct Looked {
    catalog: Option<Arc<Catalog>>,
    /// Users with their rights and choices; nothing of those who are gone.
    users: HashMap<Id, Option<(Caller, Preferences)>>,
    /// The living records that records are part of.
    places: HashMap<Id, Option<Place>>,
    /// By record: those who follow it and want to.
    followers: HashMap<Id, Arc<BTreeSet<Id>>>,
    /// By record and user.
    readable: HashMap<(Id, Id), bool>,
}

impl Desk<'_> {
    pub(super) async fn catalog(&mut self) -> Result<Arc<Catalog>> {
        if let Some(known) = &self.looked.catalog {
            return Ok(Arc::clone(known));
        }
        let catalog = self.talk.records.catalog(&self.caller).await?;
        self.looked.catalog = Some(Arc::clone(&catalog));
        Ok(catalog)
    }

    /// A user with their rights of now and their choices.
    pub(crate) async fn user(&mut self, user: Id) -> Result<Option<&(Caller, Preferences)>> {
        if !self.looked.users.contains_key(&user) {
            let known = match (self.talk.people.caller_of)(user).await {
                Ok(caller) => Some((caller, preferences::load(self.talk, &self.caller, user).await?)),
                Err(Error::NotFound(_)) => None,
                Err(error) => return Err(error),
            };
            self.looked.users.insert(user, known);
        }
        Ok(self.looked.users.get(&user).and_then(Option::as_ref))
    }

    /// The living record that a record is part of; nothing where it lies in the bin or was thrown away.
    pub(super) async fn place(&mut self, object: i64, record: Id) -> Result<Option<Place>> {
        if !self.looked.places.contains_key(&record) {
            let place = match place::of(&self.talk.records, &self.caller, object, record).await {
                Err(Error::NotFound(_)) => None,
                place => Some(place?),
            };
            self.looked.places.insert(record, place);
        }
        Ok(self.looked.places.get(&record).cloned().flatten())
    }

    /// Those who follow a record, when their own choices are asked.
    pub(super) async fn followers(&mut self, place: &Place) -> Result<Arc<BTreeSet<Id>>> {
        if let Some(known) = self.looked.followers.get(&place.id) {
            return Ok(Arc::clone(known));
        }
        let all = followers::of(self.talk, &self.caller, place).await?;
        let willing = Arc::new(self.willing(all).await?);
        self.looked.followers.insert(place.id, Arc::clone(&willing));
        Ok(willing)
    }

    /// Those among them whose own choice it is.
    pub(super) async fn willing(&mut self, all: Followers) -> Result<BTreeSet<Id>> {
        let mut found = BTreeSet::new();
        for (user, reasons) in all {
            let Some((_, chosen)) = self.user(user).await? else { continue };
            if reasons.iter().any(|because| chosen.follow.counts(*because)) {
                found.insert(user);
            }
        }
        Ok(found)
    }

    /// Whether a user may read a living record.
    pub(super) async fn may_read(&mut self, place: &Place, user: Id) -> Result<bool> {
        if let Some(known) = self.looked.readable.get(&(place.id, user)) {
            return Ok(*known);
        }
        let (catalog, records) = (self.catalog().await?, &self.talk.records);
        let Some((caller, _)) = self.user(user).await? else { return Ok(false) };
        let readable = Question { records, caller, catalog }.titles(&place.name, &[place.id]).await?;
        let may = readable.contains_key(&place.id);
        self.looked.readable.insert((place.id, user), may);
        Ok(may)
    }
}
