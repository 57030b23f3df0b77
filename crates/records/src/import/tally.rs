//! What came of the rows of a slice, and why some of them failed.

use super::{beside::Beside, slices::Slice};
use base::{Error, FieldError, Result, message};

/// What came of the rows of a slice.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub created: i64,
    pub updated: i64,
    pub skipped: i64,
    /// What was made beside the rows' records.
    pub beside: Beside,
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
