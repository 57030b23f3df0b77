//! The words that every room of the house shares: ids, time, money, folded text, callers and errors.
//!
//! Not here: anything that does I/O. `base` has no runtime, no SQL and no HTTP, and knows no customer.

pub mod caller;
pub mod decimal;
pub mod error;
pub mod fold;
mod hex;
pub mod id;
pub mod time;

pub use caller::{AccessPlan, Caller, FieldRule, Language, ObjectRights, Principal, Scope, SystemCaller, TenantId};
pub use error::{Error, FieldError, Message, Result};
pub use hex::hex;
pub use id::{Id, IdGen};
pub use time::{Clock, Timestamp};
