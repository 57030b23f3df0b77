//! Saved views: whose they are, who sees and changes them, and what a list shows through one.

use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

async fn contacts(app: &TestApp) {
    let people = [("Żak", "Łódź", "PL", "1990-02-28"), ("Ionescu", "Cluj-Napoca", "RO", "1985-12-31")];
    let more = [("Kowalska", "Łódź", "PL", "1971-07-01"), ("Lefèvre", "Lyon", "FR", "2001-01-15")];
    let drafts: Vec<Value> = (people.iter().chain(&more))
        .map(|(name, city, country, born)| json!({"last_name": name, "city": city, "country": country, "birth_date": born}))
        .collect();
    app.operator().post("/records/contacts/batch", &json!({"create": drafts, "atomic": true})).await.expect(200);
}

async fn names(client: &Client, query: &[(&str, &str)]) -> Vec<Value> {
    client.ask("/records/contacts", query).await.column("last_name")
}

on_both!(a_list_through_a_view_shows_what_the_view_says_and_what_the_request_adds, |app| {
    contacts(&app).await;
    let ada = app.user("Ada", "administrator").await;
    let wish = json!({"object": "contacts", "name": "Poles by name", "columns": ["last_name", "city"],
        "filter": "country = 'PL'", "sort": "-last_name"});
    let view = ada.post("/views", &wish).await.made();
    assert_eq!(names(&ada, &[("view", &view)]).await, ["Żak", "Kowalska"]);
    let page = ada.ask("/records/contacts", &[("view", &view), ("limit", "1")]).await.expect(200);
    let shown: Vec<&String> = page["items"][0].as_object().unwrap().keys().collect();
    assert_eq!(shown, ["id", "last_name", "city", "version"]);
    let next = page["next"].as_str().unwrap();
    assert_eq!(names(&ada, &[("view", &view), ("limit", "1"), ("cursor", next)]).await, ["Kowalska"]);
    let narrower = [("view", view.as_str()), ("filter", "last_name = 'zak' or country = 'FR'")];
    assert_eq!(names(&ada, &narrower).await, ["Żak"]);
    assert_eq!(names(&ada, &[("view", &view), ("sort", "last_name")]).await, ["Kowalska", "Żak"]);
    let other = ada.ask("/records/contacts", &[("view", &view), ("fields", "country")]).await;
    assert_eq!(other.column("city"), [Value::Null, Value::Null]);
    let count = ada.ask("/records/contacts/count", &narrower).await.expect(200);
    assert_eq!(count, json!({"count": 1, "exact": true}));
    let file = ada.ask("/records/contacts/export", &[("view", &view)]).await;
    assert_eq!(file.text().lines().count(), 3, "{}", file.text());
    assert_eq!(file.text().lines().next().unwrap().trim(), "last_name,city");
    for (path, id) in [("contacts", "nonsense"), ("contacts", "0000000000000"), ("companies", view.as_str())] {
        ada.ask(&format!("/records/{path}"), &[("view", id)]).await.refused_field("view", "view-unknown");
    }
});

on_both!(what_makes_no_sense_in_a_view_is_refused_with_its_place, |app| {
    let ada = app.user("Ada", "administrator").await;
    for (part, field, code) in [
        (json!({"columns": ["last_name", "shoe_size"]}), "columns", "fields-unknown"),
        (json!({"filter": "shoe_size = 3"}), "filter", "filter-unknown-field"),
        (json!({"filter": "city ="}), "filter", "filter-expected"),
        (json!({"sort": "shoe_size"}), "sort", "sort-unknown"),
        (json!({"name": "  "}), "name", "mapping-name-length"),
        (json!({"object": "nothings"}), "object", "view-object-unknown"),
        (json!({"audience": "team"}), "team", "field-required"),
        (json!({"audience": "team", "team": "0000000000001"}), "team", "view-team-unknown"),
    ] {
        let mut wish = json!({"object": "contacts", "name": "Wish"});
        wish.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        ada.post("/views", &wish).await.refused_field(field, code);
    }
    assert_eq!(ada.post("/views", &json!({"object": "contacts", "name": "x", "colour": 1})).await.status, 422);
    assert_eq!(
        ada.post("/views", &json!({"object": "contacts", "name": "x", "audience": "friends"})).await.status,
        422
    );
    app.operator()
        .post("/views", &json!({"object": "contacts", "name": "x"}))
        .await
        .refused_field("audience", "view-of-nobody");
    assert_eq!(ada.get("/views").await.column("id"), Vec::<Value>::new());
});

on_both!(private_views_are_their_owners_teams_read_theirs_and_few_change_what_is_for_all, |app| {
    let team = app.team("Łódź office", None).await;
    let ada = app.person("Ada", &["seller"], &[&team]).await;
    let ben = app.person("Ben", &["seller"], &[&team]).await;
    let boss = app.person("Boss", &["manager"], &[&team]).await;
    let eve = app.person("Eve", &["manager"], &[]).await;
    let root = app.user("Root", "administrator").await;
    let make = |audience: &str| json!({"object": "contacts", "name": audience, "audience": audience, "team": team});
    let own = ada.post("/views", &make("private")).await.made();
    let shared = ada.post("/views", &make("team")).await.made();
    ada.post("/views", &make("all")).await.refused(403, "view-for-all");
    let open = root.post("/views", &make("all")).await.made();
    let path = |id: &str| format!("/views/{id}");
    for (who, sees, changes) in [
        (&*ada, [200, 200, 200], [200, 200, 403]),
        (&*ben, [404, 200, 200], [404, 403, 403]),
        (&*boss, [404, 200, 200], [404, 200, 403]),
        (&*eve, [404, 404, 200], [404, 404, 403]),
        (&root, [404, 200, 200], [404, 200, 200]),
    ] {
        for ((id, sees), changes) in [&own, &shared, &open].into_iter().zip(sees).zip(changes) {
            assert_eq!(who.get(&path(id)).await.status, sees);
            assert_eq!(who.patch(&path(id), &json!({"name": "Renamed"})).await.status, changes);
            let used = if sees == 200 { 200 } else { 422 };
            assert_eq!(who.ask("/records/contacts", &[("view", id)]).await.status, used);
        }
        let seen = who.get("/views?object=contacts").await.column("id").len();
        assert_eq!(seen, sees.iter().filter(|status| **status == 200).count());
    }
    let digest = app.digest().await;
    eve.patch(&path(&open), &json!({"name": "Mine"})).await.refused(403, "view-not-yours");
    eve.delete(&path(&shared)).await.refused(404, "not-found");
    ada.patch(&path(&own), &json!({"audience": "all"})).await.refused(403, "view-for-all");
    assert_eq!(app.digest().await, digest);
    let blind = app.user_with("blind", json!({"name": "blind", "objects": {}})).await;
    assert_eq!(blind.get(&path(&open)).await.status, 404);
    assert!(blind.get("/views").await.column("id").is_empty());
    assert_eq!(boss.delete(&path(&shared)).await.status, 204);
    assert_eq!(ada.get(&path(&shared)).await.status, 404);
});

on_both!(a_view_opens_nothing_that_is_hidden_from_whoever_uses_it, |app| {
    contacts(&app).await;
    let root = app.user("Root", "administrator").await;
    let hiding = json!({"name": "young", "objects": {"contacts": {"read": "all", "export": "all"}},
        "fields": {"contacts": {"birth_date": "hidden", "city": "masked"}}});
    let kim = app.user_with("Kim", hiding).await;
    let make = |name: &str, filter: &str| {
        json!({"object": "contacts", "name": name, "audience": "all", "filter": filter,
        "columns": ["last_name", "birth_date"], "sort": "birth_date,last_name"})
    };
    let old = root.post("/views", &make("Old", "birth_date < date'1980-01-01'")).await.made();
    let here = root.post("/views", &make("Here", "city = 'Łódź'")).await.made();
    let poles = root.post("/views", &make("Poles", "country = 'PL'")).await.made();
    for id in [&old, &here] {
        let refused = kim.ask("/records/contacts", &[("view", id)]).await;
        refused.refused_field("view", "view-unusable");
        assert!(!refused.text().contains("birth_date") && !refused.text().contains("1980"), "{}", refused.text());
        for path in ["count", "export"] {
            kim.ask(&format!("/records/contacts/{path}"), &[("view", id)]).await.refused_field("view", "view-unusable");
        }
        let seen = kim.get(&format!("/views/{id}")).await.expect(200);
        assert_eq!((&seen["filter"], &seen["broken"][0]["part"]), (&Value::Null, &json!("filter")));
        assert!(!seen.to_string().contains("birth_date"), "{seen}");
    }
    let page = kim.ask("/records/contacts", &[("view", &poles)]).await.expect(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    assert_eq!(page["items"][0]["last_name"], "Kowalska");
    assert_eq!(page["items"][0].get("birth_date"), None);
    let seen = kim.get(&format!("/views/{poles}")).await.expect(200);
    assert_eq!((&seen["columns"], &seen["sort"]), (&json!(["last_name"]), &json!("last_name")));
    assert_eq!((&seen["filter"], &seen["broken"]), (&json!("country = 'PL'"), &json!([])));
    assert_eq!(root.get(&format!("/views/{old}")).await["broken"], json!([]));
});

on_both!(a_view_whose_fields_are_gone_says_so_and_can_be_mended, |app| {
    let ada = app.user("Ada", "administrator").await;
    for name in ["shoe_size", "hat"] {
        ada.post("/objects/contacts/fields", &json!({"name": name, "type": "integer"})).await.expect(201);
    }
    let wish = json!({"object": "contacts", "name": "Shoes", "columns": ["last_name", "shoe_size"],
        "filter": "shoe_size > 40", "sort": "-shoe_size,last_name"});
    let view = ada.post("/views", &wish).await.made();
    ada.delete("/objects/contacts/fields/shoe_size").await;
    let path = format!("/views/{view}");
    let seen = ada.get(&path).await.expect(200);
    let parts: Vec<&Value> = seen["broken"].as_array().unwrap().iter().map(|broken| &broken["part"]).collect();
    assert_eq!(parts, ["columns", "sort", "filter"]);
    assert_eq!((&seen["filter"], &seen["columns"]), (&wish["filter"], &json!(["last_name"])));
    let refused = ada.ask("/records/contacts", &[("view", &view)]).await;
    refused.refused_field("view", "view-unusable");
    assert_eq!(refused["errors"][1]["field"], "view.filter");
    ada.patch(&path, &json!({"name": "Hats"})).await.expect(200);
    ada.patch(&path, &json!({"filter": "hat > 50", "sort": "hat", "columns": ["hat"]})).await.expect(200);
    assert_eq!(ada.get(&path).await["broken"], json!([]));
    assert_eq!(ada.ask("/records/contacts", &[("view", &view)]).await.status, 200);
});

on_both!(one_view_is_the_default_and_the_narrowest_one_opens, |app| {
    let team = app.team("Sales", None).await;
    let ada = app.person("Ada", &["administrator"], &[&team]).await;
    let ben = app.person("Ben", &["seller"], &[]).await;
    let mut made = Vec::new();
    for (name, audience) in [("A", "all"), ("B", "all"), ("C", "team"), ("D", "private")] {
        let wish = json!({"object": "contacts", "name": name, "audience": audience, "team": team, "default": true});
        made.push(ada.post("/views", &wish).await.made());
        let all = ada.get("/views?object=contacts").await;
        assert_eq!(all["default"], json!(made.last()), "{name}");
    }
    let all = ada.get("/views?object=contacts").await;
    assert_eq!(
        (all.column("name"), all.column("default")),
        (
            vec!["A".into(), "B".into(), "C".into(), "D".into()],
            vec![json!(false), json!(true), json!(true), json!(true)]
        )
    );
    assert_eq!(ben.get("/views?object=contacts").await["default"], json!(made[1]));
    assert_eq!(ben.get("/views?object=companies").await["default"], Value::Null);
});

/// The kinds of the events about views, once there are so many: on PostgreSQL an entry settles a little later.
async fn view_events(app: &TestApp, wanted: usize) -> Vec<String> {
    let db = &app.house.db;
    let (caller, mut committed) = (base::SystemCaller::for_(db.tenant(), "test"), db.committed());
    loop {
        let log = db.events_after(&caller, db::Cursor::default(), 10_000).await.unwrap();
        let kinds = log.into_iter().map(|event| event.kind).filter(|kind| kind.starts_with("view."));
        let kinds: Vec<String> = kinds.collect();
        if kinds.len() >= wanted {
            return kinds;
        }
        drop(tokio::time::timeout(std::time::Duration::from_millis(50), committed.changed()).await);
    }
}

on_both!(a_view_is_changed_as_it_was_last_seen_and_its_changes_are_events, |app| {
    let ada = app.user("Ada", "administrator").await;
    let made = ada.post("/views", &json!({"object": "contacts", "name": "First"})).await;
    let path = format!("/views/{}", made.made());
    assert_eq!(made.headers["etag"], "\"1\"");
    let late = ada.header("if-match", "\"1\"");
    let changed = late.patch(&path, &json!({"name": "Second"})).await.expect(200);
    assert_eq!(
        (&changed["name"], &changed["version"], &changed["audience"]),
        (&json!("Second"), &json!(2), &json!("private"))
    );
    assert_eq!(late.patch(&path, &json!({"name": "Third"})).await.status, 412);
    assert_eq!(late.delete(&path).await.status, 412);
    ada.patch(&path, &json!({"object": "companies"})).await.refused_field("object", "field-read-only");
    assert_eq!(ada.delete(&path).await.status, 204);
    assert_eq!(view_events(&app, 3).await, ["view.created", "view.changed", "view.deleted"]);
});

on_both!(who_would_delete_a_field_hears_which_views_name_it, |app| {
    let ada = app.user("Ada", "administrator").await;
    ada.post("/objects/contacts/fields", &json!({"name": "hat", "type": "integer"})).await.expect(201);
    for (name, part) in [("By hat", json!({"sort": "-hat"})), ("Hats", json!({"filter": "hat > 3 and city is empty"}))]
    {
        let mut wish = json!({"object": "contacts", "name": name});
        wish.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        ada.post("/views", &wish).await.made();
    }
    ada.post("/views", &json!({"object": "contacts", "name": "Other", "filter": "city = 'fez'"})).await.made();
    let asked = ada.get("/objects/contacts/fields/hat/dependents").await;
    assert_eq!(asked.column("name"), ["By hat", "Hats"]);
    let none = ada.get("/objects/contacts/fields/birth_date/dependents").await;
    assert!(!none.column("kind").contains(&json!("saved_view")), "{}", none.text());
});
