//! What came of the rows of a slice, and why some of them failed.

use super::{Outcome, Plan, beside::Beside, looked::Came, slices::Slice};
use crate::store::Decided;
use base::{Error, FieldError, Result, message};
use std::collections::HashSet;

/// What came of the rows of a slice.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub created: i64,
    pub updated: i64,
    pub skipped: i64,
    /// What was made beside the rows' records.
    pub beside: Beside,
    /// The records of the rows.
    pub came: Vec<Came>,
    /// Columns of which a cell was left, one for each cell.
    pub left: Vec<usize>,
    pub failed: Vec<(u64, Vec<FieldError>)>,
}

pub(super) fn drop_row(slice: &Slice, dropped: &mut [bool], tally: &mut Tally, at: usize, errors: &[FieldError]) {
    let (Some(flag), Some(row)) = (dropped.get_mut(at), slice.rows.get(at)) else { return };
    if !*flag {
        *flag = true;
        tally.failed.push((row.number, errors.to_vec()));
    }
}

/// An error of one row, in words for its uploader. A broken machine is not a row's fault.
pub(super) fn field_errors(error: Error) -> Result<Vec<FieldError>> {
    let whole = |message| vec![FieldError { field: String::new(), message }];
    Ok(match error {
        Error::Invalid(errors) => errors,
        Error::Conflict(message) | Error::Forbidden(message) | Error::TooLarge(message) => whole(message),
        Error::NotFound(_) => whole(message!("not-found")),
        other => return Err(other),
    })
}

impl Tally {
    /// What came of the rows of a slice that is decided.
    pub fn count(&mut self, plan: &Plan, decided: &[(Decided, &Vec<usize>)]) {
        let is_own = |one: &Decided| !plan.also.contains(&one.after.id);
        let own = || decided.iter().filter(|(one, rows)| rows.len() == 1 && is_own(one));
        let idle: HashSet<usize> =
            own().filter(|(one, _)| one.is_idle()).flat_map(|(_, rows)| rows.iter().copied()).collect();
        self.came =
            own().flat_map(|(one, rows)| rows.iter().map(|at| (*at, one.after.id, one.before.is_none()))).collect();
        self.left.clone_from(&plan.left);
        for (at, outcome) in plan.outcomes.iter().enumerate() {
            match outcome {
                Outcome::Created => self.created += 1,
                Outcome::Updated if idle.contains(&at) => self.skipped += 1,
                Outcome::Updated => self.updated += 1,
                Outcome::Skipped => self.skipped += 1,
                Outcome::Failed(_) => {}
            }
        }
    }
}
