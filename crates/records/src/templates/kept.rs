//! Templates made, changed and deleted, each with its event.

use super::{LONGEST_NAME, MOST_BYTES, Template, TemplateInput, filled, is_shown, read::get};
use crate::{
    audience::{self, Audience, Share},
    catalog::Records,
    object::Object,
    query::Question,
    store::Work,
    titles,
};
use base::{Caller, Error, FieldError, Id, Result, fold, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use serde_json::{Map, Value as Json, json};

/// Templates of one owner, and of one object that several people see.
const MOST_OWN: i64 = 200;
const MOST_SHARED: i64 = 800;

/// Makes a template, of given values, or of those of a record. It is private, unless it says for whom.
pub async fn create(records: &Records, caller: &Caller, mut input: TemplateInput) -> Result<Template> {
    if let Some(from) = input.from.take() {
        begin_with(records, caller, from, &mut input).await?;
    }
    let given =
        |value: &Option<String>, field| value.clone().ok_or_else(|| Error::field(field, message!("field-required")));
    let now = records.db().clock().now();
    let blank = Template {
        id: records.db().ids().next(),
        object: given(&input.object, "object")?,
        name: given(&input.name, "name")?,
        share: Share { audience: Audience::Private, team: None, owner: caller.principal.user() },
        values: Map::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let template = put(blank, &input);
    let object = check(records, caller, &template, (true, true)).await?;
    let text = sql!(
        "INSERT INTO record_template (tenant_id, id, object_id, name, name_key, audience, team, owner, content, version,
                                      created_at, updated_at, updated_by)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?8
         WHERE (SELECT count(*) FROM record_template WHERE tenant_id = ?1 AND owner = ?8) < ?12
           AND (SELECT count(*) FROM record_template
                WHERE tenant_id = ?1 AND object_id = ?3 AND audience <> 'private') < ?13"
    );
    let cells = [
        caller.tenant.into(),
        template.id.into(),
        object.into(),
        Cell::from(template.name.as_str()),
        Cell::Text(fold::key(&template.name)),
        Cell::from(template.share.audience.word()),
        template.share.team.into(),
        template.share.owner.into(),
        content(&template)?,
        Cell::Int(template.version),
        now.into(),
        MOST_OWN.into(),
        MOST_SHARED.into(),
    ];
    let mut batch = Batch::new();
    batch.expect(Statement::new(text, cells), Expect::Free(message!("template-too-many", most = MOST_OWN)));
    commit(records, caller, batch, "template.created", &template).await?;
    Ok(template)
}

/// The values, the object and the name of a record, where the input does not say otherwise.
async fn begin_with(records: &Records, caller: &Caller, from: Id, input: &mut TemplateInput) -> Result<()> {
    let question = Question::new(records, caller).await?;
    let wanted = input.object.clone();
    let named = |object: &&Object| wanted.as_ref().is_none_or(|name| *name == object.name);
    let objects = question.catalog.schema.objects().iter().filter(|object| !object.internal && named(object));
    for object in objects.filter(|object| question.access().may_read(object)) {
        let mut values = match filled::of_record(&question, object, from).await {
            Err(Error::NotFound(_)) => continue,
            values => values?,
        };
        let mut reader = records.db().reader(caller);
        let dialect = records.db().dialect();
        let called = titles::load(&mut reader, &question.access(), dialect, (object, false), &[from]).await?;
        let called = called.into_values().next().filter(|title| !title.is_empty());
        values.extend(input.values.take().unwrap_or_default());
        input.object = Some(object.name.clone());
        input.values = Some(values);
        input.name = input.name.take().or_else(|| called.map(|title| title.chars().take(LONGEST_NAME).collect()));
        return Ok(());
    }
    Err(Error::field("from", message!("relation-not-found", id = from)))
}

/// Changes what is given.
///
/// # Errors
/// `Forbidden` where the caller sees the template but may not change it; `Stale` where it is not of the wanted version.
pub async fn change(
    records: &Records,
    caller: &Caller,
    id: Id,
    wanted: Option<i64>,
    input: TemplateInput,
) -> Result<Template> {
    let before = changeable(records, caller, id, wanted).await?;
    for (field, differs) in [
        ("object", input.object.as_ref().is_some_and(|object| *object != before.object)),
        ("from", input.from.is_some()),
    ] {
        if differs {
            return Err(Error::field(field, message!("field-read-only")));
        }
    }
    let version = before.version;
    let given = (input.values.is_some(), input.audience.is_some() || input.team.is_some());
    let hidden = hidden(records, caller, &before).await?;
    let mut template = Template { version: version + 1, updated_at: records.db().clock().now(), ..put(before, &input) };
    check(records, caller, &template, given).await?;
    template.values.extend(hidden);
    let text = sql!(
        "UPDATE record_template SET name = ?3, name_key = ?4, audience = ?5, team = ?6, content = ?7, version = ?8,
                updated_at = ?9, updated_by = ?10
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?11"
    );
    let cells = [
        caller.tenant.into(),
        id.into(),
        Cell::from(template.name.as_str()),
        Cell::Text(fold::key(&template.name)),
        Cell::from(template.share.audience.word()),
        template.share.team.into(),
        content(&template)?,
        Cell::Int(template.version),
        template.updated_at.into(),
        caller.principal.user().into(),
        Cell::Int(version),
    ];
    let mut batch = Batch::new();
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    commit(records, caller, batch, "template.changed", &template).await?;
    Ok(template)
}

/// Deletes a template; errors as of [`change`].
pub async fn delete(records: &Records, caller: &Caller, id: Id, wanted: Option<i64>) -> Result<()> {
    let template = changeable(records, caller, id, wanted).await?;
    let text = sql!("DELETE FROM record_template WHERE tenant_id = ?1 AND id = ?2 AND version = ?3");
    let mut batch = Batch::new();
    let cells = [caller.tenant.into(), id.into(), Cell::Int(template.version)];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    commit(records, caller, batch, "template.deleted", &template).await
}

async fn changeable(records: &Records, caller: &Caller, id: Id, wanted: Option<i64>) -> Result<Template> {
    let template = get(records, caller, id).await?;
    if !template.share.may_be_changed_by(caller) {
        return Err(Error::Forbidden(message!("template-not-yours")));
    }
    if wanted.is_some_and(|wanted| wanted != template.version) { Err(Error::Stale) } else { Ok(template) }
}

/// The values that the caller is not shown: who does not know them does not take them away.
async fn hidden(records: &Records, caller: &Caller, template: &Template) -> Result<Map<String, Json>> {
    let question = Question::new(records, caller).await?;
    let (access, object) = (question.access(), question.catalog.object(&template.object)?);
    let mut values = template.values.clone();
    values.retain(|name, _| !is_shown(&access, object, name));
    Ok(values)
}

/// The template with what the input gives. Values of null are none.
fn put(template: Template, input: &TemplateInput) -> Template {
    let audience = input.audience.unwrap_or(template.share.audience);
    let team = input.team.or(template.share.team).filter(|_| audience == Audience::Team);
    let mut values = input.values.clone().unwrap_or(template.values);
    values.retain(|_, value| !value.is_null());
    Template {
        name: input.name.as_deref().unwrap_or(&template.name).trim().to_owned(),
        share: Share { audience, team, owner: template.share.owner },
        values,
        ..template
    }
}

/// The number of its object. `values` and `audience` say which of them are given.
async fn check(
    records: &Records,
    caller: &Caller,
    template: &Template,
    (values, audience): (bool, bool),
) -> Result<i64> {
    let work = Work::begin(records, caller).await?;
    let question = Question { records, caller, catalog: work.catalog.clone() };
    let unknown = || Error::field("object", message!("template-object-unknown", object = template.object));
    let object = question.catalog.object(&template.object).map_err(|_| unknown())?;
    let access = question.access();
    if object.internal || !access.may_read(object) && !access.rights(object).create {
        return Err(unknown());
    }
    let mut errors = Vec::new();
    if !(1..=LONGEST_NAME).contains(&template.name.chars().count()) {
        let message = message!("mapping-name-length", max = LONGEST_NAME);
        errors.push(FieldError { field: "name".to_owned(), message });
    }
    if values {
        errors.extend(filled::problems(&work, object, &template.values));
        errors.extend(filled::link_problems(&work, object, &template.values).await?);
        if serde_json::to_string(&template.values).map_err(Error::internal)?.len() > MOST_BYTES {
            errors.push(FieldError {
                field: "values".to_owned(),
                message: message!("template-too-long", most = MOST_BYTES),
            });
        }
    }
    if audience {
        errors.extend(audience::problem(records, caller, template.share).await?);
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let is_shared = template.share.audience == Audience::All && !template.share.may_be_changed_by(caller);
    if is_shared { Err(Error::Forbidden(message!("template-for-all"))) } else { Ok(object.id) }
}

fn content(template: &Template) -> Result<Cell> {
    serde_json::to_string(&template.values).map(Cell::Text).map_err(Error::internal)
}

async fn commit(
    records: &Records,
    caller: &Caller,
    mut batch: Batch,
    kind: &'static str,
    template: &Template,
) -> Result<()> {
    let action = records.db().ids().next();
    let changes = json!({
        "template": template.id, "object": template.object, "name": template.name,
        "audience": template.share.audience, "team": template.share.team, "fields": template.values.keys().collect::<Vec<_>>(),
    });
    batch.log(Event { action, kind, object: 0, record: None, changes: changes.to_string(), also: Vec::new() });
    records.db().submit(caller, batch).await.map(drop)
}
