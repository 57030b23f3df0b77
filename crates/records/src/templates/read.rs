//! Templates as the database has them, for those who see them.

use super::Template;
use crate::{
    audience::{Audience, Share},
    catalog::Records,
    query::Question,
    schema::Schema,
    sql::Sql,
};
use base::{Caller, Error, Id, Result};
use db::Row;

/// Most that a list of templates shows.
const MOST_LISTED: i64 = 2_000;

const COLUMNS: &str =
    "t.id, t.object_id, t.name, t.audience, t.team, t.owner, t.content, t.version, t.created_at, t.updated_at";

/// A template in a row of [`COLUMNS`]; nothing where its object is in the bin.
fn template(row: Row<'_>, schema: &Schema) -> Result<Option<Template>> {
    let object = schema.object_by_id(row.int(1)?).filter(|object| !object.deleted);
    let Some(object) = object else { return Ok(None) };
    let audience = Audience::parse(row.text(3)?).ok_or_else(|| Error::internal("a template for nobody"))?;
    Ok(Some(Template {
        id: row.id(0)?,
        object: object.name.clone(),
        name: row.text(2)?.to_owned(),
        share: Share { audience, team: row.opt_id(4)?, owner: row.opt_id(5)? },
        values: serde_json::from_str(row.text(6)?).map_err(Error::internal)?,
        version: row.int(7)?,
        created_at: row.time(8)?,
        updated_at: row.time(9)?,
    }))
}

/// The templates that the caller sees, of one object or of all, by object and name.
pub async fn list(records: &Records, caller: &Caller, object: Option<&str>) -> Result<Vec<Template>> {
    let question = Question::new(records, caller).await?;
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(COLUMNS).push(" FROM record_template t WHERE t.tenant_id = ");
    sql.push_arg(caller.tenant);
    if let Some(name) = object {
        let object = question.catalog.schema.object(name);
        sql.push(" AND t.object_id = ").push_arg(object.map_or(0, |object| object.id));
    }
    sql.push(" AND (t.audience <> 'private' OR t.owner = ").push_arg(caller.principal.user().unwrap_or(Id(0)));
    sql.push(") ORDER BY t.object_id, t.name_key, t.id LIMIT ").push_arg(MOST_LISTED);
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    let mut found = Vec::new();
    for row in rows.iter() {
        let Some(template) = template(row, &question.catalog.schema)? else { continue };
        if template.share.is_seen_by(caller) && is_for(&question, &template) {
            found.push(template);
        }
    }
    Ok(found)
}

/// What teams and everybody share, by object and name, whoever may see it: for the configuration.
pub(crate) async fn shared(records: &Records, caller: &Caller) -> Result<Vec<Template>> {
    let catalog = records.catalog(caller).await?;
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(COLUMNS).push(" FROM record_template t WHERE t.tenant_id = ");
    sql.push_arg(caller.tenant).push(" AND t.audience <> 'private' ORDER BY t.object_id, t.name_key, t.id LIMIT ");
    sql.push_arg(MOST_LISTED);
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    rows.iter().filter_map(|row| template(row, &catalog.schema).transpose()).collect()
}

/// A template that the caller sees.
pub async fn get(records: &Records, caller: &Caller, id: Id) -> Result<Template> {
    let question = Question::new(records, caller).await?;
    let found = load(records, caller, id).await?;
    let found = found.filter(|one| one.share.is_seen_by(caller) && is_for(&question, one));
    found.ok_or(Error::NotFound("template"))
}

/// The caller may read or create records of its object.
fn is_for(question: &Question<'_>, template: &Template) -> bool {
    let access = question.access();
    let object = question.catalog.object(&template.object);
    object.is_ok_and(|object| access.may_read(object) || access.rights(object).create)
}

/// A template, whoever may see it.
pub(super) async fn load(records: &Records, caller: &Caller, id: Id) -> Result<Option<Template>> {
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(COLUMNS).push(" FROM record_template t WHERE t.tenant_id = ");
    sql.push_arg(caller.tenant).push(" AND t.id = ").push_arg(id);
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    let catalog = records.catalog(caller).await?;
    rows.first().map_or(Ok(None), |row| template(row, &catalog.schema))
}
