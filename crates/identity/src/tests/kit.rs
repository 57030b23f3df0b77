//! A composed server on a private database, and one function to talk to it.

use crate::Identity;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, header},
};
use base::{Clock, Timestamp};
use db::{Db, Options, Statement, testing::Scratch};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;
use web::{App, Limits, Metrics, Needs, Parts, Peer, Route, Routes};

/// 2026-11-22, 10:00.
pub const START: Timestamp = Timestamp(1_795_341_600_000);
pub const MINUTE: i64 = 60_000;
pub const PASSWORD: &str = "correct horse battery";

/// One server on one database.
pub struct House {
    pub db: Db,
    pub identity: Arc<Identity>,
    pub clock: Clock,
    router: Router,
    _scratch: Scratch,
}

/// How a request proves who sends it.
#[derive(Clone, Copy)]
pub enum As<'a> {
    Nobody,
    Token(&'a str),
    Cookie(&'a str),
    /// The machine's own command line.
    Local,
    LocalUser(&'a str),
}

pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    /// The status and the code of a problem.
    pub fn problem(&self) -> (u16, &str) {
        (self.status, self.body["code"].as_str().unwrap_or_default())
    }

    /// The status, field and code of the first wrong field.
    pub fn wrong(&self) -> (u16, &str, &str) {
        let wrong = &self.body["errors"][0];
        (self.status, wrong["field"].as_str().unwrap_or_default(), wrong["code"].as_str().unwrap_or_default())
    }

    /// The session in `Set-Cookie`.
    pub fn cookie(&self) -> String {
        let line = self.headers[header::SET_COOKIE].to_str().unwrap();
        line.split(';').next().unwrap().split_once('=').unwrap().1.to_owned()
    }
}

impl House {
    /// One house on each database.
    pub async fn each() -> Vec<House> {
        let mut houses = Vec::new();
        for scratch in Scratch::each().await {
            houses.push(House::on(scratch).await);
        }
        houses
    }

    async fn on(scratch: Scratch) -> House {
        let clock = Clock::fixed(START);
        let options = Options { clock: clock.clone(), node: Some(1), ..Options::default() };
        let db = scratch.open(options).await.unwrap();
        let identity = Identity::open(db.clone()).await.unwrap();
        // Something that only the signed in may have, to see whether one is.
        let probe = Route::get("/probe", async || "seen").needs(Needs::SignedIn);
        let admin = Route::get("/admin-probe", async || "seen").needs(Needs::Administrator);
        let app = App::new(Parts {
            routes: identity.routes().merge(Routes::new().add(probe).add(admin)),
            door: identity.door(),
            ready: Arc::new(|| Box::pin(async { Ok(()) })),
            document: Arc::new(|_| Box::pin(async { Ok(Value::Null) })),
            site: None,
            limits: Limits::default(),
            metrics: Metrics::new(),
            behind_proxy: false,
        });
        House { db, identity, clock, router: app.router(), _scratch: scratch }
    }

    pub async fn call(&self, who: As<'_>, method: &str, path: &str, body: Option<Value>) -> Reply {
        self.call_with(who, (method, path), body, &[]).await
    }

    pub async fn call_with(
        &self,
        who: As<'_>,
        (method, path): (&str, &str),
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        let local = matches!(who, As::Local | As::LocalUser(_));
        request = request.extension(Peer { address: Some("192.0.2.7".parse().unwrap()), local });
        request = match who {
            As::Nobody | As::Local => request,
            As::Token(token) => request.header("authorization", format!("Bearer {token}")),
            As::Cookie(cookie) => request.header("cookie", format!("rapport_session={cookie}")),
            As::LocalUser(email) => request.header("x-rapport-as", email),
        };
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        let response = self.router.clone().oneshot(request.unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Reply { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// A user made on the command line; gives the id.
    pub async fn add_user(&self, email: &str, role: &str) -> String {
        let body = json!({ "email": email, "name": "Somebody", "roles": [role], "password": PASSWORD });
        let reply = self.call(As::Local, "POST", "/users", Some(body)).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.body["id"].as_str().unwrap().to_owned()
    }

    /// A token made on the command line.
    pub async fn add_token(&self, user: &str, scopes: Option<&[&str]>) -> String {
        let body = json!({ "user": user, "name": "a program", "scopes": scopes });
        let reply = self.call(As::Local, "POST", "/tokens", Some(body)).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.body["token"].as_str().unwrap().to_owned()
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Reply {
        let body = json!({ "email": email, "password": password });
        self.call(As::Nobody, "POST", "/session", Some(body)).await
    }

    /// Whether these credentials are worth anything.
    pub async fn knows(&self, who: As<'_>) -> bool {
        self.call(who, "GET", "/probe", None).await.status == 200
    }

    /// How much stands in the log.
    pub async fn written(&self) -> i64 {
        let caller = self.identity.system();
        let count = Statement::new("SELECT COUNT(*) FROM event WHERE tenant_id = ?1", [caller.tenant.into()]);
        self.db.reader(&caller).once(count).await.unwrap().first().unwrap().int(0).unwrap()
    }

    pub fn wait(&self, ms: i64) {
        self.clock.set(Timestamp(self.clock.now().0 + ms));
    }
}
