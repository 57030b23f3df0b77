//! The two objects that the demo company has made for its service, with a field of almost every type.

use base::{Caller, Error, Result};
use records::{catalog::Records, definitions};
use serde_json::{Value as Json, json};

/// Of the field `level`.
pub const LEVELS: [&str; 3] = ["basic", "extended", "full"];
/// Of the field `reach_by`.
pub const WAYS: [&str; 3] = ["phone", "email", "on_site"];
/// Of the field `state`.
pub const STATES: [&str; 4] = ["in_use", "in_repair", "in_store", "scrapped"];

/// Defines the objects: contracts first, since devices refer to them.
pub async fn define(records: &Records, caller: &Caller) -> Result<()> {
    for object in [contracts(), devices()] {
        let input = serde_json::from_value(object).map_err(Error::internal)?;
        definitions::create_object(records, caller, &input).await?;
    }
    Ok(())
}

fn label(en: &str, pl: &str, fr: &str, ro: &str) -> Json {
    json!({"en": en, "pl": pl, "fr": fr, "ro": ro})
}

fn choice(code: &str, en: &str, pl: &str, fr: &str, ro: &str) -> Json {
    json!({"code": code, "label": label(en, pl, fr, ro)})
}

fn contracts() -> Json {
    let mut fields = vec![
        json!({"name": "number", "type": "auto_number", "pattern": "S-{yyyy}-{0000}", "searched": true,
            "label": label("Number", "Numer", "Numéro", "Număr")}),
        json!({"name": "company", "type": "relation", "target": "companies", "inverse": "service_contracts",
            "required": true, "on_timeline": true, "label": label("Company", "Firma", "Entreprise", "Companie")}),
        json!({"name": "contact", "type": "relation", "target": "contacts", "inverse": "service_contracts",
            "label": label("Contact", "Kontakt", "Contact", "Contact")}),
        json!({"name": "products", "type": "relations", "target": "products", "inverse": "service_contracts",
            "label": label("Covered products", "Objęte produkty", "Produits couverts", "Produse acoperite")}),
        json!({"name": "manager", "type": "user", "label": label("Looked after by", "Opiekun", "Suivi par", "Responsabil")}),
        json!({"name": "branch", "type": "team", "label": label("Branch", "Oddział", "Agence", "Sucursală")}),
    ];
    fields.extend(terms());
    fields.extend(place());
    json!({"name": "service_contracts", "fields": fields,
        "label": label("Service contracts", "Umowy serwisowe", "Contrats de service", "Contracte de service"),
        "singular": label("Service contract", "Umowa serwisowa", "Contrat de service", "Contract de service")})
}

/// What has been agreed.
fn terms() -> Vec<Json> {
    let levels = [
        choice("basic", "Basic", "Podstawowy", "Essentiel", "De bază"),
        choice("extended", "Extended", "Rozszerzony", "Étendu", "Extins"),
        choice("full", "Full", "Pełny", "Complet", "Complet"),
    ];
    let ways = [
        choice("phone", "By phone", "Telefonicznie", "Par téléphone", "Telefonic"),
        choice("email", "By e-mail", "E-mailem", "Par e-mail", "Prin e-mail"),
        choice("on_site", "On site", "Na miejscu", "Sur site", "La sediu"),
    ];
    vec![
        json!({"name": "level", "type": "choice", "options": levels, "label": label("Level", "Poziom", "Niveau", "Nivel")}),
        json!({"name": "reach_by", "type": "choices", "options": ways,
            "label": label("Reached by", "Sposoby kontaktu", "Moyens de contact", "Moduri de contact")}),
        json!({"name": "begins", "type": "date", "label": label("Begins", "Początek", "Début", "Început")}),
        json!({"name": "ends", "type": "date", "label": label("Ends", "Koniec", "Fin", "Sfârșit")}),
        json!({"name": "signed_at", "type": "instant", "label": label("Signed", "Podpisano", "Signé le", "Semnat la")}),
        json!({"name": "renews", "type": "yes_no",
            "label": label("Renews itself", "Odnawia się", "Renouvellement tacite", "Se reînnoiește")}),
        json!({"name": "fee", "type": "money", "label": label("Fee a month", "Opłata miesięczna", "Mensualité", "Taxă lunară")}),
        json!({"name": "rebate", "type": "percent", "scale": 1, "min": "0", "max": "100",
            "label": label("Discount", "Rabat", "Remise", "Reducere")}),
        json!({"name": "hours", "type": "decimal", "scale": 1,
            "label": label("Hours a year", "Godziny rocznie", "Heures par an", "Ore pe an")}),
        json!({"name": "answer_within", "type": "duration",
            "label": label("Answer within", "Czas reakcji", "Délai de réponse", "Timp de răspuns")}),
        json!({"name": "visits", "type": "integer", "min": 0, "label": label("Visits a year", "Wizyty rocznie", "Visites par an", "Vizite pe an")}),
        json!({"name": "contentment", "type": "rating", "label": label("Contentment", "Zadowolenie", "Satisfaction", "Mulțumire")}),
        json!({"name": "terms", "type": "rich_text", "label": label("Terms", "Warunki", "Conditions", "Condiții")}),
        json!({"name": "remark", "type": "long_text", "label": label("Remark", "Uwaga", "Remarque", "Observație")}),
    ]
}

/// Where the service is given, and who pays for it.
fn place() -> Vec<Json> {
    vec![
        json!({"name": "site", "type": "address", "label": label("Site", "Miejsce", "Lieu", "Locație")}),
        json!({"name": "site_country", "type": "country", "label": label("Country", "Kraj", "Pays", "Țară")}),
        json!({"name": "spoken", "type": "language", "label": label("Language", "Język", "Langue", "Limbă")}),
        json!({"name": "billed_in", "type": "currency", "label": label("Billed in", "Waluta", "Devise", "Monedă")}),
        json!({"name": "account", "type": "iban", "label": label("Account", "Rachunek", "Compte", "Cont")}),
        json!({"name": "vat_number", "type": "tax_id", "scheme": "eu_vat",
            "label": label("VAT number", "Numer VAT UE", "Numéro de TVA", "Cod TVA")}),
        json!({"name": "reports_to", "type": "email",
            "label": label("Reports to", "Raporty na", "Rapports à", "Rapoarte către")}),
        json!({"name": "hotline", "type": "phone", "label": label("Hotline", "Infolinia", "Assistance", "Linie directă")}),
        json!({"name": "papers", "type": "url", "label": label("Papers", "Dokumenty", "Documents", "Documente")}),
    ]
}

fn devices() -> Json {
    let states = [
        choice("in_use", "In use", "W użyciu", "En service", "În uz"),
        choice("in_repair", "In repair", "W naprawie", "En réparation", "În reparație"),
        choice("in_store", "In store", "W magazynie", "En stock", "În stoc"),
        choice("scrapped", "Scrapped", "Złomowane", "Au rebut", "Casat"),
    ];
    let fields = [
        json!({"name": "serial", "type": "text", "required": true, "unique": true, "searched": true,
            "label": label("Serial number", "Numer seryjny", "Numéro de série", "Număr de serie")}),
        json!({"name": "product", "type": "relation", "target": "products", "inverse": "devices",
            "label": label("Product", "Produkt", "Produit", "Produs")}),
        json!({"name": "contract", "type": "relation", "target": "service_contracts", "inverse": "devices",
            "label": label("Contract", "Umowa", "Contrat", "Contract")}),
        json!({"name": "company", "type": "relation", "target": "companies", "inverse": "devices", "on_timeline": true,
            "label": label("Company", "Firma", "Entreprise", "Companie")}),
        json!({"name": "state", "type": "choice", "options": states, "label": label("State", "Stan", "État", "Stare")}),
        json!({"name": "installed", "type": "date", "label": label("Installed", "Zainstalowano", "Installé le", "Instalat la")}),
        json!({"name": "hours_run", "type": "duration", "label": label("Has run", "Czas pracy", "A tourné", "A funcționat")}),
    ];
    json!({"name": "devices", "fields": fields,
        "label": label("Devices", "Urządzenia", "Appareils", "Dispozitive"),
        "singular": label("Device", "Urządzenie", "Appareil", "Dispozitiv")})
}
