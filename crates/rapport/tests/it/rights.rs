//! Rights: how far each action reaches, on every way. What must stay unknown is looked at in `secrecy`.

use serde_json::{Value, json};
use testing::{Client, Person, Reply, TestApp, on_both};

/// Vera and four contacts: hers, one of her team, one of the team below, one of strangers.
struct Office {
    vera: Person,
    ids: [String; 4],
}

const NAMES: [&str; 4] = ["Własna", "Kolegi", "Podwładnego", "Obca"];

async fn office(app: &TestApp, grant: Value) -> Office {
    app.role(&json!({"name": "tried", "objects": {"contacts": grant}})).await;
    let poland = app.team("Polska", None).await;
    let mazovia = app.team("Mazowsze", Some(&poland)).await;
    let romania = app.team("România", None).await;
    let vera = app.person("Vera", &["tried"], &[&poland]).await;
    let jan = app.person("Jan", &[], &[]).await;
    let operator = app.operator();
    let places = [(&vera.id, None), (&jan.id, Some(poland)), (&jan.id, Some(mazovia)), (&jan.id, Some(romania))];
    let mut ids = Vec::new();
    for ((owner, team), name) in places.into_iter().zip(NAMES) {
        let contact = json!({"last_name": name, "city": "Łomża", "owner": owner, "team": team});
        ids.push(operator.post("/records/contacts", &contact).await.made());
    }
    Office { vera, ids: ids.try_into().unwrap() }
}

/// A scope, and how many of the four it reaches.
const SCOPES: [(&str, usize); 5] = [("none", 0), ("own", 1), ("team", 2), ("team_tree", 3), ("all", 4)];

async fn with_scope(app: &TestApp, grant: Value) {
    let operator = app.operator();
    let roles = operator.get("/roles?limit=200").await;
    let role = roles["items"].as_array().unwrap().iter().find(|role| role["name"] == "tried").unwrap()["id"].clone();
    let change = json!({"objects": {"contacts": grant}});
    operator.patch(&format!("/roles/{}", role.as_str().unwrap()), &change).await.expect(200);
}

/// The rows of a CSV, without the head.
fn csv(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.text().trim_start_matches('\u{feff}').lines().skip(1).map(str::to_owned).collect()
}

on_both!(reading_reaches_as_far_as_the_role_says_on_every_way, |app| {
    let office = office(&app, json!({})).await;
    let vera = &office.vera;
    for (scope, reached) in SCOPES {
        with_scope(&app, json!({"read": scope, "update": "all", "delete": "all", "export": "all"})).await;
        let before = app.digest().await;
        for (at, id) in office.ids.iter().enumerate() {
            let path = format!("/records/contacts/{id}");
            let status = if at < reached { 200 } else { 404 };
            for way in ["", "/history", "/timeline", "?expand=owner", "?fields=city"] {
                assert_eq!(vera.get(&format!("{path}{way}")).await.status, status, "{scope} {at} {way}");
            }
            if at >= reached {
                vera.patch(&path, &json!({"city": "Inne"})).await.refused(404, "not-found");
                vera.delete(&path).await.refused(404, "not-found");
                vera.post(&format!("{path}/restore"), &json!({})).await.refused(404, "not-found");
            }
        }
        if reached == 0 {
            for way in ["", "/count", "/export", "?search=lom"] {
                vera.get(&format!("/records/contacts{way}")).await.refused(404, "not-found");
            }
            vera.post("/records/contacts/batch", &json!({"delete": office.ids})).await.refused(404, "not-found");
            assert!(vera.ask("/search", &[("q", "obca")]).await.column("id").is_empty());
        } else {
            assert_eq!(vera.get("/records/contacts").await.column("last_name"), NAMES[..reached]);
            assert_eq!(
                vera.ask("/records/contacts", &[("filter", "city = 'Lomza'"), ("sort", "-id")])
                    .await
                    .column("id")
                    .len(),
                reached
            );
            assert_eq!(vera.get("/records/contacts/count").await["count"], reached);
            assert_eq!(vera.get("/records/contacts/count?exact=true").await["count"], reached);
            assert_eq!(csv(&vera.get("/records/contacts/export?fields=last_name").await), NAMES[..reached]);
            for (at, name) in NAMES.iter().enumerate() {
                let seen = usize::from(at < reached);
                assert_eq!(vera.ask("/search", &[("q", name)]).await.column("id").len(), seen, "{scope} {name}");
                assert_eq!(
                    vera.ask("/records/contacts", &[("search", name)]).await.column("id").len(),
                    seen,
                    "{scope} {name}"
                );
            }
        }
        // Only the note of who exported what is new.
        let differences = app.digest().await.differences(&before);
        assert!(differences.iter().all(|line| line.starts_with("event: ") && reached > 0), "{differences:?}");
    }
});

on_both!(changing_reaches_as_far_as_the_role_says, |app| {
    let office = office(&app, json!({})).await;
    let vera = &office.vera;
    for (scope, reached) in SCOPES {
        with_scope(&app, json!({"read": "all", "update": scope, "delete": scope, "export": scope})).await;
        for (at, id) in office.ids.iter().enumerate() {
            let path = format!("/records/contacts/{id}");
            let change = json!({"city": format!("Ostrołęka {scope}")});
            if at < reached {
                vera.patch(&path, &change).await.expect(200);
                vera.delete(&path).await.expect(204);
                vera.post(&format!("{path}/restore"), &json!({})).await.expect(200);
                continue;
            }
            let before = app.digest().await;
            vera.patch(&path, &change).await.refused(403, "rights-change");
            vera.delete(&path).await.refused(403, "rights-delete");
            app.operator().delete(&path).await.expect(204);
            let binned = app.digest().await;
            vera.post(&format!("{path}/restore"), &json!({})).await.refused(403, "rights-delete");
            assert_eq!(app.digest().await, binned);
            app.operator().post(&format!("{path}/restore"), &json!({})).await.expect(200);
            let batch = json!({"update": [{"id": id, "city": "x"}], "delete": [id]});
            let results = vera.post("/records/contacts/batch", &batch).await;
            assert_eq!(results["results"][0]["problem"]["code"], "rights-change", "{}", results.text());
            // A notification of an earlier change names the record, and looks different with it.
            let differences = app.digest().await.differences(&before);
            assert!(
                differences
                    .iter()
                    .all(|line| ["event", "contact", "notice: 1 rows"].iter().any(|word| line.starts_with(word))),
                "{differences:?}"
            );
        }
        let export = vera.get("/records/contacts/export?fields=last_name").await;
        match reached {
            0 => export.refused(403, "rights-export"),
            _ => assert_eq!(csv(&export), NAMES[..reached], "{scope}"),
        }
    }
    vera.post("/records/contacts", &json!({"last_name": "Nowa"})).await.refused(403, "rights-create");
});

on_both!(what_is_counted_over_relations_is_what_the_asker_may_see, |app| {
    let operator = app.operator();
    let jan = app.person("Jan", &[], &[]).await;
    app.role(&json!({"name": "own-orders", "objects": {"contacts": {"read": "all"}, "orders": {"read": "own"}}})).await;
    operator.patch(&format!("/users/{}", jan.id), &json!({"roles": ["own-orders"]})).await.expect(200);
    let contact = operator.post("/records/contacts", &json!({"last_name": "Kupująca"})).await.made();
    for (number, owner) in [("1", Some(&jan.id)), ("2", None), ("3", None)] {
        let total = json!({"amount": "100", "currency": "EUR"});
        operator
            .post("/records/orders", &json!({"number": number, "contact": contact, "owner": owner, "total": total}))
            .await
            .made();
    }
    for (filter, mine, all) in [
        ("count(orders) = 1", 1, 0),
        ("count(orders) = 3", 0, 1),
        ("sum(orders.total) > 200", 0, 1),
        ("any(orders where number = '2')", 0, 1),
        ("no(orders where number = '2')", 1, 0),
        ("all(orders where number = '1')", 1, 0),
    ] {
        let count =
            async |client: &Client| client.ask("/records/contacts/count", &[("filter", filter)]).await["count"].clone();
        assert_eq!((count(&jan).await, count(&operator).await), (json!(mine), json!(all)), "{filter}");
    }
    let line = jan.get(&format!("/records/contacts/{contact}/timeline")).await;
    assert_eq!(line.column("object"), ["orders", "contacts"]);
});

on_both!(a_batch_does_not_find_what_its_sender_may_not_see, |app| {
    let operator = app.operator();
    let hidden =
        operator.post("/records/contacts", &json!({"last_name": "Cudza", "email": "ta.sama@example.com"})).await.made();
    let role = json!({"name": "own-only", "objects": {"contacts": {"create": true, "read": "own", "update": "all"}}});
    let jan = app.user_with("Jan", role).await;
    let body = json!({"match": "email", "create": [{"email": "ta.sama@example.com", "last_name": "Moja"}]});
    let reply = jan.post("/records/contacts/batch", &body).await;
    assert_eq!(reply["results"][0]["status"], 201, "{}", reply.text());
    assert_eq!(operator.get(&format!("/records/contacts/{hidden}")).await["version"], 1);
    let again = jan.post("/records/contacts/batch", &body).await;
    assert_eq!((&again["results"][0]["status"], &again["results"][0]["id"]), (&json!(200), &reply["results"][0]["id"]));
});

on_both!(a_tokens_scopes_narrow_and_never_widen, |app| {
    let ada = app.person("Ada", &["administrator"], &[]).await;
    app.role(&crate::secrecy::shy_role()).await;
    let jan = app.person("Jan", &["shy"], &[]).await;
    let contact =
        app.operator().post("/records/contacts", &json!({"last_name": "X", "street": "Długa 1"})).await.made();
    let path = format!("/records/contacts/{contact}");
    let narrow = app.token(&ada.id, &json!({"name": "reader", "scopes": ["contacts:read"]})).await;
    narrow.get(&path).await.expect(200);
    narrow.patch(&path, &json!({"city": "x"})).await.refused(403, "rights-change");
    narrow.delete(&path).await.refused(403, "rights-delete");
    narrow.post("/records/contacts", &json!({})).await.refused(403, "rights-create");
    narrow.get("/records/contacts/export").await.refused(403, "rights-export");
    narrow.get("/records/companies").await.refused(404, "not-found");
    for path in ["/roles", "/jobs"] {
        assert_eq!(narrow.get(path).await.status, 403, "{path}");
    }
    narrow.patch("/settings", &json!({"company": "x"})).await.refused(403, "administrators-only");
    let wide = app
        .token(&jan.id, &json!({"name": "wide", "scopes": ["contacts:read", "contacts:write", "companies:read"]}))
        .await;
    assert_eq!(wide.get(&path).await.expect(200)["street"], "D•••");
    wide.get("/records/companies").await.refused(404, "not-found");
    wide.get("/records/contacts/export").await.refused(403, "rights-export");
    wide.delete(&path).await.refused(403, "rights-delete");
});

on_both!(a_change_of_rights_counts_from_the_next_request, |app| {
    let operator = app.operator();
    let team = app.team("Zespół", None).await;
    let jan = app.person("Jan", &["reader"], &[]).await;
    let user = format!("/users/{}", jan.id);
    operator.post("/records/contacts", &json!({"last_name": "A", "team": team})).await.made();
    assert_eq!(jan.get("/records/contacts").await.column("last_name"), ["A"]);
    operator.patch(&user, &json!({"roles": ["seller"]})).await.expect(200);
    assert!(jan.get("/records/contacts").await.column("last_name").is_empty());
    operator.patch(&user, &json!({"teams": [team]})).await.expect(200);
    assert_eq!(jan.get("/records/contacts").await.column("last_name"), ["A"]);
    operator.patch(&user, &json!({"roles": []})).await.expect(200);
    jan.get("/records/contacts").await.refused(404, "not-found");
    operator.patch(&user, &json!({"roles": ["manager"]})).await.expect(200);
    jan.get("/records/contacts").await.expect(200);
    operator.patch(&user, &json!({"active": false})).await.expect(200);
    jan.get("/records/contacts").await.refused(401, "unauthenticated");
    jan.post("/records/contacts", &json!({"last_name": "B"})).await.refused(401, "unauthenticated");
    operator.patch(&user, &json!({"active": true})).await.expect(200);
    jan.get("/records/contacts").await.expect(200);
});

on_both!(several_roles_unite, |app| {
    let operator = app.operator();
    app.role(&json!({"name": "one", "objects": {"contacts": {"read": "own", "update": "own"}}, "fields": {"contacts": {"city": "hidden", "street": "hidden"}}})).await;
    app.role(&json!({"name": "two", "objects": {"contacts": {"read": "all"}, "companies": {"read": "all"}}, "fields": {"contacts": {"city": "masked"}}})).await;
    let jan = app.person("Jan", &["one", "two"], &[]).await;
    let ewa = app.person("Ewa", &["one"], &[]).await;
    for owner in [&jan, &ewa] {
        let contact = json!({"last_name": owner.email, "owner": owner.id, "city": "Mława", "street": "Boczna"});
        operator.post("/records/contacts", &contact).await.made();
    }
    let list = jan.get("/records/contacts").await;
    assert_eq!(list.column("city"), ["M•••", "M•••"]);
    assert_eq!(list.column("street"), ["Boczna", "Boczna"]);
    jan.get("/records/companies").await.expect(200);
    let hers = list["items"][1]["id"].as_str().unwrap();
    jan.patch(&format!("/records/contacts/{hers}"), &json!({"last_name": "x"})).await.refused(403, "rights-change");
    let own = ewa.get("/records/contacts").await;
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    assert!(own["items"][0].get("city").is_none() && own["items"][0].get("street").is_none());
});
