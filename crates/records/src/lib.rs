//! The heart: records of described objects. One engine lists, filters, creates, changes, imports, exports and
//! searches contacts, orders and whatever objects an administrator invents, by the same code.
//!
//! Not here: anything special about one object. Start reading at [`object`], then [`filter`], then `store`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

pub mod attachments;
pub mod audience;
pub mod background;
pub mod bulk;
pub mod catalog;
pub mod configuration;
pub mod cursor;
pub mod definitions;
pub mod derived;
pub mod document;
pub mod duplicates;
pub mod export;
pub mod export_schedules;
pub mod expression;
pub mod field;
pub mod fields;
pub mod filter;
pub mod hierarchy;
pub mod history;
pub mod http;
pub mod import;
pub mod indexes;
pub mod json;
pub mod layout;
pub mod lists;
pub mod matching;
pub mod merge;
pub mod object;
pub mod permissions;
pub mod purge;
pub mod query;
pub mod recents;
pub mod refit;
mod reindex;
pub mod revalue;
pub mod rules;
pub mod saved_views;
pub mod schema;
pub mod search;
pub mod sections;
pub mod settings;
pub mod sort;
pub mod sql;
pub mod standard;
pub mod store;
pub mod stored;
pub mod stories;
pub mod sweep;
pub mod templates;
pub mod titles;
pub mod totals;
pub mod transfer;
pub mod undo;
pub mod value;
pub mod view;
