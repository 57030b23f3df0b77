//! Signing in and out, and who one is.

use crate::{
    Identity,
    account::{self, Account},
    change::Change,
    door::{IDLE_MS, SESSION_MS},
    password::LONGEST_BYTES,
    role::Grant,
    secret, throttle,
    throttle::Attempt,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use base::{Caller, Error, Id, Result, message};
use db::{Statement, sql};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use web::{Answer, Failure, Json, Needs, Route, Routes, SESSION_COOKIE, SESSION_COOKIE_HTTPS, Signed, Visit};

pub(crate) fn routes() -> Routes<Arc<Identity>> {
    let who = json!({ "type": "object", "properties": {
        "user": { "type": ["object", "null"] },
        "administrator": { "type": "boolean" },
        "objects": { "type": "object" },
    } });
    let sign_in_body = json!({ "type": "object", "required": ["email", "password"], "additionalProperties": false,
        "properties": { "email": { "type": "string" }, "password": { "type": "string" } } });
    Routes::new()
        .add(
            Route::post("/session", sign_in)
                .needs(Needs::Public)
                .summary("Sign in")
                .tag("session")
                .body(sign_in_body)
                .answers(who.clone()),
        )
        .add(Route::get("/session", who_am_i).needs(Needs::SignedIn).summary("Who am I").tag("session").answers(who))
        .add(Route::delete("/session", sign_out).needs(Needs::Public).summary("Sign out").tag("session").status(204))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    email: String,
    password: String,
}

async fn sign_in(State(identity): State<Arc<Identity>>, visit: Visit, Json(given): Json<SignIn>) -> Answer<Response> {
    let attempt = Attempt::new(&given.email, visit.address);
    throttle::begin(&identity, &attempt).await?;
    let Some(account) = prove(&identity, given).await? else {
        tracing::warn!(target: "security", event = "sign-in refused");
        return Err(Failure::refused(StatusCode::UNAUTHORIZED, message!("identity-credentials-wrong")));
    };
    let mut change = Change::new(identity.db.ids().next());
    throttle::forgive(&identity, &mut change.batch, &attempt);
    let cookie = begin(&identity, &mut change, account.id, &visit)?;
    let caller = account.caller(identity.db.tenant());
    identity.db.submit(&caller, std::mem::take(&mut change.batch)).await?;
    let mut response = change.answer(StatusCode::OK, describe(&caller, Some(&account)));
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// The account whose password this is. Takes equally long whether there is such an account or not.
async fn prove(identity: &Identity, given: SignIn) -> Result<Option<Account>> {
    // Also nobody is looked up.
    let user = account::find(identity, &given.email).await?.unwrap_or(Id(0));
    let account = account::load(identity, user).await?;
    let stored = account.as_ref().and_then(|account| account.password.clone());
    let password = if given.password.len() <= LONGEST_BYTES { given.password } else { String::new() };
    let matches = identity.passwords.matches(password, stored).await?;
    Ok(account.filter(|account| matches && account.active))
}

/// Adds a new session to the change, and gives its cookie. A session that the browser still had ends.
pub(crate) fn begin(identity: &Identity, change: &mut Change, user: Id, visit: &Visit) -> Result<HeaderValue> {
    let (tenant, now) = (identity.db.tenant(), identity.db.clock().now());
    if let Some(earlier) = &visit.cookie {
        end(identity, change, earlier);
    }
    let over = sql!("DELETE FROM session WHERE tenant_id = ?1 AND expires_at <= ?2");
    change.batch.run(Statement::new(over, [tenant.into(), now.into()]));
    let secret = secret::session()?;
    let text = sql!(
        "INSERT INTO session (tenant_id, hash, user_id, created_at, seen_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?4, ?5)"
    );
    let hash = secret::fingerprint(&secret).to_vec();
    let args = [tenant.into(), hash.into(), user.into(), now.into(), (now.0 + SESSION_MS).into()];
    change.batch.run(Statement::new(text, args));
    change.log("session.started", user, json!({}));
    cookie(&secret, visit.https)
}

fn end(identity: &Identity, change: &mut Change, secret: &str) {
    let hash = secret::fingerprint(secret).to_vec();
    let text = sql!("DELETE FROM session WHERE tenant_id = ?1 AND hash = ?2");
    change.batch.run(Statement::new(text, [identity.db.tenant().into(), hash.into()]));
    change.batch.access_changed();
}

fn cookie(secret: &str, https: bool) -> Result<HeaderValue> {
    let seconds = SESSION_MS / 1_000;
    let text = match https {
        true => format!("{SESSION_COOKIE_HTTPS}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax; Secure"),
        false => format!("{SESSION_COOKIE}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"),
    };
    HeaderValue::try_from(text).map_err(Error::internal)
}

async fn sign_out(State(identity): State<Arc<Identity>>, visit: Visit) -> Answer<Response> {
    let mut change = Change::new(identity.db.ids().next());
    if let Some(secret) = &visit.cookie {
        end(&identity, &mut change, secret);
        if let Some(user) = visit.caller.principal.user() {
            change.log("session.ended", user, json!({}));
        }
        identity.db.submit(&visit.caller, std::mem::take(&mut change.batch)).await?;
    }
    let mut response = change.no_content();
    let gone = match visit.https {
        true => format!("{SESSION_COOKIE_HTTPS}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"),
        false => format!("{SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"),
    };
    let headers = response.headers_mut();
    headers.insert(header::SET_COOKIE, HeaderValue::try_from(gone).map_err(Error::internal)?);
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

async fn who_am_i(State(identity): State<Arc<Identity>>, Signed(caller): Signed) -> Answer<Json<Value>> {
    let account = match caller.principal.user() {
        Some(user) => account::load(&identity, user).await?,
        None => None,
    };
    Ok(Json(describe(&caller, account.as_ref())))
}

/// The caller as their own screen shows them, with the rights of this very session or token.
pub(crate) fn describe(caller: &Caller, account: Option<&Account>) -> Value {
    let user = account.map(|account| {
        json!({
            "id": account.id,
            "email": account.email,
            "name": account.name,
            "language": account.language.code(),
            "roles": account.roles.iter().map(|role| &role.name).collect::<Vec<_>>(),
            "teams": account.teams,
        })
    });
    let objects: Map<String, Value> =
        caller.plan.objects.iter().map(|(name, rights)| (name.clone(), json!(Grant::of(rights)))).collect();
    json!({
        "user": user,
        "administrator": caller.plan.everything,
        "objects": objects,
        "idle_minutes": IDLE_MS / 60_000,
    })
}
