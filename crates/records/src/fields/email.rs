//! E-mail addresses: checked for form, the domain in lower case. Whether somebody reads there is not known here.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::message;
use email_address::{EmailAddress, Options};
use serde_json::{Value as Json, json};

pub(super) struct Email;

/// Bytes (RFC 5321).
const LONGEST: usize = 254;

impl FieldKind for Email {
    fn name(&self) -> &'static str {
        "email"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::clean(text, texts::Lines::One)?;
        let refuse = || message!("field-not-an-email", found = texts::quote(&text));
        let (local, domain) = text.rsplit_once('@').ok_or_else(refuse)?;
        let address = format!("{local}@{}", domain.to_lowercase());
        let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
        if address.len() > LONGEST || EmailAddress::parse_with_options(&address, options).is_err() {
            return Err(refuse());
        }
        texts::check(field, &address, texts::LONGEST, reading)?;
        Ok(Value::Text(address))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({ "type": "string", "format": "email", "maxLength": LONGEST })
    }

    /// `j•••@•••.pl`
    fn masked(&self, _field: &Field, value: &Value) -> String {
        let (local, domain) = value.text().and_then(|text| text.rsplit_once('@')).unwrap_or_default();
        let first: String = local.chars().take(1).collect();
        let top = domain.rsplit('.').next().unwrap_or("");
        format!("{first}•••@•••.{top}")
    }
}
