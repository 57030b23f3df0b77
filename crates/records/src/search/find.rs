//! Search across all objects that a caller may see: the best few, with what they are called.

use super::{Matching, Query, Search, matching::ENOUGH, rank::Found, visible, words, words::Groups};
use crate::{
    field::{Field, Kind},
    fields,
    layout::Selection,
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
    value::Value,
};
use base::{Id, Result};
use db::{Reader, Rows, Statement};
use std::cmp::Reverse;

/// Of each object so many hits are looked at, the youngest.
const LOOKED_AT: i64 = 100;

/// Of all objects together, so many, where asking for each object by itself would cost too much.
const TOGETHER: i64 = 500;

/// Longest title in characters.
const TITLE_CHARS: usize = 120;

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The object's name: `contacts`.
    pub object: String,
    pub id: Id,
    /// What the record is called, as far as the caller may know.
    pub title: String,
    pub score: u32,
    /// The fields that were found.
    pub fields: Vec<String>,
}

/// One object as this caller may search it.
struct Place<'a> {
    object: &'a Object,
    searched: Vec<&'a Field>,
    title: Vec<&'a Field>,
    selection: Selection,
}

impl Search {
    /// The best `limit` hits across all objects, best first, younger before older.
    ///
    /// First those that have the very words: they come first anyway, and there may be enough of them. Then those with
    /// words that begin so. Where none has the words and hardly any beginnings, those with words that may be meant.
    pub async fn find(&self, reader: &mut Reader, access: Access<'_>, query: &Query, limit: usize) -> Result<Vec<Hit>> {
        let places: Vec<Place> = access.schema.objects().iter().filter_map(|object| place(access, object)).collect();
        let typed = query.readings();
        let mut hits = self.look(reader, access, &places, (&typed, &words::only_whole(&typed))).await?;
        let has_the_words = !hits.is_empty();
        if hits.len() < limit {
            hits.extend(self.look(reader, access, &places, (&typed, &typed)).await?);
        }
        if !has_the_words && i64::try_from(hits.len()).is_ok_and(|count| count < ENOUGH) {
            let widened = self.widened(reader, access, query).await?;
            if widened != typed {
                hits.extend(self.look(reader, access, &places, (&typed, &widened)).await?);
            }
        }
        hits.sort_by_key(|hit| Reverse((hit.id, hit.score)));
        hits.dedup_by_key(|hit| hit.id);
        hits.sort_by_key(|hit| Reverse((hit.score, hit.id)));
        hits.truncate(limit);
        Ok(hits)
    }

    /// The records of all objects that answer to `asked`, judged by how they answer to what was typed.
    async fn look(
        &self,
        reader: &mut Reader,
        access: Access<'_>,
        places: &[Place<'_>],
        (typed, asked): (&Groups, &Groups),
    ) -> Result<Vec<Hit>> {
        let known =
            if words::are_words_of_index(asked) { None } else { Some(self.youngest(reader, access, asked).await?) };
        let statements = places.iter().map(|place| self.statement(access, place, asked, known.as_deref())).collect();
        let answers = reader.many(statements).await?;
        let mut hits = Vec::new();
        for (place, rows) in places.iter().zip(&answers) {
            place.judge(access, rows, (typed, asked), &mut hits)?;
        }
        Ok(hits)
    }

    /// The youngest records of any object that answer.
    async fn youngest(&self, reader: &mut Reader, access: Access<'_>, asked: &Groups) -> Result<Vec<Id>> {
        let asked = words::asked(self.db.dialect(), access.caller.tenant, None, asked);
        let mut sql = Sql::new();
        words::push_newest(&mut sql, self.db.dialect(), asked, TOGETHER);
        reader.rows(sql.statement()).await?.iter().map(|row| row.id(0)).collect()
    }

    /// The rows of one object that answer, the youngest: of all that do, where they are few (`known`) or the caller
    /// sees not all of them; otherwise of the youngest that the index has.
    fn statement(&self, access: Access<'_>, place: &Place, asked: &Groups, known: Option<&[Id]>) -> Statement {
        let matching = Matching::new(access, place.object, self.db.dialect(), asked.clone());
        let is_free = Matching::is_free(&access, place.object);
        let mut sql = Sql::new();
        sql.push("SELECT ").push_expression(&place.selection.columns);
        sql.push(" FROM ").push(place.object.table_name()).push(" r WHERE ");
        access.push_living(&mut sql, place.object, Action::Read, "r");
        sql.push(" AND ");
        match known {
            Some(ids) if is_free || i64::try_from(ids.len()).is_ok_and(|count| count < TOGETHER) => {
                matching.among(ids.to_vec()).push_sql(&mut sql, "r");
            }
            None if is_free => matching.push_newest(&mut sql, "r", LOOKED_AT),
            _ => matching.push_sql(&mut sql, "r"),
        }
        sql.push(" ORDER BY r.id DESC LIMIT ").push_arg(LOOKED_AT);
        sql.statement()
    }
}

fn place<'a>(access: Access<'a>, object: &'a Object) -> Option<Place<'a>> {
    if object.internal || !access.may_read(object) {
        return None;
    }
    let searched = visible::visible(&access, object);
    let names = object.title.iter().filter_map(|name| object.field(name));
    let title: Vec<&Field> = names.filter(|field| access.may_see(object, field)).collect();
    let wanted = searched
        .iter()
        .chain(&title)
        .filter_map(|field| object.fields.iter().position(|other| other.name == field.name));
    let selection = Selection::new(access.schema, object, wanted.collect(), "r");
    (!searched.is_empty()).then_some(Place { object, searched, title, selection })
}

impl Place<'_> {
    fn judge(&self, access: Access, rows: &Rows, asked: (&Groups, &Groups), hits: &mut Vec<Hit>) -> Result<()> {
        for row in rows.iter() {
            let id = row.id(0)?;
            let values = self.selection.values(self.object, &mut row.0.to_vec())?;
            let (searched, named) = values.split_at_checked(self.searched.len()).unwrap_or_default();
            let fields = || self.searched.iter().copied();
            let is_title =
                |at: usize| self.searched.get(at).is_some_and(|field| self.object.title.contains(&field.name));
            let found = Found::new(fields().zip(searched));
            let Some(score) = found.score(asked.0, asked.1, is_title) else { continue };
            let name = |at: &usize| self.searched.get(*at).map(|field| field.name.clone());
            hits.push(Hit {
                object: self.object.name.clone(),
                id,
                title: self.title(access, named),
                score: score.points,
                fields: score.fields.iter().filter_map(name).collect(),
            });
        }
        Ok(())
    }

    fn title(&self, access: Access, values: &[Value]) -> String {
        let shown = self.title.iter().zip(values).filter_map(|(field, value)| match value {
            Value::Empty | Value::Many(_) | Value::Link(_) => None,
            value if access.may_know(self.object, field) => {
                Some(fields::kind(field.kind).to_text(field, value, access.schema.names()))
            }
            value => Some(fields::kind(field.kind).masked(field, value)),
        });
        let whole = shown.collect::<Vec<_>>().join(" ");
        let line = if self.title.iter().any(|field| field.kind == Kind::LongText) {
            whole.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            whole
        };
        super::tokens::beginning(&line, TITLE_CHARS).to_owned()
    }
}
