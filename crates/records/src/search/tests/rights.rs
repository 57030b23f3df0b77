//! Who may not find what.

use super::world::{ME, in_each_world, owned_by, text};
use crate::value::Value;
use base::{FieldRule, Id, Scope};

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
