use super::*;
use base::Language;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read into")]
struct Person {
    name: String,
    #[serde(default)]
    rights: HashMap<String, Right>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read into")]
struct Right {
    create: bool,
}

/// Status, code and field of what is wrong with a body.
fn refused(body: &str) -> (u16, String, String) {
    let document = read::<Person>(body.as_bytes()).unwrap_err().document(Language::English);
    let wrong = document.get("errors").map_or(&document, |errors| &errors[0]);
    let text = |name| wrong.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    (u16::try_from(document["status"].as_u64().unwrap()).unwrap(), text("code"), text("field"))
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let cases = [
        (r#"{"name":"Ewa","colour":1}"#, 422, "body-unknown-field", "colour"),
        (
            r#"{"name":"Ewa","rights":{"contacts":{"create":true,"fly":1}}}"#,
            422,
            "body-unknown-field",
            "rights.contacts.fly",
        ),
        (r#"{}"#, 422, "body-missing-field", "name"),
        (r#"{"name":"Ewa","rights":{"contacts":{}}}"#, 422, "body-missing-field", "rights.contacts.create"),
        (r#"{"name":7}"#, 422, "body-wrong-kind", "name"),
        (r#"{"name":"Ewa","name":"Jan"}"#, 422, "body-repeated-field", "name"),
        (
            r#"{"name":"E","rights":{"a":{"create":true},"\u0061":{"create":true}}}"#,
            422,
            "body-repeated-field",
            "rights.a",
        ),
        (r#"{"name":"Ewa""#, 400, "body-malformed", ""),
        (r#"{"name":"Ewa"} {}"#, 400, "body-malformed", ""),
        ("", 400, "body-malformed", ""),
    ];
    for (body, status, code, field) in cases {
        assert_eq!(refused(body), (status, code.to_owned(), field.to_owned()), "{body}");
    }
}

#[test]
fn a_body_nested_beyond_reason_is_refused_and_not_followed() {
    let body = format!(r#"{{"name":{}"#, "[".repeat(100_000));
    assert_eq!(refused(&body).0, 400);
}
