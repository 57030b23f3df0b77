//! What happened: the changes of one record, and everything that stands on its time line.
//!
//! Both are read out of the event log; nothing is kept twice.

mod absorbed;
mod people;
mod told;
mod undone;

use crate::{
    cursor::Cursor, field::Field, object::Object, permissions::Access, query::Question, sql::Sql, store, titles,
    value::Value, view::View,
};
use base::{Error, FieldRule, Id, Result, Timestamp, message};
use db::{Cell, Reader, Row, Statement, sql};
use people::who;
use serde_json::{Map, Value as Json, json};
use std::collections::{HashMap, HashSet};
use told::Tellings;

/// One entry of the log about one record.
#[derive(Debug, Clone)]
struct Entry {
    tx: i64,
    seq: i64,
    at: Timestamp,
    action: Id,
    actor: String,
    kind: String,
    object: i64,
    record: Id,
    changes: Map<String, Json>,
}

/// A page of what happened, as the API answers it.
#[derive(Debug)]
pub struct Past {
    pub items: Vec<Json>,
    pub next: Option<String>,
}

/// What cursors of these lists are made for.
const ORDER: &str = "tx,seq,id";

/// Where a page begins: before this place in the log.
fn before(cursor: Option<&str>) -> Result<(i64, i64)> {
    let Some(text) = cursor else { return Ok((i64::MAX, i64::MAX)) };
    match Cursor::decode(text, ORDER)?.values.as_slice() {
        [Cell::Int(tx), Cell::Int(seq)] => Ok((*tx, *seq)),
        _ => Err(Error::field("cursor", message!("cursor-unusable"))),
    }
}

fn after(entry: &Entry) -> String {
    Cursor { values: vec![Cell::Int(entry.tx), Cell::Int(entry.seq)], id: entry.record }.encode(ORDER)
}

impl Question<'_> {
    /// The changes of one record, newest first, one item for each action.
    pub async fn history(&self, object: &Object, id: Id, cursor: Option<&str>, limit: usize) -> Result<Past> {
        self.assert_visible(object, id).await?;
        let (tx, seq) = before(cursor)?;
        let text = sql!(
            "SELECT tx, seq, at, action_id, actor, kind, object_id, record_id, changes FROM event
             WHERE tenant_id = ?1 AND record_id = ?2 AND (tx, seq) < (?3, ?4) ORDER BY tx DESC, seq DESC LIMIT ?5"
        );
        let wanted = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let cells = [self.caller.tenant.into(), id.into(), tx.into(), seq.into(), wanted.into()];
        let rows = self.records.db().reader(self.caller).once(Statement::new(text, cells)).await?;
        let mut entries = rows.iter().map(entry).collect::<Result<Vec<_>>>()?;
        let next = (entries.len() > limit).then(|| entries.truncate(limit)).and_then(|()| entries.last().map(after));
        // Features read for themselves: nobody holds one connection while they wait for another.
        let told = self.tellings(&mut entries).await?;
        let mut reader = self.records.db().reader(self.caller);
        let people = self.people(&mut reader, &entries).await?;
        let undone = self.undone(&mut reader, &entries).await?;
        let mut items: Vec<Json> = Vec::new();
        for entry in &entries {
            let changes = self.changes(object, entry, &told);
            if changes.is_empty() && ["changed", "moved"].contains(&entry.kind.as_str()) {
                continue;
            }
            match items.last_mut().filter(|item| item["action"] == json!(entry.action)) {
                Some(same) => same["changes"].as_array_mut().into_iter().for_each(|all| all.extend(changes.clone())),
                None => items.push(with(
                    entry,
                    &told,
                    json!({
                        "at": entry.at.rfc3339(),
                        "by": who(&entry.actor, &people),
                        "action": entry.action,
                        "kind": entry.kind,
                        "changes": changes,
                        "undoes": undone.undoes.get(&entry.action),
                        "undone_by": undone.undone_by.get(&entry.action),
                    }),
                )),
            }
        }
        Ok(Past { items, next })
    }

    /// Everything that happened to a record or to those that lead to it, newest first.
    pub async fn timeline(&self, object: &Object, id: Id, cursor: Option<&str>, limit: usize) -> Result<Past> {
        self.assert_visible(object, id).await?;
        let (mut tx, mut seq) = before(cursor)?;
        let mut reader = self.records.db().reader(self.caller);
        let ids = self.absorbed(&mut reader, object, id).await?;
        drop(reader);
        let (mut items, mut next) = (Vec::new(), None);
        // What the caller may not see is skipped; a few rounds fill the page, the cursor says where they ended.
        for _ in 0..5 {
            let wanted = limit - items.len();
            let mut entries = self.told(&ids, (tx, seq), wanted + 1).await?;
            let more = entries.len() > wanted;
            entries.truncate(wanted);
            let Some(last) = entries.last() else { break };
            (tx, seq) = (last.tx, last.seq);
            next = more.then(|| after(last));
            entries.retain(|entry| ids.contains(&entry.record) || self.leads_knowably(entry.object));
            let told = self.tellings(&mut entries).await?;
            let mut reader = self.records.db().reader(self.caller);
            items.extend(self.show(&mut reader, &entries, &told).await?);
            if !more || items.len() >= limit {
                break;
            }
        }
        Ok(Past { items, next })
    }

    async fn assert_visible(&self, object: &Object, id: Id) -> Result<()> {
        self.get(object, id, &View::new(&self.access(), object, &[]), false).await.map(drop)
    }

    /// The events about the records and those that lead to them.
    async fn told(&self, ids: &[Id], (tx, seq): (i64, i64), count: usize) -> Result<Vec<Entry>> {
        let mut sql = Sql::new();
        let [tenant, tx, seq] = [self.caller.tenant.into(), Cell::Int(tx), Cell::Int(seq)].map(|cell| sql.place(cell));
        let most = sql.place(i64::try_from(count).unwrap_or(i64::MAX));
        sql.push("SELECT e.tx, e.seq, e.at, e.action_id, e.actor, e.kind, e.object_id, e.record_id, e.changes");
        sql.push(" FROM event e JOIN (");
        for (union, table, name) in [("", "event", "own"), (" UNION ", "event_link", "linked")] {
            sql.push(union).push("SELECT * FROM (SELECT tx, seq FROM ").push(table);
            sql.push_expression(&format!(" WHERE tenant_id = {tenant} AND record_id IN "));
            sql.push_list(ids.iter().copied());
            let page = format!(" AND (tx, seq) < ({tx}, {seq}) ORDER BY tx DESC, seq DESC LIMIT {most}) AS {name}");
            sql.push_expression(&page);
        }
        sql.push_expression(&format!(
            ") AS told ON e.tenant_id = {tenant} AND e.tx = told.tx AND e.seq = told.seq
              ORDER BY e.tx DESC, e.seq DESC LIMIT {most}"
        ));
        let rows = self.records.db().reader(self.caller).once(sql.statement()).await?;
        rows.iter().map(entry).collect()
    }

    /// Whether the caller may know of a relation that puts such records on the time lines of others.
    fn leads_knowably(&self, object: i64) -> bool {
        let Ok(object) = self.catalog.object_by_id(object) else { return false };
        let on_timeline = |field: &&Field| field.target.as_ref().is_some_and(|target| target.on_timeline);
        object.fields.iter().filter(on_timeline).any(|field| self.access().may_know(object, field))
    }

    async fn show(&self, reader: &mut Reader, entries: &[Entry], told: &Tellings) -> Result<Vec<Json>> {
        let titles = self.entitled(reader, entries).await?;
        let people = self.people(reader, entries).await?;
        let mut items = Vec::new();
        for entry in entries {
            let Some(title) = titles.get(&entry.record) else { continue };
            let object = self.catalog.object_by_id(entry.object)?;
            let changes = self.changes(object, entry, told);
            if changes.is_empty() && ["changed", "moved"].contains(&entry.kind.as_str()) {
                continue;
            }
            let item = json!({
                "at": entry.at.rfc3339(),
                "by": who(&entry.actor, &people),
                "action": entry.action,
                "kind": entry.kind,
                "object": object.name,
                "id": entry.record,
                "title": title,
                "changes": changes,
            });
            items.push(with(entry, told, item));
        }
        Ok(items)
    }

    /// The titles of the records that the caller may see, in the bin or not.
    async fn entitled(&self, reader: &mut Reader, entries: &[Entry]) -> Result<HashMap<Id, String>> {
        let mut by_object: HashMap<i64, HashSet<Id>> = HashMap::new();
        for entry in entries {
            by_object.entry(entry.object).or_default().insert(entry.record);
        }
        let (dialect, mut titles) = (self.records.db().dialect(), HashMap::new());
        for (object, ids) in by_object {
            let Ok(object) = self.catalog.object_by_id(object) else { continue };
            let ids: Vec<Id> = ids.into_iter().collect();
            for binned in [false, true] {
                titles.extend(titles::load(reader, &self.access(), dialect, (object, binned), &ids).await?);
            }
        }
        Ok(titles)
    }

    /// The changes of an entry that the caller may see; masked values stay masked. Features' own events change no field.
    fn changes(&self, object: &Object, entry: &Entry, told: &Tellings) -> Vec<Json> {
        let access = self.access();
        if told.contains_key(&(entry.tx, entry.seq)) {
            return Vec::new();
        }
        entry
            .changes
            .iter()
            .filter_map(|(name, pair)| {
                let field = object.field(name)?;
                let side = |at: usize| self.side(&access, object, field, pair.get(at).unwrap_or(&Json::Null));
                access.may_see(object, field).then(|| json!({"field": name, "old": side(0), "new": side(1)}))
            })
            .collect()
    }

    fn side(&self, access: &Access, object: &Object, field: &Field, json: &Json) -> Json {
        if json.is_null() || access.rule(object, field) > FieldRule::Masked {
            return json.clone();
        }
        let reading = self.catalog.schema.reading();
        let value = crate::fields::from_json(field, json, &reading).unwrap_or_default();
        crate::fields::masked(&store::one_of(field), value.each().first().unwrap_or(&Value::Empty))
    }
}

/// The item with what a feature says of it.
fn with(entry: &Entry, told: &Tellings, mut item: Json) -> Json {
    if let Some((name, said)) = told.get(&(entry.tx, entry.seq)) {
        item[name] = said.clone();
    }
    item
}

fn entry(row: Row) -> Result<Entry> {
    Ok(Entry {
        tx: row.int(0)?,
        seq: row.int(1)?,
        at: row.time(2)?,
        action: row.id(3)?,
        actor: row.text(4)?.to_owned(),
        kind: row.text(5)?.to_owned(),
        object: row.int(6)?,
        record: row.id(7)?,
        changes: serde_json::from_str(row.text(8)?).map_err(Error::internal)?,
    })
}
