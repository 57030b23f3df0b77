//! A stream of server-sent events, read one by one.

use axum::body::Body;
use http_body_util::BodyExt;
use serde_json::Value;
use std::time::Duration;

/// Long enough on the busiest machine; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open stream.
pub struct Live {
    body: Body,
    text: String,
    /// The id of the last event.
    pub last_id: Option<String>,
}

impl Live {
    pub(crate) fn new(body: Body) -> Live {
        Live { body, text: String::new(), last_id: None }
    }

    /// The next event: its name and its data.
    pub async fn next(&mut self) -> (String, Value) {
        self.try_next().await.expect("the stream has ended")
    }

    /// As [`Live::next`]; `None` at the end of the stream.
    pub async fn try_next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                if let Some(read) = self.read(&event) {
                    return Some(read);
                }
                continue;
            }
            let frame = tokio::time::timeout(PATIENCE, self.body.frame()).await.expect("nothing happens");
            let bytes = frame?.expect("the stream broke off").into_data().unwrap_or_default();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    /// An event; comments are none.
    fn read(&mut self, event: &str) -> Option<(String, Value)> {
        let part =
            |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(|part| part.trim().to_owned());
        let (name, data) = (part("event:")?, part("data:")?);
        self.last_id = part("id:").or(self.last_id.take());
        Some((name, serde_json::from_str(&data).unwrap()))
    }
}
