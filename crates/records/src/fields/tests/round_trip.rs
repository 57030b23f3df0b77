//! What is written reads back the same, for every kind; and nothing that anybody sends makes a kind fall over.

use super::{field, objects, reading};
use crate::{
    field::{Field, Kind},
    fields::{self, Reading},
};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::Value as Json;

/// Texts that stand a chance with the kind.
fn plausible(kind: Kind) -> BoxedStrategy<String> {
    let pattern = match kind {
        Kind::AutoNumber => "K-20[0-9]{2}-[0-9]{4}",
        Kind::RichText => "(<p>)?[a-zŁ;<&\"]{1,9}(<b>|</b>|<br>|<ul><li>|</p>|&lt;)?[a-z,. \n]{1,9}",
        Kind::Text | Kind::LongText | Kind::Tags => r#"[-=+@'"a-zŁ;ș, \n\u{301}]{1,30}"#,
        Kind::Integer => "-?[0-9]{1,16}(\\.0)?",
        Kind::Decimal | Kind::Percent => "[-+]?[0-9]{1,12}(\\.[0-9]{0,4})?%?",
        Kind::Rating => "[0-6](/5)?",
        Kind::Duration => {
            "[0-9]{1,16}|[0-9]{1,4}:[0-6][0-9](:[0-5][0-9])?|[0-9]{1,5}([.][0-9])? ?(h|min|s)|PT[0-9]{1,3}H[0-9]{1,2}M"
        }
        Kind::Money => "-?[0-9]{1,9}(\\.[0-9]{1,2})? ?(EUR|PLN|TND|JPY|CLF|zł)?",
        Kind::YesNo => "true|false|x|tak|nu",
        Kind::Date => "[0-9]{4}-[01][0-9]-[0-3][0-9]",
        Kind::Instant => {
            "[0-9]{4}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,5})?(Z|[-+]0[0-9]:00)?)?)?"
        }
        Kind::Choice | Kind::Choices => "(open|closed|W TOKU)( ; (open|in_progress))?",
        Kind::Email => "[a-zŁ.'+=-]{1,12}@[A-Zał-]{1,6}\\.(pl|com)",
        Kind::Phone => "(\\+|00)?(48|33|40|39|1|54|52|7|44|49|225)?[ 0-9]{5,12}|(\\+|00)(48|33) ?[1-9][0-9]{8}",
        Kind::Iban => {
            "PL61 ?1090 ?1014 ?0000 ?0712 ?1981 ?2874|pl61109010140000071219812874|(NO93|DE89|XX00)[A-Z0-9]{11,18}"
        }
        Kind::TaxId => "(PL)?526-?025-02-74|RO ?14399840|FR83404833048|(DE|ES|IE|NL)[A-Z0-9]{8,9}",
        Kind::Url => "(https?://)?[a-zł.-]{1,8}\\.[a-z]{2,4}(:[0-9]{1,4})?([/?#][a-z/ł&=%+]{0,8}){0,3}",
        Kind::Address => r#"[a-z{]{0,5};[0-9-]{0,6};[ŁC"']{0,3}(;;PL)?|\{"label":"[a-z;]{0,4}","city":"[;a]{0,3}"\}"#,
        Kind::Country | Kind::Currency => "[A-Z]{2,3}|Niemcy|lei",
        Kind::Language => "[a-z]{2}|polski",
        Kind::Relation => "(contacts|companies):0[0-9A-HJKMNP-TV-Z]{12}",
        Kind::Relations => {
            r#"0[0-9A-HJKMNP-TV-Z]{12}( [a-zŁ;" \[\].]{0,9})?( ?\[(2026-0[1-9]-11)?\.\.(2026-1[0-2]-1[1-9])?\])?"#
        }
        Kind::User | Kind::Team => "0[0-9A-HJKMNP-TV-Z]{12}",
        Kind::File | Kind::Picture => "([a-zŁ;() ]{0,9}[(])?0[0-9A-HJKMNP-TV-Z]{12}[)]?",
    };
    prop_oneof![9 => pattern, 1 => any::<String>()].boxed()
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map("amount|currency|id|object|role|from|until|city|[a-z]{1,3}", inner, 0..4)
                .prop_map(|parts| parts.into_iter().collect()),
        ]
    })
}

fn any_field() -> impl Strategy<Value = Field> {
    (prop::sample::select(Kind::ALL.to_vec()), any::<bool>()).prop_map(|(kind, many)| {
        let one = field(kind);
        Field { many: many && !one.holds_many(), ..one }
    })
}

/// Reads a text; what comes out must read back from all that is written of it.
fn check(field: &Field, text: &str, reading: &Reading) -> Result<bool, TestCaseError> {
    let Ok(value) = fields::from_text(field, text, reading) else { return Ok(false) };
    let written = fields::to_text(field, &value, &objects());
    prop_assert_eq!(fields::from_text(field, &written, reading), Ok(value.clone()), "{:?}", written);
    let json = fields::to_json(field, &value, &objects());
    prop_assert_eq!(fields::from_json(field, &json, reading), Ok(value.clone()), "{}", json);
    fields::masked(field, &value);
    Ok(!value.is_empty())
}

#[test]
fn what_is_written_of_a_value_reads_back_as_the_same_value() {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) };
    for kind in Kind::ALL {
        let single = Field { many: false, ..field(kind) };
        let many = Field { many: !single.holds_many(), ..single.clone() };
        let accepted = std::cell::Cell::new(0);
        let result = TestRunner::new(config.clone()).run(&(plausible(kind), plausible(kind)), |(one, other)| {
            if check(&single, &one, &reading())? {
                accepted.set(accepted.get() + 1);
            }
            let both = fields::many::join([one, other].into_iter());
            check(&many, &both, &reading())?;
            Ok(())
        });
        assert!(result.is_ok(), "{kind:?}: {}", result.unwrap_err());
        assert!(accepted.get() >= 8, "{kind:?} took only {accepted:?} of 60 texts: the test says nothing");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_json_makes_a_kind_fall_over(field in any_field(), json in any_json()) {
        if let Ok(value) = fields::from_json(&field, &json, &reading()) {
            let json = fields::to_json(&field, &value, &objects());
            prop_assert_eq!(fields::from_json(&field, &json, &reading()), Ok(value));
        }
    }

    #[test]
    fn no_text_makes_a_kind_fall_over(field in any_field(), text in any::<String>(), decimal_comma: bool) {
        let reading = Reading { decimal_comma, dates: Some("%d.%m.%Y".into()), ..reading() };
        // What was read with a file's own notations is written in ours, and reads back in ours.
        if let Ok(value) = fields::from_text(&field, &text, &reading) {
            let written = fields::to_text(&field, &value, &objects());
            prop_assert_eq!(fields::from_text(&field, &written, &super::reading()), Ok(value));
        }
    }
}
