//! Maps for the exports of other products: which of their columns fills which field of ours. Names are compared without
//! case, accents and marks; where several columns fill one field, the first that the file has does.
//!
//! People, states, and the records that notes and tasks are about may mean nothing here: their cells are left then, and
//! counted. What was held against which papers stands in `docs/import.md`.

mod espocrm;
mod hubspot;
mod odoo;
mod pipedrive;
mod salesforce;
mod suitecrm;
mod twenty;

use super::{
    header::Header,
    map_file::{FileHints, MapFile, Told, Unknown},
    synonyms::plain,
};

/// The exports of one product.
pub struct Preset {
    pub name: &'static str,
    /// Columns that only it has, bars between them.
    markers: &'static str,
    objects: &'static [(&'static str, Fields)],
    /// What its states are here, by our field.
    values: &'static [(&'static str, Fields)],
}

/// Fields whose cells may mean nothing here.
const LEFT: [&str; 5] = ["owner", "assignee", "about", "status", "priority"];

/// States and priorities that several products have.
const PRIORITIES: (&str, Fields) =
    ("priority", &[("low", "low"), ("medium", "normal"), ("normal", "normal"), ("high", "high"), ("urgent", "high")]);

/// Our fields, each with the columns that may fill it.
type Fields = &'static [(&'static str, &'static str)];

const PRESETS: [&Preset; 7] = [
    &hubspot::PRESET,
    &pipedrive::PRESET,
    &salesforce::PRESET,
    &espocrm::PRESET,
    &suitecrm::PRESET,
    &odoo::PRESET,
    &twenty::PRESET,
];

impl Preset {
    /// `hubspot`, in any case.
    pub fn named(name: &str) -> Option<&'static Preset> {
        PRESETS.into_iter().find(|preset| preset.name.eq_ignore_ascii_case(name.trim()))
    }

    pub fn names() -> String {
        PRESETS.map(|preset| preset.name).join(", ")
    }

    /// The product whose export of the object has such a header: one that has a column of its own, and fits best.
    pub fn detect(object: &str, header: &Header) -> Option<&'static Preset> {
        let names: Vec<String> = header.names().iter().map(|name| plain(name)).collect();
        let is_marked =
            |preset: &&Preset| preset.markers.split('|').any(|marker| names.iter().any(|name| name == marker));
        let fit = |preset: &&Preset| preset.columns(object, header).map_or(0, |columns| columns.len());
        PRESETS.into_iter().filter(is_marked).rev().max_by_key(fit).filter(|preset| fit(preset) > 1)
    }

    /// The columns of the file that fill a field, with it, each field once; `None` where the product has no such
    /// object.
    pub fn columns(&self, object: &str, header: &Header) -> Option<Vec<(usize, &'static str)>> {
        let (_, fields) = self.objects.iter().find(|(name, _)| *name == object)?;
        let names: Vec<String> = header.names().iter().map(|name| plain(name)).collect();
        let column = |columns: &str| columns.split('|').find_map(|column| names.iter().position(|name| name == column));
        let mut found: Vec<(usize, &'static str)> = Vec::new();
        for (field, columns) in fields.iter() {
            let is_filled = found.iter().any(|(_, other)| base_of(other) == base_of(field));
            found.extend(column(columns).filter(|_| !is_filled).map(|at| (at, *field)));
        }
        Some(found)
    }

    /// What a map says of a column that fills a field.
    pub fn told(&self, field: &str, column: &str) -> Told {
        let unknown = if LEFT.contains(&base_of(field)) { Unknown::Leave } else { Unknown::Fail };
        let values = self.values.iter().find(|(name, _)| *name == field).map_or(&[][..], |(_, values)| values);
        let values = values.iter().map(|(theirs, ours)| ((*theirs).to_owned(), (*ours).to_owned())).collect();
        Told { unknown, values, ..Told::column(column) }
    }

    /// The same as a map.
    pub fn map(&self, object: &str, header: &Header) -> Option<MapFile> {
        let told = |(at, field): (usize, &str)| Some((field.to_owned(), self.told(field, header.names().get(at)?)));
        let fields = self.columns(object, header)?.into_iter().filter_map(told).collect();
        Some(MapFile { file: FileHints::default(), fields, also: Vec::new() })
    }
}

/// The field without what it is found by: `about` of `about.contacts.external_id`.
fn base_of(field: &str) -> &str {
    field.split_once('.').map_or(field, |(base, _)| base)
}
