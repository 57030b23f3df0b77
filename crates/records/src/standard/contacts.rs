//! Contacts: people, with their several addresses, numbers and roles in companies.

use crate::{
    field::{Field, Kind},
    object::{Labels, Object},
};

pub fn object() -> Object {
    let labels = (
        Labels::all("Contact", "Kontakt", "Contact", "Contact"),
        Labels::all("Contacts", "Kontakty", "Contacts", "Contacte"),
    );
    Object::standard(2, "contacts", "contact", labels, fields()).titled(&["first_name", "last_name"])
}

fn fields() -> Vec<Field> {
    let mut fields = names();
    fields.extend(reach());
    fields.extend(vec![
        Field::new("language", Kind::Language).called("Language", "Język", "Langue", "Limbă"),
        Field::new("birth_date", Kind::Date)
            .called("Birth date", "Data urodzenia", "Date de naissance", "Data nașterii")
            .personal(),
        Field::new("segment", Kind::Text).called("Segment", "Segment", "Segment", "Segment"),
        Field::new("source", Kind::Text).called("Source", "Źródło", "Source", "Sursă"),
        Field::new("external_id", Kind::Text)
            .called("External number", "Numer zewnętrzny", "Numéro externe", "Număr extern")
            .searched(),
    ]);
    fields
}

fn names() -> Vec<Field> {
    vec![
        Field::new("first_name", Kind::Text).called("First name", "Imię", "Prénom", "Prenume").searched().personal(),
        Field::new("last_name", Kind::Text).called("Last name", "Nazwisko", "Nom", "Nume").searched().personal(),
        Field::new("company", Kind::Relation)
            .called("Company", "Firma", "Entreprise", "Companie")
            .to("companies", Some("contacts"))
            .called_there("Contacts", "Kontakty", "Contacts", "Contacte"),
        Field::new("companies", Kind::Relations)
            .called("Companies", "Firmy", "Entreprises", "Companii")
            .to("companies", Some("people"))
            .called_there("People", "Osoby", "Personnes", "Persoane")
            .with_roles(&[
                ("owner", "Owner", "Właściciel", "Propriétaire", "Proprietar"),
                ("director", "Director", "Dyrektor", "Directeur", "Director"),
                ("employee", "Employee", "Pracownik", "Salarié", "Angajat"),
                ("adviser", "Adviser", "Doradca", "Conseiller", "Consultant"),
                ("accountant", "Accountant", "Księgowy", "Comptable", "Contabil"),
            ])
            .many_after("company"),
        Field::new("job_title", Kind::Text).called("Job title", "Stanowisko", "Fonction", "Funcție").personal(),
    ]
}

fn reach() -> Vec<Field> {
    vec![
        Field::new("email", Kind::Email).called("E-mail", "E-mail", "E-mail", "E-mail").searched().personal(),
        Field::new("emails", Kind::Email)
            .called("E-mails", "Adresy e-mail", "E-mails", "E-mailuri")
            .many_after("email")
            .searched()
            .personal(),
        Field::new("phone", Kind::Phone).called("Phone", "Telefon", "Téléphone", "Telefon").searched().personal(),
        Field::new("phones", Kind::Phone)
            .called("Phones", "Telefony", "Téléphones", "Telefoane")
            .many_after("phone")
            .searched()
            .personal(),
        Field::new("street", Kind::Text).called("Street", "Ulica", "Rue", "Stradă").personal(),
        Field::new("postcode", Kind::Text).called("Postcode", "Kod pocztowy", "Code postal", "Cod poștal").personal(),
        Field::new("city", Kind::Text).called("City", "Miasto", "Ville", "Oraș").personal(),
        Field::new("region", Kind::Text).called("Region", "Region", "Région", "Județ"),
        Field::new("country", Kind::Country).called("Country", "Kraj", "Pays", "Țară"),
        Field::new("addresses", Kind::Address)
            .called("More addresses", "Inne adresy", "Autres adresses", "Alte adrese")
            .many()
            .personal(),
    ]
}
