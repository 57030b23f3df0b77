//! All object definitions of one tenant, with its settings: what parsing, checking and compiling look things up in.

use crate::{
    field::{Field, Kind},
    fields::{Objects, Patterns, Reading},
    object::Object,
};
use std::{collections::HashMap, sync::Arc};

/// Changes as a whole; shared behind an `Arc` until it does.
#[derive(Debug, Clone)]
pub struct Schema {
    objects: Vec<Object>,
    by_name: HashMap<String, usize>,
    by_id: HashMap<i64, usize>,
    names: Arc<Objects>,
    patterns: Arc<Patterns>,
    pub settings: Settings,
}

/// The company's own choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub company: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// ISO 4217: what amounts are compared in.
    pub base_currency: String,
    /// IANA name.
    pub time_zone: String,
    pub languages: Vec<String>,
    /// Fields may keep the numbers that states give to people (PESEL, CNP).
    pub allow_national_ids: bool,
    /// Days that deleted objects and fields stay in the bin.
    pub definition_bin_days: i64,
    /// The largest file, in megabytes (2^20 bytes).
    pub file_limit_mb: i64,
    /// What all files may take together, in megabytes; no bound where absent.
    pub file_quota_mb: Option<i64>,
}

/// A to-many relation seen from the object it hangs on: `orders` of contacts.
#[derive(Debug, Clone, Copy)]
pub struct Inverse<'a> {
    /// The object at the other end: orders.
    pub object: &'a Object,
    /// The field there that points here: `orders.contact`.
    pub field: &'a Field,
}

impl Inverse<'_> {
    /// Its name, as filters write it.
    pub fn name(&self) -> Option<&str> {
        self.field.target.as_ref()?.inverse.as_deref()
    }
}

impl Schema {
    pub fn new(objects: Vec<Object>, settings: Settings) -> Schema {
        let living = objects.iter().filter(|object| !object.deleted);
        let names = Arc::new(Objects::new(living.map(|object| (object.id, object.name.as_str()))));
        let by_name = objects.iter().enumerate().filter(|(_, object)| !object.deleted);
        let by_name = by_name.map(|(at, object)| (object.name.clone(), at)).collect();
        let by_id = objects.iter().enumerate().map(|(at, object)| (object.id, at)).collect();
        let fields = objects.iter().flat_map(|object| &object.fields).filter(|field| field.kind != Kind::AutoNumber);
        let patterns = Arc::new(Patterns::new(fields.filter_map(|field| field.pattern.as_deref())));
        Schema { objects, by_name, by_id, names, patterns, settings }
    }

    pub fn objects(&self) -> &[Object] {
        &self.objects
    }

    pub fn object(&self, name: &str) -> Option<&Object> {
        self.by_name.get(name).and_then(|&at| self.objects.get(at))
    }

    pub fn object_by_id(&self, id: i64) -> Option<&Object> {
        self.by_id.get(&id).and_then(|&at| self.objects.get(at))
    }

    /// The object that a reference field leads to; `None` for a relation to any object.
    pub fn target(&self, field: &Field) -> Option<&Object> {
        match field.kind {
            Kind::User => self.object("users"),
            Kind::Team => self.object("teams"),
            _ => self.object(field.target.as_ref()?.object.as_deref()?),
        }
    }

    /// The to-many relation `name` of an object: some field elsewhere that points here and names its inverse so.
    /// A relation to any object (`tasks.about`) is a to-many relation of every object.
    pub fn inverse<'a>(&'a self, of: &'a Object, name: &str) -> Option<Inverse<'a>> {
        self.inverses(of).find(|inverse| inverse.name() == Some(name))
    }

    /// All to-many relations of an object.
    pub fn inverses<'a>(&'a self, of: &'a Object) -> impl Iterator<Item = Inverse<'a>> {
        self.objects.iter().filter(|object| !object.internal).flat_map(move |object| {
            let leads_here = move |field: &&Field| {
                field.target.as_ref().is_some_and(|target| {
                    target.inverse.is_some() && target.object.as_ref().is_none_or(|name| *name == of.name)
                })
            };
            object.fields.iter().filter(leads_here).map(move |field| Inverse { object, field })
        })
    }

    /// The objects by name and number: what values are written with.
    pub fn names(&self) -> &Objects {
        &self.names
    }

    /// How values are read for this company.
    pub fn reading(&self) -> Reading {
        let zone = jiff::tz::TimeZone::get(&self.settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
        Reading {
            country: self.settings.country.clone(),
            record_country: None,
            national_ids: self.settings.allow_national_ids,
            currency: self.settings.base_currency.clone(),
            zone,
            dates: None,
            decimal_comma: false,
            round: false,
            objects: Arc::clone(&self.names),
            patterns: Arc::clone(&self.patterns),
        }
    }
}
