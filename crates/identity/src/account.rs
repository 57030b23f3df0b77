//! A user as the door needs them: who they are, with roles, teams and the plan that follows.

use crate::{
    Identity,
    plan::{self, Edge},
    role::Role,
};
use base::{AccessPlan, Caller, Error, Id, Language, Principal, Result, TenantId, fold};
use db::{Row, Statement, sql};
use std::sync::Arc;

/// More teams than any company that shares one database has.
const MOST_TEAMS: i64 = 20_000;

pub(crate) struct Account {
    pub id: Id,
    pub email: String,
    pub name: String,
    pub language: Language,
    pub active: bool,
    pub password: Option<String>,
    pub roles: Vec<Role>,
    pub teams: Vec<Id>,
    edges: Vec<Edge>,
}

/// A user with roles, teams and rights; `None` where there is none, or no longer.
pub(crate) async fn load(identity: &Identity, user: Id) -> Result<Option<Account>> {
    let caller = identity.system();
    let args = || [caller.tenant.into(), user.into()];
    let statements = vec![
        Statement::new(
            sql!(
                "SELECT email, name, language, active, password FROM app_user
                  WHERE tenant_id = ?1 AND id = ?2 AND deleted_at IS NULL"
            ),
            args(),
        ),
        Statement::new(
            sql!(
                "SELECT role.definition FROM user_role
                  JOIN role ON role.tenant_id = user_role.tenant_id AND role.id = user_role.role_id
                  WHERE user_role.tenant_id = ?1 AND user_role.user_id = ?2 ORDER BY role.id"
            ),
            args(),
        ),
        Statement::new(
            sql!("SELECT team_id FROM user_team WHERE tenant_id = ?1 AND user_id = ?2 ORDER BY position"),
            args(),
        ),
        Statement::new(
            sql!("SELECT id, parent FROM team WHERE tenant_id = ?1 LIMIT ?2"),
            [caller.tenant.into(), MOST_TEAMS.into()],
        ),
    ];
    let answers = identity.db.reader(&caller).many(statements).await?;
    let [users, roles, teams, edges] = answers.as_slice() else {
        return Err(Error::internal("four questions did not get four answers"));
    };
    let Some(row) = users.first() else { return Ok(None) };
    Ok(Some(Account {
        id: user,
        email: row.text(0)?.to_owned(),
        name: row.text(1)?.to_owned(),
        language: Language::parse(row.text(2)?).unwrap_or_default(),
        active: row.flag(3)?,
        password: row.opt_text(4)?.map(str::to_owned),
        roles: roles.iter().map(role).collect::<Result<_>>()?,
        teams: teams.iter().map(|row| row.id(0)).collect::<Result<_>>()?,
        edges: edges.iter().map(|row| Ok((row.id(0)?, row.opt_id(1)?))).collect::<Result<_>>()?,
    }))
}

fn role(row: Row<'_>) -> Result<Role> {
    serde_json::from_str(row.text(0)?).map_err(Error::internal)
}

/// The user with this id or e-mail address.
pub(crate) async fn find(identity: &Identity, email_or_id: &str) -> Result<Option<Id>> {
    let caller = identity.system();
    let (text, wanted) = match email_or_id.parse::<Id>() {
        Ok(id) => {
            (sql!("SELECT id, email FROM app_user WHERE tenant_id = ?1 AND id = ?2 AND deleted_at IS NULL"), id.into())
        }
        Err(_) => (
            sql!("SELECT id, email FROM app_user WHERE tenant_id = ?1 AND email_key = ?2 AND deleted_at IS NULL"),
            fold::key(email_or_id).into(),
        ),
    };
    let rows = identity.db.reader(&caller).once(Statement::new(text, [caller.tenant.into(), wanted])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    // The key forgives accents; an address does not.
    let same = !email_or_id.contains('@') || same_address(row.text(1)?, email_or_id);
    Ok(if same { Some(row.id(0)?) } else { None })
}

fn same_address(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.trim().to_lowercase()
}

impl Account {
    pub(crate) fn plan(&self) -> AccessPlan {
        plan::plan(self.id, &self.roles, self.teams.clone(), &self.edges)
    }

    pub(crate) fn caller(&self, tenant: TenantId) -> Caller {
        let plan = Arc::new(self.plan());
        Caller { tenant, principal: Principal::User(self.id), plan, language: self.language }
    }
}
