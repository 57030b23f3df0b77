//! Merging: what the survivor takes over, what is led to it, who may, and the way back.

mod blind;
mod led;

use serde_json::{Value, json};
use testing::{Client, Reply, on_both};

fn action(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.headers["x-action"].to_str().unwrap().to_owned()
}

async fn merge(client: &Client, survivor: &str, merged: &[&str], fields: Value) -> Reply {
    let body = json!({"survivor": survivor, "merged": merged, "fields": fields});
    client.post("/records/contacts/merge", &body).await
}

/// All that lists say, but for who changed it last and how often.
async fn records(client: &Client) -> Vec<Value> {
    let mut all = Vec::new();
    for object in ["companies", "contacts", "notes", "orders"] {
        let page = client.get(&format!("/records/{object}")).await.expect(200);
        let mut items = page["items"].as_array().unwrap().clone();
        for item in &mut items {
            for name in ["version", "updated_at", "updated_by"] {
                item.as_object_mut().unwrap().remove(name);
            }
        }
        all.extend(items);
    }
    all
}

on_both!(two_people_become_one_and_two_again, |app| {
    let ada = app.user("Ada", "administrator").await;
    let firm = ada.post("/records/companies", &json!({"name": "Wągrowiec Meble"})).await.made();
    let mine = json!({"first_name": "Łucja", "last_name": "Żak", "emails": ["l@x.example"], "city": "Łódź"});
    let keep = ada.post("/records/contacts", &mine).await.made();
    let other = json!({"last_name": "Zak", "emails": ["lucja@y.example", "l@x.example"], "phone": "+48600123456",
        "city": "Lodz", "companies": [{"id": firm, "role": "director"}], "external_id": "K-7"});
    let gone = ada.post("/records/contacts", &other).await.made();
    let about = json!({"object": "contacts", "id": gone});
    let note = ada.post("/records/notes", &json!({"body": "Dzwoniła", "about": about})).await.made();
    let order = ada.post("/records/orders", &json!({"number": "Z-1", "contact": gone})).await.made();
    let [keep_path, gone_path] = [&keep, &gone].map(|id| format!("/records/contacts/{id}"));
    let before = records(&ada).await;

    let merged = merge(&ada, &keep, &[&gone], json!({"city": "Zgierz"})).await;
    assert_eq!(merged["emails"], json!(["l@x.example", "lucja@y.example"]));
    assert_eq!((&merged["email"], &merged["phone"]), (&json!("l@x.example"), &json!("+48600123456")));
    assert_eq!((&merged["last_name"], &merged["city"]), (&json!("Żak"), &json!("Zgierz")));
    assert_eq!((&merged["company"], &merged["external_id"]), (&json!(firm), &json!("K-7")));
    assert_eq!(ada.get(&gone_path).await.status, 404);
    assert_eq!(ada.get(&format!("/records/notes/{note}")).await["about"]["id"], json!(keep));
    assert_eq!(ada.get(&format!("/records/orders/{order}")).await["contact"], json!(keep));
    assert_eq!(ada.ask("/records/contacts", &[("filter", "count(orders) = 1")]).await.column("id"), [json!(keep)]);
    let timeline = ada.get(&format!("{keep_path}/timeline")).await;
    let told: Vec<_> = timeline["items"].as_array().unwrap().iter().map(|item| (&item["kind"], &item["id"])).collect();
    assert!(told.contains(&(&json!("created"), &json!(gone))) && told.contains(&(&json!("merged"), &json!(gone))));
    assert_eq!(told.iter().filter(|(_, id)| **id == json!(note)).count(), 2);

    let undone = ada.post(&format!("/actions/{}/undo", action(&merged)), &json!({})).await;
    assert_eq!(undone["records"], 4, "{}", undone.text());
    assert_eq!(records(&ada).await, before);
    assert_eq!(ada.get(&gone_path).await["emails"], json!(["lucja@y.example", "l@x.example"]));
    let timeline = ada.get(&format!("{keep_path}/timeline")).await.text();
    assert!(!timeline.contains("\"Zak\""), "{timeline}");
});

on_both!(a_merge_can_be_undone_after_later_edits, |app| {
    let ada = app.user("Ada", "administrator").await;
    let field = json!({"name": "card", "type": "text", "unique": true});
    ada.post("/objects/contacts/fields", &field).await.expect(201);
    let keep = ada.post("/records/contacts", &json!({"last_name": "Jeden"})).await.made();
    let gone = ada.post("/records/contacts", &json!({"last_name": "Dwa", "card": "A1", "segment": "x"})).await.made();
    let merged = merge(&ada, &keep, &[&gone], json!({})).await;
    assert_eq!((&merged["card"], &merged["segment"]), (&json!("A1"), &json!("x")));
    let path = format!("/records/contacts/{keep}");
    ada.patch(&path, &json!({"segment": "y", "city": "Płock"})).await.expect(200);
    let undo = format!("/actions/{}/undo", action(&merged));
    let refused = ada.post(&undo, &json!({})).await;
    refused.refused(409, "undo-refused");
    assert_eq!(refused["reasons"][0]["field"], "segment");
    ada.post(&undo, &json!({"conflicts": "keep"})).await.expect(200);
    let now = ada.get(&path).await;
    assert_eq!([&now["card"], &now["segment"], &now["city"]], [&json!(null), &json!("y"), &json!("Płock")]);
    assert_eq!(ada.get(&format!("/records/contacts/{gone}")).await["card"], "A1");
});

on_both!(who_may_not_change_and_delete_may_not_merge, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "own", "objects": {"contacts": {"create": true, "read": "all", "update": "own",
        "delete": "own"}}, "fields": {"contacts": {"birth_date": "hidden"}}});
    let jan = app.user_with("Jan", role).await;
    let mine = jan.post("/records/contacts", &json!({"last_name": "Mój"})).await.made();
    let also_mine = jan.post("/records/contacts", &json!({"last_name": "Też mój"})).await.made();
    let hers = ada.post("/records/contacts", &json!({"last_name": "Jej"})).await.made();
    // What leads to them is moved, also where he may not see it.
    let order = ada.post("/records/orders", &json!({"number": "Z-2", "contact": also_mine})).await.made();
    ada.patch(&format!("/records/contacts/{also_mine}"), &json!({"birth_date": "1980-01-02"})).await.expect(200);
    let before = app.digest().await;
    merge(&jan, &hers, &[&mine], json!({})).await.refused(403, "rights-change");
    merge(&jan, &mine, &[&hers], json!({})).await.refused(403, "rights-delete");
    merge(&jan, &mine, &[&also_mine], json!({"birth_date": "1990-01-01"}))
        .await
        .refused_field("birth_date", "field-unknown");
    merge(&jan, &mine, &[], json!({})).await.refused_field("merged", "merge-count");
    merge(&jan, &mine, &[&mine], json!({})).await.refused_field("merged", "merge-itself");
    merge(&jan, &mine, &["x"], json!({})).await.refused_field("merged", "relation-not-found");
    assert_eq!(merge(&jan, &mine, &["0000000000001"], json!({})).await.status, 404);
    assert_eq!(app.digest().await, before);
    let merged = merge(&jan, &mine, &[&also_mine], json!({})).await;
    assert!(merged.status == 200 && !merged.text().contains("birth_date"), "{}", merged.text());
    assert_eq!(ada.get(&format!("/records/orders/{order}")).await["contact"], json!(mine));
    assert_eq!(ada.get(&format!("/records/contacts/{mine}")).await["birth_date"], "1980-01-02");
});

on_both!(a_survivor_does_not_lead_to_what_went_into_it, |app| {
    let ada = app.user("Ada", "administrator").await;
    let keep = ada.post("/records/companies", &json!({"name": "Jeden"})).await.made();
    let gone = ada.post("/records/companies", &json!({"name": "Dwa"})).await.made();
    let before = app.digest().await;
    let body = json!({"survivor": keep, "merged": [gone], "fields": {"parent": gone}});
    ada.post("/records/companies/merge", &body).await.refused_field("parent", "relation-not-found");
    assert_eq!(app.digest().await, before);
});

on_both!(records_of_an_own_object_become_one_with_all_that_leads_to_them, |app| {
    let ada = app.user("Ada", "administrator").await;
    let fields = json!([{"name": "after", "type": "relation", "target": "trips"},
        {"name": "near", "type": "relations", "target": "trips", "roles": true},
        {"name": "about", "type": "relation"}, {"name": "code", "type": "text", "unique": true},
        {"name": "cost", "type": "money"}, {"name": "vat", "type": "tax_id"}]);
    ada.post("/objects", &json!({"name": "trips"})).await.expect(201);
    for field in fields.as_array().unwrap() {
        ada.post("/objects/trips/fields", field).await.expect(201);
    }
    let field = json!({"name": "trip", "type": "relation", "target": "trips"});
    ada.post("/objects/contacts/fields", &field).await.expect(201);
    let made = async |body: Value| ada.post("/records/trips", &body).await.made();
    let keep = made(json!({"name": "Jeden"})).await;
    let gone = made(json!({"name": "Dwa", "after": keep, "code": "A1", "cost": {"amount": "5.00", "currency": "EUR"},
        "near": [{"id": keep, "role": "x"}]}))
    .await;
    let also = made(json!({"name": "Trzy", "after": gone, "near": [keep, gone], "vat": "PL5260001246"})).await;
    let other = made(json!({"name": "Cztery", "after": also, "near": [{"id": gone, "role": "y"}, also],
        "about": {"object": "trips", "id": also}}))
    .await;
    ada.patch(&format!("/records/trips/{keep}"), &json!({"after": other, "near": [gone, other]})).await.expect(200);
    let contact = ada.post("/records/contacts", &json!({"last_name": "Gość", "trip": gone})).await.made();
    let all = async || {
        let mut all = Vec::new();
        for path in [&keep, &gone, &also, &other].map(|id| format!("/records/trips/{id}")) {
            let mut one = ada.get(&path).await.expect(200);
            for name in ["version", "updated_at", "updated_by"] {
                one.as_object_mut().unwrap().remove(name);
            }
            all.push(one);
        }
        all
    };
    let before = all().await;
    let body = json!({"survivor": keep, "merged": [gone, also]});
    let merged = ada.post("/records/trips/merge", &body).await;
    assert_eq!(merged.status, 200, "{}", merged.text());
    assert_eq!((&merged["code"], &merged["vat"]), (&json!("A1"), &json!("PL5260001246")));
    assert_eq!((&merged["after"], merged["near"].as_array().unwrap().len()), (&json!(other), 1));
    let led = ada.get(&format!("/records/trips/{other}")).await;
    assert_eq!((&led["after"], &led["about"]["id"]), (&json!(keep), &json!(keep)));
    assert_eq!(led["near"], json!([{"id": keep, "role": "y"}]));
    assert_eq!(ada.get(&format!("/records/contacts/{contact}")).await["trip"], json!(keep));
    let undone = ada.post(&format!("/actions/{}/undo", action(&merged)), &json!({})).await;
    assert_eq!(undone.status, 200, "{}", undone.text());
    assert_eq!(all().await, before);
    assert_eq!(ada.get(&format!("/records/contacts/{contact}")).await["trip"], json!(gone));
});

on_both!(what_came_back_is_told_of_by_its_own_time_line_alone, |app| {
    let ada = app.user("Ada", "administrator").await;
    let own = json!({"name": "own", "objects": {"contacts": {"create": true, "read": "own"}}});
    let jan = app.user_with("Jan", own).await;
    let keep = jan.post("/records/contacts", &json!({"last_name": "Jeden"})).await.made();
    let gone = ada.post("/records/contacts", &json!({"last_name": "Dwa"})).await.made();
    let merged = merge(&ada, &keep, &[&gone], json!({})).await;
    ada.post(&format!("/actions/{}/undo", action(&merged)), &json!({})).await.expect(200);
    let path = format!("/records/contacts/{gone}");
    ada.patch(&path, &json!({"city": "Tajne"})).await.expect(200);
    ada.delete(&path).await.expect(204);
    let told = jan.get(&format!("/records/contacts/{keep}/timeline")).await;
    assert!(told.status == 200 && !told.text().contains("Tajne"), "{}", told.text());
});
