//! vCards out: what of a contact stands on a card.

use crate::{
    field::Field,
    fields::{self, Objects},
    value::{Link, Value},
};
use base::Id;
use formats::cards::{Person, PostalAddress, write};
use std::collections::HashMap;

/// Writes contacts as cards.
#[derive(Debug, Default)]
pub struct CardWriter {
    out: String,
    /// The companies' names, as far as the caller may see them.
    pub companies: HashMap<Id, String>,
}

impl CardWriter {
    pub fn values<'a>(&mut self, id: Id, row: impl Iterator<Item = (&'a Field, &'a Value)>, objects: &Objects) {
        let (mut person, mut address) = (Person { id: id.to_string(), ..Person::default() }, PostalAddress::default());
        let mut further = Vec::new();
        for (field, value) in row {
            let text = || fields::to_text(field, value, objects);
            let each =
                || value.each().iter().map(|one| fields::kind(field.kind).to_text(field, one, objects)).collect();
            match field.name.as_str() {
                _ if value.is_empty() => {}
                "first_name" => person.first_name = text(),
                "last_name" => person.last_name = text(),
                "job_title" => person.job_title = text(),
                "company" => person.company = self.company(value.link()),
                // The first and the many are twins; where both are asked for, the many say more.
                "email" if person.emails.is_empty() => person.emails = vec![text()],
                "phone" if person.phones.is_empty() => person.phones = vec![text()],
                "emails" => person.emails = each(),
                "phones" => person.phones = each(),
                "street" => address.street = text(),
                "postcode" => address.postcode = text(),
                "city" => address.city = text(),
                "region" => address.region = text(),
                "country" => address.country = text(),
                "addresses" => further = value.each().iter().filter_map(postal).collect(),
                "birth_date" => person.birth_date = text(),
                "external_id" => person.id = text(),
                _ => {}
            }
        }
        if address != PostalAddress::default() {
            person.addresses.push(address);
        }
        person.addresses.append(&mut further);
        write(&person, &mut self.out);
    }

    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out).into_bytes()
    }

    fn company(&self, link: Option<&Link>) -> String {
        link.and_then(|link| self.companies.get(&link.id)).cloned().unwrap_or_default()
    }
}

fn postal(value: &Value) -> Option<PostalAddress> {
    let Value::Address(address) = value else { return None };
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    Some(PostalAddress {
        label: part(&address.label),
        street: part(&address.street),
        postcode: part(&address.postcode),
        city: part(&address.city),
        region: part(&address.region),
        country: part(&address.country),
    })
}
