//! Journeys through the user's door, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod batches;
mod company;
mod custom;
mod definitions;
mod events;
mod found;
mod generated;
mod idempotency;
mod lists;
mod past;
mod records;
mod relations;
mod rights;
mod same_bytes;
mod secrecy;
mod worlds;
