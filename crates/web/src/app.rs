//! The composed server: declared routes behind their gates, the document about them, and what operators ask.

use crate::{
    admission::{Admission, Limits},
    failure::Answer,
    headers::RequestIds,
    json::Json,
    metrics::{Metrics, RouteMetrics},
    openapi::openapi,
    pass::{Gate, GateLayer, forwarded},
    reply::nothing_there,
    route::{BASE, Catalogue, Needs, Route, Routes},
    visit::{Door, Peer, Signed},
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use base::{Caller, Result};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::sync::watch;
use tower::ServiceExt;

/// axum's own bound on bodies; ours takes its place where it is wider.
const AXUM_BODY_BYTES: usize = 2 * 1024 * 1024;

/// Says whether the parts we stand on answer.
pub type Ready = Arc<dyn Fn() -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// What the OpenAPI document says beyond the routes, for this caller: `{"paths":{…},"components":{…}}`.
pub type Document = Arc<dyn Fn(Caller) -> BoxFuture<'static, Result<Value>> + Send + Sync>;

/// What the roof puts together.
pub struct Parts {
    pub routes: Routes,
    pub door: Door,
    pub ready: Ready,
    pub document: Document,
    /// Everything outside of the API: the screens.
    pub site: Option<Router>,
    pub limits: Limits,
    pub metrics: Metrics,
    /// A proxy stands before us, so `X-Forwarded-For` and `X-Forwarded-Proto` are its word and not the client's.
    pub behind_proxy: bool,
}

/// The server without its sockets. Clones share it.
#[derive(Clone)]
pub struct App {
    router: Router,
    stop: Arc<watch::Sender<bool>>,
}

/// What all gates share.
pub(crate) struct Shared {
    pub door: Door,
    pub admission: Admission,
    pub limits: Limits,
    pub request_ids: RequestIds,
    pub metrics: Metrics,
    /// Counts requests for which there is no route.
    pub strangers: RouteMetrics,
    pub stopping: watch::Receiver<bool>,
    pub behind_proxy: bool,
}

impl Shared {
    /// Who is at the other end, and whether the browser speaks HTTPS.
    pub fn client(&self, request: &Request) -> (Peer, bool) {
        let peer = request.extensions().get::<Peer>().copied().unwrap_or_default();
        if self.behind_proxy && !peer.local { forwarded(request.headers(), peer) } else { (peer, false) }
    }
}

impl App {
    /// # Panics
    /// When two routes are declared with the same method and path, or paths that differ only in a parameter's name.
    pub fn new(parts: Parts) -> App {
        let (stop, stopping) = watch::channel(false);
        let shared = Arc::new(Shared {
            door: parts.door,
            admission: Admission::new(parts.limits),
            limits: parts.limits,
            request_ids: RequestIds::new(),
            metrics: parts.metrics.clone(),
            strangers: RouteMetrics::new("any", "none"),
            stopping: stopping.clone(),
            behind_proxy: parts.behind_proxy,
        });
        let mut router = Router::new();
        for route in with_document(parts.routes, parts.document).into_list() {
            let path = format!("{BASE}{}", route.declared.path);
            router = router.route(&path, guarded(route, &shared));
        }
        let router = router.merge(operations(parts.ready, parts.metrics, stopping));
        App { router: fallbacks(router, shared, parts.site), stop: Arc::new(stop) }
    }

    /// The whole server as one service, for tests and for [`crate::serve`].
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Ends open streams and makes `/readyz` say so. [`crate::serve`] calls it.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

/// The routes, and the one that describes them and itself.
fn with_document(routes: Routes, document: Document) -> Routes {
    let catalogue = Arc::new(OnceLock::<Catalogue>::new());
    let known = Arc::clone(&catalogue);
    let describe = move |Signed(caller): Signed| {
        let (known, document) = (Arc::clone(&known), Arc::clone(&document));
        async move {
            let declared = known.get().map(|list| &**list).unwrap_or_default();
            Answer::Ok(Json(openapi(declared, document(caller).await?)))
        }
    };
    let route = Route::get("/openapi.json", describe).needs(Needs::Public).summary("Describe this API").tag("about");
    let routes = routes.add(route.answers(json!({ "type": "object" })));
    let _ = catalogue.set(routes.catalogue());
    routes
}

fn guarded(route: Route, shared: &Arc<Shared>) -> MethodRouter {
    let Route { declared, handler } = route;
    let handler = match declared.body_limit {
        Some(bytes) if bytes <= AXUM_BODY_BYTES => handler,
        _ => handler.layer(DefaultBodyLimit::disable()),
    };
    let measured = RouteMetrics::new(declared.method.as_str(), declared.path);
    handler.route_layer(GateLayer(Arc::new(Gate { declared, shared: Arc::clone(shared), measured })))
}

/// For operators and their tools; outside of admission and the door, so that they answer under overload too.
fn operations(ready: Ready, metrics: Metrics, stopping: watch::Receiver<bool>) -> Router {
    let is_ready = move || {
        let (ready, stopping) = (Arc::clone(&ready), *stopping.borrow());
        async move {
            let answered = tokio::time::timeout(Duration::from_secs(1), ready()).await;
            match answered {
                Ok(Ok(())) if !stopping => (StatusCode::OK, "ready\n"),
                _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
            }
        }
    };
    let scrape = move || {
        let text = metrics.text();
        async move { ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text) }
    };
    Router::new()
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(is_ready))
        .route("/metrics", get(scrape))
}

fn fallbacks(router: Router, shared: Arc<Shared>, site: Option<Router>) -> Router {
    let known = Arc::clone(&shared);
    let wrong_method = move |request: Request| async move {
        nothing_there(&known, &request, StatusCode::METHOD_NOT_ALLOWED).into_response()
    };
    let elsewhere = move |request: Request| async move {
        match site {
            Some(site) if !request.uri().path().starts_with("/api/") => screens(site, request).await,
            _ => nothing_there(&shared, &request, StatusCode::NOT_FOUND),
        }
    };
    router.method_not_allowed_fallback(wrong_method).fallback(elsewhere)
}

async fn screens(site: Router, request: Request) -> Response {
    let Ok(response) = site.oneshot(request).await;
    response
}

#[cfg(test)]
mod tests;
