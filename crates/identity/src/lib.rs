//! Who may enter and what they may do: users, teams, roles, sessions, API tokens, and the door that `web` asks.
//!
//! Not here: what a right does to a query; `records` compiles the [`base::AccessPlan`] that is made here.
//! Start reading at [`Identity`], then `door.rs` and `plan.rs`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

mod account;
mod change;
mod configuration;
mod door;
mod explain;
mod page;
mod password;
mod plan;
mod role;
mod roles;
mod secret;
mod sessions;
mod setup;
mod teams;
#[cfg(test)]
mod tests;
mod throttle;
mod tokens;
mod users;

use base::{Caller, Error, Id, Result, SystemCaller};
use db::Db;
use std::sync::Arc;
use web::{Door, Routes};

pub use plan::narrow;

/// The identity part of one running program.
pub struct Identity {
    db: Db,
    passwords: password::Passwords,
    known: door::Known,
}

impl Identity {
    /// Makes the preset roles where there are none yet.
    pub async fn open(db: Db) -> Result<Arc<Identity>> {
        let passwords = password::Passwords::new();
        let identity = Identity { db, passwords, known: door::Known::default() };
        roles::create_presets(&identity).await?;
        Ok(Arc::new(identity))
    }

    /// Tells who is asking; see [`web::Door`].
    pub fn door(self: &Arc<Identity>) -> Door {
        door::door(Arc::clone(self))
    }

    /// `/setup`, `/session`, `/users`, `/teams`, `/roles`, `/tokens`.
    pub fn routes(self: &Arc<Identity>) -> Routes {
        setup::routes()
            .merge(sessions::routes())
            .merge(users::routes())
            .merge(teams::routes())
            .merge(roles::routes())
            .merge(tokens::routes())
            .with_state(Arc::clone(self))
    }

    /// A new one-time code for `POST /setup`; `None` once there is a user. The caller prints it on the console.
    pub async fn setup_code(&self) -> Result<Option<String>> {
        setup::new_code(self).await
    }

    /// The caller that a job or another piece of work done for a user acts as, with the rights of this moment.
    ///
    /// # Errors
    /// `NotFound` when there is no such user, or no active one.
    pub async fn caller_of(&self, user: Id) -> Result<Caller> {
        let account = account::load(self, user).await?.ok_or(Error::NotFound("user"))?;
        if account.active { Ok(account.caller(self.db.tenant())) } else { Err(Error::NotFound("user")) }
    }

    /// What each of a user's roles says about an object, and what they come to together, as JSON.
    pub async fn explain(&self, user: Id, object: &str) -> Result<serde_json::Value> {
        explain::explain(self, user, object).await
    }

    /// Roles and teams, by name, as they stand in the file of the configuration.
    pub async fn configuration(&self, caller: &Caller) -> Result<serde_json::Map<String, serde_json::Value>> {
        configuration::exported(self, caller).await
    }

    /// The names of the roles that say something of an object, or of one of its fields.
    pub async fn roles_naming(&self, object: &str, field: Option<&str>) -> Result<Vec<String>> {
        roles::naming(self, object, field).await
    }

    /// The user with this e-mail address or id.
    pub async fn find_user(&self, email_or_id: &str) -> Result<Option<Id>> {
        account::find(self, email_or_id).await
    }

    /// The team with this id or name.
    pub async fn find_team(&self, id_or_name: &str) -> Result<Option<Id>> {
        teams::known(self, id_or_name).await
    }

    /// The active users who are in a team itself, not only in one below it: up to so many.
    pub async fn members(&self, team: Id, most: i64) -> Result<Vec<Id>> {
        teams::members(self, team, most).await
    }

    /// Identity's own reading and writing.
    fn system(&self) -> Caller {
        SystemCaller::for_(self.db.tenant(), "identity")
    }
}
