//! Files looked at before they are imported: what they are, and what their columns seem to mean.

use super::{
    sheets::{texts, xlsx},
    upload::{counts, import, send_to},
    written::nothing_is_left,
};
use serde_json::{Value, json};
use testing::{Client, on_both};

async fn preview(client: &Client, object: &str, file: &[u8], options: &Value) -> Value {
    send_to(client, &format!("/imports/{object}/preview"), file, options).await.expect(200)
}

/// The columns, each with its field, and why.
fn columns(seen: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let column = |column: &Value| (text(&column["name"]), text(&column["field"]), text(&column["reason"]));
    seen["columns"].as_array().unwrap().iter().map(column).collect()
}

fn owned(expected: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    expected.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
}

on_both!(columns_are_known_by_names_in_five_languages_and_by_content, |app| {
    let operator = app.operator();
    let file = "Vorname;Nazwisko;Adresse e-mail;Nr;Geburtsdatum;Stan konta;Konto;PLZ;VIP\n\
                Jan;Nowak;jan@example.com;+48 600 100 200;22.11.1990;1 234,50;PL61109010140000071219812874;00-950;tak\n\
                Ewa;Żak;ewa@example.com;+48 600 100 201;1.2.1985;0,99;DE89370400440532013000;90-001;nie\n";
    let seen = preview(&operator, "contacts", file.as_bytes(), &json!({})).await;
    assert_eq!(
        (&seen["format"], &seen["delimiter"], &seen["decimal_comma"]),
        (&json!("csv"), &json!(";"), &json!(true))
    );
    assert_eq!(seen["rows"].as_array().unwrap().len(), 2);
    let expected = [
        ("Vorname", "first_name", "synonym"),
        ("Nazwisko", "last_name", "name"),
        ("Adresse e-mail", "email", "synonym"),
        ("Nr", "phone", "content"),
        ("Geburtsdatum", "birth_date", "synonym"),
        ("Stan konta", "-", "-"),
        ("Konto", "-", "-"),
        ("PLZ", "postcode", "synonym"),
        ("VIP", "-", "-"),
    ];
    assert_eq!(columns(&seen), owned(&expected));
    assert_eq!(seen["columns"][5]["new_field"], json!({"name": "stan_konta", "type": "decimal"}));
    assert_eq!(seen["columns"][6]["looks_like"], "iban");
    assert_eq!(seen["columns"][8]["new_field"]["type"], "yes_no");
    nothing_is_left(&app).await;
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": seen["map"]})).await;
    assert_eq!(counts(&done), [2, 0, 0, 0], "the suggested map works: {done}");
    assert_eq!(
        operator
            .ask("/records/contacts", &[("sort", "birth_date"), ("fields", "birth_date")])
            .await
            .column("birth_date"),
        ["1985-02-01", "1990-11-22"]
    );
});

on_both!(a_spreadsheet_shows_its_sheets, |app| {
    let operator = app.operator();
    let rows: String = (1..2_000).map(|row| texts(row, &["last_name", "x"])).collect();
    let file = xlsx(&[("A", &rows), ("B", &texts(3, &["Surname"]))]);
    let seen = preview(&operator, "contacts", &file, &json!({"sheet": "2"})).await;
    assert_eq!((&seen["sheet"], &seen["header_row"]), (&json!("B"), &json!(3)));
    assert_eq!(seen["sheets"], json!([{"name": "A", "hidden": false}, {"name": "B", "hidden": false}]));
    let seen = preview(&operator, "contacts", &file, &json!({})).await;
    assert_eq!(seen["rows"].as_array().unwrap().len(), 20);
    let reply = send_to(&operator, "/imports/contacts/preview", b"\0\0", &json!({})).await;
    assert_eq!(reply.status, 422);
    let sam = app.user_with("sam", json!({"name": "blind", "objects": {}})).await;
    assert_eq!(send_to(&sam, "/imports/contacts/preview", b"last_name\n", &json!({})).await.status, 404);
    nothing_is_left(&app).await;
});

on_both!(a_suggested_map_fills_no_field_twice, |app| {
    let operator = app.operator();
    operator.post("/records/companies", &json!({"name": "Acme", "external_id": "A1"})).await.expect(201);
    let file = "Id,FirstName,LastName,AccountId,Account Name,LeadSource\n1,Jan,Nowak,A1,Acme,Web\n";
    let seen = preview(&operator, "contacts", file.as_bytes(), &json!({})).await;
    let fields = columns(&seen);
    assert_eq!((&*fields[3].1, &*fields[4].1, &seen["preset"]), ("company.external_id", "-", &json!("salesforce")));
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": seen["map"]})).await;
    assert_eq!(counts(&done), [1, 0, 0, 0], "{done}");
});

on_both!(what_is_made_beside_is_told_from_a_field_that_is_called_so, |app| {
    let operator = app.operator();
    let trips = json!({"name": "trips", "label": "Trips", "fields": [
        {"name": "guest", "type": "relation", "target": "contacts", "inverse": "journeys"}]});
    operator.post("/objects", &trips).await.expect(201);
    operator.post("/objects/contacts/fields", &json!({"name": "trips", "type": "integer"})).await.expect(201);
    let file = "last_name,trips.name,trips\nNowak,Tatry,7\n";
    let seen = preview(&operator, "contacts", file.as_bytes(), &json!({})).await;
    let fields = columns(&seen);
    assert_eq!((&*fields[1].1, &*fields[2].1), ("trips.name", "trips"), "{seen}");
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": seen["map"]})).await;
    assert_eq!((counts(&done), &done["made"][0]["names"]), ([1, 0, 0, 0], &json!(["Tatry"])), "{done}");
    assert_eq!(operator.get("/records/contacts?fields=trips").await.column("trips"), [7]);
});
