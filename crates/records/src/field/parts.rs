//! What a field says beside its kind: how personal its values are, its choices, where it leads.

use crate::object::Labels;

/// How closely the law watches a field's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    /// Identifies or describes a person: name, address, number.
    Ordinary,
    /// Written about a person by others: notes.
    Opinion,
    /// Special categories (GDPR art. 9, 10): hidden from every role that does not name it.
    Special,
}

/// One choice of a choice field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As stored and filtered: `open`.
    pub code: String,
    pub labels: Labels,
    /// A name of the palette or `#rrggbb`: see [`super::colour`].
    pub colour: Option<String>,
    /// Stays where it is, and is not chosen any more.
    pub retired: bool,
}

impl Choice {
    /// A plain one that can be chosen.
    pub fn new(code: &str, labels: Labels) -> Choice {
        Choice { code: code.to_owned(), labels, colour: None, retired: false }
    }
}

/// Where a relation leads and what it is called from the other end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// The object at the other end; absent for a relation to any object.
    pub object: Option<String>,
    /// The to-many relation's name seen from there: `orders` for `orders.contact`.
    pub inverse: Option<String>,
    /// What that relation is called by people; the plural of the object at this end where nothing is said.
    pub inverse_labels: Option<Labels>,
    /// What happens here also stands on the time line of the record there.
    pub on_timeline: bool,
    /// A relation of an object to itself that makes a tree: no record stands above itself.
    pub hierarchy: bool,
    /// Links carry a role and its days (`Relations` only): "director", "accountant".
    pub roles: Option<Roles>,
}

/// What the linked ones may be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles {
    pub choices: Vec<Choice>,
    /// Any other text, too.
    pub open: bool,
}

impl Roles {
    /// Any text.
    pub fn free() -> Roles {
        Roles { choices: Vec::new(), open: true }
    }
}
