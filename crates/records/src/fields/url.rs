//! Addresses of web pages: http and https alone, so that a click on one never runs anything.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::message;
use serde_json::{Value as Json, json};

pub(super) struct Url;

/// Bytes, as browsers and proxies carry it.
const LONGEST: usize = 2_000;

impl FieldKind for Url {
    fn name(&self) -> &'static str {
        "url"
    }

    /// A scheme that is missing is https; names and passwords in front of the host are refused.
    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::clean(text, texts::Lines::One)?;
        let refuse = || message!("field-not-a-url", found = texts::quote(&text));
        if text.len() > LONGEST || text.contains(char::is_whitespace) {
            return Err(refuse());
        }
        let has_scheme = text.contains("://");
        let address = if has_scheme { url::Url::parse(&text) } else { url::Url::parse(&format!("https://{text}")) };
        let address = address.map_err(|_| refuse())?;
        let host = address.host_str().unwrap_or("");
        let is_web = matches!(address.scheme(), "http" | "https");
        let has_login = !address.username().is_empty() || address.password().is_some();
        if !is_web || has_login || host.is_empty() || !has_scheme && !host.contains('.') {
            return Err(refuse());
        }
        let bare = address.path() == "/" && address.query().is_none() && address.fragment().is_none();
        let address = if bare { address.as_str().trim_end_matches('/') } else { address.as_str() };
        if address.len() > LONGEST {
            return Err(refuse());
        }
        texts::check(field, address, texts::LONGEST, reading)?;
        Ok(Value::Text(address.to_owned()))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({ "type": "string", "format": "uri", "maxLength": LONGEST })
    }

    /// `https://•••`
    fn masked(&self, _field: &Field, value: &Value) -> String {
        let scheme = value.text().and_then(|text| text.split_once("://")).map_or("https", |(scheme, _)| scheme);
        format!("{scheme}://•••")
    }
}
