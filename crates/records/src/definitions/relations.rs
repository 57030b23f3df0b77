//! The to-many relations of an object, from both ends: what its related lists are.

use super::labels_json;
use crate::{
    field::{Field, Kind},
    object::{Labels, Object},
    permissions::Access,
};
use serde_json::{Value as Json, json};

/// A relation to many records, seen from one object.
#[derive(Debug, Clone, Copy)]
pub struct ToMany<'a> {
    /// As filters write it: `orders`.
    pub name: &'a str,
    /// Whose records it leads to.
    pub object: &'a Object,
    /// The field that keeps it: of this object, or of the one at the other end.
    pub field: &'a Field,
    pub is_own: bool,
    pub labels: &'a Labels,
}

/// Those that the caller may know of: the object's own first, then those that lead to it from elsewhere.
pub fn to_many<'a>(access: &Access<'a>, object: &'a Object) -> Vec<ToMany<'a>> {
    let schema = access.schema;
    let knows = |object: &Object, field: &Field| !field.deleted && access.may_know(object, field);
    let own = object.fields.iter().filter(|field| field.kind == Kind::Relations && knows(object, field));
    let own = own.filter_map(|field| {
        let target = schema.target(field).filter(|target| access.may_read(target))?;
        Some(ToMany { name: &field.name, object: target, field, is_own: true, labels: &field.labels })
    });
    let inverses = schema.inverses(object).filter(|inverse| access.may_read(inverse.object));
    let inverses = inverses.filter(|inverse| knows(inverse.object, inverse.field)).filter_map(|inverse| {
        let target = inverse.field.target.as_ref()?;
        let labels = target.inverse_labels.as_ref().unwrap_or(&inverse.object.plural);
        let name = target.inverse.as_deref()?;
        Some(ToMany { name, object: inverse.object, field: inverse.field, is_own: false, labels })
    });
    own.chain(inverses).collect()
}

impl ToMany<'_> {
    /// As the API describes it.
    pub fn json(&self) -> Json {
        json!({
            "name": self.name, "object": self.object.name, "field": self.field.name, "own": self.is_own,
            "label": labels_json(self.labels),
        })
    }
}
