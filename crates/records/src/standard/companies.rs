//! Companies: customers, suppliers, partners.

use crate::{
    field::{Field, Kind},
    object::{Labels, Object},
};

pub fn object() -> Object {
    let labels = (
        Labels::all("Company", "Firma", "Entreprise", "Companie"),
        Labels::all("Companies", "Firmy", "Entreprises", "Companii"),
    );
    Object::standard(1, "companies", "company", labels, fields()).titled(&["name"])
}

fn fields() -> Vec<Field> {
    vec![
        Field::new("name", Kind::Text).called("Name", "Nazwa", "Nom", "Nume").required().searched(),
        Field::new("legal_name", Kind::Text)
            .called("Legal name", "Nazwa prawna", "Raison sociale", "Denumire legală")
            .searched(),
        Field::new("tax_id", Kind::Text)
            .called("Tax number", "Numer podatkowy", "Numéro fiscal", "Cod fiscal")
            .searched(),
        Field::new("website", Kind::Url).called("Website", "Strona WWW", "Site web", "Site web"),
        Field::new("industry", Kind::Text).called("Industry", "Branża", "Secteur", "Domeniu"),
        Field::new("email", Kind::Email).called("E-mail", "E-mail", "E-mail", "E-mail").searched(),
        Field::new("phone", Kind::Phone).called("Phone", "Telefon", "Téléphone", "Telefon").searched(),
        Field::new("street", Kind::Text).called("Street", "Ulica", "Rue", "Stradă"),
        Field::new("postcode", Kind::Text).called("Postcode", "Kod pocztowy", "Code postal", "Cod poștal"),
        Field::new("city", Kind::Text).called("City", "Miasto", "Ville", "Oraș"),
        Field::new("region", Kind::Text).called("Region", "Region", "Région", "Județ"),
        Field::new("country", Kind::Country).called("Country", "Kraj", "Pays", "Țară"),
        Field::new("parent", Kind::Relation)
            .called("Parent company", "Firma nadrzędna", "Société mère", "Companie-mamă")
            .to("companies", Some("subsidiaries"))
            .called_there("Subsidiaries", "Spółki zależne", "Filiales", "Filiale")
            .hierarchy(),
        Field::new("kind", Kind::Choice).called("Kind", "Rodzaj", "Type", "Tip").choices(&[
            ("customer", "Customer", "Klient", "Client", "Client"),
            ("prospect", "Prospect", "Potencjalny klient", "Prospect", "Client potențial"),
            ("supplier", "Supplier", "Dostawca", "Fournisseur", "Furnizor"),
            ("partner", "Partner", "Partner", "Partenaire", "Partener"),
            ("competitor", "Competitor", "Konkurent", "Concurrent", "Concurent"),
            ("other", "Other", "Inny", "Autre", "Altul"),
        ]),
        Field::new("external_id", Kind::Text)
            .called("External number", "Numer zewnętrzny", "Numéro externe", "Număr extern")
            .searched(),
    ]
}
