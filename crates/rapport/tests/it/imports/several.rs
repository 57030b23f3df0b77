//! Rows that describe several records: a contact, the company, notes and tasks about them. All of a row or none of it.

use super::upload::{counts, error_lines, import, send, send_to};
use serde_json::{Value, json};
use testing::{Client, on_both};

const MAP: &str = "[fields]\nlast_name = \"Nazwisko\"\nemail = \"E-mail\"\n\
    company.name = { column = \"Firma\", create = true, update = true }\ncompany.city = \"Miasto\"\n\
    [also.notes]\nbody = \"Uwagi\"\n\
    [also.tasks]\nsubject = \"Następny krok\"\ndue_at = { column = \"Kiedy\", dates = \"%d.%m.%Y\" }\npriority = { value = \"high\" }\n";

const FILE: &str = "Nazwisko,E-mail,Firma,Miasto,Uwagi,Następny krok,Kiedy\n\
    Nowak,n@example.com,Huta Łoś,Łódź,\"Lubi kawę,\nrano\",Zadzwonić,01.12.2026\n\
    Kowal,k@example.com,Huta Łoś,Kraków,,,\nWilk,w@example.com,Stara Huta,Bytom,Nie dzwonić,,\n";

async fn all(client: &Client, object: &str, fields: &str) -> Vec<Value> {
    let found = client.ask(&format!("/records/{object}"), &[("fields", fields), ("sort", "id")]).await.expect(200);
    let strip = |mut item: Value| {
        item.as_object_mut().unwrap().retain(|name, _| name != "id" && name != "version");
        item
    };
    found["items"].as_array().unwrap().iter().cloned().map(strip).collect()
}

on_both!(a_row_makes_its_contact_with_company_note_and_task, |app| {
    let operator = app.operator();
    let old = operator.post("/records/companies", &json!({"name": "Stara Huta", "city": "Zabrze"})).await.expect(201);
    let before = app.digest().await;
    let tried = import(&app, &operator, "contacts", FILE.as_bytes(), &json!({"map": MAP, "dry_run": true})).await;
    for table in ["company", "contact", "note", "task"] {
        assert_eq!(app.digest().await.tables[table], before.tables[table], "{table}");
    }
    let done = import(&app, &operator, "contacts", FILE.as_bytes(), &json!({"map": MAP})).await;
    assert_eq!((counts(&done), counts(&tried)), ([3, 0, 0, 0], [3, 0, 0, 0]), "{done}");
    let made = json!([{"object": "companies", "created": 1, "updated": 1, "names": ["Huta Łoś"]},
        {"object": "notes", "created": 2, "names": ["Lubi kawę, rano", "Nie dzwonić"]},
        {"object": "tasks", "created": 1, "names": ["Zadzwonić"]}]);
    let sorted = |made: &Value| {
        let mut made = made.as_array().unwrap().clone();
        made.sort_by_key(|one| one["object"].to_string());
        json!(made)
    };
    assert_eq!((sorted(&done["made"]), sorted(&tried["made"])), (made.clone(), made), "what was said is what happens");

    let companies = all(&operator, "companies", "name,city").await;
    let expected = [json!({"name": "Stara Huta", "city": "Bytom"}), json!({"name": "Huta Łoś", "city": "Kraków"})];
    assert_eq!(companies, expected, "what a later row says of a company counts");
    let asked = [("filter", "any(notes where body = 'Lubi kawę,\nrano') and any(tasks where priority = 'high')")];
    let nowak = operator.ask("/records/contacts", &asked).await;
    assert_eq!(nowak.column("last_name"), ["Nowak"], "{}", nowak.text());
    assert_eq!(all(&operator, "tasks", "subject,due_at").await[0]["due_at"], "2026-11-30T23:00:00.000Z");
    let fields: Vec<&Value> = done["columns"].as_array().unwrap().iter().map(|column| &column["field"]).collect();
    assert_eq!(
        fields,
        ["last_name", "email", "company", "company.city", "notes.body", "tasks.subject", "tasks.due_at"]
    );

    let action = done["action"].as_str().unwrap();
    operator.post(&format!("/actions/{action}/undo"), &json!({})).await.expect(200);
    for object in ["contacts", "notes", "tasks"] {
        assert_eq!(all(&operator, object, "id").await.len(), 0, "{object}");
    }
    let left = all(&operator, "companies", "name,city").await;
    assert_eq!(left, [json!({"name": "Stara Huta", "city": "Zabrze"})], "{old}");
});

on_both!(a_file_that_comes_again_makes_nothing_twice, |app| {
    let operator = app.operator();
    let asked = json!({"map": MAP, "match": "email"});
    import(&app, &operator, "contacts", FILE.as_bytes(), &asked).await;
    let again = import(&app, &operator, "contacts", FILE.as_bytes(), &asked).await;
    assert_eq!((counts(&again), &again["made"]), ([0, 0, 3, 0], &json!([])), "{again}");
    let other = FILE.replace("Nie dzwonić", "Dzwonić wieczorem");
    let changed = import(&app, &operator, "contacts", other.as_bytes(), &asked).await;
    assert_eq!(changed["made"], json!([{"object": "notes", "created": 1, "names": ["Dzwonić wieczorem"]}]));
    assert_eq!(all(&operator, "notes", "body").await.len(), 3);
});

on_both!(what_is_found_by_its_number_is_changed, |app| {
    let operator = app.operator();
    operator.post("/objects/tasks/fields", &json!({"name": "ticket", "type": "text"})).await.expect(201);
    let map = "[fields]\nlast_name = \"a\"\n[also.tasks]\nmatch = \"ticket\"\nticket = \"t\"\nsubject = \"s\"\nstatus = \"z\"\n";
    let file = "a,t,s,z\nOne,7,Call,open\nTwo,8,Write,open\nThree,7,Call again,done\n";
    let tried = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map, "dry_run": true})).await;
    assert_eq!(tried["made"][0]["created"], 2, "{tried}");
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map})).await;
    assert_eq!(counts(&done), [3, 0, 0, 0], "{done}");
    assert_eq!((&done["made"][0]["created"], &done["made"][0]["updated"]), (&json!(2), &json!(1)));
    let tasks = all(&operator, "tasks", "subject,status").await;
    let expected = [json!({"subject": "Call again", "status": "done"}), json!({"subject": "Write", "status": "open"})];
    assert_eq!(tasks, expected);
    assert_eq!(
        operator.ask("/records/contacts", &[("filter", "any(tasks where ticket = '7')")]).await.column("last_name"),
        ["Three"]
    );
});

on_both!(a_row_of_which_a_part_fails_leaves_nothing, |app| {
    let operator = app.operator();
    let map = "[fields]\nlast_name = \"a\"\ncompany = { column = \"b\", create = true }\n\
        [also.tasks]\nsubject = \"c\"\ndue_at = \"d\"\nassignee.email = \"e\"\n";
    let file = "a,b,c,d,e\nOne,Acme,Call,not a day,\nTwo,Bolt,,2026-01-01,\nThree,Cog,Call,,nobody@example.com\nFour,Dyn,Call,2026-01-01,\n";
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map})).await;
    assert_eq!(counts(&done), [1, 0, 0, 3], "{done}");
    let errors = error_lines(&operator, &done).await;
    for (line, field) in errors[1..].iter().zip(["tasks.due_at", "subject", "tasks.assignee"]) {
        assert!(line.contains(&format!(",{field},")), "{field}: {errors:?}");
    }
    assert_eq!(
        (all(&operator, "tasks", "subject").await.len(), all(&operator, "companies", "name").await.len()),
        (1, 1)
    );
});

on_both!(rights_are_asked_for_each_object, |app| {
    let operator = app.operator();
    let full = json!({"create": true, "read": "all", "update": "all"});
    let objects = |companies: Value, notes: Value, tasks: Value| json!({"contacts": full, "companies": companies, "notes": notes, "tasks": tasks});
    let no_notes = json!({"name": "no-notes", "objects": objects(full.clone(), json!({"read": "all"}), full.clone())});
    let no_change = json!({"create": true, "read": "all"});
    let keeper = json!({"name": "keeper", "objects": objects(no_change, full.clone(), full.clone())});
    let blind = json!({"name": "blind", "objects": objects(full.clone(), full.clone(), full.clone()),
        "fields": {"tasks": {"priority": "read"}}});
    operator.post("/records/companies", &json!({"name": "Stara Huta", "city": "Zabrze"})).await.expect(201);

    let user = app.user_with("sam", no_notes).await;
    let refused = send(&user, "contacts", FILE.as_bytes(), &json!({"map": MAP})).await;
    assert_eq!(refused.first_error(), ("map".to_owned(), "file-map-also-unknown".to_owned()), "{}", refused.text());
    let user = app.user_with("tom", keeper).await;
    let done = import(&app, &user, "contacts", FILE.as_bytes(), &json!({"map": MAP})).await;
    assert_eq!(counts(&done), [2, 0, 0, 1], "a company that one may not change fails its row: {done}");
    assert_eq!(all(&operator, "companies", "city").await[0]["city"], "Zabrze");
    let user = app.user_with("una", blind).await;
    let done = import(&app, &user, "contacts", FILE.as_bytes(), &json!({"map": MAP})).await;
    let errors = error_lines(&operator, &done).await;
    assert_eq!(counts(&done), [2, 0, 0, 1], "{done}");
    assert!(errors.concat().contains(",tasks.priority,"), "{errors:?}");
});

on_both!(who_may_not_say_what_a_note_is_about_makes_none_by_an_import, |app| {
    let full = json!({"create": true, "read": "all", "update": "all"});
    let role = json!({"name": "mute", "objects": {"contacts": full, "notes": full},
        "fields": {"notes": {"about": "read"}}});
    let sam = app.user_with("sam", role).await;
    let map = "[fields]\nlast_name = \"a\"\n[also.notes]\nbody = \"b\"\n";
    let done = import(&app, &sam, "contacts", b"a,b\nOne,Hello\nTwo,\n", &json!({"map": map})).await;
    assert_eq!((counts(&done), &done["made"]), ([1, 0, 0, 1], &json!([])), "{done}");
    let errors = error_lines(&sam, &done).await;
    assert!(errors[1].contains(",notes.about,"), "{errors:?}");
    assert_eq!(all(&app.operator(), "notes", "body").await.len(), 0);
});

on_both!(columns_that_say_so_make_notes_without_a_map, |app| {
    let operator = app.operator();
    let file = "last_name,notes.body,tasks.subject\nOne,Hello,\nTwo,,Call\n";
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [2, 0, 0, 0], "{done}");
    assert_eq!(
        operator.ask("/records/contacts", &[("filter", "any(notes where body = 'Hello')")]).await.column("last_name"),
        ["One"]
    );
    let looked =
        send_to(&operator, "/imports/contacts/preview", "Nazwisko,Uwagi\nNowak,x\n".as_bytes(), &json!({})).await;
    let looked = looked.expect(200);
    assert_eq!(looked["columns"][1]["field"], "notes.body", "{looked}");
    let map = looked["map"].as_str().unwrap();
    let done = import(&app, &operator, "contacts", "Nazwisko,Uwagi\nNowak,x\n".as_bytes(), &json!({"map": map})).await;
    assert_eq!(done["made"][0]["names"], json!(["x"]), "{map}");
    let narrow =
        json!({"name": "narrow", "objects": {"contacts": {"create": true, "read": "all"}, "notes": {"read": "all"}}});
    let user = app.user_with("sam", narrow).await;
    let done = import(&app, &user, "contacts", file.as_bytes(), &json!({})).await;
    assert_eq!((counts(&done)[0], &done["made"]), (2, &json!([])), "{done}");
});

on_both!(orders_of_customers_lead_to_them_by_the_field_that_is_named, |app| {
    let operator = app.operator();
    let map = |more: &str| format!("[fields]\nname = \"a\"\n[also.orders]\nnumber = \"n\"\n{more}");
    let file = "a,n\nAcme,ZAM-1\nBolt,ZAM-2\n";
    let done = import(&app, &operator, "companies", file.as_bytes(), &json!({"map": map("")})).await;
    assert_eq!((counts(&done), &done["made"][0]["created"]), ([2, 0, 0, 0], &json!(2)), "{done}");
    let field = json!({"name": "payer", "type": "relation", "target": "companies", "inverse": "paid"});
    operator.post("/objects/orders/fields", &field).await.expect(201);
    let refused = send(&operator, "companies", file.as_bytes(), &json!({"map": map("")})).await.expect(422);
    assert_eq!(refused["errors"][0]["code"], "file-map-also-relations", "{refused}");
    let file = file.replace("ZAM", "B");
    let done = import(&app, &operator, "companies", file.as_bytes(), &json!({"map": map("payer = \"row\"")})).await;
    assert_eq!(counts(&done), [2, 0, 0, 0], "{done}");
    let asked = [("filter", "payer.name = 'Bolt'")];
    assert_eq!(operator.ask("/records/orders", &asked).await.column("number"), ["B-2"]);
});

on_both!(a_map_of_several_objects_that_makes_no_sense_is_refused, |app| {
    let operator = app.operator();
    for (tables, code) in [
        ("[also.ghosts]\nname = \"b\"\n", "file-map-also-unknown"),
        ("[also.users]\nname = \"b\"\n", "file-map-also-unknown"),
        ("[also.contacts]\nlast_name = \"b\"\n", "file-map-also-twice"),
        ("[also.products]\nname = \"b\"\n", "file-map-also-no-relation"),
        ("[also.tasks]\nsubject = \"b\"\nassignee = \"row\"\n", "file-map-also-relation"),
        ("[also.notes]\nbody = { value = \"x\" }\n", "file-map-unclear"),
        ("[also.notes]\nbody = \"ghost\"\n", "file-map-unknown-column"),
        ("[also.notes]\nmatch = \"body\"\n", "file-map-unclear"),
        ("[also.orders]\nnumber = \"b\"\ncompany = { column = \"a\", create = true }\n", "file-map-create"),
    ] {
        let map = format!("[fields]\nlast_name = \"a\"\n{tables}");
        let refused = send(&operator, "contacts", b"a,b\nx,y\n", &json!({"map": map})).await.expect(422);
        assert_eq!(refused["errors"][0]["code"], code, "{tables}: {refused}");
    }
    let map = "[fields]\nname = \"a\"\nparent.name = { column = \"b\", update = true }\n";
    let refused = send(&operator, "companies", b"a,b\nx,y\n", &json!({"map": map})).await.expect(422);
    assert_eq!(refused["errors"][0]["code"], "file-map-update-own", "{refused}");
});
