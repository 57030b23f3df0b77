//! The composed server as a client meets it, with a small feature of its own.

mod answers;
mod limits;
mod sockets;

use super::*;
use crate::{Class, Credentials, Failure, LiveEvent, Query, RawJson, live};
use axum::{
    body::Body,
    http::{HeaderMap, Request},
};
use base::{AccessPlan, Error, Language, Principal, TenantId, message};
use http_body_util::BodyExt;
use serde::Deserialize;
use tokio::sync::{Notify, Semaphore};

/// Tells visitors apart by what they say: `admin`, `user`, or nothing.
async fn doorman(shown: Credentials) -> Result<Caller> {
    let said = shown.bearer.or(shown.cookie).unwrap_or_default();
    let principal = match said.as_str() {
        "" => Principal::Anonymous,
        _ => Principal::User(base::Id(1)),
    };
    let plan = Arc::new(AccessPlan { everything: said == "admin", ..AccessPlan::default() });
    let language = if said == "polish" { Language::Polish } else { shown.accept_language };
    Ok(Caller { tenant: TenantId(1), principal, plan, language })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    limit: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing {
    name: String,
}

/// A handler of a slow kind waits here until the test lets it go.
#[derive(Clone)]
struct Gates {
    entered: Arc<Semaphore>,
    go_on: Arc<Notify>,
}

impl Gates {
    fn new() -> Gates {
        Gates { entered: Arc::new(Semaphore::new(0)), go_on: Arc::new(Notify::new()) }
    }

    /// Waits until so many handlers wait.
    async fn entered(&self, handlers: u32) {
        self.entered.acquire_many(handlers).await.unwrap().forget();
    }
}

fn routes(gates: &Gates) -> Routes {
    let waits = |gates: Gates| {
        move || async move {
            gates.entered.add_permits(1);
            gates.go_on.notified().await;
            "done"
        }
    };
    let streams = async || {
        let hello = LiveEvent { id: Some("7".to_owned()), name: "hello", data: "{}".to_owned() };
        let endless = futures_util::stream::once(async { hello });
        live(futures_util::StreamExt::chain(endless, futures_util::stream::pending()))
    };
    let fails = async || Answer::<()>::Err(Error::internal("the secret cause").into());
    let clashes = async || {
        let reasons = json!({ "reasons": ["because"] }).as_object().cloned().unwrap_or_default();
        Answer::<()>::Err(Failure::with(Error::Conflict(message!("stale")), reasons))
    };
    let list = async |Query(page): Query<Page>| page.limit.unwrap_or(50).to_string();
    let big = async || RawJson(format!("\"{}\"", "x".repeat(5_000)).into());
    let create = async |Json(thing): Json<Thing>| (StatusCode::CREATED, Json(json!({ "name": thing.name })));
    let public = |route: Route| route.needs(Needs::Public).tag("test");
    Routes::new()
        .add(public(Route::get("/things", list)).parameter("limit", json!({ "type": "integer" })))
        .add(public(Route::post("/things", create)).body(json!({ "type": "object" })).status(201).body_limit(64))
        .add(Route::get("/things/{id}", async || "one").needs(Needs::Object("read")))
        .add(Route::get("/settings", async || "settings"))
        .add(public(Route::get("/big", big)))
        .add(public(Route::get("/fails", fails)))
        .add(public(Route::get("/clashes", clashes)))
        .add(public(Route::get("/panics", async || -> &'static str { panic!("on purpose") })))
        .add(public(Route::get("/slow", waits(gates.clone()))))
        .add(public(Route::get("/bulk", waits(gates.clone()))).class(Class::Bulk))
        .add(public(Route::get("/stream", streams)).class(Class::Stream).content("text/event-stream"))
}

fn app(gates: &Gates) -> App {
    app_within(gates, Limits::default())
}

fn app_within(gates: &Gates, limits: Limits) -> App {
    App::new(Parts {
        routes: routes(gates),
        door: Arc::new(|shown| Box::pin(doorman(shown))),
        ready: Arc::new(|| Box::pin(async { Ok(()) })),
        document: Arc::new(|_| Box::pin(async { Ok(json!({ "paths": { "/api/v1/extra": {} } })) })),
        site: Some(Router::new().route("/", get(async || "the screens"))),
        limits: Limits { interactive: 2, bulk: 1, stream: 1, ..limits },
        metrics: Metrics::new(),
        behind_proxy: true,
    })
}

struct Reply {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    fn problem(&self) -> (u16, String) {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{}", self.text);
        (self.status, self.json()["code"].as_str().unwrap().to_owned())
    }
}

async fn send(app: &App, request: Request<Body>) -> Reply {
    let (parts, body) = app.router().oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Reply { status: parts.status.as_u16(), headers: parts.headers, text }
}

/// `GET`, with header lines.
async fn fetch(app: &App, path: &str, lines: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().uri(path);
    for (name, value) in lines {
        request = request.header(*name, *value);
    }
    send(app, request.body(Body::empty()).unwrap()).await
}

async fn post(app: &App, path: &str, kind: &str, body: impl Into<Body>) -> Reply {
    let request = Request::post(path).header("content-type", kind).body(body.into()).unwrap();
    send(app, request).await
}
