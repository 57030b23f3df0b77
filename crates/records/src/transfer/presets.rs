//! Maps for the exports of other products: which of their columns fills which field of ours. Names are compared without
//! case, accents and marks; where several columns fill one field, the first that the file has does.
//!
//! People who own a record and states of tasks are left out: they mean nothing here before somebody says what.

mod espocrm;
mod hubspot;
mod odoo;
mod pipedrive;
mod salesforce;
mod suitecrm;
mod twenty;

use super::{
    header::Header,
    map_file::{FileHints, MapFile, Told},
    synonyms::plain,
};

/// The exports of one product.
pub struct Preset {
    pub name: &'static str,
    /// Columns that only it has, bars between them.
    markers: &'static str,
    objects: &'static [(&'static str, Fields)],
}

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

    /// The columns of the file that fill a field, with it; `None` where the product has no such object.
    pub fn columns(&self, object: &str, header: &Header) -> Option<Vec<(usize, &'static str)>> {
        let (_, fields) = self.objects.iter().find(|(name, _)| *name == object)?;
        let names: Vec<String> = header.names().iter().map(|name| plain(name)).collect();
        let column = |columns: &str| columns.split('|').find_map(|column| names.iter().position(|name| name == column));
        Some(fields.iter().filter_map(|(field, columns)| Some((column(columns)?, *field))).collect())
    }

    /// The same as a map.
    pub fn map(&self, object: &str, header: &Header) -> Option<MapFile> {
        let told = |(at, field): (usize, &str)| Some((field.to_owned(), Told::column(header.names().get(at)?)));
        let fields = self.columns(object, header)?.into_iter().filter_map(told).collect();
        Some(MapFile { file: FileHints::default(), fields, also: Vec::new() })
    }
}
