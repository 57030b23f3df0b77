//! Duplicates: records that may mean the same person or company, with how likely that is and why.
//!
//! One pure judgement (`score`) serves both ways of finding pairs: for one record at the moment it is entered
//! (`entry`), and over all records in the background (`scan`). Merging is a person's decision: nothing is merged here.

mod blocks;
mod entry;
mod kept;
mod names;
mod scan;
mod score;
mod sketch;

pub use entry::{Candidate, candidates};
pub use kept::{Pair, dismiss, list};
pub use scan::{job_kind, later, schedule};
pub use score::Score;

/// Pairs below are not shown: chance explains them as well.
pub const POSSIBLE: u8 = 60;
