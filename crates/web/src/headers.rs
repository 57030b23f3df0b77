//! The headers that every response carries.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};
use std::sync::atomic::{AtomicU64, Ordering};

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers requests: a part that differs between starts of the program, and a counter.
pub(crate) struct RequestIds {
    start: u32,
    next: AtomicU64,
}

impl RequestIds {
    pub(crate) fn new() -> RequestIds {
        // Without randomness the numbers still differ within this run of the program.
        RequestIds { start: getrandom::u32().unwrap_or_default(), next: AtomicU64::new(1) }
    }

    /// The client's own id where it sends a reasonable one, otherwise ours.
    pub(crate) fn of(&self, headers: &HeaderMap) -> HeaderValue {
        match headers.get(&REQUEST_ID) {
            Some(given) if is_reasonable(given) => given.clone(),
            _ => {
                let number = self.next.fetch_add(1, Ordering::Relaxed);
                let text = format!("{:08x}-{number:x}", self.start);
                HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("0"))
            }
        }
    }
}

fn is_reasonable(id: &HeaderValue) -> bool {
    (1..=64).contains(&id.len())
        && id.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

/// Adds what browsers need to be told. What the handler has set itself stays.
pub(crate) fn complete(response: &mut Response, request_id: HeaderValue, https: bool) {
    let headers = response.headers_mut();
    headers.reserve(8);
    headers.insert(REQUEST_ID, request_id);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let defaults = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "same-origin"),
        (COOP, "same-origin"),
    ];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if https {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
}

/// Whether the client takes gzip; compression costs nothing when it is not asked for.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let asked = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    asked.is_some_and(|encodings| encodings.contains("gzip"))
}
