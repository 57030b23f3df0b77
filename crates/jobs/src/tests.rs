//! Jobs, schedules and reactions on both databases. Most tests turn the crank by hand, with a clock that stands still.

mod http;
mod kit;
mod queue;
mod reactions;
mod schedules;
mod workers;
