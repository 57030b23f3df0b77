//! Cards out, in version 3.0, which every phone and mail program reads.

/// A person as a card shows them; texts as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub job_title: String,
    /// The first is the preferred one, here and below.
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub addresses: Vec<PostalAddress>,
    /// `1990-02-03`.
    pub birth_date: String,
    pub id: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostalAddress {
    /// `home`, `work`.
    pub label: String,
    pub street: String,
    pub postcode: String,
    pub city: String,
    pub region: String,
    pub country: String,
}

/// Bytes of a line; a longer one goes on in the next.
const LINE: usize = 75;

/// Appends a card.
pub fn write(person: &Person, out: &mut String) {
    let (first, last) = (person.first_name.as_str(), person.last_name.as_str());
    let whole = [first, last].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
    let company = if whole.is_empty() { &person.company } else { &whole };
    let mail = person.emails.first().unwrap_or(&person.id);
    // A card must have a name to show.
    let shown = if company.is_empty() { mail } else { company };
    line(out, "BEGIN", "VCARD");
    line(out, "VERSION", "3.0");
    line(out, "N", &joined(&[last, first, "", "", ""]));
    line(out, "FN", &escaped(shown));
    text(out, "ORG", &person.company);
    text(out, "TITLE", &person.job_title);
    for (at, email) in person.emails.iter().enumerate() {
        text(out, if at == 0 { "EMAIL;TYPE=INTERNET,PREF" } else { "EMAIL;TYPE=INTERNET" }, email);
    }
    for (at, phone) in person.phones.iter().enumerate() {
        text(out, if at == 0 { "TEL;TYPE=VOICE,PREF" } else { "TEL;TYPE=VOICE" }, phone);
    }
    for (at, address) in person.addresses.iter().enumerate() {
        let PostalAddress { label, street, postcode, city, region, country } = address;
        let place = if label.eq_ignore_ascii_case("home") { "HOME" } else { "WORK" };
        let best = if at == 0 { ",PREF" } else { "" };
        line(out, &format!("ADR;TYPE={place}{best}"), &joined(&["", "", street, city, region, postcode, country]));
    }
    text(out, "BDAY", &person.birth_date);
    text(out, "UID", &person.id);
    line(out, "END", "VCARD");
}

fn text(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        line(out, name, &escaped(value));
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| escaped(part)).collect::<Vec<_>>().join(";")
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => safe.extend(['\\', c]),
            '\n' => safe.push_str("\\n"),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

fn line(out: &mut String, name: &str, value: &str) {
    let mut length = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
