//! Users as they are shown.

use crate::{Identity, page::Window};
use base::{Caller, Error, Id, Result, Timestamp, fold};
use db::{Cell, Row, Rows, Statement, sql};
use serde_json::{Value, json};

/// One user, or `NotFound`.
pub(crate) async fn one(identity: &Identity, caller: &Caller, id: Id) -> Result<Value> {
    let text = sql!(
        "SELECT id, email, name, language, active, created_at, updated_at, version FROM app_user
         WHERE tenant_id = ?1 AND id = ?2 AND deleted_at IS NULL"
    );
    let users = Statement::new(text, [caller.tenant.into(), id.into()]);
    let answers = identity.db.reader(caller).many(with_memberships(caller, users, id, id)).await?;
    shown(&answers)?.pop().ok_or(Error::NotFound("user"))
}

/// One page, found by the beginning of name or address.
pub(crate) async fn page(identity: &Identity, caller: &Caller, window: &Window, search: &str) -> Result<Value> {
    let text = sql!(
        "SELECT id, email, name, language, active, created_at, updated_at, version FROM app_user
         WHERE tenant_id = ?1 AND id > ?2 AND deleted_at IS NULL
           AND (?4 = '' OR (name_key >= ?4 AND name_key < ?5) OR (email_key >= ?4 AND email_key < ?5))
         ORDER BY id LIMIT ?3"
    );
    let from = fold::key(search);
    let to = format!("{from}\u{10ffff}");
    let args = [caller.tenant.into(), window.after.into(), window.rows().into(), from.into(), to.into()];
    let mut reader = identity.db.reader(caller);
    let users = reader.rows(Statement::new(text, args)).await?;
    let ids: Vec<Id> = users.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(window.page(Vec::new())) };
    let mut answers = vec![users];
    answers.extend(reader.many(memberships(caller, *first, *last)).await?);
    Ok(window.page(shown(&answers)?))
}

fn with_memberships(caller: &Caller, users: Statement, first: Id, last: Id) -> Vec<Statement> {
    let mut statements = vec![users];
    statements.extend(memberships(caller, first, last));
    statements
}

fn memberships(caller: &Caller, first: Id, last: Id) -> Vec<Statement> {
    let args = || [caller.tenant.into(), first.into(), last.into()];
    let roles = sql!(
        "SELECT user_role.user_id, role.name FROM user_role
         JOIN role ON role.tenant_id = user_role.tenant_id AND role.id = user_role.role_id
         WHERE user_role.tenant_id = ?1 AND user_role.user_id BETWEEN ?2 AND ?3 ORDER BY role.id"
    );
    let teams = sql!(
        "SELECT user_id, team_id FROM user_team
         WHERE tenant_id = ?1 AND user_id BETWEEN ?2 AND ?3 ORDER BY position"
    );
    vec![Statement::new(roles, args()), Statement::new(teams, args())]
}

/// Puts together users, roles and teams, as read.
fn shown(answers: &[Rows]) -> Result<Vec<Value>> {
    let [users, roles, teams] = answers else {
        return Err(Error::internal("three questions did not get three answers"));
    };
    users.iter().map(|row| user(row, roles, teams)).collect()
}

fn user(row: Row<'_>, roles: &Rows, teams: &Rows) -> Result<Value> {
    let id = row.id(0)?;
    let mut role_names = Vec::new();
    for role in roles.iter().filter(|role| *role.cell(0) == Cell::from(id)) {
        role_names.push(role.text(1)?);
    }
    let mut team_ids = Vec::new();
    for team in teams.iter().filter(|team| *team.cell(0) == Cell::from(id)) {
        team_ids.push(team.id(1)?);
    }
    let at = |time: Timestamp| time.rfc3339();
    Ok(json!({
        "id": id,
        "email": row.text(1)?,
        "name": row.text(2)?,
        "roles": role_names,
        "teams": team_ids,
        "language": row.text(3)?,
        "active": row.flag(4)?,
        "created_at": at(row.time(5)?),
        "updated_at": at(row.time(6)?),
        "version": row.int(7)?,
    }))
}
