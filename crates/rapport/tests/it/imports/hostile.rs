//! Files that are broken, enormous or malicious: a clear refusal or error rows, and nothing half done.

use super::{
    upload::{self, counts, error_lines, import, send},
    written::nothing_is_left,
};
use serde_json::{Value, json};
use testing::{TestApp, on_both};

/// Bytes without any sense, the same each time.
fn junk(length: usize) -> Vec<u8> {
    let mut state = 7_u64;
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    })
    .take(length)
    .collect()
}

async fn count(app: &TestApp) -> Value {
    app.operator().get("/records/contacts/count?exact=true").await["count"].clone()
}

on_both!(what_is_no_table_is_refused, |app| {
    let operator = app.operator();
    let columns: String = (0..10_000).map(|n| format!("c{n},")).collect();
    let blank = "\n".repeat(1_000_000);
    for (what, file) in [
        ("junk", junk(200_000)),
        ("a picture", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), junk(5_000)].concat()),
        ("zeros", vec![0; 100_000]),
        ("ten thousand columns", format!("{columns}last_name\nx\n").into_bytes()),
        ("a million empty lines", blank.into_bytes()),
        ("one endless line", vec![b'x'; 3 << 20]),
        ("nothing", Vec::new()),
        ("a mark alone", b"\xEF\xBB\xBF".to_vec()),
    ] {
        let reply = send(&operator, "contacts", &file, &json!({})).await;
        assert_eq!(reply.status, 422, "{what}: {}", reply.text());
        assert!(["file", "map"].contains(&reply.first_error().0.as_str()), "{what}: {}", reply.text());
    }
    assert_eq!(count(&app).await, 0);
    nothing_is_left(&app).await;
});

on_both!(good_rows_among_broken_ones_are_taken, |app| {
    let operator = app.operator();
    let mut file = b"last_name,city\nFirst,Bia\xC5\x82ystok\n".to_vec();
    file.extend_from_slice("Zażółć gęślą jaźń,Łódź\n".repeat(3).as_bytes());
    file.extend_from_slice(b"bro\xFFken,x\n");
    file.extend_from_slice(b"nul\0,x\n");
    file.extend_from_slice(&[b"long,".to_vec(), vec![b'x'; 2 << 20], b"\n".to_vec()].concat());
    file.extend_from_slice(format!("wide{}\n", ",x".repeat(10_000)).as_bytes());
    file.extend_from_slice(b"slipped,x,y\n");
    file.extend_from_slice("\n".repeat(1_000_000).as_bytes());
    file.extend_from_slice(b",,\n \n\nLast,Pozna\xC5\x84");
    let done = import(&app, &operator, "contacts", &file, &json!({})).await;
    assert_eq!(counts(&done), [5, 0, 0, 5], "{done}");
    let errors = error_lines(&operator, &done).await;
    assert_eq!(errors.len(), 6, "a line for each: {} lines", errors.len());
    let found = operator.ask("/records/contacts", &[("filter", "last_name in ('First', 'Last')")]).await;
    assert_eq!(found.column("id").len(), 2);
});

on_both!(a_header_alone_is_an_import_of_nobody, |app| {
    for file in ["last_name,email", "last_name,email\n", "last_name,email\r\n\r\n,\r\n"] {
        let done = import(&app, &app.operator(), "contacts", file.as_bytes(), &json!({})).await;
        assert_eq!(counts(&done), [0, 0, 0, 0], "{file:?}");
    }
    nothing_is_left(&app).await;
});

on_both!(a_wrong_encoding_is_told_row_by_row, |app| {
    let operator = app.operator();
    let file = b"last_name\nplain\n\xB1\xE6\xEA\n";
    let asked = json!({"map": "[file]\nencoding = \"utf-8\"\n[fields]\nlast_name = \"last_name\"\n"});
    let done = import(&app, &operator, "contacts", file, &asked).await;
    assert_eq!(counts(&done), [1, 0, 0, 1], "{done}");
    let unknown = json!({"map": "[file]\nencoding = \"klingon\"\n[fields]\nlast_name = \"last_name\"\n"});
    assert_eq!(send(&operator, "contacts", file, &unknown).await.status, 422);
});

on_both!(hostile_names_are_only_names, |app| {
    let operator = app.operator();
    let names = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "@SUM(A1)",
        "-2+3",
        "'; DROP TABLE contact; --",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "\"quoted\", with comma",
        "{{7*7}}",
        "%s%n",
        "' or 1=1 --",
        "Robert’); --",
    ];
    let rows: String = names.iter().map(|name| format!("\"{}\"\n", name.replace('"', "\"\""))).collect();
    let done = import(&app, &operator, "contacts", format!("last_name\n{rows}").as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [names.len() as u64, 0, 0, 0], "{done}");
    let stored = operator.get("/records/contacts?fields=last_name").await.column("last_name");
    assert_eq!(stored, names.map(|name| json!(name)), "stored as they were written");

    let exported = operator.get("/records/contacts/export?fields=id,last_name").await.text();
    let cells: Vec<String> = csv::Reader::from_reader(exported.trim_start_matches('\u{feff}').as_bytes())
        .records()
        .map(|row| row.unwrap()[1].to_owned())
        .collect();
    for cell in &cells {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "a spreadsheet would run {cell:?}");
    }
    let again = import(&app, &operator, "contacts", exported.as_bytes(), &json!({})).await;
    assert_eq!(counts(&again), [0, 0, names.len() as u64, 0], "the guard goes when the file comes back: {again}");
});

on_both!(an_upload_that_breaks_off_leaves_nothing, |app| {
    let operator = app.operator();
    let rows = "Somebody,somebody@example.com\n".repeat(100_000);
    let body = upload::cut_off(format!("last_name,email\n{rows}").as_bytes());
    let reply = upload::send_form(&operator, "contacts", body).await;
    assert_eq!(reply.status, 400, "{}", reply.text());
    assert_eq!(count(&app).await, 0);
    nothing_is_left(&app).await;
    let reply = upload::send_form(&operator, "contacts", b"no form at all".to_vec()).await;
    assert_eq!(reply.status, 400, "{}", reply.text());
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_of_a_program_that_died_is_forgotten_at_the_next_start() {
    let app = TestApp::sqlite().await;
    let caller = base::SystemCaller::for_(app.house.db.tenant(), "test");
    let mut left = records::import::begin(&app.house.records, &caller, "contacts", "left.csv", true).await.unwrap();
    left.take(&vec![b'x'; 3 << 20]).await.unwrap();
    drop(left);
    assert_eq!(app.operator().get("/imports?state=uploading").await.column("id").len(), 1);
    let app = app.restart().await;
    nothing_is_left(&app).await;
}
