//! The one undo: of a field, of a batch, of an undo; what stands in its way, and who may.

mod obstacles;

use serde_json::{Value, json};
use testing::{Client, Reply, on_both};

fn action(reply: &Reply) -> String {
    assert!(reply.status < 300, "{}", reply.text());
    reply.headers["x-action"].to_str().unwrap().to_owned()
}

async fn undo(client: &Client, action: &str, conflicts: &str) -> Reply {
    client.post(&format!("/actions/{action}/undo"), &json!({"conflicts": conflicts})).await
}

fn codes(reply: &Reply, list: &str) -> Vec<Value> {
    reply[list].as_array().unwrap().iter().map(|reason| json!([reason["field"], reason["code"]])).collect()
}

on_both!(a_change_is_taken_back_and_done_again, |app| {
    let ada = app.person("Ada", &["administrator"], &[]).await;
    let firm = ada.post("/records/companies", &json!({"name": "Wągrowiec Meble"})).await.made();
    let body = json!({"last_name": "Żuk", "emails": ["a@x.example", "b@x.example"], "city": "Łódź", "company": firm});
    let path = format!("/records/contacts/{}", ada.post("/records/contacts", &body).await.made());
    let before = ada.get(&path).await.expect(200);
    let changed = ada
        .patch(&path, &json!({"last_name": "Żuk-Bąk", "emails": ["c@x.example"], "city": null, "company": null}))
        .await;
    let undone = undo(&ada, &action(&changed), "refuse").await;
    let again = action(&undone);
    assert_eq!((&undone["records"], &undone["left"]), (&json!(1), &json!([])));
    let after = ada.get(&path).await.expect(200);
    for field in ["last_name", "email", "emails", "city", "company", "companies"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert_eq!(ada.ask("/search", &[("q", "b@x.example")]).await.column("object"), ["contacts"]);
    let history = ada.get(&format!("{path}/history")).await;
    assert_eq!(history["items"][0]["undoes"], json!(action(&changed)));
    assert_eq!(history["items"][1]["undone_by"], json!(again));
    undo(&ada, &action(&changed), "refuse").await.refused(409, "undo-nothing");
    undo(&ada, &again, "refuse").await.expect(200);
    assert_eq!(ada.get(&path).await["last_name"], "Żuk-Bąk");
    assert_eq!(ada.get(&path).await["emails"], json!(["c@x.example"]));
});

on_both!(what_was_made_goes_and_what_went_comes_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    let batch =
        ada.post("/records/contacts/batch", &json!({"create": [{"last_name": "Jeden"}, {"last_name": "Dwa"}]})).await;
    let ids: Vec<String> =
        batch["results"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    undo(&ada, &action(&batch), "refuse").await.expect(200);
    assert_eq!(ada.get("/records/contacts/count").await["count"], 0);
    assert_eq!(ada.ask("/records/contacts/count", &[("bin", "true")]).await["count"], 2);
    // Records of the bin come back, and lead to each other as they did.
    let first = format!("/records/contacts/{}", ids[0]);
    ada.post(&format!("{first}/restore"), &json!({})).await.expect(200);
    let gone = ada.delete(&first).await;
    undo(&ada, &action(&gone), "refuse").await.expect(200);
    assert_eq!(ada.get(&first).await["last_name"], "Jeden");
    let restored = ada.post(&format!("/records/contacts/{}/restore", ids[1]), &json!({})).await;
    undo(&ada, &action(&restored), "refuse").await.expect(200);
    assert_eq!(ada.get(&format!("/records/contacts/{}", ids[1])).await.status, 404);
});

on_both!(what_others_changed_since_is_not_lost_unless_wanted, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app.user("Jan", "administrator").await;
    let made = ada.post("/records/contacts", &json!({"last_name": "Kot", "city": "Łódź", "segment": "a"})).await;
    let path = format!("/records/contacts/{}", made.made());
    let changed = ada.patch(&path, &json!({"last_name": "Kotek", "city": "Płock", "segment": "b"})).await;
    jan.patch(&path, &json!({"city": "Toruń"})).await.expect(200);
    let before = app.digest().await;
    let refused = undo(&ada, &action(&changed), "refuse").await;
    refused.refused(409, "undo-refused");
    assert_eq!(codes(&refused, "reasons"), [json!(["city", "undo-changed-since"])]);
    let made_refused = undo(&ada, &action(&made), "refuse").await;
    made_refused.refused(409, "undo-refused");
    assert_eq!(app.digest().await, before);
    let kept = undo(&ada, &action(&changed), "keep").await;
    assert_eq!((kept.status, codes(&kept, "left")), (200, vec![json!(["city", "undo-changed-since"])]));
    let now = ada.get(&path).await;
    assert_eq!((&now["last_name"], &now["city"], &now["segment"]), (&json!("Kot"), &json!("Toruń"), &json!("a")));
    undo(&ada, &action(&changed), "overwrite").await.expect(200);
    assert_eq!(ada.get(&path).await["city"], "Łódź");
    // With everything as it was made, the making can be undone.
    undo(&ada, &action(&made), "refuse").await.expect(200);
    assert_eq!(ada.get(&path).await.status, 404);
});

on_both!(who_may_not_do_it_may_not_undo_it, |app| {
    let ada = app.user("Ada", "administrator").await;
    let own = json!({"name": "own", "objects": {"contacts": {"create": true, "read": "own", "update": "own"}}});
    let jan = app.user_with("Jan", own).await;
    let reads = json!({"name": "reads", "objects": {"contacts": {"read": "all", "update": "all", "delete": "all"}},
        "fields": {"contacts": {"birth_date": "hidden", "city": "read"}}});
    let ewa = app.user_with("Ewa", reads).await;
    let made = ada.post("/records/contacts", &json!({"last_name": "Lis"})).await;
    let path = format!("/records/contacts/{}", made.made());
    let changed = ada.patch(&path, &json!({"birth_date": "1980-01-02", "last_name": "Lisek"})).await;
    let before = app.digest().await;
    undo(&jan, &action(&changed), "overwrite").await.refused(404, "not-found");
    let refused = undo(&ewa, &action(&changed), "refuse").await;
    refused.refused(409, "undo-refused");
    assert!(!refused.text().contains("birth_date") && !refused.text().contains("1980"), "{}", refused.text());
    assert_eq!(codes(&refused, "reasons"), [json!([null, "undo-not-allowed"])]);
    let mine = jan.post("/records/contacts", &json!({"last_name": "Mój"})).await;
    let after = app.digest().await;
    undo(&jan, &action(&mine), "refuse").await.refused(409, "undo-refused");
    for wrong in ["nonsense", "0000000000000", "7ZZZZZZZZZZZZ"] {
        undo(&ada, wrong, "refuse").await.refused(404, "not-found");
    }
    assert_eq!(app.digest().await, after);
    assert_ne!(before, after);
    assert_eq!(undo(&ada, &action(&changed), "perhaps").await.status, 422);
});

on_both!(an_undo_tells_nothing_of_a_hidden_key, |app| {
    let ada = app.user("Ada", "administrator").await;
    let field = json!({"name": "card", "type": "text", "unique": true});
    ada.post("/objects/contacts/fields", &field).await.expect(201);
    let role = json!({"name": "clerk", "objects": {"contacts": {"read": "all", "update": "all", "delete": "all"}},
        "fields": {"contacts": {"card": "hidden"}}});
    let jan = app.user_with("Jan", role).await;
    let first = ada.post("/records/contacts", &json!({"last_name": "Jeden", "card": "TAJNE-1"})).await.made();
    let gone = ada.delete(&format!("/records/contacts/{first}")).await;
    ada.post("/records/contacts", &json!({"last_name": "Dwa", "card": "TAJNE-1"})).await.made();
    let refused = undo(&jan, &action(&gone), "refuse").await;
    refused.refused(409, "undo-refused");
    let restored = jan.post(&format!("/records/contacts/{first}/restore"), &json!({})).await;
    assert_eq!(restored.status, 409);
    let filter = json!({"do": "restore", "filter": "last_name = 'Jeden'"});
    let begun = jan.post("/records/contacts/bulk", &filter).await;
    assert_eq!(begun.status, 202);
    for reply in [&refused, &restored] {
        let text = reply.text().to_lowercase();
        assert!(!text.contains("tajne") && !text.contains("card"), "{text}");
    }
});

on_both!(what_is_back_already_is_not_in_the_way, |app| {
    let ada = app.user("Ada", "administrator").await;
    let path =
        format!("/records/contacts/{}", ada.post("/records/contacts", &json!({"last_name": "Kot"})).await.made());
    ada.delete(&path).await.expect(204);
    let restored = ada.post(&format!("{path}/restore"), &json!({})).await;
    undo(&ada, &action(&restored), "refuse").await.expect(200);
    undo(&ada, &action(&restored), "refuse").await.refused(409, "undo-nothing");
});

on_both!(values_of_all_kinds_come_back_as_they_were, |app| {
    let ada = crate::custom::with_visits(&app).await;
    let full = json!({"name": "A", "budget": {"amount": "10.00", "currency": "EUR"}, "effort": "PT2H", "stars": 3,
        "vat": "PL5260001246", "account": "PL61109010140000071219812874", "marks": ["Ą"], "urgent": false,
        "report": "x\n y", "place": {"street": "Piotrkowska 1", "city": "Łódź", "country": "PL"},
        "nicknames": ["b", "a"], "weight": "12.500", "margin": "12.5000", "begins_at": "2026-11-20T08:30:00.000Z"});
    let path = format!("/records/visits/{}", ada.post("/records/visits", &full).await.made());
    let before = ada.get(&path).await.expect(200);
    let none: serde_json::Map<String, Value> =
        full.as_object().unwrap().keys().filter(|key| *key != "name").map(|key| (key.clone(), json!(null))).collect();
    let emptied = ada.patch(&path, &Value::Object(none)).await;
    undo(&ada, &action(&emptied), "refuse").await.expect(200);
    let after = ada.get(&path).await.expect(200);
    for field in full.as_object().unwrap().keys() {
        assert_eq!(after[field], before[field], "{field}");
    }
});
