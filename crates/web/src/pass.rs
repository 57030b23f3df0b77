//! What every request passes, in one go and in this order: number, place, origin, door, rights, query names, body
//! limit, handler with time limit, and on the way out language, headers, counters and one line of log.
//!
//! One function instead of a pile of layers: the order can be read, and a request pays for it once.

use crate::{
    admission::{Admission, Place},
    app::Shared,
    failure::Failure,
    headers,
    held::{self, Held},
    metrics::RouteMetrics,
    origin, query,
    reply::{Seen, finish, log},
    route::{Class, Declared, Needs},
    visit::{self, Peer, Visit},
};
use axum::{
    body::{Body, HttpBody},
    extract::Request,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing,
};
use base::{Error, Principal, message};
use futures_util::{FutureExt, future::BoxFuture};
use http_body_util::Limited;
use std::{
    any::Any,
    convert::Infallible,
    panic::AssertUnwindSafe,
    sync::Arc,
    task::{Context, Poll},
};
use tower::{Layer, Service, ServiceExt};
use tower_http::{
    CompressionLevel,
    compression::{
        Compression,
        predicate::{DefaultPredicate, Predicate, SizeAbove},
    },
};

const LONGEST_URI: usize = 16 * 1024;
/// Answers below this size are sent as they are.
const COMPRESS_ABOVE: u64 = 1024;

/// One route's gate.
pub(crate) struct Gate {
    pub declared: Declared,
    pub shared: Arc<Shared>,
    pub measured: RouteMetrics,
}

/// Puts a gate before a handler.
#[derive(Clone)]
pub(crate) struct GateLayer(pub Arc<Gate>);

#[derive(Clone)]
pub(crate) struct Passage {
    gate: Arc<Gate>,
    handler: routing::Route,
}

impl Layer<routing::Route> for GateLayer {
    type Service = Passage;

    fn layer(&self, handler: routing::Route) -> Passage {
        Passage { gate: Arc::clone(&self.0), handler }
    }
}

impl Service<Request> for Passage {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (gate, handler) = (Arc::clone(&self.gate), self.handler.clone());
        Box::pin(async move { Ok(pass(&gate, handler, request).await) })
    }
}

async fn pass(gate: &Gate, handler: routing::Route, mut request: Request) -> Response {
    let shared = &gate.shared;
    let mut seen = Seen::new(shared, &request);
    let _counted = InFlight::new(shared);
    let response = match admit(gate, &mut request, &mut seen).await {
        Ok(place) => {
            let response = run(gate, handler, request).await;
            hold(gate, response, place)
        }
        Err(failure) => failure.into_response(),
    };
    let response = finish(shared, response, &seen);
    let took = seen.started.elapsed();
    gate.measured.observe(&shared.metrics, response.status().as_u16(), took);
    log(gate.declared.method.as_str(), gate.declared.path, &response, took, &seen);
    response
}

/// All that can refuse a request before its handler sees it.
async fn admit(gate: &Gate, request: &mut Request, seen: &mut Seen) -> Result<Place, Failure> {
    let Gate { declared, shared, .. } = gate;
    if request.uri().path_and_query().is_some_and(|text| text.as_str().len() > LONGEST_URI) {
        return Err(Failure::refused(StatusCode::URI_TOO_LONG, message!("uri-too-long")));
    }
    let place =
        enter(&shared.admission, declared.class).await.inspect_err(|_| shared.metrics.reject(declared.class))?;
    origin::check(request.method(), request.headers(), request.uri())?;
    let credentials = visit::credentials(request.headers(), seen.peer, seen.https, seen.language);
    let cookie = credentials.cookie.clone();
    let caller = (shared.door)(credentials).await?;
    seen.language = caller.language;
    seen.principal = caller.principal.clone();
    if declared.needs != Needs::Public && caller.principal == Principal::Anonymous {
        return Err(Error::Unauthenticated.into());
    }
    if declared.needs == Needs::Administrator && !caller.plan.everything {
        return Err(Error::Forbidden(message!("administrators-only")).into());
    }
    query::check_names(request.uri(), &declared.query)?;
    if let Some(limit) = declared.body_limit {
        limit_body(request, limit)?;
    }
    request.extensions_mut().insert(Visit { caller, address: seen.peer.address, https: seen.https, cookie });
    Ok(place)
}

async fn enter(admission: &Admission, class: Class) -> Result<Place, Failure> {
    Ok(admission.enter(class).await?)
}

/// A body of known length is refused at once; one without is counted while it is read.
fn limit_body(request: &mut Request, limit: usize) -> Result<(), Failure> {
    let hint = request.body().size_hint();
    let limit_bytes = u64::try_from(limit).unwrap_or(u64::MAX);
    if hint.lower() > limit_bytes {
        return Err(Error::TooLarge(message!("body-too-large")).into());
    }
    if hint.upper().is_none() {
        let body = std::mem::take(request.body_mut());
        *request.body_mut() = Body::new(Limited::new(body, limit));
    }
    Ok(())
}

/// The handler, with its time limit; a panic becomes a failure of this request alone.
async fn run(gate: &Gate, handler: routing::Route, request: Request) -> Response {
    let answer = async {
        if headers::takes_gzip(request.headers()) {
            let when = SizeAbove::new(COMPRESS_ABOVE).and(DefaultPredicate::new());
            let compressed = Compression::new(handler).quality(CompressionLevel::Fastest).compress_when(when);
            // Boxed, so that those who do not ask do not carry its state.
            let Ok(response) = Box::pin(compressed.oneshot(request)).await;
            response.map(Body::new)
        } else {
            let Ok(response) = handler.oneshot(request).await;
            response
        }
    };
    let answer = AssertUnwindSafe(answer).catch_unwind();
    let answered = match gate.declared.class {
        Class::Interactive => tokio::time::timeout(gate.shared.limits.interactive_for, answer).await,
        Class::Bulk | Class::Transfer => tokio::time::timeout(gate.shared.limits.bulk_for, answer).await,
        Class::Stream => Ok(answer.await),
    };
    match answered {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            gate.shared.metrics.panics.inc();
            Failure::from(Error::internal(panic_text(panic.as_ref()))).into_response()
        }
        Err(_) => Failure::from(Error::Unavailable { seconds: 1 }).into_response(),
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("the handler panicked: {}", text.unwrap_or("without a text"))
}

/// Long answers keep their place until the last byte; streams also end when the server stops.
fn hold(gate: &Gate, response: Response, place: Place) -> Response {
    let stopped: Option<held::Stopped> = match gate.declared.class {
        Class::Interactive => return response,
        Class::Bulk | Class::Transfer => None,
        Class::Stream => Some(Box::pin(held::wait(gate.shared.stopping.clone()))),
    };
    response.map(|body| Held::around(body, place, stopped))
}

/// What a proxy says of the original client; only believed when the operator says that there is one.
pub(crate) fn forwarded(headers: &HeaderMap, peer: Peer) -> (Peer, bool) {
    let last = |name: &str| {
        let line = headers.get_all(name).iter().next_back()?.to_str().ok()?;
        line.rsplit(',').next().map(str::trim)
    };
    let address = last("x-forwarded-for").and_then(|text| text.parse().ok()).or(peer.address);
    (Peer { address, ..peer }, last("x-forwarded-proto") == Some("https"))
}

/// Counts a request as long as it is at work, also when the client hangs up.
struct InFlight<'a>(&'a Shared);

impl InFlight<'_> {
    fn new(shared: &Shared) -> InFlight<'_> {
        shared.metrics.in_flight.inc();
        InFlight(shared)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.metrics.in_flight.dec();
    }
}
