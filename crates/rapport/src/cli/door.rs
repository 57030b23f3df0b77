//! The way in for commands: HTTP over the server's local socket, or the same router in this process.

use super::{Common, Failed, output};
use axum::{
    Router,
    body::{Body, Bytes},
    http::{Method, Request, Response, StatusCode, header},
};
use http_body_util::BodyExt;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::UnixStream;
use tower::ServiceExt;
use web::Peer;

/// An open way in.
pub struct Door {
    way: Way,
    as_email: Option<String>,
}

enum Way {
    /// A server is running on the same data.
    Socket(std::path::PathBuf),
    /// Nobody is: the house stands here, with its workers.
    Here { router: Router, house: Box<crate::house::Working> },
}

impl Door {
    /// Finds the running server, or opens the house.
    pub async fn open(common: &Common) -> Result<Door, Failed> {
        let as_email = common.as_email.clone();
        if common.database_url.is_none() && UnixStream::connect(common.socket()).await.is_ok() {
            return Ok(Door { way: Way::Socket(common.socket()), as_email });
        }
        let house = common.open().await?;
        let router = house.app.router();
        Ok(Door { way: Way::Here { router, house: Box::new(house.work()) }, as_email })
    }

    /// Ends what was opened: workers finish their slice, the database is closed.
    pub async fn close(self) {
        if let Way::Here { house, .. } = self.way {
            house.stop().await;
        }
    }

    /// Sends a request; the answer's body is still to be read.
    #[expect(clippy::disallowed_methods, reason = "the connection's own half ends with the sender")]
    pub async fn send(&self, mut request: Request<Body>) -> Result<Response<Body>, Failed> {
        if let Some(email) = self.as_email.as_deref() {
            let value = email.parse().map_err(|_| Failed::Usage(format!("--as {email}: not an e-mail address")))?;
            request.headers_mut().insert("x-rapport-as", value);
        }
        match &self.way {
            Way::Here { router, .. } => {
                request.extensions_mut().insert(Peer { address: None, local: true });
                let answered = router.clone().oneshot(request).await;
                answered.map_err(|never| match never {})
            }
            Way::Socket(path) => {
                let stream = UnixStream::connect(path).await?;
                let (mut sender, connection) =
                    hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
                tokio::spawn(connection);
                request.headers_mut().insert(header::HOST, header::HeaderValue::from_static("localhost"));
                Ok(sender.send_request(request).await.map_err(broken)?.map(Body::new))
            }
        }
    }

    /// Sends a request with a JSON body, and reads the JSON answer. A refusal becomes its lines.
    pub async fn json(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Failed> {
        let text = body.map(Value::to_string).unwrap_or_default();
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", web::BASE))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(text))
            .map_err(|error| Failed::Usage(error.to_string()))?;
        let bytes = collect(self.send(request).await?).await?;
        if bytes.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&bytes).map_err(|error| Failed::Work(vec![error.to_string()]))
    }
}

/// The whole body of a good answer; the lines of a bad one.
pub async fn collect(response: Response<Body>) -> Result<Bytes, Failed> {
    let status = response.status();
    let bytes = response.into_body().collect().await.map_err(|error| Failed::Work(vec![error.to_string()]))?;
    let bytes = bytes.to_bytes();
    if status.is_success() { Ok(bytes) } else { Err(refused(status, &bytes)) }
}

pub fn refused(status: StatusCode, body: &[u8]) -> Failed {
    match serde_json::from_slice::<Value>(body) {
        Ok(problem) => Failed::Work(output::problem_lines(&problem)),
        Err(_) => Failed::Work(vec![format!("the server answered {status}")]),
    }
}

fn broken(error: hyper::Error) -> Failed {
    Failed::Work(vec![format!("the server's local socket: {error}")])
}

/// Text for a query parameter.
pub fn escaped(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
        out
    })
}
