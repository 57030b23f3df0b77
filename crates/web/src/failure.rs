//! What went wrong, as the client reads it: RFC 9457 `application/problem+json` in the caller's language.
//!
//! The only place that knows which error has which status.

use crate::speech::speak;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Error, FieldError, Language, Message, message};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What a handler gives back.
pub type Answer<T> = Result<T, Failure>;

/// An error on its way to the client. `?` makes it from [`base::Error`].
#[derive(Debug, Clone)]
pub struct Failure(Arc<Cause>);

#[derive(Debug)]
struct Cause {
    kind: Kind,
    /// Further members of the problem document.
    extra: Map<String, Value>,
}

#[derive(Debug)]
enum Kind {
    Error(Error),
    /// Refused by HTTP itself, before any rule of ours.
    Refused(StatusCode, Message),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure(Arc::new(Cause { kind: Kind::Error(error), extra: Map::new() }))
    }
}

impl Failure {
    /// A refusal with a status that no [`base::Error`] stands for.
    pub fn refused(status: StatusCode, message: Message) -> Failure {
        Failure(Arc::new(Cause { kind: Kind::Refused(status, message), extra: Map::new() }))
    }

    /// An error whose document says more than the standard members, such as the `reasons` why an undo is refused.
    pub fn with(error: Error, extra: Map<String, Value>) -> Failure {
        Failure(Arc::new(Cause { kind: Kind::Error(error), extra }))
    }

    pub fn status(&self) -> StatusCode {
        match &self.0.kind {
            Kind::Refused(status, _) => *status,
            Kind::Error(error) => match error {
                Error::NotFound(_) => StatusCode::NOT_FOUND,
                Error::Unauthenticated => StatusCode::UNAUTHORIZED,
                Error::Forbidden(_) => StatusCode::FORBIDDEN,
                Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Error::Conflict(_) => StatusCode::CONFLICT,
                Error::Stale => StatusCode::PRECONDITION_FAILED,
                Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
                Error::Busy { .. } => StatusCode::TOO_MANY_REQUESTS,
                Error::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
                Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// The cause for the log, where it is ours and not the client's.
    pub(crate) fn internal(&self) -> Option<String> {
        let Kind::Error(Error::Internal(cause)) = &self.0.kind else { return None };
        let mut text = cause.to_string();
        let mut source = cause.source();
        while let Some(next) = source {
            text.push_str(": ");
            text.push_str(&next.to_string());
            source = next.source();
        }
        Some(text)
    }

    fn message(&self) -> Message {
        match &self.0.kind {
            Kind::Refused(_, message) => message.clone(),
            Kind::Error(error) => match error {
                Error::NotFound(_) => message!("not-found"),
                Error::Unauthenticated => message!("unauthenticated"),
                Error::Invalid(_) => message!("invalid"),
                Error::Stale => message!("stale"),
                Error::Busy { .. } => message!("busy"),
                Error::Unavailable { .. } => message!("unavailable"),
                Error::Internal(_) => message!("internal"),
                Error::Forbidden(message) | Error::Conflict(message) | Error::TooLarge(message) => message.clone(),
            },
        }
    }

    fn fields(&self) -> &[FieldError] {
        match &self.0.kind {
            Kind::Error(Error::Invalid(fields)) => fields,
            _ => &[],
        }
    }

    fn retry_after(&self) -> Option<u32> {
        match &self.0.kind {
            Kind::Error(Error::Busy { seconds } | Error::Unavailable { seconds }) => Some((*seconds).max(1)),
            _ => None,
        }
    }

    /// The document that the client reads.
    pub fn document(&self, language: Language) -> Value {
        let message = self.message();
        let mut document = json!({
            "type": format!("urn:rapport:problem:{}", message.code),
            "title": speak(&message, language),
            "status": self.status().as_u16(),
            "code": message.code,
        });
        let fields: Vec<Value> = self.fields().iter().map(|wrong| field(wrong, language)).collect();
        if let Value::Object(members) = &mut document {
            if !fields.is_empty() {
                members.insert("errors".to_owned(), Value::Array(fields));
            }
            members.extend(self.0.extra.clone());
        }
        document
    }

    /// The whole response, in a language.
    pub(crate) fn render(&self, language: Language, request_id: Option<&str>) -> Response {
        let mut document = self.document(language);
        let status = self.status();
        if let (true, Some(id)) = (status.is_server_error(), request_id) {
            document["request_id"] = Value::from(id);
        }
        let mut response = Response::new(Body::from(document.to_string()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
        if let Some(seconds) = self.retry_after() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn field(wrong: &FieldError, language: Language) -> Value {
    json!({ "field": wrong.field, "code": wrong.message.code, "message": speak(&wrong.message, language) })
}

impl IntoResponse for Failure {
    /// An empty response that carries the failure; `pass.rs` renders it where the language is known.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
