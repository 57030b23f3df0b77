//! What may be said of a token.

use crate::plan;
use base::{Error, Result, Timestamp, message};

pub(super) const LONGEST_NAME: usize = 200;
const MOST_SCOPES: usize = 200;

pub(super) fn name(name: &str) -> Result<String> {
    let name = name.trim();
    match (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.contains(char::is_control) {
        true => Ok(name.to_owned()),
        false => Err(Error::field("name", message!("identity-name-invalid", most = LONGEST_NAME))),
    }
}

pub(super) fn scopes(scopes: Option<&[String]>) -> Result<()> {
    let scopes = scopes.unwrap_or_default();
    let wrong = scopes.iter().find(|text| plan::scope(text).is_none());
    match wrong {
        Some(text) => Err(Error::field("scopes", message!("identity-scope-invalid", scope = text))),
        None if scopes.len() > MOST_SCOPES => {
            Err(Error::field("scopes", message!("identity-scopes-many", most = MOST_SCOPES)))
        }
        None => Ok(()),
    }
}

pub(super) fn expiry(text: Option<&str>, now: Timestamp) -> Result<Option<Timestamp>> {
    let Some(text) = text else { return Ok(None) };
    match Timestamp::parse(text) {
        Some(at) if at > now => Ok(Some(at)),
        Some(_) => Err(Error::field("expires_at", message!("identity-expiry-past"))),
        None => Err(Error::field("expires_at", message!("identity-instant-invalid"))),
    }
}
