//! History and time line: who, when, what; one item for each action; nothing that the reader may not know.

use serde_json::{Value, json};
use testing::{Client, on_both};

/// All items of a list of what happened, `limit` at a time.
async fn all(client: &Client, path: &str, limit: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut query = vec![("limit", limit)];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page = client.ask(path, &query).await.expect(200);
        items.extend(page["items"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return items,
        }
    }
}

fn column<'v>(items: &'v [Value], name: &str) -> Vec<&'v str> {
    items.iter().map(|item| item[name].as_str().unwrap_or_default()).collect()
}

on_both!(history_tells_who_did_what_and_when, |app| {
    let ada = app.person("Ada", &["administrator"], &[]).await;
    let jan = app.person("Jan", &["manager"], &[]).await;
    let made =
        ada.post("/records/contacts", &json!({"last_name": "Sikora", "emails": ["a@x.example", "b@x.example"]})).await;
    let path = format!("/records/contacts/{}", made.made());
    app.wait_seconds(60);
    let changed = jan.patch(&path, &json!({"last_name": "Sikora-Bąk", "city": "Płock"})).await;
    app.wait_seconds(60);
    ada.delete(&path).await.expect(204);
    ada.post(&format!("{path}/restore"), &json!({})).await.expect(200);
    let items = all(&ada, &format!("{path}/history"), "50").await;
    assert_eq!(column(&items, "kind"), ["restored", "binned", "changed", "created"]);
    assert_eq!(
        column(&items, "at")[1..],
        ["2026-11-23T11:02:00.000Z", "2026-11-23T11:01:00.000Z", "2026-11-23T11:00:00.000Z"]
    );
    assert_eq!(items[2]["by"], json!({"type": "user", "id": jan.id, "name": "Jan"}));
    assert_eq!(items[2]["action"].as_str().unwrap(), changed.headers["x-action"].to_str().unwrap());
    assert_eq!(
        items[2]["changes"],
        json!([
        {"field": "last_name", "old": "Sikora", "new": "Sikora-Bąk"}, {"field": "city", "old": null, "new": "Płock"}])
    );
    let first: Vec<_> = items[3]["changes"].as_array().unwrap().iter().map(|change| change["field"].clone()).collect();
    assert!(first.contains(&json!("emails")) && !first.contains(&json!("version")), "{first:?}");
    for limit in ["1", "2", "3"] {
        assert_eq!(all(&ada, &format!("{path}/history"), limit).await, items, "{limit}");
    }
    let operator = app.operator();
    operator.patch(&path, &json!({"city": "Toruń"})).await.expect(200);
    let last = &all(&ada, &format!("{path}/history"), "1").await[0];
    assert_eq!(last["by"]["type"], "system");
});

on_both!(the_time_line_shows_all_that_is_about_somebody, |app| {
    let ada = app.user("Ada", "administrator").await;
    let contact = ada.post("/records/contacts", &json!({"last_name": "Kowal"})).await.made();
    let other = ada.post("/records/contacts", &json!({"last_name": "Inny"})).await.made();
    let about = |id: &str| json!({"object": "contacts", "id": id});
    let note = ada.post("/records/notes", &json!({"body": "Dzwonił", "about": about(&contact)})).await.made();
    ada.post("/records/notes", &json!({"body": "O innym", "about": about(&other)})).await.made();
    let task = ada.post("/records/tasks", &json!({"subject": "Oddzwonić", "about": about(&contact)})).await.made();
    let order = ada.post("/records/orders", &json!({"number": "Z-9", "contact": contact})).await.made();
    ada.patch(&format!("/records/tasks/{task}"), &json!({"status": "done"})).await.expect(200);
    ada.delete(&format!("/records/notes/{note}")).await.expect(204);
    let path = format!("/records/contacts/{contact}/timeline");
    let items = all(&ada, &path, "50").await;
    assert_eq!(column(&items, "kind"), ["binned", "changed", "created", "created", "created", "created"]);
    assert_eq!(column(&items, "id"), [&note, &task, &order, &task, &note, &contact]);
    assert_eq!(column(&items, "object"), ["notes", "tasks", "orders", "tasks", "notes", "contacts"]);
    assert_eq!((&items[2]["title"], &items[3]["title"]), (&json!("Z-9"), &json!("Oddzwonić")));
    for limit in ["1", "2", "5", "6"] {
        assert_eq!(all(&ada, &path, limit).await, items, "{limit}");
    }
});

on_both!(a_reader_of_the_past_learns_only_what_they_may_know, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app
        .user_with(
            "Jan",
            json!({"name": "narrow", "objects": {"contacts": {"read": "all"}, "orders": {"read": "own"},
        "notes": {"read": "all"}}, "fields": {"contacts": {"birth_date": "hidden", "phone": "masked", "city": "masked"},
        "notes": {"about": "hidden"}}}),
        )
        .await;
    let body = json!({"last_name": "Duda", "birth_date": "1980-01-02", "phone": "+48600123456", "city": "Zgierz"});
    let contact = ada.post("/records/contacts", &body).await.made();
    let path = format!("/records/contacts/{contact}");
    ada.patch(&path, &json!({"birth_date": "1981-01-02"})).await.expect(200);
    ada.patch(&path, &json!({"phones": ["+48600123457", "+40213112233"], "birth_date": null})).await.expect(200);
    ada.post("/records/orders", &json!({"number": "TAJNE", "contact": contact})).await.made();
    ada.post("/records/notes", &json!({"body": "o Dudzie", "about": {"object": "contacts", "id": contact}}))
        .await
        .made();
    for past in ["history", "timeline"] {
        let reply = jan.get(&format!("{path}/{past}")).await;
        let text = reply.text();
        for secret in ["1980", "1981", "birth_date", "600123", "213112233", "Zgierz", "TAJNE", "o Dudzie"] {
            assert!(!text.contains(secret), "{past} tells {secret}: {text}");
        }
        let items = reply["items"].as_array().unwrap();
        assert_eq!(column(items, "kind"), ["changed", "created"], "{past}");
        let changes = items[0]["changes"].as_array().unwrap();
        assert!(changes.iter().any(|change| change["field"] == "phone" && change["new"] == "+48•••57"), "{text}");
    }
    // A page of things that are not shown is followed by the next one.
    let mut drafts = vec![json!({"number": "x", "contact": contact}); 30];
    for (at, draft) in drafts.iter_mut().enumerate() {
        draft["number"] = json!(format!("T-{at}"));
    }
    ada.post("/records/orders/batch", &json!({"create": drafts})).await.expect(200);
    assert_eq!(all(&jan, &format!("{path}/timeline"), "2").await.len(), 2);
});

on_both!(the_past_asked_wrongly_is_refused, |app| {
    let ada = app.user("Ada", "administrator").await;
    let path =
        format!("/records/contacts/{}", ada.post("/records/contacts", &json!({"last_name": "Bąk"})).await.made());
    for past in ["history", "timeline"] {
        for (name, value) in
            [("limit", "0"), ("limit", "201"), ("cursor", "x"), ("cursor", "WyJpZCIsW10sMV0"), ("filter", "x")]
        {
            let reply = ada.ask(&format!("{path}/{past}"), &[(name, value)]).await;
            assert_eq!((reply.status, reply.first_error().0.as_str()), (422, name), "{}", reply.text());
        }
    }
});
