//! Sizes, shapes and words of every file, compared with the list of known offenders, which may only shrink.

mod code;
mod functions;
mod ratchet;
mod rules;
mod shape;

use crate::{Complaints, Repository};

/// Where the known offenders stand.
const OFFENDERS: &str = "crates/xtask/tidy.toml";

/// Something that was measured and is more than the rule allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, or `file::function`.
    pub place: String,
    pub rule: &'static str,
    pub line: usize,
    pub value: usize,
    pub limit: usize,
    /// What the reader should do about it.
    pub advice: &'static str,
}

/// All findings that the list of offenders does not excuse, and all its entries that are too generous.
pub fn complaints(repository: &Repository) -> Complaints {
    let mut findings = Vec::new();
    for source in &repository.sources {
        let code = if source.is_rust() { code::blank(&source.text) } else { String::new() };
        findings.extend(shape::findings(source));
        findings.extend(functions::findings(source, &code));
        findings.extend(rules::findings(source, &code));
    }
    match ratchet::Offenders::parse(repository.text(OFFENDERS).unwrap_or_default()) {
        Ok(offenders) => offenders.judge(&findings),
        Err(error) => vec![format!("{OFFENDERS}: {error}")],
    }
}
