//! What a caller may not know is told nowhere: not in a list, a file, the past, a refusal or a description.

use serde_json::{Value, json};
use testing::{Client, Reply, TestApp, on_both};

/// Everything that a reader of contacts can ask, as one text; each answer must be a good one.
async fn everything(client: &Client, contact: &str, order: &str) -> String {
    let path = format!("/records/contacts/{contact}");
    let mut told = String::new();
    for way in [
        "/records/contacts".to_owned(),
        "/records/contacts?sort=-last_name&search=skryta".to_owned(),
        "/records/contacts/export".to_owned(),
        "/records/contacts/export?format=ndjson".to_owned(),
        path.clone(),
        format!("{path}/history"),
        format!("{path}/timeline"),
        format!("/records/orders/{order}?expand=contact"),
        format!("/records/orders/{order}/timeline"),
        "/records/orders/export".to_owned(),
        "/search?q=skryta".to_owned(),
        "/objects".to_owned(),
        "/objects/contacts/fields".to_owned(),
        "/openapi.json".to_owned(),
    ] {
        let reply = client.get(&way).await;
        assert_eq!(reply.status, 200, "{way}: {}", reply.text());
        told += &format!("{way}: {}\n", reply.text());
    }
    let patched = client.patch(&path, &json!({"source": "targi"})).await;
    let patched_again =
        client.post("/records/contacts/batch", &json!({"update": [{"id": contact, "source": "www"}]})).await;
    told + &patched.text() + &patched_again.text()
}

const SECRETS: [&str; 9] =
    ["1977-07-07", "birth_date", "600777888", "+40213112233", "tajny@", "drugi@", "ul. Cicha", "67-777", "Milcząca"];

async fn skryta(app: &TestApp) -> (String, String) {
    let operator = app.operator();
    let shy = json!({"name": "silent", "type": "text", "personal": "special", "searched": true});
    operator.post("/objects/contacts/fields", &shy).await.expect(201);
    let contact = json!({"last_name": "Skryta", "birth_date": "1977-07-07", "phones": ["+48600777888", "+40213112233"],
        "emails": ["tajny@example.com", "drugi@example.com"], "street": "ul. Cicha 7", "postcode": "67-777", "silent": "Milcząca"});
    let contact = operator.post("/records/contacts", &contact).await.made();
    let path = format!("/records/contacts/{contact}");
    operator.patch(&path, &json!({"birth_date": null, "street": null, "emails": []})).await.expect(200);
    let again = json!({"birth_date": "1977-07-07", "street": "ul. Cicha 7", "emails": ["tajny@example.com", "drugi@example.com"]});
    operator.patch(&path, &again).await.expect(200);
    let order = operator.post("/records/orders", &json!({"number": "S-1", "contact": contact})).await.made();
    (contact, order)
}

/// Sees contacts, but hardly how to reach them.
pub fn shy_role() -> Value {
    json!({"name": "shy", "objects": {"contacts": {"create": true, "read": "all", "update": "all", "export": "all"},
        "orders": {"read": "all", "export": "all"}},
        "fields": {"contacts": {"birth_date": "hidden", "phones": "masked", "email": "masked", "street": "masked", "postcode": "masked"}}})
}

on_both!(what_is_hidden_or_masked_is_told_nowhere, |app| {
    let (contact, order) = skryta(&app).await;
    let jan = app.user_with("Jan", shy_role()).await;
    let told = everything(&jan, &contact, &order).await;
    for secret in SECRETS {
        assert!(
            !told.contains(secret),
            "{secret} is told: {}",
            told.lines().find(|line| line.contains(secret)).unwrap_or("")
        );
    }
    let ada = app.user("Ada", "administrator").await;
    let told = everything(&ada, &contact, &order).await;
    for secret in SECRETS {
        assert!(told.contains(secret), "{secret} would be told to nobody");
    }
    let masked = jan.get(&format!("/records/contacts/{contact}")).await.expect(200);
    assert_eq!(masked["email"], "t•••@•••.com");
    assert_eq!((&masked["phone"], &masked["phones"]), (&json!("+48•••88"), &json!(["+48•••88", "+40•••33"])));
    assert!(masked.get("birth_date").is_none() && masked.get("silent").is_none());
    for asked in ["600777", "tajny", "cicha", "milczaca"] {
        assert!(jan.ask("/search", &[("q", asked)]).await.column("id").is_empty(), "{asked}");
        assert!(jan.ask("/records/contacts", &[("search", asked)]).await.column("id").is_empty(), "{asked}");
        assert_eq!(
            ada.ask("/search", &[("q", asked)]).await.column("id").len(),
            usize::from(asked != "cicha"),
            "{asked}"
        );
    }
});

/// The refusal of a request, with the field's name taken out.
fn nameless(reply: &Reply, field: &str) -> String {
    assert_eq!(reply.status, 422, "{field}: {}", reply.text());
    reply.text().replace(field, "…")
}

on_both!(a_hidden_field_is_refused_like_one_that_was_never_there, |app| {
    let (contact, order) = skryta(&app).await;
    app.settled().await;
    let jan = app.user_with("Jan", shy_role()).await;
    let path = format!("/records/contacts/{contact}");
    let ways = async |field: &str| {
        let mut told = Vec::new();
        let filters = [format!("{field} is empty"), format!("not {field} = 'x'")];
        for filter in &filters {
            for way in ["/records/contacts", "/records/contacts/count", "/records/contacts/export"] {
                told.push(nameless(&jan.ask(way, &[("filter", filter)]).await, field));
            }
        }
        let through = [format!("contact.{field} is empty")];
        told.push(nameless(&jan.ask("/records/orders", &[("filter", &through[0])]).await, field));
        told.push(nameless(&jan.ask("/records/contacts", &[("sort", field)]).await, field));
        let matched = json!({"match": field, "create": [{"last_name": "x"}]});
        told.push(nameless(&jan.post("/records/contacts/batch", &matched).await, field));
        told
    };
    let whole = async |field: &str| {
        let mut told = ways(field).await;
        told.push(nameless(&jan.ask("/records/contacts", &[("fields", field)]).await, field));
        told.push(nameless(&jan.ask("/records/contacts/export", &[("fields", field)]).await, field));
        told.push(nameless(&jan.ask(&path, &[("expand", field)]).await, field));
        told.push(nameless(&jan.patch(&path, &json!({field: "x"})).await, field));
        told.push(nameless(&jan.post("/records/contacts", &json!({field: "x"})).await, field));
        told
    };
    let before = app.digest().await;
    let invented = whole("nonsense").await;
    for hidden in ["birth_date", "silent"] {
        assert_eq!(whole(hidden).await, invented, "{hidden}");
    }
    let invented = ways("nonsense").await;
    for masked in ["street", "email", "emails", "phones"] {
        assert_eq!(ways(masked).await, invented, "{masked}");
        let written = jan.patch(&path, &json!({masked: "x"})).await;
        written.refused_field(masked, "field-read-only");
    }
    assert_eq!(app.digest().await, before);
    assert_eq!(jan.get(&format!("/records/orders/{order}?expand=contact")).await["contact"]["street"], "u•••");
});

on_both!(an_object_that_may_not_be_read_is_not_there, |app| {
    let operator = app.operator();
    operator
        .post(
            "/objects",
            &json!({"name": "secrets", "fields": [
        {"name": "holder", "type": "relation", "target": "contacts", "inverse": "secrets", "on_timeline": true}]}),
        )
        .await
        .expect(201);
    let contact = operator.post("/records/contacts", &json!({"last_name": "Zwykła"})).await.made();
    let secret = operator.post("/records/secrets", &json!({"name": "Sekret", "holder": contact})).await.made();
    let order = operator.post("/records/orders", &json!({"number": "O-1", "contact": contact})).await.made();
    let note = json!({"body": "Notatka", "about": {"object": "secrets", "id": secret}});
    operator.post("/records/notes", &note).await.made();
    let jan = app
        .user_with(
            "Jan",
            json!({"name": "narrow", "objects": {"orders": {"read": "all", "export": "all", "create": true}}}),
        )
        .await;
    app.settled().await;
    let before = app.digest().await;
    for object in ["contacts", "secrets", "nonsense"] {
        let id = if object == "contacts" { &contact } else { &secret };
        for way in ["", "/count", "/export", &format!("/{id}"), &format!("/{id}/history"), &format!("/{id}/timeline")] {
            jan.get(&format!("/records/{object}{way}")).await.refused(404, "not-found");
        }
        jan.post(&format!("/records/{object}"), &json!({"name": "x"})).await.refused(404, "not-found");
        jan.post(&format!("/records/{object}/batch"), &json!({"delete": [id]})).await.refused(404, "not-found");
        jan.patch(&format!("/records/{object}/{id}"), &json!({"name": "x"})).await.refused(404, "not-found");
        jan.delete(&format!("/records/{object}/{id}")).await.refused(404, "not-found");
        jan.get(&format!("/objects/{object}")).await.refused(404, "not-found");
        jan.get(&format!("/objects/{object}/fields")).await.refused(404, "not-found");
    }
    let opened = jan.get(&format!("/records/orders/{order}?expand=contact")).await.expect(200);
    assert_eq!(opened["contact"], Value::Null);
    for filter in ["contact.last_name = 'Zwykla'", "contact.nonsense = 'x'"] {
        assert_eq!(jan.ask("/records/orders", &[("filter", filter)]).await.status, 422, "{filter}");
    }
    jan.post("/records/orders", &json!({"number": "O-2", "contact": contact}))
        .await
        .refused_field("contact", "relation-not-found");
    assert!(jan.ask("/search", &[("q", "zwykla")]).await.column("id").is_empty());
    assert_eq!(app.digest().await, before);
    let document = jan.get("/openapi.json").await.expect(200);
    let schemas: Vec<_> = document["components"]["schemas"].as_object().unwrap().keys().cloned().collect();
    assert!(!document.to_string().contains("secrets") && !schemas.contains(&"contacts".to_owned()), "{schemas:?}");
    assert_eq!(jan.get("/objects").await.column("name"), ["orders"]);
    // Whoever sees the contact alone does not see what leads to it.
    let ewa = app.user_with("Ewa", json!({"name": "contacts-only", "objects": {"contacts": {"read": "all"}}})).await;
    let line = ewa.get(&format!("/records/contacts/{contact}/timeline")).await;
    assert!(!line.text().contains("Sekret") && !line.text().contains("O-1"), "{}", line.text());
    for filter in ["any(secrets)", "count(orders) = 0", "any(nonsense)"] {
        assert_eq!(ewa.ask("/records/contacts", &[("filter", filter)]).await.status, 422, "{filter}");
    }
});

on_both!(a_relation_that_is_hidden_or_masked_leads_nowhere, |app| {
    let operator = app.operator();
    let company = operator.post("/records/companies", &json!({"name": "Cicha Spółka"})).await.made();
    let owner = app.person("Ewa", &[], &[]).await.id;
    let contact = json!({"last_name": "Pracownica", "company": company, "owner": owner});
    let path = format!("/records/contacts/{}", operator.post("/records/contacts", &contact).await.made());
    operator.patch(&path, &json!({"companies": [{"id": company, "role": "prezes"}]})).await.expect(200);
    let all = json!({"read": "all", "export": "all"});
    let role = json!({"name": "discreet", "objects": {"contacts": all, "companies": all},
        "fields": {"contacts": {"company": "hidden", "owner": "masked"}}});
    let jan = app.user_with("Jan", role).await;
    for way in
        [path.clone(), format!("{path}/history"), format!("{path}/timeline"), "/records/contacts/export".to_owned()]
    {
        let told = jan.get(&way).await;
        assert_eq!(told.status, 200, "{way}");
        for secret in [company.as_str(), owner.as_str(), "prezes"] {
            assert!(!told.text().contains(secret), "{way} tells {secret}: {}", told.text());
        }
    }
    let invented = nameless(&jan.ask(&path, &[("expand", "nonsense")]).await, "nonsense");
    for hidden in ["company", "companies", "owner"] {
        assert_eq!(nameless(&jan.ask(&path, &[("expand", hidden)]).await, hidden), invented);
        assert_eq!(
            jan.ask("/records/contacts", &[("filter", &format!("{hidden}.name = 'Ewa'"))]).await.status,
            422,
            "{hidden}"
        );
    }
    for filter in ["any(contacts)", "any(people)"] {
        assert_eq!(jan.ask("/records/companies", &[("filter", filter)]).await.status, 422, "{filter}");
    }
    assert_eq!(operator.ask(&path, &[("expand", "company")]).await.expect(200)["company"]["name"], "Cicha Spółka");
});

on_both!(a_hidden_part_of_a_name_stands_in_no_title, |app| {
    let contact = json!({"first_name": "Jawna", "last_name": "Ukryta"});
    let path = format!("/records/contacts/{}", app.operator().post("/records/contacts", &contact).await.made());
    let role = json!({"name": "first-names", "objects": {"contacts": {"read": "all"}}, "fields": {"contacts": {"last_name": "hidden"}}});
    let jan = app.user_with("Jan", role).await;
    assert_eq!(jan.get(&format!("{path}/timeline")).await.column("title"), ["Jawna"]);
    assert_eq!(jan.ask("/search", &[("q", "jawna")]).await.column("title"), ["Jawna"]);
    assert!(jan.ask("/search", &[("q", "ukryta")]).await.column("id").is_empty());
    assert_eq!(jan.get("/objects/contacts").await["title"], json!(["first_name"]));
});

on_both!(a_masked_part_of_a_name_stands_masked_in_every_title, |app| {
    let contact = json!({"first_name": "Jawna", "last_name": "Ukryta"});
    let id = app.operator().post("/records/contacts", &contact).await.made();
    app.operator().post("/records/orders", &json!({"number": "1", "contact": id})).await.made();
    let rights = json!({"contacts": {"read": "all"}, "orders": {"read": "all"}});
    let role = json!({"name": "masked", "objects": rights, "fields": {"contacts": {"last_name": "masked"}}});
    let jan = app.user_with("Jan", role).await;
    jan.put(&format!("/recents/contacts/{id}"), &json!({})).await;
    let grouped = jan.ask("/records/orders/totals", &[("group", "contact")]).await;
    let mut titles = vec![grouped["groups"][0]["labels"]["contact"].clone()];
    // The order stands there, too.
    let past = jan.get(&format!("/records/contacts/{id}/timeline")).await.column("title");
    titles.extend(past.into_iter().filter(|title| title != "1"));
    titles.extend(jan.ask("/search", &[("q", "jawna")]).await.column("title"));
    titles.extend(jan.get("/recents").await.column("title"));
    assert!(titles.len() >= 4, "{titles:?}");
    for title in titles {
        let title = title.as_str().unwrap();
        assert!(title.starts_with("Jawna ") && title.contains('•') && !title.contains("Ukryta"), "{title}");
    }
});
