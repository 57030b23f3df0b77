//! The way in: HTTP from the socket to a handler and back, for features that never meet a header.
//!
//! Not here: customers, users, tables. A feature declares [`Routes`]; `identity` fills the [`Door`]; the roof
//! composes an [`App`] and calls [`serve`]. Start reading at [`Route`], then `pass.rs`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

mod admission;
mod app;
mod failure;
mod headers;
mod held;
mod json;
mod live;
mod metrics;
mod openapi;
mod origin;
mod pass;
mod query;
mod reply;
mod route;
mod serve;
mod speech;
mod visit;

pub use admission::Limits;
pub use app::{App, Document, Parts, Ready};
pub use failure::{Answer, Failure};
pub use json::{Json, RawJson};
pub use live::{LastEventId, LiveEvent, live};
pub use metrics::Metrics;
pub use openapi::openapi;
pub use query::Query;
pub use route::{BASE, Catalogue, Class, Declared, Method, Needs, Route, Routes};
pub use serve::{Listener, serve};
pub use speech::speak;
pub use visit::{Credentials, Door, Peer, SESSION_COOKIE, SESSION_COOKIE_HTTPS, Signed, Visit};
