//! Work that happens later, at a time, or because something happened: a queue, schedules and reactions in the same
//! database as everything else.
//!
//! A job may run twice and must not matter; what it writes through [`JobContext::submit`] counts once. Not here:
//! what jobs do. Start reading at [`Job`], then [`Worker`].

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

mod context;
mod job;
mod legacy;
mod queue;
mod reaction;
mod routes;
mod running;
mod schedule;
#[cfg(test)]
mod tests;
mod worker;

pub use context::JobContext;
pub use job::{Handler, Job, JobKind, Outcome, Priority, Registry, enqueue};
pub use legacy::take_over;
pub use reaction::{React, ReactToSome, Reacting, ReactingToSome, Reaction, Run, list_reactions};
pub use routes::routes;
pub use schedule::{Schedule, When};
pub use worker::{CallerOf, Worker};
