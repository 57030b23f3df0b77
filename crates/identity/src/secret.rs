//! Random secrets and their fingerprints. Only fingerprints are stored.

use base::{Error, Id, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// What is stored instead of a secret. The secrets have 256 random bits, so a plain hash protects them.
pub(crate) type Fingerprint = [u8; 32];

const TOKEN_PREFIX: &str = "rpt_";
/// Crockford's digits and capitals: none is mistaken for another when read from a console.
const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

pub(crate) fn fingerprint(secret: &str) -> Fingerprint {
    Sha256::digest(secret.as_bytes()).into()
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

/// The value of a session cookie.
pub(crate) fn session() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// An API token: `rpt_<id>_<secret>`.
pub(crate) fn token(id: Id) -> Result<String> {
    Ok(format!("{TOKEN_PREFIX}{id}_{}", URL_SAFE_NO_PAD.encode(random::<32>()?)))
}

/// The id in a token, which finds its row.
pub(crate) fn token_id(token: &str) -> Option<Id> {
    let (id, secret) = token.strip_prefix(TOKEN_PREFIX)?.split_once('_')?;
    if secret.is_empty() { None } else { id.parse().ok() }
}

/// A code for a person to type: `7QKX-M2PD-93TV`, 60 bits.
pub(crate) fn code() -> Result<String> {
    let mut text = String::new();
    for (place, byte) in random::<12>()?.into_iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(CODE_LETTERS[usize::from(byte & 31)]));
    }
    Ok(text)
}

/// The code as it was meant: people leave out hyphens and type small letters.
pub(crate) fn tidy_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_names_its_row_and_nothing_else_does() {
        let token = token(Id(77)).unwrap();
        assert_eq!(token_id(&token), Some(Id(77)));
        for bad in ["", "rpt_", "rpt_0000000000001", "rpt_0000000000001_", "xyz_0000000000001_a"] {
            assert_eq!(token_id(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_code_survives_being_typed_by_a_person() {
        let code = code().unwrap();
        assert_eq!(code.len(), 14);
        assert_eq!(tidy_code(&code.to_lowercase().replace('-', " ")), tidy_code(&code));
    }
}
