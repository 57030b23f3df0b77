//! `undo`: takes back what an action did, an import among them.

use super::{Common, Outcome, door::Door, output};
use axum::http::Method;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::time::Duration;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The action, as history, an import and every change name it.
    action: String,
    /// What becomes of what was changed since.
    #[arg(long, env = "RAPPORT_CONFLICTS", value_enum, default_value_t = Conflicts::Refuse)]
    conflicts: Conflicts,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Conflicts {
    /// Nothing is undone, and the reasons are listed.
    Refuse,
    /// It stays, the rest is undone.
    Keep,
    /// It is overwritten.
    Overwrite,
}

const LOOK_EVERY: Duration = Duration::from_millis(100);

pub async fn run(common: &Common, arguments: Arguments) -> Outcome {
    let door = Door::open(common).await?;
    let outcome = undo(common, &door, &arguments).await;
    door.close().await;
    outcome
}

async fn undo(common: &Common, door: &Door, arguments: &Arguments) -> Outcome {
    let conflicts = match arguments.conflicts {
        Conflicts::Refuse => "refuse",
        Conflicts::Keep => "keep",
        Conflicts::Overwrite => "overwrite",
    };
    let path = format!("/actions/{}/undo", super::door::escaped(&arguments.action));
    let undone = door.json(Method::POST, &path, Some(&json!({"conflicts": conflicts}))).await?;
    let undone = if undone["state"].is_null() { undone } else { watched(door, undone).await? };
    let (records, left) = match undone["left"].as_array() {
        Some(left) => (undone["records"].as_u64(), left.len() as u64),
        None => (undone["changed"].as_u64(), undone["left"].as_u64().unwrap_or_default()),
    };
    let text = format!("undone {}, left {left}, action {}", records.unwrap_or_default(), text(&undone["action"]));
    output::result(common, &text, &undone);
    match undone["error"].as_str() {
        Some(error) => Err(super::Failed::Work(vec![error.to_owned()])),
        None => Ok(()),
    }
}

/// The end of what goes on in the background.
async fn watched(door: &Door, mut bulk: Value) -> Result<Value, super::Failed> {
    let progress = output::Progress::new("undo");
    let path = format!("/bulk/{}", text(&bulk["id"]));
    while bulk["state"] == "running" {
        progress.show(bulk["done"].as_u64().unwrap_or_default(), bulk["total"].as_u64().unwrap_or_default());
        tokio::time::sleep(LOOK_EVERY).await;
        bulk = door.json(Method::GET, &path, None).await?;
    }
    progress.finish();
    Ok(bulk)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
