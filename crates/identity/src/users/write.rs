//! What creating, changing and deleting a user writes. A batch in which any part is refused writes nothing.

use super::end_sessions;
use crate::{Identity, account, change::Change, password, roles, setup, teams};
use base::{Error, FieldError, Id, Language, Message, Result, fold, message};
use db::{Expect, Statement, sql};
use serde::Deserialize;
use serde_json::{Value, json};

const LONGEST_NAME: usize = 200;

/// A user to create. Without a password there is no signing in, only tokens and the command line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUser {
    pub email: String,
    pub name: String,
    #[serde(default)]
    pub roles: Vec<String>,
    #[serde(default)]
    pub teams: Vec<String>,
    pub language: Option<String>,
    #[serde(default = "yes")]
    pub active: bool,
    pub password: Option<String>,
}

fn yes() -> bool {
    true
}

/// What a change asks for; absent is left as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    pub email: Option<String>,
    pub name: Option<String>,
    pub roles: Option<Vec<String>>,
    pub teams: Option<Vec<String>>,
    pub language: Option<String>,
    pub active: Option<bool>,
    pub password: Option<String>,
    pub current_password: Option<String>,
}

impl Wanted {
    /// Only what everybody may change of themselves.
    pub(crate) fn is_personal(&self) -> bool {
        self.email.is_none() && self.roles.is_none() && self.teams.is_none() && self.active.is_none()
    }
}

/// Whom a change is about.
pub(crate) struct Target<'a> {
    pub id: Id,
    pub before: &'a Value,
    /// The session that makes the change, which may go on.
    pub own_session: Option<&'a str>,
    pub is_self: bool,
}

/// Adds a new user to the change.
pub(crate) async fn add(identity: &Identity, change: &mut Change, new: NewUser) -> Result<Id> {
    let email = check_email(&new.email)?;
    let name = check_name(&new.name)?;
    let language = check_language(new.language.as_deref().unwrap_or("en"))?;
    let role_ids = roles::ids_of(identity, &new.roles).await?;
    let team_ids = teams::ids_of(identity, &new.teams).await?;
    let password = match new.password {
        Some(password) => Some(hash(identity, password, &email, &name).await?),
        None => None,
    };
    let (id, now) = (identity.db.ids().next(), identity.db.clock().now());
    let text = sql!(
        "INSERT INTO app_user (tenant_id, id, email, email_key, name, name_key, language, active, password, version, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?10) ON CONFLICT DO NOTHING"
    );
    let (email_key, name_key) = (fold::key(&email), fold::key(&name));
    let args = [
        identity.db.tenant().into(),
        id.into(),
        email.as_str().into(),
        email_key.into(),
        name.as_str().into(),
        name_key.into(),
        language.code().into(),
        new.active.into(),
        password.into(),
        now.into(),
    ];
    change.batch.expect(Statement::new(text, args), Expect::Free(message!("identity-email-taken")));
    set_roles(identity, change, id, &role_ids);
    set_teams(identity, change, id, &team_ids);
    setup::forget_code(identity, &mut change.batch);
    change.batch.access_changed();
    let roles = &new.roles;
    change.log("user.created", id, json!({ "email": [null, email], "name": [null, name], "roles": [null, roles] }));
    Ok(id)
}

/// Adds a change of a user, and gives how the user will look.
pub(crate) async fn apply(
    identity: &Identity,
    change: &mut Change,
    target: Target<'_>,
    wanted: Wanted,
) -> Result<Value> {
    let mut after = target.before.clone();
    if let Some(email) = &wanted.email {
        after["email"] = check_email(email)?.into();
    }
    if let Some(name) = &wanted.name {
        after["name"] = check_name(name)?.into();
    }
    if let Some(language) = &wanted.language {
        after["language"] = check_language(language)?.code().into();
    }
    if let Some(active) = wanted.active {
        after["active"] = active.into();
    }
    update(identity, change, &target, &after);
    if let Some(names) = &wanted.roles {
        set_roles(identity, change, target.id, &roles::ids_of(identity, names).await?);
        after["roles"] = json!(names);
    }
    if let Some(given) = &wanted.teams {
        let ids = teams::ids_of(identity, given).await?;
        set_teams(identity, change, target.id, &ids);
        after["teams"] = json!(ids);
    }
    if let Some(new) = wanted.password {
        let password = Password { new, current: wanted.current_password };
        set_password(identity, change, &target, &after, password).await?;
    }
    if after["active"] == json!(false) {
        end_sessions(identity, change, target.id, None);
    }
    if (wanted.roles.is_some() || wanted.active == Some(false)) && is_administrator(identity, target.id).await? {
        keep_an_administrator(identity, change);
    }
    change.batch.access_changed();
    Ok(after)
}

fn update(identity: &Identity, change: &mut Change, target: &Target<'_>, after: &Value) {
    let text_of = |name: &str| after[name].as_str().unwrap_or_default().to_owned();
    let (email, name) = (text_of("email"), text_of("name"));
    let tenant = identity.db.tenant();
    let text = sql!(
        "UPDATE app_user SET name = ?3, name_key = ?4, language = ?5, active = ?6, updated_at = ?7, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?8 AND deleted_at IS NULL"
    );
    let args = [
        tenant.into(),
        target.id.into(),
        name.as_str().into(),
        fold::key(&name).into(),
        text_of("language").into(),
        after["active"].as_bool().unwrap_or_default().into(),
        identity.db.clock().now().into(),
        target.before["version"].as_i64().into(),
    ];
    change.batch.expect(Statement::new(text, args), Expect::Fresh);
    if after["email"] != target.before["email"] {
        let text = sql!(
            "UPDATE app_user SET email = ?3, email_key = ?4 WHERE tenant_id = ?1 AND id = ?2
             AND NOT EXISTS (SELECT 1 FROM app_user other
                 WHERE other.tenant_id = ?1 AND other.email_key = ?4 AND other.id <> ?2)"
        );
        let args = [tenant.into(), target.id.into(), email.as_str().into(), fold::key(&email).into()];
        change.batch.expect(Statement::new(text, args), Expect::Free(message!("identity-email-taken")));
    }
}

/// A password to set, and the one before as proof that it is the user who asks.
struct Password {
    new: String,
    current: Option<String>,
}

/// Sets a password; all other sessions of the user end.
async fn set_password(
    identity: &Identity,
    change: &mut Change,
    target: &Target<'_>,
    after: &Value,
    password: Password,
) -> Result<()> {
    if target.is_self {
        let stored = account::load(identity, target.id).await?.and_then(|account| account.password);
        if !identity.passwords.matches(password.current.unwrap_or_default(), stored).await? {
            return Err(Error::field("current_password", message!("identity-password-wrong")));
        }
    }
    let text_of = |name: &str| after[name].as_str().unwrap_or_default();
    let hash = hash(identity, password.new, text_of("email"), text_of("name")).await?;
    let text = sql!("UPDATE app_user SET password = ?3 WHERE tenant_id = ?1 AND id = ?2");
    change.batch.run(Statement::new(text, [identity.db.tenant().into(), target.id.into(), hash.into()]));
    end_sessions(identity, change, target.id, target.own_session);
    change.log("user.password_changed", target.id, json!({}));
    Ok(())
}

async fn hash(identity: &Identity, password: String, email: &str, name: &str) -> Result<String> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    words.extend(email.split('@'));
    match password::weakness(&password, &words) {
        Some(why) => Err(Error::field("password", why)),
        None => identity.passwords.hash(password).await,
    }
}

fn set_roles(identity: &Identity, change: &mut Change, user: Id, ids: &[Id]) {
    let tenant = identity.db.tenant();
    let text = sql!("DELETE FROM user_role WHERE tenant_id = ?1 AND user_id = ?2");
    change.batch.run(Statement::new(text, [tenant.into(), user.into()]));
    for id in ids {
        let text =
            sql!("INSERT INTO user_role (tenant_id, user_id, role_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
        change.batch.run(Statement::new(text, [tenant.into(), user.into(), (*id).into()]));
    }
}

fn set_teams(identity: &Identity, change: &mut Change, user: Id, ids: &[Id]) {
    let tenant = identity.db.tenant();
    let text = sql!("DELETE FROM user_team WHERE tenant_id = ?1 AND user_id = ?2");
    change.batch.run(Statement::new(text, [tenant.into(), user.into()]));
    for (position, id) in (0_i64..).zip(ids) {
        let text = sql!(
            "INSERT INTO user_team (tenant_id, user_id, team_id, position) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING"
        );
        change.batch.run(Statement::new(text, [tenant.into(), user.into(), (*id).into(), position.into()]));
    }
}

/// Adds a deletion: the user can enter no more and is not found any more; history keeps the name.
pub(crate) async fn remove(identity: &Identity, change: &mut Change, id: Id) -> Result<()> {
    let (tenant, now) = (identity.db.tenant(), identity.db.clock().now());
    let text = sql!(
        "UPDATE app_user SET active = 0, email_key = NULL, password = NULL, deleted_at = ?3, updated_at = ?3, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND deleted_at IS NULL"
    );
    change.batch.expect(Statement::new(text, [tenant.into(), id.into(), now.into()]), Expect::Fresh);
    for text in [
        sql!("DELETE FROM session WHERE tenant_id = ?1 AND user_id = ?2"),
        sql!("DELETE FROM api_token WHERE tenant_id = ?1 AND user_id = ?2"),
        sql!("DELETE FROM user_role WHERE tenant_id = ?1 AND user_id = ?2"),
        sql!("DELETE FROM user_team WHERE tenant_id = ?1 AND user_id = ?2"),
    ] {
        change.batch.run(Statement::new(text, [tenant.into(), id.into()]));
    }
    if is_administrator(identity, id).await? {
        keep_an_administrator(identity, change);
    }
    change.batch.access_changed();
    Ok(())
}

async fn is_administrator(identity: &Identity, id: Id) -> Result<bool> {
    let account = account::load(identity, id).await?;
    Ok(account.is_some_and(|account| account.active && account.plan().everything))
}

/// Undoes the batch if it would leave nobody who can manage users.
pub(crate) fn keep_an_administrator(identity: &Identity, change: &mut Change) {
    let text = sql!(
        "UPDATE app_user SET version = version WHERE tenant_id = ?1 AND id = (
             SELECT MIN(app_user.id) FROM app_user
             JOIN user_role ON user_role.tenant_id = app_user.tenant_id AND user_role.user_id = app_user.id
             JOIN role ON role.tenant_id = user_role.tenant_id AND role.id = user_role.role_id
             WHERE app_user.tenant_id = ?1 AND app_user.active = 1 AND role.everything = 1)"
    );
    let statement = Statement::new(text, [identity.db.tenant().into()]);
    change.batch.expect(statement, Expect::Free(message!("identity-last-administrator")));
}

fn wrong<T>(field: &str, message: Message) -> Result<T> {
    Err(Error::Invalid(vec![FieldError { field: field.to_owned(), message }]))
}

fn check_email(email: &str) -> Result<String> {
    let email = email.trim();
    match email_address::EmailAddress::is_valid(email) && email.len() <= 254 {
        true => Ok(email.to_owned()),
        false => wrong("email", message!("identity-email-invalid")),
    }
}

fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    match (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.contains(char::is_control) {
        true => Ok(name.to_owned()),
        false => wrong("name", message!("identity-name-invalid", most = LONGEST_NAME)),
    }
}

fn check_language(code: &str) -> Result<Language> {
    Language::parse(code).map_or_else(|| wrong("language", message!("identity-language-unknown")), Ok)
}
