//! Notifications: who is told of what, in which words; how they are counted up, read and forgotten.

mod crowded;
mod edited;
mod marked;

use crate::{
    bulk,
    comments::{contact, say},
    imports::upload::import,
};
use serde_json::{Value, json};
use testing::{Client, Person, Reply, TestApp, on_both};

const DAY: i64 = 24 * 60 * 60;

/// What somebody has not read yet, once all that has happened was looked at: the sentences, the latest first.
async fn unread(app: &TestApp, client: &Client) -> Vec<Value> {
    app.caught_up().await;
    client.get("/notifications?unread=true").await.column("text")
}

async fn count(app: &TestApp, client: &Client) -> Value {
    app.caught_up().await;
    client.get("/notifications/count").await.expect(200)["unread"].clone()
}

async fn change(client: &Client, id: &str, fields: &Value) -> Reply {
    let reply = client.patch(&format!("/records/contacts/{id}"), fields).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply
}

async fn follow(client: &Client, id: &str) {
    client.put(&format!("/records/contacts/{id}/follow"), &json!({})).await.expect(204);
}

/// An administrator, a manager and a reader, in a house whose reactions run.
async fn people(app: &TestApp) -> (Person, Person, Person) {
    let all = (
        app.person("Ada", &["administrator"], &[]).await,
        app.person("Marek", &["manager"], &[]).await,
        app.person("Rita", &["reader"], &[]).await,
    );
    app.caught_up().await;
    all
}

on_both!(mentions_comments_assignments_and_changes_are_told_and_never_to_who_did_it, |app| {
    let (ada, marek, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    follow(&rita, &nowak).await;
    let said = say(&ada, &nowak, &format!("@[Marek](user:{})", marek.id)).await;
    assert_eq!(unread(&app, &marek).await, ["Ada mentioned you on Nowak"]);
    assert_eq!(unread(&app, &rita).await, ["Ada commented on Nowak"]);
    let notice = marek.get("/notifications").await.expect(200)["items"][0].clone();
    assert_eq!(
        [&notice["kind"], &notice["object"], &notice["record"]],
        [&json!("mentioned"), &json!("contacts"), &json!(nowak)]
    );
    assert_eq!([&notice["comment"], &notice["by"]], [&json!(said), &json!({"id": ada.id, "name": "Ada"})]);
    app.wait_seconds(1);
    change(&ada, &nowak, &json!({"owner": marek.id})).await;
    assert_eq!(unread(&app, &marek).await, ["Ada assigned Nowak to you", "Ada mentioned you on Nowak"]);
    assert_eq!(unread(&app, &rita).await, ["Ada changed Nowak", "Ada commented on Nowak"]);
    assert_eq!(count(&app, &ada).await, 0, "Ada follows, and has done it all herself");
    app.operator().patch(&format!("/users/{}", rita.id), &json!({"language": "pl"})).await.expect(200);
    assert_eq!(unread(&app, &rita).await, ["Ada zmienia: Nowak", "Ada komentuje: Nowak"]);
    app.operator().get("/notifications").await.refused(403, "talk-users-only");
});

on_both!(one_unread_notice_of_each_kind_waits_for_a_record, |app| {
    let (ada, marek, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    follow(&rita, &nowak).await;
    for city in ["Łódź", "Płock"] {
        change(&ada, &nowak, &json!({"city": city})).await;
        assert!(!unread(&app, &rita).await.is_empty());
    }
    change(&marek, &nowak, &json!({"city": "Zgierz"})).await;
    assert_eq!(unread(&app, &rita).await, ["Nowak was changed 3 times, last by Marek"]);
    let id = rita.get("/notifications").await.column("id")[0].as_str().unwrap().to_owned();
    rita.patch(&format!("/notifications/{id}"), &json!({"read": true})).await.expect(204);
    assert_eq!(count(&app, &rita).await, 0);
    assert_eq!(rita.get("/notifications").await.column("count"), [3], "what was read stays");
    change(&ada, &nowak, &json!({"city": "Łowicz"})).await;
    assert_eq!(unread(&app, &rita).await, ["Ada changed Nowak"]);
    rita.patch(&format!("/notifications/{id}"), &json!({"read": false})).await.expect(204);
    assert_eq!(count(&app, &rita).await, 2);
    ada.patch(&format!("/notifications/{id}"), &json!({"read": true})).await.refused(404, "not-found");
});

on_both!(notices_are_read_one_by_one_up_to_an_instant_or_all, |app| {
    let (ada, _, rita) = people(&app).await;
    for name in ["Nowak", "Żak", "Kot"] {
        let id = contact(&app, name).await;
        follow(&rita, &id).await;
        say(&ada, &id, "Dzwonił").await;
        app.caught_up().await;
        app.wait_seconds(60);
    }
    let page = rita.get("/notifications?limit=2").await;
    assert_eq!(page.column("title"), ["Kot", "Żak"]);
    let rest = rita.ask("/notifications", &[("cursor", page["next"].as_str().unwrap()), ("limit", "2")]).await;
    assert_eq!((rest.column("title"), &rest["next"]), (vec![json!("Nowak")], &Value::Null));
    let until = page["items"][1]["at"].clone();
    rita.post("/notifications/read", &json!({"until": until})).await.expect(204);
    assert_eq!(unread(&app, &rita).await, ["Ada commented on Kot"]);
    let before = app.digest().await;
    for wrong in [json!({}), json!({"all": true, "until": until}), json!({"until": "wczoraj"})] {
        rita.post("/notifications/read", &wrong).await.refused_field("until", "notice-until");
    }
    rita.get("/notifications?cursor=x").await.refused_field("cursor", "cursor-unusable");
    rita.get("/notifications?limit=201").await.refused_field("limit", "limit-range");
    assert_eq!(app.digest().await, before);
    rita.post("/notifications/read", &json!({"all": true})).await.expect(204);
    assert_eq!(count(&app, &rita).await, 0);
    let before = app.digest().await;
    rita.post("/notifications/read", &json!({"all": true})).await.expect(204);
    assert_eq!(app.digest().await, before, "nothing was left to read");
});

on_both!(nobody_hears_of_what_they_may_not_read_then_or_now, |app| {
    let (ada, _, _) = people(&app).await;
    app.role(&json!({"name": "own", "objects": {"contacts": {"read": "own"}},
        "fields": {"contacts": {"email": "hidden"}}}))
        .await;
    let vera = app.person("Vera", &["own"], &[]).await;
    let nowak = contact(&app, "Nowak").await;
    say(&ada, &nowak, &format!("@[Vera](user:{})", vera.id)).await;
    assert_eq!(count(&app, &vera).await, 0);
    change(&ada, &nowak, &json!({"owner": vera.id})).await;
    assert_eq!(unread(&app, &vera).await, ["Ada assigned Nowak to you"], "the mention is not made up for");
    // What is hidden from her has not changed for her.
    change(&ada, &nowak, &json!({"email": "nowak@example.com"})).await;
    assert_eq!(count(&app, &vera).await, 1);
    change(&ada, &nowak, &json!({"email": "n@example.com", "city": "Łódź"})).await;
    assert_eq!(count(&app, &vera).await, 2);
    change(&ada, &nowak, &json!({"owner": ada.id})).await;
    assert_eq!((count(&app, &vera).await, unread(&app, &vera).await), (json!(0), Vec::new()));
    change(&ada, &nowak, &json!({"owner": vera.id})).await;
    assert_eq!(unread(&app, &vera).await, ["Ada changed Nowak", "Ada assigned Nowak to you"]);
    ada.delete(&format!("/records/contacts/{nowak}")).await.expect(204);
    assert_eq!(count(&app, &vera).await, 0, "it lies in the bin");
});

on_both!(a_team_is_told_when_it_is_mentioned, |app| {
    let (ada, ..) = people(&app).await;
    app.team("Sprzedaż", None).await;
    let ewa = app.person("Ewa", &["reader"], &["Sprzedaż"]).await;
    let nowak = contact(&app, "Nowak").await;
    let said = say(&ada, &nowak, "@[Sprzedaż] kto dzwoni?").await;
    assert_eq!(unread(&app, &ewa).await, ["Ada mentioned you on Nowak"]);
    // An edited comment tells of those alone who were not mentioned before.
    ada.patch(&format!("/comments/{said}"), &json!({"body": "@[Sprzedaż] kto zadzwoni?"})).await.expect(200);
    assert_eq!(count(&app, &ewa).await, 1);
});

on_both!(what_somebody_does_not_want_to_hear_they_are_not_told, |app| {
    let (ada, _, rita) = people(&app).await;
    rita.patch("/me/preferences", &json!({"notify": {"changed": false}})).await.expect(200);
    let nowak = contact(&app, "Nowak").await;
    follow(&rita, &nowak).await;
    change(&ada, &nowak, &json!({"city": "Łódź"})).await;
    assert_eq!(count(&app, &rita).await, 0);
    say(&ada, &nowak, "Nowy adres").await;
    assert_eq!(unread(&app, &rita).await, ["Ada commented on Nowak"]);
});

on_both!(a_large_action_is_told_once_with_how_many_records_it_is_about, |app| {
    let (ada, marek, rita) = people(&app).await;
    app.role(&json!({"name": "own", "objects": {"contacts": {"read": "own"}}})).await;
    let vera = app.person("Vera", &["own"], &[]).await;
    bulk::contacts(&ada, 300).await;
    let some = rita.ask("/records/contacts", &[("limit", "40"), ("filter", "city = 'Łódź'")]).await.column("id");
    for id in &some {
        follow(&rita, id.as_str().unwrap()).await;
    }
    app.caught_up().await;
    let wish = json!({"do": "change", "filter": "city = 'Łódź'", "fields": {"segment": "vip", "owner": vera.id}});
    bulk::ended(&app, &marek, &marek.post("/records/contacts/bulk", &wish).await).await;
    assert_eq!(unread(&app, &rita).await, ["Marek changed records that you follow (Contacts: 40)"]);
    assert_eq!(unread(&app, &vera).await, ["Marek assigned records to you (Contacts: 100)"]);
    assert_eq!(unread(&app, &ada).await, ["Marek changed records that you follow (Contacts: 100)"], "she made them");
    assert_eq!(unread(&app, &marek).await, ["The bulk change has ended"]);
});

on_both!(whoever_began_an_import_hears_of_its_end, |app| {
    let (ada, marek, _) = people(&app).await;
    let file = "last_name,owner\nNowak,marek@example.com\n".as_bytes();
    import(&app, &ada, "contacts", file, &json!({})).await;
    assert_eq!(unread(&app, &ada).await, ["The import has ended: 1 created, 0 updated, 0 skipped, 0 failed"]);
    assert_eq!(unread(&app, &marek).await, ["Ada assigned Nowak to you"]);
});

on_both!(notices_come_live_to_whom_they_are_for, |app| {
    let (ada, marek, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    app.role(&json!({"name": "nothing", "objects": {}})).await;
    let (mut heard, mut other) = (marek.follow("/events").await, rita.follow("/events").await);
    say(&ada, &nowak, &format!("@[Marek](user:{})", marek.id)).await;
    let (name, event) = loop {
        match heard.next().await {
            (name, _) if name == "record" => {}
            one => break one,
        }
    };
    assert_eq!((name.as_str(), &event["kind"], event.get("for")), ("notification", &json!("notice.made"), None));
    // What comes after it reaches the other listener without it.
    let kot = contact(&app, "Kot").await;
    let mut names = Vec::new();
    loop {
        let (name, event) = other.next().await;
        names.push(name);
        if event["id"] == json!(kot) {
            break;
        }
    }
    assert!(names.iter().all(|name| name == "record"), "{names:?}");
});

on_both!(what_is_looked_at_twice_is_told_once, |app| {
    let (ada, _, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    follow(&rita, &nowak).await;
    for city in ["Łódź", "Płock"] {
        change(&ada, &nowak, &json!({"city": city})).await;
    }
    assert_eq!(unread(&app, &rita).await, ["Nowak was changed 2 times, last by Ada"]);
    // As if the program had been killed before it wrote down how far it had come.
    let mut app = app;
    app.rest().await;
    let caller = base::SystemCaller::for_(app.house.db.tenant(), "test");
    let mut batch = db::Batch::new();
    let text = "UPDATE reaction_cursor SET tx = 0, seq = 0 WHERE tenant_id = ?1";
    batch.run(db::Statement::new(text, [caller.tenant.into()]));
    app.house.db.submit(&caller, batch).await.unwrap();
    app.work();
    assert_eq!(unread(&app, &rita).await, ["Nowak was changed 2 times, last by Ada"]);
});

on_both!(what_was_read_is_forgotten_in_time, |app| {
    let (ada, _, rita) = people(&app).await;
    let (nowak, zak) = (contact(&app, "Nowak").await, contact(&app, "Żak").await);
    for id in [&nowak, &zak] {
        follow(&rita, id).await;
        say(&ada, id, "Dzwonił").await;
    }
    app.caught_up().await;
    let first = rita.get("/notifications").await.column("id")[0].as_str().unwrap().to_owned();
    rita.patch(&format!("/notifications/{first}"), &json!({"read": true})).await.expect(204);
    app.wait_seconds(89 * DAY);
    pruned(&app, "2027-02-20").await;
    assert_eq!(rita.get("/notifications").await.column("id").len(), 2);
    app.wait_seconds(2 * DAY);
    pruned(&app, "2027-02-22").await;
    assert_eq!(rita.get("/notifications").await.column("read_at"), [Value::Null]);
    app.wait_seconds(280 * DAY);
    pruned(&app, "2027-11-29").await;
    assert!(rita.get("/notifications").await.column("id").is_empty(), "nobody reads what is a year old");
});

/// Waits for the job that forgets, which has become due on a day.
async fn pruned(app: &TestApp, day: &str) {
    let operator = app.operator();
    let mut committed = app.house.db.committed();
    loop {
        committed.mark_unchanged();
        let jobs = operator.get("/jobs?state=done&limit=200").await.expect(200);
        let jobs = jobs["items"].as_array().cloned().unwrap_or_default();
        let done = |job: &Value| job["kind"] == "talk.prune" && job["finished_at"].as_str().is_some_and(|at| at >= day);
        if jobs.iter().any(done) {
            break;
        }
        let news = tokio::time::timeout(std::time::Duration::from_secs(60), committed.changed()).await;
        news.expect("nobody forgets").expect("the database is open");
    }
}
