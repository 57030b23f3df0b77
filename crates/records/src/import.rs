//! Imports: a file is kept, its columns are matched, and its rows go in slices through the one write path.
//!
//! The rows of a slice, their errors and the place in the file commit together, so that an import goes on after any
//! crash and no row is there twice. Not here: bytes and cells (`transfer`), and what a ledger's row means (`sales`).

mod account;
mod alike;
mod also;
mod beside;
mod cells;
mod end;
mod filled;
mod fingerprint;
mod groundwork;
mod kept;
mod known;
mod looked;
mod making;
pub mod mappings;
mod mended;
mod plan;
mod preview;
mod progress;
mod related;
mod rows;
mod run;
mod scopes;
mod slices;
mod tally;
mod unfolded;
mod upload;
mod verify;
mod written;

pub use end::forget_cut_off;
pub use fingerprint::Fingerprint;
pub use kept::{Asked, Import, Mode, State, find, list};
pub use looked::{Again, Verified};
pub(crate) use making::key_field;
pub use mended::error_file;
pub use plan::{Outcome, Plan, Planned, Planner, RawRow};
pub use run::{JOB, job_kind};
pub use upload::{Upload, begin};

use crate::{catalog::Catalog, fields::Reading, transfer::Header};
use base::{Caller, Result};
use std::sync::Arc;

/// An import of another kind than the records of one object: `transactions`.
#[derive(Clone, Copy)]
pub struct ImportKind {
    /// As in the address `/imports/transactions`.
    pub name: &'static str,
    /// Reads the map and holds it against the file's header. The reading is that of the map's `[file]`.
    pub prepare: fn(&Preparing) -> Result<Arc<dyn Planner>>,
    /// The fields that the map wants and that may have to be made first.
    pub fields: fn(&Preparing) -> Result<Vec<WantedField>>,
}

/// A custom field that an import fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedField {
    pub object: &'static str,
    pub name: String,
    /// The name of a [`crate::field::Kind`].
    pub kind: String,
    /// The column whose values become its choices, if it is one.
    pub column: usize,
}

/// What a planner is made from.
pub struct Preparing<'a> {
    pub catalog: &'a Catalog,
    pub header: &'a Header,
    /// The map as it was given.
    pub map: Option<&'a str>,
    pub match_by: Option<&'a str>,
    pub preset: Option<&'a str>,
    /// The object, for plain imports.
    pub object: &'a str,
    /// How the file's values are read.
    pub reading: &'a Reading,
    /// The action of this import.
    pub action: base::Id,
    pub mode: Mode,
    pub dry_run: bool,
    /// Who imports.
    pub caller: &'a Caller,
}

impl<'a> Preparing<'a> {
    fn new(
        caller: &'a Caller,
        catalog: &'a Catalog,
        object: &'a str,
        asked: &'a Asked,
        header: &'a Header,
        reading: &'a Reading,
        action: base::Id,
    ) -> Preparing<'a> {
        Preparing {
            catalog,
            header,
            map: asked.map.as_deref(),
            match_by: asked.match_by.as_deref(),
            preset: asked.preset.as_deref(),
            object,
            reading,
            action,
            mode: asked.mode,
            dry_run: asked.dry_run,
            caller,
        }
    }
}
