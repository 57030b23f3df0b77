//! What the filter language promises, from its text down to the rows of both databases.

mod agreement;
mod generate;
mod meaning;
mod moments;
mod plans;
mod reading;
mod rights;
mod seeds;
mod world;

use base::{Error, Message};

/// The one problem of a refused filter.
fn problem<T: std::fmt::Debug>(result: Result<T, Error>) -> Message {
    match result.unwrap_err() {
        Error::Invalid(mut errors) => {
            assert_eq!(errors.len(), 1);
            let error = errors.remove(0);
            assert_eq!(error.field, "filter");
            error.message
        }
        other => panic!("not a problem of the filter: {other}"),
    }
}
