//! `GET /configuration`: all that an administrator has shaped, as one TOML file that people review and compare.

use axum::{
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use base::Error;
use identity::Identity;
use records::{catalog::Records, configuration};
use serde_json::{Map, Value};
use std::sync::Arc;
use web::{Answer, Route, Routes, Signed};

const TOML: &str = "application/toml";

/// What the file is put together from.
#[derive(Clone)]
struct Rooms {
    records: Records,
    identity: Arc<Identity>,
}

pub fn routes(records: &Records, identity: &Arc<Identity>) -> Routes {
    let rooms = Rooms { records: records.clone(), identity: Arc::clone(identity) };
    Routes::new()
        .add(
            Route::get("/configuration", export).summary("Export the configuration").tag("configuration").content(TOML),
        )
        .with_state(rooms)
}

async fn export(State(rooms): State<Rooms>, Signed(caller): Signed) -> Answer<Response> {
    let mut all = Map::from_iter([("format".to_owned(), Value::from(1))]);
    let mut parts = configuration::exported(&rooms.records, &caller).await?;
    parts.extend(rooms.identity.configuration(&caller).await?);
    for name in ["settings", "teams", "roles", "objects", "import_mappings", "templates"] {
        let part = parts.remove(name).filter(|part| part.as_array().is_none_or(|items| !items.is_empty()));
        all.extend(part.map(|part| (name.to_owned(), part)));
    }
    let text = toml::to_string_pretty(&without_nulls(Value::Object(all))).map_err(Error::internal)?;
    Ok(([(CONTENT_TYPE, TOML)], text).into_response())
}

/// TOML knows no null: what is not said is absent.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}
