//! Records: made, read, changed, listed, binned, remembered.

use serde_json::json;
use testing::on_both;

on_both!(a_contact_is_made_read_changed_and_binned, |app| {
    let ada = app.user("Ada", "administrator").await;
    let made = ada
        .post(
            "/records/contacts",
            &json!({"first_name": "Łucja", "last_name": "Żak", "email": "lucja@example.com",
        "phone": "+48 600 123 456", "city": "Łódź"}),
        )
        .await;
    let id = made["id"].as_str().unwrap().to_owned();
    assert!(made.headers.contains_key("x-action"));
    let made = made.expect(201);
    assert_eq!(made["version"], 1);
    assert_eq!(made["phone"], "+48600123456");
    assert_eq!(made["emails"], json!(["lucja@example.com"]));
    let path = format!("/records/contacts/{id}");
    assert_eq!(ada.get(&path).await.expect(200), made);
    let changed = ada.patch(&path, &json!({"last_name": "Nowak-Żak"})).await.expect(200);
    assert_eq!(changed["version"], 2);
    let stale = ada.header("if-match", "\"1\"").patch(&path, &json!({"city": "Kraków"})).await;
    assert_eq!((stale.status, stale["code"].as_str()), (412, Some("stale")));
    let listed = ada.ask("/records/contacts", &[("filter", "city = 'lodz' and last_name contains 'zak'")]).await;
    assert_eq!(listed.column("id"), [json!(id)]);
    assert_eq!(ada.ask("/search", &[("q", "lucj")]).await.column("id"), [json!(id)]);
    assert_eq!(ada.ask("/search", &[("q", "600123")]).await.column("id"), [json!(id)]);
    let history = ada.get(&format!("{path}/history")).await;
    assert_eq!(history.json["items"].as_array().unwrap().len(), 2);
    assert_eq!(history.json["items"][0]["changes"][0], json!({"field": "last_name", "old": "Żak", "new": "Nowak-Żak"}));
    ada.delete(&path).await.expect(204);
    assert_eq!(ada.get(&path).await.status, 404);
    assert!(ada.ask("/search", &[("q", "lucj")]).await.column("id").is_empty());
    let restored = ada.post(&format!("{path}/restore"), &json!({})).await.expect(200);
    assert_eq!(restored["version"], 4);
    assert_eq!(ada.ask("/search", &[("q", "lucj")]).await.column("id"), [json!(id)]);
});

on_both!(every_mistake_in_a_body_is_told_with_its_field_in_the_callers_language, |app| {
    let ada = app.person("Ada", &["administrator"], &[]).await;
    let wrong = json!({"shoe_size": 43, "version": 7, "birth_date": "1990-02-31", "first_name": 5, "email": "nobody",
        "country": "Atlantis", "tags": "vip", "company": "ORLEN"});
    let codes = [
        ("shoe_size", "field-unknown"),
        ("version", "field-read-only"),
        ("birth_date", "field-not-a-date"),
        ("first_name", "field-needs-text"),
        ("email", "field-not-an-email"),
        ("country", "field-unknown-country"),
        ("tags", "field-needs-list"),
        ("company", "field-not-an-id"),
    ];
    let mut sentences = Vec::new();
    for language in ["en", "pl", "fr", "ro"] {
        app.operator().patch(&format!("/users/{}", ada.id), &json!({"language": language})).await.expect(200);
        let before = app.digest().await;
        let refused = ada.post("/records/contacts", &wrong).await;
        refused.refused(422, "invalid");
        assert_eq!(refused.headers["content-type"], "application/problem+json");
        assert_eq!(refused.headers["content-language"], language);
        let errors = refused["errors"].as_array().unwrap().clone();
        let told: Vec<_> = errors.iter().map(|e| (e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
        assert_eq!(told, codes);
        let texts: Vec<_> = errors.iter().map(|error| error["message"].as_str().unwrap().to_owned()).collect();
        assert!(texts.iter().zip(&told).all(|(text, (_, code))| text.contains(' ') && text != code), "{texts:?}");
        sentences.push((refused["title"].clone(), texts));
        assert_eq!(app.digest().await.differences(&before), Vec::<String>::new());
    }
    for (at, one) in sentences.iter().enumerate() {
        for other in &sentences[at + 1..] {
            assert!(one.0 != other.0 && one.1.iter().zip(&other.1).all(|(a, b)| a != b), "{one:?} {other:?}");
        }
    }
});

on_both!(a_body_that_is_no_record_is_refused_and_nothing_breaks, |app| {
    let ada = app.user("Ada", "administrator").await;
    let before = app.digest().await;
    let bodies =
        ["", "[]", "7", "null", "\"Ada\"", "{", "{\"city\":\"Łódź\",\"city\":\"Kraków\"}", "{\"city\":\"\u{1}\"}"];
    for body in bodies {
        let method = axum::http::Method::POST;
        let kind = Some("application/json");
        let reply = ada.send_bytes(method, "/records/contacts", kind, body.as_bytes().to_vec()).await;
        assert!((400..=422).contains(&reply.status), "{body}: {}", reply.text());
        assert!(reply["code"].is_string(), "{body}: {}", reply.text());
    }
    let latin = b"{\"city\":\"\xa3\xf3d\xbc\"}".to_vec();
    let reply = ada.send_bytes(axum::http::Method::POST, "/records/contacts", Some("application/json"), latin).await;
    assert!((400..=422).contains(&reply.status), "{}", reply.text());
    let reply = ada.send_bytes(axum::http::Method::POST, "/records/contacts", Some("text/plain"), b"{}".to_vec()).await;
    assert_eq!(reply.status, 415, "{}", reply.text());
    assert_eq!(app.digest().await, before);
});

on_both!(what_is_not_there_is_not_found, |app| {
    let ada = app.user("Ada", "administrator").await;
    let id = ada.post("/records/companies", &json!({"name": "Żabka"})).await.made();
    for path in [
        "/records/unicorns".to_owned(),
        "/records/users".to_owned(),
        format!("/records/contacts/{id}"),
        "/records/companies/0000000000001".to_owned(),
        "/records/companies/not-an-id".to_owned(),
        format!("/records/companies/{id}x"),
        "/records/companies/0000000000001/history".to_owned(),
        "/records/companies/0000000000001/timeline".to_owned(),
    ] {
        ada.get(&path).await.refused(404, "not-found");
    }
    ada.post(&format!("/records/companies/{id}/restore"), &json!({})).await.refused(404, "not-found");
    ada.delete(&format!("/records/companies/{id}")).await.expect(204);
    ada.delete(&format!("/records/companies/{id}")).await.refused(404, "not-found");
    ada.patch(&format!("/records/companies/{id}"), &json!({"city": "Lublin"})).await.refused(404, "not-found");
});

on_both!(several_addresses_and_numbers_have_a_first_one, |app| {
    let ada = app.user("Ada", "administrator").await;
    let id = ada
        .post(
            "/records/contacts",
            &json!({"last_name": "Wiśniewska", "emails": ["ewa@firma.example", "ewa@dom.example", "ewa@firma.example"],
                "phones": ["22 825 10 20", "+40 21 311 22 33"],
                "addresses": [{"label": "biuro", "street": "ul. Piękna 3", "postcode": "00-539", "city": "Warszawa",
                    "country": "PL"}, {"city": "Iași", "country": "România"}]}),
        )
        .await
        .made();
    let path = format!("/records/contacts/{id}");
    let made = ada.get(&path).await.expect(200);
    assert_eq!(made["emails"], json!(["ewa@firma.example", "ewa@dom.example"]));
    assert_eq!(made["email"], "ewa@firma.example");
    assert_eq!(made["phones"], json!(["+48228251020", "+40213112233"]));
    assert_eq!(made["phone"], "+48228251020");
    assert_eq!(made["addresses"][1], json!({"city": "Iași", "country": "RO"}));
    let changed = ada.patch(&path, &json!({"email": "ewa@nowa.example"})).await.expect(200);
    assert_eq!(changed["emails"], json!(["ewa@nowa.example", "ewa@dom.example"]));
    let found =
        ada.ask("/records/contacts", &[("filter", "emails = 'ewa@dom.example' and phones contains '311'")]).await;
    assert_eq!(found.column("id"), [json!(id)]);
    let emptied = ada.patch(&path, &json!({"emails": [], "phone": null})).await.expect(200);
    assert_eq!((&emptied["email"], &emptied["emails"]), (&json!(null), &json!([])));
    assert_eq!((&emptied["phone"], &emptied["phones"]), (&json!("+40213112233"), &json!(["+40213112233"])));
    assert_eq!(ada.get(&path).await.expect(200), emptied);
});

on_both!(a_version_that_lost_is_stale_and_of_two_one_wins, |app| {
    let ada = app.user("Ada", "administrator").await;
    let made = ada.post("/records/companies", &json!({"name": "Dacia"})).await;
    assert_eq!(made.headers["etag"], "\"1\"");
    let path = format!("/records/companies/{}", made.made());
    assert_eq!(ada.get(&path).await.headers["etag"], "\"1\"");
    for tag in ["\"1\"", "W/\"2\"", "3", "*"] {
        let reply = ada.header("if-match", tag).patch(&path, &json!({"city": format!("Pitești {tag}")})).await;
        assert_eq!(reply.status, 200, "{tag}: {}", reply.text());
    }
    ada.header("if-match", "\"1\"").patch(&path, &json!({"city": "Mioveni"})).await.refused(412, "stale");
    ada.header("if-match", "\"1\"").delete(&path).await.refused(412, "stale");
    ada.header("if-match", "yesterday").patch(&path, &json!({"city": "Mioveni"})).await.refused(422, "invalid");
    // Saying what is there already makes no new version and no history.
    let same = ada.patch(&path, &json!({"name": "Dacia"})).await.expect(200);
    assert_eq!(same["version"], 5);
    assert_eq!(ada.get(&path).await.expect(200), same);
    let racing = ada.header("if-match", "\"5\"");
    let (one, other) = (json!({"city": "Pitești"}), json!({"city": "București"}));
    let (one, other) = tokio::join!(racing.patch(&path, &one), racing.patch(&path, &other));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
});

on_both!(changes_without_a_version_that_meet_are_all_kept, |app| {
    let ada = app.user("Ada", "administrator").await;
    let path =
        format!("/records/contacts/{}", ada.post("/records/contacts", &json!({"last_name": "Lis"})).await.made());
    let (city, region, country) = (json!({"city": "Gdańsk"}), json!({"region": "Pomorze"}), json!({"country": "PL"}));
    let replies = tokio::join!(ada.patch(&path, &city), ada.patch(&path, &region), ada.patch(&path, &country));
    assert_eq!([replies.0.status, replies.1.status, replies.2.status], [200; 3]);
    let after = ada.get(&path).await.expect(200);
    assert_eq!([&after["city"], &after["region"], &after["country"]], ["Gdańsk", "Pomorze", "PL"]);
    assert_eq!(after["version"], 4);
});

on_both!(an_order_number_stands_once_among_the_living, |app| {
    let ada = app.user("Ada", "administrator").await;
    let first = ada.post("/records/orders", &json!({"number": "Zam-1"})).await.made();
    let before = app.digest().await;
    ada.post("/records/orders", &json!({"number": "ZAM-1"})).await.refused(409, "unique-taken");
    assert_eq!(app.digest().await, before);
    ada.delete(&format!("/records/orders/{first}")).await.expect(204);
    let second = ada.post("/records/orders", &json!({"number": "zam-1"})).await.made();
    ada.post(&format!("/records/orders/{first}/restore"), &json!({})).await.refused(409, "unique-taken");
    ada.patch(&format!("/records/orders/{second}"), &json!({"number": "zam-2"})).await.expect(200);
    ada.post(&format!("/records/orders/{first}/restore"), &json!({})).await.expect(200);
    ada.patch(&format!("/records/orders/{second}"), &json!({"number": "Zam-1"})).await.refused(409, "unique-taken");
    ada.post("/records/orders", &json!({"number": " "})).await.refused_field("number", "field-required");
    ada.post("/records/orders", &json!({})).await.refused_field("number", "field-required");
    ada.patch(&format!("/records/orders/{second}"), &json!({"number": null}))
        .await
        .refused_field("number", "field-required");
});

on_both!(of_twenty_that_race_for_a_number_one_gets_it, |app| {
    let ada = app.user("Ada", "administrator").await;
    let body = json!({"number": "FV/2026/11/001"});
    let mut racing = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (ada, body) = (ada.clone(), body.clone());
        racing.spawn(async move { ada.post("/records/orders", &body).await.status });
    }
    let mut statuses = racing.join_all().await;
    statuses.sort_unstable();
    assert_eq!((statuses[0], statuses[1], statuses[19]), (201, 409, 409));
});

on_both!(only_the_fields_asked_for_are_answered, |app| {
    let ada = app.user("Ada", "administrator").await;
    let id = ada.post("/records/contacts", &json!({"last_name": "Dvořák", "city": "Praha"})).await.made();
    let one = ada.ask(&format!("/records/contacts/{id}"), &[("fields", "city, last_name")]).await.expect(200);
    assert_eq!(one, json!({"id": id, "city": "Praha", "last_name": "Dvořák", "version": 1}));
    let list = ada.ask("/records/contacts", &[("fields", "city")]).await;
    assert_eq!(list["items"], json!([{"id": id, "city": "Praha", "version": 1}]));
    ada.ask("/records/contacts", &[("fields", "city,shoe_size")]).await.refused_field("fields", "fields-unknown");
    ada.ask(&format!("/records/contacts/{id}"), &[("fields", "orders")])
        .await
        .refused_field("fields", "fields-unknown");
});

on_both!(a_record_belongs_to_its_owners_first_team, |app| {
    let (north, south) = (app.team("Północ", None).await, app.team("Sud", None).await);
    let ada = app.person("Ada", &["administrator"], &[&south]).await;
    let jan = app.person("Jan", &["seller"], &[&north, &south]).await;
    let own = ada.post("/records/contacts", &json!({"last_name": "Mircea"})).await.expect(201);
    assert_eq!((&own["owner"], &own["team"]), (&json!(ada.id), &json!(south)));
    let given = ada.post("/records/contacts", &json!({"last_name": "Nowak", "owner": jan.id})).await.expect(201);
    assert_eq!((&given["owner"], &given["team"]), (&json!(jan.id), &json!(north)));
    let said =
        ada.post("/records/contacts", &json!({"last_name": "Pop", "owner": jan.id, "team": south})).await.expect(201);
    assert_eq!(said["team"], json!(south));
    let nobodys = ada.post("/records/contacts", &json!({"last_name": "Kot", "owner": null})).await.expect(201);
    assert_eq!((&nobodys["owner"], &nobodys["team"]), (&json!(null), &json!(null)));
});
