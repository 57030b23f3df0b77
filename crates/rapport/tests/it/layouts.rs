//! How records are laid out on screens: for everybody, for a team, and for those who may not see every field.

use serde_json::{Value, json};
use testing::{Client, on_both};

const PLACE: &str = "/objects/companies/layout";

/// The names of the fields, section by section.
fn fields(layout: &Value) -> Vec<Value> {
    layout["sections"].as_array().unwrap().iter().map(|section| section["fields"].clone()).collect()
}

async fn layout(client: &Client) -> Value {
    client.get(PLACE).await.expect(200)
}

on_both!(a_layout_is_for_everybody_or_for_a_team, |app| {
    let ada = app.user("Ada", "administrator").await;
    let (poland, romania) = (app.team("Polska", None).await, app.team("România", None).await);
    let ewa = app.person("Ewa", &["seller"], &[&poland]).await;
    let ion = app.person("Ion", &["seller"], &[&romania]).await;
    let made = layout(&ewa).await;
    assert_eq!((&made["team"], &made["set"]), (&Value::Null, &json!(false)));
    assert_eq!(made["sections"][0]["title"]["pl"], "Szczegóły");
    assert_eq!(made["sections"][0]["fields"][0], "name");
    assert!(made["sections"][1]["fields"].as_array().unwrap().contains(&json!("created_at")));

    let title = json!({"en": "Who", "pl": "Kto", "fr": "Qui", "ro": "Cine"});
    let common = json!({"sections": [
        {"title": title, "columns": 3, "fields": ["name", "tax_id"]}, {"title": "Where", "fields": ["city"]}
    ]});
    let set = ada.put(PLACE, &common).await.expect(200);
    assert_eq!((&set["set"], &set["sections"][0]["title"]), (&json!(true), &title));
    assert_eq!((&set["sections"][1]["columns"], &set["sections"][1]["title"]["ro"]), (&json!(2), &json!("Where")));
    let own = json!({"sections": [{"title": "Firma", "columns": 1, "fields": ["tax_id", "name"]}]});
    let place = format!("{PLACE}?team={poland}");
    assert_eq!(ada.put(&place, &own).await.expect(200)["team"], poland);
    assert_eq!(fields(&layout(&ewa).await), [json!(["tax_id", "name"])]);
    assert_eq!(fields(&layout(&ion).await), [json!(["name", "tax_id"]), json!(["city"])]);
    assert_eq!(fields(&ion.get(&place).await.expect(200)), [json!(["tax_id", "name"])]);
    let theirs = ada.get(&format!("{PLACE}?team={romania}")).await.expect(200);
    assert_eq!((&theirs["team"], fields(&theirs).len()), (&Value::Null, 2));

    ada.delete(&place).await.expect(204);
    assert_eq!(fields(&layout(&ewa).await).len(), 2);
    ada.delete(PLACE).await.expect(204);
    assert_eq!(layout(&ewa).await, made);
});

on_both!(a_layout_has_no_field_that_is_gone_or_hidden, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "shy", "objects": {"companies": {"read": "all"}}, "fields": {"companies": {"tax_id": "hidden"}}});
    let vera = app.user_with("Vera", role).await;
    assert!(!layout(&vera).await.to_string().contains("tax_id"));
    ada.post("/objects/companies/fields", &json!({"name": "floor", "type": "integer"})).await.expect(201);
    let sections = json!({"sections": [
        {"title": "Secret", "fields": ["tax_id"]}, {"title": "Open", "fields": ["name", "tax_id_2", "floor"]}
    ]});
    let mut lawful = sections.clone();
    lawful["sections"][1]["fields"] = json!(["name", "floor"]);
    ada.put(PLACE, &sections).await.refused_field("sections[1].fields[1]", "layout-field-unknown");
    ada.put(PLACE, &lawful).await.expect(200);
    assert_eq!(fields(&layout(&vera).await), [json!(["name", "floor"])]);
    ada.delete("/objects/companies/fields/floor").await.expect(204);
    assert_eq!(fields(&layout(&ada).await), [json!(["tax_id"]), json!(["name"])]);
    let contacts = app.user_with("Iga", json!({"name": "people", "objects": {"contacts": {"read": "all"}}})).await;
    contacts.get(PLACE).await.refused(404, "not-found");
});

on_both!(a_layout_that_cannot_be_shown_is_refused, |app| {
    let ada = app.user("Ada", "administrator").await;
    let before = app.digest().await;
    let section =
        |columns: i64, names: &[&str]| json!({"sections": [{"title": "A", "columns": columns, "fields": names}]});
    ada.put(PLACE, &json!({"sections": []})).await.refused_field("sections", "layout-sections");
    ada.put(PLACE, &section(4, &["name"])).await.refused_field("sections[0].columns", "layout-columns");
    ada.put(PLACE, &section(0, &["name"])).await.refused_field("sections[0].columns", "layout-columns");
    ada.put(PLACE, &section(1, &["name", "name"])).await.refused_field("sections[0].fields[1]", "layout-field-twice");
    let nameless = json!({"sections": [{"title": " ", "fields": ["name"]}]});
    ada.put(PLACE, &nameless).await.refused_field("sections[0].title", "label-length");
    ada.put(&format!("{PLACE}?team=nobody"), &section(1, &["name"])).await.refused_field("team", "layout-team-unknown");
    ada.get(&format!("{PLACE}?team=0000000000007")).await.refused_field("team", "layout-team-unknown");
    app.user("Ewa", "seller").await.put(PLACE, &section(1, &["name"])).await.expect(403);
    assert_eq!(app.digest().await.tables.get("object_layout"), before.tables.get("object_layout"));
});

on_both!(a_layout_has_lists_of_related_records, |app| {
    let ada = app.user("Ada", "administrator").await;
    let names = |layout: &Value| -> Vec<String> {
        let related = layout["related"].as_array().unwrap();
        related.iter().map(|list| list["name"].as_str().unwrap().to_owned()).collect()
    };
    let all = names(&layout(&ada).await);
    for name in ["subsidiaries", "contacts", "people", "orders", "tasks", "notes"] {
        assert!(all.contains(&name.to_owned()), "{all:?}");
    }
    // Both ends of a relation have labels.
    let label = json!({"en": "Sites", "pl": "Zakłady", "fr": "Sites", "ro": "Sedii"});
    ada.post("/objects", &json!({"name": "sites", "label": "Places"})).await.expect(201);
    let field = |label: Value| json!({"name": "firm", "type": "relation", "target": "companies", "inverse": "sites", "inverse_label": label});
    let alone = json!({"name": "firm", "type": "relation", "target": "companies", "inverse_label": "x"});
    ada.post("/objects/sites/fields", &alone).await.refused_field("inverse_label", "definition-inverse-label");
    ada.post("/objects/sites/fields", &field(json!({"xx": "?"})))
        .await
        .refused_field("inverse_label", "label-language");
    let made = ada.post("/objects/sites/fields", &field(label.clone())).await.expect(201);
    assert_eq!(made["inverse_label"], label);
    let described = ada.get("/objects/companies").await.expect(200);
    let told = |described: &Value, name: &str| {
        described["relations"].as_array().unwrap().iter().find(|one| one["name"] == name).cloned().unwrap_or_default()
    };
    let sites = json!({"name": "sites", "object": "sites", "field": "firm", "own": false, "label": label});
    assert_eq!(told(&described, "sites"), sites);
    assert_eq!(told(&described, "subsidiaries")["label"]["pl"], "Spółki zależne");
    // Where nobody says, it is what the records there are called.
    assert_eq!(told(&described, "orders")["label"]["pl"], "Zamówienia");
    assert_eq!(told(&ada.get("/objects/contacts").await.expect(200), "companies")["own"], true);
    let document = ada.get("/openapi.json").await.expect(200);
    let relations = &document["components"]["schemas"]["companies"]["x-relations"];
    assert!(relations.as_array().unwrap().contains(&sites), "{relations}");
    let changed = ada.patch("/objects/sites/fields/firm", &json!({"inverse_label": "Works"})).await.expect(200);
    assert_eq!(changed["inverse_label"]["ro"], "Works");
    assert!(ada.get("/configuration").await.text().contains("inverse_label = \"Works\""));
    // The wanted ones, in their order.
    let wanted = |related: Value| json!({"sections": [{"title": "Who", "fields": ["name"]}], "related": related});
    ada.put(PLACE, &wanted(json!(["orders", "nothing"]))).await.refused_field("related[1]", "layout-relation-unknown");
    ada.put(PLACE, &wanted(json!(["orders", "orders"]))).await.refused_field("related[1]", "layout-field-twice");
    let set = ada.put(PLACE, &wanted(json!(["sites", "orders"]))).await.expect(200);
    assert_eq!(
        (names(&set), &set["related"][0]["label"]["en"]),
        (vec!["sites".into(), "orders".into()], &json!("Works"))
    );
    let role = json!({"name": "shy", "objects": {"companies": {"read": "all"}, "orders": {"read": "all"}},
        "fields": {"orders": {"company": "hidden"}}});
    let vera = app.user_with("Vera", role).await;
    assert!(names(&layout(&vera).await).is_empty());
    assert!(!vera.get("/objects/companies").await.text().contains("\"orders\""));
    assert!(names(&ada.put(PLACE, &wanted(json!([]))).await.expect(200)).is_empty());
    let plain = json!({"sections": [{"title": "Who", "fields": ["name"]}]});
    assert_eq!(names(&ada.put(PLACE, &plain).await.expect(200)).len(), all.len() + 1);
});
