//! Large actions, as imports and bulk changes are: each hearer is told once for each object, with how many of its
//! records it is about.

use super::{
    Kind,
    decide::What,
    keep::New,
    watch::{Desk, new},
};
use crate::followers;
use base::{Id, Principal, Result};
use db::LoggedEvent;
use records::{permissions::Access, titles};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Fields of some records, by record.
type Fields = BTreeMap<Id, BTreeSet<String>>;

/// What some events of one large action did to the records of one object.
#[derive(Debug, Clone)]
pub(super) struct Heap {
    actor: Option<Id>,
    /// The latest of the events.
    last: LoggedEvent,
    changed: Fields,
    /// By user: the fields that hold them now.
    given: BTreeMap<Id, Fields>,
}

impl Heap {
    pub(super) fn new(event: &LoggedEvent) -> Heap {
        let actor = Principal::user_in(&event.actor);
        Heap { actor, last: event.clone(), changed: Fields::new(), given: BTreeMap::new() }
    }

    /// Takes in one more event.
    pub(super) fn add(&mut self, event: &LoggedEvent, record: Id, what: &What) {
        let What::Written { fields, users } = what else { return };
        self.last = event.clone();
        if !fields.is_empty() {
            self.changed.entry(record).or_default().extend(fields.iter().cloned());
        }
        for (field, user) in users {
            self.given.entry(*user).or_default().entry(record).or_default().insert(field.clone());
        }
    }

    /// Who hears of what: of a record that they were given, not also that it was changed.
    fn hearers(&self, followers: &HashMap<Id, BTreeSet<Id>>) -> BTreeMap<(Id, Kind), Fields> {
        let mut all: BTreeMap<(Id, Kind), Fields> =
            self.given.iter().map(|(user, fields)| ((*user, Kind::Assigned), fields.clone())).collect();
        for (record, fields) in &self.changed {
            for user in followers.get(record).into_iter().flatten() {
                let has = self.given.get(user).is_some_and(|given| given.contains_key(record));
                if !has && Some(*user) != self.actor {
                    all.entry((*user, Kind::Changed)).or_default().insert(*record, fields.clone());
                }
            }
        }
        all
    }
}

impl Desk<'_> {
    /// Tells of a heap all who may read its records and want to hear.
    pub(super) async fn tell_at_once(&mut self, heap: Heap) -> Result<()> {
        let records = self.talk.records.clone();
        let catalog = self.catalog().await?;
        let Ok(object) = catalog.object_by_id(heap.last.object) else { return Ok(()) };
        let changed: Vec<Id> = heap.changed.keys().copied().collect();
        let mut followers: HashMap<Id, BTreeSet<Id>> = HashMap::new();
        for (record, all) in followers::of_some(self.talk, &self.caller, object, &changed).await? {
            followers.insert(record, self.willing(all).await?);
        }
        for ((user, kind), about) in heap.hearers(&followers) {
            let Some((caller, chosen)) = self.user(user).await? else { continue };
            if !chosen.notify.wants(kind) {
                continue;
            }
            let access = Access::new(&catalog.schema, caller);
            let ids: Vec<Id> = about.keys().copied().collect();
            let mut reader = records.db().reader(caller);
            let readable = titles::load(&mut reader, &access, records.db().dialect(), (object, false), &ids).await?;
            drop(reader);
            let sees = |name: &String| object.field(name).is_some_and(|field| access.may_see(object, field));
            let heard =
                |(record, fields): &(&Id, &BTreeSet<String>)| readable.contains_key(record) && fields.iter().any(sees);
            let count = i64::try_from(about.iter().filter(heard).count()).unwrap_or(i64::MAX);
            if count > 0 {
                let bundle = format!("{}:{}:{}", kind.name(), heap.last.action, object.id);
                let details = json!({"action": heap.last.action});
                self.put(New { record: None, count, details, ..new(&heap.last, user, kind, bundle) });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Timestamp;
    use db::Cursor;

    #[test]
    fn whoever_was_given_a_record_does_not_also_hear_that_it_changed() {
        let event = LoggedEvent {
            cursor: Cursor { tx: 0, seq: 1 },
            at: Timestamp(0),
            action: Id(9),
            actor: format!("user {}", Id(1)),
            kind: "changed".to_owned(),
            object: 1,
            record: Some(Id(5)),
            changes: String::new(),
        };
        let written = |field: &str, users: &[i64]| What::Written {
            fields: vec![field.to_owned()],
            users: users.iter().map(|user| (field.to_owned(), Id(*user))).collect(),
        };
        let mut heap = Heap::new(&event);
        heap.add(&event, Id(5), &written("owner", &[2]));
        heap.add(&event, Id(6), &written("city", &[]));
        let all: BTreeSet<Id> = [Id(1), Id(2), Id(3)].into();
        let heard = heap.hearers(&HashMap::from([(Id(5), all.clone()), (Id(6), all)]));
        let told = |user: i64, kind| heard.get(&(Id(user), kind)).map(|about| about.keys().map(|id| id.0).collect());
        assert_eq!(told(1, Kind::Changed), None, "who did it");
        assert_eq!((told(2, Kind::Assigned), told(2, Kind::Changed)), (Some(vec![5]), Some(vec![6])));
        assert_eq!((told(3, Kind::Assigned), told(3, Kind::Changed)), (None, Some(vec![5, 6])));
    }
}
