//! Templates of records: what a new one begins with, for whom, and how one is made of a record.

use serde_json::{Value, json};
use testing::{Client, on_both};

async fn template(client: &Client, body: Value) -> String {
    client.post("/templates", &body).await.made()
}

async fn begun(client: &Client, object: &str, template: &str, body: Value) -> testing::Reply {
    client.post(&format!("/records/{object}?template={template}"), &body).await
}

on_both!(a_record_begins_with_a_template, |app| {
    let ada = app.user("Ada", "administrator").await;
    let values = json!({"subject": "Oddzwonić", "priority": "high", "due_at": {"days_from_today": 2, "at": "09:00"}, "tags": ["vip"]});
    let call = template(&ada, json!({"object": "tasks", "name": "Oddzwonić", "values": values})).await;
    let made = begun(&ada, "tasks", &call, json!({})).await;
    made.made();
    assert_eq!(
        (&made["subject"], &made["priority"], &made["status"]),
        (&json!("Oddzwonić"), &json!("high"), &json!("open"))
    );
    // Monday the 23rd of November; Warsaw is an hour ahead.
    assert_eq!((&made["due_at"], &made["tags"]), (&json!("2026-11-25T08:00:00.000Z"), &json!(["vip"])));
    app.wait_seconds(86_400);
    let later = begun(&ada, "tasks", &call, json!({"subject": "Inny", "priority": null})).await;
    assert_eq!((&later["subject"], &later["priority"]), (&json!("Inny"), &Value::Null));
    assert_eq!(later["due_at"], "2026-11-26T08:00:00.000Z");
    // What is given goes before its twin in the template; required fields and rules hold.
    let emails = json!({"emails": ["biuro@example.com", "szef@example.com"], "city": "Łódź", "birth_date": {"days_from_today": -1}});
    let person = template(&ada, json!({"object": "contacts", "name": "Z Łodzi", "values": emails})).await;
    let own = begun(&ada, "contacts", &person, json!({"last_name": "Żak", "email": "zak@example.com"})).await;
    assert_eq!((&own["emails"], &own["city"]), (&json!(["zak@example.com"]), &json!("Łódź")));
    assert_eq!(own["birth_date"], "2026-11-23");
    let rule =
        json!({"rules": [{"name": "lodz", "when": "city = 'lodz' and segment is empty", "message": "Segment!"}]});
    ada.patch("/objects/contacts", &rule).await.expect(200);
    let before = app.digest().await;
    begun(&ada, "contacts", &person, json!({"last_name": "Żak"})).await.expect(422);
    let order = template(&ada, json!({"object": "orders", "name": "Puste"})).await;
    begun(&ada, "orders", &order, json!({})).await.refused_field("number", "field-required");
    for wrong in [&call, "0000000000000", "x"] {
        begun(&ada, "contacts", wrong, json!({"last_name": "x"})).await.refused_field("template", "template-unknown");
    }
    assert_ne!(app.digest().await, before, "the template of orders is new");
    // The same request under one key is done once.
    let keyed = ada.header("idempotency-key", "k1");
    let once = begun(&keyed, "tasks", &call, json!({})).await.made();
    assert_eq!(begun(&keyed, "tasks", &call, json!({})).await.made(), once);
    keyed.post("/records/tasks", &json!({"subject": "x"})).await.made();
});

on_both!(what_cannot_be_kept_in_a_template_is_said, |app| {
    let ada = app.user("Ada", "administrator").await;
    for (values, field, code) in [
        (json!({"colour": "red"}), "values.colour", "field-unknown"),
        (json!({"version": 7}), "values.version", "field-read-only"),
        (json!({"email": "no address"}), "values.email", "field-not-an-email"),
        (json!({"birth_date": {"days_from_today": "x"}}), "values.birth_date", "template-relative"),
        (json!({"city": {"days_from_today": 1}}), "values.city", "template-relative-kind"),
        (json!({"attachments": ["0000000000001"]}), "values.attachments", "template-no-files"),
        (json!({"company": "0000000000001"}), "values.company", "relation-not-found"),
    ] {
        let body = json!({"object": "contacts", "name": "x", "values": values});
        ada.post("/templates", &body).await.refused_field(field, code);
    }
    ada.post("/templates", &json!({"name": "x"})).await.refused_field("object", "field-required");
    ada.post("/templates", &json!({"object": "contacts"})).await.refused_field("name", "field-required");
    ada.post("/templates", &json!({"object": "users", "name": "x"}))
        .await
        .refused_field("object", "template-object-unknown");
    ada.post("/templates", &json!({"from": "0000000000001"})).await.refused_field("from", "relation-not-found");
    assert!(ada.get("/templates").await["items"].as_array().unwrap().is_empty());
});

on_both!(a_template_is_made_of_a_record, |app| {
    let ada = app.user("Ada", "administrator").await;
    let firm = ada.post("/records/companies", &json!({"name": "Młyn"})).await.made();
    ada.post("/objects/contacts/fields", &json!({"name": "card", "type": "text", "unique": true})).await.expect(201);
    let person = json!({"first_name": "Jan", "last_name": "Żak", "company": firm, "city": "Łódź", "card": "A-1",
        "emails": ["a@example.com", "b@example.com"]});
    let person = ada.post("/records/contacts", &person).await.made();
    let made = ada.post("/templates", &json!({"from": person, "values": {"city": "Płock", "first_name": null}})).await;
    assert_eq!(
        (&made["name"], &made["object"], &made["audience"]),
        (&json!("Jan Żak"), &json!("contacts"), &json!("private"))
    );
    let kept =
        json!({"last_name": "Żak", "company": firm, "city": "Płock", "emails": ["a@example.com", "b@example.com"]});
    assert_eq!(made["values"], kept, "{}", made.text());
    let twin = begun(&ada, "contacts", &made.made(), json!({"first_name": "Ewa"})).await;
    assert_eq!((&twin["first_name"], &twin["company"], &twin["card"]), (&json!("Ewa"), &json!(firm), &Value::Null));
    // What it leads to is gone: it is left out.
    ada.delete(&format!("/records/companies/{firm}")).await.expect(204);
    assert_eq!(begun(&ada, "contacts", &made.made(), json!({})).await["company"], Value::Null);
});

on_both!(a_template_is_for_oneself_a_team_or_everybody, |app| {
    let ada = app.user("Ada", "administrator").await;
    let team = app.team("Polska", None).await;
    let ewa = app.person("Ewa", &["seller"], &[&team]).await;
    let ola = app.person("Ola", &["seller"], &[&team]).await;
    let jan = app.user("Jan", "seller").await;
    let body = |name: &str, audience: Value| {
        let mut body =
            json!({"object": "contacts", "name": name, "values": {"city": "Łódź", "birth_date": "1990-01-01"}});
        body.as_object_mut().unwrap().extend(audience.as_object().unwrap().clone());
        body
    };
    let own = template(&ewa, body("Moje", json!({}))).await;
    let ours = template(&ewa, body("Nasze", json!({"audience": "team", "team": team}))).await;
    ewa.post("/templates", &body("Wszystkich", json!({"shared": "all"}))).await.refused(403, "template-for-all");
    let all = template(&ada, body("Wszystkich", json!({"shared": "all"}))).await;
    let names = async |client: &Client| client.ask("/templates", &[("object", "contacts")]).await.column("name");
    assert_eq!(names(&ewa).await, ["Moje", "Nasze", "Wszystkich"]);
    assert_eq!(names(&ola).await, ["Nasze", "Wszystkich"]);
    assert_eq!(names(&jan).await, ["Wszystkich"]);
    assert_eq!(jan.get(&format!("/templates/{ours}")).await.status, 404);
    begun(&jan, "contacts", &own, json!({"last_name": "x"})).await.refused_field("template", "template-unknown");
    begun(&ola, "contacts", &ours, json!({"last_name": "x"})).await.made();
    ola.patch(&format!("/templates/{ours}"), &json!({"name": "x"})).await.refused(403, "template-not-yours");
    let stale = ada.header("if-match", "\"7\"");
    stale.patch(&format!("/templates/{all}"), &json!({"name": "x"})).await.expect(412);
    let changed =
        ada.patch(&format!("/templates/{all}"), &json!({"name": "Dla wszystkich", "values": {"city": "Płock"}})).await;
    assert_eq!((&changed["version"], &changed["values"]), (&json!(2), &json!({"city": "Płock"})));
    // Nobody writes or learns more through a template than without it.
    ada.patch(&format!("/templates/{all}"), &json!({"values": {"city": "Płock", "birth_date": "1990-01-01"}}))
        .await
        .expect(200);
    let role = json!({"name": "shy", "objects": {"contacts": {"create": true, "read": "all"}},
        "fields": {"contacts": {"birth_date": "hidden", "city": "read"}}});
    let vera = app.user_with("Vera", role).await;
    let seen = vera.get(&format!("/templates/{all}")).await;
    assert_eq!((&seen["values"], &seen["can_change"]), (&json!({"city": "Płock"}), &json!(false)));
    let made = begun(&vera, "contacts", &all, json!({"last_name": "Nowa"})).await.made();
    let made = ada.get(&format!("/records/contacts/{made}")).await;
    assert_eq!((&made["city"], &made["birth_date"]), (&Value::Null, &Value::Null));
    let reader = app.user_with("Rex", json!({"name": "orders-only", "objects": {"orders": {"read": "all"}}})).await;
    assert_eq!(reader.get(&format!("/templates/{all}")).await.status, 404);
    // What is shared stands in the configuration; what is one's own does not.
    let file: Value = toml::from_str(&ada.get("/configuration").await.text()).unwrap();
    let shared = json!([{"object": "contacts", "name": "Dla wszystkich", "audience": "all", "values": {"city": "Płock", "birth_date": "1990-01-01"}},
        {"object": "contacts", "name": "Nasze", "audience": "team", "team": "Polska", "values": {"city": "Łódź", "birth_date": "1990-01-01"}}]);
    assert_eq!(file["templates"], shared);
    ewa.delete(&format!("/templates/{own}")).await.expect(204);
    assert_eq!(names(&ewa).await, ["Dla wszystkich", "Nasze"]);
});

on_both!(a_template_of_a_record_leads_to_nothing_that_one_may_not_see, |app| {
    let operator = app.operator();
    let firm = operator.post("/records/companies", &json!({"name": "Obca"})).await.made();
    let person = json!({"last_name": "Żak", "city": "Łódź", "company": firm});
    let person = operator.post("/records/contacts", &person).await.made();
    let role = json!({"name": "blind", "objects": {"companies": {"read": "own"},
        "contacts": {"create": true, "read": "all"}}});
    let vera = app.user_with("Vera", role).await;
    let made = vera.post("/templates", &json!({"from": person})).await.expect(201);
    assert_eq!(made["values"], json!({"last_name": "Żak", "city": "Łódź"}));
});

on_both!(who_changes_a_template_keeps_what_they_are_not_shown, |app| {
    let operator = app.operator();
    let role = |rules: Value| json!({"name": "shy", "objects": {"contacts": {"create": true, "read": "all"}}, "fields": {"contacts": rules}});
    let vera = app.user_with("Vera", role(json!({}))).await;
    let values = json!({"city": "Łódź", "region": "Łódzkie", "birth_date": "1990-01-01"});
    let own = template(&vera, json!({"object": "contacts", "name": "Moje", "values": values})).await;
    let address = format!("/templates/{own}");
    let roles = operator.get("/roles?limit=200").await.expect(200);
    let shy = roles["items"].as_array().unwrap().iter().find(|role| role["name"] == "shy").unwrap();
    let shy = format!("/roles/{}", shy["id"].as_str().unwrap());
    operator.patch(&shy, &role(json!({"birth_date": "hidden"}))).await.expect(200);
    let changed = vera.patch(&address, &json!({"values": {"city": "Płock"}})).await.expect(200);
    assert_eq!(changed["values"], json!({"city": "Płock"}));
    vera.patch(&address, &json!({"values": {"birth_date": "1999-01-01"}}))
        .await
        .refused_field("values.birth_date", "field-unknown");
    operator.patch(&shy, &role(json!({}))).await.expect(200);
    let seen = vera.get(&address).await.expect(200);
    assert_eq!(seen["values"], json!({"city": "Płock", "birth_date": "1990-01-01"}));
});
