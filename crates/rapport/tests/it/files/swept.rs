//! What the nightly sweep takes and what it leaves.

use super::{attach, send};
use base::SystemCaller;
use db::Batch;
use jobs::Job;
use serde_json::json;
use std::{fs, path::PathBuf, time::Duration};
use testing::{TestApp, on_both};

const DAY: u32 = 24 * 60 * 60;

/// All files in the folder of files.
pub fn on_disk(app: &TestApp) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![app.files.path().to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let kept = if entry.path().is_dir() { &mut folders } else { &mut found };
            kept.push(entry.path());
        }
    }
    found
}

/// Two days go by for the contents, and the sweep comes.
async fn sweep(app: &TestApp) {
    for path in on_disk(app) {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(file.metadata().unwrap().modified().unwrap() - 2 * DAY * Duration::from_secs(1)).unwrap();
    }
    app.wait_seconds(2 * i64::from(DAY));
    let mut batch = Batch::new();
    jobs::enqueue(&mut batch, &app.house.db, Job::new("records.sweep_files", json!({})));
    app.house.db.submit(&SystemCaller::for_(app.house.db.tenant(), "tests"), batch).await.unwrap();
    app.settled().await;
}

on_both!(only_what_no_record_ever_held_is_swept_away, |app| {
    let ada = app.user("Ada", "administrator").await;
    let record = ada.post("/records/contacts", &json!({"last_name": "Nowak"})).await.made();
    let record = format!("/records/contacts/{record}");
    let held = attach(&ada, &record, "held.txt", b"held").await;
    let was_held = attach(&ada, &record, "was.txt", b"was held").await;
    let gone = ada.delete(&format!("{record}/attachments/{was_held}")).await;
    let lost = send(&ada, "lost.txt", b"nobody wanted this").await;
    let twin = send(&ada, "twin.txt", b"held").await;
    app.settled().await;
    assert_eq!(on_disk(&app).len(), 3, "one content, however many files have it");
    // A program that died between the content and its row.
    let orphan = on_disk(&app)[0].with_file_name("0".repeat(62));
    fs::write(&orphan, b"orphan").unwrap();
    sweep(&app).await;
    assert!(!orphan.exists());
    assert_eq!(on_disk(&app).len(), 2);
    for file in [&lost, &twin] {
        assert_eq!(ada.get(&format!("/files/{}", file["id"].as_str().unwrap())).await.status, 404);
    }
    assert_eq!(ada.get(&format!("/files/{held}")).await.text(), "held");
    let action = gone.headers["x-action"].to_str().unwrap();
    ada.post(&format!("/actions/{action}/undo"), &json!({})).await.expect(200);
    assert_eq!(ada.get(&format!("/files/{was_held}")).await.text(), "was held");
    // What was swept can be sent again.
    let again = send(&ada, "again.txt", b"nobody wanted this").await;
    assert_eq!(ada.get(&format!("/files/{}", again["id"].as_str().unwrap())).await.status, 200);
});

on_both!(the_sweep_leaves_what_is_young, |app| {
    let ada = app.user("Ada", "administrator").await;
    let sent = send(&ada, "young.txt", b"young").await;
    let mut batch = Batch::new();
    jobs::enqueue(&mut batch, &app.house.db, Job::new("records.sweep_files", json!({})));
    app.house.db.submit(&SystemCaller::for_(app.house.db.tenant(), "tests"), batch).await.unwrap();
    app.settled().await;
    assert_eq!(ada.get(&format!("/files/{}", sent["id"].as_str().unwrap())).await.text(), "young");
    let app = app.restart().await;
    assert_eq!(on_disk(&app).len(), 1);
});
