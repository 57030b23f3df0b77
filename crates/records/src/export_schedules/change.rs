//! Schedules made, changed and deleted, each with its event.

use super::{
    Every, Schedule, ScheduleInput, Shape,
    check::{check_begin, check_shape},
    ended,
    read::{get, whole},
    runs,
    turn::{next_at, plan},
};
use crate::{catalog::Records, query::Question};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use serde_json::json;

/// Schedules of one company.
const MOST: i64 = 500;
/// Files that are kept where nobody says how many.
const KEPT: i64 = 10;
/// How often a deletion is tried again because a run has ended meanwhile.
const ATTEMPTS: usize = 10;

/// Makes a schedule. It is its maker's, and has their rights each time.
pub async fn create(records: &Records, caller: &Caller, input: ScheduleInput) -> Result<Schedule> {
    whole(caller)?;
    let mut schedule = put(blank(records, caller, &input).await?, &input)?;
    check_shape(&schedule)?;
    check_begin(records, caller, &schedule).await?;
    schedule.next_at = if schedule.is_enabled { Some(next_at(records, caller, &schedule).await?) } else { None };
    let mut batch = Batch::new();
    plan(records, &schedule, &mut batch);
    let text = sql!(
        "INSERT INTO export_schedule (tenant_id, id, name, object_id, shape, is_enabled, disabled_reason, turn, next_at,
             version, created_by, created_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7, ?8, ?9, ?10, ?11
         WHERE (SELECT count(*) FROM export_schedule WHERE tenant_id = ?1) < ?12"
    );
    let cells = [
        caller.tenant.into(),
        schedule.id.into(),
        Cell::from(schedule.name.as_str()),
        Cell::Int(schedule.object),
        shown(&schedule.shape)?,
        Cell::Int(schedule.is_enabled.into()),
        Cell::Int(schedule.turn),
        schedule.next_at.into(),
        Cell::Int(schedule.version),
        schedule.created_by.into(),
        schedule.created_at.into(),
        MOST.into(),
    ];
    batch.expect(Statement::new(text, cells), Expect::Free(message!("export-schedule-too-many", most = MOST)));
    batch.log(event(records, "export_schedule.created", &schedule));
    records.db().submit(caller, batch).await?;
    Ok(schedule)
}

/// What a schedule must be told, with nothing of the rest.
async fn blank(records: &Records, caller: &Caller, input: &ScheduleInput) -> Result<Schedule> {
    let required = |field| Error::field(field, message!("field-required"));
    let created_by = caller.principal.user().ok_or_else(|| Error::Forbidden(message!("export-schedule-of-nobody")))?;
    let name = input.object.clone().ok_or_else(|| required("object"))?;
    let question = Question::new(records, caller).await?;
    let unknown = |_| Error::field("object", message!("view-object-unknown", object = name));
    let object = question.object(&name).map_err(unknown)?.id;
    let every = Every::parse(input.every.as_ref().ok_or_else(|| required("every"))?)?;
    let format = input.format.unwrap_or_default();
    Ok(Schedule {
        id: records.db().ids().next(),
        name: input.name.clone().ok_or_else(|| required("name"))?,
        object,
        shape: Shape { filter: None, view: None, fields: Vec::new(), format, every, keep: KEPT },
        is_enabled: true,
        disabled_reason: None,
        turn: 0,
        next_at: None,
        version: 1,
        created_by,
        created_at: records.db().clock().now(),
    })
}

/// Changes what is given. Who switches a schedule on that was stopped takes the reason away.
///
/// # Errors
/// As of an export that its owner, or an administrator, asks for.
pub async fn change(
    records: &Records,
    caller: &Caller,
    id: Id,
    wanted: Option<i64>,
    input: ScheduleInput,
) -> Result<Schedule> {
    let before = get(records, caller, id).await?;
    whole(caller)?;
    if wanted.is_some_and(|wanted| wanted != before.version) {
        return Err(Error::Stale);
    }
    if input.object.is_some() {
        return Err(Error::field("object", message!("field-read-only")));
    }
    let (version, turn) = (before.version, before.turn);
    let times = (before.shape.every.clone(), before.is_enabled);
    let mut schedule = put(Schedule { version: version + 1, ..before }, &input)?;
    let is_moved = times != (schedule.shape.every.clone(), schedule.is_enabled);
    check_shape(&schedule)?;
    if schedule.is_enabled {
        check_begin(records, caller, &schedule).await?;
        schedule.disabled_reason = None;
    }
    let mut batch = Batch::new();
    if is_moved {
        schedule.turn += 1;
        schedule.next_at = if schedule.is_enabled { Some(next_at(records, caller, &schedule).await?) } else { None };
        plan(records, &schedule, &mut batch);
    }
    batch.expect(update(caller, &schedule, (version, turn))?, Expect::Fresh);
    batch.log(event(records, "export_schedule.changed", &schedule));
    records.db().submit(caller, batch).await?;
    Ok(schedule)
}

/// Writes a schedule down, if it is still of that version and that turn.
fn update(caller: &Caller, schedule: &Schedule, (version, turn): (i64, i64)) -> Result<Statement> {
    let text = sql!(
        "UPDATE export_schedule SET name = ?3, shape = ?4, is_enabled = ?5, disabled_reason = ?6, turn = ?7, next_at = ?8,
             version = ?9
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?10 AND turn = ?11"
    );
    let cells = [
        caller.tenant.into(),
        schedule.id.into(),
        Cell::from(schedule.name.as_str()),
        shown(&schedule.shape)?,
        Cell::Int(schedule.is_enabled.into()),
        Cell::from(schedule.disabled_reason.clone()),
        Cell::Int(schedule.turn),
        schedule.next_at.into(),
        Cell::Int(schedule.version),
        Cell::Int(version),
        Cell::Int(turn),
    ];
    Ok(Statement::new(text, cells))
}

/// Deletes a schedule with the files that it has made.
pub async fn delete(records: &Records, caller: &Caller, id: Id, wanted: Option<i64>) -> Result<()> {
    for attempt in 1.. {
        let schedule = get(records, caller, id).await?;
        whole(caller)?;
        if wanted.is_some_and(|wanted| wanted != schedule.version) {
            break;
        }
        match records.db().submit(caller, deleted(records, caller, &schedule).await?).await {
            Err(Error::Stale) if attempt < ATTEMPTS => {}
            submitted => return submitted.map(drop),
        }
    }
    Err(Error::Stale)
}

/// All of a schedule goes as it is known: a run that begins or ends meanwhile stands in the way.
async fn deleted(records: &Records, caller: &Caller, schedule: &Schedule) -> Result<Batch> {
    let mut batch = Batch::new();
    ended::hold(caller, schedule.id, &mut batch);
    for run in runs::all(records, caller, schedule.id).await? {
        ended::forget(caller, schedule.id, &run, &mut batch);
    }
    let text = sql!(
        "DELETE FROM export_schedule WHERE tenant_id = ?1 AND id = ?2 AND version = ?3 AND turn = ?4
             AND NOT EXISTS (SELECT 1 FROM export_run WHERE tenant_id = ?1 AND schedule_id = ?2)"
    );
    let cells = [caller.tenant.into(), schedule.id.into(), Cell::Int(schedule.version), Cell::Int(schedule.turn)];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    batch.log(event(records, "export_schedule.deleted", schedule));
    Ok(batch)
}

/// The schedule with what the input gives.
fn put(schedule: Schedule, input: &ScheduleInput) -> Result<Schedule> {
    let text = |given: &Option<String>, known: Option<String>| match given {
        None => known,
        Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
    };
    let every = input.every.as_ref().map(Every::parse).transpose()?;
    let shape = Shape {
        filter: text(&input.filter, schedule.shape.filter),
        view: text(&input.view, schedule.shape.view),
        fields: input.fields.clone().unwrap_or(schedule.shape.fields),
        format: input.format.unwrap_or(schedule.shape.format),
        every: every.unwrap_or(schedule.shape.every),
        keep: input.keep.unwrap_or(schedule.shape.keep),
    };
    let name = input.name.as_deref().unwrap_or(&schedule.name).trim().to_owned();
    Ok(Schedule { name, shape, is_enabled: input.enabled.unwrap_or(schedule.is_enabled), ..schedule })
}

fn shown(shape: &Shape) -> Result<Cell> {
    serde_json::to_string(shape).map(Cell::Text).map_err(Error::internal)
}

pub(super) fn event(records: &Records, kind: &'static str, schedule: &Schedule) -> Event {
    let changes = json!({"schedule": schedule.id, "name": schedule.name, "shape": schedule.shape,
        "enabled": schedule.is_enabled, "reason": schedule.disabled_reason})
    .to_string();
    let action = records.db().ids().next();
    Event { action, kind, object: schedule.object, record: None, changes, also: Vec::new() }
}
