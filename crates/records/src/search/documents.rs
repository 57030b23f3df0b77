//! The words of documents: kept under each file, apart from those of records, and found by whoever may read a record
//! that holds the file.
//!
//! They are marked, so that a search for records never meets them, and are not compared with mistyped words: a
//! document's vocabulary is not the company's.

use super::{Matched, Query, Search, find::Hit, find::Place, query::Term, tokens, words, words::Groups};
use crate::{
    attachments::known_fields,
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
};
use base::{Id, Result, TenantId, fold};
use db::{Batch, Reader};
use std::collections::{BTreeSet, HashMap};

/// In front of each word of a document.
const MARK: &str = "@f";

/// Most different words of one document, and the bytes that they may take together.
const MOST_WORDS: usize = 20_000;
const MOST_BYTES: usize = 400_000;

/// So many of the youngest documents with the words are looked at; ten times as many where the caller may read too few.
const WINDOWS: [i64; 2] = [200, 2_000];

/// How many files one query names.
const SLICE: usize = 500;

/// A record that holds a document with the words.
struct Holder {
    record: Id,
    /// The number of the field that holds it.
    field: i64,
    file_name: String,
}

/// The different words of a text, sorted, as far as they are kept. Pure.
pub fn document_words(text: &str) -> Vec<String> {
    let (mut found, mut bytes) = (BTreeSet::new(), 0);
    // Line by line: a text is folded without a second copy of the whole.
    for line in text.split_inclusive(char::is_whitespace) {
        if found.len() >= MOST_WORDS || bytes >= MOST_BYTES {
            break;
        }
        tokens::each_word(&fold::fold(line), &mut |word| {
            if !found.contains(word) {
                bytes += word.len() + MARK.len() + 1;
                found.insert(word.to_owned());
            }
        });
    }
    found.into_iter().collect()
}

impl Search {
    /// The document of this file has these words, of [`document_words`].
    pub fn put_document(&self, tenant: TenantId, file: Id, words: &[String], batch: &mut Batch) {
        let dialect = self.db.dialect();
        let marked: Vec<String> = words.iter().map(|word| format!("{MARK}{word}")).collect();
        match marked.as_slice() {
            [] => batch.run_late(words::remove(dialect, tenant, file)),
            marked => batch.run_late(words::put(dialect, tenant, file, marked, true)),
        }
    }

    /// The document is found no more.
    pub fn remove_document(&self, tenant: TenantId, file: Id, batch: &mut Batch) {
        batch.run_late(words::remove(self.db.dialect(), tenant, file));
    }

    /// The records that hold documents in which all the words are, youngest first; at most `limit`.
    pub(super) async fn in_documents(
        &self,
        reader: &mut Reader,
        access: Access<'_>,
        (query, places): (&Query, &[Place<'_>]),
        limit: usize,
    ) -> Result<Vec<Hit>> {
        let asked = words::asked(self.db.dialect(), access.caller.tenant, &[], &marked(query.readings()));
        let mut hits = Vec::new();
        for window in WINDOWS {
            let mut sql = Sql::new();
            words::push_newest(&mut sql, self.db.dialect(), asked.clone(), window);
            let files: Vec<Id> =
                reader.rows(sql.statement()).await?.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
            hits.clear();
            for place in places.iter().filter(|_| !files.is_empty()) {
                hits.extend(held(reader, access, place, &files, limit).await?);
            }
            let is_last = i64::try_from(files.len()).is_ok_and(|count| count < window);
            if is_last || hits.len() >= limit {
                break;
            }
        }
        hits.sort_by_key(|hit: &Hit| std::cmp::Reverse(hit.id));
        hits.truncate(limit);
        Ok(hits)
    }
}

/// The records of one object that hold some of these files in a field that the caller may know.
async fn held(
    reader: &mut Reader,
    access: Access<'_>,
    place: &Place<'_>,
    files: &[Id],
    limit: usize,
) -> Result<Vec<Hit>> {
    let mut holders = holders(reader, access, place.object, files, limit).await?;
    let mut hits = Vec::new();
    if holders.is_empty() {
        return Ok(hits);
    }
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(&place.selection.columns).push(" FROM ").push(place.object.table_name());
    sql.push(" r WHERE ");
    access.push_living(&mut sql, place.object, Action::Read, "r");
    sql.push(" AND r.id IN ").push_list(holders.keys().copied());
    for row in reader.rows(sql.statement()).await?.iter() {
        let Some(Holder { record, field, file_name }) = holders.remove(&row.id(0)?) else { continue };
        let field = place.object.fields.iter().find(|known| known.id == field).map(|known| known.name.clone());
        hits.push(Hit {
            object: place.object.name.clone(),
            id: record,
            title: place.title_of(access, row.0)?,
            score: 0,
            matched: field
                .map(|field| Matched { field, text: file_name.clone(), marks: Vec::new() })
                .into_iter()
                .collect(),
            file: Some(file_name),
            meant: Vec::new(),
            changed_at: 0,
        });
    }
    Ok(hits)
}

async fn holders(
    reader: &mut Reader,
    access: Access<'_>,
    object: &Object,
    files: &[Id],
    limit: usize,
) -> Result<HashMap<Id, Holder>> {
    let (fields, mut found) = (known_fields(access, object), HashMap::new());
    for slice in files.chunks(SLICE).filter(|_| !fields.is_empty()) {
        let mut sql = Sql::new();
        sql.push("SELECT u.record_id, u.field_id, f.name FROM ").push(object.table_name()).push(" r JOIN file_use u");
        sql.push(" ON u.tenant_id = r.tenant_id AND u.record_id = r.id JOIN file f");
        sql.push(" ON f.tenant_id = u.tenant_id AND f.id = u.file_id WHERE ");
        access.push_living(&mut sql, object, Action::Read, "r");
        sql.push(" AND u.is_held = 1 AND u.object_id = ").push_arg(object.id);
        sql.push(" AND u.field_id IN ").push_list(fields.iter().copied());
        sql.push(" AND u.file_id IN ").push_list(slice.iter().copied());
        sql.push(" ORDER BY u.record_id DESC, u.file_id DESC LIMIT ");
        sql.push_arg(i64::try_from(limit).unwrap_or(i64::MAX));
        for row in reader.rows(sql.statement()).await?.iter() {
            let holder = Holder { record: row.id(0)?, field: row.int(1)?, file_name: row.text(2)?.to_owned() };
            found.entry(holder.record).or_insert(holder);
        }
    }
    Ok(found)
}

/// The words as documents have them.
fn marked(mut groups: Groups) -> Groups {
    let terms = groups.iter_mut().flatten().flatten();
    terms.for_each(|term: &mut Term| term.word = format!("{MARK}{}", term.word));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_each_of_its_words_once_and_not_too_many() {
        assert_eq!(
            document_words("Umowa najmu: umowa, ŁÓDŹ\n2026-11"),
            ["11", "2026", "202611", "lodz", "najmu", "umowa"]
        );
        let long: String = (0..50_000).map(|n| format!("słowo{n} ")).collect();
        let words = document_words(&long);
        assert!((1_000..=MOST_WORDS + 8).contains(&words.len()), "{}", words.len());
    }
}
