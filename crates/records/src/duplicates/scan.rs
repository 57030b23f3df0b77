//! The look over all records of the objects whose rules want it: every night, when an administrator asks, and when
//! the rules change.

use super::{
    blocks::{self, Match},
    judge::{Judge, rules},
    rules::Rules,
    sketch::Sketch,
};
use crate::{
    catalog::{Catalog, Records},
    layout::Selection,
    object::Object,
    permissions::{Access, Action},
    query::{spread, with_twins},
    sql::Sql,
    store::seen,
};
use base::{Error, Id, Result};
use db::{Batch, Cell, Row, Statement, sql};
use jobs::{Job, JobContext, JobKind, Outcome, Priority, Schedule, When};
use serde_json::json;
use std::{collections::HashMap, time::Duration};
use tokio::task::spawn_blocking;

/// The kind of the job.
pub const JOB: &str = "records.duplicates";

const PAGE: i64 = 2_000;
/// Pairs that are written at once.
const SLICE: usize = 500;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub fn schedule() -> Schedule {
    Schedule { name: JOB, kind: JOB, when: When::Every(DAY) }
}

/// Looks now.
pub fn later(records: &Records, batch: &mut Batch) -> Id {
    jobs::enqueue(batch, records.db(), Job::new(JOB, json!({})).unique(JOB).priority(Priority::Low))
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let catalog = records.catalog(&context.caller).await?;
    for object in looked_through(&catalog) {
        let judge = Judge::of(object);
        let mut found = HashMap::new();
        if judge.background && judge.can_tell() {
            let all = sketches(records, context, &catalog, object, &judge).await?;
            let pairs = spawn_blocking(move || {
                let pairs = blocks::pairs(&judge, &all);
                pairs.into_iter().filter_map(|pair| kept(&judge, &all, &pair)).collect()
            });
            found = pairs.await.map_err(Error::internal)?;
        }
        write(records, context, object, found).await?;
    }
    // Whoever changed rules meanwhile has not been given a look of their own.
    let now = records.catalog(&context.caller).await?;
    let used =
        |catalog: &Catalog| looked_through(catalog).map(|one| (one.id, rules(one))).collect::<HashMap<_, Rules>>();
    if used(&now) != used(&catalog) {
        return Ok(Outcome::Again { at: records.db().clock().now(), batch: Batch::new() });
    }
    Ok(Outcome::done())
}

fn looked_through(catalog: &Catalog) -> impl Iterator<Item = &Object> {
    catalog.schema.objects().iter().filter(|object| !object.internal && !object.deleted)
}

/// A pair by its ids, with its points and reasons.
type Kept = ((Id, Id), (i64, String));

fn kept(judge: &Judge, all: &[Sketch], pair: &Match) -> Option<Kept> {
    let (one, other) = (all.get(pair.one)?.id, all.get(pair.other)?.id);
    let ids = (one.min(other), one.max(other));
    Some((ids, (i64::from(pair.score.points), json!(judge.reasons(&pair.score)).to_string())))
}

async fn sketches(
    records: &Records,
    context: &JobContext,
    catalog: &Catalog,
    object: &Object,
    judge: &Judge,
) -> Result<Vec<Sketch>> {
    let fields = judge.fields();
    let access = Access::new(&catalog.schema, &context.caller);
    let selection = Selection::new(&catalog.schema, object, with_twins(object, &fields), "r");
    let (mut all, mut after) = (Vec::new(), Id(0));
    loop {
        let mut sql = Sql::new();
        sql.push("SELECT ").push_expression(&selection.columns).push(" FROM ").push(object.table_name());
        sql.push(" r WHERE ");
        access.push_living(&mut sql, object, Action::Read, "r");
        sql.push(" AND r.id > ").push_arg(after).push(" ORDER BY r.id LIMIT ").push_arg(PAGE);
        let mut rows = records.db().reader(&context.caller).once(sql.statement()).await?;
        let before = all.len();
        for row in rows.cells.chunks_exact_mut(selection.width()) {
            after = Row(row).id(0)?;
            let mut values = spread(object, &selection, row)?;
            for &at in &fields {
                let shown = seen(object, &values, at);
                if let Some(place) = values.get_mut(at) {
                    *place = shown;
                }
            }
            all.push(judge.sketch(after, |at| values.get(at)));
        }
        if all.len() == before || context.stopping() {
            return Ok(all);
        }
    }
}

/// What is new comes, what has changed is changed, and what is no longer so goes, unless it was dismissed.
async fn write(
    records: &Records,
    context: &JobContext,
    object: &Object,
    found: HashMap<(Id, Id), (i64, String)>,
) -> Result<()> {
    if context.stopping() {
        return Err(Error::Unavailable { seconds: 1 });
    }
    let tenant = context.caller.tenant;
    let text = sql!(
        "SELECT low_id, high_id, points, reasons FROM duplicate WHERE tenant_id = ?1 AND object_id = ?2 AND state = 'open'"
    );
    let cells = [tenant.into(), Cell::Int(object.id)];
    let rows = records.db().reader(&context.caller).once(Statement::new(text, cells)).await?;
    let mut known = HashMap::new();
    for row in rows.iter() {
        known.insert((row.id(0)?, row.id(1)?), (row.int(2)?, row.text(3)?.to_owned()));
    }
    let now = records.db().clock().now();
    let mut statements = Vec::new();
    for (pair, (points, reasons)) in found.iter().filter(|(pair, now)| known.get(pair) != Some(now)) {
        let text = sql!(
            "INSERT INTO duplicate (tenant_id, low_id, high_id, object_id, points, reasons, state, found_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open', ?7)
             ON CONFLICT (tenant_id, low_id, high_id) DO UPDATE SET points = excluded.points, reasons = excluded.reasons"
        );
        let cells = [
            tenant.into(),
            pair.0.into(),
            pair.1.into(),
            Cell::Int(object.id),
            Cell::Int(*points),
            reasons.as_str().into(),
            now.into(),
        ];
        statements.push(Statement::new(text, cells));
    }
    for pair in known.keys().filter(|pair| !found.contains_key(pair)) {
        let text =
            sql!("DELETE FROM duplicate WHERE tenant_id = ?1 AND low_id = ?2 AND high_id = ?3 AND state = 'open'");
        statements.push(Statement::new(text, [tenant.into(), pair.0.into(), pair.1.into()]));
    }
    for slice in statements.chunks(SLICE) {
        let mut batch = Batch::new();
        slice.iter().for_each(|statement| batch.run(statement.clone()));
        context.submit_piece(batch).await?;
    }
    Ok(())
}
