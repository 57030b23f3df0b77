use super::{Scheme, union};
use crate::{
    field::{Field, Kind},
    fields::{Reading, from_text, masked, tests::reading, to_text},
};
use proptest::prelude::*;
use serde_json::json;

fn field(scheme: Scheme) -> Field {
    Field { scheme: Some(scheme), ..Field::new("x", Kind::TaxId) }
}

fn shown(field: &Field, text: &str, reading: &Reading) -> String {
    match from_text(field, text, reading) {
        Ok(value) => to_text(field, &value, &Default::default()),
        Err(refused) => refused.code.to_owned(),
    }
}

fn check(scheme: Scheme, cases: &[(&str, &str)]) {
    let reading = Reading { national_ids: true, ..reading() };
    for (text, expected) in cases {
        assert_eq!(shown(&field(scheme), text, &reading), *expected, "{scheme:?} {text}");
    }
}

#[test]
fn numbers_of_firms_in_poland_france_and_romania() {
    const BAD: &str = "field-not-a-tax-id";
    check(Scheme::PlNip, &[("526-025-02-74", "5260250274"), ("PL 5260250274", "5260250274"), ("5260250275", BAD)]);
    check(Scheme::PlRegon, &[("123456785", "123456785"), ("12345678512347", "12345678512347")]);
    check(Scheme::PlRegon, &[("123456786", BAD), ("12345678512348", BAD), ("12345678", BAD)]);
    check(Scheme::PlKrs, &[("0000028860", "0000028860"), ("28860", BAD), ("0000000000", BAD)]);
    check(Scheme::FrSiren, &[("552 100 554", "552100554"), ("552100555", BAD)]);
    check(Scheme::FrSiret, &[("732 829 320 00074", "73282932000074"), ("73282932000075", BAD)]);
    check(Scheme::FrSiret, &[("35600000049837", "35600000049837"), ("35600000049838", BAD)]);
    check(
        Scheme::RoCui,
        &[("RO 14399840", "14399840"), ("14399840", "14399840"), ("14399841", BAD), ("0014399840", BAD)],
    );
}

#[test]
fn numbers_of_people_are_taken_only_where_the_company_says_so() {
    check(Scheme::PlPesel, &[("44051401359", "44051401359"), ("02270803624", "02270803624")]);
    check(Scheme::PlPesel, &[("44051401358", "field-not-a-tax-id"), ("44053201354", "field-not-a-tax-id")]);
    check(Scheme::RoCnp, &[("1800101221144", "1800101221144"), ("1800101221145", "field-not-a-tax-id")]);
    check(Scheme::RoCnp, &[("1801301221140", "field-not-a-tax-id")]);
    assert_eq!(shown(&field(Scheme::PlPesel), "44051401359", &reading()), "field-national-ids");
    let open = Reading { national_ids: true, ..reading() };
    let value = from_text(&field(Scheme::PlPesel), "44051401359", &open).unwrap();
    assert_eq!(masked(&field(Scheme::PlPesel), &value), json!("•••"));
}

/// One number of each country that is in public documents, and the same with a slip in it.
const NUMBERS: [(&str, &str); 45] = [
    ("ATU13585627", "ATU13585626"),
    ("BE0428759497", "BE0428759498"),
    ("BG175074752", "BG175074753"),
    ("BG7523169263", "BG7523169264"),
    ("CY10259033P", "CY10259033Z"),
    ("CZ25123891", "CZ25123890"),
    ("CZ640903926", "CZ640903927"),
    ("CZ7103192745", "CZ7103192746"),
    ("DE136695976", "DE136695978"),
    ("DK13585628", "DK13585627"),
    ("EE100931558", "EE100594103"),
    ("EL094259216", "EL094259217"),
    ("EL023456780", "EL023456781"),
    ("ESB58378431", "ESB64717839"),
    ("ES54362315K", "ES54362315Z"),
    ("ESX2482300W", "ESX2482300A"),
    ("FI20774740", "FI20774741"),
    ("FR40303265045", "FR84323140391"),
    ("FR83404833048", "FR82404833048"),
    ("FRK7399859412", "FRK8399859412"),
    ("FR23334175221", "FR22334175221"),
    ("HR33392005961", "HR33392005962"),
    ("HU12892312", "HU12892313"),
    ("IE6433435F", "IE6433435E"),
    ("IE6433435OA", "IE6433435PA"),
    ("IE8D79739I", "IE8D79738J"),
    ("IT00743110157", "IT00743110158"),
    ("LT119511515", "LT119511516"),
    ("LT100001919017", "LT100001919018"),
    ("LU15027442", "LU15027443"),
    ("LV40003521600", "LV40003521601"),
    ("LV16117519997", "LV16117519998"),
    ("MT11679112", "MT11679113"),
    ("NL004495445B01", "NL123456789B90"),
    ("NL002455799B11", "NL002455799B12"),
    ("PL5260250274", "PL5260250273"),
    ("PL8567346215", "PL8567346216"),
    ("PT501964843", "PT501964842"),
    ("RO14399840", "RO14399841"),
    ("RO18547290", "RO18547291"),
    ("SE123456789701", "SE123456789101"),
    ("SI50223054", "SI50223055"),
    ("SK2022749619", "SK2022749618"),
    ("XI980780684", "XI802311781"),
    ("XIGD001", "XIGD500"),
];

#[test]
fn numbers_of_value_added_tax_of_every_country() {
    for (good, slip) in NUMBERS {
        check(Scheme::EuVat, &[(good, good), (slip, "field-not-a-vat-number")]);
    }
    for code in union::CODES {
        assert!(NUMBERS.iter().any(|(good, _)| good.starts_with(code)), "{code}");
    }
    check(Scheme::EuVat, &[("gr 094259216", "EL094259216"), ("be 0428.759.497", "BE0428759497")]);
}

#[test]
fn a_number_without_its_country_is_one_of_the_record_the_field_or_the_company() {
    let vat = field(Scheme::EuVat);
    assert_eq!(shown(&vat, "526-025-02-74", &reading()), "PL5260250274");
    assert_eq!(shown(&vat, "14399840", &reading()), "field-vat-without-country");
    let romanian = Field { country: Some("RO".into()), ..vat.clone() };
    assert_eq!(shown(&romanian, "14399840", &reading()), "RO14399840");
    let french = Reading { record_country: Some("FR".into()), ..reading() };
    assert_eq!(shown(&romanian, "83404833048", &french), "FR83404833048");
    let greek = Reading { record_country: Some("GR".into()), ..reading() };
    assert_eq!(shown(&vat, "094259216", &greek), "EL094259216");
    let value = from_text(&vat, "PL5260250274", &reading()).unwrap();
    assert_eq!(masked(&vat, &value), json!("PL•••74"));
}

#[test]
fn every_scheme_has_a_name_of_its_own() {
    for scheme in Scheme::ALL {
        assert_eq!(Scheme::parse(scheme.name()), Some(scheme));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_makes_a_scheme_fall_over(
        scheme in prop::sample::select(Scheme::ALL.to_vec()),
        country in prop::sample::select(union::CODES.to_vec()),
        number in "[A-Z]{2}[0-9A-Z+*Ł]{0,14}|[0-9]{2,14}|[UBXA][0-9]{7,8}[A-Z]?",
    ) {
        let reading = Reading { national_ids: true, ..reading() };
        let field = field(scheme);
        for text in [number.clone(), format!("{country}{number}")] {
            if let Ok(value) = from_text(&field, &text, &reading) {
                prop_assert_eq!(from_text(&field, value.text().unwrap(), &reading), Ok(value));
            }
        }
    }
}

/// Countries of which every number has a check that one wrong digit cannot pass.
const SURE: [&str; 8] = ["BE", "DE", "EE", "FR", "HR", "IT", "PL", "SK"];

#[test]
fn one_wrong_digit_is_noticed() {
    for (good, _) in NUMBERS.iter().filter(|(good, _)| SURE.iter().any(|code| good.starts_with(code))) {
        for (place, digit) in (2..good.len()).flat_map(|place| "0123456789".chars().map(move |digit| (place, digit))) {
            let mut signs: Vec<char> = good.chars().collect();
            if !signs[place].is_ascii_digit() || signs[place] == digit {
                continue;
            }
            signs[place] = digit;
            let slip: String = signs.into_iter().collect();
            assert!(from_text(&field(Scheme::EuVat), &slip, &reading()).is_err(), "{slip}");
        }
    }
}
