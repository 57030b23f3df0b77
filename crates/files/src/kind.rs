//! What a file is, by its first bytes. What its sender calls it only chooses among kinds that begin alike.

/// A kind of file, as `type/subtype`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind(String);

/// Archives that begin like any other: the sender's word decides which of these it is.
const ARCHIVES: [(&str, &str); 7] = [
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("zip", "application/zip"),
];

/// Texts that nothing but the sender's word tells from plain ones, and that no browser runs.
const TEXTS: [(&str, &str); 8] = [
    ("csv", "text/csv"),
    ("md", "text/markdown"),
    ("vcf", "text/vcard"),
    ("ics", "text/calendar"),
    ("json", "application/json"),
    ("eml", "message/rfc822"),
    ("rtf", "application/rtf"),
    ("txt", "text/plain"),
];

/// Tells the kind from the first bytes (some thousand are enough). `claimed` is what the sender says, `name` the name
/// of the file; both are only asked where the content leaves a choice.
pub fn kind(beginning: &[u8], claimed: Option<&str>, name: &str) -> Kind {
    let told = |list: &[(&str, &'static str)]| {
        let claimed = claimed.and_then(|text| text.split(';').next()).map(str::trim).unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let by_claim = list.iter().find(|(_, kind)| kind.eq_ignore_ascii_case(claimed));
        by_claim.or_else(|| list.iter().find(|(known, _)| *known == ending)).map(|(_, kind)| *kind)
    };
    let kind = match infer::get(beginning).map(|found| found.mime_type()) {
        Some("application/zip") => told(&ARCHIVES).unwrap_or("application/zip"),
        Some(found) => found,
        None => match readable(beginning) {
            Some(text) => markup(&text).or_else(|| told(&TEXTS)).unwrap_or("text/plain"),
            None => "application/octet-stream",
        },
    };
    Kind(kind.to_owned())
}

/// The bytes as text, where they can be one. A character that is cut off at the end does not count.
fn readable(bytes: &[u8]) -> Option<String> {
    if bytes.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)) {
        return None;
    }
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// Texts in which browsers look for commands.
fn markup(text: &str) -> Option<&'static str> {
    let lower = text.trim_start_matches('\u{feff}').to_ascii_lowercase();
    if lower.contains("<svg") {
        return Some("image/svg+xml");
    }
    let tags = ["<!doctype html", "<html", "<head", "<body", "<script", "<iframe"];
    if tags.iter().any(|tag| lower.contains(tag)) {
        return Some("text/html");
    }
    lower.trim_start().starts_with("<?xml").then_some("text/xml")
}

impl Kind {
    /// A kind that was told before.
    pub fn known(text: &str) -> Kind {
        Kind(text.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A picture that every browser shows and that can hold no commands.
    pub fn is_picture(&self) -> bool {
        matches!(self.0.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp")
    }

    /// May be shown in a browser's window instead of being put into a folder.
    pub fn is_shown(&self) -> bool {
        self.is_picture() || matches!(self.0.as_str(), "application/pdf" | "text/plain")
    }
}
