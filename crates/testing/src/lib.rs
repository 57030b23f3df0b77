//! The test harness: a whole Rapport on a private database, and people who use it through its own door.
//!
//! Time stands still until a test moves it, and ids come from one node, so that two runs can be compared.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod app;
mod client;
mod live;

pub use app::{NOW, Person, TestApp};
pub use client::{Client, Reply};
pub use live::Live;

/// A cursor as a client might make it by hand: any JSON, written as cursors are.
pub fn forged_cursor(json: &serde_json::Value) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(json.to_string())
}

/// One test, run on SQLite and on PostgreSQL: `on_both!(a_name_that_says_it, |app| { … });`.
#[macro_export]
macro_rules! on_both {
    ($name:ident, |$app:ident| $body:block) => {
        mod $name {
            use super::*;

            async fn run($app: $crate::TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                run($crate::TestApp::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                run($crate::TestApp::postgres().await).await;
            }
        }
    };
}
