//! The way out of every request: words for failures in the visitor's language, headers for all, one line of log.

use crate::{
    app::Shared,
    failure::Failure,
    headers,
    visit::{self, Peer},
};
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Error, Language, Message, Principal, message};
use std::time::Duration;
use tokio::time::Instant;

/// A request that takes longer is worth a line in the log even if it went well.
const SLOW: Duration = Duration::from_secs(1);

/// What the way out must know of the way in.
pub(crate) struct Seen {
    pub started: Instant,
    pub request_id: HeaderValue,
    pub peer: Peer,
    pub https: bool,
    pub language: Language,
    pub principal: Principal,
}

impl Seen {
    pub fn new(shared: &Shared, request: &Request) -> Seen {
        let headers = request.headers();
        let (peer, https) = shared.client(request);
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Seen {
            started: Instant::now(),
            request_id: shared.request_ids.of(headers),
            peer,
            https,
            language: accepted.map(visit::preferred_language).unwrap_or_default(),
            principal: Principal::Anonymous,
        }
    }
}

/// Words for failures, headers for all.
pub(crate) fn finish(shared: &Shared, mut response: Response, seen: &Seen) -> Response {
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        let failure = response.extensions_mut().remove::<Failure>().or_else(|| bare(&response));
        if let Some(failure) = failure {
            let request_id = seen.request_id.to_str().ok();
            if let Some(cause) = failure.internal() {
                tracing::error!(target: "http", request_id, cause, "request failed");
            }
            let carried = response.headers_mut().remove(header::ALLOW);
            response = failure.render(seen.language, request_id);
            if let Some(allow) = carried {
                response.headers_mut().insert(header::ALLOW, allow);
            }
        }
    }
    headers::complete(&mut response, seen.request_id.clone(), seen.https && shared.behind_proxy);
    response
}

/// A refusal that the HTTP library has answered in its own words.
fn bare(response: &Response) -> Option<Failure> {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/problem+json") {
        return None;
    }
    let status = response.status();
    Some(match status {
        StatusCode::INTERNAL_SERVER_ERROR => Failure::from(Error::internal("a handler answered a bare 500")),
        _ => Failure::refused(status, refusal(status)),
    })
}

fn refusal(status: StatusCode) -> Message {
    match status {
        StatusCode::NOT_FOUND => message!("not-found"),
        StatusCode::METHOD_NOT_ALLOWED => message!("method-not-allowed"),
        StatusCode::PAYLOAD_TOO_LARGE => message!("body-too-large"),
        _ => message!("request-refused"),
    }
}

pub(crate) fn log(method: &str, route: &str, response: &Response, took: Duration, seen: &Seen) {
    let status = response.status().as_u16();
    let ms = took.as_secs_f64() * 1_000.0;
    let (request_id, principal) = (seen.request_id.to_str().unwrap_or_default(), &seen.principal);
    if status >= 500 {
        tracing::warn!(target: "http", method, route, status, ms, request_id, %principal, "answered");
    } else if status >= 400 || took > SLOW || method != "GET" {
        tracing::info!(target: "http", method, route, status, ms, request_id, %principal, "answered");
    } else {
        tracing::debug!(target: "http", method, route, status, ms, request_id, %principal, "answered");
    }
}

/// The answer where no route is, or none with this method.
pub(crate) fn nothing_there(shared: &Shared, request: &Request, status: StatusCode) -> Response {
    let seen = Seen::new(shared, request);
    let failure = match status {
        StatusCode::NOT_FOUND => Failure::from(Error::NotFound("route")),
        _ => Failure::refused(status, refusal(status)),
    };
    let response = finish(shared, failure.into_response(), &seen);
    let took = seen.started.elapsed();
    shared.strangers.observe(&shared.metrics, status.as_u16(), took);
    log(request.method().as_str(), "none", &response, took, &seen);
    response
}
