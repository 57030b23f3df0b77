//! What the filter language promises, from its text down to the rows of both databases.

mod agreement;
mod examples;
mod generate;
mod meaning;
mod moments;
mod plans;
mod reading;
mod refusals;
mod rights;
mod trees;
mod words;
mod world;

use crate::{filter::Filter, permissions::Access};
use base::{Caller, Error, Message, SystemCaller, TenantId, Timestamp};
use world::Company;

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

fn system() -> Caller {
    SystemCaller::for_(TenantId(1), "tests")
}

/// The problem of a filter on an object, for a caller.
fn refusal(company: &Company, caller: &Caller, object: &str, filter: &str) -> String {
    let access = Access::new(&company.schema, caller);
    let object = company.schema.object(object).unwrap();
    problem(Filter::parse(filter).and_then(|parsed| parsed.check(&access, object, Timestamp(0)))).to_string()
}
