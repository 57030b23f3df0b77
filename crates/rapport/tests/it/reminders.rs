//! Reminders: who sets them for whom, when they are told, once; tasks that say themselves when.

use crate::comments::contact;
use serde_json::{Value, json};
use testing::{Client, Person, TestApp, on_both};

const HOUR: i64 = 60 * 60;

async fn people(app: &TestApp) -> (Person, Person) {
    let all = (app.person("Ada", &["administrator"], &[]).await, app.person("Rita", &["reader"], &[]).await);
    app.caught_up().await;
    all
}

/// Waits until no reminder of the list waits any more, and gives the unread sentences.
async fn told(app: &TestApp, client: &Client) -> Vec<Value> {
    let mut committed = app.house.db.committed();
    while !client.get("/reminders").await.column("id").is_empty() {
        let news = tokio::time::timeout(std::time::Duration::from_secs(60), committed.changed()).await;
        news.expect("nobody reminds").expect("the database is open");
    }
    client.get("/notifications?unread=true").await.column("text")
}

/// Waits until somebody is told of something.
async fn heard(app: &TestApp, client: &Client) -> Vec<Value> {
    let mut committed = app.house.db.committed();
    loop {
        let texts = client.get("/notifications?unread=true").await.column("text");
        if !texts.is_empty() {
            return texts;
        }
        let news = tokio::time::timeout(std::time::Duration::from_secs(60), committed.changed()).await;
        news.expect("nobody reminds").expect("the database is open");
    }
}

on_both!(a_reminder_is_told_when_its_time_has_come_and_put_off, |app| {
    let (_, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/reminders");
    let made = rita.post(&path, &json!({"at": "2026-11-23T13:00:00Z", "note": " Oddzwonić "})).await;
    assert_eq!([&made["note"], &made["title"], &made["done_at"]], [&json!("Oddzwonić"), &json!("Nowak"), &Value::Null]);
    assert_eq!(made["for"], made["by"]);
    let one = format!("/reminders/{}", made.made());
    assert_eq!(rita.get(&path).await.column("id"), rita.get("/reminders").await.column("id"));
    app.wait_seconds(HOUR);
    assert_eq!(rita.get("/notifications/count").await.expect(200)["unread"], 0);
    app.wait_seconds(HOUR + 60);
    assert_eq!(told(&app, &rita).await, ["Reminder: Oddzwonić (Nowak)"]);
    let notice = rita.get("/notifications").await.expect(200)["items"][0].clone();
    assert_eq!(
        [&notice["kind"], &notice["record"], &notice["details"]["reminder"]],
        [&json!("reminded"), &json!(nowak), &made["id"]]
    );
    assert_eq!(rita.get("/reminders?done=true").await.column("id"), [made["id"].clone()]);
    // Put off: what it told of need not be read any more, and it comes again.
    let again = rita.post(&format!("{one}/snooze"), &json!({"minutes": 30})).await;
    assert_eq!((&again["done_at"], again["at"].as_str().unwrap()), (&Value::Null, "2026-11-23T13:31:00.000Z"));
    assert_eq!(rita.get("/notifications/count").await.expect(200)["unread"], 0);
    app.wait_seconds(HOUR);
    assert_eq!(told(&app, &rita).await, ["Reminder: Oddzwonić (Nowak)"]);
    let changed = rita.patch(&one, &json!({"at": "2026-12-24T08:00:00Z", "note": null})).await;
    assert_eq!([&changed["note"], &changed["done_at"]], [&Value::Null, &Value::Null]);
    assert!(!rita.patch(&one, &json!({})).await.headers.contains_key("x-action"));
    rita.delete(&one).await.expect(204);
    rita.get(&one).await.refused(404, "not-found");
    assert!(rita.get("/reminders").await.column("id").is_empty());
});

on_both!(a_reminder_is_its_makers_and_its_receivers_alone, |app| {
    let (ada, rita) = people(&app).await;
    app.role(&json!({"name": "own", "objects": {"contacts": {"read": "own"}}})).await;
    let (vera, marek) = (app.person("Vera", &["own"], &[]).await, app.person("Marek", &["manager"], &[]).await);
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/reminders");
    let at = "2026-11-23T12:00:00Z";
    let made = ada.post(&path, &json!({"at": at, "note": "Umowa", "for": rita.id})).await;
    let one = format!("/reminders/{}", made.made());
    assert_eq!((&made["for"]["name"], &made["by"]["name"]), (&json!("Rita"), &json!("Ada")));
    assert_eq!(rita.get(&one).await.expect(200)["note"], "Umowa");
    assert_eq!(ada.get(&path).await.column("id"), [made["id"].clone()], "made by Ada");
    assert!(ada.get("/reminders").await.column("id").is_empty(), "not for Ada");
    let before = app.digest().await;
    assert!(marek.get(&path).await.column("id").is_empty());
    for reply in [
        marek.get(&one).await,
        marek.patch(&one, &json!({"note": "x"})).await,
        marek.post(&format!("{one}/snooze"), &json!({"minutes": 5})).await,
        marek.delete(&one).await,
        vera.get(&path).await,
        vera.post(&path, &json!({"at": at})).await,
    ] {
        reply.refused(404, "not-found");
    }
    ada.post(&path, &json!({"at": at, "for": vera.id})).await.refused_field("for", "reminder-for");
    ada.post(&path, &json!({"at": at, "for": "0000000000001"})).await.refused_field("for", "reminder-for");
    ada.post(&path, &json!({"at": "jutro"})).await.refused_field("at", "reminder-at");
    ada.post(&path, &json!({"at": "2026-11-23T11:00:00Z"})).await.refused_field("at", "reminder-past");
    ada.post(&path, &json!({"at": "2046-11-23T11:00:00Z"})).await.refused_field("at", "reminder-too-far");
    ada.post(&path, &json!({"at": at, "note": "a".repeat(501)})).await.refused_field("note", "reminder-note-long");
    rita.post(&format!("{one}/snooze"), &json!({"minutes": 0})).await.refused_field("minutes", "reminder-minutes");
    rita.get("/reminders?cursor=x").await.refused_field("cursor", "cursor-unusable");
    app.operator().get("/reminders").await.refused(403, "talk-users-only");
    assert_eq!(app.digest().await, before);
    app.wait_seconds(HOUR + 60);
    assert_eq!(told(&app, &rita).await, ["Reminder: Umowa (Nowak)"]);
    assert_eq!(rita.get("/notifications").await.expect(200)["items"][0]["by"]["name"], "Ada");
});

on_both!(whoever_may_not_read_the_record_any_more_is_not_reminded_of_it, |app| {
    let (ada, _) = people(&app).await;
    app.role(&json!({"name": "own", "objects": {"contacts": {"read": "own"}}})).await;
    let vera = app.person("Vera", &["own"], &[]).await;
    let (nowak, zak) = (contact(&app, "Nowak").await, contact(&app, "Żak").await);
    for id in [&nowak, &zak] {
        ada.patch(&format!("/records/contacts/{id}"), &json!({"owner": vera.id})).await.expect(200);
        let at = json!({"at": "2026-11-23T12:00:00Z"});
        vera.post(&format!("/records/contacts/{id}/reminders"), &at).await.expect(201);
    }
    app.caught_up().await;
    vera.post("/notifications/read", &json!({"all": true})).await.expect(204);
    ada.patch(&format!("/records/contacts/{nowak}"), &json!({"owner": ada.id})).await.expect(200);
    app.caught_up().await;
    assert_eq!(vera.get("/reminders").await.column("title"), ["Żak"]);
    app.wait_seconds(HOUR + 60);
    assert_eq!(told(&app, &vera).await, ["Reminder: Żak"]);
    ada.patch(&format!("/records/contacts/{nowak}"), &json!({"owner": vera.id})).await.expect(200);
    app.caught_up().await;
    assert_eq!(vera.get("/notifications").await.column("kind"), ["assigned", "reminded", "assigned", "assigned"]);
});

on_both!(a_task_says_itself_when_whoever_has_it_is_reminded, |app| {
    let (ada, rita) = people(&app).await;
    let at = "2026-11-23T12:00:00Z";
    let task = |subject: &str, more: Value| {
        let mut task = json!({"subject": subject, "remind_at": at, "assignee": rita.id});
        task.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        task
    };
    let offer = ada.post("/records/tasks", &task("Oferta", json!({}))).await.made();
    ada.post("/records/tasks", &task("Zrobione", json!({"status": "done"}))).await.made();
    ada.post("/records/tasks", &task("Dawno", json!({"remind_at": "2026-11-20T12:00:00Z"}))).await.made();
    let dropped = ada.post("/records/tasks", &task("Nie trzeba", json!({}))).await.made();
    ada.patch(&format!("/records/tasks/{dropped}"), &json!({"remind_at": null})).await.expect(200);
    app.caught_up().await;
    rita.post("/notifications/read", &json!({"all": true})).await.expect(204);
    assert!(rita.get("/reminders").await.column("id").is_empty(), "the task itself tells of it");
    app.wait_seconds(HOUR + 60);
    assert_eq!(heard(&app, &rita).await, ["Reminder: Oferta"]);
    rita.post("/notifications/read", &json!({"all": true})).await.expect(204);
    // Another time, another person.
    ada.patch(&format!("/records/tasks/{offer}"), &json!({"remind_at": "2026-11-23T14:00:00Z", "assignee": null}))
        .await
        .expect(200);
    app.caught_up().await;
    app.wait_seconds(2 * HOUR);
    assert_eq!(heard(&app, &ada).await, ["Reminder: Oferta"]);
});

on_both!(a_program_that_was_stopped_reminds_once_of_what_became_due_meanwhile, |app| {
    let (_, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/reminders");
    for note in ["Raz", "Dwa"] {
        rita.post(&path, &json!({"at": "2026-11-23T12:00:00Z", "note": note})).await.expect(201);
    }
    let mut app = app;
    app.rest().await;
    app.wait_seconds(5 * HOUR);
    app.work();
    told(&app, &rita).await;
    app.wait_seconds(HOUR);
    app.caught_up().await;
    let mut texts = rita.get("/notifications").await.column("text");
    texts.sort_by_key(Value::to_string);
    assert_eq!(texts, ["Reminder: Dwa (Nowak)", "Reminder: Raz (Nowak)"]);
});

on_both!(what_a_reminder_told_of_counts_as_read_when_it_is_put_off_or_deleted, |app| {
    let (ada, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/reminders");
    let made = ada.post(&path, &json!({"at": "2026-11-23T12:00:00Z", "for": rita.id})).await.made();
    let one = format!("/reminders/{made}");
    app.wait_seconds(HOUR + 60);
    assert_eq!(told(&app, &rita).await, ["Reminder: Nowak"]);
    let mut heard = rita.follow("/events").await;
    rita.post(&format!("{one}/snooze"), &json!({"minutes": 5})).await.expect(200);
    assert_eq!(next_notice(&mut heard).await, "notice.read");
    app.wait_seconds(HOUR);
    assert_eq!(told(&app, &rita).await, ["Reminder: Nowak"]);
    assert_eq!(next_notice(&mut heard).await, "notice.made");
    ada.delete(&one).await.expect(204);
    assert_eq!(next_notice(&mut heard).await, "notice.read");
    assert_eq!(rita.get("/notifications/count").await.expect(200)["unread"], 0);
});

/// What the next live event about notices says.
async fn next_notice(heard: &mut testing::Live) -> Value {
    loop {
        if let (name, event) = heard.next().await
            && name == "notification"
        {
            return event["kind"].clone();
        }
    }
}
