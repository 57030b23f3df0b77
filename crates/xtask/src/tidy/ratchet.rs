//! The list of known offenders: it excuses exactly what there is, so that it can only shrink.

use super::{Finding, OFFENDERS};
use crate::Complaints;
use toml::{Table, Value};

/// The entries of `tidy.toml`.
#[derive(Debug, Default)]
pub struct Offenders {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    place: String,
    rule: String,
    limit: usize,
}

impl Offenders {
    /// Reads the list. Every entry names place, rule, limit and reason.
    pub fn parse(text: &str) -> Result<Offenders, String> {
        let table: Table = text.parse().map_err(|error| format!("not TOML: {error}"))?;
        let entries = match table.get("offender") {
            None => &Vec::new(),
            Some(value) => value.as_array().ok_or("`offender` must be a list: [[offender]]")?,
        };
        Ok(Offenders { entries: entries.iter().map(Entry::read).collect::<Result<_, _>>()? })
    }

    /// Findings that no entry excuses, and entries that excuse more than there is.
    pub fn judge(&self, findings: &[Finding]) -> Complaints {
        let new = findings.iter().filter_map(|finding| self.judge_finding(finding));
        let stale = self.entries.iter().filter(|entry| !findings.iter().any(|finding| entry.excuses(finding)));
        let stale = stale.map(|e| format!("{OFFENDERS}: {} no longer offends against {}: remove it", e.place, e.rule));
        new.chain(stale).collect()
    }

    fn judge_finding(&self, finding: &Finding) -> Option<String> {
        let Finding { place, rule, line, value, limit, advice } = finding;
        let allowed = self.entries.iter().find(|entry| entry.excuses(finding)).map(|entry| entry.limit);
        match allowed {
            Some(allowed) if allowed == *value => None,
            Some(allowed) if allowed > *value => {
                Some(format!("{OFFENDERS}: {place} has {value} of {allowed} under {rule}: lower its limit to {value}"))
            }
            _ => Some(format!(
                "{place}:{line}: {rule}: {value}, and {} is the most: {advice}",
                allowed.unwrap_or(*limit)
            )),
        }
    }
}

impl Entry {
    fn read(value: &Value) -> Result<Entry, String> {
        let text = |key: &str| match value.get(key).and_then(Value::as_str) {
            Some(text) if !text.trim().is_empty() => Ok(text.to_owned()),
            _ => Err(format!("an offender without `{key}`: {value}")),
        };
        text("reason")?;
        let limit = value.get("limit").and_then(Value::as_integer).and_then(|limit| usize::try_from(limit).ok());
        let limit = limit.ok_or_else(|| format!("an offender without `limit`: {value}"))?;
        Ok(Entry { place: text("place")?, rule: text("rule")?, limit })
    }

    fn excuses(&self, finding: &Finding) -> bool {
        self.place == finding.place && self.rule == finding.rule
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "[[offender]]\nplace = 'a.rs'\nrule = 'file-length'\nlimit = 320\nreason = 'one long table'\n";

    fn long(lines: usize) -> Finding {
        Finding { place: "a.rs".into(), rule: "file-length", line: 1, value: lines, limit: 300, advice: "split it" }
    }

    #[track_caller]
    fn check(list: &str, findings: &[Finding], complaint: &str) {
        let complaints = Offenders::parse(list).unwrap().judge(findings);
        assert_eq!(complaints.join("\n"), complaint);
    }

    #[test]
    fn an_offender_needs_an_entry_that_fits_exactly() {
        check(LIST, &[long(320)], "");
        check("", &[long(320)], "a.rs:1: file-length: 320, and 300 is the most: split it");
        check(LIST, &[long(321)], "a.rs:1: file-length: 321, and 320 is the most: split it");
    }

    #[test]
    fn the_list_can_only_shrink() {
        let lower = "crates/xtask/tidy.toml: a.rs has 310 of 320 under file-length: lower its limit to 310";
        check(LIST, &[long(310)], lower);
        check(LIST, &[], "crates/xtask/tidy.toml: a.rs no longer offends against file-length: remove it");
    }

    #[test]
    fn an_entry_without_a_reason_is_refused() {
        assert!(Offenders::parse("[[offender]]\nplace = 'a.rs'\nrule = 'opening'\nlimit = 1\n").is_err());
    }
}
