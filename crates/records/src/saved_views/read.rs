//! Views as the database has them, for those who see them.

use super::{Audience, SavedView, Share};
use crate::{catalog::Records, object::Object, query::Question, schema::Schema, sql::Sql};
use base::{Caller, Error, Id, Result};
use db::Row;

/// Most that a list of views shows.
const MOST_LISTED: i64 = 2_000;

const COLUMNS: &str = "v.id, v.object_id, v.name, v.audience, v.team, v.owner, v.shape, v.is_default, v.version, v.created_at, v.updated_at";

/// A view in a row of [`COLUMNS`]; nothing where its object is in the bin.
fn saved_view(row: Row<'_>, schema: &Schema) -> Result<Option<SavedView>> {
    let Some(object) = schema.object_by_id(row.int(1)?) else { return Ok(None) };
    let audience = Audience::parse(row.text(3)?).ok_or_else(|| Error::internal("a view for nobody"))?;
    Ok(Some(SavedView {
        id: row.id(0)?,
        object: object.name.clone(),
        name: row.text(2)?.to_owned(),
        share: Share { audience, team: row.opt_id(4)?, owner: row.opt_id(5)? },
        shape: serde_json::from_str(row.text(6)?).map_err(Error::internal)?,
        is_default: row.flag(7)?,
        version: row.int(8)?,
        created_at: row.time(9)?,
        updated_at: row.time(10)?,
    }))
}

/// The views that the caller sees, of one object or of all, by object and name.
pub async fn list(records: &Records, caller: &Caller, object: Option<&str>) -> Result<Vec<SavedView>> {
    let question = Question::new(records, caller).await?;
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(COLUMNS).push(" FROM saved_view v WHERE v.tenant_id = ");
    sql.push_arg(caller.tenant);
    if let Some(name) = object {
        let object = question.catalog.schema.object(name);
        sql.push(" AND v.object_id = ").push_arg(object.map_or(0, |object| object.id));
    }
    sql.push(" AND (v.audience <> 'private' OR v.owner = ").push_arg(caller.principal.user().unwrap_or(Id(0)));
    sql.push(") ORDER BY v.object_id, v.name_key, v.id LIMIT ").push_arg(MOST_LISTED);
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    let mut found = Vec::new();
    for row in rows.iter() {
        let Some(view) = saved_view(row, &question.catalog.schema)? else { continue };
        if view.share.is_seen_by(caller) && question.object(&view.object).is_ok() {
            found.push(view);
        }
    }
    Ok(found)
}

/// All views of an object, whoever may see them.
pub(crate) async fn all_of(records: &Records, caller: &Caller, object: &Object) -> Result<Vec<SavedView>> {
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(COLUMNS).push(" FROM saved_view v WHERE v.tenant_id = ");
    sql.push_arg(caller.tenant).push(" AND v.object_id = ").push_arg(object.id);
    sql.push(" ORDER BY v.name_key, v.id LIMIT ").push_arg(MOST_LISTED);
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    let catalog = records.catalog(caller).await?;
    rows.iter().filter_map(|row| saved_view(row, &catalog.schema).transpose()).collect()
}

/// A view that the caller sees.
pub async fn get(records: &Records, caller: &Caller, id: Id) -> Result<SavedView> {
    let view = load(records, caller, id).await?.filter(|view| view.share.is_seen_by(caller));
    let view = view.ok_or(Error::NotFound("view"))?;
    let question = Question::new(records, caller).await?;
    question.object(&view.object).map_err(|_| Error::NotFound("view"))?;
    Ok(view)
}

/// A view, whoever may see it.
pub(super) async fn load(records: &Records, caller: &Caller, id: Id) -> Result<Option<SavedView>> {
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(COLUMNS).push(" FROM saved_view v WHERE v.tenant_id = ");
    sql.push_arg(caller.tenant).push(" AND v.id = ").push_arg(id);
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    let catalog = records.catalog(caller).await?;
    rows.first().map_or(Ok(None), |row| saved_view(row, &catalog.schema))
}
