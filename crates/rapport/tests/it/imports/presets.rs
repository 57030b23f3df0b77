//! Exports of other products: known by their header, taken over by a ready map, and accounted for column by column.

use super::upload::{counts, import, send, send_to};
use serde_json::json;
use testing::on_both;

const HUBSPOT: &str = "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Contact owner,Associated Company,City,\
    Postal Code,Country/Region,Lead Status\n\
    101,Łucja,Żądło,l@example.com,+48 600 100 200,Director,Somebody,Acme,Łódź,90-001,Poland,Open\n\
    102,Jan,Nowak,not an address,,,Somebody,,,,,Open\n\
    103,Ewa,Żak,e@example.com,,,,,,,,\n";

on_both!(an_export_of_another_product_is_known_and_taken_over, |app| {
    let operator = app.operator();
    operator.post("/records/companies", &json!({"name": "Acme"})).await.expect(201);
    let seen = send_to(&operator, "/imports/contacts/preview", HUBSPOT.as_bytes(), &json!({})).await.expect(200);
    assert_eq!(seen["preset"], "hubspot");
    assert_eq!(
        (&seen["columns"][0]["field"], &seen["columns"][0]["reason"]),
        (&json!("external_id"), &json!("preset"))
    );
    let asked = json!({"preset": "hubspot", "match": "external_id"});
    let done = import(&app, &operator, "contacts", HUBSPOT.as_bytes(), &asked).await;
    assert_eq!((counts(&done), &done["rows"]), ([2, 0, 0, 1], &json!(3)), "{done}");
    let column = |name: &str| {
        let columns = done["columns"].as_array().unwrap();
        let found = columns.iter().find(|column| column["column"] == name).unwrap();
        (found["field"].clone(), found["cells"].clone())
    };
    assert_eq!(column("First Name"), (json!("first_name"), json!(2)), "rows that failed are not taken over: {done}");
    assert_eq!(column("Phone Number"), (json!("phone"), json!(1)));
    assert_eq!(column("Lead Status"), (json!(null), json!(1)), "what no field has is told");
    assert_eq!(column("Contact owner"), (json!("owner"), json!(1)));
    let left = done["columns"].as_array().unwrap().iter().find(|column| column["column"] == "Contact owner").unwrap();
    assert_eq!(left["left"], 1, "nobody is called so here: {done}");
    let again = import(&app, &operator, "contacts", HUBSPOT.as_bytes(), &asked).await;
    assert_eq!(counts(&again), [0, 0, 2, 1], "{again}");
});

on_both!(each_product_is_told_from_the_others, |app| {
    let operator = app.operator();
    for (object, header, preset, mapped) in [
        ("companies", "Record ID,Company name,Company Domain Name,Phone Number,City", "hubspot", 5),
        (
            "contacts",
            "Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work",
            "pipedrive",
            5,
        ),
        ("tasks", "Activity - Subject,Activity - Due date,Activity - Note", "pipedrive", 3),
        ("contacts", "Id,FirstName,LastName,Email,MailingStreet,MailingCity,LeadSource", "salesforce", 7),
        ("contacts", "id,firstName,lastName,accountName,emailAddress,phoneNumber,addressCity", "espocrm", 7),
        ("contacts", "ID,First Name,Last Name,Account Name,Office Phone,Primary Address City", "suitecrm", 6),
        ("companies", "id,display_name,vat,is_a_company,zip,city", "odoo", 5),
        ("contacts", "Id,Name / First Name,Name / Last Name,Emails / Primary Email,Company / Name", "twenty", 5),
        ("tasks", "Task Title,Task Status,Priority,Due date,Assigned to,Associated Contact IDs", "hubspot", 6),
        ("tasks", "Activity - Subject,Activity - Done,Activity - Assigned to user,Organization", "pipedrive", 4),
        ("tasks", "Id,WhoId,WhatId,Subject,ActivityDate,Status,Priority,Description", "salesforce", 6),
        ("tasks", "name,status,priority,dateEnd,assignedUserName,parentId", "espocrm", 6),
        ("tasks", "Subject,Status,Priority,Date Due,Assigned User Name,Contact ID", "suitecrm", 6),
        ("contacts", "first_name,last_name,email", "", 3),
    ] {
        let path = format!("/imports/{object}/preview");
        let seen = send_to(&operator, &path, format!("{header}\n").as_bytes(), &json!({})).await.expect(200);
        assert_eq!(seen["preset"].as_str().unwrap_or(""), preset, "{header}: {seen}");
        let columns = seen["columns"].as_array().unwrap();
        let count = columns.iter().filter(|column| !column["field"].is_null()).count();
        assert!(count >= mapped, "{header}: {count} of {mapped}: {seen}");
    }
    for asked in [json!({"preset": "nobody"}), json!({"preset": "odoo"})] {
        let reply = send(&operator, "contacts", b"what\nx\n", &asked).await;
        assert_eq!((reply.status, reply.first_error().0.as_str()), (422, "preset"), "{asked}");
    }
});

on_both!(people_states_and_what_things_are_about_come_along, |app| {
    let operator = app.operator();
    let ada = app.person("Ada", &["administrator"], &[]).await;
    let contacts = "Id,FirstName,LastName,MailingCity,Owner Email\n003A,Jan,Nowak,Łódź,ada@example.com\n\
        003B,Ewa,Żak,Opole,gone@example.com\n";
    let asked = json!({"preset": "salesforce", "match": "external_id"});
    let done = import(&app, &operator, "contacts", contacts.as_bytes(), &asked).await;
    assert_eq!((counts(&done), &done["columns"][4]["left"]), ([2, 0, 0, 0], &json!(1)), "{done}");
    let asked_owner = operator.ask("/records/contacts", &[("filter", "owner.email = 'ada@example.com'")]).await;
    assert_eq!(asked_owner.column("last_name"), ["Nowak"], "{}", ada.id);

    let tasks = "Id,WhoId,WhatId,Subject,ActivityDate,Status,Priority\n00T1,003A,,Call,2026-12-01,Completed,High\n\
        00T2,003Z,,Write,2026-12-02,Waiting on someone else,Normal\n00T3,003B,,Visit,2026-12-03,Ripening,Low\n";
    let seen = send_to(&operator, "/imports/tasks/preview", tasks.as_bytes(), &json!({})).await.expect(200);
    for options in [json!({"preset": "salesforce", "dry_run": true}), json!({"map": seen["map"]})] {
        let done = import(&app, &operator, "tasks", tasks.as_bytes(), &options).await;
        assert_eq!(counts(&done), [3, 0, 0, 0], "{done} {}", seen["map"]);
        let left: Vec<_> = done["columns"].as_array().unwrap().iter().map(|column| column["left"].as_u64()).collect();
        assert_eq!(left, [None, Some(1), None, None, None, Some(1), None], "{done}");
    }
    let found =
        operator.ask("/records/tasks", &[("sort", "due_at"), ("fields", "subject,status,priority,about")]).await;
    assert_eq!(found.column("status"), ["done", "waiting", "open"], "{}", found.text());
    assert_eq!(found.column("priority"), ["high", "normal", "low"]);
    let asked = [("filter", "any(tasks where subject = 'Call')")];
    assert_eq!(operator.ask("/records/contacts", &asked).await.column("last_name"), ["Nowak"]);
    assert_eq!(found["items"][1]["about"], json!(null), "whom nobody knows here");
});

on_both!(a_map_says_what_stands_for_what, |app| {
    let operator = app.operator();
    let company = operator.post("/records/companies", &json!({"name": "Acme", "external_id": "7"})).await.made();
    operator.post("/records/contacts", &json!({"last_name": "Nowak", "external_id": "7"})).await.expect(201);
    let map = |about: &str, more: &str| {
        format!(
            "[fields]\nsubject = \"a\"\nstatus = {{ column = \"b\", values = {{ \"Fertig\" = \"done\", \"-\" = \"\" }}{more} }}\n{about} = \"c\"\n"
        )
    };
    let file = "a,b,c\nOne,FERTIG ,7\nTwo,-,\nThree,waiting,\nFour,Ripe,\n";
    let narrow = json!({"map": map("about.companies.external_id", "")});
    let done = import(&app, &operator, "tasks", file.as_bytes(), &narrow).await;
    assert_eq!(counts(&done), [3, 0, 0, 1], "{done}");
    let found = operator.ask("/records/tasks", &[("sort", "id"), ("fields", "status,about")]).await;
    assert_eq!(found.column("status"), ["done", "open", "waiting"]);
    assert_eq!(found["items"][0]["about"], json!({"object": "companies", "id": company}));
    let open = json!({"map": map("about.external_id", ", unknown = \"leave\""), "dry_run": true});
    let done = import(&app, &operator, "tasks", file.as_bytes(), &open).await;
    assert_eq!(counts(&done), [3, 0, 0, 1], "two records have the number 7: {done}");
    assert_eq!((&done["columns"][1]["left"], &done["columns"][2]["field"]), (&json!(1), &json!("about")));
    let none = json!({"map": map("about.ghosts.external_id", "")});
    assert_eq!(send(&operator, "tasks", file.as_bytes(), &none).await.status, 422);
    let blind = json!({"name": "blind", "objects": {"tasks": {"create": true, "read": "all"}, "companies": {"read": "all"}},
        "fields": {"companies": {"external_id": "masked"}}});
    let user = app.user_with("sam", blind).await;
    let done = import(&app, &user, "tasks", file.as_bytes(), &narrow).await;
    assert_eq!(counts(&done)[0], 2, "who may not ask by it finds nothing by it: {done}");
});
