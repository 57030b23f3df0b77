//! The door to talk. Handlers only translate: what may be said is decided in `comments` and its neighbours.

mod comments;
mod following;
mod marks;
mod notifications;
mod reminders;

use crate::Talk;
use base::{Error, Result, message};
use web::Routes;

/// Every route of talk.
pub(crate) fn routes() -> Routes<Talk> {
    Routes::new()
        .merge(comments::routes())
        .merge(marks::routes())
        .merge(following::routes())
        .merge(notifications::routes())
        .merge(reminders::routes())
}

/// How many items a page has.
fn page_size(limit: Option<usize>, usual: usize, most: usize) -> Result<usize> {
    match limit.unwrap_or(usual) {
        limit if (1..=most).contains(&limit) => Ok(limit),
        _ => Err(Error::field("limit", message!("limit-range", most = most))),
    }
}
