//! Notices as the API answers them, with a sentence in the reader's language.

use super::{Kind, Notice, read::Seen};
use base::{Caller, Id, Message, Result, message};
use records::{catalog::Catalog, catalog::Records, query::Question};
use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// What the product is called where nobody did it.
const PRODUCT: &str = "Rapport";

/// A page of notices.
pub async fn said(records: &Records, caller: &Caller, seen: &[Seen]) -> Result<Vec<Json>> {
    let question = Question::new(records, caller).await?;
    let ids: Vec<Id> = seen.iter().filter_map(|seen| seen.notice.actor).collect();
    let people = question.titles("users", &ids).await?;
    Ok(seen.iter().map(|seen| one(&question.catalog, caller, &people, seen)).collect())
}

fn one(catalog: &Catalog, caller: &Caller, people: &HashMap<Id, String>, seen: &Seen) -> Json {
    let Seen { notice, record } = seen;
    let object = catalog.object_by_id(notice.object).ok();
    let name = notice.actor.and_then(|actor| people.get(&actor));
    let plural = object.map_or("", |object| object.plural.in_language(caller.language));
    let title = record.as_ref().map_or("", |(_, title)| title);
    let text = sentence(notice, name.map_or(PRODUCT, String::as_str), title, plural);
    json!({
        "id": notice.id,
        "kind": notice.kind.name(),
        "text": web::speak(&text, caller.language),
        "code": text.code,
        "object": object.map(|object| &object.name),
        "record": record.as_ref().map(|(id, _)| id),
        "title": record.as_ref().map(|(_, title)| title),
        "comment": notice.comment,
        "by": notice.actor.map(|actor| json!({"id": actor, "name": name})),
        "count": notice.count,
        "details": notice.details,
        "first_at": notice.first_at.rfc3339(),
        "at": notice.at.rfc3339(),
        "read_at": notice.read_at.map(|at| at.rfc3339()),
    })
}

/// What a notice says.
fn sentence(notice: &Notice, by: &str, title: &str, plural: &str) -> Message {
    let (count, is_one) = (notice.count, notice.count == 1);
    let figure = |name: &str| notice.details[name].as_i64().unwrap_or(0);
    match notice.kind {
        Kind::Mentioned if is_one => message!("notice-mentioned", by = by, record = title),
        Kind::Mentioned => message!("notice-mentioned-often", by = by, record = title, count = count),
        Kind::Assigned if notice.record.is_none() => {
            message!("notice-assigned-many", by = by, objects = plural, count = count)
        }
        Kind::Assigned => message!("notice-assigned", by = by, record = title),
        Kind::Commented if is_one => message!("notice-commented", by = by, record = title),
        Kind::Commented => message!("notice-commented-often", by = by, record = title, count = count),
        Kind::Changed if notice.record.is_none() => {
            message!("notice-changed-many", by = by, objects = plural, count = count)
        }
        Kind::Changed if is_one => message!("notice-changed", by = by, record = title),
        Kind::Changed => message!("notice-changed-often", by = by, record = title, count = count),
        Kind::Finished if notice.details["work"] == "import" => message!(
            "notice-import-finished",
            created = figure("created"),
            updated = figure("updated"),
            skipped = figure("skipped"),
            failed = figure("failed")
        ),
        Kind::Finished => message!("notice-bulk-finished"),
        Kind::Reminded => match notice.details["note"].as_str() {
            Some(note) => message!("notice-reminded", note = note, record = title),
            None => message!("notice-reminded-plain", record = title),
        },
    }
}
