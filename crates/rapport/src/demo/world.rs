//! What is known while the demo company is being made: the shape, the definitions, and the ids of what is there.

use super::{
    Shape,
    chance::Chance,
    customers::Contact,
    draft::Draft,
    people::{Owner, People},
};
use base::{Error, Id, IdGen, Result, Timestamp};
use jiff::civil::Date;
use records::{catalog::Catalog, object::Object};
use std::sync::Arc;

const OWNER: u64 = 8;

pub struct World {
    pub shape: Shape,
    pub catalog: Arc<Catalog>,
    pub people: People,
    pub now: Timestamp,
    pub today: Date,
    pub ids: IdGen,
    pub companies: Vec<Id>,
    pub products: Vec<Id>,
    pub contacts: Vec<Id>,
    pub orders: Vec<Id>,
    pub tasks: Vec<Id>,
    pub contracts: Vec<Id>,
}

impl World {
    pub fn next_id(&self) -> Id {
        self.ids.next()
    }

    /// A definition; users and teams have one, too.
    pub fn object(&self, name: &str) -> Result<&Object> {
        self.catalog.schema.object(name).ok_or_else(|| Error::internal(format!("no object {name}")))
    }

    pub fn owned<'a>(&self, draft: Draft<'a>, owner: Owner) -> Result<Draft<'a>> {
        let (users, teams) = (self.object("users")?.id, self.object("teams")?.id);
        Ok(draft.link("owner", users, owner.user).link("team", teams, owner.team))
    }

    /// Whose contact number `n` is, and with it all that is about the contact.
    pub fn contact_owner(&self, n: u64) -> Result<Owner> {
        let mut chance = Chance::of(self.shape.seed, OWNER, n);
        self.people.owner(Contact::of(self, n).land, &mut chance)
    }

    pub fn company(&self, n: u64) -> Result<Id> {
        at(&self.companies, n)
    }

    pub fn product(&self, n: u64) -> Result<Id> {
        at(&self.products, n)
    }

    pub fn contact(&self, n: u64) -> Result<Id> {
        at(&self.contacts, n)
    }

    pub fn order(&self, n: u64) -> Result<Id> {
        at(&self.orders, n)
    }

    pub fn contract(&self, n: u64) -> Result<Id> {
        at(&self.contracts, n)
    }

    pub fn task(&self, n: u64) -> Result<Id> {
        at(&self.tasks, n)
    }
}

fn at(ids: &[Id], n: u64) -> Result<Id> {
    let id = usize::try_from(n).ok().and_then(|n| ids.get(n));
    id.copied().ok_or_else(|| Error::internal("a reference to a record that has not been made"))
}
