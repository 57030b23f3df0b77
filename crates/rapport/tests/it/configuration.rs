//! The configuration as one file: what an administrator has shaped, by names, the same from every installation that was
//! shaped so.

use serde_json::json;
use testing::{Client, TestApp, on_both};

/// A company with fields, rules, an object, teams, a role and a saved map; `noise` is made and deleted on the way.
async fn shaped(app: &TestApp, noise: usize) -> Client {
    let ada = app.user("Ada", "administrator").await;
    for n in 0..noise {
        ada.post("/objects", &json!({"name": format!("noise_{n}")})).await.expect(201);
        ada.delete(&format!("/objects/noise_{n}")).await.expect(204);
        ada.post("/objects/contacts/fields", &json!({"name": format!("noise_{n}"), "type": "text"})).await.expect(201);
        ada.delete(&format!("/objects/contacts/fields/noise_{n}")).await.expect(204);
    }
    ada.patch("/settings", &json!({"company": "Țiriac & \"Fiii\"", "country": "RO"})).await.expect(200);
    app.team("Poland", None).await;
    app.team("Łódź", Some("Poland")).await;
    app.role(
        &json!({"name": "narrow", "objects": {"visits": {"read": "team"}}, "fields": {"visits": {"mood": "masked"}}}),
    )
    .await;
    for field in [
        json!({"name": "shoe", "type": "decimal", "scale": 1, "min": "10.5", "required_when": "city = 'Łódź'"}),
        json!({"name": "plan", "type": "choice", "default": "b", "label": {"en": "Plan", "pl": "Plan"}, "filterable": false,
            "options": ["a", {"code": "b", "label": {"en": "B", "ro": "Be"}}]}),
    ] {
        ada.post("/objects/contacts/fields", &field).await.expect(201);
    }
    let turnover = json!({"name": "turnover", "type": "rollup", "rollup":
        {"relation": "orders", "function": "sum", "field": "total", "where": "status = 'paid'"}});
    ada.post("/objects/companies/fields", &turnover).await.expect(201);
    let twice = json!({"name": "twice", "type": "computed", "expression": "turnover * 2"});
    ada.post("/objects/companies/fields", &twice).await.expect(201);
    let visits = json!({"name": "visits", "label": {"en": "Visits", "pl": "Wizyty"}, "fields": [
        {"name": "mood", "type": "rating", "required": true},
        {"name": "guest", "type": "relation", "target": "contacts", "inverse": "visits", "on_timeline": true}],
        "rules": [{"name": "sad", "when": "mood < 1", "message": {"en": "Too sad", "fr": "Trop triste"}}]});
    ada.post("/objects", &visits).await.expect(201);
    let rules = json!({"rules": [{"name": "tax", "when": "kind = 'customer' and tax_id is empty", "message": "Tax!"}]});
    ada.patch("/objects/companies", &rules).await.expect(200);
    let map = json!({"object": "contacts", "name": "Fair", "map": "[fields]\nlast_name = \"Name\"\nshoe = \"But\""});
    ada.post("/import-mappings", &map).await.expect(201);
    ada
}

on_both!(the_file_says_what_was_shaped_and_nothing_of_where, |app| {
    let ada = shaped(&app, 2).await;
    let file = ada.get("/configuration").await;
    assert_eq!((file.status, file.headers["content-type"].to_str().unwrap()), (200, "application/toml"));
    let read: serde_json::Value = toml::from_str(&file.text()).unwrap();
    assert_eq!((&read["format"], &read["settings"]["company"]), (&json!(1), &json!("Țiriac & \"Fiii\"")));
    assert_eq!(read["teams"], json!([{"name": "Łódź", "parent": "Poland"}, {"name": "Poland"}]));
    let role = read["roles"].as_array().unwrap().iter().find(|role| role["name"] == "narrow").unwrap();
    assert_eq!(role["fields"], json!({"visits": {"mood": "masked"}}));
    assert_eq!(read["objects"].as_array().unwrap().len(), 3, "{}", file.text());
    let named =
        |name: &str| read["objects"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    let shoe = json!({"name": "shoe", "type": "decimal", "required_when": "city = 'Łódź'", "min": "10.5", "scale": 1});
    assert_eq!(named("contacts")["fields"][0], shoe);
    assert_eq!(
        named("contacts")["fields"][1]["options"],
        json!(["a", {"code": "b", "label": {"en": "B", "ro": "Be"}}])
    );
    assert_eq!(named("companies")["rules"][0]["name"], "tax");
    let rollup = json!({"relation": "orders", "function": "sum", "field": "total", "where": "status = 'paid'"});
    assert_eq!(named("companies")["fields"][0]["rollup"], rollup);
    let twice = json!({"name": "twice", "type": "computed", "expression": "turnover * 2"});
    assert_eq!(named("companies")["fields"][1], twice);
    assert_eq!(named("visits")["fields"][1]["inverse"], "visits");
    assert_eq!(read["import_mappings"][0]["name"], "Fair");
    assert!(!file.text().contains("noise"), "what lies in the bin is not told");
    // What it says of a new object is what makes it.
    ada.delete("/objects/visits").await.expect(204);
    ada.post("/objects", &named("visits")).await.expect(201);
    assert_eq!(ada.get("/configuration").await.text(), file.text());
    let jan = app.user("Jan", "manager").await;
    jan.get("/configuration").await.refused(403, "administrators-only");
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_shaped_alike_gives_the_same_file_whatever_came_before_and_on_both_databases() {
    let (sqlite, postgres) = (TestApp::sqlite().await, TestApp::postgres().await);
    let (one, other) = (shaped(&sqlite, 0).await, shaped(&postgres, 3).await);
    assert_eq!(one.get("/configuration").await.text(), other.get("/configuration").await.text());
}
