//! Rows that mean somebody who is there already: changed, left alone, or refused where nobody can tell who is meant.

use super::upload::{self, counts, error_lines, import};
use serde_json::{Value, json};
use testing::{Client, on_both};

async fn by_email(client: &Client, email: &str) -> Value {
    let filter = format!("email = '{email}'");
    let found = client.ask("/records/contacts", &[("filter", &filter)]).await.expect(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "{email}: {found}");
    found["items"][0].clone()
}

const BY_EMAIL: &str = "email";

on_both!(a_known_address_changes_its_contact_and_an_unknown_one_makes_one, |app| {
    let operator = app.operator();
    let ada = json!({"last_name": "Ada", "email": "ada@example.com", "city": "Paris"});
    let ada = operator.post("/records/contacts", &ada).await.expect(201);
    let file = b"last_name,email,city\nLovelace,ADA@example.com,\nBob,bob@example.com,Iasi\nBob,bob@example.com,Cluj\n";
    let done = import(&app, &operator, "contacts", file, &json!({"match": BY_EMAIL})).await;
    assert_eq!(counts(&done), [1, 2, 0, 0], "the second Bob is the first, changed: {done}");
    let changed = by_email(&operator, "ada@example.com").await;
    assert_eq!(
        (&changed["id"], &changed["last_name"], &changed["city"]),
        (&ada["id"], &json!("Lovelace"), &Value::Null)
    );
    let bob = by_email(&operator, "bob@example.com").await;
    assert_eq!((&bob["city"], &bob["version"]), (&json!("Cluj"), &json!(2)));

    let history = operator.get(&format!("/records/contacts/{}/history", ada["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(history["items"][0]["action"], done["action"], "{history}");
    assert_eq!(operator.ask("/search", &[("q", "lovelace")]).await.column("id"), [ada["id"].clone()]);

    let again =
        import(&app, &operator, "contacts", b"last_name,email\nBob,bob@example.com\n", &json!({"match": BY_EMAIL}))
            .await;
    assert_eq!(counts(&again), [0, 0, 1, 0], "nothing new is nothing done: {again}");
    assert_eq!(by_email(&operator, "bob@example.com").await["version"], 2);
});

on_both!(an_address_that_two_contacts_have_means_nobody, |app| {
    let operator = app.operator();
    for name in ["One", "Two"] {
        operator.post("/records/contacts", &json!({"last_name": name, "email": "both@example.com"})).await.expect(201);
    }
    let file = b"last_name,email\nThree,both@example.com\n";
    let done = import(&app, &operator, "contacts", file, &json!({"match": BY_EMAIL})).await;
    assert_eq!(counts(&done), [0, 0, 0, 1], "{done}");
    let errors = error_lines(&operator, &done).await;
    assert!(errors[1].starts_with("Three,both@example.com,2,email,"), "{errors:?}");
});

on_both!(an_exported_file_comes_back_by_its_ids, |app| {
    let operator = app.operator();
    for name in ["One", "Two"] {
        operator.post("/records/companies", &json!({"name": name})).await.expect(201);
    }
    let file = operator.get("/records/companies/export?fields=id,name,city").await.text();
    let mended = file.replace("One,", "One,Kraków");
    let done = import(&app, &operator, "companies", mended.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [0, 1, 1, 0], "{mended}\n{done}");
    let unknown = mended.lines().next().unwrap().to_owned() + "\n0000000000000,Three,\n";
    let done = import(&app, &operator, "companies", unknown.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [0, 0, 0, 1], "{done}");
});

on_both!(trying_out_says_what_would_happen_and_does_nothing, |app| {
    let operator = app.operator();
    operator.post("/records/contacts", &json!({"last_name": "Ada", "email": "ada@example.com"})).await.expect(201);
    let before = app.digest().await;
    let file =
        b"last_name,email,country\nLovelace,ada@example.com,GB\nBob,bob@example.com,PL\nBob,bob@example.com,RO\n\
                 Carl,not an address,PL\nDora,dora@example.com,Atlantis\n";
    let asked = json!({"match": BY_EMAIL, "dry_run": true});
    let tried = import(&app, &operator, "contacts", file, &asked).await;
    assert_eq!(counts(&tried), [1, 2, 0, 2], "{tried}");
    let errors = error_lines(&operator, &tried).await;
    assert!(errors[1].contains(",5,email,") && errors[2].contains(",6,country,"), "{errors:?}");
    let after = app.digest().await;
    for table in ["contact", "item", "unique_key", "link"] {
        assert_eq!(after.tables[table], before.tables[table], "{table}");
    }
    let done = import(&app, &operator, "contacts", file, &json!({"match": BY_EMAIL})).await;
    assert_eq!(counts(&done), counts(&tried), "what was said is what happens");
});

on_both!(rows_that_failed_come_as_a_file_that_can_be_mended_and_imported, |app| {
    let operator = app.operator();
    let file =
        "last_name,email,birth_date\nAda,ada@example.com,1815-12-10\n\"Bo\"\"b, Jr\",bob(at)example.com,yesterday\n";
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [1, 0, 0, 1], "{done}");
    let lines = error_lines(&operator, &done).await;
    assert_eq!(lines[0], "last_name,email,birth_date,row,field,error");
    assert!(lines[1].starts_with("\"Bo\"\"b, Jr\",bob(at)example.com,yesterday,3,"), "{lines:?}");
    let mended = lines.join("\n").replace("(at)", "@").replace("yesterday", "1990-01-02");
    let done = import(&app, &operator, "contacts", mended.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [1, 0, 0, 0], "{mended}\n{done}");
    assert_eq!(by_email(&operator, "bob@example.com").await["last_name"], "Bo\"b, Jr");
});

on_both!(a_unique_field_lets_one_of_two_rows_in, |app| {
    let operator = app.operator();
    let file = b"code,name\nA-1,Hammer\na-1,Other\nA-2,Nails\n,Nothing\n";
    let done = import(&app, &operator, "products", file, &json!({})).await;
    let [created, _, _, failed] = counts(&done);
    assert_eq!(created + failed, 4, "{done}");
    let codes = operator.get("/records/products?fields=code&sort=code").await.column("code");
    assert!(codes.contains(&json!("A-1")) && codes.contains(&json!("A-2")), "{codes:?}");
    let errors = error_lines(&operator, &done).await;
    assert!(errors.iter().any(|line| line.starts_with("a-1,Other,3,")), "{errors:?}");
});

on_both!(one_import_is_one_action_however_many_rows_it_has, |app| {
    let operator = app.operator();
    let rows: String = (0..1_200).map(|n| format!("Name{n},n{n}@example.com\n")).collect();
    let file = format!("last_name,email\n{rows}");
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"match": BY_EMAIL})).await;
    assert_eq!(counts(&done), [1_200, 0, 0, 0], "{done}");
    for n in [0, 499, 500, 1_199] {
        let contact = by_email(&operator, &format!("n{n}@example.com")).await;
        let path = format!("/records/contacts/{}/history", contact["id"].as_str().unwrap());
        assert_eq!(operator.get(&path).await["items"][0]["action"], done["action"]);
        let found = operator.ask("/search", &[("q", &format!("n{n}@example.com"))]).await.column("id");
        assert_eq!(found, [contact["id"].clone()], "every row is found");
    }
});

on_both!(an_import_may_be_kept_to_new_or_to_known_records, |app| {
    let operator = app.operator();
    operator.post("/records/contacts", &json!({"last_name": "Ada", "email": "ada@example.com"})).await.expect(201);
    let file = b"last_name,email\nLovelace,ada@example.com\nBob,bob@example.com\nBobby,bob@example.com\n";
    for (mode, first, then) in
        [("update_only", [0, 1, 2, 0], [0, 0, 3, 0]), ("create_only", [1, 0, 2, 0], [0, 0, 3, 0])]
    {
        for (dry_run, expected) in [(true, first), (false, first), (false, then)] {
            let asked = json!({"match": BY_EMAIL, "mode": mode, "dry_run": dry_run});
            let done = import(&app, &operator, "contacts", file, &asked).await;
            assert_eq!(counts(&done), expected, "{mode}, dry run: {dry_run}: {done}");
        }
    }
    assert_eq!(by_email(&operator, "bob@example.com").await["last_name"], "Bob");
    for asked in [json!({"mode": "update_only"}), json!({"mode": "sideways"})] {
        assert_eq!(upload::send(&operator, "contacts", file, &asked).await.status, 422, "{asked}");
    }
});

on_both!(an_import_looks_at_its_rows_again, |app| {
    let operator = app.operator();
    operator.post("/records/companies", &json!({"name": "Acme"})).await.expect(201);
    let rows: String = (0..3_000).map(|n| format!("N{n},n{n}@example.com,{n}.5.2026 12:00,Acme\n")).collect();
    let map = "[file]\ndates = \"%d.%m.%Y\"\n[fields]\nlast_name = \"a\"\nemails = \"b\"\ncompany = \"d\"\n";
    let file = format!("a,b,c,d\n{rows}");
    let tried = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map, "dry_run": true})).await;
    assert_eq!(tried["verified"], json!(null), "nothing is there yet");
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map})).await;
    let seen = &done["verified"];
    let count = |name: &str| seen[name].as_u64().unwrap();
    assert!((64..=128).contains(&count("looked_at")), "{seen}");
    assert_eq!((count("found"), count("values")), (count("looked_at"), 3 * count("looked_at")), "{seen}");
    assert_eq!((count("differing"), &seen["differences"]), (0, &json!([])));

    // The same person in three rows: the last one is what is there.
    let file = "a,b,d\nOne,x@example.com,\nTwo,x@example.com,\nThree,x@example.com,Acme\n";
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map, "match": "emails"})).await;
    assert_eq!((&done["verified"]["looked_at"], &done["verified"]["differing"]), (&json!(1), &json!(0)), "{done}");
});

on_both!(a_look_back_tells_what_differs_and_no_more_than_one_may_know, |app| {
    let operator = app.operator();
    // The mask writes another city than the file says.
    let role = json!({"name": "drop", "objects": {"contacts": {"create": true, "read": "own", "update": "all"}}});
    let sam = app.user_with("sam", role).await;
    let ada = app.person("Ada", &["administrator"], &[]).await;
    let map = "[fields]\nlast_name = \"a\"\nowner = \"b\"\n";
    let file = format!("a,b\nOne,{}\nTwo,\n", ada.email);
    let done = import(&app, &sam, "contacts", file.as_bytes(), &json!({"map": map})).await;
    assert_eq!(counts(&done)[0], 2, "{done}");
    assert_eq!((&done["verified"]["looked_at"], &done["verified"]["found"]), (&json!(2), &json!(1)), "{done}");
    assert_eq!(operator.get("/records/contacts/count").await.expect(200)["count"], 2);
});
