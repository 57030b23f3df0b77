//! Duplicates: records that may mean the same person, company or thing, with how likely that is and why.
//!
//! What is compared, and how much it weighs, are the object's rules (`rules`), which are data. One pure judgement
//! (`score`) serves both ways of finding pairs: for one record at the moment it is entered (`entry`), and over all
//! records in the background (`scan`). Merging is a person's decision: nothing is merged here.

mod blocks;
mod entry;
mod household;
mod judge;
mod kept;
mod names;
mod normal;
mod refuse;
mod rules;
mod scan;
mod score;
mod shared;
mod sketch;
mod usual;

pub use entry::{Candidate, candidates, sketch};
pub use household::{Member, household};
pub use judge::Judge;
pub use kept::{Pair, dismiss, list};
pub use refuse::{Likely, REFUSED, Refusals, are_looked_for, likely, refusals};
pub use rules::{OnEntry, Rules};
pub use scan::{job_kind, later, schedule};
pub use usual::rules as usual_rules;
