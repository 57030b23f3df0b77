//! Random expressions, written out and worked out, against a calculation with fractions that knows nothing of scales.

use super::*;
use crate::expression::number::Number;
use proptest::test_runner::TestCaseError;

/// An expression as a person thinks of it.
#[derive(Debug, Clone)]
enum Sum {
    /// So many tenths.
    Tenths(i64),
    /// A field, and what it holds.
    Field(&'static str, Option<i64>),
    Between(&'static str, Box<Sum>, Box<Sum>),
    Of(&'static str, Vec<Sum>),
    Negative(Box<Sum>),
    If(&'static str, Box<[Sum; 4]>),
}

/// Above and below the line; the lower one is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fraction(i128, i128);

impl Fraction {
    fn compare(self, other: Fraction) -> std::cmp::Ordering {
        (self.0 * other.1).cmp(&(other.0 * self.1))
    }

    /// To whole tenths, half to even.
    fn tenths(self) -> Fraction {
        let (above, below) = (self.0 * 10, self.1);
        let (low, rest) = (above.div_euclid(below), above.rem_euclid(below));
        let up = 2 * rest > below || 2 * rest == below && low.rem_euclid(2) == 1;
        Fraction(low + i128::from(up), 10)
    }
}

impl Sum {
    fn rank(&self) -> u8 {
        match self {
            Sum::Between("*", ..) => 2,
            Sum::Between(..) => 1,
            Sum::Tenths(tenths) if *tenths < 0 => 3,
            Sum::Negative(_) => 3,
            _ => 4,
        }
    }

    /// With parentheses only where they are needed.
    fn written(&self) -> String {
        let inside = |sum: &Sum, least: u8| match sum.rank() < least {
            true => format!("({})", sum.written()),
            false => sum.written(),
        };
        match self {
            Sum::Tenths(tenths) => {
                let sign = if *tenths < 0 { "-" } else { "" };
                format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
            }
            Sum::Field(name, _) => (*name).to_owned(),
            Sum::Between(sign, one, other) => {
                format!("{} {sign} {}", inside(one, self.rank()), inside(other, self.rank() + 1))
            }
            Sum::Of(name, all) => {
                let all: Vec<String> = all.iter().map(Sum::written).collect();
                let digits = if *name == "round" { ", 1" } else { "" };
                format!("{name}({}{digits})", all.join(", "))
            }
            Sum::Negative(sum) => format!("- {}", inside(sum, 3)),
            Sum::If(sign, parts) => {
                let [one, other, yes, no] = parts.as_ref().each_ref().map(Sum::written);
                format!("if({one} {sign} {other}, {yes}, {no})")
            }
        }
    }

    fn worth(&self) -> Option<Fraction> {
        match self {
            Sum::Tenths(tenths) => Some(Fraction(i128::from(*tenths), 10)),
            Sum::Field(_, held) => held.map(|held| Fraction(i128::from(held), 1)),
            Sum::Between(sign, one, other) => {
                let (one, other) = (one.worth()?, other.worth()?);
                Some(match *sign {
                    "+" => Fraction(one.0 * other.1 + other.0 * one.1, one.1 * other.1),
                    "-" => Fraction(one.0 * other.1 - other.0 * one.1, one.1 * other.1),
                    _ => Fraction(one.0 * other.0, one.1 * other.1),
                })
            }
            Sum::Negative(sum) => sum.worth().map(|own| Fraction(-own.0, own.1)),
            Sum::Of("abs", all) => all[0].worth().map(|own| Fraction(own.0.abs(), own.1)),
            Sum::Of("round", all) => all[0].worth().map(Fraction::tenths),
            Sum::Of("min", all) => all.iter().filter_map(Sum::worth).min_by(|one, other| one.compare(*other)),
            Sum::Of("max", all) => all.iter().filter_map(Sum::worth).max_by(|one, other| one.compare(*other)),
            Sum::Of(_, all) => all.iter().find_map(Sum::worth),
            Sum::If(sign, parts) => {
                let [one, other, yes, no] = parts.as_ref();
                let order = one.worth().zip(other.worth()).map(|(one, other)| one.compare(other));
                let holds = order.is_some_and(|order| match *sign {
                    "<" => order.is_lt(),
                    ">=" => order.is_ge(),
                    "=" => order.is_eq(),
                    _ => order.is_ne(),
                });
                if holds { yes.worth() } else { no.worth() }
            }
        }
    }
}

fn sums() -> impl Strategy<Value = Sum> {
    let leaf = prop_oneof![
        (-99..100_i64).prop_map(Sum::Tenths),
        Just(Sum::Field("pieces", Some(7))),
        Just(Sum::Field("none", None)),
    ];
    // So deep that no product has more than twelve digits behind the point.
    leaf.prop_recursive(3, 24, 4, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let sign = prop::sample::select(vec!["+", "-", "*"]);
        let many = prop::sample::select(vec!["min", "max", "coalesce"]);
        let one = prop::sample::select(vec!["abs", "round"]);
        let compare = prop::sample::select(vec!["<", ">=", "=", "!="]);
        prop_oneof![
            3 => (sign, boxed.clone(), boxed.clone()).prop_map(|(sign, one, other)| Sum::Between(sign, one, other)),
            1 => (many, prop::collection::vec(inner.clone(), 1..4)).prop_map(|(name, all)| Sum::Of(name, all)),
            1 => (one, inner.clone()).prop_map(|(name, sum)| Sum::Of(name, vec![sum])),
            1 => boxed.prop_map(Sum::Negative),
            1 => (compare, [inner.clone(), inner.clone(), inner.clone(), inner])
                .prop_map(|(sign, parts)| Sum::If(sign, Box::new(parts))),
        ]
    })
}

/// As a number whatever the field's digits would be.
fn number(text: &str) -> Result<Option<Number>, TestCaseError> {
    let (object, record) = deal();
    let expression = Expression::parse(text).map_err(|problem| TestCaseError::fail(format!("{text}: {problem:?}")))?;
    prop_assert!(matches!(expression.check(&object), Ok(Type::Number | Type::Nothing)), "{}", text);
    let zone = TimeZone::UTC;
    match expression.evaluate(&Place { base_currency: "EUR", zone: &zone }, &object, &record) {
        Worth::Number(number) => Ok(Some(number)),
        _ => Ok(None),
    }
}

proptest! {
    #[test]
    fn what_is_worked_out_is_what_fractions_say(sum in sums()) {
        let (text, expected) = (sum.written(), sum.worth());
        let found = number(&text)?;
        prop_assert_eq!(found.is_some(), expected.is_some(), "{}", &text);
        if let Some((found, expected)) = found.zip(expected) {
            let found = Fraction(found.units, 10_i128.pow(found.scale));
            prop_assert!(found.compare(expected).is_eq(), "{text}: {found:?}, not {expected:?}");
        }
    }

    #[test]
    fn a_quotient_is_as_near_as_twelve_digits_allow(above in -1_000_000_000_i64..1_000_000_000, below in -100_000_i64..100_000) {
        let found = number(&format!("{above} / {below}"))?;
        prop_assert_eq!(found.is_none(), below == 0);
        if let Some(found) = found {
            let off = i128::from(above) * 10_i128.pow(12) - found.units * i128::from(below);
            prop_assert!(found.scale == 12 && 2 * off.abs() <= i128::from(below).abs());
        }
    }

    #[test]
    fn texts_are_cut_and_put_together_again(count in 0..30_u8) {
        let both = format!("left(name, {count}) & right(name, length(name) - {count}) = name");
        prop_assert_eq!(worked_out(&both), Ok("true".to_owned()));
    }

    #[test]
    fn days_add_up(days in -30_000..30_000_i32) {
        let there = format!("days_between(begun, add_days(begun, {days}))");
        prop_assert_eq!(worked_out(&there), Ok(days.to_string() + ".00"));
    }

    /// Whatever is wrong is told with a place inside the text, or right behind it.
    #[test]
    fn each_problem_has_its_place(text in "[a-z0-9+*/&()<>=!,.' `ł-]{0,30}|[\\PC]{0,20}") {
        if let Err(problem) = worked_out(&text) {
            let place = problem.args.iter().find(|(name, _)| *name == "position").map(|(_, place)| place.parse::<usize>());
            let place = place.and_then(Result::ok);
            prop_assert!(place.is_some_and(|place| (1..=text.chars().count() + 1).contains(&place)), "{text}: {problem:?}");
        }
    }
}
