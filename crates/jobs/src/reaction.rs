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

/// A line of the list of reactions.
#[derive(Clone)]
pub struct Reaction {
    /// A kind of event (`record.created`), or all that begin alike (`record.*`).
    pub on: &'static str,
    /// Its place in the log is kept under this name.
    pub name: &'static str,
    pub run: React,
}

impl Reaction {
    pub fn new<F, W>(on: &'static str, name: &'static str, run: F) -> Reaction
    where
        F: Fn(Reacting) -> W + Send + Sync + 'static,
        W: Future<Output = Result<Batch>> + Send + 'static,
    {
        Reaction { on, name, run: Arc::new(move |reacting| Box::pin(run(reacting))) }
    }

    pub(crate) fn wants(&self, kind: &str) -> bool {
        match self.on.strip_suffix('*') {
            Some(beginning) => kind.starts_with(beginning),
            None => kind == self.on,
        }
    }
}

/// Who reacts to what, one a line, sorted: `docs/generated/reactions.txt`.
pub fn list_reactions(reactions: &[Reaction]) -> String {
    let mut lines: Vec<_> = reactions.iter().map(|reaction| (reaction.on, reaction.name)).collect();
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
            let reacting = Reacting { db: context.db.clone(), caller: context.caller.clone(), event };
            Ok(Outcome::Done((reaction.run)(reacting).await?))
        }
    })
}
