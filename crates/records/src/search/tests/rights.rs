//! Who may not find what.

use super::world::{ME, World, in_each_world, owned_by, text};
use crate::{search::words, value::Value};
use base::{AccessPlan, Caller, FieldRule, Id, Scope};
use db::{Batch, Statement, sql};
use std::sync::Arc;

#[tokio::test]
async fn a_hidden_field_finds_nothing() {
    in_each_world(async |world| {
        let emails = Value::Many(vec![text("tajny.adres@sekret.pl")]);
        let values = [
            ("first_name", text("Anna-Maria")),
            ("last_name", text("Żak")),
            ("email", text("tajny.adres@sekret.pl")),
            ("emails", emails),
            ("phone", text("+48600123456")),
        ];
        let id = world.put("contacts", &values).await;
        for rule in [FieldRule::Hidden, FieldRule::Masked] {
            let user = world.user(Scope::All, &[("email", rule), ("phone", rule)]);
            for typed in ["tajny", "sekret.pl", "sekret", "tajny.adres@sekret.pl", "tajyn", "600 123", "żak sekret"] {
                world.assert_finds_nothing(&user, typed).await;
            }
            for typed in ["anna", "maria", "żak", "zak anna", "annamaria"] {
                let what = format!("{typed} {rule:?} {:?}", world.db.dialect());
                assert_eq!(world.found(&user, typed).await, ["Anna-Maria Żak"], "{what}");
                if typed != "annamaria" {
                    assert_eq!(world.listed(&user, typed).await, [id], "{what}");
                }
            }
        }
        let without_name = world.user(Scope::All, &[("last_name", FieldRule::Hidden)]);
        world.assert_finds_nothing(&without_name, "zak").await;
        for typed in ["adres", "sekret.pl", "tajny.adres@sekret", "0123", "+48 600", "600 123 456", "anna maria"] {
            let what = format!("{typed} {:?}", world.db.dialect());
            assert_eq!(world.listed(&without_name, typed).await, [id], "{what}");
            assert_eq!(world.found(&without_name, typed).await, ["Anna-Maria"], "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_hidden_field_holds_does_not_change_how_others_are_read() {
    in_each_world(async |world| {
        // Were the hidden e-mails counted, five hits would be enough and the mistyped name would not be found.
        for n in 0..6 {
            let values = [("last_name", text("Inny")), ("email", text(&format!("kowlaski@x{n}.pl")))];
            world.put("contacts", &values).await;
        }
        let id = world.put("contacts", &[("last_name", text("Kowalski"))]).await;
        let user = world.user(Scope::All, &[("email", FieldRule::Hidden)]);
        assert_eq!(world.listed(&user, "kowlaski").await, [id]);
        assert_eq!(world.found(&user, "kowlaski").await, ["Kowalski"]);
    })
    .await;
}

#[tokio::test]
async fn the_records_of_others_are_not_found() {
    in_each_world(async |world| {
        let mine = world.put("contacts", &[("last_name", text("Kowal")), ("owner", owned_by(ME))]).await;
        let people: Vec<_> = (0..500)
            .map(|n| {
                vec![("last_name", text("Kowal")), ("first_name", text(&format!("N{n}"))), ("owner", owned_by(Id(77)))]
            })
            .collect();
        world.put_all("contacts", &people).await;
        let user = world.user(Scope::Own, &[]);
        assert_eq!(world.listed(&user, "kowal").await, [mine]);
        assert_eq!(world.found(&user, "kowal").await, ["Kowal"], "the youngest hits are all others'");
        world.assert_finds_nothing(&world.user(Scope::None, &[]), "kowal").await;
    })
    .await;
}

#[tokio::test]
async fn objects_that_may_not_be_read_are_not_looked_at() {
    in_each_world(async |world| {
        world.put("companies", &[("name", text("Kowal i Syn"))]).await;
        world.assert_finds_nothing(&world.user(Scope::All, &[]), "kowal").await;
    })
    .await;
}

#[tokio::test]
async fn a_masked_name_is_shown_masked() {
    in_each_world(async |world| {
        let values = [("first_name", text("Anna")), ("last_name", text("Kowal"))];
        world.put("contacts", &values).await;
        let user = world.user(Scope::All, &[("last_name", FieldRule::Masked)]);
        assert_eq!(world.found(&user, "anna").await, ["Anna K•••"]);
    })
    .await;
}

/// Reads what these teams have, and what is the user's own.
fn in_teams(world: &World, teams: impl Iterator<Item = i64>) -> Caller {
    let user = world.user(Scope::Team, &[]);
    let plan = AccessPlan { teams: teams.map(Id).collect(), ..AccessPlan::clone(&user.plan) };
    Caller { plan: Arc::new(plan), ..user }
}

/// Old contacts of one's own, of team 5 and of nobody; the youngest hits are all others'.
async fn crowd(world: &World) -> [Id; 2] {
    let mine = world.put("contacts", &[("last_name", text("Kowal")), ("owner", owned_by(ME))]).await;
    let values = [("last_name", text("Kowalski")), ("owner", owned_by(Id(78))), ("team", owned_by(Id(5)))];
    let teams = world.put("contacts", &values).await;
    world.put("contacts", &[("last_name", text("Kowal"))]).await;
    let other = |n: usize| {
        let name = text(&format!("Kowalewski{n}"));
        vec![("last_name", name), ("owner", owned_by(Id(77))), ("team", owned_by(Id(6)))]
    };
    world.put_all("contacts", &(0..1_500).map(other).collect::<Vec<_>>()).await;
    [mine, teams]
}

#[tokio::test]
async fn the_records_of_a_team_are_found_among_many_of_others() {
    in_each_world(async |world| {
        let [mine, of_team] = crowd(&world).await;
        // With so many teams they are not asked for one by one.
        for teams in [4..6, 5..6, 1_000..1_200] {
            let user = in_teams(&world, teams.clone().chain([5]));
            for typed in ["kow", "kowal", "kowalski", "kowlaski"] {
                let found =
                    if typed == "kowalski" || typed == "kowlaski" { vec![of_team] } else { vec![mine, of_team] };
                assert_eq!(world.listed(&user, typed).await, found, "{typed} {teams:?} {:?}", world.db.dialect());
                assert_eq!(world.found(&user, typed).await.len(), found.len(), "{typed} {teams:?}");
            }
        }
        assert_eq!(world.listed(&in_teams(&world, 7..8), "kow").await, [mine]);
        assert_eq!(world.found(&in_teams(&world, 7..8), "kow").await, ["Kowal"]);
    })
    .await;
}

#[tokio::test]
async fn records_that_are_not_yet_kept_under_their_owner_are_found() {
    in_each_world(async |world| {
        let [mine, of_team] = crowd(&world).await;
        let mut batch = Batch::new();
        let (dialect, tenant) = (world.db.dialect(), world.db.tenant());
        for (id, word) in [(mine, "kowal"), (of_team, "kowalski")] {
            let old = words::with_beginnings(vec![word.to_owned()], world.object("contacts").id, Vec::new());
            batch.run(words::put(dialect, tenant, id, &old, true));
        }
        let text = sql!("INSERT INTO search_reindex (tenant_id, object_id, after_id) VALUES (?1, 0, 0)");
        batch.run(Statement::new(text, [tenant.into()]));
        world.db.submit(&world.admin(), batch).await.unwrap();
        let user = in_teams(&world, 5..6);
        for (typed, found) in [("kow", 2), ("kowal", 2), ("kowalski", 1), ("kowlaski", 1)] {
            assert_eq!(world.listed(&user, typed).await.len(), found, "{typed} {dialect:?}");
            assert_eq!(world.found(&user, typed).await.len(), found, "{typed} {dialect:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_open_field_is_found_behind_many_hidden_ones() {
    in_each_world(async |world| {
        let id = world.put("contacts", &[("last_name", text("Sekret"))]).await;
        let other = |n: usize| vec![("last_name", text("Inny")), ("email", text(&format!("a{n}@sekret.pl")))];
        world.put_all("contacts", &(0..900).map(other).collect::<Vec<_>>()).await;
        let user = world.user(Scope::All, &[("email", FieldRule::Hidden)]);
        for typed in ["sek", "sekre", "sekret"] {
            assert_eq!(world.listed(&user, typed).await, [id], "{typed} {:?}", world.db.dialect());
            assert_eq!(world.found(&user, typed).await, ["Sekret"], "{typed} {:?}", world.db.dialect());
        }
    })
    .await;
}
