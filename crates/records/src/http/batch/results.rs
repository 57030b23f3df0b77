//! How the outcomes of a batch are told: one result each, or the problems of all under their numbers.

use super::super::{answered::Answered, changing::shown};
use crate::{
    object::Object,
    store::{Decided, Op, Work},
};
use axum::http::StatusCode;
use base::{Error, FieldError, Language, Result, message};
use serde_json::{json, value::RawValue};
use web::Failure;

/// The problems of the item at a place.
pub(super) fn numbered(at: usize, error: Error) -> Vec<FieldError> {
    match error {
        Error::Invalid(errors) => errors
            .into_iter()
            .map(|error| FieldError { field: format!("{at}.{}", error.field), message: error.message })
            .collect(),
        other => {
            let message = match other {
                Error::Conflict(message) | Error::Forbidden(message) | Error::TooLarge(message) => message,
                Error::Stale => message!("stale"),
                _ => message!("not-found"),
            };
            vec![FieldError { field: at.to_string(), message }]
        }
    }
}

/// The result of an item that was done.
pub(super) fn good(work: &Work, object: &Object, one: &Decided) -> Result<Box<RawValue>> {
    let status = match one.op {
        Op::Create => 201,
        Op::Update | Op::Restore => 200,
        Op::Bin => 204,
    };
    let record = match one.op {
        Op::Bin => "null".to_owned(),
        _ => shown(work, object, one.after.id, &one.after.values)?,
    };
    raw(format!("{{\"status\":{status},\"id\":\"{}\",\"record\":{record}}}", one.after.id))
}

/// The result of an item that was refused.
pub(super) fn bad(language: Language, error: Error) -> Result<Box<RawValue>> {
    let failure = Failure::from(error);
    let problem = failure.document(language);
    raw(json!({"status": failure.status().as_u16(), "problem": problem}).to_string())
}

fn raw(text: String) -> Result<Box<RawValue>> {
    RawValue::from_string(text).map_err(Error::internal)
}

/// The answer to the whole batch.
pub(super) fn answered(work: &Work, results: Vec<Box<RawValue>>) -> Answered {
    let results: Vec<&str> = results.iter().map(|result| result.get()).collect();
    let body = format!("{{\"action\":\"{}\",\"results\":[{}]}}", work.action, results.join(","));
    Answered { status: StatusCode::OK, action: Some(work.action), body }
}
