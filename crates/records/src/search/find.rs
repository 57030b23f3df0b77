//! Search across all objects that a caller may see: the best few, with what they are called.

use super::{Query, Search, look::Look, matching::ENOUGH, rank::Found, scope::Part, visible, words, words::Groups};
use crate::{
    field::{Field, Kind},
    fields,
    layout::Selection,
    object::Object,
    permissions::Access,
    value::Value,
};
use base::{Id, Result};
use db::{Cell, Reader, Rows};
use std::cmp::Reverse;

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
    /// The name of the document in which the words are, where it is not the record itself that has them.
    pub file: Option<String>,
}

/// One object as this caller may search it.
pub(super) struct Place<'a> {
    pub object: &'a Object,
    pub part: Part,
    /// Some words of its records are closed to the caller.
    pub is_restricted: bool,
    searched: Vec<&'a Field>,
    title: Vec<&'a Field>,
    pub selection: Selection,
}

impl Search {
    /// The best `limit` hits across all objects, best first, younger before older.
    ///
    /// First those that have the very words: they come first anyway, and there may be enough of them. Then those with
    /// words that begin so. Where none has the words and hardly any beginnings, those with words that may be meant.
    pub async fn find(&self, reader: &mut Reader, access: Access<'_>, query: &Query, limit: usize) -> Result<Vec<Hit>> {
        let is_complete = self.is_complete(reader, access.caller.tenant).await?;
        let objects = access.schema.objects().iter();
        let places: Vec<Place> = objects.filter_map(|object| place(access, object, is_complete)).collect();
        let typed = query.readings();
        let (whole, mut hits) = (words::only_whole(&typed), Vec::new());
        let look = |asked, is_many| Look { search: self, access, typed: &typed, asked, enough: limit, is_many };
        let mut is_many = look(&whole, false).find(reader, &places, &mut hits).await?;
        let has_the_words = !hits.is_empty();
        if hits.len() < limit {
            is_many = look(&typed, is_many).find(reader, &places, &mut hits).await?;
        }
        if !has_the_words && i64::try_from(hits.len()).is_ok_and(|count| count < ENOUGH) {
            let widened = self.widened(reader, access, query).await?;
            if widened != typed {
                look(&widened, is_many).find(reader, &places, &mut hits).await?;
            }
        }
        hits.sort_by_key(|hit| Reverse((hit.id, hit.score)));
        hits.dedup_by_key(|hit| hit.id);
        hits.sort_by_key(|hit| Reverse((hit.score, hit.id)));
        hits.truncate(limit);
        if hits.len() < limit {
            let more = self.in_documents(reader, access, (query, &places), limit).await?;
            let is_new = |hit: &Hit, hits: &[Hit]| !hits.iter().any(|known| known.id == hit.id);
            let more: Vec<Hit> = more.into_iter().filter(|hit| is_new(hit, &hits)).collect();
            hits.extend(more);
            hits.truncate(limit);
        }
        Ok(hits)
    }
}

fn place<'a>(access: Access<'a>, object: &'a Object, is_complete: bool) -> Option<Place<'a>> {
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
    let (part, is_restricted) = (Part::new(&access, object, is_complete), visible::is_restricted(&access, object));
    (!searched.is_empty()).then_some(Place { object, part, is_restricted, searched, title, selection })
}

impl Place<'_> {
    /// Adds the hits among the rows of [`Place::selection`].
    pub(super) fn judge(
        &self,
        access: Access,
        rows: &Rows,
        asked: (&Groups, &Groups),
        hits: &mut Vec<Hit>,
    ) -> Result<()> {
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
                file: None,
            });
        }
        Ok(())
    }

    /// What the record in a row of [`Place::selection`] is called.
    pub(super) fn title_of(&self, access: Access, row: &[Cell]) -> Result<String> {
        let values = self.selection.values(self.object, &mut row.to_vec())?;
        let (_, named) = values.split_at_checked(self.searched.len()).unwrap_or_default();
        Ok(self.title(access, named))
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
