//! The schemes of numbers that a field may keep.

use super::national::{is_cnp, is_cui, is_krs, is_nip, is_pesel, is_regon, is_siren, is_siret};

/// Who gives the number, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scheme {
    /// Value added tax of any country of the European Union, with the country's code.
    #[default]
    EuVat,
    PlNip,
    PlRegon,
    PlKrs,
    FrSiren,
    FrSiret,
    RoCui,
    PlPesel,
    RoCnp,
}

impl Scheme {
    pub const ALL: [Scheme; 9] = [
        Scheme::EuVat,
        Scheme::PlNip,
        Scheme::PlRegon,
        Scheme::PlKrs,
        Scheme::FrSiren,
        Scheme::FrSiret,
        Scheme::RoCui,
        Scheme::PlPesel,
        Scheme::RoCnp,
    ];

    /// As written in definitions.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::EuVat => "eu_vat",
            Scheme::PlNip => "pl_nip",
            Scheme::PlRegon => "pl_regon",
            Scheme::PlKrs => "pl_krs",
            Scheme::FrSiren => "fr_siren",
            Scheme::FrSiret => "fr_siret",
            Scheme::RoCui => "ro_cui",
            Scheme::PlPesel => "pl_pesel",
            Scheme::RoCnp => "ro_cnp",
        }
    }

    pub fn parse(name: &str) -> Option<Scheme> {
        Scheme::ALL.into_iter().find(|scheme| scheme.name() == name)
    }

    /// As its country calls it, in every language.
    pub fn title(self) -> &'static str {
        match self {
            Scheme::EuVat => "VAT",
            Scheme::PlNip => "NIP",
            Scheme::PlRegon => "REGON",
            Scheme::PlKrs => "KRS",
            Scheme::FrSiren => "SIREN",
            Scheme::FrSiret => "SIRET",
            Scheme::RoCui => "CUI",
            Scheme::PlPesel => "PESEL",
            Scheme::RoCnp => "CNP",
        }
    }

    /// Numbers of people say when they were born, and are watched by the law.
    pub fn is_of_people(self) -> bool {
        matches!(self, Scheme::PlPesel | Scheme::RoCnp)
    }

    pub(super) fn pattern(self) -> &'static str {
        match self {
            Scheme::EuVat => "^[A-Z]{2}[A-Z0-9+*]{2,12}$",
            Scheme::PlNip | Scheme::PlKrs => "^[0-9]{10}$",
            Scheme::PlRegon => "^[0-9]{9}([0-9]{5})?$",
            Scheme::FrSiren => "^[0-9]{9}$",
            Scheme::FrSiret => "^[0-9]{14}$",
            Scheme::RoCui => "^[1-9][0-9]{1,9}$",
            Scheme::PlPesel => "^[0-9]{11}$",
            Scheme::RoCnp => "^[0-9]{13}$",
        }
    }

    /// The number as it is kept; `None` for one that is not of the scheme. Those of value added tax need a country
    /// and are read elsewhere.
    pub(super) fn read(self, compact: &str) -> Option<String> {
        let (prefix, is_valid): (&str, fn(&str) -> bool) = match self {
            Scheme::EuVat => return None,
            Scheme::PlNip => ("PL", is_nip),
            Scheme::PlRegon => ("", is_regon),
            Scheme::PlKrs => ("", is_krs),
            Scheme::FrSiren => ("", is_siren),
            Scheme::FrSiret => ("", is_siret),
            Scheme::RoCui => ("RO", is_cui),
            Scheme::PlPesel => ("", is_pesel),
            Scheme::RoCnp => ("", is_cnp),
        };
        let number = compact.strip_prefix(prefix).unwrap_or(compact);
        is_valid(number).then(|| number.to_owned())
    }
}
