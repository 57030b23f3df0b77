//! Files taken out: what the caller may see and no more, in the words of the question, refused before the first byte.

use crate::imports::upload;
use serde_json::{Value, json};
use testing::{Client, on_both};

async fn people(client: &Client) {
    for (name, email, city) in
        [("Żak", "zak@example.com", "Łódź"), ("Ionescu", "ion@example.com", "Iași"), ("=1+1", "", "")]
    {
        client.post("/records/contacts", &json!({"last_name": name, "email": email, "city": city})).await.expect(201);
    }
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

on_both!(a_filter_and_fields_say_what_is_in_the_file, |app| {
    let operator = app.operator();
    people(&operator).await;
    let asked = [("filter", "city = 'lodz'"), ("fields", "last_name,email")];
    let csv = operator.ask("/records/contacts/export", &asked).await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(rows(&csv.text()), [["last_name", "email"], ["Żak", "zak@example.com"]]);
    let asked = [("filter", "city is empty"), ("fields", "last_name,email"), ("format", "ndjson")];
    let lines = operator.ask("/records/contacts/export", &asked).await.text();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, [json!({"last_name": "=1+1", "email": null})], "NDJSON is no spreadsheet: no guard");
    let whole = rows(&operator.get("/records/contacts/export").await.text());
    assert_eq!(whole.len(), 4);
    assert!(whole.iter().all(|row| row.len() == whole[0].len()));
    let none = operator.ask("/records/contacts/export", &[("filter", "city = 'Atlantis'"), ("fields", "city")]).await;
    assert_eq!(rows(&none.text()), [["city"]], "a header alone where nothing is found");
});

on_both!(what_is_asked_wrongly_is_refused_before_the_first_byte, |app| {
    let operator = app.operator();
    for (query, status) in [
        (("filter", "city = "), 422),
        (("filter", "nothing = 1"), 422),
        (("fields", "nothing"), 422),
        (("format", "xls"), 422),
        (("sort", "last_name"), 422),
    ] {
        let reply = operator.ask("/records/contacts/export", &[query]).await;
        assert_eq!(reply.status, status, "{query:?}: {}", reply.text());
        assert_eq!(reply.headers["content-type"], "application/problem+json", "{query:?}");
    }
    assert_eq!(operator.get("/records/nothings/export").await.status, 404);
});

on_both!(masks_and_walls_hold_in_files_too, |app| {
    let operator = app.operator();
    people(&operator).await;
    let role = json!({"name": "half-blind",
        "objects": {"contacts": {"create": true, "read": "all", "export": "own"}},
        "fields": {"contacts": {"email": "masked", "city": "hidden"}}});
    let sam = app.user_with("sam", role).await;
    let own = json!({"last_name": "Own", "email": "own.person@example.com"});
    sam.post("/records/contacts", &own).await;
    let header = rows(&sam.get("/records/contacts/export").await.text());
    assert!(!header[0].contains(&"city".to_owned()), "{header:?}");
    let whole = sam.get("/records/contacts/export").await.text();
    assert!(!whole.contains("zak@example.com") && !whole.contains("own.person@"), "{whole}");
    assert!(!whole.contains("Żak"), "read all, export own: others' stay here");
    for query in [("fields", "city"), ("filter", "city = 'lodz'"), ("filter", "email = 'zak@example.com'")] {
        assert_eq!(sam.ask("/records/contacts/export", &[query]).await.status, 422, "{query:?}");
    }
    let rita = app.user("Rita", "reader").await;
    assert_eq!(rita.get("/records/contacts/export").await.status, 403);
});

on_both!(a_workbook_comes_back_as_it_went_out, |app| {
    let operator = app.operator();
    let field = json!({"name": "visited", "type": "instant"});
    operator.post("/objects/products/fields", &field).await.expect(201);
    for (code, name, price) in [("A-1", "=HYPERLINK(\"x\")", "1234.50"), ("A-2", "Gwoździe", "0.99")] {
        let price = json!({"amount": price, "currency": "PLN"});
        let product = json!({"code": code, "name": name, "price": price, "visited": "2026-07-01T12:30:15.250Z"});
        operator.post("/records/products", &product).await.expect(201);
    }
    let asked = [("format", "xlsx"), ("fields", "id,code,name,price,visited")];
    let file = operator.ask("/records/products/export", &asked).await;
    assert_eq!(file.headers["content-type"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let bytes = file.body.to_vec();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())).unwrap();
    let sheet = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(sheet.contains("<v>1234.50</v>") && sheet.contains("state=\"frozen\""), "{sheet}");
    assert!(
        sheet.contains("t=\"inlineStr\"><is><t xml:space=\"preserve\">=HYPERLINK"),
        "a text, and no formula: {sheet}"
    );
    assert!(sheet.contains("<autoFilter ref=\"A1:E3\"/>") && !sheet.contains("<f>"), "{sheet}");
    let done = upload::import(&app, &operator, "products", &bytes, &json!({})).await;
    assert_eq!(upload::counts(&done), [0, 0, 2, 0], "{done}");
    let none = operator.ask("/records/products/export", &[("format", "xlsx"), ("filter", "code = 'none'")]).await;
    assert!(none.body.starts_with(b"PK"), "a header alone is a workbook too");
});
