//! The rules of objects whose administrators have set none, made of their fields.

use super::rules::{Compare, OnEntry, Rules, Signal};
use crate::{
    field::{Field, Kind},
    object::Object,
};

/// Rules by what the object has: numbers that are given once, e-mails, phones, its name, and for a person or a company
/// what else tells them apart.
pub fn rules(object: &Object) -> Rules {
    let is_company = object.name == "companies";
    let is_person = object.name == "contacts";
    let living = || object.fields.iter().filter(|field| !field.deleted);
    let of = |is: &dyn Fn(&Field) -> bool| -> Vec<String> {
        living().filter(|field| is(field)).map(|field| field.name.clone()).collect()
    };
    let named = |name: &str| of(&|field| field.name == name);
    let is_tax = |field: &Field| field.kind == Kind::TaxId || field.name == "tax_id" && field.kind == Kind::Text;
    let is_code = |field: &Field| field.kind == Kind::Iban || field.unique && field.kind == Kind::Text;
    let (name, similar) = if is_company { (75, 60) } else { (55, 45) };
    let compare = if is_person { Compare::Name } else { Compare::CompanyName };
    let names = object.title.iter().filter(|name| object.field(name).is_some_and(|field| field.kind == Kind::Text));
    let exact = Compare::Exact;
    // Two people of one name have other ways to be reached; one person may have several.
    let elsewhere = if is_person { 10 } else { 0 };
    // A branch is no duplicate of its head office.
    let other_city = if is_company { 30 } else { 0 };
    let group = if is_company { named("parent") } else { Vec::new() };
    let signals = vec![
        signal(of(&is_tax), Compare::TaxId, 95, 70),
        // What stands only once always differs: that says nothing.
        signal(of(&|field| is_code(field) && !is_tax(field)), Compare::Code, 95, 0),
        signal(of(&|field| field.kind == Kind::Email), exact, 85, elsewhere),
        signal(of(&|field| field.kind == Kind::Phone), Compare::Phone, 60, elsewhere),
        Signal { similar: Some(similar), ..signal(names.cloned().collect(), compare, name, 50) },
        signal(named("city"), exact, 35, other_city),
        signal(named("birth_date"), exact, 60, 70),
        signal(named("company"), exact, 40, 0),
        signal(group, Compare::Group, 0, 60),
    ];
    let signals = signals.into_iter().filter(|signal| !signal.fields.is_empty()).collect();
    let looked_through = is_company || is_person || object.custom;
    Rules { background: looked_through, on_entry: OnEntry::Warn, ..Rules::usual(signals) }
}

fn signal(fields: Vec<String>, compare: Compare, points: u8, against: u8) -> Signal {
    Signal { fields, compare, points, similar: None, against }
}
