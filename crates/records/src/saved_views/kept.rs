//! Views made, changed and deleted, each with its event.

use super::{Audience, SavedView, Shape, Share, ViewInput, check, read::get};
use crate::{audience, catalog::Records, query::Question};
use base::{Caller, Error, Id, Result, fold, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use serde_json::json;

/// Views of one owner, and of one object that several people see.
const MOST_OWN: i64 = 200;
const MOST_SHARED: i64 = 800;

/// Makes a view. It is private, unless it says for whom.
pub async fn create(records: &Records, caller: &Caller, input: ViewInput) -> Result<SavedView> {
    let given =
        |value: &Option<String>, field| value.clone().ok_or_else(|| Error::field(field, message!("field-required")));
    let now = records.db().clock().now();
    let blank = SavedView {
        id: records.db().ids().next(),
        object: given(&input.object, "object")?,
        name: given(&input.name, "name")?,
        share: Share { audience: Audience::Private, team: None, owner: caller.principal.user() },
        shape: Shape::default(),
        is_default: false,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let view = put(blank, &input);
    let object = check_view(records, caller, &view, |_| true).await?;
    let text = sql!(
        "INSERT INTO saved_view (tenant_id, id, object_id, name, name_key, audience, team, owner, shape, is_default,
                                 version, created_at, updated_at, updated_by)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?8
         WHERE (SELECT count(*) FROM saved_view WHERE tenant_id = ?1 AND owner = ?8) < ?13
           AND (SELECT count(*) FROM saved_view WHERE tenant_id = ?1 AND object_id = ?3 AND audience <> 'private') < ?14"
    );
    let cells = [
        caller.tenant.into(),
        view.id.into(),
        object.into(),
        Cell::from(view.name.as_str()),
        Cell::Text(fold::key(&view.name)),
        Cell::from(view.share.audience.word()),
        view.share.team.into(),
        view.share.owner.into(),
        shape(&view)?,
        Cell::Int(view.is_default.into()),
        Cell::Int(view.version),
        now.into(),
        MOST_OWN.into(),
        MOST_SHARED.into(),
    ];
    let mut batch = Batch::new();
    batch.expect(Statement::new(text, cells), Expect::Free(message!("view-too-many-views", most = MOST_OWN)));
    commit(records, caller, batch, "view.created", (object, &view)).await?;
    Ok(view)
}

/// Changes what is given. Only that is checked, so that a view of which another part is broken can be mended.
///
/// # Errors
/// `Forbidden` where the caller sees the view but may not change it; `Stale` where it is not of the wanted version.
pub async fn change(
    records: &Records,
    caller: &Caller,
    id: Id,
    wanted: Option<i64>,
    input: ViewInput,
) -> Result<SavedView> {
    let before = changeable(records, caller, id, wanted).await?;
    if input.object.as_ref().is_some_and(|object| *object != before.object) {
        return Err(Error::field("object", message!("field-read-only")));
    }
    let given = given_parts(&input);
    let version = before.version;
    let view = SavedView { version: version + 1, updated_at: records.db().clock().now(), ..put(before, &input) };
    let object = check_view(records, caller, &view, |part| given.contains(&part)).await?;
    let text = sql!(
        "UPDATE saved_view SET name = ?3, name_key = ?4, audience = ?5, team = ?6, shape = ?7, is_default = ?8,
                version = ?9, updated_at = ?10, updated_by = ?11
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?12"
    );
    let cells = [
        caller.tenant.into(),
        id.into(),
        Cell::from(view.name.as_str()),
        Cell::Text(fold::key(&view.name)),
        Cell::from(view.share.audience.word()),
        view.share.team.into(),
        shape(&view)?,
        Cell::Int(view.is_default.into()),
        Cell::Int(view.version),
        view.updated_at.into(),
        caller.principal.user().into(),
        Cell::Int(version),
    ];
    let mut batch = Batch::new();
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    commit(records, caller, batch, "view.changed", (object, &view)).await?;
    Ok(view)
}

/// Deletes a view; errors as of [`change`].
pub async fn delete(records: &Records, caller: &Caller, id: Id, wanted: Option<i64>) -> Result<()> {
    let view = changeable(records, caller, id, wanted).await?;
    let text = sql!("DELETE FROM saved_view WHERE tenant_id = ?1 AND id = ?2 AND version = ?3");
    let mut batch = Batch::new();
    let cells = [caller.tenant.into(), id.into(), Cell::Int(view.version)];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    let object = records.catalog(caller).await?.object(&view.object)?.id;
    commit(records, caller, batch, "view.deleted", (object, &SavedView { is_default: false, ..view })).await
}

async fn changeable(records: &Records, caller: &Caller, id: Id, wanted: Option<i64>) -> Result<SavedView> {
    let view = get(records, caller, id).await?;
    if !view.share.may_be_changed_by(caller) {
        return Err(Error::Forbidden(message!("view-not-yours")));
    }
    if wanted.is_some_and(|wanted| wanted != view.version) { Err(Error::Stale) } else { Ok(view) }
}

/// The view with what the input gives.
fn put(view: SavedView, input: &ViewInput) -> SavedView {
    let audience = input.audience.unwrap_or(view.share.audience);
    let team = input.team.or(view.share.team).filter(|_| audience == Audience::Team);
    let shape = Shape {
        columns: input.columns.clone().unwrap_or(view.shape.columns),
        filter: input.filter.clone().unwrap_or(view.shape.filter),
        sort: input.sort.clone().unwrap_or(view.shape.sort),
        group: input.group.clone().unwrap_or(view.shape.group),
        totals: input.totals.clone().unwrap_or(view.shape.totals),
    };
    SavedView {
        name: input.name.as_deref().unwrap_or(&view.name).trim().to_owned(),
        share: Share { audience, team, owner: view.share.owner },
        shape,
        is_default: input.is_default.unwrap_or(view.is_default),
        ..view
    }
}

fn given_parts(input: &ViewInput) -> Vec<&'static str> {
    let parts = [
        ("columns", input.columns.is_some()),
        ("filter", input.filter.is_some()),
        ("sort", input.sort.is_some()),
        ("group", input.group.is_some()),
        ("totals", input.totals.is_some()),
        ("audience", input.audience.is_some() || input.team.is_some()),
    ];
    parts.into_iter().filter(|(_, given)| *given).map(|(part, _)| part).collect()
}

/// The number of its object.
async fn check_view(records: &Records, caller: &Caller, view: &SavedView, given: impl Fn(&str) -> bool) -> Result<i64> {
    let question = Question::new(records, caller).await?;
    let unknown = |_| Error::field("object", message!("view-object-unknown", object = view.object));
    let object = question.object(&view.object).map_err(unknown)?;
    let now = records.db().clock().now();
    let mut errors = check::problems(&view.shape, &question.access(), object, now, &given);
    errors.extend(check::name_problem(&view.name));
    if given("audience") {
        errors.extend(audience::problem(records, caller, view.share).await?);
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    // What becomes everybody's is for those who may change what is everybody's.
    let is_shared = view.share.audience == Audience::All && !view.share.may_be_changed_by(caller);
    if is_shared { Err(Error::Forbidden(message!("view-for-all"))) } else { Ok(object.id) }
}

fn shape(view: &SavedView) -> Result<Cell> {
    serde_json::to_string(&view.shape).map(Cell::Text).map_err(Error::internal)
}

/// What is written about a view, with its event. One view is the default of an audience at most.
async fn commit(
    records: &Records,
    caller: &Caller,
    mut batch: Batch,
    kind: &'static str,
    (object, view): (i64, &SavedView),
) -> Result<()> {
    if view.is_default {
        let text = sql!(
            "UPDATE saved_view SET is_default = 0
             WHERE tenant_id = ?1 AND object_id = ?2 AND is_default = 1 AND id <> ?3 AND audience = ?4
               AND (audience <> 'private' OR owner = ?5) AND (audience <> 'team' OR team = ?6)"
        );
        let cells = [
            caller.tenant.into(),
            object.into(),
            view.id.into(),
            Cell::from(view.share.audience.word()),
            view.share.owner.into(),
            view.share.team.into(),
        ];
        batch.run(Statement::new(text, cells));
    }
    let action = records.db().ids().next();
    let changes = json!({
        "view": view.id, "object": view.object, "name": view.name, "audience": view.share.audience, "team": view.share.team,
        "shape": view.shape, "default": view.is_default,
    });
    batch.log(Event { action, kind, object: 0, record: None, changes: changes.to_string(), also: Vec::new() });
    records.db().submit(caller, batch).await.map(drop)
}
