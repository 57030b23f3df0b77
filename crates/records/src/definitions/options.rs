//! What is wrong with the options that only some types have: the scheme of tax numbers, the pattern of numbering.

use super::FieldInput;
use crate::{
    field::Kind,
    fields::{self, Numbering, Scheme},
    schema::Schema,
};
use base::{FieldError, message};

impl FieldInput {
    /// Of texts a regular expression, of numbers that the system gives how they look. These follow one another, so
    /// that nothing else may be asked of them.
    pub(super) fn pattern_problems(&self, kind: Kind) -> Vec<FieldError> {
        let problem = |field: &str, message| FieldError { field: field.to_owned(), message };
        let Some(pattern) = self.pattern.as_deref().filter(|_| kind != Kind::AutoNumber) else {
            let wrong = self.pattern.as_deref().and_then(|pattern| Numbering::parse(pattern).err());
            let foreign = [
                ("required", self.required),
                ("unique", self.unique),
                ("many", self.many),
                ("default", !self.default.is_null()),
            ];
            let foreign = foreign.into_iter().filter(|(_, asked)| *asked && kind == Kind::AutoNumber);
            let foreign = foreign.map(|(field, _)| problem(field, message!("definition-not-of-type")));
            return wrong.into_iter().map(|message| problem("pattern", message)).chain(foreign).collect();
        };
        let refused = fields::check_pattern(pattern).is_err();
        refused.then(|| problem("pattern", message!("definition-pattern"))).into_iter().collect()
    }

    pub(super) fn scheme(&self) -> Option<Scheme> {
        Scheme::parse(self.scheme.as_deref().unwrap_or("eu_vat"))
    }

    /// The numbers of people may be kept only where the company says so.
    pub(super) fn scheme_problems(&self, kind: Kind, schema: &Schema) -> Vec<FieldError> {
        let is_tax_id = kind == Kind::TaxId;
        let wrong = |field: &str, message| vec![FieldError { field: field.to_owned(), message }];
        match self.scheme() {
            None => {
                let known: Vec<_> = Scheme::ALL.iter().map(|scheme| scheme.name()).collect();
                wrong("scheme", message!("definition-scheme", known = known.join(", ")))
            }
            Some(_) if !is_tax_id && self.scheme.is_some() => wrong("scheme", message!("definition-not-of-type")),
            Some(scheme) if is_tax_id && scheme.is_of_people() && !schema.settings.allow_national_ids => {
                wrong("scheme", message!("field-national-ids", scheme = scheme.title()))
            }
            Some(_) => match &self.country {
                Some(_) if !is_tax_id => wrong("country", message!("definition-not-of-type")),
                Some(country) if fields::country_code(country).is_err() => {
                    wrong("country", message!("settings-country"))
                }
                _ => Vec::new(),
            },
        }
    }
}
