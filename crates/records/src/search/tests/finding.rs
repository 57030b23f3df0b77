//! What is typed and what comes of it.

use super::world::{World, in_each_world, text};
use crate::value::Value;
use base::Id;

async fn contact(world: &World, first: &str, last: &str) -> Id {
    world.put("contacts", &[("first_name", text(first)), ("last_name", text(last))]).await
}

#[tokio::test]
async fn names_are_found_with_and_without_their_accents() {
    in_each_world(async |world| {
        let polish = contact(&world, "Łucja", "Żółć-Gęśla").await;
        let romanian = contact(&world, "Ștefan", "Țăran").await;
        let old_romanian = contact(&world, "Iaşi", "Braşov").await;
        let french = contact(&world, "Élodie", "Lœuvre").await;
        for typed in ["łucja", "LUCJA", "żółć", "zolc gesla", "Gęśla łuc", "zolcgesla"] {
            world.assert_finds(typed, polish, "Łucja Żółć-Gęśla").await;
        }
        for typed in ["ștefan", "stefan", "şte", "taran", "ţăr"] {
            world.assert_finds(typed, romanian, "Ștefan Țăran").await;
        }
        for typed in ["iași", "brașov", "brasov"] {
            world.assert_finds(typed, old_romanian, "Iaşi Braşov").await;
        }
        for typed in ["élodie", "elodie", "lœuvre", "loeuvre"] {
            world.assert_finds(typed, french, "Élodie Lœuvre").await;
        }
    })
    .await;
}

#[tokio::test]
async fn beginnings_of_any_length_find() {
    in_each_world(async |world| {
        let id = contact(&world, "Katarzyna", "Wiśniewska").await;
        contact(&world, "Jan", "Nowak").await;
        for typed in ["ka", "kat", "kata", "katar", "katarzyna", "wi ka", "k wiśn", "wisniewska katarzyna"] {
            world.assert_finds(typed, id, "Katarzyna Wiśniewska").await;
        }
        world.assert_finds_nothing(&world.admin(), "tarzyna").await;
        world.assert_finds_nothing(&world.admin(), "kat nowak").await;
    })
    .await;
}

#[tokio::test]
async fn one_slip_of_the_finger_is_forgiven() {
    in_each_world(async |world| {
        let id = contact(&world, "Agnieszka", "Kowalska").await;
        contact(&world, "Piotr", "Zieliński").await;
        for typed in ["kowlaska", "kowaska", "kowallska", "kowalsla", "agnieszka kowaslka", "agnieska", "kowla"] {
            world.assert_finds(typed, id, "Agnieszka Kowalska").await;
        }
        world.assert_finds_nothing(&world.admin(), "kwolaksa").await;
    })
    .await;
}

#[tokio::test]
async fn words_that_are_there_are_not_taken_for_mistyped() {
    in_each_world(async |world| {
        for last in ["Marek", "Marek", "Marek", "Marek", "Marek", "Mareka", "Maren"] {
            contact(&world, "Jan", last).await;
        }
        let found = world.found(&world.admin(), "marek").await;
        assert_eq!(found.len(), 6, "{found:?}");
        assert_eq!(found.last().map(String::as_str), Some("Jan Mareka"), "whole words come first");
        assert_eq!(world.listed(&world.admin(), "marek").await.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn a_phone_is_found_by_any_part_in_any_notation() {
    in_each_world(async |world| {
        let phones = Value::Many(vec![text("+48600123456"), text("+40721555777")]);
        let values = [("last_name", text("Kos")), ("phone", text("+48600123456")), ("phones", phones)];
        let id = world.put("contacts", &values).await;
        world.put("contacts", &[("last_name", text("Other")), ("phone", text("+48511222333"))]).await;
        for typed in [
            "600 123 456",
            "600-123",
            "(600) 123-456",
            "+48 600",
            "48600123456",
            "0048 600 123",
            "0600 123 456",
            "0123",
            "3456",
            "456",
            "0 12 34",
            "721 555",
            "+40 (0)721 555 777",
            "kos 600123",
        ] {
            world.assert_finds(typed, id, "Kos").await;
        }
        world.assert_finds_nothing(&world.admin(), "600 124").await;
    })
    .await;
}

#[tokio::test]
async fn an_address_is_found_by_its_parts() {
    in_each_world(async |world| {
        let emails = Value::Many(vec![text("anna.kow@firma.com.pl"), text("ak@mail.huta-x.ro")]);
        let values = [("last_name", text("Kos")), ("email", text("anna.kow@firma.com.pl")), ("emails", emails)];
        let id = world.put("contacts", &values).await;
        world.put("contacts", &[("last_name", text("Other")), ("email", text("anna@inna.pl"))]).await;
        for typed in [
            "anna.kow",
            "kow",
            "anna.kow@firma.com.pl",
            "anna.kow@fir",
            "@firma.com",
            "firma.com.pl",
            "firma",
            "huta-x",
        ] {
            world.assert_finds(typed, id, "Kos").await;
        }
        assert_eq!(world.found(&world.admin(), "anna").await.len(), 2);
        world.assert_finds_nothing(&world.admin(), "anna.kow@inna.pl").await;
    })
    .await;
}

#[tokio::test]
async fn the_box_looks_at_every_object_and_ranks() {
    in_each_world(async |world| {
        let admin = world.admin();
        world.put("notes", &[("body", text("Rozmowa z Kowalem\no wycenie"))]).await;
        world.put("contacts", &[("last_name", text("Kowalski")), ("email", text("kowal@x.pl"))]).await;
        world.put("companies", &[("name", text("Kowal i Syn")), ("tax_id", text("525-000-73-94"))]).await;
        world.put("tasks", &[("subject", text("Zadzwonić: Kowal"))]).await;
        let found = world.found(&admin, "kowal").await;
        assert_eq!(found, ["Zadzwonić: Kowal", "Kowal i Syn", "Kowalski", "Rozmowa z Kowalem o wycenie"]);
        assert_eq!(world.found(&admin, "5250007394").await, ["Kowal i Syn"]);
        assert_eq!(world.found(&admin, "525-000-73").await, ["Kowal i Syn"]);
        assert_eq!(world.listed(&admin, "kowal").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_very_common_beginning_answers_with_the_youngest_and_lists_all() {
    in_each_world(async |world| {
        let person = |n: usize| vec![("first_name", text("Maria")), ("last_name", text(&format!("Nowak{n}")))];
        for from in [0, 1_000, 2_000] {
            let people: Vec<_> = (from..from + 1_000).map(person).collect();
            world.put_all("contacts", &people).await;
        }
        let admin = world.admin();
        assert_eq!(world.listed(&admin, "mar").await.len(), 3_000);
        assert_eq!(world.found(&admin, "mar").await.first().map(String::as_str), Some("Maria Nowak2999"));
        let company = world.put("companies", &[("name", text("Marmur"))]).await;
        assert!(company > Id(0));
        assert!(world.found(&admin, "mar nowak77").await.contains(&"Maria Nowak77".to_owned()));
    })
    .await;
}
