//! What of a card becomes a field of a contact.

use super::line::Property;
use crate::{Findings, dates};

/// The columns, by the names of our fields; what is written about a person is a note of its own.
pub const HEADER: [&str; 15] = [
    "first_name",
    "last_name",
    "company",
    "job_title",
    "emails",
    "phones",
    "street",
    "postcode",
    "city",
    "region",
    "country",
    "addresses",
    "birth_date",
    "external_id",
    "notes.body",
];

#[derive(Debug, Default)]
pub struct Card {
    first_name: String,
    last_name: String,
    shown_name: String,
    company: String,
    job_title: String,
    role: String,
    emails: Vec<(u32, String)>,
    phones: Vec<(u32, String)>,
    addresses: Vec<(u32, Address)>,
    birth_date: String,
    external_id: String,
    notes: Vec<String>,
}

#[derive(Debug, Default)]
struct Address {
    label: String,
    /// Street, postcode, city, region, country.
    parts: [String; 5],
}

impl Card {
    pub fn take(&mut self, property: Property, findings: &mut Findings) {
        let is_known = match property.name.as_str() {
            _ if property.is_cut => false,
            "FN" => keep(&mut self.shown_name, property.text()),
            "N" => self.name(&property.parts()),
            "ORG" => keep(&mut self.company, property.parts().into_iter().next().unwrap_or_default()),
            "TITLE" => keep(&mut self.job_title, property.text()),
            "ROLE" => keep(&mut self.role, property.text()),
            "NOTE" => {
                self.notes.push(property.text().trim().to_owned());
                true
            }
            "UID" => keep(&mut self.external_id, property.text()),
            "EMAIL" => reach(&mut self.emails, &property, "mailto:"),
            "TEL" if !property.types.iter().any(|kind| matches!(kind.as_str(), "FAX" | "PAGER" | "MODEM")) => {
                reach(&mut self.phones, &property, "tel:")
            }
            "ADR" => self.address(&property),
            "BDAY" => match day(&property.text()) {
                Some(day) => keep(&mut self.birth_date, day),
                None => property.value.trim().is_empty(),
            },
            // These say nothing about the person.
            "VERSION" | "PRODID" | "REV" | "KIND" | "SORT-STRING" | "CLASS" | "MAILER" | "CLIENTPIDMAP" => true,
            name => name.starts_with("X-"),
        };
        if !is_known && !property.value.trim().is_empty() {
            // Names are whatever somebody writes: there is a bound to those that are told.
            if findings.left_out.len() < 20 || findings.left_out.contains_key(&property.name) {
                *findings.left_out.entry(property.name).or_default() += 1;
            }
        }
    }

    fn name(&mut self, parts: &[String]) -> bool {
        let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
        let given = [part(1), part(2).replace(',', " ")].join(" ");
        keep(&mut self.last_name, part(0));
        keep(&mut self.first_name, given.trim().to_owned())
    }

    fn address(&mut self, property: &Property) -> bool {
        let parts = property.parts();
        let part = |at: usize| parts.get(at).map(|part| part.replace('\n', ", ")).unwrap_or_default();
        let street = [part(2), part(1), part(0)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let label = ["HOME", "WORK"].into_iter().find(|label| property.types.iter().any(|kind| kind == label));
        let address = Address {
            label: label.unwrap_or_default().to_lowercase(),
            parts: [street.join(", "), part(5), part(3), part(4), part(6)],
        };
        if address.parts.iter().any(|part| !part.is_empty()) {
            self.addresses.push((property.preference, address));
        }
        true
    }

    /// The card as a row. A number that has no digits and the like is left to whoever reads the row.
    pub fn row(mut self) -> Vec<String> {
        if self.first_name.is_empty() && self.last_name.is_empty() {
            let shown = self.shown_name.trim();
            let (first, last) = shown.rsplit_once(' ').unwrap_or(("", shown));
            // The card of a company is called as the company is.
            let is_company = shown == self.company;
            let (first, last) = if is_company { ("", shown) } else { (first, last) };
            (self.first_name, self.last_name) = (first.trim().to_owned(), last.to_owned());
        }
        self.addresses.sort_by_key(|(preference, _)| *preference);
        let mut addresses = self.addresses.into_iter().map(|(_, address)| address);
        let [street, postcode, city, region, country] = addresses.next().unwrap_or_default().parts;
        let job_title = if self.job_title.is_empty() { self.role } else { self.job_title };
        let more: Vec<String> = addresses.map(|address| address.json()).collect();
        vec![
            self.first_name,
            self.last_name,
            self.company,
            job_title,
            best_first(self.emails),
            best_first(self.phones),
            street,
            postcode,
            city,
            region,
            country,
            joined(&more),
            self.birth_date,
            self.external_id,
            self.notes.join("\n\n").trim().to_owned(),
        ]
    }
}

impl Address {
    fn json(&self) -> String {
        let names = ["label", "street", "postcode", "city", "region", "country"];
        let values = std::iter::once(&self.label).chain(&self.parts);
        let given = names.into_iter().zip(values).filter(|(_, value)| !value.is_empty());
        let parts: serde_json::Map<String, serde_json::Value> =
            given.map(|(name, value)| (name.to_owned(), serde_json::Value::String(value.clone()))).collect();
        serde_json::Value::Object(parts).to_string()
    }
}

/// The first of a kind counts.
fn keep(place: &mut String, text: String) -> bool {
    if place.is_empty() {
        *place = text;
    }
    true
}

fn reach(places: &mut Vec<(u32, String)>, property: &Property, scheme: &str) -> bool {
    let text = property.text();
    let is_uri = text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let text = if is_uri { text.get(scheme.len()..).unwrap_or_default() } else { &text };
    // An extension stands behind a semicolon.
    let text = if scheme == "tel:" { text.split(';').next().unwrap_or_default() } else { text };
    if !text.is_empty() {
        places.push((property.preference, text.trim().to_owned()));
    }
    true
}

fn best_first(mut places: Vec<(u32, String)>) -> String {
    places.sort_by_key(|(preference, _)| *preference);
    joined(&places.into_iter().map(|(_, text)| text).collect::<Vec<_>>())
}

/// Many values in one cell, as the import reads them.
fn joined(parts: &[String]) -> String {
    let quoted = |part: &String| match part.contains([';', '"', '\n', '\r']) {
        true => format!("\"{}\"", part.replace('"', "\"\"")),
        false => part.clone(),
    };
    parts.iter().map(quoted).collect::<Vec<_>>().join("; ")
}

/// `1996-04-15`, `19960415`, either with a time; a day without a year is none.
fn day(text: &str) -> Option<String> {
    let day = text.split(['T', ' ']).next()?;
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        return dates::iso(&format!("{}-{}-{}", day.get(..4)?, day.get(4..6)?, day.get(6..)?));
    }
    dates::iso(day).filter(|day| day.len() == 10)
}
