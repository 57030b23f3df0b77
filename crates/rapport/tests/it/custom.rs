//! Objects and fields that an administrator invents while the house runs.

use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

/// Visits to customers: a field of every type.
fn visits() -> Value {
    json!({"name": "visits", "label": {"en": "Visits", "pl": "Wizyty", "fr": "Visites", "ro": "Vizite"},
        "singular": {"en": "Visit", "pl": "Wizyta"}, "fields": [
        {"name": "motto", "type": "text", "searched": true, "label": {"en": "Motto", "pl": "Hasło"}},
        {"name": "report", "type": "long_text"},
        {"name": "story", "type": "rich_text"},
        {"name": "doors", "type": "integer", "min": 1, "max": 99},
        {"name": "weight", "type": "decimal", "scale": 3},
        {"name": "budget", "type": "money"},
        {"name": "margin", "type": "percent"},
        {"name": "effort", "type": "duration", "max": "P1D"},
        {"name": "stars", "type": "rating"},
        {"name": "vat", "type": "tax_id"},
        {"name": "account", "type": "iban"},
        {"name": "marks", "type": "tags"},
        {"name": "urgent", "type": "yes_no"},
        {"name": "visited_on", "type": "date"},
        {"name": "begins_at", "type": "instant"},
        {"name": "mood", "type": "choice", "options": ["good", {"code": "bad", "label": {"en": "Bad", "pl": "Zły"}}]},
        {"name": "topics", "type": "choices", "options": ["price", "quality", "delivery"]},
        {"name": "reply_to", "type": "email"},
        {"name": "hotline", "type": "phone"},
        {"name": "page", "type": "url"},
        {"name": "place", "type": "address"},
        {"name": "land", "type": "country"},
        {"name": "speech", "type": "language"},
        {"name": "paid_in", "type": "currency"},
        {"name": "visitor", "type": "relation", "target": "contacts", "inverse": "visits"},
        {"name": "subject", "type": "relation"},
        {"name": "hosts", "type": "relations", "target": "companies", "inverse": "hosted", "roles": true},
        {"name": "guide", "type": "user"},
        {"name": "crew", "type": "team"},
        {"name": "nicknames", "type": "text", "many": true}
    ]})
}

/// An administrator who has invented visits.
pub async fn with_visits(app: &TestApp) -> Client {
    let ada = app.user("Ada", "administrator").await;
    ada.post("/objects", &visits()).await.expect(201);
    ada
}

on_both!(a_new_object_holds_values_of_every_type, |app| {
    let ada = with_visits(&app).await;
    let guide = app.person("Ewa", &["reader"], &[]).await.id;
    let crew = app.team("Brygada", None).await;
    let contact = ada.post("/records/contacts", &json!({"last_name": "Gość"})).await.made();
    let company = ada.post("/records/companies", &json!({"name": "Gospodarz"})).await.made();
    let values = json!({"name": "Wizyta w Łodzi", "motto": "Do przodu!", "report": "Linia 1\nLinia 2", "doors": 7,
        "weight": "12.500", "budget": {"amount": "1234.50", "currency": "EUR"}, "margin": "12.5000", "urgent": true,
        "visited_on": "2026-11-20", "begins_at": "2026-11-20T08:30:00.000Z", "mood": "bad", "topics": ["price", "delivery"],
        "reply_to": "gosc@example.com", "hotline": "+48228251020", "page": "https://example.com/wizyta",
        "place": {"street": "Piotrkowska 1", "city": "Łódź", "country": "PL"}, "land": "PL", "speech": "pl", "paid_in": "PLN",
        "effort": "PT1H30M", "stars": 4, "story": "<p>Dzień <b>dobry</b></p>", "vat": "PL5260250274", "account": "PL61109010140000071219812874", "marks": ["Pilne", "łódź"], "visitor": contact, "subject": {"object": "companies", "id": company},
        "hosts": [{"id": company, "role": "sponsor"}], "guide": guide, "crew": crew, "nicknames": ["łódzka", "pierwsza"]});
    let made = ada.post("/records/visits", &values).await;
    let id = made.made();
    let read = ada.get(&format!("/records/visits/{id}")).await.expect(200);
    for (name, value) in values.as_object().unwrap() {
        let same = match (read[name].as_str(), value.as_str()) {
            (Some(one), Some(other)) if name == "weight" || name == "margin" => {
                one.trim_end_matches('0') == other.trim_end_matches('0')
            }
            _ => read[name] == *value,
        };
        assert!(same, "{name}: {} is not {value}", read[name]);
    }
    for filter in [
        "motto = 'do przodu!'",
        "report contains 'linia 2'",
        "doors = 7",
        "weight = 12.5",
        "budget > 1000",
        "margin < 13",
        "effort > '1:29' and effort <= 5400",
        "stars between 4 and 5",
        "story contains 'dzien dobry'",
        "vat = '526-025-02-74'",
        "account = 'PL61 1090 1014 0000 0712 1981 2874'",
        "marks = 'LODZ'",
        "urgent = true",
        "visited_on = date'2026-11-20'",
        "begins_at < now",
        "mood = 'bad'",
        "topics = 'price'",
        "reply_to ends with 'example.com'",
        "hotline contains '8251'",
        "page contains 'wizyta'",
        "land = 'PL'",
        "speech = 'pl'",
        "paid_in = 'PLN'",
        "visitor.last_name = 'Gosc'",
        "subject is not empty",
        "any(hosts where name = 'gospodarz')",
        "guide.name = 'Ewa'",
        "crew.name = 'brygada'",
        "nicknames = 'LODZKA'",
    ] {
        assert_eq!(ada.ask("/records/visits", &[("filter", filter)]).await.column("id"), [json!(id)], "{filter}");
        let none = ada.ask("/records/visits/count", &[("filter", &format!("not ({filter})"))]).await;
        assert_eq!(none["count"], 0, "not {filter}: {}", none.text());
    }
    assert_eq!(ada.ask("/search", &[("q", "przodu")]).await.column("title"), ["Wizyta w Łodzi"]);
    let emptied: serde_json::Map<_, _> =
        values.as_object().unwrap().keys().filter(|k| *k != "name").map(|k| (k.clone(), Value::Null)).collect();
    let after = ada.patch(&format!("/records/visits/{id}"), &Value::Object(emptied)).await.expect(200);
    for name in values.as_object().unwrap().keys().filter(|name| *name != "name") {
        assert!(after[name].is_null() || after[name] == json!([]), "{name}: {}", after[name]);
    }
    let history = ada.get(&format!("/records/visits/{id}/history")).await;
    assert_eq!(history["items"][0]["changes"].as_array().unwrap().len(), 30);
});

on_both!(a_new_relation_counts_from_the_other_end, |app| {
    let ada = with_visits(&app).await;
    let mut contacts = Vec::new();
    for (name, count) in [("Żadna", 0), ("Jedna", 1), ("Trzy", 3)] {
        let contact = ada.post("/records/contacts", &json!({"last_name": name})).await.made();
        let visit = |at: i32| {
            json!({"name": format!("{name} {at}"), "visitor": contact, "doors": at + 1, "visited_on": "2026-11-20",
            "effort": format!("{} min", 15 * (at + 1))})
        };
        let drafts: Vec<Value> = (0..count).map(visit).collect();
        ada.post("/records/visits/batch", &json!({"create": drafts})).await.expect(200);
        contacts.push(contact);
    }
    for (filter, names) in [
        ("count(visits) > 2", vec!["Trzy"]),
        ("no(visits)", vec!["Żadna"]),
        ("sum(visits.doors where visited_on in last 7 days) >= 1", vec!["Jedna", "Trzy"]),
        ("max(visits.doors) = 1", vec!["Jedna"]),
        ("sum(visits.effort) = '1h 30m'", vec!["Trzy"]),
        ("all(visits where doors < 2)", vec!["Jedna", "Żadna"]),
    ] {
        let found = ada.ask("/records/contacts", &[("filter", filter), ("sort", "last_name")]).await;
        assert_eq!(found.column("last_name"), names, "{filter}");
    }
    let sorted = ada.ask("/records/visits", &[("sort", "-doors,name"), ("fields", "name")]).await;
    assert_eq!(sorted.column("name"), ["Trzy 2", "Trzy 1", "Jedna 0", "Trzy 0"]);
    for inverse in ["visits", "last_name", "orders"] {
        let field = json!({"name": "again", "type": "relation", "target": "contacts", "inverse": inverse});
        ada.post("/objects/visits/fields", &field).await.refused_field("inverse", "definition-taken");
    }
    let field = json!({"name": "visits", "type": "text"});
    ada.post("/objects/contacts/fields", &field).await.refused_field("name", "definition-taken");
    let twice = json!({"name": "trips", "fields": [{"name": "a", "type": "relation", "target": "contacts", "inverse": "trips"},
        {"name": "b", "type": "relation", "target": "contacts", "inverse": "trips"}]});
    ada.post("/objects", &twice).await.refused_field("fields[1].inverse", "definition-taken");
});

on_both!(rules_of_a_field_are_kept, |app| {
    let ada = app.user("Ada", "administrator").await;
    let fields = [
        json!({"name": "card", "type": "text", "required": true, "unique": true, "pattern": "[A-Z]{2}-[0-9]{3}"}),
        json!({"name": "points", "type": "integer", "min": 0, "max": 1_000, "default": 10}),
        json!({"name": "level", "type": "choice", "options": ["silver", "gold"], "default": "silver"}),
        json!({"name": "slogan", "type": "text", "min": 3, "max": 8}),
    ];
    for field in &fields {
        ada.post("/objects/companies/fields", field).await.expect(201);
    }
    let made = ada.post("/records/companies", &json!({"name": "Biedronka", "card": "PL-001"})).await.expect(201);
    assert_eq!((&made["points"], &made["level"], &made["slogan"]), (&json!(10), &json!("silver"), &Value::Null));
    app.settled().await;
    let draft = |name: &str, value: Value| {
        let mut draft = json!({"name": "Lidl", "card": "PL-002"});
        draft[name] = value;
        draft
    };
    let before = app.digest().await;
    for (name, value, code) in [
        ("card", json!(null), "field-required"),
        ("card", json!("pl-002"), "field-pattern-mismatch"),
        ("card", json!("PL-0021"), "field-pattern-mismatch"),
        ("points", json!(-1), "field-number-too-small"),
        ("points", json!(1_001), "field-number-too-large"),
        ("points", json!(1.5), "field-not-whole"),
        ("level", json!("platinum"), "field-unknown-choice"),
        ("slogan", json!("ab"), "field-text-too-short"),
        ("slogan", json!("żółtodziób"), "field-text-too-long"),
    ] {
        ada.post("/records/companies", &draft(name, value)).await.refused_field(name, code);
    }
    ada.post("/records/companies", &draft("card", json!("PL-001"))).await.refused(409, "unique-taken");
    assert_eq!(app.digest().await, before);
    ada.post("/records/companies", &draft("slogan", json!("żółtodz"))).await.expect(201);
});

on_both!(fields_and_objects_change_and_go, |app| {
    let ada = with_visits(&app).await;
    let visit = ada.post("/records/visits", &json!({"name": "Pierwsza", "mood": "good", "motto": "ave"})).await.made();
    let changed = ada
        .patch(
            "/objects/visits/fields/mood",
            &json!({"label": "Nastrój", "options": ["good", "bad", "so_so"], "required": true}),
        )
        .await
        .expect(200);
    assert_eq!((&changed["label"]["ro"], &changed["required"]), (&json!("Nastrój"), &json!(true)));
    ada.patch(&format!("/records/visits/{visit}"), &json!({"mood": "so_so"})).await.expect(200);
    ada.patch(&format!("/records/visits/{visit}"), &json!({"mood": null}))
        .await
        .refused_field("mood", "field-required");
    ada.patch("/objects/visits/fields/mood", &json!({"options": ["good"]}))
        .await
        .refused_field("options", "definition-option-in-use");
    for fixed in
        [json!({"type": "text"}), json!({"unique": true}), json!({"name": "humour"}), json!({"filterable": false})]
    {
        let reply = ada.patch("/objects/visits/fields/mood", &fixed).await;
        assert_eq!(reply.first_error().1, "definition-fixed", "{fixed}: {}", reply.text());
    }
    let object = ada.patch("/objects/visits", &json!({"label": {"en": "Calls", "pl": "Odwiedziny"}})).await.expect(200);
    assert_eq!((&object["label"]["pl"], &object["label"]["fr"]), (&json!("Odwiedziny"), &json!("Calls")));
    ada.delete("/objects/visits/fields/motto").await.expect(204);
    assert!(ada.get(&format!("/records/visits/{visit}")).await.expect(200).get("motto").is_none());
    assert_eq!(ada.ask("/records/visits", &[("filter", "motto = 'ave'")]).await.status, 422);
    ada.post("/records/visits", &json!({"name": "x", "mood": "bad", "motto": "ave"}))
        .await
        .refused_field("motto", "field-unknown");
    // The name is free for another field, and nothing of the old one shines through.
    ada.post("/objects/visits/fields", &json!({"name": "motto", "type": "text"})).await.expect(201);
    assert_eq!(ada.get(&format!("/records/visits/{visit}")).await["motto"], Value::Null);
    ada.post("/objects", &json!({"name": "trips"})).await.expect(201);
    let leads = json!({"name": "trip", "type": "relation", "target": "trips"});
    ada.post("/objects/visits/fields", &leads).await.expect(201);
    ada.delete("/objects/trips").await.refused(409, "definition-in-use");
    ada.delete("/objects/visits/fields/trip").await.expect(204);
    ada.delete("/objects/trips").await.expect(204);
    ada.get("/records/trips").await.refused(404, "not-found");
});

on_both!(records_of_two_new_objects_are_never_taken_for_each_other, |app| {
    let ada = app.user("Ada", "administrator").await;
    ada.post("/objects", &json!({"name": "keys"})).await.expect(201);
    let held = json!({"name": "holder", "type": "relation", "target": "keys", "inverse": "locks"});
    ada.post("/objects", &json!({"name": "locks", "fields": [held]})).await.expect(201);
    let key = ada.post("/records/keys", &json!({"name": "Klucz"})).await.made();
    let lock = ada.post("/records/locks", &json!({"name": "Zamek", "holder": key})).await.made();
    let jan = app.user_with("Jan", json!({"name": "porter", "objects": {"locks": {"read": "all", "update": "all", "delete": "all", "export": "all"}}})).await;
    for client in [&ada, &jan] {
        assert_eq!(client.get("/records/locks").await.column("name"), ["Zamek"]);
        assert_eq!(client.get("/records/locks/count").await["count"], 1);
        assert!(!client.get("/records/locks/export").await.text().contains("Klucz"));
        let path = format!("/records/locks/{key}");
        client.get(&path).await.refused(404, "not-found");
        client.get(&format!("{path}/history")).await.refused(404, "not-found");
        client.patch(&path, &json!({"name": "Wytrych"})).await.refused(404, "not-found");
        client.delete(&path).await.refused(404, "not-found");
        let path = format!("/records/locks/{lock}");
        client.patch(&path, &json!({"holder": lock})).await.refused_field("holder", "relation-not-found");
    }
    ada.delete(&format!("/records/keys/{key}")).await.expect(204);
    jan.post(&format!("/records/locks/{key}/restore"), &json!({})).await.refused(404, "not-found");
    assert!(jan.get("/records/locks?bin=true").await.column("id").is_empty());
    let matched = json!({"match": "name", "create": [{"name": "klucz"}]});
    ada.post(&format!("/records/keys/{key}/restore"), &json!({})).await.expect(200);
    let reply = ada.post("/records/locks/batch", &matched).await;
    assert_eq!(reply["results"][0]["status"], 201, "{}", reply.text());
});
