//! Exports on a schedule: the same file, written out anew each day, week or month with the rights that whoever asked
//! for it has by then, and kept until enough younger ones are there.
//!
//! A schedule whose owner may no longer export is stopped and says why. Not here: what a file holds (`export`), and
//! where contents lie (`files`).

mod change;
mod check;
mod ended;
mod every;
mod read;
mod run;
mod runs;
mod turn;

pub use change::{change, create, delete};
pub use every::{Every, EveryInput, Unit, Weekday};
pub use read::{get, list};
pub use run::job_kind;
pub use runs::{Run, download, list as list_runs, run_now};
pub use turn::take_up;

use crate::export::FileFormat;
use base::{Id, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// What is written out each time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub filter: Option<String>,
    /// A saved view, by its id.
    pub view: Option<String>,
    /// All that the owner sees, where none is named.
    #[serde(default)]
    pub fields: Vec<String>,
    pub format: FileFormat,
    pub every: Every,
    /// How many files are kept.
    pub keep: i64,
}

/// A schedule as it is kept.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub id: Id,
    pub name: String,
    /// The object's number.
    pub object: i64,
    pub shape: Shape,
    pub is_enabled: bool,
    /// Why it was stopped by itself, in its owner's language.
    pub disabled_reason: Option<String>,
    /// Grows with each file and each change: what was planned for an earlier turn is off.
    pub turn: i64,
    pub next_at: Option<Timestamp>,
    pub version: i64,
    pub created_by: Id,
    pub created_at: Timestamp,
}

/// What is given of a schedule; on a change, only what changes. An empty text takes a filter or a view away.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScheduleInput {
    pub name: Option<String>,
    pub object: Option<String>,
    pub filter: Option<String>,
    pub view: Option<String>,
    pub fields: Option<Vec<String>>,
    pub format: Option<FileFormat>,
    pub every: Option<EveryInput>,
    pub keep: Option<i64>,
    pub enabled: Option<bool>,
}

impl Shape {
    /// The fields as they would stand in an address.
    fn fields(&self) -> Option<String> {
        (!self.fields.is_empty()).then(|| self.fields.join(","))
    }
}

impl Schedule {
    /// As the API shows it; the object by its name, or nothing where it is gone.
    pub fn to_json(&self, object: Option<&str>) -> Json {
        json!({
            "id": self.id,
            "name": self.name,
            "object": object,
            "filter": self.shape.filter,
            "view": self.shape.view,
            "fields": self.shape.fields,
            "format": self.shape.format,
            "every": self.shape.every,
            "keep": self.shape.keep,
            "enabled": self.is_enabled,
            "disabled_reason": self.disabled_reason,
            "next_at": self.next_at.filter(|_| self.is_enabled).map(Timestamp::rfc3339),
            "created_by": self.created_by,
            "created_at": self.created_at.rfc3339(),
            "version": self.version,
        })
    }
}
