//! An import may do what its user may do, row by row: nothing is bypassed, and nothing hidden is found out by it.

use super::upload::{counts, ended, error_lines, import, send};
use serde_json::json;
use testing::on_both;

on_both!(a_seller_changes_own_contacts_and_no_others, |app| {
    let sam = app
        .user_with(
            "sam",
            json!({"name": "field-seller", "objects": {
            "contacts": {"create": true, "read": "all", "update": "own", "delete": "none", "export": "none"}}}),
        )
        .await;
    let operator = app.operator();
    let owner = json!({"last_name": "Foreign", "email": "foreign@example.com", "city": "Gdynia"});
    let foreign = operator.post("/records/contacts", &owner).await.expect(201);
    sam.post("/records/contacts", &json!({"last_name": "Own", "email": "own@example.com"})).await.expect(201);
    let file = b"last_name,email,city\nA,own@example.com,Sopot\nB,foreign@example.com,Sopot\nC,new@example.com,Sopot\n";
    let done = import(&app, &sam, "contacts", file, &json!({"match": "email"})).await;
    assert_eq!(counts(&done), [1, 1, 0, 1], "{done}");
    let errors = error_lines(&sam, &done).await;
    assert!(errors[1].starts_with("B,foreign@example.com,Sopot,3,"), "{errors:?}");
    let kept = operator.get(&format!("/records/contacts/{}", foreign["id"].as_str().unwrap())).await.expect(200);
    assert_eq!((&kept["city"], &kept["version"]), (&json!("Gdynia"), &json!(1)));
    let mine = sam.ask("/records/contacts", &[("filter", "owner = me and city = 'Sopot'")]).await;
    assert_eq!(mine.column("id").len(), 2, "what a seller imports is the seller's");
});

on_both!(what_a_user_may_not_see_is_not_matched, |app| {
    let sam = app
        .user_with(
            "sam",
            json!({"name": "own-only", "objects": {
            "contacts": {"create": true, "read": "own", "update": "own"}}}),
        )
        .await;
    let operator = app.operator();
    let foreign = json!({"last_name": "Foreign", "email": "foreign@example.com"});
    let foreign = operator.post("/records/contacts", &foreign).await.expect(201);
    let done =
        import(&app, &sam, "contacts", b"last_name,email\nB,foreign@example.com\n", &json!({"match": "email"})).await;
    assert_eq!(counts(&done), [1, 0, 0, 0], "{done}");
    let by_id = format!("id,last_name\n{},Taken\n", foreign["id"].as_str().unwrap());
    let done = import(&app, &sam, "contacts", by_id.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [0, 0, 0, 1], "{done}");
    let kept = operator.get(&format!("/records/contacts/{}", foreign["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(kept["last_name"], "Foreign");
});

on_both!(who_may_only_read_brings_nothing_in, |app| {
    let rita = app.user("Rita", "reader").await;
    let done = import(&app, &rita, "contacts", b"last_name\nX\nY\n", &json!({})).await;
    assert_eq!(counts(&done), [0, 0, 0, 2], "{done}");
    assert_eq!(app.operator().get("/records/contacts/count").await["count"], 0);
    let ignored = app.user_with("Noone", json!({"name": "nothing", "objects": {"tasks": {"read": "all"}}})).await;
    assert_eq!(send(&ignored, "contacts", b"last_name\nX\n", &json!({})).await.status, 404);
    let path = format!("/imports/{}", done["id"].as_str().unwrap());
    assert_eq!(ignored.get(&path).await.status, 404, "another's import is not there");
    assert_eq!(ignored.get(&format!("{path}/errors")).await.status, 404);
});

on_both!(a_hidden_field_is_neither_written_nor_found_out, |app| {
    let role = json!({"name": "half-blind",
        "objects": {"contacts": {"create": true, "read": "all", "update": "all"}, "companies": {"read": "all"}},
        "fields": {"contacts": {"birth_date": "hidden", "email": "masked", "segment": "read"},
                   "companies": {"tax_id": "hidden"}}});
    let sam = app.user_with("sam", role).await;
    let operator = app.operator();
    operator.post("/records/contacts", &json!({"last_name": "Ada", "email": "ada@example.com"})).await.expect(201);
    operator.post("/records/companies", &json!({"name": "Acme", "tax_id": "5260250274"})).await.expect(201);
    let file = b"last_name,birth_date,segment\nOne,1990-01-02,\nTwo,,gold\nThree,,\n";
    let done = import(&app, &sam, "contacts", file, &json!({})).await;
    assert_eq!(counts(&done), [1, 0, 0, 2], "{done}");
    let errors = error_lines(&sam, &done).await;
    assert!(errors[1].contains(",2,birth_date,") && errors[2].contains(",3,segment,"), "{errors:?}");

    let begun = send(&sam, "contacts", b"last_name,email\nX,ada@example.com\n", &json!({"match": "email"})).await;
    let outcome = match begun.status {
        202 => ended(&app, &sam, &begun.json).await,
        _ => begun.json,
    };
    assert_ne!(outcome["state"], "done", "a masked field must not say who is there: {outcome}");

    let map = json!({"map": "[fields]\nlast_name = \"last_name\"\ncompany.tax_id = \"nip\"\n"});
    let known = import(&app, &sam, "contacts", b"last_name,nip\nY,5260250274\n", &map).await;
    let unknown = import(&app, &sam, "contacts", b"last_name,nip\nY,1111111111\n", &map).await;
    assert_eq!((counts(&known), counts(&unknown)), ([0, 0, 0, 1], [0, 0, 0, 1]), "a hidden key finds nothing");
});

on_both!(a_token_with_scopes_imports_no_more_than_it_may_do, |app| {
    let ada = app.person("Ada", &["administrator"], &[]).await;
    ada.post("/records/companies", &json!({"name": "Acme"})).await.expect(201);
    ada.post("/records/contacts", &json!({"last_name": "Old", "email": "old@example.com"})).await.expect(201);
    let update = "[fields]\nlast_name = \"a\"\ncompany.name = { column = \"b\", update = true }\n";
    let create = "[fields]\nlast_name = \"a\"\ncompany.name = { column = \"b\", create = true }\n";
    let notes = "[fields]\nlast_name = \"a\"\n[also.notes]\nbody = \"b\"\n";
    let tasks = "[fields]\nlast_name = \"a\"\n[also.tasks]\nmatch = \"subject\"\nsubject = \"b\"\n";
    let file = b"a,b\nNew,Acme\n";
    for (scopes, file, options, missing) in [
        (json!(["contacts:read"]), &file[..], json!({"map": "[fields]\nlast_name = \"a\"\n"}), "contacts:create"),
        (
            json!(["contacts:create"]),
            b"last_name,email\nNew,old@example.com\n",
            json!({"match": "email"}),
            "contacts:read",
        ),
        (
            json!(["contacts:create", "contacts:read"]),
            b"last_name,email\nNew,old@example.com\n",
            json!({"match": "email"}),
            "contacts:update",
        ),
        (json!(["contacts:create"]), b"last_name,company\nNew,Acme\n", json!({}), "companies:read"),
        (json!(["contacts:create", "companies:read"]), file, json!({"map": update}), "companies:update"),
        (json!(["contacts:create", "companies:read"]), file, json!({"map": create}), "companies:create"),
        (json!(["contacts:create"]), b"last_name,notes.body\nNew,Hello\n", json!({}), "notes:create"),
        (json!(["contacts:create", "tasks:create"]), file, json!({"map": tasks}), "tasks:read"),
        (json!(["contacts:create", "tasks:create", "tasks:read"]), file, json!({"map": tasks}), "tasks:update"),
    ] {
        let narrow = app.token(&ada.id, &json!({"name": "n", "scopes": scopes})).await;
        let before = app.digest().await;
        let reply = send(&narrow, "contacts", file, &options).await;
        reply.refused(403, "import-scope");
        assert!(reply.text().contains(missing), "{missing}: {}", reply.text());
        assert_eq!(app.digest().await.differences(&before), Vec::<String>::new());
    }
    let narrow = app.token(&ada.id, &json!({"name": "n", "scopes": ["contacts:create", "notes:create"]})).await;
    let done = import(&app, &narrow, "contacts", file, &json!({"map": notes})).await;
    assert_eq!((counts(&done), &done["made"][0]["created"]), ([1, 0, 0, 0], &json!(1)), "{done}");
    let ledger = send(&narrow, "transactions", b"a\n1\n", &json!({"map": "[fields]\n"})).await;
    ledger.refused(403, "import-scope-kind");
});
