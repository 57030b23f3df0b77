//! How schedules rest, and what becomes of their files and runs when several end at once, or none does.

use super::{counted, daily, file, people, runs, set};
use base::SystemCaller;
use db::{Batch, Statement};
use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

/// A schedule that rests, and keeps so many files.
async fn resting(client: &Client, keep: i64) -> String {
    let mut asked = daily("Daily");
    asked["keep"] = json!(keep);
    asked["enabled"] = json!(false);
    client.post("/export-schedules", &asked).await.made()
}

async fn run_now(client: &Client, schedule: &str) -> Value {
    client.post(&format!("/export-schedules/{schedule}/runs"), &json!({})).await.expect(202)
}

async fn write(app: &TestApp, text: &str) {
    let caller = SystemCaller::for_(app.house.db.tenant(), "test");
    let mut batch = Batch::new();
    batch.run(Statement::new(text.to_owned(), [caller.tenant.into()]));
    app.house.db.submit(&caller, batch).await.unwrap();
}

on_both!(files_of_runs_that_end_at_once_are_let_go_once, |app| {
    let ada = app.user("Ada", "administrator").await;
    people(&ada).await;
    let id = resting(&ada, 1).await;
    let other = app.house.work();
    for _ in 0..8 {
        run_now(&ada, &id).await;
    }
    app.settled().await;
    let text = "SELECT CAST(sum(size_bytes) AS BIGINT) FROM file WHERE tenant_id = ?1";
    let total = "SELECT size_bytes FROM file_total WHERE tenant_id = ?1";
    let uses = "SELECT CAST(sum(uses) AS BIGINT) FROM file_content WHERE tenant_id = ?1";
    let (one, uses) = (counted(&app, text).await, counted(&app, uses).await);
    assert_eq!((counted(&app, total).await, uses), (one, 1));
    assert_eq!(runs(&app, &id, 1).await.len(), 1);
    other.rest().await;
});

on_both!(what_is_deleted_while_runs_end_leaves_no_file, |app| {
    let ada = app.user("Ada", "administrator").await;
    people(&ada).await;
    for _ in 0..4 {
        let id = resting(&ada, 10).await;
        for _ in 0..3 {
            run_now(&ada, &id).await;
        }
        ada.delete(&format!("/export-schedules/{id}")).await.expect(204);
    }
    app.settled().await;
    assert_eq!(counted(&app, "SELECT count(*) FROM file WHERE tenant_id = ?1").await, 0);
    assert_eq!(counted(&app, "SELECT count(*) FROM export_run WHERE tenant_id = ?1").await, 0);
    assert_eq!(counted(&app, "SELECT coalesce(max(size_bytes), 0) FROM file_total WHERE tenant_id = ?1").await, 0);
});

on_both!(a_token_with_scopes_has_no_hand_in_schedules, |app| {
    let ada = app.person("Ada", &["administrator"], &[]).await;
    people(&ada).await;
    let id = resting(&ada, 10).await;
    run_now(&ada, &id).await;
    let run = runs(&app, &id, 1).await.remove(0);
    let scopes = json!({"name": "n", "scopes": ["contacts:read", "contacts:export"]});
    let narrow = app.token(&ada.id, &scopes).await;
    let one = format!("/export-schedules/{id}");
    let before = app.digest().await;
    for reply in [
        narrow.post("/export-schedules", &daily("x")).await,
        narrow.patch(&one, &json!({"fields": []})).await,
        narrow.post(&format!("{one}/runs"), &json!({})).await,
        file(&narrow, &id, &run).await,
        narrow.delete(&one).await,
    ] {
        reply.refused(403, "export-schedule-scope");
    }
    assert_eq!(app.digest().await.differences(&before), Vec::<String>::new());
    assert_eq!(narrow.get("/export-schedules").await.column("name"), [json!("Daily")]);
    ada.delete(&one).await.expect(204);
});

on_both!(a_schedule_that_rests_makes_sense_too, |app| {
    let ada = app.user("Ada", "administrator").await;
    let id = resting(&ada, 10).await;
    let one = format!("/export-schedules/{id}");
    let many: Vec<String> = (0..301).map(|n| format!("f{n}")).collect();
    for (change, field) in [
        (json!({"name": ""}), "name"),
        (json!({"keep": -1}), "keep"),
        (json!({"filter": "x".repeat(10_001)}), "filter"),
        (json!({"fields": many}), "fields"),
    ] {
        let reply = ada.patch(&one, &change).await;
        assert_eq!((reply.status, reply.first_error().0.as_str()), (422, field), "{}", reply.text());
    }
    // What it cannot find yet is found out when it is set going.
    ada.patch(&one, &json!({"fields": ["ghost"]})).await.expect(200);
    assert_eq!(ada.patch(&one, &json!({"enabled": true})).await.status, 422);
});

on_both!(what_is_on_and_is_set_going_misses_no_time, |app| {
    let mut app = app;
    let ada = app.user("Ada", "administrator").await;
    let made = ada.post("/export-schedules", &daily("Daily")).await.expect(201);
    let one = format!("/export-schedules/{}", made["id"].as_str().unwrap());
    app.rest().await;
    set(&app, "2026-11-24T05:00:30Z");
    let same = json!({"enabled": true, "every": {"unit": "day", "at": "06:00"}, "name": "Every day"});
    let changed = ada.patch(&one, &same).await.expect(200);
    assert_eq!((&changed["next_at"], &changed["name"]), (&made["next_at"], &json!("Every day")));
    app.work();
    let first = runs(&app, made["id"].as_str().unwrap(), 1).await.remove(0);
    assert_eq!(first["due_at"], made["next_at"]);
});

on_both!(a_full_house_has_room_for_the_file_that_takes_the_place_of_another, |app| {
    let ada = app.user("Ada", "administrator").await;
    let note = "x".repeat(90_000);
    let contact = json!({"last_name": "Long"});
    let contact = ada.post("/records/contacts", &contact).await.made();
    for _ in 0..7 {
        ada.post("/records/notes", &json!({"body": note, "about": {"object": "contacts", "id": contact}})).await.made();
    }
    ada.patch("/settings", &json!({"file_quota_mb": 1})).await.expect(200);
    let asked = json!({"name": "Notes", "object": "notes", "fields": ["body"], "format": "csv", "keep": 1,
        "every": {"unit": "day", "at": "06:00"}, "enabled": false});
    let id = ada.post("/export-schedules", &asked).await.made();
    for count in 1..=3 {
        let run = run_now(&ada, &id).await;
        let mut committed = app.house.db.committed();
        loop {
            committed.mark_unchanged();
            let found = runs(&app, &id, 1).await;
            let ended = found.iter().find(|known| known["id"] == run["id"] && known["state"] != "waiting").cloned();
            if let Some(ended) = ended {
                assert_eq!((&ended["state"], found.len()), (&json!("done"), 1), "{count}: {found:?}");
                break;
            }
            committed.changed().await.unwrap();
        }
    }
});

on_both!(what_a_dead_job_left_is_taken_up_and_what_lives_is_left_alone, |app| {
    let mut app = app;
    let ada = app.user("Ada", "administrator").await;
    let made = ada.post("/export-schedules", &daily("Daily")).await.made();
    let (asked, living) = (resting(&ada, 10).await, ada.post("/export-schedules", &daily("Living")).await.made());
    app.rest().await;
    run_now(&ada, &asked).await;
    // Two have died; a third waits to be tried again.
    let dead = "UPDATE job SET state = 'dead', due_at = NULL, unique_key = NULL
        WHERE tenant_id = ?1 AND kind = 'records.export_schedule'";
    write(&app, &format!("{dead} AND payload NOT LIKE '%{living}%'")).await;
    let later = "UPDATE job SET due_at = due_at + 864000000 WHERE tenant_id = ?1 AND kind = 'records.export_schedule'";
    write(&app, &format!("{later} AND state = 'waiting'")).await;
    set(&app, "2026-11-24T08:00:00Z");
    app.work();
    assert_eq!(runs(&app, &made, 1).await[0]["due_at"], "2026-11-24T05:00:00.000Z");
    assert_eq!(runs(&app, &asked, 1).await[0]["state"], "done");
    let turn = "SELECT turn FROM export_schedule WHERE tenant_id = ?1 AND name = 'Living'";
    assert_eq!(counted(&app, turn).await, 0, "its job is there");
    let jobs = format!("SELECT count(*) FROM job WHERE tenant_id = ?1 AND payload LIKE '%{living}%'");
    assert_eq!(counted(&app, &jobs).await, 1, "and no other beside it");
});
