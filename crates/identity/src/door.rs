//! The door: from a cookie or a token to a caller, through a cache that ends with every change of rights.
//!
//! Who has signed out, was deactivated or lost a role is another caller at the next request, on every node: what is
//! cached is valid only while the tenant's access stamp stands still.

use crate::{
    Identity, account, plan,
    secret::{self, Fingerprint},
};
use base::{AccessPlan, Caller, Error, Id, Language, Principal, Result, Timestamp, message};
use db::{Batch, Statement, sql};
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};
use web::{Credentials, Door};

/// A session ends after an hour without a request, and after a day in any case.
pub(crate) const IDLE_MS: i64 = 60 * 60 * 1_000;
pub(crate) const SESSION_MS: i64 = 24 * 60 * 60 * 1_000;
/// How often the use of a session or token is written down.
const NOTE_MS: i64 = 60 * 1_000;
const MOST_KNOWN: usize = 20_000;

/// Callers who have been here since the last change of rights.
#[derive(Default)]
pub(crate) struct Known {
    callers: RwLock<HashMap<Fingerprint, Arc<Visitor>>>,
}

/// A proven session or token.
struct Visitor {
    /// The access stamp that was read before the rights.
    access: i64,
    caller: Caller,
    expires_at: i64,
    /// Sessions end when idle; tokens do not.
    is_session: bool,
    seen_at: AtomicI64,
    noted_at: AtomicI64,
}

pub(crate) fn door(identity: Arc<Identity>) -> Door {
    Arc::new(move |credentials| {
        let identity = Arc::clone(&identity);
        Box::pin(async move { enter(&identity, credentials).await })
    })
}

async fn enter(identity: &Identity, credentials: Credentials) -> Result<Caller> {
    let Credentials { bearer, cookie, as_email, accept_language, trusted_local } = credentials;
    if let (Some(email), true) = (as_email, trusted_local) {
        return on_behalf(identity, &email).await;
    }
    let proven = match (bearer, cookie) {
        (Some(token), _) => recognise(identity, &token, Kind::Token).await?,
        (None, Some(cookie)) => recognise(identity, &cookie, Kind::Session).await?,
        (None, None) if trusted_local => Some(base::SystemCaller::for_(identity.db.tenant(), "command line")),
        (None, None) => None,
    };
    Ok(proven.unwrap_or_else(|| anonymous(identity, accept_language)))
}

fn anonymous(identity: &Identity, language: Language) -> Caller {
    let plan = Arc::new(AccessPlan::default());
    Caller { tenant: identity.db.tenant(), principal: Principal::Anonymous, plan, language }
}

/// `--as EMAIL` on the machine's own command line.
async fn on_behalf(identity: &Identity, email: &str) -> Result<Caller> {
    let unknown = || Error::field("as", message!("identity-user-unknown", user = email));
    let user = account::find(identity, email).await?.ok_or_else(unknown)?;
    identity.caller_of(user).await.map_err(|error| match error {
        Error::NotFound(_) => unknown(),
        other => other,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Session,
    Token,
}

async fn recognise(identity: &Identity, secret: &str, kind: Kind) -> Result<Option<Caller>> {
    let hash = secret::fingerprint(secret);
    let access = identity.db.stamp(identity.db.tenant()).await?.access;
    let now = identity.db.clock().now();
    if let Some(visitor) = identity.known.get(&hash)
        && visitor.is_valid(access, now)
        && visitor.is_session == (kind == Kind::Session)
    {
        visitor.seen_at.store(now.0, Ordering::Relaxed);
        note(identity, &visitor, &hash, now).await;
        return Ok(Some(visitor.caller.clone()));
    }
    let loaded = match kind {
        Kind::Session => load_session(identity, &hash, access, now).await?,
        Kind::Token => load_token(identity, secret, &hash, access, now).await?,
    };
    let Some(visitor) = loaded else { return Ok(None) };
    let visitor = Arc::new(visitor);
    identity.known.put(hash, Arc::clone(&visitor));
    note(identity, &visitor, &hash, now).await;
    Ok(Some(visitor.caller.clone()))
}

impl Known {
    fn get(&self, hash: &Fingerprint) -> Option<Arc<Visitor>> {
        self.callers.read().unwrap_or_else(PoisonError::into_inner).get(hash).cloned()
    }

    fn put(&self, hash: Fingerprint, visitor: Arc<Visitor>) {
        let mut callers = self.callers.write().unwrap_or_else(PoisonError::into_inner);
        if callers.len() >= MOST_KNOWN {
            callers.clear();
        }
        callers.insert(hash, visitor);
    }
}

impl Visitor {
    fn is_valid(&self, access: i64, now: Timestamp) -> bool {
        let awake = !self.is_session || now.0 - self.seen_at.load(Ordering::Relaxed) < IDLE_MS;
        self.access == access && now.0 < self.expires_at && awake
    }
}

async fn load_session(identity: &Identity, hash: &Fingerprint, access: i64, now: Timestamp) -> Result<Option<Visitor>> {
    let caller = identity.system();
    let text = sql!(
        "SELECT user_id, seen_at, expires_at FROM session
         WHERE tenant_id = ?1 AND hash = ?2 AND expires_at > ?3 AND seen_at > ?4"
    );
    let args = [caller.tenant.into(), hash.to_vec().into(), now.into(), (now.0 - IDLE_MS).into()];
    let rows = identity.db.reader(&caller).once(Statement::new(text, args)).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let Some(caller) = active(identity, row.id(0)?).await? else { return Ok(None) };
    Ok(Some(Visitor {
        access,
        caller,
        expires_at: row.int(2)?,
        is_session: true,
        seen_at: AtomicI64::new(now.0),
        noted_at: AtomicI64::new(row.int(1)?),
    }))
}

async fn load_token(
    identity: &Identity,
    token: &str,
    hash: &Fingerprint,
    access: i64,
    now: Timestamp,
) -> Result<Option<Visitor>> {
    let Some(id) = secret::token_id(token) else { return Ok(None) };
    let caller = identity.system();
    let text = sql!(
        "SELECT user_id, scopes, expires_at, last_used_at FROM api_token
         WHERE tenant_id = ?1 AND id = ?2 AND hash = ?3 AND (expires_at IS NULL OR expires_at > ?4)"
    );
    let args = [caller.tenant.into(), id.into(), hash.to_vec().into(), now.into()];
    let rows = identity.db.reader(&caller).once(Statement::new(text, args)).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let user = row.id(0)?;
    let Some(mut caller) = active(identity, user).await? else { return Ok(None) };
    if let Some(scopes) = row.opt_text(1)? {
        let scopes: Vec<String> = serde_json::from_str(scopes).map_err(Error::internal)?;
        caller.plan = Arc::new(plan::narrow(&caller.plan, &scopes));
    }
    caller.principal = Principal::Token { user, token: id };
    Ok(Some(Visitor {
        access,
        caller,
        expires_at: row.opt_int(2)?.unwrap_or(i64::MAX),
        is_session: false,
        seen_at: AtomicI64::new(now.0),
        noted_at: AtomicI64::new(row.opt_int(3)?.unwrap_or(0)),
    }))
}

async fn active(identity: &Identity, user: Id) -> Result<Option<Caller>> {
    let account = account::load(identity, user).await?;
    Ok(account.filter(|account| account.active).map(|account| account.caller(identity.db.tenant())))
}

/// Writes down, at most once a minute, that a session or token is in use. That it fails stops nobody.
async fn note(identity: &Identity, visitor: &Visitor, hash: &Fingerprint, now: Timestamp) {
    let noted = visitor.noted_at.load(Ordering::Relaxed);
    let first = || visitor.noted_at.compare_exchange(noted, now.0, Ordering::Relaxed, Ordering::Relaxed);
    if now.0 - noted < NOTE_MS || first().is_err() {
        return;
    }
    let caller = identity.system();
    let (text, key) = match visitor.caller.principal {
        Principal::Token { token, .. } => {
            (sql!("UPDATE api_token SET last_used_at = ?3 WHERE tenant_id = ?1 AND id = ?2"), token.into())
        }
        _ => (
            sql!("UPDATE session SET seen_at = ?3 WHERE tenant_id = ?1 AND hash = ?2 AND seen_at < ?3"),
            hash.to_vec().into(),
        ),
    };
    let mut batch = Batch::new();
    batch.run(Statement::new(text, [caller.tenant.into(), key, now.into()]));
    if let Err(error) = identity.db.submit(&caller, batch).await {
        tracing::warn!(target: "identity", %error, "the use of a session or token was not written down");
    }
}
