//! Duplicates: of one record as it is entered, and of all; only what the caller may know tells.

mod entered;
mod homes;
mod recall;
mod ruled;
mod told;

use serde_json::{Value, json};
use testing::{Client, Reply, TestApp, on_both};

async fn of(client: &Client, object: &str, fields: Value) -> Vec<String> {
    let reply = client.post(&format!("/records/{object}/duplicates"), &json!({"fields": fields})).await;
    reply.column("id").iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

async fn make(client: &Client, object: &str, fields: Value) -> String {
    client.post(&format!("/records/{object}"), &fields).await.made()
}

/// The pairs after a look over everything.
async fn scanned(app: &TestApp, client: &Client, object: &str) -> Reply {
    client.post("/duplicates/scan", &json!({})).await.expect(202);
    let mut committed = app.house.db.committed();
    loop {
        committed.mark_unchanged();
        let jobs = app.operator().get("/jobs?limit=200").await.expect(200);
        let open = |job: &Value| job["kind"] == "records.duplicates" && job["state"] != "done";
        if !jobs["items"].as_array().unwrap().iter().any(open) {
            return client.get(&format!("/records/{object}/duplicates")).await;
        }
        committed.changed().await.unwrap();
    }
}

on_both!(whoever_is_entered_again_is_noticed, |app| {
    let ada = app.user("Ada", "administrator").await;
    let body = json!({"first_name": "Katarzyna", "last_name": "Wójcik-Nowak", "emails": ["k@firma.example", "kasia@x.example"],
        "phone": "+48600123456", "city": "Łódź"});
    let kasia = make(&ada, "contacts", body).await;
    make(&ada, "contacts", json!({"first_name": "Anna", "last_name": "Wójcik", "city": "Łódź"})).await;
    for again in [
        json!({"first_name": "Kasia", "last_name": "Wojcik Nowak", "email": "KASIA@x.example"}),
        json!({"first_name": "Wójcik-Nowak", "last_name": "Katarzyna", "city": "lodz"}),
        json!({"last_name": "Wójcik-Nowka", "first_name": "Katarzyna", "phone": "600 123 456"}),
        json!({"last_name": "Wójcik-Nowak", "first_name": "K.", "emails": ["new@x.example", "k@firma.example"]}),
    ] {
        assert_eq!(of(&ada, "contacts", again.clone()).await, [kasia.as_str()], "{again}");
    }
    for other in [
        json!({"first_name": "Jan", "last_name": "Bąk", "email": "k@firma.example"}),
        json!({"first_name": "Katarzyna", "last_name": "Wójcik-Nowak"}),
        json!({"last_name": "Zupełnie", "phone": "+48600999888"}),
        json!({}),
    ] {
        assert!(of(&ada, "contacts", other.clone()).await.is_empty(), "{other}");
    }
    let firm = make(&ada, "companies", json!({"name": "Meble Wągrowiec sp. z o.o.", "city": "Wągrowiec"})).await;
    let taxed = make(&ada, "companies", json!({"name": "Alfa", "tax_id": "PL 525-000-73-94"})).await;
    assert_eq!(of(&ada, "companies", json!({"name": "MEBLE WAGROWIEC", "city": "Wągrowiec"})).await, [firm]);
    assert_eq!(of(&ada, "companies", json!({"name": "Alfa S.A.", "tax_id": "5250007394"})).await, [taxed]);
    let own = ada.post("/records/contacts/duplicates", &json!({"id": kasia})).await;
    assert!(own.column("id").is_empty(), "{}", own.text());
    ada.post("/records/contacts/duplicates", &json!({"fields": {"nonsense": 1}}))
        .await
        .refused_field("nonsense", "field-unknown");
});

on_both!(pairs_among_all_are_found_dismissed_and_merged, |app| {
    let ada = app.user("Ada", "administrator").await;
    for n in 0..60 {
        make(
            &ada,
            "contacts",
            json!({"first_name": "Jan", "last_name": format!("Osoba{n:02}x{n:02}"), "city": "Płock",
            "email": format!("jan{n}@x.example")}),
        )
        .await;
    }
    let mut twins = Vec::new();
    for (one, other) in [("Kowalski", "Kowalsky"), ("Żak", "Zak"), ("Nowak", "Nowka")] {
        let email = format!("{one}@y.example");
        let first =
            make(&ada, "contacts", json!({"first_name": "Piotr", "last_name": one, "email": email, "city": "Łódź"}))
                .await;
        let second = make(&ada, "contacts", json!({"first_name": "Piotr", "last_name": other, "email": email})).await;
        twins.push(json!([first, second]));
    }
    let found = scanned(&app, &ada, "contacts").await;
    let mut pairs = found.column("ids");
    pairs.sort_by_key(Value::to_string);
    assert_eq!(pairs, twins);
    assert!(found.column("score").iter().all(|score| score.as_i64().unwrap() >= 85), "{}", found.text());
    let page = ada.get("/records/contacts/duplicates?limit=2").await;
    let rest = ada.ask("/records/contacts/duplicates", &[("cursor", page["next"].as_str().unwrap())]).await;
    assert_eq!((page.column("ids").len(), rest.column("ids").len()), (2, 1));
    ada.post("/records/contacts/duplicates/dismiss", &json!({"ids": twins[0]})).await.expect(204);
    let (survivor, merged) = (&twins[1][0], &twins[1][1]);
    ada.post("/records/contacts/merge", &json!({"survivor": survivor, "merged": [merged]})).await.expect(200);
    assert_eq!(ada.get("/records/contacts/duplicates").await.column("ids"), [twins[2].clone()]);
    assert_eq!(scanned(&app, &ada, "contacts").await.column("ids"), [twins[2].clone()]);
});

on_both!(a_pair_tells_nothing_that_the_caller_may_not_know, |app| {
    let ada = app.user("Ada", "administrator").await;
    let blind =
        json!({"name": "blind", "objects": {"contacts": {"read": "all"}}, "fields": {"contacts": {"email": "hidden"}}});
    let own = json!({"name": "own", "objects": {"contacts": {"create": true, "read": "own", "update": "own"}}});
    let (blind, own) = (app.user_with("Blind", blind).await, app.user_with("Own", own).await);
    let body = |last: &str| json!({"first_name": "Piotr", "last_name": last, "email": "p@y.example"});
    let first = make(&ada, "contacts", body("Kowalski")).await;
    let second = make(&ada, "contacts", body("Kowalsky")).await;
    assert_eq!(scanned(&app, &ada, "contacts").await.column("ids").len(), 1);
    let before = app.digest().await;
    for client in [&blind, &own] {
        assert!(client.get("/records/contacts/duplicates").await.column("ids").is_empty());
        client.post("/duplicates/scan", &json!({})).await.refused(403, "administrators-only");
    }
    let probe = json!({"fields": {"last_name": "Kowalski", "email": "p@y.example"}});
    blind.post("/records/contacts/duplicates", &probe).await.refused_field("email", "field-unknown");
    let by_id = blind.post("/records/contacts/duplicates", &json!({"id": first})).await;
    assert!(by_id.column("id").is_empty() && !by_id.text().contains("email"), "{}", by_id.text());
    assert!(own.post("/records/contacts/duplicates", &probe).await.column("id").is_empty());
    assert_eq!(own.post("/records/contacts/duplicates", &json!({"id": first})).await.status, 404);
    let two = json!({"ids": [first, second]});
    assert_eq!(own.post("/records/contacts/duplicates/dismiss", &two).await.status, 404);
    blind.post("/records/contacts/duplicates/dismiss", &two).await.refused(403, "rights-change");
    assert_eq!(app.digest().await, before);
});
