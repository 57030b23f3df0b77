//! Which objects a search is about: those that its text names before the first colon (`orders: 2024-`). Pure.

use crate::{object::Object, permissions::Access};
use base::{Error, Language, Result, fold, message};

/// The objects that are searched: all, or some by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Within(Option<Vec<i64>>);

impl Within {
    /// All objects that the caller may see.
    pub fn everything() -> Within {
        Within(None)
    }

    /// The objects of a parameter: names, separated by commas. Nothing said: all.
    ///
    /// # Errors
    /// An object that is not there, or not for this caller.
    pub fn parse(access: &Access, text: Option<&str>) -> Result<Within> {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(Within(None)) };
        let find = |name: &str| {
            let found = readable(access).find(|object| object.name == name).map(|object| object.id);
            found.ok_or_else(|| Error::field("object", message!("search-object-unknown", object = name)))
        };
        text.split(',').map(|name| find(name.trim())).collect::<Result<Vec<_>>>().map(|ids| Within(Some(ids)))
    }

    /// The objects that a text names before its first colon, in any language, and what is to be found in them. Where
    /// nothing is called so, the whole text is to be found.
    pub fn split<'t>(self, access: &Access, text: &'t str) -> (Within, &'t str) {
        let Some((name, rest)) = text.split_once(':') else { return (self, text) };
        let key = fold::fold(name);
        let named: Vec<i64> =
            readable(access).filter(|object| is_called(object, &key)).map(|object| object.id).collect();
        if named.is_empty() {
            return (self, text);
        }
        let both = |ids: Vec<i64>| ids.into_iter().filter(|id| named.contains(id)).collect();
        (Within(Some(self.0.map_or_else(|| named.clone(), both))), rest)
    }

    pub fn contains(&self, object: &Object) -> bool {
        self.0.as_ref().is_none_or(|ids| ids.contains(&object.id))
    }
}

fn readable<'a>(access: &Access<'a>) -> impl Iterator<Item = &'a Object> {
    access.schema.objects().iter().filter(|object| !object.internal && access.may_read(object))
}

/// By its name or a label, one or many, whatever the caller's language is.
fn is_called(object: &Object, key: &str) -> bool {
    let labels = Language::ALL.into_iter().flat_map(|language| {
        [object.singular.in_language(language), object.plural.in_language(language)].map(fold::fold)
    });
    !key.is_empty() && (object.name == key || labels.into_iter().any(|label| label == key))
}
