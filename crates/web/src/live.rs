//! Server-sent events: an answer that stays open.

use axum::{
    extract::FromRequestParts,
    http::{HeaderName, request},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{Stream, StreamExt};
use std::{convert::Infallible, time::Duration};

/// Often enough that proxies do not take the connection for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// One event as the browser sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveEvent {
    /// Sent back as `Last-Event-ID` when the browser comes again.
    pub id: Option<String>,
    pub name: &'static str,
    /// JSON, or any text.
    pub data: String,
}

/// Answers with the stream, and with a comment whenever it has been silent for long. The route's class is
/// [`crate::Class::Stream`]; the stream ends when the client goes or the server stops.
pub fn live(stream: impl Stream<Item = LiveEvent> + Send + 'static) -> Response {
    let events = stream.map(|event| {
        // A line break inside an id would begin another field.
        let id = event.id.filter(|id| !id.contains(['\n', '\r', '\0'])).unwrap_or_default();
        let sent = Event::default().event(event.name).data(event.data.replace('\r', ""));
        Ok::<_, Infallible>(if id.is_empty() { sent } else { sent.id(id) })
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

/// The last event that a returning browser has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastEventId(pub Option<String>);

impl<S: Sync> FromRequestParts<S> for LastEventId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<LastEventId, Infallible> {
        const NAME: HeaderName = HeaderName::from_static("last-event-id");
        let id = parts.headers.get(NAME).and_then(|value| value.to_str().ok());
        Ok(LastEventId(id.map(str::to_owned)))
    }
}
