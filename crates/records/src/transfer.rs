//! Files in and out, as pure machinery: finding out how a file is written, reading rows from bytes that arrive in
//! pieces, matching columns with fields, and writing CSV, NDJSON,
//! XLSX and vCards. Memory stays bounded whatever the file holds.
//!
//! Not here: what a row does to the records (that is the import), and where bytes come from and go to.

mod also;
mod cards;
mod csv;
mod detect;
mod errors;
mod format;
mod guard;
mod guess;
mod header;
mod map_file;
mod mapping;
mod ndjson;
mod presets;
mod rows;
mod suggest;
mod synonyms;
mod wide;
mod workbook;

#[cfg(test)]
mod tests;

pub use also::Also;
pub use cards::CardWriter;
pub use csv::CsvWriter;
pub use detect::{Detected, SAMPLE_BYTES, detect};
pub use errors::{ErrorFile, RowError};
pub use format::{Encoding, Format};
pub use guess::{Looks, date_pattern};
pub use header::Header;
pub use map_file::{AlsoTold, FileHints, MapFile, Told, Unknown};
pub use mapping::{Column, Key, Mapping, Place, Source};
pub use ndjson::NdjsonWriter;
pub use presets::Preset;
pub use rows::{Cells, MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROW_BYTES, Row, Rows, Start};
pub use suggest::{Reason, Suggestion, Target, suggest};
pub use synonyms::plain;
pub use workbook::WorkbookWriter;
