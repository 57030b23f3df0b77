//! Changes of many records: all that a filter finds, or all that an action did. They go in slices through the one
//! write path, with the rights of whoever asked, as one action, which the one undo takes back.
//!
//! Each slice commits with the place that it ends at, so that the work goes on after any crash and no record is
//! changed twice.

mod kept;
mod replacing;
mod run;
mod slices;

pub use kept::{Bulk, State, find, left};
pub use run::{JOB, job_kind};

use crate::{
    catalog::Records,
    definitions::Replacing,
    object::Object,
    permissions::{Access, Action},
    query::{ListRequest, Question},
    store::{Work, check_choices, parse_input},
    undo::Conflicts,
};
use base::{Caller, Error, FieldError, Id, Result, message};
use db::{Batch, Cell, Statement, sql};
use jobs::Job;
use serde_json::{Map, Value as Json, json};

/// What shall happen to each record.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum Effect {
    Change(Box<Values>),
    Delete,
    Restore,
    /// An option of a choice gives way to another one.
    Replace(Box<Replacing>),
    /// What an action did is taken back.
    Undo {
        action: Id,
        conflicts: Conflicts,
    },
}

/// Fields get values; of fields that hold many, values join and leave.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Values {
    pub fields: Map<String, Json>,
    pub add: Map<String, Json>,
    pub remove: Map<String, Json>,
}

/// What a caller wants done.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Wish {
    pub filter: Option<String>,
    pub search: Option<String>,
    #[serde(flatten)]
    pub effect: Effect,
}

impl Wish {
    fn request(&self) -> ListRequest {
        let bin = Some(self.effect == Effect::Restore);
        ListRequest { filter: self.filter.clone(), search: self.search.clone(), bin, ..ListRequest::default() }
    }

    /// The right that it takes.
    fn needs(&self) -> Action {
        match self.effect {
            Effect::Change(_) | Effect::Replace(_) => Action::Update,
            Effect::Delete | Effect::Restore | Effect::Undo { .. } => Action::Delete,
        }
    }
}

/// How many records a wish reaches, without doing anything.
pub async fn count(question: &Question<'_>, object: &Object, wish: &Wish) -> Result<i64> {
    let mut sql = crate::sql::Sql::new();
    sql.push("SELECT COUNT(*)");
    question.push_from(&mut sql, object, &wish.request(), wish.needs()).await?;
    let rows = question.records.db().reader(question.caller).once(sql.statement()).await?;
    rows.first().map_or(Ok(0), |row| row.int(0))
}

/// Checks a wish as far as that can be done without its records.
///
/// # Errors
/// Field errors as of a single change; `Forbidden` where the caller may do it to no record.
pub fn check(work: &Work<'_>, object: &Object, wish: &Wish) -> Result<()> {
    let access = Access::new(&work.catalog.schema, work.caller);
    if access.reach(object, wish.needs()) == crate::permissions::Reach::Nothing {
        return Err(Error::Forbidden(match wish.needs() {
            Action::Update => message!("rights-change", object = object.name),
            _ => message!("rights-delete", object = object.name),
        }));
    }
    let Effect::Change(values) = &wish.effect else { return Ok(()) };
    let Values { fields, add, remove } = &**values;
    let mut errors = Vec::new();
    for (name, _) in add.iter().chain(remove) {
        if object.field(name).is_some_and(|field| !field.holds_many()) {
            errors.push(FieldError { field: name.clone(), message: message!("bulk-holds-one") });
        }
    }
    if fields.len() + add.len() + remove.len() == 0 {
        errors.push(FieldError { field: "fields".to_owned(), message: message!("bulk-nothing") });
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    for values in [fields, add] {
        check_choices(object, &parse_input(work, object, values)?, &[])?;
    }
    parse_input(work, object, remove).map(drop)
}

/// Begins; the answer is what [`find`] finds from now on.
pub async fn begin(records: &Records, caller: &Caller, object: i64, wish: &Wish, total: i64) -> Result<Bulk> {
    let action = records.db().ids().next();
    begin_in(records, caller, (object, action), wish, total, Batch::new()).await
}

/// As [`begin`], under an action, in a batch with more in it.
pub(crate) async fn begin_in(
    records: &Records,
    caller: &Caller,
    (object, action): (i64, Id),
    wish: &Wish,
    total: i64,
    mut batch: Batch,
) -> Result<Bulk> {
    let id = records.db().ids().next();
    let now = records.db().clock().now();
    let text = sql!(
        "INSERT INTO bulk (tenant_id, id, object_id, wish, state, total, done, changed, left_alone, place, action_id,
             created_by, created_at)
         VALUES (?1, ?2, ?3, ?4, 'running', ?5, 0, 0, 0, '', ?6, ?7, ?8)"
    );
    let cells = [
        caller.tenant.into(),
        id.into(),
        Cell::Int(object),
        serde_json::to_string(wish).map_err(Error::internal)?.into(),
        Cell::Int(total),
        action.into(),
        caller.principal.user().into(),
        now.into(),
    ];
    batch.run(Statement::new(text, cells));
    if let Effect::Undo { action: undone, .. } = wish.effect {
        batch.log(crate::undo::note(action, undone));
    }
    jobs::enqueue(&mut batch, records.db(), Job::new(JOB, json!({"bulk": id})).on_behalf_of(caller));
    records.db().submit(caller, batch).await?;
    find(records, caller, id).await
}

/// No slice begins any more; what is done stays, and can be undone.
pub async fn stop(records: &Records, caller: &Caller, bulk: &Bulk) -> Result<()> {
    let text = sql!(
        "UPDATE bulk SET state = 'stopped', finished_at = ?3 WHERE tenant_id = ?1 AND id = ?2 AND state = 'running'"
    );
    let mut batch = Batch::new();
    let now = records.db().clock().now();
    batch.expect(
        Statement::new(text, [caller.tenant.into(), bulk.id.into(), now.into()]),
        db::Expect::Free(message!("bulk-over")),
    );
    records.db().submit(caller, batch).await.map(drop)
}
