//! Files: sent, held by records, given out to those who read these, found by their words, swept when nobody wants them.

mod documents;
mod held;
mod killed;
mod sent;
mod swept;

use axum::http::Method;
use serde_json::Value;
use testing::{Client, Reply};

/// A picture of 3 × 2 points, as far as anybody looks.
pub fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend([0, 0, 0, 3, 0, 0, 0, 2, 8, 6, 0, 0, 0, 1, 2, 3, 4]);
    bytes
}

/// Sends a file as a form does.
pub async fn form(client: &Client, path: &str, name: &str, kind: &str, content: &[u8]) -> Reply {
    let head = format!(
        "--sep\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--sep--\r\n"].concat();
    client.send_bytes(Method::POST, path, Some("multipart/form-data; boundary=sep"), body).await
}

/// Sends a file; what is told of it.
pub async fn send(client: &Client, name: &str, content: &[u8]) -> Value {
    form(client, "/files", name, "application/octet-stream", content).await.expect(201)
}

/// Attaches a file to a record; its id.
pub async fn attach(client: &Client, path: &str, name: &str, content: &[u8]) -> String {
    form(client, &format!("{path}/attachments"), name, "text/plain", content).await.made()
}
