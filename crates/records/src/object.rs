//! An object definition: one representation for standard objects (declared in Rust) and custom ones (kept in the
//! database), in memory, over the API and in the screens.

use crate::{duplicates, field::Field, rules::Rule};
use base::Language;

/// What a thing is called, in the product's four languages. English is always there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    pub en: String,
    pub pl: Option<String>,
    pub fr: Option<String>,
    pub ro: Option<String>,
}

impl Labels {
    pub fn english(text: &str) -> Labels {
        Labels { en: text.to_owned(), ..Labels::default() }
    }

    /// In the order English, Polish, French, Romanian.
    pub fn all(en: &str, pl: &str, fr: &str, ro: &str) -> Labels {
        Labels { en: en.into(), pl: Some(pl.into()), fr: Some(fr.into()), ro: Some(ro.into()) }
    }

    pub fn in_language(&self, language: Language) -> &str {
        let own = match language {
            Language::English => None,
            Language::Polish => self.pl.as_deref(),
            Language::French => self.fr.as_deref(),
            Language::Romanian => self.ro.as_deref(),
        };
        own.unwrap_or(&self.en)
    }
}

/// Where the rows of an object lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// A table of its own: standard objects. Holds real columns and `custom`.
    Own(&'static str),
    /// The shared `record` table: custom objects, told apart by `object_id`.
    Shared,
}

/// A kind of record: contacts, orders, or something an administrator invented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Standard objects have small fixed numbers, custom ones ids of their own.
    pub id: i64,
    /// Plural, as in addresses and filters: `contacts`.
    pub name: String,
    pub singular: Labels,
    pub plural: Labels,
    pub table: Table,
    /// In the order of the screens. The system fields (id, owner, …) are among them.
    pub fields: Vec<Field>,
    /// The fields that name a record to a person, in order.
    pub title: Vec<String>,
    /// Known to filters by path only (`owner.name`); has no address under `/records`.
    pub internal: bool,
    pub custom: bool,
    /// In the bin, with its records: nobody knows of it.
    pub deleted: bool,
    /// What no record may be.
    pub rules: Vec<Rule>,
    /// When two of its records may be the same, where administrators have said so.
    pub duplicates: Option<duplicates::Rules>,
}

impl Object {
    /// A standard object: its own fields, then the system fields that every record has.
    ///
    /// Field ids are made from the names, which never change, so that the order of a list means nothing.
    pub fn standard(id: i64, name: &str, table: &'static str, labels: (Labels, Labels), fields: Vec<Field>) -> Object {
        let mut object = Object {
            id,
            name: name.to_owned(),
            singular: labels.0,
            plural: labels.1,
            table: Table::Own(table),
            fields,
            title: Vec::new(),
            internal: false,
            custom: false,
            deleted: false,
            rules: Vec::new(),
            duplicates: None,
        };
        object.fields.extend(crate::standard::system_fields(name));
        object.number_fields();
        object
    }

    /// The fields that name a record to a person.
    pub fn titled(mut self, fields: &[&str]) -> Object {
        self.title = fields.iter().map(|&name| name.to_owned()).collect();
        self
    }

    pub(crate) fn number_fields(&mut self) {
        for field in self.fields.iter_mut().filter(|field| field.id == 0) {
            field.id = stable_id(&format!("{}.{}", self.name, field.name));
        }
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name && !field.deleted)
    }

    /// The fields that make trees of its records, with their places. Those in the bin are among them.
    pub fn hierarchies(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| field.is_hierarchy())
    }

    /// The table's name in SQL.
    pub fn table_name(&self) -> &'static str {
        match self.table {
            Table::Own(name) => name,
            Table::Shared => "record",
        }
    }
}

/// A number below 2^48 that stands for a name: FNV-1a, folded. Far below the record ids.
fn stable_id(name: &str) -> i64 {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    i64::try_from((hash >> 48) ^ (hash & 0xffff_ffff_ffff)).unwrap_or_default()
}
