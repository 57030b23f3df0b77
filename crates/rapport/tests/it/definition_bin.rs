//! Objects and fields that are deleted: what stands in the way, the bin with all values, and the way back.

use serde_json::{Value, json};
use testing::{Client, Reply, TestApp, on_both};

const FIELDS: &str = "/objects/contacts/fields";
const DAY: i64 = 24 * 60 * 60;

fn action(reply: &Reply) -> String {
    reply.headers["x-action"].to_str().unwrap().to_owned()
}

async fn undo(client: &Client, action: &str) -> Reply {
    client.post(&format!("/actions/{action}/undo"), &json!({})).await
}

/// An administrator, and a contact with a size, a nickname that is unique, and languages.
async fn with_sizes(app: &TestApp) -> (Client, String) {
    let ada = app.user("Ada", "administrator").await;
    for field in [
        json!({"name": "size", "type": "integer", "searched": true, "label": {"en": "Size", "pl": "Rozmiar"}}),
        json!({"name": "nick", "type": "text", "unique": true, "required": true}),
        json!({"name": "speaks", "type": "language", "many": true}),
        json!({"name": "friends", "type": "relations", "target": "contacts", "inverse": "friend_of"}),
    ] {
        ada.post(FIELDS, &field).await.expect(201);
    }
    let contact = json!({"last_name": "Żak", "size": 4711, "nick": "Zbych", "speaks": ["pl", "ro"]});
    let id = ada.post("/records/contacts", &contact).await.made();
    (ada, format!("/records/contacts/{id}"))
}

on_both!(a_field_comes_back_from_the_bin_with_all_its_values, |app| {
    let (ada, zak) = with_sizes(&app).await;
    let friend = ada.post("/records/contacts", &json!({"last_name": "Kot", "nick": "Kicia"})).await.made();
    ada.patch(&zak, &json!({"friends": [friend]})).await.expect(200);
    let before = ada.get(&zak).await.expect(200);
    let document = ada.get("/openapi.json").await.text();
    for name in ["size", "nick", "speaks", "friends"] {
        ada.delete(&format!("{FIELDS}/{name}")).await.expect(204);
    }
    let bare = ada.get(&zak).await.expect(200);
    assert!(bare["size"].is_null() && bare.get("nick").is_none() && bare.get("friends").is_none(), "{bare}");
    for filter in ["size = 4711", "any(friend_of)", "nick is empty"] {
        assert_eq!(ada.ask("/records/contacts", &[("filter", filter)]).await.status, 422, "{filter}");
    }
    ada.patch(&zak, &json!({"size": 5})).await.refused_field("size", "field-unknown");
    let lying = ada.get(&format!("{FIELDS}?deleted=true")).await;
    assert_eq!(lying.column("name"), ["friends", "speaks", "nick", "size"]);
    assert_eq!(lying.column("records"), [1, 1, 2, 1]);
    let id = lying.column("id")[3].as_str().unwrap().to_owned();
    assert_eq!(ada.patch(&zak, &json!({(format!("#{id}")): 5})).await.first_error().1, "field-unknown");
    ada.patch(&format!("{FIELDS}/%23{id}"), &json!({"label": "x"})).await.refused(404, "not-found");
    // Records change meanwhile, and the nickname stays its owner's.
    ada.patch(&zak, &json!({"city": "Łódź"})).await.expect(200);
    app.settled().await;
    assert!(ada.ask("/search", &[("q", "4711")]).await.column("id").is_empty());
    for name in ["friends", "speaks", "nick", &id] {
        ada.post(&format!("{FIELDS}/{name}/restore"), &json!({})).await.expect(200);
    }
    app.settled().await;
    let after = ada.get(&zak).await.expect(200);
    for name in ["size", "nick", "speaks", "friends"] {
        assert_eq!(after[name], before[name]);
    }
    assert_eq!((&after["city"], ada.get("/openapi.json").await.text()), (&json!("Łódź"), document));
    assert_eq!(ada.ask("/search", &[("q", "4711")]).await.column("id"), [before["id"].clone()]);
    for filter in ["size = 4711", "speaks = 'ro'", "count(friends) = 1"] {
        assert_eq!(ada.ask("/records/contacts", &[("filter", filter)]).await.column("id").len(), 1, "{filter}");
    }
    let twin = json!({"last_name": "Lis", "nick": "zbych"});
    ada.post("/records/contacts", &twin).await.refused(409, "unique-taken");
    assert!(ada.get(&format!("{FIELDS}?deleted=true")).await.column("id").is_empty());
});

on_both!(what_is_looked_at_cannot_be_deleted_and_the_refusal_lists_who_looks, |app| {
    let (ada, _) = with_sizes(&app).await;
    let rule = json!({"rules": [{"name": "giant", "when": "size > 9000", "message": "Too large"}]});
    ada.patch("/objects/contacts", &rule).await.expect(200);
    ada.post(
        FIELDS,
        &json!({"name": "shoes", "type": "text", "required_when": "size > 50", "visible_when": "size > 1"}),
    )
    .await
    .expect(201);
    let map = json!({"object": "contacts", "name": "Fair", "map": "[fields]\nsize = \"Size\"\nlast_name = \"Name\""});
    ada.post("/import-mappings", &map).await.expect(201);
    app.role(&json!({"name": "narrow", "objects": {"contacts": {"read": "all"}}, "fields": {"contacts": {"size": "masked"}}}))
        .await;
    let before = app.digest().await;
    let asked = ada.get(&format!("{FIELDS}/size/dependents")).await;
    let kinds = ["rule", "required_when", "visible_when", "import_mapping", "role"];
    assert_eq!(asked.column("kind"), kinds);
    assert_eq!(asked.column("name"), ["giant", "shoes", "shoes", "Fair", "narrow"]);
    assert_eq!(asked.column("stands_in_the_way"), [true, true, true, true, false]);
    assert_eq!(asked["records"], 1);
    let refused = ada.delete(&format!("{FIELDS}/size")).await;
    refused.refused(409, "definition-looked-at");
    assert_eq!(refused["dependents"], asked["items"]);
    assert_eq!(app.digest().await, before);
    assert_eq!(ada.get(&format!("{FIELDS}/nick/dependents")).await.column("kind"), ["unique"]);
    assert_eq!(ada.get("/objects/companies/fields/name/dependents").await.expect(200)["records"], 0);
    ada.get(&format!("{FIELDS}/colour/dependents")).await.refused(404, "not-found");
    let jan = app.user("Jan", "manager").await;
    for path in [format!("{FIELDS}/size/dependents"), "/objects/contacts/dependents".to_owned()] {
        jan.get(&path).await.refused(403, "administrators-only");
    }
    jan.get("/objects?deleted=true").await.refused(403, "administrators-only");
    jan.get(&format!("{FIELDS}?deleted=true")).await.refused(403, "administrators-only");
    jan.post(&format!("{FIELDS}/size/restore"), &json!({})).await.refused(403, "administrators-only");
});

on_both!(the_name_of_what_lies_in_the_bin_is_free_until_it_comes_back, |app| {
    let (ada, zak) = with_sizes(&app).await;
    let deleted = action(&ada.delete(&format!("{FIELDS}/size")).await);
    ada.post(FIELDS, &json!({"name": "size", "type": "choice", "options": ["S", "M"]})).await.expect(201);
    assert!(ada.patch(&zak, &json!({"size": "M"})).await.expect(200)["size"] == "M");
    ada.post(&format!("{FIELDS}/size/restore"), &json!({})).await.refused(409, "definition-restore-taken");
    undo(&ada, &deleted).await.refused(409, "definition-restore-taken");
    ada.delete(&format!("{FIELDS}/size")).await.expect(204);
    assert_eq!(ada.get(&format!("{FIELDS}?deleted=true")).await.column("type"), ["choice", "integer"]);
    let undone = undo(&ada, &deleted).await;
    assert_eq!(undone.status, 200, "{}", undone.text());
    assert_eq!(ada.get(&zak).await["size"], 4711);
    undo(&ada, &deleted).await.refused(409, "undo-nothing");
    // Undo can be undone, by administrators alone.
    let jan = app.user("Jan", "manager").await;
    undo(&jan, &action(&undone)).await.refused(404, "not-found");
    undo(&ada, &action(&undone)).await.expect(200);
    assert!(ada.get(&zak).await.expect(200).get("size").is_none());
    let made = ada.post(FIELDS, &json!({"name": "weight", "type": "integer"})).await;
    undo(&ada, &action(&made)).await.expect(200);
    assert_eq!(ada.get(&format!("{FIELDS}?deleted=true")).await.column("name")[0], "weight");
    // What the field looked at has gone meanwhile.
    let condition = json!({"name": "hat", "type": "text", "required_when": "beret = true"});
    ada.post(FIELDS, &json!({"name": "beret", "type": "yes_no"})).await.expect(201);
    ada.post(FIELDS, &condition).await.expect(201);
    ada.delete(&format!("{FIELDS}/hat")).await.expect(204);
    ada.delete(&format!("{FIELDS}/beret")).await.expect(204);
    ada.post(&format!("{FIELDS}/hat/restore"), &json!({})).await.refused_field("required_when", "filter-unknown-field");
});

async fn with_trips(app: &TestApp) -> (Client, String, String) {
    let ada = app.user("Ada", "administrator").await;
    let trips = json!({"name": "trips", "label": "Trips", "fields": [
        {"name": "guest", "type": "relation", "target": "contacts", "inverse": "trips", "on_timeline": true},
        {"name": "code", "type": "text", "unique": true}]});
    ada.post("/objects", &trips).await.expect(201);
    let guest = ada.post("/records/contacts", &json!({"last_name": "Kot"})).await.made();
    let trip = json!({"name": "Tatry", "guest": guest, "code": "T-1"});
    let trip = ada.post("/records/trips", &trip).await.made();
    let note = json!({"subject": "Pack", "about": {"object": "trips", "id": trip}});
    ada.post("/records/tasks", &note).await.expect(201);
    (ada, guest, trip)
}

on_both!(an_object_goes_into_the_bin_with_its_records_and_comes_back, |app| {
    let (ada, guest, trip) = with_trips(&app).await;
    ada.post("/objects", &json!({"name": "legs", "fields": [{"name": "trip", "type": "relation", "target": "trips"}]}))
        .await
        .expect(201);
    let refused = ada.delete("/objects/trips").await;
    refused.refused(409, "definition-in-use");
    assert_eq!(refused["dependents"][0]["object"], "legs");
    ada.delete("/objects/legs").await.expect(204);
    app.wait_seconds(1);
    let document = ada.get("/openapi.json").await.text();
    let deleted = action(&ada.delete("/objects/trips").await);
    ada.get(&format!("/records/trips/{trip}")).await.refused(404, "not-found");
    ada.get("/records/trips").await.refused(404, "not-found");
    ada.post("/objects/trips/fields", &json!({"name": "a", "type": "text"})).await.refused(404, "not-found");
    assert!(ada.ask("/search", &[("q", "tatry")]).await.column("id").is_empty());
    assert_eq!(ada.ask("/records/contacts", &[("filter", "any(trips)")]).await.status, 422);
    let line = ada.get(&format!("/records/contacts/{guest}/timeline")).await.expect(200);
    assert_eq!(line["items"].as_array().unwrap().len(), 1, "{line}");
    let task = ada.get("/records/tasks").await;
    assert_eq!(task.column("about")[0]["object"], Value::Null);
    let id = task.column("id")[0].as_str().unwrap().to_owned();
    ada.patch(&format!("/records/tasks/{id}"), &json!({"subject": "Pack all"})).await.expect(200);
    ada.get(&format!("/records/tasks/{id}?expand=about")).await.expect(200);
    let lying = ada.get("/objects?deleted=true").await;
    assert_eq!(
        (lying.column("name"), lying.column("records")),
        (vec![json!("trips"), json!("legs")], vec![json!(1), json!(0)])
    );
    ada.post("/objects/legs/restore", &json!({})).await.refused(409, "definition-restore-target");
    undo(&ada, &deleted).await.expect(200);
    app.settled().await;
    assert_eq!(ada.get("/openapi.json").await.text(), document);
    assert_eq!(ada.get(&format!("/records/trips/{trip}")).await["guest"], json!(guest));
    assert_eq!(ada.get("/records/tasks").await.column("about")[0]["object"], "trips");
    assert_eq!(ada.ask("/search", &[("q", "tatry")]).await.column("id"), [json!(trip)]);
    ada.post("/records/trips", &json!({"name": "x", "code": "t-1"})).await.refused(409, "unique-taken");
    ada.post("/objects/legs/restore", &json!({})).await.expect(200);
});

on_both!(what_lay_in_the_bin_for_long_is_thrown_away, |app| {
    let (ada, _, trip) = with_trips(&app).await;
    ada.patch("/settings", &json!({"definition_bin_days": 0}))
        .await
        .refused_field("definition_bin_days", "settings-number");
    ada.patch("/settings", &json!({"definition_bin_days": 7})).await.expect(200);
    for at in 0..10 {
        ada.post(FIELDS, &json!({"name": format!("day_{at}"), "type": "date"})).await.expect(201);
    }
    let contact = json!({"last_name": "Żak", "day_3": "2026-01-31"});
    let zak = ada.post("/records/contacts", &contact).await.made();
    ada.delete(&format!("{FIELDS}/day_3")).await.expect(204);
    let said = ada.post(&format!("/records/trips/{trip}/comments"), &json!({"body": "Bez noclegu"})).await.made();
    ada.put(&format!("/comments/{said}/reactions/%F0%9F%91%8D"), &json!({})).await.expect(204);
    ada.post("/templates", &json!({"object": "trips", "name": "Krótka"})).await.expect(201);
    let deleted = action(&ada.delete("/objects/trips").await);
    let more = json!({"name": "day_10", "type": "date"});
    app.wait_seconds(6 * DAY);
    app.settled().await;
    ada.post(FIELDS, &more).await.refused_field("filterable", "definition-slots-full");
    assert_eq!(ada.get(&format!("{FIELDS}?deleted=true")).await.column("name"), ["day_3"]);
    app.wait_seconds(2 * DAY);
    swept(&app).await;
    assert!(ada.get(&format!("{FIELDS}?deleted=true")).await.column("name").is_empty());
    assert!(ada.get("/objects?deleted=true").await.column("name").is_empty());
    ada.post(&format!("{FIELDS}/day_3/restore"), &json!({})).await.refused(404, "not-found");
    undo(&ada, &deleted).await.refused(409, "undo-nothing");
    ada.post(FIELDS, &more).await.expect(201);
    assert_eq!(ada.get(&format!("/records/contacts/{zak}")).await["day_10"], Value::Null);
    let digest = app.digest().await;
    for table in ["record", "unique_key", "object_definition", "comment", "comment_reaction", "follower"] {
        assert_eq!(digest.tables.get(table).map_or(0, |table| table.rows), 0, "{table} is not empty");
    }
    assert_eq!(digest.tables.get("record_template").map_or(0, |table| table.rows), 0, "templates go with their object");
});

/// Waits until the hourly sweep has emptied the bin of the fields of contacts, and for what that has begun.
async fn swept(app: &TestApp) {
    let operator = app.operator();
    let mut committed = app.house.db.committed();
    loop {
        committed.mark_unchanged();
        if operator.get(&format!("{FIELDS}?deleted=true")).await.column("id").is_empty() {
            break;
        }
        let news = tokio::time::timeout(std::time::Duration::from_secs(60), committed.changed()).await;
        news.expect("nobody sweeps").expect("the database is open");
    }
    app.settled().await;
}
