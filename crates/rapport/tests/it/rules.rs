//! Rules that an administrator sets: whoever writes a record by whatever way, what breaks one is refused.

use crate::imports::upload::{counts, error_lines, import};
use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

/// Companies that are customers need a tax number; those of Romania have no e-mail at a Polish address.
async fn with_rules(app: &TestApp) -> Client {
    let ada = app.user("Ada", "administrator").await;
    let rules = json!([
        {"name": "tax_number", "when": "kind = 'customer' and tax_id is empty", "message": {"en": "A customer needs a tax number",
            "pl": "Klient musi mieć numer podatkowy", "fr": "Un client doit avoir un numéro fiscal",
            "ro": "Un client are nevoie de un cod fiscal"}},
        {"name": "address", "when": "country = 'RO' and email ends with '.pl'", "message": "Not a Polish address"},
    ]);
    let object = ada.patch("/objects/companies", &json!({"rules": rules})).await.expect(200);
    assert_eq!(object["rules"][0]["when"], "kind = 'customer' and tax_id is empty");
    ada
}

fn told(problem: &Value) -> (&str, &str) {
    let error = &problem["errors"][0];
    assert_eq!(error["code"], "rule-broken", "{problem}");
    (error["field"].as_str().unwrap(), error["message"].as_str().unwrap())
}

on_both!(what_breaks_a_rule_is_refused_in_the_writers_language, |app| {
    with_rules(&app).await;
    let ada = app.person("Ewa", &["administrator"], &[]).await;
    let bad = json!({"name": "Orlen", "kind": "customer"});
    for (language, sentence) in [
        ("en", "A customer needs a tax number"),
        ("pl", "Klient musi mieć numer podatkowy"),
        ("fr", "Un client doit avoir un numéro fiscal"),
        ("ro", "Un client are nevoie de un cod fiscal"),
    ] {
        app.operator().patch(&format!("/users/{}", ada.id), &json!({"language": language})).await.expect(200);
        let before = app.digest().await;
        let reply = ada.post("/records/companies", &bad).await.expect(422);
        assert_eq!(told(&reply), ("kind", sentence));
        assert_eq!(app.digest().await, before);
    }
    app.operator().patch(&format!("/users/{}", ada.id), &json!({"language": "en"})).await.expect(200);
    let good = json!({"name": "Orlen", "kind": "customer", "tax_id": "7740001454"});
    let company = format!("/records/companies/{}", ada.post("/records/companies", &good).await.made());
    for change in [json!({"tax_id": null}), json!({"country": "RO", "email": "biuro@orlen.pl"})] {
        ada.patch(&company, &change).await.expect(422);
    }
    ada.patch(&company, &json!({"kind": "partner", "tax_id": null})).await.expect(200);
    let batch = json!({"create": [bad, {"name": "Dacia", "kind": "supplier"}]});
    let results = ada.post("/records/companies/batch", &batch).await.expect(200)["results"].clone();
    assert_eq!(told(&results[0]["problem"]).0, "kind");
    assert!(results[1]["record"]["id"].is_string(), "{results}");
    let file = "name,kind,tax_id\nA,customer,\nB,customer,123\n";
    let done = import(&app, &ada, "companies", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [1, 0, 0, 1], "{done}");
    assert!(error_lines(&ada, &done).await[1].contains("A customer needs a tax number"));
});

on_both!(a_rule_holds_from_when_it_is_set_until_it_is_taken_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    let company = json!({"name": "Old", "kind": "customer"});
    let old = format!("/records/companies/{}", ada.post("/records/companies", &company).await.made());
    let binned = format!("/records/companies/{}", ada.post("/records/companies", &company).await.made());
    ada.delete(&binned).await.expect(204);
    let rule = json!({"rules": [{"name": "tax", "when": "kind = 'customer' and tax_id is empty", "message": "Tax!"}]});
    ada.patch("/objects/companies", &rule).await.expect(200);
    assert_eq!(told(&ada.patch(&old, &json!({"city": "Łódź"})).await.expect(422)), ("kind", "Tax!"));
    ada.post(&format!("{binned}/restore"), &json!({})).await.expect(422);
    ada.patch(&old, &json!({"city": "Łódź", "tax_id": "1"})).await.expect(200);
    ada.delete(&old).await.expect(204);
    ada.patch("/objects/companies", &json!({"rules": []})).await.expect(200);
    ada.post(&format!("{binned}/restore"), &json!({})).await.expect(200);
    let odd = json!({"name": "trips", "fields": [{"name": "nights", "type": "integer"}], "rules": [
        {"name": "long", "when": "nights > 30 or created_at < date'2026-01-01'", "message": {"pl": "Za długo"}}]});
    ada.post("/objects", &odd).await.expect(201);
    ada.patch("/objects/trips", &json!({"label": "Journeys"})).await.expect(200);
    assert_eq!(
        told(&ada.post("/records/trips", &json!({"name": "x", "nights": 31})).await.expect(422)),
        ("nights", "Za długo")
    );
    ada.post("/records/trips", &json!({"name": "x", "nights": 30})).await.expect(201);
});

on_both!(a_field_may_be_required_only_for_some_records, |app| {
    let ada = app.user("Ada", "administrator").await;
    let field = json!({"name": "risk", "type": "rating", "required_when": "kind = 'supplier' and country != 'PL'",
        "visible_when": "kind = 'supplier'"});
    let made = ada.post("/objects/companies/fields", &field).await.expect(201);
    assert_eq!((&made["required_when"], &made["visible_when"]), (&field["required_when"], &field["visible_when"]));
    let supplier = json!({"name": "S", "kind": "supplier", "country": "RO"});
    ada.post("/records/companies", &supplier).await.refused_field("risk", "field-required");
    let rated = json!({"name": "S", "kind": "supplier", "country": "RO", "risk": 3});
    let company = format!("/records/companies/{}", ada.post("/records/companies", &rated).await.made());
    ada.patch(&company, &json!({"risk": null})).await.refused_field("risk", "field-required");
    let kept = ada.patch(&company, &json!({"kind": "customer"})).await.expect(200);
    assert_eq!(kept["risk"], 3, "what is not visible any more is kept");
    ada.patch(&company, &json!({"risk": null})).await.expect(200);
    ada.patch(&company, &json!({"kind": "supplier"})).await.refused_field("risk", "field-required");
    ada.patch("/objects/companies/fields/risk", &json!({"required_when": null})).await.expect(200);
    ada.patch(&company, &json!({"kind": "supplier"})).await.expect(200);
});

on_both!(rules_that_cannot_be_are_refused_when_they_are_set, |app| {
    let ada = app.user("Ada", "administrator").await;
    let rule = |when: &str| json!({"rules": [{"name": "r", "when": when, "message": "No"}]});
    for (when, code) in [
        ("colour = 'red'", "filter-unknown-field"),
        ("parent.name = 'x'", "filter-own-fields"),
        ("any(tasks)", "filter-own-fields"),
        ("owner = me", "filter-nobody-asks"),
        ("name > ", "filter-value-missing"),
        ("country < 5", "filter-operator"),
    ] {
        let reply = ada.patch("/objects/companies", &rule(when)).await;
        let (field, found) = reply.first_error();
        assert_eq!((reply.status, field.as_str()), (422, "rules[0].when"), "{when}: {}", reply.text());
        assert!(found == code || code == "filter-value-missing", "{when}: {found}");
        let condition = json!({"name": "a", "type": "text", "required_when": when});
        assert_eq!(ada.post("/objects/companies/fields", &condition).await.first_error().0, "required_when");
    }
    let twice = json!([{"name": "r", "when": "name = 'x'", "message": "No"}, {"name": "r", "when": "name = 'y'", "message": " "}]);
    let reply = ada.patch("/objects/companies", &json!({"rules": twice})).await;
    reply.refused_field("rules[1].name", "definition-taken");
    ada.patch("/objects/companies", &json!({"label": "Firms", "rules": []})).await.refused(409, "definition-standard");
    let jan = app.user("Jan", "manager").await;
    jan.patch("/objects/companies", &rule("name = 'x'")).await.refused(403, "administrators-only");
    ada.post("/objects/companies/fields", &json!({"name": "size", "type": "integer"})).await.expect(201);
    ada.patch("/objects/companies", &rule("size > 5")).await.expect(200);
    ada.delete("/objects/companies/fields/size").await.refused(409, "definition-looked-at");
    ada.patch("/objects/companies", &json!({"rules": []})).await.expect(200);
    ada.delete("/objects/companies/fields/size").await.expect(204);
});

on_both!(a_rule_does_not_tell_of_fields_that_its_reader_may_not_know, |app| {
    let ada = app.user("Ada", "administrator").await;
    ada.patch(
        "/objects/companies",
        &json!({"rules": [
        {"name": "city", "when": "city = 'Atlantis' and name contains 'x'", "message": "No"}]}),
    )
    .await
    .expect(200);
    let jan = app
        .user_with(
            "Jan",
            json!({"name": "narrow", "objects": {"companies": {"read": "all", "create": true}},
        "fields": {"companies": {"city": "hidden"}}}),
        )
        .await;
    assert_eq!(jan.get("/objects/companies").await.expect(200)["rules"], json!([]));
    assert_eq!(ada.get("/objects/companies").await.expect(200)["rules"].as_array().unwrap().len(), 1);
    let broken = ada.post("/records/companies", &json!({"name": "x", "city": "atlantis"})).await.expect(422);
    assert_eq!(told(&broken).0, "city");
});
