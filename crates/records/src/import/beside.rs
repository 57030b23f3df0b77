//! What an import made and changed beside the records of its rows: how many of which object, and what the first of
//! those that it made are called.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Names that are kept of each object.
const NAMES: usize = 100;

/// By object, in the order in which the first of each was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside(Vec<Made>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    object: String,
    created: u64,
    #[serde(default, skip_serializing_if = "is_none")]
    updated: u64,
    names: Vec<String>,
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

impl Beside {
    /// One more of an object.
    pub fn add(&mut self, object: &str, name: Option<String>) {
        if let Some(made) = self.of(object) {
            made.created += 1;
            made.names.extend(name.filter(|_| made.created <= NAMES as u64));
        }
    }

    /// One of an object was changed.
    pub fn change(&mut self, object: &str) {
        if let Some(made) = self.of(object) {
            made.updated += 1;
        }
    }

    fn of(&mut self, object: &str) -> Option<&mut Made> {
        let at = self.0.iter().position(|made| made.object == object);
        let at = at.unwrap_or_else(|| {
            self.0.push(Made { object: object.to_owned(), created: 0, updated: 0, names: Vec::new() });
            self.0.len() - 1
        });
        self.0.get_mut(at)
    }

    /// With what a slice made.
    pub fn with(&self, other: &Beside) -> Beside {
        let mut all = self.clone();
        for made in &other.0 {
            match all.0.iter_mut().find(|known| known.object == made.object) {
                Some(known) => {
                    known.created += made.created;
                    known.updated += made.updated;
                    let room = NAMES.saturating_sub(known.names.len());
                    known.names.extend(made.names.iter().take(room).cloned());
                }
                None => all.0.push(made.clone()),
            }
        }
        all
    }

    pub fn to_json(&self) -> Json {
        serde_json::to_value(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::account;
    use serde_json::json;

    #[test]
    fn what_slices_made_adds_up_and_only_the_first_are_named() {
        let mut slice = Beside::default();
        (0..80).for_each(|n| slice.add("companies", Some(format!("C{n}"))));
        slice.add("products", None);
        let all = Beside::default().with(&slice).with(&slice);
        assert_eq!(all.0[0].created, 160);
        assert_eq!((all.0[0].names.len(), all.0[0].names[99].as_str()), (100, "C19"));
        assert_eq!(all.to_json()[1], json!({"object": "products", "created": 2, "names": []}));
        assert_eq!(account::parse::<Beside>(account::to_text(&all).unwrap().as_deref()), all);
        assert_eq!(account::to_text(&Beside::default()).unwrap(), None);
    }
}
