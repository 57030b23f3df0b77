//! The query of a URL as a value, read strictly. Which names there may be is declared on the route.

use crate::failure::Failure;
use axum::{
    extract::FromRequestParts,
    http::{Uri, request},
};
use base::{Error, FieldError, message};
use serde::de::DeserializeOwned;

/// The query parameters: `Query(list): Query<ListQuery>`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Query<T>, Failure> {
        match axum::extract::Query::<T>::try_from_uri(&parts.uri) {
            Ok(axum::extract::Query(value)) => Ok(Query(value)),
            Err(rejection) => Err(unreadable(&rejection).into()),
        }
    }
}

/// `Failed to deserialize query string: limit: invalid digit` → the field and the reason.
fn unreadable(rejection: &dyn std::error::Error) -> Error {
    let reason = rejection.source().map_or_else(|| rejection.to_string(), ToString::to_string);
    match reason.split_once(": ") {
        Some((field, reason)) if !field.contains(' ') => {
            Error::field(field, message!("query-unreadable", reason = reason))
        }
        _ => Error::field("query", message!("query-unreadable", reason = reason)),
    }
}

/// Refuses parameters that the route does not declare, and those that are given twice.
pub(crate) fn check_names(uri: &Uri, declared: &[(&'static str, serde_json::Value)]) -> base::Result<()> {
    if uri.query().is_none_or(str::is_empty) {
        return Ok(());
    }
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(uri);
    let axum::extract::Query(pairs) = pairs.map_err(|rejection| unreadable(&rejection))?;
    let mut wrong = Vec::new();
    for (place, (name, _)) in pairs.iter().enumerate() {
        if !declared.iter().any(|(known, _)| known == name) {
            wrong.push(FieldError { field: name.clone(), message: message!("query-unknown", name = name) });
        } else if pairs[..place].iter().any(|(earlier, _)| earlier == name) {
            wrong.push(FieldError { field: name.clone(), message: message!("query-repeated", name = name) });
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}
