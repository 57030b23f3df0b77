//! Who is told of an edited comment.

use super::{people, unread};
use crate::comments::{contact, say};
use serde_json::json;
use testing::on_both;

on_both!(a_team_is_not_told_again_however_its_mention_is_written, |app| {
    let (ada, _, rita) = people(&app).await;
    let team = app.team("Sprzedaż", None).await;
    let ewa = app.person("Ewa", &["reader"], &["Sprzedaż"]).await;
    let nowak = contact(&app, "Nowak").await;
    let one = format!("/comments/{}", say(&ada, &nowak, "@[Sprzedaż] kto dzwoni?").await);
    for body in ["@[Sprzedaż] kto zadzwoni?", "@[sprzedaz] kto?", &format!("@[S](team:{team}) kto?"), "@[Sprzedaż]"] {
        ada.patch(&one, &json!({"body": body})).await.expect(200);
        assert_eq!(unread(&app, &ewa).await, ["Ada mentioned you on Nowak"], "{body}");
    }
    let body = format!("@[Sprzedaż] i @[Rita](user:{})", rita.id);
    ada.patch(&one, &json!({"body": body})).await.expect(200);
    assert_eq!(unread(&app, &rita).await, ["Ada mentioned you on Nowak"], "she is new there");
    assert_eq!(unread(&app, &ewa).await, ["Ada mentioned you on Nowak"]);
});
