//! The roof: puts the rooms together into one program. Nobody imports it but its own binary and the test harness.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

mod access;
pub mod cli;
mod configuration;
pub mod demo;
pub mod house;
pub mod modules;
