//! What was looked at last: by browsing, or because a program says so; only what may still be read.

use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

const PASSWORD: &str = "grzeczny kot na dachu 7";

async fn people(app: &TestApp, names: &[&str]) -> Vec<String> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(app.operator().post("/records/contacts", &json!({"last_name": name})).await.made());
    }
    ids
}

/// Somebody in a browser.
async fn signed_in(app: &TestApp, name: &str, role: &str) -> Client {
    let email = format!("{name}@example.com");
    let user = json!({"email": email, "name": name, "roles": [role], "password": PASSWORD});
    app.operator().post("/users", &user).await.expect(201);
    let session = app.anonymous().post("/session", &json!({"email": email, "password": PASSWORD})).await;
    let cookie = session.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    app.anonymous().header("cookie", cookie)
}

async fn recent(client: &Client) -> Vec<Value> {
    client.get("/recents").await.column("title")
}

on_both!(what_is_read_in_the_browser_is_remembered_the_latest_first, |app| {
    let ids = people(&app, &["Nowak", "Kowalski", "Zieliński"]).await;
    let order = app.operator().post("/records/orders", &json!({"number": "2024-1"})).await.made();
    let ada = signed_in(&app, "ada", "administrator").await;
    assert!(recent(&ada).await.is_empty());
    for path in [format!("contacts/{}", ids[0]), format!("contacts/{}", ids[1]), format!("orders/{order}")] {
        app.wait_seconds(1);
        ada.get(&format!("/records/{path}")).await.expect(200);
    }
    assert_eq!(recent(&ada).await, ["2024-1", "Kowalski", "Nowak"]);
    app.wait_seconds(1);
    ada.get(&format!("/records/contacts/{}", ids[0])).await.expect(200);
    assert_eq!(recent(&ada).await, ["Nowak", "2024-1", "Kowalski"]);
    assert_eq!(ada.get("/recents?object=contacts&limit=1").await.column("title"), ["Nowak"]);
    // An empty box shows the same.
    assert_eq!(ada.ask("/search", &[("q", "")]).await.column("title"), ["Nowak", "2024-1", "Kowalski"]);
    assert_eq!(ada.ask("/search", &[("q", "orders:")]).await.column("title"), ["2024-1"]);
    assert_eq!(ada.ask("/search", &[("q", " "), ("object", "contacts")]).await.column("title"), ["Nowak", "Kowalski"]);
    ada.get("/recents?object=nothing").await.refused_field("object", "search-object-unknown");
    ada.get("/recents?limit=101").await.refused_field("limit", "limit-range");

    let app = app.restart().await;
    let ada = app.token("ada@example.com", &json!({"name": "again"})).await;
    assert_eq!(recent(&ada).await, ["Nowak", "2024-1", "Kowalski"], "written before the end");
    ada.delete("/recents").await.expect(204);
    assert!(recent(&ada).await.is_empty());
});

on_both!(programs_that_read_leave_no_trace_unless_they_say_so, |app| {
    let ids = people(&app, &["Nowak", "Kowalski"]).await;
    let ada = app.user("Ada", "administrator").await;
    ada.get(&format!("/records/contacts/{}", ids[0])).await.expect(200);
    assert!(recent(&ada).await.is_empty());
    ada.put(&format!("/recents/contacts/{}", ids[1]), &json!({})).await.expect(204);
    assert_eq!(recent(&ada).await, ["Kowalski"]);
    ada.put(&format!("/recents/orders/{}", ids[1]), &json!({})).await.refused(404, "not-found");
    ada.put("/recents/contacts/nobody", &json!({})).await.refused(404, "not-found");
});

on_both!(only_what_may_still_be_read_is_shown, |app| {
    app.role(&json!({"name": "own", "objects": {"contacts": {"read": "own"}}})).await;
    let vera = app.person("Vera", &["own"], &[]).await;
    let ids = people(&app, &["Nowak", "Kowalski", "Wójcik"]).await;
    let operator = app.operator();
    for id in &ids {
        operator.patch(&format!("/records/contacts/{id}"), &json!({"owner": vera.id})).await.expect(200);
        app.wait_seconds(1);
        vera.put(&format!("/recents/contacts/{id}"), &json!({})).await.expect(204);
    }
    assert_eq!(recent(&vera).await, ["Wójcik", "Kowalski", "Nowak"]);
    operator.patch(&format!("/records/contacts/{}", ids[0]), &json!({"owner": null})).await.expect(200);
    operator.delete(&format!("/records/contacts/{}", ids[1])).await.expect(204);
    assert_eq!(recent(&vera).await, ["Wójcik"]);
    vera.put(&format!("/recents/contacts/{}", ids[0]), &json!({})).await.refused(404, "not-found");
});

on_both!(a_hundred_are_kept, |app| {
    let names: Vec<String> = (0..103).map(|n| format!("Osoba{n:03}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ids = people(&app, &names).await;
    let ada = signed_in(&app, "ada", "administrator").await;
    for id in &ids {
        app.wait_seconds(1);
        ada.get(&format!("/records/contacts/{id}")).await.expect(200);
    }
    let shown = ada.get("/recents?limit=100").await.column("title");
    assert_eq!((shown.len(), &shown[0], &shown[99]), (100, &json!("Osoba102"), &json!("Osoba003")));
});
