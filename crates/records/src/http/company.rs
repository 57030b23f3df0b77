//! The company's settings and the rates of currencies.

use crate::{catalog::Records, settings};
use axum::extract::State;
use base::{Error, decimal, message};
use serde_json::{Map, Value as JsonValue, json};
use web::{Answer, Json, Needs, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let settings = || json!({"type": "object", "properties": {"company": {"type": "string"}}});
    let rate = || {
        json!({
            "type": "object",
            "properties": {
                "currency": {"type": "string"},
                "day": {"type": "string", "format": "date"},
                "rate": {"type": "string", "description": "worth of one unit in the base currency"}
            },
            "required": ["currency", "day", "rate"],
            "additionalProperties": false
        })
    };
    let rates = || json!({"type": "object", "properties": {"items": {"type": "array", "items": rate()}}});
    Routes::new()
        .add(
            Route::get("/settings", get)
                .needs(Needs::SignedIn)
                .summary("Get the settings")
                .tag("settings")
                .answers(settings()),
        )
        .add(
            Route::patch("/settings", change)
                .summary("Change settings")
                .tag("settings")
                .body(settings())
                .answers(settings()),
        )
        .add(
            Route::get("/rates", list_rates)
                .needs(Needs::SignedIn)
                .summary("List the rates of currencies")
                .tag("settings")
                .answers(rates()),
        )
        .add(
            Route::put("/rates", put_rates)
                .summary("Set rates of currencies")
                .tag("settings")
                .body(json!({"oneOf": [rate(), rates()]}))
                .answers(rates()),
        )
}

async fn get(State(records): State<Records>, Signed(caller): Signed) -> Answer<Json<JsonValue>> {
    Ok(Json(settings::to_json(&records.catalog(&caller).await?.schema.settings)))
}

async fn change(
    State(records): State<Records>,
    Signed(caller): Signed,
    Json(input): Json<Map<String, JsonValue>>,
) -> Answer<Json<JsonValue>> {
    Ok(Json(settings::to_json(&settings::change(&records, &caller, &input).await?)))
}

async fn list_rates(State(records): State<Records>, Signed(caller): Signed) -> Answer<Json<JsonValue>> {
    let catalog = records.catalog(&caller).await?;
    let mut items: Vec<JsonValue> = Vec::new();
    for (currency, days) in catalog.rates() {
        for (day, units) in days {
            let rate = decimal::format(*units, 9);
            let rate = rate.trim_end_matches('0').trim_end_matches('.');
            items.push(json!({"currency": currency, "day": day, "rate": rate}));
        }
    }
    Ok(Json(json!({"items": items})))
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RateInput {
    currency: String,
    day: String,
    rate: JsonValue,
}

#[derive(Debug, serde::Deserialize)]
#[serde(untagged)]
enum RatesInput {
    One(RateInput),
    Many { items: Vec<RateInput> },
    List(Vec<RateInput>),
}

/// Most rates in one request.
const MOST: usize = 10_000;

async fn put_rates(
    state: State<Records>,
    Signed(caller): Signed,
    Json(input): Json<RatesInput>,
) -> Answer<Json<JsonValue>> {
    let items = match input {
        RatesInput::One(one) => vec![one],
        RatesInput::Many { items } | RatesInput::List(items) => items,
    };
    if items.len() > MOST {
        return Err(Error::field("items", message!("batch-too-many", most = MOST)).into());
    }
    let mut rates = Vec::new();
    for item in items {
        let rate = item.rate.as_str().map_or_else(|| item.rate.to_string(), str::to_owned);
        rates.push((item.currency, item.day, rate));
    }
    settings::set_rates(&state, &caller, &rates).await?;
    list_rates(state, Signed(caller)).await
}
