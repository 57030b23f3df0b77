//! What each kind takes, what it makes of it, and what it refuses, case by case.

mod numbers;
mod round_trip;

use super::*;
use crate::{
    field::{Choice, Target},
    object::Labels,
    value::{Link, Money},
};
use base::Id;
use std::{collections::HashSet, sync::Arc};

pub(super) fn reading() -> Reading {
    Reading {
        country: "PL".into(),
        record_country: None,
        national_ids: false,
        currency: "EUR".into(),
        zone: jiff::tz::TimeZone::get("Europe/Warsaw").unwrap(),
        dates: None,
        decimal_comma: false,
        round: false,
        objects: Arc::new(objects()),
        patterns: Arc::default(),
    }
}

pub(super) fn objects() -> Objects {
    Objects::new([(1, "companies"), (2, "contacts"), (90, "users"), (91, "teams")].into_iter())
}

/// A field of each kind, as an administrator would make it.
pub(super) fn field(kind: Kind) -> Field {
    let mut field = Field::new("x", kind);
    let choice = |code: &str, pl: &str| Choice::new(code, Labels::all(code, pl, pl, pl));
    field.choices = vec![choice("open", "Otwarte"), choice("in_progress", "W toku"), choice("closed", "Zamknięte")];
    field.target = match kind {
        Kind::Relation => Some(Target::default()),
        Kind::Relations => Some(Target {
            object: Some("companies".into()),
            roles: Some(crate::field::Roles::free()),
            ..Default::default()
        }),
        _ => None,
    };
    field
}

/// Reads a text, and says what the API shows of it, or the code of the refusal.
fn shown(field: &Field, text: &str, reading: &Reading) -> String {
    match from_text(field, text, reading) {
        Ok(value) => to_json(field, &value, &objects()).to_string(),
        Err(refused) => refused.code.to_owned(),
    }
}

fn check(kind: Kind, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(&field(kind), text, &reading()), *expected, "{kind:?} {text:?}");
    }
}

fn check_json(kind: Kind, cases: &[(Json, &str)]) {
    let field = field(kind);
    for (json, expected) in cases {
        let shown = match from_json(&field, json, &reading()) {
            Ok(value) => to_json(&field, &value, &objects()).to_string(),
            Err(refused) => refused.code.to_owned(),
        };
        assert_eq!(shown, *expected, "{kind:?} {json}");
    }
}

#[test]
fn texts_are_trimmed_composed_and_free_of_control_characters() {
    check(
        Kind::Text,
        &[
            ("  Jan \u{feff}", r#""Jan""#),
            ("Lo\u{301}dz\u{301}", r#""Lódź""#),
            (" \u{200b}\t ", "null"),
            ("a\nb", "field-line-break"),
            ("a\0b", "field-control-character"),
            ("a\tb", "field-control-character"),
            (&"ł".repeat(500), &format!("\"{}\"", "ł".repeat(500))),
            (&"ł".repeat(501), "field-text-too-long"),
        ],
    );
    check(Kind::LongText, &[("a\r\nb\rc\td", r#""a\nb\nc\td""#), ("a\u{1b}b", "field-control-character")]);
}

#[test]
fn texts_keep_to_their_fields_bounds_and_pattern() {
    let mut field = field(Kind::Text);
    (field.min, field.max, field.pattern) = (Some(2), Some(5), Some("[A-Z]+|x+".into()));
    for (text, expected) in [
        ("AB", r#""AB""#),
        ("A", "field-text-too-short"),
        ("ABCDEF", "field-text-too-long"),
        ("ABx", "field-pattern-mismatch"),
        ("xx", r#""xx""#),
    ] {
        assert_eq!(shown(&field, text, &reading()), expected, "{text}");
    }
    let prepared = Reading { patterns: Arc::new(Patterns::new(["[A-Z]+|x+"].into_iter())), ..reading() };
    assert_eq!(shown(&field, "ABC", &prepared), r#""ABC""#);
    for bad in ["a)|(b", "(", r"\w{1000}{1000}"] {
        assert_eq!(check_pattern(bad).unwrap_err().code, "field-pattern-unreadable", "{bad}");
    }
}

#[test]
fn choices_are_found_by_code_and_label_and_tags_are_free() {
    let cases = [("OPEN", r#""open""#), ("Zamknięte", r#""closed""#), ("w TOKU", r#""in_progress""#)];
    check(Kind::Choice, &cases);
    check(Kind::Choice, &[("half", "field-unknown-choice")]);
    check(Kind::Choices, &[("open; zamkniete;open", r#"["open","closed"]"#), (" ; ", "[]")]);
    check(Kind::Tags, &[("VIP; łódź;vip ; Lodz; ", r#"["VIP","łódź"]"#), (&"x".repeat(101), "field-text-too-long")]);
    check_json(Kind::Tags, &[(json!(["VIP", "Vip", null]), r#"["VIP"]"#), (json!("VIP"), "field-needs-list")]);
    check_json(Kind::Choices, &[(json!(["closed"]), r#"["closed"]"#), (json!("closed"), "field-needs-list")]);
}

#[test]
fn ways_to_reach_people_are_brought_into_one_form() {
    check(
        Kind::Email,
        &[
            (" Jan.Kowalski@Example.PL ", r#""Jan.Kowalski@example.pl""#),
            ("żółw@zażółć.pl", r#""żółw@zażółć.pl""#),
            ("jan@localhost", "field-not-an-email"),
            ("Jan <jan@example.pl>", "field-not-an-email"),
            ("jan", "field-not-an-email"),
            ("jan@exa mple.pl", "field-not-an-email"),
        ],
    );
    check(
        Kind::Phone,
        &[
            ("12 345 67 89", r#""+48123456789""#),
            ("\u{202a}+48 12 345 67 89\u{202c}", r#""+48123456789""#),
            ("0048 (12) 345-67-89", r#""+48123456789""#),
            ("+33 1 42 68 53 00", r#""+33142685300""#),
            ("123", "field-not-a-phone"),
            ("12 345 67 89 ext. 12", "field-phone-extension"),
            ("+48 12 CALL NOW", "field-not-a-phone"),
            ("+49000000", "field-not-a-phone"),
            (&"1".repeat(10_000), "field-not-a-phone"),
        ],
    );
    check(
        Kind::Url,
        &[
            ("www.x.pl", r#""https://www.x.pl""#),
            ("HTTP://X.pl/a?b=ł#c", r#""http://x.pl/a?b=%C5%82#c""#),
            ("x.pl:8080", r#""https://x.pl:8080""#),
            ("javascript:alert(1)", "field-not-a-url"),
            ("javascript://x.pl/%0aalert(1)", "field-not-a-url"),
            ("https://user:secret@x.pl", "field-not-a-url"),
            ("ftp://x.pl", "field-not-a-url"),
            ("x", "field-not-a-url"),
            ("two words.pl", "field-not-a-url"),
        ],
    );
}

#[test]
fn addresses_have_parts() {
    check(
        Kind::Address,
        &[
            ("ul. Długa 5", r#"{"street":"ul. Długa 5"}"#),
            (
                "Długa 5; 90-001; Łódź; ; Polska",
                r#"{"street":"Długa 5","postcode":"90-001","city":"Łódź","country":"PL"}"#,
            ),
            (r#"{"label":"home","city":"Iași"}"#, r#"{"label":"home","city":"Iași"}"#),
            (";;", "null"),
            ("a;b;c;d;PL;f", "field-not-an-address"),
            ("a;b;c;d;Narnia", "field-unknown-country"),
            ("{", "field-not-an-address"),
        ],
    );
    check_json(
        Kind::Address,
        &[(json!({"planet": "Mars"}), "field-unknown-part"), (json!({"city": 5}), "field-not-an-address")],
    );
}

#[test]
fn shared_lists_are_known_by_code_and_name() {
    check(Kind::Country, &[("Niemcy", r#""DE""#), ("fra", r#""FR""#), ("Narnia", "field-unknown-country")]);
    check(Kind::Language, &[("polonais", r#""pl""#), ("RO", r#""ro""#), ("Elvish", "field-unknown-language")]);
    check(Kind::Currency, &[("pln", r#""PLN""#), ("dukat", "field-unknown-currency")]);
}

#[test]
fn references_name_a_record_and_where_needed_its_object_and_role() {
    let id = Id(1 << 40).to_string();
    check(Kind::User, &[(&id, &format!("\"{id}\"")), ("Jan", "field-not-an-id")]);
    check(Kind::Team, &[(&format!("contacts:{id}"), "field-wrong-object")]);
    check(
        Kind::Relation,
        &[
            (&format!("contacts:{id}"), &format!(r#"{{"object":"contacts","id":"{id}"}}"#)),
            (&id, "field-link-without-object"),
            (&format!("spaceships:{id}"), "field-unknown-object"),
            (&format!("contacts:{id} boss"), "field-keeps-no-roles"),
        ],
    );
    let dated = format!(r#"[{{"id":"{id}","role":null,"from":null,"until":"1999-12-31"}}]"#);
    check(
        Kind::Relations,
        &[
            (&format!("{id} boss; {id}"), &format!(r#"[{{"id":"{id}","role":"boss"}}]"#)),
            (&format!("{id} [..1999-12-31]"), &dated),
            (&format!("{id} [2024-01-01..2023-01-01]"), "field-role-ends-first"),
            (&format!("{id} [soon..]"), "field-role-day"),
        ],
    );
    check_json(
        Kind::Relation,
        &[
            (json!({"object": "companies", "id": id}), &format!(r#"{{"object":"companies","id":"{id}"}}"#)),
            (json!({"object": "companies"}), "field-link-without-id"),
            (json!({"object": "companies", "id": id, "name": "x"}), "field-unknown-part"),
            (json!(5), "field-not-an-id"),
        ],
    );
}

#[test]
fn a_masked_value_is_recognised_but_not_given_away() {
    let mask = |kind: Kind, text: &str| masked(&field(kind), &from_text(&field(kind), text, &reading()).unwrap());
    assert_eq!(mask(Kind::Email, "jan@example.pl"), json!("j•••@•••.pl"));
    assert_eq!(mask(Kind::Phone, "+48123456767"), json!("+48•••67"));
    assert_eq!(mask(Kind::Text, "Łukasz"), json!("Ł•••"));
    assert_eq!(mask(Kind::YesNo, "yes"), json!("•••"));
    assert_eq!(mask(Kind::Text, " "), Json::Null);
    assert_eq!(mask(Kind::Choices, "open"), json!(["o•••"]));
}

#[test]
fn every_kind_has_its_own_name_and_a_schema() {
    let names: HashSet<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    assert_eq!(names.len(), Kind::ALL.len());
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.name()), Some(kind));
        let field = field(kind);
        let schema = schema(&field);
        let one = if field.holds_many() { &schema["items"] } else { &schema["anyOf"][0] };
        assert_eq!(field.holds_many(), matches!(kind, Kind::Choices | Kind::Tags | Kind::Relations));
        assert!(one["type"].is_string(), "{kind:?} {schema}");
    }
}

#[test]
fn a_field_that_holds_many_has_a_limit() {
    let field = field(Kind::Choices);
    let phones = Field { many: true, ..Field::new("phones", Kind::Integer) };
    let many: Json = (0..1_001).map(Json::from).collect();
    assert_eq!(from_json(&phones, &many, &reading()).unwrap_err().code, "field-too-many");
    assert_eq!(from_text(&phones, &"1;".repeat(2_000), &reading()).unwrap_err().code, "field-too-many");
    assert_eq!(from_json(&field, &json!([]), &reading()), Ok(Value::Empty));
    assert_eq!(from_json(&field, &json!([["open"]]), &reading()).unwrap_err().code, "field-needs-text");
}

#[test]
fn values_are_what_they_say() {
    let money = from_text(&field(Kind::Money), "1.25 EUR", &reading()).unwrap();
    assert_eq!(money, Value::Money(Money { minor: 125, currency: "EUR".into(), base: None }));
    let user = from_text(&field(Kind::User), &Id(7).to_string(), &reading()).unwrap();
    assert_eq!(user, Value::Link(Link::to(90, Id(7))));
}

#[test]
fn accounts_have_their_countrys_length_and_right_check_digits() {
    check(
        Kind::Iban,
        &[
            ("PL61 1090 1014 0000 0712 1981 2874", r#""PL61109010140000071219812874""#),
            ("de89-3704-0044-0532-0130-00", r#""DE89370400440532013000""#),
            ("GB82 WEST 1234 5698 7654 32", r#""GB82WEST12345698765432""#),
            ("RO49 AAAA 1B31 0075 9384 0000", r#""RO49AAAA1B31007593840000""#),
            ("FR14 2004 1010 0505 0001 3M02 606", r#""FR1420041010050500013M02606""#),
            ("NO93 8601 1117 947", r#""NO9386011117947""#),
            ("PL61 1090 1014 0000 0712 1981 2875", "field-iban-check"),
            ("PL16 1090 1014 0000 0712 1981 2874", "field-iban-check"),
            ("PL61 1090 1014 0000 0712 1981 287", "field-iban-length"),
            ("61 1090 1014 0000 0712 1981 2874", "field-not-an-iban"),
            ("XX61 1090", "field-not-an-iban"),
            ("PLA1 1090 1014 0000 0712 1981 2874", "field-not-an-iban"),
            ("PŁ", "field-not-an-iban"),
            ("P", "field-not-an-iban"),
        ],
    );
    let account = from_text(&field(Kind::Iban), "PL61109010140000071219812874", &reading()).unwrap();
    assert_eq!(masked(&field(Kind::Iban), &account), json!("PL•••2874"));
}
