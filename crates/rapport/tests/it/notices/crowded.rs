//! Pages that are read while many others read.

use super::{follow, people};
use crate::comments::{contact, say};
use serde_json::json;
use testing::on_both;

/// Connections to a PostgreSQL server, but one.
const ALL_BUT_ONE: usize = 7;

on_both!(each_page_needs_one_connection_at_a_time, |app| {
    let (ada, marek, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    follow(&rita, &nowak).await;
    let said = say(&ada, &nowak, &format!("@[Marek](user:{})", marek.id)).await;
    ada.put(&format!("/comments/{said}/reactions/%F0%9F%91%8D"), &json!({})).await.expect(204);
    let path = format!("/records/contacts/{nowak}");
    let at = json!({"at": "2026-11-23T12:00:00Z"});
    marek.post(&format!("{path}/reminders"), &at).await.expect(201);
    app.caught_up().await;
    let mut app = app;
    app.rest().await;
    let caller = base::SystemCaller::for_(app.house.db.tenant(), "test");
    let mut held = Vec::new();
    for _ in 0..ALL_BUT_ONE {
        let mut reader = app.house.db.reader(&caller);
        let text = "SELECT seq FROM event WHERE tenant_id = ?1 ORDER BY seq LIMIT 1";
        reader.rows(db::Statement::new(text, [caller.tenant.into()])).await.unwrap();
        held.push(reader);
    }
    for page in ["comments", "history", "timeline", "followers", "reminders"] {
        marek.get(&format!("{path}/{page}")).await.expect(200);
    }
    for page in ["/notifications", "/notifications/count", "/following", "/reminders"] {
        marek.get(page).await.expect(200);
    }
    assert_eq!(marek.get("/notifications").await.column("kind"), ["mentioned"]);
});
