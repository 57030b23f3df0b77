//! One request's visitor: who they are, where they come from, and how a handler asks for it.

use crate::failure::Failure;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request},
};
use base::{Caller, Error, Language, Result};
use futures_util::future::BoxFuture;
use std::{net::IpAddr, sync::Arc};

/// The session cookie over plain HTTP, as in a first try on one's own machine.
pub const SESSION_COOKIE: &str = "rapport_session";
/// The session cookie over HTTPS: the prefix makes browsers hold it to this host and to HTTPS.
pub const SESSION_COOKIE_HTTPS: &str = "__Host-rapport";

/// What a request shows at the door. Not printable, for it holds secrets.
#[derive(Clone, Default)]
pub struct Credentials {
    pub bearer: Option<String>,
    pub cookie: Option<String>,
    /// The user to act as; only the local socket may ask.
    pub as_email: Option<String>,
    /// What the browser prefers, for callers who have no language of their own.
    pub accept_language: Language,
    /// It came through the local socket, which only the operator of the machine can open.
    pub trusted_local: bool,
}

/// Tells who is asking. Also the unknown get a [`Caller`]: an anonymous one, who may do nothing.
pub type Door = Arc<dyn Fn(Credentials) -> BoxFuture<'static, Result<Caller>> + Send + Sync>;

/// The other end of the connection.
#[derive(Debug, Clone, Copy, Default)]
pub struct Peer {
    pub address: Option<IpAddr>,
    /// The local socket.
    pub local: bool,
}

/// What is known of a request beside its path and body. Not printable, for it holds the session's secret.
#[derive(Clone)]
pub struct Visit {
    pub caller: Caller,
    /// The client's address, as far as the server can know it.
    pub address: Option<IpAddr>,
    /// The browser speaks HTTPS, to us or to the proxy before us.
    pub https: bool,
    /// What proved the session, for handlers that end it.
    pub cookie: Option<String>,
}

/// The caller, in a handler's arguments: `Signed(caller): Signed`.
#[derive(Debug, Clone)]
pub struct Signed(pub Caller);

fn not_composed() -> Failure {
    Failure::from(Error::internal("the handler runs outside of an App"))
}

impl<S: Sync> FromRequestParts<S> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Signed, Failure> {
        let visit = parts.extensions.get::<Visit>().ok_or_else(not_composed)?;
        Ok(Signed(visit.caller.clone()))
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Visit, Failure> {
        parts.extensions.get::<Visit>().cloned().ok_or_else(not_composed)
    }
}

/// Reads what a request shows.
pub(crate) fn credentials(headers: &HeaderMap, peer: Peer, https: bool, accept_language: Language) -> Credentials {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    Credentials {
        bearer: text(header::AUTHORIZATION).and_then(bearer).map(str::to_owned),
        cookie: session_cookie(headers, https).map(str::to_owned),
        as_email: match peer.local {
            true => headers.get("x-rapport-as").and_then(|value| value.to_str().ok()).map(str::to_owned),
            false => None,
        },
        accept_language,
        trusted_local: peer.local,
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn session_cookie(headers: &HeaderMap, https: bool) -> Option<&str> {
    let wanted = if https { SESSION_COOKIE_HTTPS } else { SESSION_COOKIE };
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == wanted).map(|(_, value)| value).next()
}

/// The best of our languages in an `Accept-Language` header; English where there is none.
pub(crate) fn preferred_language(header: &str) -> Language {
    let mut best = (0.0_f32, Language::default());
    for part in header.split(',').take(20) {
        let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok()).unwrap_or(0.0);
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        if let Some(language) = Language::parse(&primary)
            && weight > best.0
        {
            best = (weight, language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_it_prefers_among_ours() {
        for (header, language) in [
            ("pl-PL,pl;q=0.9,en;q=0.8", Language::Polish),
            ("de, ro;q=0.5, en;q=0.4", Language::Romanian),
            ("en;q=0.1, FR-be;q=0.2", Language::French),
            ("de", Language::English),
            ("fr;q=nonsense", Language::English),
            ("*", Language::English),
        ] {
            assert_eq!(preferred_language(header), language, "{header}");
        }
    }

    #[test]
    fn over_https_only_the_cookie_that_is_bound_to_the_host_counts() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=b; rapport_session=plain".parse().unwrap());
        headers.append(header::COOKIE, "__Host-rapport=bound".parse().unwrap());
        assert_eq!(session_cookie(&headers, true), Some("bound"));
        assert_eq!(session_cookie(&headers, false), Some("plain"));
    }

    #[test]
    fn only_the_local_socket_may_act_as_somebody() {
        let mut headers = HeaderMap::new();
        headers.insert("x-rapport-as", "ewa@example.com".parse().unwrap());
        let from = |local| credentials(&headers, Peer { address: None, local }, false, Language::English).as_email;
        assert_eq!(from(false), None);
        assert_eq!(from(true).as_deref(), Some("ewa@example.com"));
    }
}
