//! Talk: what people say to each other about records, and what they should hear of. Comments with answers, mentions,
//! reactions and pins; following; notices; reminders.
//!
//! Not here: notes (records of their own), messages to and from customers. Start reading at [`comments`], then
//! [`notices`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

mod comments;
mod followers;
mod http;
mod mentions;
mod notices;
mod place;
mod preferences;
mod reminders;

use base::{Id, Result};
use futures_util::future::BoxFuture;
use jobs::{CallerOf, Registry};
use records::{catalog::Records, stories::Story};
use std::sync::Arc;
use web::Routes;

/// Looks a team up by its id or name.
pub type TeamOf = Arc<dyn Fn(String) -> BoxFuture<'static, Result<Option<Id>>> + Send + Sync>;

/// The active users in a team, up to so many.
pub type MembersOf = Arc<dyn Fn(Id, i64) -> BoxFuture<'static, Result<Vec<Id>>> + Send + Sync>;

/// What talk must know of users and teams.
#[derive(Clone)]
pub struct People {
    /// A user with the rights of this moment; `NotFound` where there is no active one.
    pub caller_of: CallerOf,
    pub team: TeamOf,
    pub members: MembersOf,
}

/// What talk is put together from.
#[derive(Clone)]
pub struct Talk {
    pub records: Records,
    pub people: People,
}

/// How often a change that lost a race is decided anew.
const ATTEMPTS: usize = 3;

/// Decides on what is there and writes it; where somebody else has changed that meanwhile, decides anew.
///
/// # Errors
/// Those of the decision; `Stale` where others were faster each time.
pub(crate) async fn decided<T, F: Future<Output = Result<T>>>(decide: impl Fn() -> F) -> Result<T> {
    for _ in 1..ATTEMPTS {
        match decide().await {
            Err(base::Error::Stale) => {}
            done => return done,
        }
    }
    decide().await
}

/// Every route of talk.
pub fn routes(talk: Talk) -> Routes {
    http::routes().with_state(talk)
}

/// What talk has for workers to do.
pub fn registry(talk: &Talk) -> Registry {
    let (prune, daily) = notices::prune(talk);
    let (remind, often) = (reminders::remind(talk), reminders::schedule());
    Registry { kinds: vec![prune, remind], schedules: vec![daily, often], reactions: vec![notices::reaction(talk)] }
}

/// How histories and the undo deal with what talk logs about records.
pub fn stories(people: &People) -> Vec<Story> {
    let throw_away =
        [comments::THROW_AWAY, &[followers::THROW_AWAY, notices::THROW_AWAY, reminders::THROW_AWAY]].concat();
    vec![comments::story(people, throw_away)]
}
