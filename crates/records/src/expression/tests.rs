mod laws;

use super::*;
use crate::{
    field::{Field, Kind},
    value::{Money, Value},
};
use base::Id;
use jiff::tz::TimeZone;
use proptest::prelude::*;

/// A deal with an amount, a probability and some other values.
fn deal() -> (Object, Record) {
    let money = |minor, currency: &str, base| Value::Money(Money { minor, currency: currency.to_owned(), base });
    let text = |text: &str| Value::Text(text.to_owned());
    let own = vec![
        (Field::new("name", Kind::Text), text("Młyn Żabno")),
        (Field::new("amount", Kind::Money), money(12_345, "EUR", Some(12_345))),
        (Field::new("cost", Kind::Money), money(10_000, "PLN", Some(2_500))),
        (Field::new("probability", Kind::Percent), Value::Int(250_000)),
        (Field::new("pieces", Kind::Integer), Value::Int(7)),
        (Field::new("none", Kind::Integer), Value::Empty),
        (Field::new("urgent", Kind::YesNo), Value::Int(1)),
        (Field::new("begun", Kind::Date), text("2026-02-27")),
        (Field::new("closed", Kind::Instant), Value::Int(1_772_319_600_000)),
        (Field::new("tags", Kind::Tags), Value::Empty),
    ];
    let (fields, mut values): (Vec<Field>, Vec<Value>) = own.into_iter().unzip();
    let labels = crate::object::Labels::english;
    let object = Object::standard(99, "deals", "record", (labels("Deal"), labels("Deals")), fields);
    values.resize(object.fields.len(), Value::Empty);
    (object, Record { object: 99, id: Id(1), values, deleted_at: None })
}

fn worked_out(text: &str) -> Result<String, Message> {
    let (object, record) = deal();
    let expression = Expression::parse(text)?;
    let kind = match expression.check(&object)? {
        Type::Number => Kind::Decimal,
        Type::Money => Kind::Money,
        Type::Text | Type::Nothing => Kind::Text,
        Type::Flag => Kind::YesNo,
        Type::Date => Kind::Date,
        Type::Instant => Kind::Instant,
    };
    let zone = TimeZone::get("Europe/Warsaw").unwrap();
    let worth = expression.evaluate(&Place { base_currency: "EUR", zone: &zone }, &object, &record);
    let field = Field { scale: 2, ..Field::new("made", kind) };
    let value = worth.value(&field, "EUR");
    Ok(crate::fields::to_text(&field, &value, &crate::fields::Objects::default()))
}

fn check(text: &str, expected: &str) {
    assert_eq!(worked_out(text).as_deref(), Ok(expected), "{text}");
}

#[test]
fn values_are_worked_out_exactly() {
    check("1 + 2 * 3 - 4 / 8", "6.50");
    check("pieces -1 * 2", "5.00");
    check("-(pieces - 10)", "3.00");
    check("round(amount * probability / 100, 2)", "30.86 EUR");
    check("amount - amount / 3", "82.30 EUR");
    check("amount + cost", "148.45 EUR");
    check("cost * 2", "200.00 PLN");
    check("amount / cost", "4.94");
    check("min(amount, cost) & ''", "100 PLN");
    check("round(2.5) & '/' & round(3.5) & '/' & round(-2.675, 2)", "2/4/-2.68");
    check("max(pieces, none, 9.25)", "9.25");
    check("1 / 0", "");
    check("none + 1", "");
    check("coalesce(none, pieces)", "7.00");
    check("900000000000000 * 900000000000000 * 900000000000000", "");
    check("abs(3 - pieces)", "4.00");
    check("amount + money'1.55 EUR'", "125.00 EUR");
    check("coalesce(if(urgent, money'0 PLN', cost), amount)", "0.00 PLN");
    check("amount + money'1.00 PLN'", "");
}

#[test]
fn conditions_have_two_values() {
    check("if(amount > 100 and urgent, 'big', 'small')", "big");
    check("if(none > 1 or not urgent, 'x', 'y')", "y");
    check("if(none != 1, 'x', 'y')", "y");
    check("name = 'mlyn zabno'", "true");
    check("if(none is empty and pieces is not empty, 'x', 'y')", "x");
    check("not pieces is empty", "true");
    check("cost < 26 and cost > 24.99", "true");
}

#[test]
fn texts_and_days() {
    check("upper(left(name, 4)) & '-' & lower(right(name, 2)) & length(name)", "MŁYN-no10");
    check("concat(name, ' ', amount, ' ', begun)", "Młyn Żabno 123.45 EUR 2026-02-27");
    check("trim('  a ')", "a");
    check("add_days(begun, 2)", "2026-03-01");
    check("days_between(begun, closed)", "2.00");
    check("year(closed) * 100 + month(closed)", "202603.00");
    check("add_days(begun, 900000000)", "");
    check("text(pieces / 2)", "3.5");
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    for (text, code, position) in [
        ("", "expression-expected", 1),
        ("1 +", "expression-expected", 4),
        ("(1", "expression-expected", 3),
        ("1 2", "expression-expected", 3),
        ("round(1", "expression-expected", 8),
        ("name & colour", "expression-unknown-field", 8),
        ("frobnicate(1)", "expression-unknown-function", 1),
        ("round()", "expression-arguments", 1),
        ("days_between(begun, today)", "expression-moves", 21),
        ("today()", "expression-moves", 1),
        ("name * 2", "expression-types", 6),
        ("amount + 1", "expression-types", 8),
        ("if(1, 2, 3)", "expression-types", 1),
        ("tags", "expression-unfit-field", 1),
        ("name is full", "expression-expected", 9),
        ("amount & owner.name", "expression-path", 15),
        ("1.1234567891", "expression-number", 1),
        ("money'1.005 EUR'", "expression-number", 1),
        ("1 # 2", "expression-expected", 3),
        ("'open", "filter-unclosed", 1),
    ] {
        let message = worked_out(text).unwrap_err();
        assert_eq!(message.code, code, "{text}");
        assert!(message.args.contains(&("position", position.to_string())), "{text}: {message:?}");
    }
    let deep = "(".repeat(400) + "1" + &")".repeat(400);
    assert!(Expression::parse(&deep).is_err());
    assert!(Expression::parse(&vec!["1"; 400].join("+")).is_err());
}

proptest! {
    #[test]
    fn no_text_makes_it_fall_over(text in "[a-z0-9+*/&()<>=!,.' -]{0,40}") {
        let _ = worked_out(&text);
    }

    #[test]
    fn no_sensible_text_does_either(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "amount", "cost", "pieces", "none", "name", "begun", "closed", "urgent", "9.5", "'ż'", "+", "-", "*", "/",
                "&", "(", ")", ",", "if(", "min(", "left(", "round(", "add_days(", "text(", "=", "<", "and", "not",
            ]),
            1..12,
        )
    ) {
        let _ = worked_out(&parts.join(" "));
    }
}
