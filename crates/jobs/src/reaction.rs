//! What follows from an event: reactions read the log by cursor, each at its own pace, and miss nothing.
//!
//! What a reaction writes commits together with its place in the log, so it happens once; what it does elsewhere may
//! happen twice. Only a reaction whose event has come takes a lease; the idle ones write nothing.

mod follow;

use crate::job::{JobKind, Outcome};
use base::{Caller, Error, Result};
use db::{Batch, Cursor, Db, LoggedEvent};
use futures_util::future::BoxFuture;
use std::{fmt::Write as _, sync::Arc};

#[cfg(test)]
pub(crate) use follow::Follower;
pub(crate) use follow::follow;

/// The kind of the jobs that stand for reactions which have given up on an event.
pub(crate) const RETRY: &str = "reaction.retry";

/// What a reaction has in its hands.
#[derive(Clone)]
pub struct Reacting {
    pub db: Db,
    pub caller: Caller,
    pub event: LoggedEvent,
}

/// Decides what follows: the batch to commit, often with a job in it, or an empty one.
pub type React = Arc<dyn Fn(Reacting) -> BoxFuture<'static, Result<Batch>> + Send + Sync>;

/// As [`Reacting`], of several events at once, the oldest first.
#[derive(Clone)]
pub struct ReactingToSome {
    pub db: Db,
    pub caller: Caller,
    pub events: Vec<LoggedEvent>,
}

/// Decides what follows from several events: one batch for them all.
pub type ReactToSome = Arc<dyn Fn(ReactingToSome) -> BoxFuture<'static, Result<Batch>> + Send + Sync>;

/// How events come to a reaction.
#[derive(Clone)]
pub enum Run {
    /// One by one, each with a commit of its own.
    Each(React),
    /// Up to some hundreds together, at most a few times a second: for what follows from so common events that a commit
    /// for each would double the writing.
    Some(ReactToSome),
}

/// A line of the list of reactions.
#[derive(Clone)]
pub struct Reaction {
    /// A kind of event (`record.created`), or all that begin alike (`record.*`); several with spaces between them.
    pub on: &'static str,
    /// Its place in the log is kept under this name.
    pub name: &'static str,
    pub run: Run,
    /// How many of its events come to it at once.
    most: usize,
}

impl Reaction {
    pub fn new<F, W>(on: &'static str, name: &'static str, run: F) -> Reaction
    where
        F: Fn(Reacting) -> W + Send + Sync + 'static,
        W: Future<Output = Result<Batch>> + Send + 'static,
    {
        Reaction { on, name, run: Run::Each(Arc::new(move |reacting| Box::pin(run(reacting)))), most: 1 }
    }

    /// A reaction to several events at once.
    pub fn to_some<F, W>(on: &'static str, name: &'static str, run: F) -> Reaction
    where
        F: Fn(ReactingToSome) -> W + Send + Sync + 'static,
        W: Future<Output = Result<Batch>> + Send + 'static,
    {
        Reaction { on, name, run: Run::Some(Arc::new(move |reacting| Box::pin(run(reacting)))), most: usize::MAX }
    }

    /// With so many events at once at most, where each of them takes its time: what follows from them must be decided
    /// while the lease lasts.
    pub fn at_most(self, most: usize) -> Reaction {
        Reaction { most, ..self }
    }

    /// Whether it reacts to events of this kind.
    pub fn wants(&self, kind: &str) -> bool {
        self.on.split(' ').any(|on| match on.strip_suffix('*') {
            Some(beginning) => kind.starts_with(beginning),
            None => kind == on,
        })
    }

    /// What follows from some events, of which there is one where it takes them one by one.
    pub(crate) async fn react(&self, db: &Db, caller: &Caller, mut events: Vec<LoggedEvent>) -> Result<Batch> {
        let (db, caller) = (db.clone(), caller.clone());
        match &self.run {
            Run::Some(run) => run(ReactingToSome { db, caller, events }).await,
            Run::Each(run) => match events.pop() {
                Some(event) => run(Reacting { db, caller, event }).await,
                None => Ok(Batch::new()),
            },
        }
    }
}

/// Who reacts to what, one a line, sorted: `docs/generated/reactions.txt`.
pub fn list_reactions(reactions: &[Reaction]) -> String {
    let kinds = |reaction: &Reaction| reaction.on.split(' ').map(|on| (on, reaction.name)).collect::<Vec<_>>();
    let mut lines: Vec<_> = reactions.iter().flat_map(kinds).collect();
    lines.sort_unstable();
    let mut text = String::new();
    for (on, name) in lines {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{on:30} {name}");
    }
    text
}

/// The job that tries a reaction again on an event it had given up on.
pub(crate) fn retries(reactions: &[Reaction]) -> JobKind {
    let reactions: Arc<[Reaction]> = reactions.into();
    JobKind::new(RETRY, move |context| {
        let reactions = Arc::clone(&reactions);
        async move {
            let number = |name: &str| context.payload[name].as_i64().unwrap_or_default();
            let before = Cursor { tx: number("tx"), seq: number("seq") - 1 };
            let name = context.payload["reaction"].as_str().unwrap_or_default();
            let reaction = reactions.iter().find(|reaction| reaction.name == name);
            let reaction = reaction.ok_or(Error::NotFound("reaction"))?;
            let found = context.db.events_after(&context.caller, before, 1).await?;
            let event = found.into_iter().next().ok_or(Error::NotFound("event"))?;
            Ok(Outcome::Done(reaction.react(&context.db, &context.caller, vec![event]).await?))
        }
    })
}
