//! Keeps other sites' pages from acting with a visitor's cookie.
//!
//! Browsers say where a request comes from; programs that send a bearer token or neither header are not browsers.

use axum::http::{HeaderMap, Method, Uri, header};
use base::{Error, Result, message};

/// Refuses a change that another site's page has sent.
pub(crate) fn check(method: &Method, headers: &HeaderMap, uri: &Uri) -> Result<()> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) || headers.contains_key(header::AUTHORIZATION) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let same = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => is_origin_of(origin, host(headers, uri)),
        (None, None) => true,
    };
    if same { Ok(()) } else { Err(Error::Forbidden(message!("cross-origin"))) }
}

fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    uri.authority().map(|authority| authority.as_str()).or_else(|| headers.get(header::HOST)?.to_str().ok())
}

fn is_origin_of(origin: &str, host: Option<&str>) -> bool {
    let named = origin.split_once("://").map(|(_, rest)| rest);
    matches!((named, host), (Some(named), Some(host)) if named.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_and_programs_may_change_things() {
        type Lines = &'static [(&'static str, &'static str)];
        let cases: [(&Method, Lines, bool); 10] = [
            (&Method::POST, &[("sec-fetch-site", "same-origin")], true),
            (&Method::POST, &[("sec-fetch-site", "cross-site")], false),
            (&Method::POST, &[("sec-fetch-site", "same-site")], false),
            (&Method::DELETE, &[("origin", "https://evil.example")], false),
            (&Method::DELETE, &[("origin", "null")], false),
            (&Method::PATCH, &[("origin", "https://crm.example:8090")], true),
            (&Method::PUT, &[("origin", "https://crm.example")], false),
            (&Method::POST, &[], true),
            (&Method::POST, &[("origin", "https://evil.example"), ("authorization", "Bearer rpt_x")], true),
            (&Method::GET, &[("sec-fetch-site", "cross-site")], true),
        ];
        for (method, lines, allowed) in cases {
            let mut headers = HeaderMap::new();
            headers.insert("host", "crm.example:8090".parse().unwrap());
            for (name, value) in lines {
                headers.insert(*name, value.parse().unwrap());
            }
            let uri = Uri::from_static("/api/v1/session");
            assert_eq!(check(method, &headers, &uri).is_ok(), allowed, "{method} {lines:?}");
        }
    }
}
