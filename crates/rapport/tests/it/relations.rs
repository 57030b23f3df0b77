//! Relations: roles, what they open, and what they may lead to.

use serde_json::{Value, json};
use testing::on_both;

on_both!(a_person_has_roles_in_several_companies, |app| {
    let ada = app.user("Ada", "administrator").await;
    let bakery = ada.post("/records/companies", &json!({"name": "Piekarnia Żytko"})).await.made();
    let mill = ada.post("/records/companies", &json!({"name": "Moara Bună"})).await.made();
    let person = json!({"last_name": "Żytko", "companies": [{"id": bakery, "role": "właścicielka"}, {"id": mill, "role": "administrator"}]});
    let made = ada.post("/records/contacts", &person).await;
    let path = format!("/records/contacts/{}", made.made());
    assert_eq!(made["companies"], person["companies"]);
    assert_eq!(made["company"], json!(bakery));
    let by_role = ada.ask("/records/contacts", &[("filter", "any(companies where name = 'moara buna')")]).await;
    assert_eq!(by_role.column("last_name"), ["Żytko"]);
    let companies = ada.ask("/records/companies", &[("filter", "count(people) = 1"), ("sort", "name")]).await;
    assert_eq!(companies.column("name"), ["Moara Bună", "Piekarnia Żytko"]);
    let moved = ada.patch(&path, &json!({"company": mill})).await.expect(200);
    assert_eq!(moved["company"], json!(mill));
    assert_eq!(moved["companies"][0]["id"], json!(mill));
    let left = ada.patch(&path, &json!({"companies": []})).await.expect(200);
    assert_eq!((&left["company"], &left["companies"]), (&Value::Null, &json!([])));
    assert_eq!(ada.ask("/records/companies/count", &[("filter", "any(people)")]).await["count"], 0);
});

on_both!(relations_are_opened_on_request, |app| {
    let ada = app.person("Ada", &["administrator"], &[]).await;
    let company = ada.post("/records/companies", &json!({"name": "Société Générale"})).await.made();
    let contact = ada.post("/records/contacts", &json!({"last_name": "Lefèvre", "company": company})).await.made();
    let order = json!({"number": "CMD-1", "contact": contact, "company": company});
    let order = format!("/records/orders/{}", ada.post("/records/orders", &order).await.made());
    let opened = ada.ask(&order, &[("expand", "contact,company,owner")]).await.expect(200);
    assert_eq!(opened["contact"]["last_name"], "Lefèvre");
    assert_eq!(opened["contact"]["company"], json!(company));
    assert_eq!(opened["company"]["name"], "Société Générale");
    assert_eq!((&opened["owner"]["name"], &opened["owner"]["id"]), (&json!("Ada"), &json!(ada.id)));
    // What is opened is in the answer, whatever the fields.
    let narrow = ada.ask(&order, &[("expand", "contact"), ("fields", "number")]).await.expect(200);
    assert_eq!(narrow["contact"]["last_name"], "Lefèvre");
    for unknown in ["number", "lines", "nothing", "contact.company"] {
        ada.ask(&order, &[("expand", unknown)]).await.refused_field("expand", "expand-unknown");
    }
    ada.delete(&format!("/records/contacts/{contact}")).await.expect(204);
    assert_eq!(ada.ask(&order, &[("expand", "contact")]).await.expect(200)["contact"], Value::Null);
});

on_both!(a_relation_leads_only_to_what_its_writer_may_see, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app
        .user_with(
            "Jan",
            json!({"name": "own-only", "objects": {
        "contacts": {"create": true, "read": "own"}, "orders": {"create": true, "read": "own", "update": "own"}}}),
        )
        .await;
    let hers = ada.post("/records/contacts", &json!({"last_name": "Ukryta"})).await.made();
    let his = jan.post("/records/contacts", &json!({"last_name": "Widoczny"})).await.made();
    let binned = jan.post("/records/contacts", &json!({"last_name": "Wyrzucony"})).await.made();
    ada.delete(&format!("/records/contacts/{binned}")).await.expect(204);
    let order = jan.post("/records/orders", &json!({"number": "1", "contact": his})).await.made();
    let before = app.digest().await;
    let mut texts = Vec::new();
    for contact in [&hers, &binned, &order, &"0000000000001".to_owned()] {
        let refused = jan.post("/records/orders", &json!({"number": "2", "contact": contact})).await;
        refused.refused_field("contact", "relation-not-found");
        texts.push(refused["errors"][0]["message"].as_str().unwrap().replace(contact.as_str(), "…"));
        let patched = jan.patch(&format!("/records/orders/{order}"), &json!({"contact": contact})).await;
        patched.refused_field("contact", "relation-not-found");
    }
    texts.dedup();
    assert_eq!(texts.len(), 1, "the refusals tell apart what is hidden: {texts:?}");
    let company = json!({"number": "2", "company": hers});
    jan.post("/records/orders", &company).await.refused_field("company", "relation-not-found");
    assert_eq!(app.digest().await, before);
});

on_both!(no_record_leads_to_itself_and_circles_of_plain_relations_end, |app| {
    let ada = app.user("Ada", "administrator").await;
    let task = ada.post("/records/tasks", &json!({"subject": "Zadzwonić"})).await.made();
    let about = json!({"about": {"object": "tasks", "id": task}});
    ada.patch(&format!("/records/tasks/{task}"), &about).await.refused_field("about", "relation-to-itself");
    // A relation that makes no hierarchy may lead in a circle, and walking ends.
    let field = json!({"name": "next", "type": "relation", "target": "companies", "inverse": "before"});
    ada.post("/objects/companies/fields", &field).await.expect(201);
    let mut ids = Vec::new();
    for name in ["Holding", "Filiala", "Oddział"] {
        ids.push(ada.post("/records/companies", &json!({"name": name})).await.made());
    }
    let path = |at: usize| format!("/records/companies/{}", ids[at]);
    for (from, to) in [(1, 0), (2, 1), (0, 2)] {
        ada.patch(&path(from), &json!({"next": ids[to]})).await.expect(200);
    }
    let filters = [
        ("`next`.`next`.name = 'Holding'", vec!["Oddział"]),
        ("any(before where `next`.`next`.name = 'Holding')", vec!["Filiala"]),
        ("`next`.name = 'Holding'", vec!["Filiala"]),
    ];
    for (filter, names) in filters {
        assert_eq!(ada.ask("/records/companies", &[("filter", filter)]).await.column("name"), names, "{filter}");
    }
    assert_eq!(ada.ask(&path(0), &[("expand", "next")]).await.expect(200)["next"]["next"], json!(ids[1]));
    assert_eq!(ada.get(&format!("{}/timeline", path(0))).await.status, 200);
    assert_eq!(app.digest().await, app.digest().await);
    ada.delete(&path(1)).await.expect(204);
});
