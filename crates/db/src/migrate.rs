//! Brings a database's schema up to date: forward only, one transaction each, written into a journal.
//!
//! The texts stand in `/migrations`; how to write one is in its `README.md`. Not here: what the tables mean.

pub(crate) mod portable;
mod postgres;
mod sqlite;

pub(crate) use postgres::{migrate as postgres, trust_functions as trust};
pub(crate) use sqlite::migrate as sqlite;

use crate::Dialect;
use base::{Error, Result, message};
use sha2::{Digest, Sha256};

/// One step of the schema. The file's name gives number and name.
pub(crate) struct Migration {
    pub file: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// `migration!("0001_name")` is one text for both databases; `migration!("0001_name", each)` is one text for each.
macro_rules! migration {
    ($file:literal) => {
        Migration {
            file: $file,
            sqlite: include_str!(concat!("../../../migrations/", $file, ".sql")),
            postgres: include_str!(concat!("../../../migrations/", $file, ".sql")),
        }
    };
    ($file:literal, each) => {
        Migration {
            file: $file,
            sqlite: include_str!(concat!("../../../migrations/", $file, ".sqlite.sql")),
            postgres: include_str!(concat!("../../../migrations/", $file, ".postgres.sql")),
        }
    };
}

/// All steps, in order. A new one is one line here.
pub(crate) const ALL: &[Migration] = &[
    migration!("0001_ground"),
    migration!("0002_jobs"),
    migration!("0003_identity"),
    migration!("0004_records"),
    migration!("0005_customers"),
    migration!("0006_sales"),
    migration!("0007_search", each),
    migration!("0008_import"),
    migration!("0009_bulk"),
    migration!("0010_duplicate"),
    migration!("0011_counter"),
    migration!("0012_next_slot"),
    migration!("0013_search_scope"),
    migration!("0014_import_mapping"),
    migration!("0015_import_filled"),
    migration!("0016_by_action"),
    migration!("0017_definition_bin"),
    migration!("0018_file"),
    migration!("0019_recent"),
    migration!("0020_object_layout"),
    migration!("0021_import_made"),
    migration!("0022_saved_view"),
    migration!("0023_derived_fill"),
    migration!("0024_comment"),
    migration!("0025_notice"),
    migration!("0027_options_and_conversions"),
    migration!("0028_relations"),
    migration!("0030_export_schedule"),
];

/// The journal, made before anything else.
const JOURNAL: &str = "CREATE TABLE IF NOT EXISTS migration (
    number BIGINT NOT NULL PRIMARY KEY,
    name   TEXT   NOT NULL,
    digest TEXT   NOT NULL,
    at     BIGINT NOT NULL
)";

/// A line of the journal.
struct Applied {
    number: i64,
    name: String,
    digest: String,
}

impl Migration {
    fn number(&self) -> i64 {
        self.file.split('_').next().and_then(|digits| digits.parse().ok()).unwrap_or_default()
    }

    fn name(&self) -> &'static str {
        self.file.split_once('_').map_or(self.file, |(_, name)| name)
    }

    fn source(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }

    fn text(&self, dialect: Dialect) -> String {
        portable::schema_text(dialect, self.source(dialect))
    }

    fn digest(&self, dialect: Dialect) -> String {
        hex(&Sha256::digest(self.source(dialect)))
    }
}

/// Names the whole schema: two programs with the same answer make the same tables.
pub(crate) fn fingerprint(dialect: Dialect) -> String {
    let all: String = ALL.iter().map(|migration| migration.file.to_owned() + &migration.digest(dialect)).collect();
    hex(&Sha256::digest(all))[..16].to_owned()
}

/// What is still to be done, after making sure that what was done is what this program knows.
fn pending(dialect: Dialect, journal: &[Applied], all: &'static [Migration]) -> Result<Vec<&'static Migration>> {
    for applied in journal {
        let Some(known) = all.iter().find(|migration| migration.number() == applied.number) else {
            let (number, name) = (applied.number, &applied.name);
            return Err(Error::Conflict(message!("db-schema-newer", number = number, name = name)));
        };
        if known.digest(dialect) != applied.digest {
            return Err(Error::Conflict(message!("db-migration-changed", name = known.file)));
        }
    }
    Ok(all.iter().filter(|m| journal.iter().all(|applied| applied.number != m.number())).collect())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
