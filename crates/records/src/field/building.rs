//! How standard objects say their fields: builders, so that a list of fields reads as a table.

use super::{Choice, Field, Kind, Personal, Roles, Storage, Target};
use crate::{object::Labels, value::Value};

impl Field {
    /// What people call it, in English, Polish, French and Romanian.
    pub fn called(mut self, en: &str, pl: &str, fr: &str, ro: &str) -> Field {
        self.labels = Labels::all(en, pl, fr, ro);
        self
    }

    pub fn required(mut self) -> Field {
        self.required = true;
        self
    }

    pub fn unique(mut self) -> Field {
        self.unique = true;
        self
    }

    pub fn searched(mut self) -> Field {
        self.searched = true;
        self
    }

    /// Written by the product alone.
    pub fn read_only(mut self) -> Field {
        self.read_only = true;
        self
    }

    pub fn personal(mut self) -> Field {
        self.personal = Some(Personal::Ordinary);
        self
    }

    /// The many values whose first stands in the field `first`.
    pub fn many_after(mut self, first: &'static str) -> Field {
        self.first = Some(first);
        self.many()
    }

    pub fn many(mut self) -> Field {
        self.many = !matches!(self.kind, Kind::Choices | Kind::Relations);
        self.sortable = false;
        self
    }

    pub fn default_choice(mut self, code: &str) -> Field {
        self.default = Some(Value::Text(code.to_owned()));
        self
    }

    pub fn stored_in(mut self, column: &'static str) -> Field {
        self.storage = Storage::Column(column);
        self
    }

    /// Digits behind the point.
    pub fn scaled(mut self, scale: u8) -> Field {
        self.scale = scale;
        self
    }

    /// `(code, en, pl, fr, ro)` each.
    pub fn choices(mut self, choices: &[(&str, &str, &str, &str, &str)]) -> Field {
        self.choices = choices.iter().map(choice).collect();
        self
    }

    /// Leads to `object`, from where it is called `inverse`.
    pub fn to(mut self, object: &str, inverse: Option<&str>) -> Field {
        self.target = Some(Target {
            object: Some(object.to_owned()),
            inverse: inverse.map(str::to_owned),
            inverse_labels: None,
            on_timeline: false,
            hierarchy: false,
            roles: None,
        });
        self
    }

    /// What people call it from the other end, in English, Polish, French and Romanian.
    pub fn called_there(mut self, en: &str, pl: &str, fr: &str, ro: &str) -> Field {
        if let Some(target) = &mut self.target {
            target.inverse_labels = Some(Labels::all(en, pl, fr, ro));
        }
        self
    }

    /// The relation of an object to itself makes a tree.
    pub fn hierarchy(mut self) -> Field {
        if let Some(target) = &mut self.target {
            target.hierarchy = true;
        }
        self
    }

    /// Leads to a record of any object, from where it is called `inverse`; stands on the time line there.
    pub fn to_any(mut self, inverse: &str) -> Field {
        self.target = Some(Target {
            object: None,
            inverse: Some(inverse.to_owned()),
            inverse_labels: None,
            on_timeline: true,
            hierarchy: false,
            roles: None,
        });
        self
    }

    /// What happens to the record also stands on the time line of the one this leads to.
    pub fn on_timeline(mut self) -> Field {
        if let Some(target) = &mut self.target {
            target.on_timeline = true;
        }
        self
    }

    /// As it lies in the bin: its values are kept with every change of a record and stay unique; nothing else is left.
    pub fn put_away(mut self) -> Field {
        self.deleted = true;
        self.read_only = true;
        (self.required, self.searched, self.filterable, self.sortable) = (false, false, false, false);
        (self.required_when, self.visible_when, self.default) = (None, None, None);
        // Nobody works it out meanwhile; that is done when it comes back.
        self.derived = None;
        if let Some(target) = &mut self.target {
            target.inverse = None;
            target.on_timeline = false;
        }
        self
    }

    /// The links carry a role: one of these, `(code, en, pl, fr, ro)` each, or any other text.
    pub fn with_roles(mut self, choices: &[(&str, &str, &str, &str, &str)]) -> Field {
        if let Some(target) = &mut self.target {
            target.roles = Some(Roles { choices: choices.iter().map(choice).collect(), open: true });
        }
        self
    }
}

fn choice(&(code, en, pl, fr, ro): &(&str, &str, &str, &str, &str)) -> Choice {
    Choice::new(code, Labels::all(en, pl, fr, ro))
}
