//! What stands in the way of an undo, each by its name; and amounts that come back as what they were worth.

use super::{action, codes, undo};
use serde_json::{Value, json};
use testing::on_both;

on_both!(what_went_since_is_told_by_its_name, |app| {
    let ada = app.user("Ada", "administrator").await;
    let field = json!({"name": "card", "type": "text"});
    ada.post("/objects/contacts/fields", &field).await.expect(201);
    let field = json!({"name": "level", "type": "integer", "max": 99});
    ada.post("/objects/contacts/fields", &field).await.expect(201);
    let made = ada.post("/records/contacts", &json!({"last_name": "Kot", "card": "1", "level": 50})).await;
    let path = format!("/records/contacts/{}", made.made());
    let named = ada.patch(&path, &json!({"last_name": "Kotek"})).await;
    let carded = ada.patch(&path, &json!({"card": "2"})).await;
    let levelled = ada.patch(&path, &json!({"level": 5})).await;
    ada.patch("/objects/contacts/fields/level", &json!({"max": 10})).await.expect(200);
    ada.delete("/objects/contacts/fields/card").await.expect(204);
    let refused = undo(&ada, &action(&carded), "refuse").await;
    assert_eq!((refused.status, codes(&refused, "reasons")), (409, vec![json!([null, "undo-field-gone"])]));
    let refused = undo(&ada, &action(&levelled), "overwrite").await;
    assert_eq!((refused.status, &refused["reasons"][0]["field"]), (409, &json!("level")));
    ada.patch(&path, &json!({"last_name": "Kocur"})).await.expect(200);
    // Where nothing can be done, nothing is, whatever is to become of conflicts.
    let before = app.digest().await;
    undo(&ada, &action(&named), "keep").await.refused(409, "undo-refused");
    assert_eq!(app.digest().await, before);
    ada.delete(&path).await.expect(204);
    let refused = undo(&ada, &action(&named), "overwrite").await;
    assert_eq!((refused.status, codes(&refused, "reasons")), (409, vec![json!([null, "undo-binned-since"])]));
    undo(&ada, &action(&made), "refuse").await.refused(409, "undo-nothing");
});

on_both!(what_was_made_and_changed_goes_where_that_is_wanted, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "clerk", "objects": {"contacts": {"read": "all", "update": "all", "delete": "all"}},
        "fields": {"contacts": {"birth_date": "hidden"}}});
    let jan = app.user_with("Jan", role).await;
    let made = ada.post("/records/contacts", &json!({"last_name": "Kot"})).await;
    let path = format!("/records/contacts/{}", made.made());
    ada.patch(&path, &json!({"birth_date": "1980-01-02"})).await.expect(200);
    let refused = undo(&jan, &action(&made), "refuse").await;
    assert_eq!((refused.status, codes(&refused, "reasons")), (409, vec![json!([null, "undo-changed-since"])]));
    assert!(!refused.text().contains("birth_date"), "{}", refused.text());
    undo(&ada, &action(&made), "overwrite").await.expect(200);
    assert_eq!(ada.get(&path).await.status, 404);
});

on_both!(others_records_are_counted_and_reasons_are_not_without_end, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "own", "objects": {"contacts": {"create": true, "read": "own", "update": "own",
        "delete": "own"}}});
    app.role(&role).await;
    let jan = app.person("Jan", &["own"], &[]).await;
    let mut people: Vec<Value> = (0..150).map(|n| json!({"last_name": format!("Osoba {n}")})).collect();
    people.push(json!({"last_name": "Moja", "owner": jan.id}));
    let batch = ada.post("/records/contacts/batch", &json!({"create": people})).await;
    let refused = undo(&jan, &action(&batch), "refuse").await;
    refused.refused(409, "undo-refused");
    let reasons = refused["reasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 100);
    let is_nameless = |reason: &Value| reason["id"].is_null() && reason["code"] == "undo-out-of-reach";
    assert!(reasons.iter().all(is_nameless), "{}", refused.text());
});

on_both!(nobody_is_led_back_to_what_cannot_come_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    let field = json!({"name": "card", "type": "text", "unique": true});
    ada.post("/objects/contacts/fields", &field).await.expect(201);
    let made = async |body: Value| ada.post("/records/contacts", &body).await.made();
    let keep = made(json!({"last_name": "Jeden", "card": "A1"})).await;
    let gone = made(json!({"last_name": "Dwa", "card": "B2"})).await;
    let order = ada.post("/records/orders", &json!({"number": "Z-1", "contact": gone})).await.made();
    let body = json!({"survivor": keep, "merged": [gone]});
    let merged = ada.post("/records/contacts/merge", &body).await;
    made(json!({"last_name": "Trzy", "card": "B2"})).await;
    let kept = undo(&ada, &action(&merged), "keep").await;
    assert_eq!(ada.get(&format!("/records/contacts/{gone}")).await.status, 404);
    assert_eq!(ada.get(&format!("/records/orders/{order}")).await["contact"], json!(keep), "{}", kept.text());
    let list = if kept.status == 200 { "left" } else { "reasons" };
    let told = codes(&kept, list);
    assert!(told.contains(&json!([null, "unique-taken"])), "{told:?}");
    assert!(told.contains(&json!(["contact", "relation-not-found"])), "{told:?}");
});

on_both!(a_foreign_amount_comes_back_as_what_it_was_worth, |app| {
    let ada = app.user("Ada", "administrator").await;
    let rate = async |day: &str, rate: &str| {
        ada.put("/rates", &json!({"currency": "USD", "day": day, "rate": rate})).await.expect(200);
        app.settled().await;
    };
    rate("2026-11-01", "0.5").await;
    let usd = |amount: &str| json!({"amount": amount, "currency": "USD"});
    let path = format!(
        "/records/products/{}",
        ada.post("/records/products", &json!({"code": "ST-1", "name": "Stół", "price": usd("100.00")})).await.made()
    );
    let worth = async |base: &str| {
        ada.ask("/records/products/count", &[("filter", &format!("price = {base}"))]).await["count"] == 1
    };
    assert!(worth("50").await);
    // The day after another rate holds: what was written before keeps its worth.
    app.wait_seconds(24 * 60 * 60);
    rate("2026-11-24", "0.8").await;
    assert!(worth("50").await);
    ada.patch(&path, &json!({"name": "Stolik"})).await.expect(200);
    assert!(worth("50").await);
    let changed = ada.patch(&path, &json!({"price": usd("200.00")})).await;
    assert!(worth("160").await);
    let undone = undo(&ada, &action(&changed), "refuse").await;
    assert!(worth("50").await);
    undo(&ada, &action(&undone), "refuse").await.expect(200);
    assert!(worth("160").await);
    let history = ada.get(&format!("{path}/history")).await;
    assert_eq!(history["items"][0]["changes"], json!([{"field": "price", "old": usd("100.00"), "new": usd("200.00")}]));
});
