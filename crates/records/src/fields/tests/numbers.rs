//! Numbers, amounts, days and instants.

use super::{check, check_json, field, reading, shown};
use crate::{
    field::{Field, Kind},
    fields::{Reading, from_json, from_text},
};
use serde_json::json;

#[test]
fn numbers_are_exact_or_refused() {
    check(
        Kind::Integer,
        &[
            ("-12", "-12"),
            ("5.0", "5"),
            ("1,234,567", "1234567"),
            ("5.5", "field-not-whole"),
            ("1,23", "field-not-a-number"),
            ("1e5", "field-not-a-number"),
            ("٣", "field-not-a-number"),
            ("9999999999999999", "field-number-too-large"),
        ],
    );
    check_json(
        Kind::Decimal,
        &[
            (json!("12.34"), r#""12.3400""#),
            (json!(12.34), r#""12.3400""#),
            (json!(-7), r#""-7.0000""#),
            (json!("12,34"), "field-not-a-number"),
            (json!(0.12345), "field-number-too-fine"),
            (json!(0.30000000000000004), "field-number-inexact"),
            (json!(1e300), "field-number-too-large"),
            (json!(true), "field-needs-number"),
        ],
    );
    check(Kind::Percent, &[("12.5%", r#""12.5000""#), ("12.5 %", r#""12.5000""#), ("%", "field-not-a-number")]);
    let bounded = Field { min: Some(0), max: Some(1_000_000), ..field(Kind::Percent) };
    assert_eq!(shown(&bounded, "100", &reading()), r#""100.0000""#);
    assert_eq!(shown(&bounded, "100.1", &reading()), "field-number-too-large");
    assert_eq!(shown(&bounded, "-1", &reading()), "field-number-too-small");
}

#[test]
fn a_file_may_write_numbers_with_a_comma() {
    let comma = Reading { decimal_comma: true, ..reading() };
    let decimal = field(Kind::Decimal);
    for (text, expected) in [
        ("1 234,50", r#""1234.5000""#),
        ("1\u{a0}234,50", r#""1234.5000""#),
        ("-1.234.567,5", r#""-1234567.5000""#),
        ("\u{2212}0,5", r#""-0.5000""#),
        ("12", r#""12.0000""#),
        ("12.5", "field-not-a-number"),
        ("1 23,5", "field-not-a-number"),
        ("1 234.567,5", "field-not-a-number"),
        (",", "field-not-a-number"),
    ] {
        assert_eq!(shown(&decimal, text, &comma), expected, "{text}");
    }
    assert_eq!(shown(&decimal, "1,234.5", &reading()), r#""1234.5000""#);
}

#[test]
fn money_has_as_many_digits_as_its_currency() {
    check(
        Kind::Money,
        &[
            ("1234.50", r#"{"amount":"1234.50","currency":"EUR"}"#),
            ("1,234.5 pln", r#"{"amount":"1234.50","currency":"PLN"}"#),
            ("USD -3", r#"{"amount":"-3.00","currency":"USD"}"#),
            ("12zł", r#"{"amount":"12.00","currency":"PLN"}"#),
            ("100 JPY", r#"{"amount":"100","currency":"JPY"}"#),
            ("1.234 TND", r#"{"amount":"1.234","currency":"TND"}"#),
            ("1.5 JPY", "field-not-whole"),
            ("1.234", "field-number-too-fine"),
            ("1 XYZ", "field-unknown-currency"),
            ("EUR", "field-not-a-number"),
            ("EUR 1 PLN", "field-not-a-number"),
        ],
    );
    check_json(
        Kind::Money,
        &[
            (json!({"amount": "1234.50", "currency": "EUR"}), r#"{"amount":"1234.50","currency":"EUR"}"#),
            (json!({"amount": 5, "currency": "RON"}), r#"{"amount":"5.00","currency":"RON"}"#),
            (json!(5.25), r#"{"amount":"5.25","currency":"EUR"}"#),
            (json!({"amount": "1", "currency": "EUR", "base": 1}), "field-unknown-part"),
            (json!({"currency": "EUR"}), "field-not-money"),
            (json!({"amount": "1,5", "currency": "EUR"}), "field-not-a-number"),
            (json!([1]), "field-not-money"),
        ],
    );
    let rounding = Reading { round: true, ..reading() };
    assert_eq!(shown(&field(Kind::Money), "261.965", &rounding), r#"{"amount":"261.96","currency":"EUR"}"#);
}

#[test]
fn yes_and_no_are_read_in_four_languages() {
    for yes in ["true", "Tak", "OUI", "da", "1", "x", "adevărat"] {
        check(Kind::YesNo, &[(yes, "true")]);
    }
    for no in ["false", "nie", "non", "NU", "0", "fałsz"] {
        check(Kind::YesNo, &[(no, "false")]);
    }
    check(Kind::YesNo, &[("2", "field-not-yes-no")]);
    check_json(Kind::YesNo, &[(json!(true), "true"), (json!(1), "field-not-yes-no")]);
}

#[test]
fn days_and_instants_are_read_as_iso_or_by_the_files_pattern() {
    check(
        Kind::Date,
        &[
            ("2024-02-29", r#""2024-02-29""#),
            ("2024-02-29 00:00:00", r#""2024-02-29""#),
            ("2023-02-29", "field-not-a-date"),
            ("29.02.2024", "field-not-a-date"),
            ("2024-02-29 10:00:00", "field-not-a-date"),
        ],
    );
    check(
        Kind::Instant,
        &[
            ("2026-11-22T10:00:00+02:00", r#""2026-11-22T08:00:00.000Z""#),
            ("2026-11-22T10:00:00.1239Z", r#""2026-11-22T10:00:00.123Z""#),
            ("2026-11-22 10:00", r#""2026-11-22T09:00:00.000Z""#),
            ("2026-07-22", r#""2026-07-21T22:00:00.000Z""#),
            ("2026-03-29 02:30", r#""2026-03-29T01:30:00.000Z""#),
            ("yesterday", "field-not-an-instant"),
        ],
    );
    let american = Reading { dates: Some("%m/%d/%Y".into()), ..reading() };
    assert_eq!(shown(&field(Kind::Date), "1/5/2016", &american), r#""2016-01-05""#);
    assert_eq!(shown(&field(Kind::Date), "2016-01-05", &american), r#""2016-01-05""#);
    assert_eq!(shown(&field(Kind::Instant), "7/5/2016", &american), r#""2016-07-04T22:00:00.000Z""#);
    let refused = from_text(&field(Kind::Date), "13/13/2016", &american).unwrap_err();
    assert_eq!(refused.args[1], ("example", "11/22/2026".to_owned()));
    let timed = Reading { dates: Some("%d.%m.%Y %H:%M".into()), ..reading() };
    assert_eq!(shown(&field(Kind::Instant), "05.01.2016 12:00", &timed), r#""2016-01-05T11:00:00.000Z""#);
    let json = from_json(&field(Kind::Date), &json!("1/5/2016"), &american);
    assert_eq!(json.unwrap_err().code, "field-not-a-date", "a file's pattern is not the API's");
}

#[test]
fn lengths_of_time_are_read_as_people_write_them() {
    check(
        Kind::Duration,
        &[
            ("90", r#""PT1M30S""#),
            ("0", r#""PT0S""#),
            ("1:30", r#""PT1H30M""#),
            ("1:30:05", r#""PT1H30M5S""#),
            ("90 min", r#""PT1H30M""#),
            ("1h 30m", r#""PT1H30M""#),
            ("1h30m", r#""PT1H30M""#),
            ("1.5 godz.", r#""PT1H30M""#),
            ("2 dni 3 h", r#""PT51H""#),
            ("2 heures", r#""PT2H""#),
            ("pt1h30m", r#""PT1H30M""#),
            ("P1DT12H", r#""PT36H""#),
            ("P2W", r#""PT336H""#),
            ("PT90M", r#""PT1H30M""#),
            ("1:60", "field-not-a-duration"),
            ("1:3", "field-not-a-duration"),
            ("1:30:00:00", "field-not-a-duration"),
            ("-90", "field-not-a-duration"),
            ("PT", "field-not-a-duration"),
            ("P1DT", "field-not-a-duration"),
            ("P1M", "field-not-a-duration"),
            ("P1Y", "field-not-a-duration"),
            ("0.0001 h", "field-not-a-duration"),
            ("30m 1h", "field-not-a-duration"),
            ("1h 1h", "field-not-a-duration"),
            ("soon", "field-not-a-duration"),
            ("1 fortnight", "field-not-a-duration"),
            ("9999999999999999", "field-number-too-large"),
        ],
    );
    check_json(
        Kind::Duration,
        &[(json!(5400), r#""PT1H30M""#), (json!(-1), "field-number-too-small"), (json!(1.5), "field-not-whole")],
    );
    let comma = Reading { decimal_comma: true, ..reading() };
    assert_eq!(shown(&field(Kind::Duration), "1,5 h", &comma), r#""PT1H30M""#);
    let short = Field { max: Some(3600), ..field(Kind::Duration) };
    assert_eq!(shown(&short, "1:01", &reading()), "field-number-too-large");
}

#[test]
fn ratings_go_from_none_to_the_best() {
    let cases =
        [("0", "0"), ("4/5", "4"), (" 5 ", "5"), ("6", "field-number-too-large"), ("4/10", "field-not-a-number")];
    check(Kind::Rating, &cases);
    check(
        Kind::Rating,
        &[("-1", "field-number-too-small"), ("2.5", "field-not-whole"), ("good", "field-not-a-number")],
    );
    check_json(Kind::Rating, &[(json!(3), "3"), (json!("3"), "3"), (json!(true), "field-needs-number")]);
    let ten = Field { max: Some(10), ..field(Kind::Rating) };
    assert_eq!(shown(&ten, "7/10", &reading()), "7");
}
