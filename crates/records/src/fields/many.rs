//! Many values of a field in one list: in a cell of a file, and in memory.

use crate::{
    field::{Field, Kind, Refused},
    value::{Link, Value},
};
use base::{fold, message};
use std::collections::HashSet;

/// The most values that one field of one record holds.
pub const MOST: usize = 1_000;

/// The values in order without repetitions and blanks; nothing when none is left. Tags repeat each other when their
/// folded keys do.
pub(super) fn collect(field: &Field, values: impl Iterator<Item = Result<Value, Refused>>) -> Result<Value, Refused> {
    let mut kept: Vec<Value> = Vec::new();
    let mut seen = HashSet::new();
    for value in values {
        let value = value?;
        let same_as = match &value {
            Value::Text(tag) if field.kind == Kind::Tags => Value::Text(fold::key(tag)),
            // One link to one record, whatever it says of it.
            Value::Link(link) => Value::Link(Link::to(link.object, link.id)),
            other => other.clone(),
        };
        if value.is_empty() || !seen.insert(same_as) {
            continue;
        }
        if kept.len() == MOST {
            return Err(message!("field-too-many", max = MOST));
        }
        kept.push(value);
    }
    Ok(if kept.is_empty() { Value::Empty } else { Value::Many(kept) })
}

/// The parts of `a; "b; c"`: separated by semicolons or line breaks, in double quotes where they contain one.
pub(super) fn split(text: &str) -> Result<Vec<String>, Refused> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let Some(part) = parts.last_mut() else { break };
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                part.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if part.trim().is_empty() => {
                part.clear();
                quoted = true;
            }
            ';' | '\n' | '\r' if !quoted => {
                if parts.len() > MOST {
                    return Err(message!("field-too-many", max = MOST));
                }
                parts.push(String::new());
            }
            other => part.push(other),
        }
    }
    Ok(parts)
}

/// Writes what [`split`] reads.
pub(super) fn join(parts: impl Iterator<Item = String>) -> String {
    let mut joined = String::new();
    for part in parts {
        if !joined.is_empty() {
            joined.push_str("; ");
        }
        if part.contains([';', '"', '\n', '\r']) {
            joined.push('"');
            joined.push_str(&part.replace('"', "\"\""));
            joined.push('"');
        } else {
            joined.push_str(&part);
        }
    }
    joined
}
