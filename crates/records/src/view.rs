//! What one caller sees of one object: which fields, by which columns, under which names. Worked out once for a plan
//! of rights and kept as long as the definitions stand.

use crate::{
    catalog::Catalog, json::Column, layout::Selection, object::Object, permissions::Access, query::with_twins,
    schema::Schema,
};
use base::{AccessPlan, FieldRule};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The wanted fields of an object, ready to be selected and written.
#[derive(Debug)]
pub struct View {
    pub selection: Selection,
    pub columns: Vec<Column>,
}

/// Views of callers, by their plan, the object and the fields that they asked for.
#[derive(Debug, Default)]
pub struct Views(Mutex<HashMap<Key, Kept>>);

/// The plan's address stands for the plan: what is kept beside it keeps it from being given to another.
type Key = (usize, i64, Option<String>);

#[derive(Debug)]
struct Kept {
    _plan: Arc<AccessPlan>,
    view: Arc<View>,
}

/// More views than these are not kept: whoever asks for ever new fields waits for them himself.
const MOST: usize = 1_000;

impl View {
    /// Of fields (indexes into [`Object::fields`]) that the caller may see.
    pub fn new(access: &Access, object: &Object, fields: &[usize]) -> View {
        let schema: &Schema = access.schema;
        let selection = Selection::new(schema, object, with_twins(object, fields), "r");
        let column = |&at: &usize| {
            let field = object.fields.get(at)?;
            let rule = if access.may_know(object, field) { FieldRule::Read } else { FieldRule::Masked };
            Column::new(object, at, rule, &selection)
        };
        let columns = fields.iter().filter_map(column).collect();
        View { selection, columns }
    }
}

impl Views {
    /// The kept view, or a new one made of what `make` answers.
    pub fn get(
        &self,
        access: &Access,
        object: &Object,
        wanted: Option<&str>,
        make: impl FnOnce() -> base::Result<Vec<usize>>,
    ) -> base::Result<Arc<View>> {
        let plan = &access.caller.plan;
        let key = (Arc::as_ptr(plan).addr(), object.id, wanted.map(str::to_owned));
        if let Some(kept) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(&kept.view));
        }
        let view = Arc::new(View::new(access, object, &make()?));
        let mut views = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if views.len() >= MOST {
            views.clear();
        }
        views.insert(key, Kept { _plan: Arc::clone(plan), view: Arc::clone(&view) });
        Ok(view)
    }
}

impl Catalog {
    pub fn views(&self) -> &Views {
        &self.views
    }
}
