//! Definitions of objects and fields: what is refused, where they lie, and how the interface describes them.

use crate::custom::with_visits;
use base::SystemCaller;
use db::Statement;
use serde_json::json;
use testing::on_both;

on_both!(definitions_that_cannot_be_are_refused, |app| {
    let ada = with_visits(&app).await;
    app.settled().await;
    let before = app.digest().await;
    for (name, field) in [
        ("name", json!({"name": "Shoe Size", "type": "integer"})),
        ("name", json!({"name": "", "type": "integer"})),
        ("name", json!({"name": "email", "type": "text"})),
        ("name", json!({"name": "version", "type": "text"})),
        ("type", json!({"name": "a", "type": "blob"})),
        ("options", json!({"name": "a", "type": "choice"})),
        ("options", json!({"name": "a", "type": "choice", "options": ["x", "x"]})),
        ("target", json!({"name": "a", "type": "relation", "target": "unicorns"})),
        ("target", json!({"name": "a", "type": "text", "target": "contacts"})),
        ("pattern", json!({"name": "a", "type": "text", "pattern": "("})),
        ("scale", json!({"name": "a", "type": "decimal", "scale": 12})),
        ("default", json!({"name": "a", "type": "integer", "default": "many"})),
        ("min", json!({"name": "a", "type": "integer", "min": "few"})),
        ("min", json!({"name": "a", "type": "date", "min": "2026-01-01"})),
        ("max", json!({"name": "a", "type": "duration", "max": "long"})),
        ("max", json!({"name": "a", "type": "rating", "max": 1000})),
        ("pattern", json!({"name": "a", "type": "auto_number", "pattern": "K-{yyyy}"})),
        ("required", json!({"name": "a", "type": "auto_number", "required": true})),
        ("unique", json!({"name": "a", "type": "auto_number", "unique": true})),
        ("scheme", json!({"name": "a", "type": "tax_id", "scheme": "us_ssn"})),
        ("scheme", json!({"name": "a", "type": "tax_id", "scheme": "pl_pesel"})),
        ("scheme", json!({"name": "a", "type": "text", "scheme": "pl_nip"})),
        ("country", json!({"name": "a", "type": "tax_id", "country": "Narnia"})),
        ("label", json!({"name": "a", "type": "text", "label": {"xx": "A"}})),
        ("label", json!({"name": "a", "type": "text", "label": " "})),
        ("personal", json!({"name": "a", "type": "text", "personal": "secret"})),
        ("unique", json!({"name": "a", "type": "long_text", "unique": true})),
        ("unique", json!({"name": "a", "type": "tags", "unique": true})),
        ("unique", json!({"name": "a", "type": "rich_text", "unique": true})),
    ] {
        let reply = ada.post("/objects/contacts/fields", &field).await;
        assert_eq!((reply.status, reply.first_error().0.as_str()), (422, name), "{field}: {}", reply.text());
    }
    let odd = ada.post("/objects/contacts/fields", &json!({"name": "a", "type": "text", "colour": "red"})).await;
    assert!((400..=422).contains(&odd.status), "{}", odd.text());
    ada.post("/objects", &json!({"name": "contacts"})).await.refused_field("name", "definition-taken");
    ada.post("/objects", &json!({"name": "visits"})).await.refused_field("name", "definition-taken");
    ada.post("/objects/unicorns/fields", &json!({"name": "a", "type": "text"})).await.refused(404, "not-found");
    ada.patch("/objects/contacts/fields/email", &json!({"label": "Adres"})).await.refused(409, "definition-standard");
    ada.delete("/objects/contacts/fields/email").await.refused(409, "definition-standard");
    ada.delete("/objects/contacts").await.refused(409, "definition-standard");
    assert_eq!(app.digest().await, before);
    let jan = app.user("Jan", "manager").await;
    jan.post("/objects", &json!({"name": "trips"})).await.refused(403, "administrators-only");
    jan.delete("/objects/visits").await.refused(403, "administrators-only");
});

on_both!(when_the_indexed_places_are_taken_that_is_said, |app| {
    let ada = app.user("Ada", "administrator").await;
    let field =
        |at: usize, filterable: bool| json!({"name": format!("day_{at}"), "type": "date", "filterable": filterable});
    for at in 0..10 {
        ada.post("/objects/products/fields", &field(at, true)).await.expect(201);
    }
    ada.post("/objects/products/fields", &field(10, true)).await.refused_field("filterable", "definition-slots-full");
    ada.post("/objects/products/fields", &field(11, false)).await.expect(201);
    ada.post("/objects/contacts/fields", &field(10, true)).await.expect(201);
    // Old values may still lie where a deleted field was.
    ada.delete("/objects/products/fields/day_3").await.expect(204);
    ada.post("/objects/products/fields", &field(3, true)).await.refused_field("filterable", "definition-slots-full");
    let product = json!({"code": "S-1", "name": "Ser", "day_9": "2026-01-31", "day_11": "2026-02-28"});
    let id = ada.post("/records/products", &product).await.made();
    let found = ada.ask("/records/products", &[("filter", "day_9 = date'2026-01-31'"), ("sort", "-day_0")]).await;
    assert_eq!(found.column("id"), [json!(id)]);
    let refused = ada.ask("/records/products", &[("filter", "day_11 = date'2026-02-28'")]).await;
    assert_eq!((refused.status, refused.first_error().0.as_str()), (422, "filter"));
    assert_eq!(ada.ask("/records/products", &[("sort", "day_11")]).await.status, 422);
    let listed = ada.ask("/records/products", &[("fields", "day_11")]).await;
    assert_eq!(listed.column("day_11"), ["2026-02-28"]);
});

on_both!(a_filterable_field_gets_its_index_in_the_background, |app| {
    with_visits(&app).await;
    app.settled().await;
    let app = app.restart().await;
    let db = &app.house.db;
    let dialect = db.dialect();
    let caller = SystemCaller::for_(db.tenant(), "test");
    let doors = dialect.json_int("r.custom", "n1");
    let motto = dialect.json_text("r.custom", "t1k");
    for (condition, index) in [(format!("{doors} = 7"), "record_n1"), (format!("{motto} = 'ave'"), "record_t1")] {
        let text = format!("SELECT r.id FROM record r WHERE r.tenant_id = 1 AND r.object_id = 5 AND {condition}");
        let plan = db.explain(&caller, Statement::new(std::sync::Arc::<str>::from(text), [])).await.unwrap();
        assert!(plan.contains(index), "{plan}");
    }
});

on_both!(the_document_of_the_interface_knows_what_was_invented, |app| {
    let ada = with_visits(&app).await;
    ada.post("/objects/contacts/fields", &json!({"name": "shoe_size", "type": "integer", "min": 20, "max": 50}))
        .await
        .expect(201);
    let document = ada.get("/openapi.json").await.expect(200);
    let schemas = &document["components"]["schemas"];
    assert!(schemas["visits"]["properties"]["motto"].is_object(), "{schemas}");
    assert!(schemas["contacts.input"]["properties"]["shoe_size"].is_object());
    assert!(schemas["contacts.input"]["properties"].get("version").is_none());
    assert!(document["paths"]["/api/v1/records/visits/{id}"]["patch"].is_object());
    let objects = ada.get("/objects").await;
    let names = objects.column("name");
    assert!(names.contains(&json!("visits")) && !names.contains(&json!("users")), "{names:?}");
    let fields = ada.get("/objects/visits/fields").await.column("name");
    assert_eq!((&fields[0], &fields[1]), (&json!("name"), &json!("motto")));
});
