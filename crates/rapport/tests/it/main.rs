//! Journeys through the user's door, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod batches;
mod bulk;
mod command_line;
mod company;
mod configuration;
mod crashes;
mod custom;
mod definition_bin;
mod definitions;
mod duplicates;
mod events;
mod exports;
mod files;
mod found;
mod generated;
mod idempotency;
mod imports;
mod kinds;
mod layouts;
mod ledger;
mod lists;
mod merging;
mod past;
mod recents;
mod records;
mod relations;
mod rights;
mod rules;
mod same_bytes;
mod searching;
mod secrecy;
mod slots;
mod sweeping;
mod undo;
mod worlds;
