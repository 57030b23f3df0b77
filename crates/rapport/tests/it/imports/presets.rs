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
    assert_eq!(column("Contact owner"), (json!(null), json!(1)));
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
