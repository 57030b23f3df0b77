//! What columns are called in the files of others, beside the names and labels of our own fields: English, Polish,
//! French, Romanian and German. Folded: lower case, without accents and marks.

/// Fields, each with names that its columns have, bars between them.
const NAMES: &[(&str, &str)] = &[
    ("first_name", "given name|forename|firstname|imiona|prenoms|vorname|prenumele"),
    ("last_name", "surname|family name|lastname|nom de famille|nume de familie|nachname|familienname"),
    (
        "company",
        "organization|organisation|organization name|account|account name|company name|employer|nazwa firmy|\
      przedsiebiorstwo|kontrahent|societe|raison sociale|firma|companie|societate|unternehmen|firmenname|\
      associated company|organization 1 name",
    ),
    (
        "name",
        "company name|account name|organization name|company|nazwa|nazwa firmy|raison sociale|denumire|\
      societe|firma|firmenname|unternehmen|product name|nazwa produktu|nom du produit",
    ),
    ("job_title", "title|position|role|stanowisko|poste|functie|pozycja|titel|funktion|berufsbezeichnung"),
    (
        "email",
        "email|mail|email address|e mail address|email 1|e mail 1 value|primary email|adres email|\
      adres e mail|adresse e mail|adresse email|courriel|adresa de email|adresa email|e mail adresse|\
      email work",
    ),
    ("emails", "all emails|email addresses|e mail addresses"),
    (
        "phone",
        "telephone|phone number|mobile|mobile phone|cell|cell phone|primary phone|phone 1 value|\
      numer telefonu|komorka|telefon komorkowy|tel|portable|numero de telephone|mobil|numar de telefon|\
      telefonnummer|handy|phone work",
    ),
    ("phones", "all phones|phone numbers"),
    (
        "street",
        "address|street address|address 1|address line 1|adres|adresse|adresa|strasse|mailing street|\
      billing street",
    ),
    (
        "postcode",
        "zip|zip code|postal code|post code|kod|cp|cod postal|plz|postleitzahl|mailing zip postal code|\
      billing zip postal code",
    ),
    ("city", "town|locality|miejscowosc|localite|commune|localitate|stadt|ort|mailing city|billing city"),
    (
        "region",
        "state|province|state region|wojewodztwo|departement|judet|bundesland|mailing state province|\
      billing state province",
    ),
    ("country", "country region|panstwo|kraj|pays|tara|land|mailing country|billing country"),
    ("birth_date", "birthday|date of birth|dob|birthdate|urodziny|data ur|ne le|anniversaire|geburtstag|geburtsdatum"),
    ("language", "locale|preferred language|sprache|jezyk|langue|limba"),
    (
        "website",
        "url|web site|homepage|site web|strona www|strona internetowa|internetseite|webseite|domain|\
      company domain name",
    ),
    ("tax_id", "vat|vat number|vat id|tax number|nip|numer nip|cif|cui|numero de tva|n tva|ust id|ustid|siret"),
    (
        "external_id",
        "external id|record id|contact id|company id|account id|id zewnetrzne|reference|customer number|\
      kundennummer|numer klienta",
    ),
    ("source", "lead source|original source|zrodlo|origine|sursa|quelle"),
    (
        "owner",
        "contact owner|company owner|account owner|assigned to|assigned user|opiekun|wlasciciel|proprietaire|\
      responsabil|besitzer",
    ),
    ("code", "sku|product code|item code|kod produktu|indeks|artikelnummer|reference|cod produs"),
    ("price", "unit price|list price|cena|prix|pret|preis"),
    ("description", "notes|opis|description|descriere|beschreibung|uwagi"),
    ("subject", "title|task|temat|tytul|objet|sujet|subiect|betreff|activity subject|task title"),
    ("due_at", "due date|due|deadline|termin|echeance|scadenta|faellig am"),
    (
        "body",
        "notes|description|opis|uwagi|beschreibung|descriere|note|note body|body|content|notatka|tresc|\
      contenu|nota|continut|notiz",
    ),
];

/// The fields that a column of that name may mean, the likeliest first.
pub fn fields_called(name: &str) -> impl Iterator<Item = &'static str> {
    let plain = plain(name);
    NAMES.iter().filter(move |(_, names)| names.split('|').any(|name| name == plain)).map(|(field, _)| *field)
}

/// Columns that hold what somebody wrote about a record, where it has no field for it.
const REMARKS: &str = "notes|note|comment|comments|remarks|remark|notatki|notatka|uwagi|komentarz|komentarze|commentaire|\
    commentaires|remarque|remarques|note interne|observatii|comentariu|comentarii|notizen|notiz|bemerkung|bemerkungen|kommentar";

/// What such a column may mean that is no field of the rows' records.
pub fn beside(name: &str) -> Option<&'static str> {
    let plain = plain(name);
    REMARKS.split('|').any(|remark| remark == plain).then_some("notes.body")
}

/// A name without accents, case and marks: `E-mail 1 - Value` is `e mail 1 value`.
pub fn plain(name: &str) -> String {
    let folded = base::fold::fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
