//! Files by their content: kept under their digest, told by their first bytes, and read for the words in them.
//!
//! Not here: whose a file is, what it is called, and who may have it.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

mod kind;
mod store;
mod text;

#[cfg(test)]
mod tests;

pub use kind::{Kind, kind};
pub use store::{Arrived, Arriving, Store};
pub use text::{MOST_TEXT_BYTES, Stop, is_read, text};
