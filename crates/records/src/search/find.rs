//! Search across all objects that a caller may see: the best few, with what they are called.

use super::{
    Matched, Query, Search, Within,
    look::Look,
    marks,
    matching::ENOUGH,
    rank::{self, Score, Words},
    scope::Part,
    suggest::{self, Meant},
    visible, words,
    words::Groups,
};
use crate::{field::Field, layout::Selection, object::Object, permissions::Access, titles, value::Value};
use base::{Id, Result, fold};
use db::{Cell, Reader, Rows};
use std::cmp::Reverse;

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The object's name: `contacts`.
    pub object: String,
    pub id: Id,
    /// What the record is called, as far as the caller may know.
    pub title: String,
    pub score: u32,
    /// The fields that were found, each with the piece of its text.
    pub matched: Vec<Matched>,
    /// The name of the document in which the words are, where it is not the record itself that has them.
    pub file: Option<String>,
    /// What mistyped words must have meant; empty where it was found as typed.
    pub(super) meant: Vec<Meant>,
    /// When it was changed last, in milliseconds; as far as the caller may know.
    pub(super) changed_at: i64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Another question, which finds what was probably meant.
    pub did_you_mean: Option<String>,
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
    /// The owner and the last change, where the caller may know them: their places in the selection.
    owner: Option<usize>,
    changed_at: Option<usize>,
}

impl Search {
    /// The best `limit` hits in some objects. Best first: whole words before beginnings before what may be meant, the
    /// title before other fields, what the caller owns; then what was changed last.
    ///
    /// First those that have the very words: they come first anyway, and there may be enough of them. Then those with
    /// words that begin so. Where none has the words and hardly any beginnings, those with words that may be meant.
    pub async fn find(
        &self,
        reader: &mut Reader,
        access: Access<'_>,
        (query, within): (&Query, &Within),
        limit: usize,
    ) -> Result<Found> {
        let is_complete = self.is_complete(reader, access.caller.tenant).await?;
        let objects = access.schema.objects().iter().filter(|object| within.contains(object));
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
        let mut found = best(query, hits, limit);
        if found.hits.len() < limit {
            let more = self.in_documents(reader, access, (query, &places), limit).await?;
            let is_new = |hit: &Hit| !found.hits.iter().any(|known| known.id == hit.id);
            let more: Vec<Hit> = more.into_iter().filter(is_new).collect();
            found.hits.extend(more);
            found.hits.truncate(limit);
        }
        Ok(found)
    }
}

/// The best of the hits, in order, and what else may have been meant.
fn best(query: &Query, mut hits: Vec<Hit>, limit: usize) -> Found {
    hits.sort_by_key(|hit| Reverse((hit.id, hit.score)));
    hits.dedup_by_key(|hit| hit.id);
    let titled = query.groups.iter().map(|group| group.typed.as_str()).collect::<Vec<_>>().join(" ");
    hits.iter_mut().filter(|hit| fold::fold(&hit.title) == titled).for_each(|hit| hit.score += rank::CALLED_SO);
    hits.sort_by_key(|hit| Reverse((hit.score, hit.changed_at, hit.id)));
    let did_you_mean = suggest::suggest(query, &hits);
    hits.truncate(limit);
    Found { hits, did_you_mean }
}

fn place<'a>(access: Access<'a>, object: &'a Object, is_complete: bool) -> Option<Place<'a>> {
    if object.internal || !access.may_read(object) {
        return None;
    }
    let searched = visible::visible(&access, object);
    let title = titles::fields(&access, object);
    let known = |name: &str| object.field(name).filter(|field| access.may_know(object, field));
    let (owner, changed_at) = (known("owner"), known("updated_at"));
    let wanted: Vec<&Field> = searched.iter().chain(&title).copied().chain(owner).chain(changed_at).collect();
    let place = |wanted: &&Field| object.fields.iter().position(|field| field.name == wanted.name);
    let selection = Selection::new(access.schema, object, wanted.iter().filter_map(place).collect(), "r");
    let stamps = searched.len() + title.len();
    let (owner, changed_at) = (owner.map(|_| stamps), changed_at.map(|_| stamps + usize::from(owner.is_some())));
    let (part, is_restricted) = (Part::new(&access, object, is_complete), visible::is_restricted(&access, object));
    let place = Place { object, part, is_restricted, searched, title, selection, owner, changed_at };
    (!place.searched.is_empty()).then_some(place)
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
            let is_title =
                |at: usize| self.searched.get(at).is_some_and(|field| self.object.title.contains(&field.name));
            let words = Words::new(self.searched.iter().copied().zip(searched));
            let Some(score) = words.score(asked.0, asked.1, is_title) else { continue };
            let stamp = |place: Option<usize>| values.get(place?);
            let owner = stamp(self.owner).and_then(Value::link).map(|owner| owner.id);
            let is_own = owner.is_some() && owner == access.caller.principal.user();
            hits.push(Hit {
                object: self.object.name.clone(),
                id,
                title: self.title(access, named),
                score: score.points + if is_own { rank::OWN } else { 0 },
                matched: self.matched(&score, searched),
                file: None,
                meant: self.meant(&score, searched),
                changed_at: stamp(self.changed_at).and_then(Value::int).unwrap_or(0),
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
        titles::title(&access, self.object, &self.title, values.get(..self.title.len()).unwrap_or_default())
    }

    /// The fields that earned the score, with what is marked in them.
    fn matched(&self, score: &Score, values: &[Value]) -> Vec<Matched> {
        let marked = |place: usize| {
            let (field, value) = (self.searched.get(place)?, values.get(place)?);
            let terms: Vec<_> = score.earned.iter().map(|earned| &earned.term).collect();
            marks::matched(field, value, &terms)
        };
        score.places().into_iter().filter_map(marked).collect()
    }

    fn meant(&self, score: &Score, values: &[Value]) -> Vec<Meant> {
        let mistyped = score.earned.iter().filter_map(|earned| Some((earned.mistyped?, earned)));
        let meant = mistyped.map(|(group, earned)| {
            let place = self.searched.get(earned.place).zip(values.get(earned.place));
            let written = place.and_then(|(field, value)| marks::written(field, value, &earned.word));
            let word = earned.word.clone();
            Meant { group, written: written.unwrap_or_else(|| word.clone()), word }
        });
        meant.collect()
    }
}
