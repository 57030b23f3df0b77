//! Templates of records: values that a new record begins with, kept under a name for oneself, a team or everybody.
//! Whoever uses one writes no more through it than without it.
//!
//! Not here: how a record is made, which is the one write path.

mod filled;
mod kept;
mod read;
mod relative;

pub use filled::{begun_with, of_record};
pub use kept::{change, create, delete};
pub(crate) use read::shared;
pub use read::{get, list};

use crate::{
    audience::{Audience, Share},
    object::Object,
    permissions::Access,
};
use base::{Id, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

/// Characters of a name.
const LONGEST_NAME: usize = 100;
/// Bytes of all values of a template, as JSON.
const MOST_BYTES: usize = 100_000;

/// A template as it is kept.
#[derive(Debug, Clone)]
pub struct Template {
    pub id: Id,
    /// The object's name.
    pub object: String,
    pub name: String,
    pub share: Share,
    /// By field, as the API takes them; days may be counted from the day of use.
    pub values: Map<String, Json>,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What is given of a template; on a change, only what changes.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateInput {
    pub object: Option<String>,
    pub name: Option<String>,
    #[serde(alias = "shared")]
    pub audience: Option<Audience>,
    pub team: Option<Id>,
    pub values: Option<Map<String, Json>>,
    /// A record whose values it begins with.
    pub from: Option<Id>,
}

/// Whether a caller is shown the value of a field.
fn is_shown(access: &Access<'_>, object: &Object, name: &str) -> bool {
    object.field(name).is_some_and(|field| access.may_know(object, field))
}

impl Template {
    /// As the API shows it to a caller: without the values of fields that they may not know.
    pub fn to_json(&self, access: &Access<'_>, object: &Object) -> Json {
        let mut values = self.values.clone();
        values.retain(|name, _| is_shown(access, object, name));
        json!({
            "id": self.id,
            "object": self.object,
            "name": self.name,
            "audience": self.share.audience,
            "team": self.share.team,
            "owner": self.share.owner,
            "values": values,
            "can_change": self.share.may_be_changed_by(access.caller),
            "version": self.version,
            "created_at": self.created_at.rfc3339(),
            "updated_at": self.updated_at.rfc3339(),
        })
    }
}
