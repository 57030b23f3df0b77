//! Somebody who sends requests and reads answers.

use crate::live::Live;
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, header},
    response::Response,
};
use http_body_util::BodyExt;
use serde_json::Value;
use std::ops::Index;
use tower::ServiceExt;
use web::Peer;

/// A caller with their credentials. Paths are below `/api/v1`.
#[derive(Clone)]
pub struct Client {
    router: Router,
    token: Option<String>,
    local: bool,
    headers: Vec<(&'static str, String)>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// The body, where it is JSON.
    pub json: Value,
    asked: String,
}

impl Client {
    pub fn local(router: Router) -> Client {
        Client { router, token: None, local: true, headers: Vec::new() }
    }

    pub fn with_token(router: Router, token: &str) -> Client {
        Client { router, token: Some(token.to_owned()), local: false, headers: Vec::new() }
    }

    pub fn anonymous(router: Router) -> Client {
        Client { router, token: None, local: false, headers: Vec::new() }
    }

    /// The same caller, sending one more header.
    pub fn header(&self, name: &'static str, value: impl Into<String>) -> Client {
        let mut client = self.clone();
        client.headers.push((name, value.into()));
        client
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    /// `GET` with query parameters that are escaped here.
    pub async fn ask(&self, path: &str, query: &[(&str, &str)]) -> Reply {
        let pairs: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        self.get(&format!("{path}?{}", pairs.join("&"))).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        let kind = body.map(|_| "application/json");
        let bytes = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        self.send_bytes(method, path, kind, bytes).await
    }

    /// Opens a stream of events, which stays open.
    pub async fn follow(&self, path: &str) -> Live {
        let response = self.answer(Method::GET, path, None, Vec::new()).await;
        assert_eq!(response.status(), 200, "{path}");
        Live::new(response.into_body())
    }

    /// A request with a body of any kind.
    pub async fn send_bytes(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Reply {
        let asked = format!("{method} {path} {}", String::from_utf8_lossy(&body[..body.len().min(500)]));
        let response = self.answer(method, path, kind, body).await;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the answer broke off").to_bytes();
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Reply { status: parts.status.as_u16(), headers: parts.headers, body, json, asked }
    }

    async fn answer(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Response {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let mut request = request.body(Body::from(body)).unwrap();
        request.extensions_mut().insert(Peer { address: None, local: self.local });
        self.router.clone().oneshot(request).await.unwrap()
    }
}

impl Reply {
    /// The JSON of an answer with this status; anything else ends the test.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        let body = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status, status, "{}\n{body}", self.asked);
        self.json
    }

    /// A refusal with this status and code; anything else ends the test.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) {
        let told = (self.status, self.json["code"].as_str().unwrap_or_default());
        assert_eq!(told, (status, code), "{}\n{}", self.asked, self.text());
    }

    /// A refusal of one field with this code: 422 and nothing else.
    #[track_caller]
    pub fn refused_field(&self, field: &str, code: &str) {
        let told = (self.status, self.first_error());
        assert_eq!(told, (422, (field.to_owned(), code.to_owned())), "{}\n{}", self.asked, self.text());
    }

    /// The id of what was made.
    #[track_caller]
    pub fn made(&self) -> String {
        assert_eq!(self.status, 201, "{}\n{}", self.asked, self.text());
        self.json["id"].as_str().expect("an id").to_owned()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The values of one field over all items.
    #[track_caller]
    pub fn column(&self, field: &str) -> Vec<Value> {
        assert_eq!(self.status, 200, "{}\n{}", self.asked, self.text());
        self.json["items"].as_array().unwrap().iter().map(|item| item[field].clone()).collect()
    }

    /// The first field error: `(field, code)`.
    pub fn first_error(&self) -> (String, String) {
        let error = &self.json["errors"][0];
        let part = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        (part("field"), part("code"))
    }
}

impl Index<&str> for Reply {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        &self.json[name]
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
