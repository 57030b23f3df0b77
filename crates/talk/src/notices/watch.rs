//! The reaction that makes notices: it reads the log, looks up who follows, who may read and who wants to hear, and
//! writes one batch for some events.

use super::{
    Kind,
    decide::{self, What},
    keep::New,
    large::Heap,
    looked::Looked,
};
use crate::{
    Talk,
    followers::{self, Because},
    place::Place,
    reminders,
};
use base::{Caller, Error, Id, Principal, Result};
use db::{Batch, Event, LoggedEvent, Statement, sql};
use jobs::{ReactingToSome, Reaction};
use records::permissions::Access;
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// An action of more events than these is told as one: nobody wants a notice for each row of an import.
const LARGE: i64 = 20;
/// Events that are told of in one commit: each may have many hearers, and a lease does not last for ever.
const AT_ONCE: usize = 32;
/// Members of a team that are told of its mention.
const MOST_MEMBERS: i64 = 1_000;

/// What makes notices of the log.
pub fn reaction(talk: &Talk) -> Reaction {
    let talk = talk.clone();
    let on = "created changed comment.created comment.edited import.done bulk.done";
    Reaction::to_some(on, "talk.notices", move |reacting: ReactingToSome| {
        let talk = talk.clone();
        async move { Desk::new(&talk, reacting.caller).work(&reacting.events).await }
    })
    .at_most(AT_ONCE)
}

/// What is looked up once for all the events of a batch.
pub(crate) struct Desk<'t> {
    pub(crate) talk: &'t Talk,
    pub(crate) caller: Caller,
    pub(crate) batch: Batch,
    told: BTreeSet<Id>,
    /// Who follows which record from now on, and why.
    joined: BTreeMap<(Id, Id), Because>,
    /// What was looked up already.
    pub(super) looked: Looked,
    /// What large actions did, by action and object.
    heaps: BTreeMap<(Id, i64), Heap>,
}

impl<'t> Desk<'t> {
    pub(crate) fn new(talk: &'t Talk, caller: Caller) -> Desk<'t> {
        let (batch, told, joined) = (Batch::new(), BTreeSet::new(), BTreeMap::new());
        Desk { talk, caller, batch, told, joined, looked: Looked::default(), heaps: BTreeMap::new() }
    }

    async fn work(mut self, events: &[LoggedEvent]) -> Result<Batch> {
        let catalog = self.catalog().await?;
        let mut meant = Vec::new();
        for event in events {
            let changes: Map<String, Json> = serde_json::from_str(&event.changes).map_err(Error::internal)?;
            let object = catalog.object_by_id(event.object).ok();
            if let Some((object, task)) = object.zip(event.record)
                && let Some(wish) = reminders::wish(object, &changes)
            {
                reminders::keep(wish, &self.caller, event, task, &mut self.batch);
            }
            let what = decide::read(&event.kind, object, Principal::user_in(&event.actor), changes);
            meant.extend(what.map(|what| (event, what)));
        }
        let large = self.large(meant.iter().map(|(event, _)| event.action).collect()).await?;
        for (event, what) in &meant {
            self.look(event, what, large.contains(&event.action)).await?;
        }
        for heap in std::mem::take(&mut self.heaps).into_values() {
            self.tell_at_once(heap).await?;
        }
        Ok(self.finish())
    }

    /// All that is to be written, with what the log tells of it.
    pub(crate) fn finish(mut self) -> Batch {
        let joined = self
            .joined
            .iter()
            .map(|((record, user), because)| json!({"record": record, "user": user, "because": because.name()}));
        let joined = Json::Array(joined.collect());
        if !self.joined.is_empty() {
            self.log("follower.joined", json!({"followers": joined}));
        }
        if !self.told.is_empty() {
            self.log("notice.made", json!({"for": self.told}));
        }
        self.batch
    }

    fn log(&mut self, kind: &'static str, changes: Json) {
        let action = self.talk.records.db().ids().next();
        let changes = changes.to_string();
        self.batch.log(Event { action, kind, object: 0, record: None, changes, also: Vec::new() });
    }

    /// The actions that have done so much that their events are not told one by one.
    async fn large(&self, actions: BTreeSet<Id>) -> Result<HashSet<Id>> {
        let mut large = HashSet::new();
        let mut reader = self.talk.records.db().reader(&self.caller);
        for action in actions {
            let text = sql!(
                "SELECT COUNT(*) FROM (SELECT seq FROM event WHERE tenant_id = ?1 AND action_id = ?2 LIMIT ?3) AS counted"
            );
            let args = [self.caller.tenant.into(), action.into(), (LARGE + 1).into()];
            let rows = reader.rows(Statement::new(text, args)).await?;
            if rows.first().map_or(Ok(0), |row| row.int(0))? > LARGE {
                large.insert(action);
            }
        }
        Ok(large)
    }

    async fn look(&mut self, event: &LoggedEvent, what: &What, is_large: bool) -> Result<()> {
        match (event.record, what) {
            (None, What::Finished { details, .. }) => self.finished(event, what, details).await,
            (Some(record), What::Written { .. }) if is_large => {
                let heap = self.heaps.entry((event.action, event.object)).or_insert_with(|| Heap::new(event));
                heap.add(event, record, what);
                Ok(())
            }
            (Some(record), _) => self.tell(event, Principal::user_in(&event.actor), record, what).await,
            (None, _) => Ok(()),
        }
    }

    async fn finished(&mut self, event: &LoggedEvent, what: &What, details: &Map<String, Json>) -> Result<()> {
        let mut details = details.clone();
        details.insert("action".to_owned(), json!(event.action));
        for (user, kind) in decide::hearers(what, None, &BTreeSet::new(), &BTreeSet::new()) {
            if self.user(user).await?.is_some_and(|(_, chosen)| chosen.notify.wants(kind)) {
                let bundle = format!("{}:{}", kind.name(), event.action);
                self.put(New { details: Json::Object(details.clone()), ..new(event, user, kind, bundle) });
            }
        }
        Ok(())
    }

    /// Tells all who should hear of it, may read the record and want to.
    async fn tell(&mut self, event: &LoggedEvent, actor: Option<Id>, record: Id, what: &What) -> Result<()> {
        // In the bin by now, or thrown away.
        let Some(place) = self.place(event.object, record).await? else { return Ok(()) };
        let followers = self.followers(&place).await?;
        let mut members = BTreeSet::new();
        if let What::Said { teams, .. } = what {
            for team in teams {
                members.extend((self.talk.people.members)(*team, MOST_MEMBERS).await?);
            }
        }
        if let What::Said { author: Some(author), .. } = what {
            self.join(&place, *author, Because::Commented, event).await?;
        }
        for (user, kind) in decide::hearers(what, actor, &followers, &members) {
            if !self.may_hear(&place, user, kind, what).await? {
                continue;
            }
            if kind == Kind::Mentioned {
                self.join(&place, user, Because::Mentioned, event).await?;
            }
            if self.user(user).await?.is_some_and(|(_, chosen)| chosen.notify.wants(kind)) {
                let bundle = format!("{}:{}", kind.name(), place.id);
                let comment = if let What::Said { comment, .. } = what { Some(*comment) } else { None };
                self.put(New { record: Some(place.id), comment, actor, ..new(event, user, kind, bundle) });
            }
        }
        Ok(())
    }

    /// Whoever speaks or is spoken to follows from then on, if they want that and have not said otherwise.
    async fn join(&mut self, place: &Place, user: Id, because: Because, event: &LoggedEvent) -> Result<()> {
        let Some((_, chosen)) = self.user(user).await? else { return Ok(()) };
        let wants = if because == Because::Mentioned { chosen.follow.mentioned } else { chosen.follow.commented };
        if !wants || self.joined.contains_key(&(place.id, user)) {
            return Ok(());
        }
        let mut reader = self.talk.records.db().reader(&self.caller);
        if !followers::has_said(&mut reader, &self.caller, place.id, user).await? {
            followers::join(&mut self.batch, &self.caller, (place.object, place.id), user, because, event.at.0);
            self.joined.insert((place.id, user), because);
        }
        Ok(())
    }

    /// Whether a user may read the record, and something of what changed.
    async fn may_hear(&mut self, place: &Place, user: Id, kind: Kind, what: &What) -> Result<bool> {
        if !self.may_read(place, user).await? {
            return Ok(false);
        }
        let What::Written { fields, users } = what else { return Ok(true) };
        let catalog = self.catalog().await?;
        let Some((caller, _)) = self.user(user).await? else { return Ok(false) };
        let object = catalog.object_by_id(place.object)?;
        let access = Access::new(&catalog.schema, caller);
        let sees = |name: &String| object.field(name).is_some_and(|field| access.may_see(object, field));
        Ok(match kind {
            Kind::Assigned => users.iter().any(|(field, given)| *given == user && sees(field)),
            _ => fields.iter().any(sees),
        })
    }

    pub(crate) fn put(&mut self, new: New) {
        new.write(self.talk, &self.caller, &mut self.batch);
        self.told.insert(new.user);
    }
}

/// A notice of one event.
pub(super) fn new(event: &LoggedEvent, user: Id, kind: Kind, bundle: String) -> New {
    New {
        user,
        kind,
        bundle,
        object: event.object,
        record: event.record,
        comment: None,
        actor: Principal::user_in(&event.actor),
        count: 1,
        details: json!({}),
        place: event.cursor,
        at: event.at,
    }
}
