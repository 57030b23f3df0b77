//! The heart: records of described objects. One engine lists, filters, creates, changes, imports, exports and
//! searches contacts, orders and whatever objects an administrator invents, by the same code.
//!
//! Not here: anything special about one object. Start reading at [`object`], then [`filter`], then `store`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

pub mod object;
pub mod field;
pub mod fields;
pub mod lists;
pub mod transfer;
pub mod value;
pub mod schema;
pub mod standard;
pub mod stored;
pub mod layout;
pub mod store;
pub mod catalog;
pub mod definitions;
pub mod settings;
pub mod json;
pub mod cursor;
pub mod sort;
pub mod query;
pub mod sql;
pub mod permissions;
pub mod filter;
pub mod search;
pub mod indexes;
pub mod revalue;
pub mod history;
pub mod matching;
pub mod export;
pub mod import;
pub mod background;
pub mod http;
