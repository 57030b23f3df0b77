//! The first start: whoever reads the console becomes the first administrator.

use crate::{
    Identity, account,
    change::Change,
    role::ADMINISTRATOR,
    secret, sessions, throttle,
    throttle::Attempt,
    users::{self, NewUser},
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::Response,
};
use base::{Error, Result, message};
use db::{Batch, Expect, Statement, sql};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use web::{Answer, Failure, Json, Needs, Route, Routes, Visit};

pub(crate) fn routes() -> Routes<Arc<Identity>> {
    let body = json!({ "type": "object", "required": ["code", "email", "name", "password"], "additionalProperties": false,
        "properties": {
            "code": { "type": "string" },
            "email": { "type": "string", "format": "email" },
            "name": { "type": "string" },
            "password": { "type": "string" },
            "language": { "type": "string", "enum": ["en", "pl", "fr", "ro"] },
        } });
    let answer = json!({ "type": "object" });
    let route = Route::post("/setup", set_up).needs(Needs::Public).summary("Create the first administrator");
    Routes::new().add(route.tag("session").body(body).answers(answer).status(201))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetUp {
    code: String,
    email: String,
    name: String,
    password: String,
    language: Option<String>,
}

async fn has_users(identity: &Identity) -> Result<bool> {
    let caller = identity.system();
    let text = sql!("SELECT 1 FROM app_user WHERE tenant_id = ?1 LIMIT 1");
    let rows = identity.db.reader(&caller).once(Statement::new(text, [caller.tenant.into()])).await?;
    Ok(!rows.is_empty())
}

/// A new code, in place of the one before; `None` once there is a user.
pub(crate) async fn new_code(identity: &Identity) -> Result<Option<String>> {
    if has_users(identity).await? {
        return Ok(None);
    }
    let caller = identity.system();
    let code = secret::code()?;
    let hash = secret::fingerprint(&secret::tidy_code(&code)).to_vec();
    let text = sql!(
        "INSERT INTO setup_code (tenant_id, hash) VALUES (?1, ?2)
         ON CONFLICT (tenant_id) DO UPDATE SET hash = excluded.hash"
    );
    let mut batch = Batch::new();
    batch.run(Statement::new(text, [caller.tenant.into(), hash.into()]));
    identity.db.submit(&caller, batch).await?;
    Ok(Some(code))
}

/// The code ends with the first user, whoever made it.
pub(crate) fn forget_code(identity: &Identity, batch: &mut Batch) {
    let text = sql!("DELETE FROM setup_code WHERE tenant_id = ?1");
    batch.run(Statement::new(text, [identity.db.tenant().into()]));
}

async fn set_up(State(identity): State<Arc<Identity>>, visit: Visit, Json(given): Json<SetUp>) -> Answer<Response> {
    if has_users(&identity).await? {
        return Err(Error::Conflict(message!("identity-set-up-already")).into());
    }
    let attempt = Attempt::new("setup", visit.address);
    throttle::begin(&identity, &attempt).await?;
    let new = NewUser {
        email: given.email,
        name: given.name,
        roles: vec![ADMINISTRATOR.to_owned()],
        teams: Vec::new(),
        language: given.language,
        active: true,
        password: Some(given.password),
    };
    let mut change = Change::new(identity.db.ids().next());
    let hash = secret::fingerprint(&secret::tidy_code(&given.code)).to_vec();
    let text = sql!("DELETE FROM setup_code WHERE tenant_id = ?1 AND hash = ?2");
    let wrong = || message!("identity-setup-code-wrong");
    // Of two at the same moment, one takes the code away from the other.
    change.batch.expect(Statement::new(text, [identity.db.tenant().into(), hash.into()]), Expect::Free(wrong()));
    let user = users::add(&identity, &mut change, new).await?;
    throttle::forgive(&identity, &mut change.batch, &attempt);
    let cookie = sessions::begin(&identity, &mut change, user, &visit)?;
    let submitted = identity.db.submit(&identity.system(), std::mem::take(&mut change.batch)).await;
    submitted.map_err(|error| match error {
        Error::Conflict(message) if message == wrong() => Failure::refused(StatusCode::FORBIDDEN, message),
        other => other.into(),
    })?;
    let account = account::load(&identity, user).await?.ok_or(Error::NotFound("user"))?;
    let caller = account.caller(identity.db.tenant());
    let mut response = change.answer(StatusCode::CREATED, sessions::describe(&caller, Some(&account)));
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}
