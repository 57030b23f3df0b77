//! The door to talk. Handlers only translate: what may be said is decided in `comments` and its neighbours.

mod comments;
mod following;
mod marks;
mod notifications;
mod reminders;

use crate::Talk;
use axum::{http::HeaderName, response::AppendHeaders};
use base::{Error, Id, Result, message};
use web::Routes;

const ACTION: HeaderName = HeaderName::from_static("x-action");

/// Every route of talk.
pub(crate) fn routes() -> Routes<Talk> {
    Routes::new()
        .merge(comments::routes())
        .merge(marks::routes())
        .merge(following::routes())
        .merge(notifications::routes())
        .merge(reminders::routes())
}

/// The id in an address; what is none leads to nothing.
fn parse_id(text: &str, what: &'static str) -> Result<Id> {
    text.parse().map_err(|_| Error::NotFound(what))
}

/// The header that names an action, where something was done.
fn by(action: Option<Id>) -> AppendHeaders<Option<(HeaderName, String)>> {
    AppendHeaders(action.map(|action| (ACTION, action.to_string())))
}

/// How many items a page has.
fn page_size(limit: Option<usize>, usual: usize, most: usize) -> Result<usize> {
    match limit.unwrap_or(usual) {
        limit if (1..=most).contains(&limit) => Ok(limit),
        _ => Err(Error::field("limit", message!("limit-range", most = most))),
    }
}
