//! Views that are kept: which records of an object, which of their fields, in which order, grouped how; for oneself,
//! a team or everybody. Whoever uses one sees no more through it than without it.
//!
//! Not here: what a caller sees of an object, which is [`crate::view`].

mod check;
mod kept;
mod read;
mod shown;
mod through;

pub use check::Broken;
pub use kept::{change, create, delete};
pub(crate) use read::all_of;
pub use read::{get, list};

use crate::audience::Share;
pub use crate::audience::{Audience, RIGHTS};
use base::{Caller, Id, Timestamp};
use serde::{Deserialize, Serialize};

/// Characters of a name and of each text of a view, and entries of its lists.
pub(crate) const LONGEST_NAME: usize = 100;
pub(crate) const LONGEST_TEXT: usize = 10_000;
pub(crate) const MOST_COLUMNS: usize = 300;

/// What a view shows; each part as it would stand in the address of a list. Empty is what a list does by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Shape {
    pub columns: Vec<String>,
    pub filter: String,
    pub sort: String,
    /// As in a request for totals: `month(placed_at)`, and `sum(total),avg(total)`.
    pub group: String,
    pub totals: String,
}

impl Shape {
    /// Whether a field of this name may be meant anywhere in it.
    pub fn names(&self, field: &str) -> bool {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let texts = [&self.filter, &self.sort, &self.group, &self.totals];
        self.columns.iter().any(|column| column == field)
            || texts.iter().any(|text| text.split(|c| !is_word(c)).any(|word| word == field))
    }
}

/// A view as it is kept.
#[derive(Debug, Clone)]
pub struct SavedView {
    pub id: Id,
    /// The object's name.
    pub object: String,
    pub name: String,
    pub share: Share,
    pub shape: Shape,
    /// Lists of the object open with it, for its audience.
    pub is_default: bool,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What is given of a view; on a change, only what changes.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ViewInput {
    pub object: Option<String>,
    pub name: Option<String>,
    pub audience: Option<Audience>,
    pub team: Option<Id>,
    pub columns: Option<Vec<String>>,
    pub filter: Option<String>,
    pub sort: Option<String>,
    pub group: Option<String>,
    pub totals: Option<String>,
    #[serde(rename = "default")]
    pub is_default: Option<bool>,
}

/// The view that a caller's lists open with, among those of one object that they see: their own default, else that of
/// one of their teams, else that of all.
pub fn default_of<'a>(views: &'a [SavedView], caller: &Caller) -> Option<&'a SavedView> {
    let is_mine = |view: &&SavedView| view.share.team.is_none_or(|team| caller.plan.teams.contains(&team));
    let narrowest = |view: &&SavedView| match view.share.audience {
        Audience::Private => 0,
        Audience::Team => 1,
        Audience::All => 2,
    };
    views.iter().filter(|view| view.is_default).filter(is_mine).min_by_key(narrowest)
}

#[cfg(test)]
mod tests;
