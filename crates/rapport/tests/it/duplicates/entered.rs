//! What stands against a creation: what would be stored and what is made, by what the caller may know.

use super::{make, of};
use crate::imports::upload::{counts, error_lines, import};
use serde_json::{Value, json};
use testing::{Client, on_both};

async fn rules(client: &Client, threshold: u8, on_entry: &str, signals: Value) {
    let rules = json!({"threshold": threshold, "on_entry": on_entry, "signals": signals});
    client.put("/objects/contacts/duplicate-rules", &rules).await.expect(200);
}

fn by(fields: &[&str], compare: &str, points: u8) -> Value {
    json!({"fields": fields, "compare": compare, "points": points})
}

on_both!(a_row_that_is_not_made_refuses_nobody, |app| {
    let ada = app.user("Ada", "administrator").await;
    rules(&ada, 60, "refuse", json!([by(&["email", "emails"], "exact", 80)])).await;
    let unique = json!({"name": "badge", "type": "text", "unique": true});
    ada.post("/objects/contacts/fields", &unique).await.expect(201);
    make(&ada, "contacts", json!({"last_name": "Bąk", "badge": "7"})).await;
    let body = json!({"create": [
        {"last_name": "Lis", "email": "lis@x.example", "badge": "7"},
        {"last_name": "Lis", "email": "lis@x.example"},
        {"last_name": "Lys", "email": "lis@x.example"}]});
    let results = ada.post("/records/contacts/batch", &body).await.expect(200)["results"].clone();
    let statuses: Vec<_> = results.as_array().unwrap().iter().map(|one| one["status"].clone()).collect();
    assert_eq!(statuses, [409, 201, 409], "{results}");
    let file = "last_name,email,badge\nKot,kot@x.example,7\nKot,kot@x.example,8\nKos,kot@x.example,9\n";
    let done = import(&app, &ada, "contacts", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [1, 0, 0, 2]);
    let errors = error_lines(&ada, &done).await;
    assert!(errors.iter().any(|line| line.contains("Kos") && line.contains("seems to be there")), "{errors:?}");
});

on_both!(what_would_be_stored_is_held_against_what_is_there, |app| {
    let ada = app.user("Ada", "administrator").await;
    make(&ada, "contacts", json!({"last_name": "Kot", "email": "kot@x.example", "city": "Łódź"})).await;
    for looked_at in ["email", "emails"] {
        rules(&ada, 60, "refuse", json!([by(&[looked_at], "exact", 80)])).await;
        for typed in [json!({"emails": ["KOT@x.example"]}), json!({"email": "kot@x.example"})] {
            let mut body = json!({"last_name": "Inny"});
            body.as_object_mut().unwrap().extend(typed.as_object().unwrap().clone());
            ada.post("/records/contacts", &body).await.refused(409, "duplicate-likely");
        }
        let body = |typed: &Value| json!({"create": [{"last_name": "Lis", "email": "lis@x.example"}, typed]});
        let twins = body(&json!({"last_name": "Lys", "emails": ["lis@x.example"]}));
        let results = ada.post("/records/contacts/batch", &twins).await.expect(200)["results"].clone();
        let id = results[0]["record"]["id"].as_str().or(results[0]["id"].as_str()).unwrap().to_owned();
        assert_eq!(results[1]["status"], 409, "{looked_at}: {results}");
        ada.delete(&format!("/records/contacts/{id}")).await.expect(204);
    }
});

on_both!(twenty_that_race_with_one_key_are_answered_alike_where_rules_refuse, |app| {
    let ada = app.user("Ada", "administrator").await.header("idempotency-key", "race");
    rules(&ada, 60, "refuse", json!([by(&["email"], "exact", 80)])).await;
    let mut racing = tokio::task::JoinSet::new();
    for at in 0..40 {
        let (ada, kot) = (ada.clone(), json!({"last_name": "Kot", "email": "kot@x.example"}));
        racing.spawn(async move {
            match at % 2 {
                0 => (0, ada.post("/records/contacts", &kot).await),
                _ => {
                    let lis = json!({"last_name": "Lis", "email": "lis@x.example"});
                    let whole = json!({"create": [lis], "atomic": true});
                    (1, ada.post("/records/contacts/batch", &whole).await)
                }
            }
        });
    }
    let replies = racing.join_all().await;
    for (way, reply) in &replies {
        let first = &replies.iter().find(|(other, _)| other == way).unwrap().1;
        assert!(reply.status < 300, "{}", reply.text());
        assert_eq!(reply.body, first.body);
    }
    assert_eq!(ada.get("/records/contacts/count").await["count"], 2);
});

on_both!(a_reason_is_called_by_what_the_caller_may_know, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "clerk", "objects": {"contacts": {"read": "all"}},
        "fields": {"contacts": {"birth_date": "hidden"}}});
    let jan = app.user_with("Jan", role).await;
    let signals = [by(&["birth_date", "city"], "exact", 70), by(&["last_name"], "name", 10)];
    rules(&ada, 60, "warn", json!(signals)).await;
    let kot = json!({"last_name": "Kot", "city": "Łódź"});
    let first = make(&ada, "contacts", kot.clone()).await;
    let found = jan.post("/records/contacts/duplicates", &json!({"fields": kot})).await;
    assert_eq!((found.column("id"), found.column("reasons")), (vec![json!(first)], vec![json!(["city", "name"])]));
    assert!(!found.text().contains("birth_date"), "{}", found.text());
});

on_both!(half_of_an_address_or_a_name_is_none, |app| {
    let ada = app.user("Ada", "administrator").await;
    let rights = json!({"contacts": {"read": "all"}});
    let no_street = json!({"name": "no_street", "objects": rights, "fields": {"contacts": {"street": "hidden"}}});
    let no_given = json!({"name": "no_given", "objects": rights, "fields": {"contacts": {"first_name": "hidden"}}});
    let no_family = json!({"name": "no_family", "objects": rights, "fields": {"contacts": {"last_name": "hidden"}}});
    let no_street = app.user_with("Jan", no_street).await;
    let halves = [app.user_with("Ewa", no_given).await, app.user_with("Piotr", no_family).await];
    let at = |first: &str, last: &str, street: &str| {
        json!({"first_name": first, "last_name": last, "street": street, "postcode": "90-001", "city": "Łódź",
            "email": "dom@x.example"})
    };
    let anna = make(&ada, "contacts", at("Anna", "Kot", "Piotrkowska 12")).await;
    make(&ada, "contacts", at("Anna", "Lis", "Zielona 7")).await;
    make(&ada, "contacts", at("Ewa", "Kot", "Nawrot 3")).await;
    let address = by(&["street", "postcode", "city"], "address", 70);
    rules(&ada, 60, "warn", json!([address, by(&["email"], "exact", 50)])).await;
    let mail = json!({"email": "dom@x.example"});
    let of_anna = json!({"id": anna});
    let found = no_street.post("/records/contacts/duplicates", &of_anna).await;
    assert!(found.column("id").is_empty(), "{}", found.text());
    rules(&ada, 60, "warn", json!([by(&["first_name", "last_name"], "name", 70), by(&["email"], "exact", 50)])).await;
    for half in halves {
        let found = half.post("/records/contacts/duplicates", &of_anna).await;
        assert!(found.column("id").is_empty(), "{}", found.text());
    }
    assert!(of(&ada, "contacts", mail).await.is_empty());
});

on_both!(what_few_share_counts_before_what_hundreds_share, |app| {
    let ada = app.user("Ada", "administrator").await;
    let first = make(&ada, "contacts", json!({"last_name": "Kot", "email": "kot@x.example"})).await;
    let desk = |n: usize| json!({"last_name": format!("Lis {n}"), "phone": "+48421234567"});
    let many: Vec<Value> = (0..310).map(desk).collect();
    ada.post("/records/contacts/batch", &json!({"create": many})).await.expect(200);
    let asked = json!({"email": "kot@x.example", "phone": "+48 42 123 45 67"});
    assert_eq!(of(&ada, "contacts", asked).await[0], first);
});
