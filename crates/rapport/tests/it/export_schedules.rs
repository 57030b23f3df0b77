//! Files that are written out on a schedule: when, with whose rights, how many are kept, and who may have them.

mod ends;

use base::{SystemCaller, Timestamp};
use db::{Batch, Statement};
use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

const EVERY_DAY: &str = r#"{"unit": "day", "at": "06:00"}"#;

fn daily(name: &str) -> Value {
    json!({"name": name, "object": "contacts", "fields": ["last_name", "city"], "format": "csv",
        "every": serde_json::from_str::<Value>(EVERY_DAY).unwrap()})
}

async fn people(client: &Client) {
    for (name, city) in [("Nowak", "Łódź"), ("Kowal", "Iași")] {
        client.post("/records/contacts", &json!({"last_name": name, "city": city})).await.expect(201);
    }
}

/// Waits until so many runs of a schedule have ended; gives all, the latest first.
async fn runs(app: &TestApp, schedule: &str, count: usize) -> Vec<Value> {
    let mut committed = app.house.db.committed();
    loop {
        committed.mark_unchanged();
        let found = app.operator().get(&format!("/export-schedules/{schedule}/runs")).await.expect(200);
        let ended = found["items"].as_array().unwrap().iter().filter(|run| run["state"] != "waiting").count();
        if ended >= count {
            return found["items"].as_array().unwrap().clone();
        }
        committed.changed().await.unwrap();
    }
}

fn set(app: &TestApp, moment: &str) {
    app.clock.set(Timestamp::parse(moment).unwrap());
}

async fn counted(app: &TestApp, text: &str) -> i64 {
    let caller = SystemCaller::for_(app.house.db.tenant(), "test");
    let statement = Statement::new(text.to_owned(), [caller.tenant.into()]);
    app.house.db.reader(&caller).once(statement).await.unwrap().first().unwrap().int(0).unwrap()
}

async fn file(client: &Client, schedule: &str, run: &Value) -> testing::Reply {
    client.get(&format!("/export-schedules/{schedule}/runs/{}/file", run["id"].as_str().unwrap())).await
}

on_both!(a_file_is_written_each_morning_in_summer_and_winter, |app| {
    let ada = app.user("Ada", "administrator").await;
    people(&ada).await;
    set(&app, "2026-10-24T03:59:00Z");
    let made = ada.post("/export-schedules", &daily("Poranny / spis")).await.expect(201);
    assert_eq!(made["next_at"], "2026-10-24T04:00:00.000Z", "{made}");
    let id = made["id"].as_str().unwrap();
    set(&app, "2026-10-24T04:00:00Z");
    let first = runs(&app, id, 1).await.remove(0);
    assert_eq!((&first["state"], &first["records"], &first["due_at"]), (&json!("done"), &json!(2), &made["next_at"]));
    assert_eq!(first["file"]["name"], "Poranny - spis 2026-10-24.csv", "{first}");
    let got = file(&ada, id, &first).await;
    assert_eq!(got.status, 200, "{}", got.text());
    assert_eq!(got.text().trim_start_matches('\u{feff}'), "last_name,city\r\nNowak,Łódź\r\nKowal,Iași\r\n");
    assert!(got.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
    assert_eq!(got.headers["content-type"], "text/csv; charset=utf-8");
    let next = ada.get(&format!("/export-schedules/{id}")).await.expect(200);
    assert_eq!(next["next_at"], "2026-10-25T05:00:00.000Z", "the clocks go back at night");
    set(&app, "2026-10-25T05:00:00Z");
    assert_eq!(runs(&app, id, 2).await.len(), 2);
    assert_eq!(counted(&app, "SELECT count(*) FROM event WHERE tenant_id = ?1 AND kind = 'exported'").await, 3);
});

on_both!(times_that_were_missed_are_made_up_for_once, |app| {
    let mut app = app;
    let ada = app.user("Ada", "administrator").await;
    let id = ada.post("/export-schedules", &daily("Daily")).await.made();
    app.rest().await;
    set(&app, "2026-11-27T09:00:00Z");
    app.work();
    let found = runs(&app, &id, 1).await;
    assert_eq!((found.len(), &found[0]["due_at"]), (1, &json!("2026-11-24T05:00:00.000Z")));
    let next = ada.get(&format!("/export-schedules/{id}")).await.expect(200);
    assert_eq!(next["next_at"], "2026-11-28T05:00:00.000Z");
});

on_both!(two_programs_write_one_file_and_one_that_died_writes_it_once, |app| {
    let ada = app.user("Ada", "administrator").await;
    let id = ada.post("/export-schedules", &daily("Daily")).await.made();
    let other = app.house.work();
    for day in 24..=26 {
        set(&app, &format!("2026-11-{day}T05:00:00Z"));
        let count = usize::try_from(day - 23).unwrap();
        assert_eq!(runs(&app, &id, count).await.len(), count);
    }
    // The end of the job was not written down: it comes again.
    let caller = SystemCaller::for_(app.house.db.tenant(), "test");
    let mut batch = Batch::new();
    let text = "UPDATE job SET state = 'waiting', due_at = 0 WHERE tenant_id = ?1 AND state = 'done' AND kind = ?2";
    let cells = [caller.tenant.into(), "records.export_schedule".into()];
    batch.run(Statement::new(text.to_owned(), cells));
    app.house.db.submit(&caller, batch).await.unwrap();
    ada.post(&format!("/export-schedules/{id}/runs"), &json!({})).await.expect(202);
    let all = runs(&app, &id, 4).await;
    let dues: Vec<&Value> = all.iter().map(|run| &run["due_at"]).collect();
    let at = |day: u32| json!(format!("2026-11-{day}T05:00:00.000Z"));
    assert_eq!(dues, [&Value::Null, &at(26), &at(25), &at(24)]);
    other.rest().await;
});

on_both!(the_youngest_files_are_kept, |app| {
    let ada = app.user("Ada", "administrator").await;
    people(&ada).await;
    let mut asked = daily("Daily");
    asked["keep"] = json!(2);
    let id = ada.post("/export-schedules", &asked).await.made();
    let run_now = async || {
        let run = ada.post(&format!("/export-schedules/{id}/runs"), &json!({})).await.expect(202);
        let mut committed = app.house.db.committed();
        loop {
            committed.mark_unchanged();
            let found = ada.get(&format!("/export-schedules/{id}/runs")).await.expect(200);
            let items = found["items"].as_array().unwrap().clone();
            if items.iter().any(|known| known["id"] == run["id"] && known["state"] == "done") {
                return items;
            }
            committed.changed().await.unwrap();
        }
    };
    let first = run_now().await.remove(0);
    run_now().await;
    let left = run_now().await;
    assert_eq!(left.len(), 2, "{left:?}");
    assert_eq!(file(&ada, &id, &first).await.status, 404);
    assert_eq!(file(&ada, &id, &left[1]).await.status, 200);
    ada.delete(&format!("/export-schedules/{id}")).await.expect(204);
    assert_eq!(ada.get(&format!("/export-schedules/{id}")).await.status, 404);
    assert_eq!(counted(&app, "SELECT count(*) FROM file WHERE tenant_id = ?1").await, 0);
    assert_eq!(counted(&app, "SELECT size_bytes FROM file_total WHERE tenant_id = ?1").await, 0);
    assert_eq!(counted(&app, "SELECT CAST(sum(uses) AS BIGINT) FROM file_content WHERE tenant_id = ?1").await, 0);
});

on_both!(a_file_holds_what_its_owner_may_see_by_then, |app| {
    let operator = app.operator();
    people(&operator).await;
    let role = |fields: Value, export: &str| {
        json!({"name": "clerk", "objects": {"contacts": {"create": true, "read": "all", "export": export}},
            "fields": {"contacts": fields}})
    };
    app.role(&role(json!({}), "all")).await;
    let sam = app.person("Sam", &["clerk"], &[]).await;
    let mut asked = daily("Sam's");
    asked["fields"] = json!([]);
    asked["filter"] = json!("city = 'lodz'");
    let id = sam.post("/export-schedules", &asked).await.made();
    let roles = operator.get("/roles?limit=200").await.expect(200);
    let clerk = roles["items"].as_array().unwrap().iter().find(|role| role["name"] == "clerk").unwrap();
    let clerk = format!("/roles/{}", clerk["id"].as_str().unwrap());

    operator
        .patch(&clerk, &role(json!({"phone": "hidden", "city": "read", "last_name": "masked"}), "all"))
        .await
        .expect(200);
    set(&app, "2026-11-24T05:00:00Z");
    let first = runs(&app, &id, 1).await.remove(0);
    let text = file(&sam, &id, &first).await.text();
    let header = text.lines().next().unwrap().to_owned();
    assert!(header.contains("last_name") && !header.contains("phone"), "{header}");
    assert!(!text.contains("Nowak") && text.contains("N•••") && !text.contains("Iași"), "{text}");

    // A field of the filter is hidden: other records must not stand in for the wanted ones.
    operator.patch(&clerk, &role(json!({"city": "hidden"}), "all")).await.expect(200);
    set(&app, "2026-11-25T05:00:00Z");
    let second = runs(&app, &id, 2).await.remove(0);
    assert_eq!((&second["state"], &second["file"]), (&json!("failed"), &Value::Null), "{second}");
    let stopped = sam.get(&format!("/export-schedules/{id}")).await.expect(200);
    assert_eq!((&stopped["enabled"], &stopped["next_at"]), (&json!(false), &Value::Null), "{stopped}");
    assert_eq!(stopped["disabled_reason"], second["error"]);
    assert!(stopped["disabled_reason"].as_str().unwrap().contains("city"), "{stopped}");

    operator.patch(&clerk, &role(json!({}), "all")).await.expect(200);
    let on = sam.patch(&format!("/export-schedules/{id}"), &json!({"enabled": true})).await.expect(200);
    assert_eq!((&on["disabled_reason"], &on["next_at"]), (&Value::Null, &json!("2026-11-26T05:00:00.000Z")));
    operator.patch(&clerk, &role(json!({}), "none")).await.expect(200);
    assert_eq!(file(&sam, &id, &first).await.status, 403, "who may not export takes no older file away either");
    assert_eq!(file(&operator, &id, &first).await.status, 200);
    set(&app, "2026-11-26T05:00:00Z");
    assert_eq!(runs(&app, &id, 3).await[0]["state"], "failed");
    assert_eq!(sam.get(&format!("/export-schedules/{id}")).await.expect(200)["enabled"], false);
    let text = "SELECT count(*) FROM event WHERE tenant_id = ?1 AND kind = 'export_schedule.stopped'";
    assert_eq!(counted(&app, text).await, 2);
});

on_both!(whose_owner_is_gone_is_stopped, |app| {
    let operator = app.operator();
    app.user("Ada", "administrator").await;
    let sam = app.person("Sam", &["administrator"], &[]).await;
    let id = sam.post("/export-schedules", &daily("Sam's")).await.made();
    operator.patch(&format!("/users/{}", sam.id), &json!({"active": false})).await.expect(200);
    set(&app, "2026-11-24T05:00:00Z");
    assert_eq!(runs(&app, &id, 1).await[0]["state"], "failed");
    let stopped = operator.get(&format!("/export-schedules/{id}")).await.expect(200);
    assert_eq!(stopped["enabled"], false);
    assert!(stopped["disabled_reason"].as_str().unwrap().contains("sign in"), "{stopped}");
});

on_both!(schedules_are_their_makers_and_the_administrators, |app| {
    let operator = app.operator();
    people(&operator).await;
    let full = json!({"contacts": {"create": true, "read": "all", "export": "all"}});
    app.role(&json!({"name": "clerk", "objects": full})).await;
    app.role(&json!({"name": "looker", "objects": {"contacts": {"read": "all"}}})).await;
    let (sam, tom) = (app.user("Sam", "clerk").await, app.user("Tom", "clerk").await);
    let una = app.user("Una", "looker").await;
    una.post("/export-schedules", &daily("x")).await.refused(403, "rights-export");
    operator.post("/export-schedules", &daily("x")).await.refused(403, "export-schedule-of-nobody");
    let id = sam.post("/export-schedules", &daily("x")).await.made();
    sam.post(&format!("/export-schedules/{id}/runs"), &json!({})).await.expect(202);
    let run = runs(&app, &id, 1).await.remove(0);
    let one = format!("/export-schedules/{id}");
    let before = app.digest().await;
    for reply in [
        tom.get(&one).await,
        tom.patch(&one, &json!({"keep": 1})).await,
        tom.delete(&one).await,
        tom.get(&format!("{one}/runs")).await,
        tom.post(&format!("{one}/runs"), &json!({})).await,
        file(&tom, &id, &run).await,
        sam.get(&format!("{one}/runs/0000000000000/file")).await,
    ] {
        assert_eq!(reply.status, 404, "{}", reply.text());
    }
    assert_eq!(app.digest().await.differences(&before), Vec::<String>::new(), "a refused request changes nothing");
    assert_eq!(tom.get("/export-schedules").await.column("id"), Vec::<Value>::new());
    assert_eq!(operator.get("/export-schedules").await.column("name"), [json!("x")]);
    let changed = operator.patch(&one, &json!({"keep": 3, "enabled": false})).await.expect(200);
    assert_eq!((&changed["keep"], &changed["enabled"], &changed["next_at"]), (&json!(3), &json!(false), &Value::Null));
});

on_both!(what_makes_no_sense_is_refused, |app| {
    let ada = app.user("Ada", "administrator").await;
    let with = |name: &str, value: Value| {
        let mut asked = daily("x");
        asked[name] = value;
        asked
    };
    for (asked, field) in [
        (with("name", json!("")), "name"),
        (with("object", json!("ghosts")), "object"),
        (with("keep", json!(0)), "keep"),
        (with("filter", json!("city = ")), "filter"),
        (with("fields", json!(["ghost"])), "fields"),
        (with("view", json!("0000000000000")), "view"),
        (with("every", json!({"unit": "day", "at": "25:00"})), "every.at"),
        (with("every", json!({"unit": "day", "at": "06:00", "weekday": "monday"})), "every.weekday"),
        (with("every", json!({"unit": "month", "at": "06:00", "day": 32})), "every.day"),
    ] {
        let reply = ada.post("/export-schedules", &asked).await;
        assert_eq!((reply.status, reply.first_error().0.as_str()), (422, field), "{}", reply.text());
    }
    assert_eq!(ada.post("/export-schedules", &with("object", json!("companies"))).await.status, 422);
    assert_eq!(ada.get("/export-schedules").await.column("id"), Vec::<Value>::new());
});

on_both!(a_view_says_what_is_in_the_file, |app| {
    let ada = app.user("Ada", "administrator").await;
    people(&ada).await;
    let view = json!({"object": "contacts", "name": "Łódź", "columns": ["city"], "filter": "city = 'lodz'"});
    let view = ada.post("/views", &view).await.made();
    let mut asked = daily("Through a view");
    asked["fields"] = json!([]);
    asked["view"] = json!(view);
    asked["format"] = json!("ndjson");
    let id = ada.post("/export-schedules", &asked).await.made();
    ada.post(&format!("/export-schedules/{id}/runs"), &json!({})).await.expect(202);
    let run = runs(&app, &id, 1).await.remove(0);
    assert_eq!(file(&ada, &id, &run).await.text(), "{\"city\":\"Łódź\"}\n");
    ada.delete(&format!("/views/{view}")).await.expect(204);
    ada.post(&format!("/export-schedules/{id}/runs"), &json!({})).await.expect(202);
    assert_eq!(runs(&app, &id, 2).await[0]["state"], "failed");
    assert_eq!(ada.get(&format!("/export-schedules/{id}")).await.expect(200)["enabled"], false);
});
