//! Sending a file and waiting for what becomes of it.

use serde_json::Value;
use testing::{Client, Reply, TestApp};

const BOUNDARY: &str = "the-end-of-a-part";

/// `options` are what the form takes: `match`, `map`, `dry_run`.
pub async fn send(client: &Client, object: &str, file: &[u8], options: &Value) -> Reply {
    send_to(client, &format!("/imports/{object}"), file, options).await
}

/// The same form to another address.
pub async fn send_to(client: &Client, path: &str, file: &[u8], options: &Value) -> Reply {
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"options\"\r\n\r\n{options}\r\n--{BOUNDARY}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    client.send_bytes(axum::http::Method::POST, path, Some(&kind), body).await
}

/// A form as it is.
pub async fn send_form(client: &Client, object: &str, body: Vec<u8>) -> Reply {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    client.send_bytes(axum::http::Method::POST, &format!("/imports/{object}"), Some(&kind), body).await
}

/// The beginning of a form whose file never ends.
pub fn cut_off(file: &[u8]) -> Vec<u8> {
    let head =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\r\n");
    [head.as_bytes(), file].concat()
}

/// Sends a file and waits until the import of it has ended.
pub async fn import(app: &TestApp, client: &Client, object: &str, file: &[u8], options: &Value) -> Value {
    let begun = send(client, object, file, options).await.expect(202);
    ended(app, client, &begun).await
}

/// Waits for the end of an import.
pub async fn ended(app: &TestApp, client: &Client, begun: &Value) -> Value {
    let path = format!("/imports/{}", begun["id"].as_str().unwrap());
    let mut committed = app.house.db.committed();
    loop {
        committed.mark_unchanged();
        let state = client.get(&path).await.expect(200);
        if matches!(state["state"].as_str(), Some("done" | "failed")) {
            return state;
        }
        committed.changed().await.unwrap();
    }
}

/// Created, updated, skipped, failed.
pub fn counts(import: &Value) -> [u64; 4] {
    assert_eq!(import["state"], "done", "{import}");
    ["created", "updated", "skipped", "failed"].map(|name| import[name].as_u64().unwrap())
}

/// The error file: its lines.
pub async fn error_lines(client: &Client, import: &Value) -> Vec<String> {
    let file = client.get(&format!("/imports/{}/errors", import["id"].as_str().unwrap())).await;
    assert_eq!(file.status, 200);
    file.text().trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}
