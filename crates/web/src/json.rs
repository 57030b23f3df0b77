//! JSON bodies, read strictly: unknown fields, keys given twice and wrong kinds are refused with their place.
//!
//! That unknown fields are refused is said on the type: `#[serde(deny_unknown_fields)]`.

mod unique;

use crate::failure::Failure;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Error, message};
use http_body_util::{BodyExt, LengthLimitError};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::error::Category;

/// A JSON body, coming in or going out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json<T>(pub T);

/// A JSON document that is already written.
#[derive(Debug, Clone)]
pub struct RawJson(pub Bytes);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Json<T>, Failure> {
        if !is_json(request.headers()) {
            return Err(Failure::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, message!("content-type-not-json")));
        }
        let bytes = collect(request.into_body()).await?;
        read(&bytes).map(Json)
    }
}

/// Reads one JSON value as strictly as a request's body.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    unique::check(bytes).map_err(|wrong| explain(&wrong))?;
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|wrong| explain(&wrong))?;
    Ok(value)
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")
}

/// The whole body; `pass.rs` has put the route's limit around it.
async fn collect(body: Body) -> Result<Bytes, Failure> {
    match body.collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(cause) => Err(unread_body(cause)),
    }
}

/// Why a body did not arrive: too long, or the client went away.
pub(crate) fn unread_body(cause: axum::Error) -> Failure {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&cause);
    while let Some(error) = source {
        if error.is::<LengthLimitError>() {
            return Failure::from(Error::TooLarge(message!("body-too-large")));
        }
        source = error.source();
    }
    Failure::refused(StatusCode::BAD_REQUEST, message!("body-cut-off"))
}

/// serde's error in our words: where, and what. Its own words only fill the gap `reason`.
fn explain(wrong: &serde_path_to_error::Error<serde_json::Error>) -> Failure {
    let cause = wrong.inner();
    if cause.classify() != Category::Data {
        let (line, column) = (cause.line(), cause.column());
        let message = message!("body-malformed", line = line, column = column);
        return Failure::refused(StatusCode::BAD_REQUEST, message);
    }
    let path = wrong.path().to_string();
    let text = cause.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    let error =
        match (quoted(reason, "unknown field"), quoted(reason, "missing field"), quoted(reason, "duplicate field")) {
            (Some(name), ..) => Error::field(place(&path, name), message!("body-unknown-field", name = name)),
            (_, Some(name), _) => Error::field(place(&path, name), message!("body-missing-field", name = name)),
            (.., Some(name)) => Error::field(place(&path, name), message!("body-repeated-field", name = name)),
            _ => Error::field(path, message!("body-wrong-kind", reason = reason)),
        };
    error.into()
}

/// The name between backquotes after `what`.
fn quoted<'a>(reason: &'a str, what: &str) -> Option<&'a str> {
    let (name, _) = reason.strip_prefix(what)?.strip_prefix(" `")?.split_once('`')?;
    Some(name)
}

/// `objects` and `colour` → `objects.colour`; serde sometimes names the field in the path already.
fn place(path: &str, name: &str) -> String {
    match path {
        "." | "" | "?" => name.to_owned(),
        _ if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        _ => format!("{path}.{name}"),
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => RawJson(bytes.into()).into_response(),
            Err(cause) => Failure::from(Error::internal(cause)).into_response(),
        }
    }
}

impl IntoResponse for RawJson {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.0));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

#[cfg(test)]
mod tests;
