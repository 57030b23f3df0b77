//! Requests that are asked twice and done once: `Idempotency-Key`.
//!
//! The answer is kept in the same batch as the effect, so that either both are there or neither; a day later it is
//! forgotten.

use crate::catalog::Records;
use axum::{
    http::{HeaderMap, HeaderName, StatusCode},
    response::{IntoResponse, Response},
};
use base::{Caller, Error, Id, Result, Timestamp, hex, message};
use db::{Batch, Cell, Expect, Statement, sql};
use sha2::{Digest, Sha256};
use web::{Answer, RawJson};

/// How long answers are kept.
const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// The header that names the action of a change.
pub type Action = [(HeaderName, String); 1];

/// `X-Action`: what takes the change back.
pub fn by(action: Id) -> Action {
    [(HeaderName::from_static("x-action"), action.to_string())]
}

/// The id in an address; what is none names nothing.
pub fn parse_id(text: &str, what: &'static str) -> Result<Id> {
    text.parse().map_err(|_| Error::NotFound(what))
}

/// A request that may have been made before.
pub struct Once {
    /// Key and fingerprint; absent where the caller named no key.
    named: Option<(String, String)>,
    now: Timestamp,
}

/// What was answered, to be answered again.
#[derive(Debug, Clone)]
pub struct Answered {
    pub status: StatusCode,
    pub action: Option<Id>,
    pub body: String,
}

impl Once {
    /// `route` and `body` are what the request asks; the key is the caller's own, per route.
    pub fn new(records: &Records, caller: &Caller, headers: &HeaderMap, route: &str, body: &str) -> Result<Once> {
        let now = records.db().clock().now();
        let Some(key) = headers.get("idempotency-key") else { return Ok(Once { named: None, now }) };
        let key = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
        let key = key.ok_or_else(|| Error::field("Idempotency-Key", message!("idempotency-key-unusable")))?;
        let who = caller.principal.user().map_or_else(|| caller.principal.to_string(), |user| user.to_string());
        let if_match = headers.get("if-match").and_then(|value| value.to_str().ok()).unwrap_or("");
        Ok(Once { named: Some((digest(&[&who, route, key]), digest(&[if_match, body]))), now })
    }

    /// The caller named a key: the answer is to be kept.
    pub fn is_named(&self) -> bool {
        self.named.is_some()
    }

    /// The answer given before, if this request has been done.
    pub async fn before(&self, records: &Records, caller: &Caller) -> Result<Option<Answered>> {
        let Some((key, request)) = &self.named else { return Ok(None) };
        let text =
            sql!("SELECT request, status, answer FROM idempotency WHERE tenant_id = ?1 AND key = ?2 AND at > ?3");
        let cells = [caller.tenant.into(), Cell::from(key.as_str()), Cell::Int(self.now.0 - KEPT_MS)];
        let rows = records.db().reader(caller).once(Statement::new(text, cells)).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        if row.text(0)? != request {
            return Err(Error::field("Idempotency-Key", message!("idempotency-key-reused")));
        }
        let status = u16::try_from(row.int(1)?).ok().and_then(|status| StatusCode::from_u16(status).ok());
        let (action, body) = row.text(2)?.split_once(' ').unwrap_or_default();
        Ok(Some(Answered { status: status.unwrap_or(StatusCode::OK), action: action.parse().ok(), body: body.into() }))
    }

    /// Writes the effect together with its answer, which is the twin's where one has been faster.
    pub async fn commit(
        &self,
        records: &Records,
        caller: &Caller,
        mut batch: Batch,
        answered: Answered,
    ) -> Answer<Response> {
        self.remember(caller, &mut batch, &answered);
        match records.db().submit(caller, batch).await {
            Ok(_) => Ok(answered.into_response()),
            Err(error) => Ok(self.or_twin(records, caller, error).await?.into_response()),
        }
    }

    /// Keeps the answer with the effect.
    pub fn remember(&self, caller: &Caller, batch: &mut Batch, answered: &Answered) {
        let Some((key, request)) = &self.named else { return };
        let forget = sql!("DELETE FROM idempotency WHERE tenant_id = ?1 AND key = ?2 AND at <= ?3");
        let key = || Cell::from(key.as_str());
        batch.run(Statement::new(forget, [caller.tenant.into(), key(), Cell::Int(self.now.0 - KEPT_MS)]));
        let action = answered.action.map(|action| action.to_string()).unwrap_or_default();
        let text = sql!(
            "INSERT INTO idempotency (tenant_id, key, request, status, answer, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO NOTHING"
        );
        let cells = [
            caller.tenant.into(),
            key(),
            Cell::from(request.as_str()),
            Cell::Int(i64::from(answered.status.as_u16())),
            Cell::Text(format!("{action} {}", answered.body)),
            Cell::from(self.now),
        ];
        batch.expect(Statement::new(text, cells), Expect::Free(message!("idempotency-twin")));
    }

    /// After a failure: when a twin has been faster, its answer is this one's too. A refusal may say no more than that
    /// what the twin has made is there already.
    pub async fn or_twin(&self, records: &Records, caller: &Caller, error: Error) -> Answer<Answered> {
        match &error {
            Error::Conflict(_) | Error::Stale | Error::Invalid(_) => {
                Ok(self.before(records, caller).await?.ok_or(error)?)
            }
            _ => Err(error.into()),
        }
    }
}

fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

impl IntoResponse for Answered {
    fn into_response(self) -> Response {
        let body = match self.body.is_empty() {
            true => Response::default(),
            false => RawJson(self.body.into()).into_response(),
        };
        (self.status, self.action.map(by), body).into_response()
    }
}
