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

on_both!(roles_have_days_that_filters_ask_for, |app| {
    let ada = app.user("Ada", "administrator").await;
    let mut firms = Vec::new();
    for name in ["Młyn", "Piekarnia", "Tartak"] {
        firms.push(ada.post("/records/companies", &json!({"name": name})).await.made());
    }
    let link = |at: usize, role: &str, from: Value, until: Value| json!({"id": firms[at], "role": role, "from": from, "until": until});
    let plain = json!({"last_name": "Zwykła", "companies": [firms[0]]});
    ada.post("/records/contacts", &plain).await.made();
    let past = json!({"last_name": "Dawna", "companies": [link(0, "director", json!("2020-01-01"), json!("2024-12-31")), firms[1]]});
    let past = ada.post("/records/contacts", &past).await.made();
    let now = json!({"last_name": "Obecny", "companies": [link(0, "director", json!("2025-01-01"), Value::Null)]});
    let made = ada.post("/records/contacts", &now).await;
    assert_eq!(made["companies"], now["companies"]);
    assert_eq!(made["company"], json!(firms[0]));
    let path = format!("/records/contacts/{}", made.made());
    let people = async |filter: &str| {
        let filter = filter.replace("MŁYN", &firms[0]);
        ada.ask("/records/contacts", &[("filter", &filter), ("sort", "last_name")]).await.column("last_name")
    };
    assert_eq!(people("any(companies as 'director')").await, ["Dawna", "Obecny"]);
    assert_eq!(people("any(companies as 'Dyrektor' on today)").await, ["Obecny"]);
    assert_eq!(people("any(companies as 'director' on date'2024-12-31' where name = 'mlyn')").await, ["Dawna"]);
    assert_eq!(people("any(companies on today where id = 'MŁYN')").await, ["Obecny", "Zwykła"]);
    assert_eq!(people("no(companies as 'director', 'owner' on today)").await, ["Dawna", "Zwykła"]);
    assert_eq!(people("companies = 'MŁYN'").await, ["Dawna", "Obecny", "Zwykła"]);
    let firms_with = async |filter: &str| {
        ada.ask("/records/companies", &[("filter", filter), ("sort", "name")]).await.column("name")
    };
    assert_eq!(firms_with("count(people as 'director') = 2").await, ["Młyn"]);
    assert_eq!(firms_with("any(people on today where last_name = 'Dawna')").await, ["Piekarnia"]);
    let refused = ada.ask("/records/companies", &[("filter", "any(orders as 'x')")]).await;
    refused.refused_field("filter", "filter-keeps-no-roles");
    // What is wrong is said; nothing is kept of it.
    let before = app.digest().await;
    for (links, code) in [
        (json!([link(0, "x", json!("2025-01-02"), json!("2025-01-01"))]), "field-role-ends-first"),
        (json!([link(0, "x", json!("soon"), Value::Null)]), "field-role-day"),
        (json!([{"id": firms[0], "since": "2025-01-01"}]), "field-unknown-part"),
    ] {
        ada.patch(&path, &json!({"companies": links})).await.refused_field("companies", code);
    }
    assert_eq!(app.digest().await, before);
    // History tells, an undo brings back, a merge keeps.
    let ended = json!({"companies": [link(0, "director", json!("2025-01-01"), json!("2026-05-31"))]});
    let changed = ada.patch(&path, &ended).await;
    assert_eq!((changed.status, &changed["companies"]), (200, &ended["companies"]));
    assert!(people("any(companies as 'director' on today)").await.is_empty());
    let told = ada.get(&format!("{path}/history")).await;
    let companies =
        told["items"][0]["changes"].as_array().unwrap().iter().find(|one| one["field"] == "companies").unwrap();
    assert_eq!(companies["new"], ended["companies"]);
    let action = changed.headers["x-action"].to_str().unwrap();
    ada.post(&format!("/actions/{action}/undo"), &json!({})).await.expect(200);
    assert_eq!(people("any(companies as 'director' on today)").await, ["Obecny"]);
    let merged = json!({"survivor": firms[2], "merged": [firms[0]]});
    let merged = ada.post("/records/companies/merge", &merged).await;
    assert_eq!(merged.status, 200, "{}", merged.text());
    let dated = ada.get(&format!("/records/contacts/{past}")).await;
    assert_eq!(dated["companies"][0], link(2, "director", json!("2020-01-01"), json!("2024-12-31")));
    assert_eq!(firms_with("count(people as 'director' on date'2022-02-02') = 1").await, ["Tartak"]);
    let action = merged.headers["x-action"].to_str().unwrap();
    ada.post(&format!("/actions/{action}/undo"), &json!({})).await.expect(200);
    assert_eq!(firms_with("count(people as 'director' on date'2022-02-02') = 1").await, ["Młyn"]);
    // In a table.
    let file = ada.ask("/records/contacts/export", &[("fields", "last_name,companies")]).await.text();
    assert!(file.contains(&format!("{} director [2025-01-01..]", firms[0])), "{file}");
});

on_both!(a_relation_offers_roles, |app| {
    let ada = app.user("Ada", "administrator").await;
    ada.post("/objects", &json!({"name": "deals"})).await.expect(201);
    let roles = json!([{"code": "decides", "label": {"en": "Decision maker", "pl": "Decydent"}}, "advises"]);
    let field = |roles: &Value| json!({"name": "people", "type": "relations", "target": "contacts", "inverse": "deals", "roles": roles});
    for wrong in [json!([]), json!(["a", "a"]), json!([" "])] {
        ada.post("/objects/deals/fields", &field(&wrong)).await.refused_field("roles", "definition-roles");
    }
    let made = ada.post("/objects/deals/fields", &field(&roles)).await.expect(201);
    assert_eq!(made["roles"]["open"], false);
    assert_eq!(made["roles"]["options"][0]["label"]["pl"], "Decydent");
    assert_eq!(made["schema"]["items"]["properties"]["role"]["enum"], json!(["decides", "advises", null]));
    assert!(ada.get("/configuration").await.text().contains("advises"));
    let person = ada.post("/records/contacts", &json!({"last_name": "Nowak"})).await.made();
    let deal = async |role: &str| {
        ada.post("/records/deals", &json!({"name": "Umowa", "people": [{"id": person, "role": role}]})).await
    };
    deal("buys").await.refused_field("people", "field-unknown-choice");
    assert_eq!(deal("decydent").await["people"], json!([{"id": person, "role": "decides"}]));
    let found = ada.ask("/records/contacts", &[("filter", "any(deals as 'Decision maker')")]).await;
    assert_eq!(found.column("last_name"), ["Nowak"]);
    let place = "/objects/deals/fields/people";
    ada.patch(place, &json!({"roles": ["advises"]})).await.refused_field("roles", "definition-role-in-use");
    ada.patch(place, &json!({"roles": ["decides", "advises", "buys"]})).await.expect(200);
    deal("buys").await.made();
    ada.patch(place, &json!({"roles": true})).await.expect(200);
    deal("signs").await.made();
    ada.patch(place, &json!({"roles": ["decides"]})).await.refused_field("roles", "definition-fixed");
    // The product's own relation names some and takes any.
    let fields = ada.get("/objects/contacts/fields").await;
    let companies = fields["items"].as_array().unwrap().iter().find(|field| field["name"] == "companies").unwrap();
    assert_eq!(
        (&companies["roles"]["open"], &companies["roles"]["options"][0]["code"]),
        (&json!(true), &json!("owner"))
    );
});
