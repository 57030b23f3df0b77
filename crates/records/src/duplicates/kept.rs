//! The pairs that the last look found, as those see them who may see both records.

use super::judge::Judge;
use crate::{cursor::Cursor, object::Object, permissions::Access, store::Work};
use base::{Error, Id, Result, message};
use db::{Batch, Cell, Expect, Reader, Statement, sql};
use std::collections::HashSet;

/// Two records that may mean the same.
#[derive(Debug, Clone)]
pub struct Pair {
    pub low: Id,
    pub high: Id,
    pub points: i64,
    pub reasons: Vec<String>,
}

const ORDER: &str = "points,low,high";
/// Pages that are read to fill one that is shown.
const ROUNDS: usize = 5;

/// The likeliest first, a page at a time.
pub async fn list(
    work: &Work<'_>,
    object: &Object,
    cursor: Option<&str>,
    limit: usize,
) -> Result<(Vec<Pair>, Option<String>)> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let judge = Judge::of(object);
    let is_known = |at: usize| object.fields.get(at).is_some_and(|field| access.may_know(object, field));
    let mut place = place(cursor)?;
    let mut reader = work.records.db().reader(work.caller);
    let mut shown: Vec<Pair> = Vec::new();
    for _ in 0..ROUNDS {
        let mut pairs = page(work, &mut reader, object, place, limit - shown.len()).await?;
        let more = pairs.len() > limit - shown.len();
        pairs.truncate(limit - shown.len());
        let Some(last) = pairs.last() else { return Ok((shown, None)) };
        place = (last.points, last.low.0, last.high.0);
        let ids: HashSet<Id> = pairs.iter().flat_map(|pair| [pair.low, pair.high]).collect();
        let ids: Vec<Id> = ids.into_iter().collect();
        let seen: HashSet<Id> = work.visible(&mut reader, object, &ids).await?.into_iter().collect();
        // What nobody may know must not be told by the pair being there.
        pairs.retain(|pair| {
            seen.contains(&pair.low)
                && seen.contains(&pair.high)
                && pair.reasons.iter().all(|reason| judge.tells(reason, is_known))
        });
        shown.extend(pairs);
        if !more {
            return Ok((shown, None));
        }
        if shown.len() >= limit {
            break;
        }
    }
    let next = Cursor { values: vec![Cell::Int(place.0), Cell::Int(place.1)], id: Id(place.2) };
    Ok((shown, Some(next.encode(ORDER))))
}

/// One more than wanted, where there is.
async fn page(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    (points, low, high): (i64, i64, i64),
    wanted: usize,
) -> Result<Vec<Pair>> {
    let text = sql!(
        "SELECT points, low_id, high_id, reasons FROM duplicate
         WHERE tenant_id = ?1 AND object_id = ?2 AND state = 'open' AND (points, low_id, high_id) < (?3, ?4, ?5)
         ORDER BY points DESC, low_id DESC, high_id DESC LIMIT ?6"
    );
    let most = i64::try_from(wanted).unwrap_or(i64::MAX).saturating_add(1);
    let (tenant, object) = (work.caller.tenant.into(), Cell::Int(object.id));
    let cells = [tenant, object, points.into(), low.into(), high.into(), most.into()];
    let rows = reader.rows(Statement::new(text, cells)).await?;
    let pair = |row: db::Row| {
        let reasons = serde_json::from_str(row.text(3)?).map_err(Error::internal)?;
        Ok(Pair { points: row.int(0)?, low: row.id(1)?, high: row.id(2)?, reasons })
    };
    rows.iter().map(pair).collect()
}

fn place(cursor: Option<&str>) -> Result<(i64, i64, i64)> {
    let Some(text) = cursor else { return Ok((i64::MAX, i64::MAX, i64::MAX)) };
    let cursor = Cursor::decode(text, ORDER)?;
    match cursor.values.as_slice() {
        [Cell::Int(points), Cell::Int(low)] => Ok((*points, *low, cursor.id.0)),
        _ => Err(Error::field("cursor", message!("cursor-unusable"))),
    }
}

/// The two are not the same: they are not shown again.
pub async fn dismiss(work: &Work<'_>, object: &Object, one: Id, other: Id) -> Result<()> {
    let (low, high) = (one.min(other), one.max(other));
    let mut reader = work.records.db().reader(work.caller);
    if work.visible(&mut reader, object, &[low, high]).await?.len() < 2 {
        return Err(Error::NotFound("duplicate"));
    }
    drop(reader);
    let text = sql!(
        "INSERT INTO duplicate (tenant_id, low_id, high_id, object_id, points, reasons, state, found_at)
         VALUES (?1, ?2, ?3, ?4, 0, '[]', 'dismissed', ?5)
         ON CONFLICT (tenant_id, low_id, high_id) DO UPDATE SET state = 'dismissed'"
    );
    let cells = [work.caller.tenant.into(), low.into(), high.into(), Cell::Int(object.id), work.now.into()];
    let mut batch = Batch::new();
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    let changes = serde_json::json!({"one": low, "other": high}).to_string();
    batch.log(db::Event {
        action: work.action,
        kind: "duplicate.dismissed",
        object: 0,
        record: None,
        changes,
        also: Vec::new(),
    });
    work.records.db().submit(work.caller, batch).await.map(drop)
}
