//! How the parts of a field are named in SQL.

use super::{Field, Part, Storage};
use db::Dialect;

impl Field {
    /// The SQL expression of one part of this field, in the row called `alias`. Exactly what the indexes index.
    ///
    /// A field that holds many has only [`Part::Value`], its JSON array; its values are compared in `item`
    /// (`link` for relations).
    pub fn expression(&self, dialect: Dialect, alias: &str, part: Part) -> String {
        let ending = self.kind.ending(part);
        match &self.storage {
            Storage::Column(column) => match ending {
                "" => format!("{alias}.{column}"),
                "k" => format!("{alias}.{column}_key"),
                "c" => format!("{alias}.{column}_currency"),
                "b" => format!("{alias}.{column}_base"),
                other => format!("{alias}.{column}_{}", if other == "o" { "object" } else { other }),
            },
            Storage::Slot(slot) => {
                let (column, key) = (format!("{alias}.custom"), format!("{slot}{ending}"));
                match part {
                    Part::Currency => dialect.json_text(&column, &key),
                    Part::Object => dialect.json_int(&column, &key),
                    _ if self.kind.is_number() && !self.holds_many() => dialect.json_int(&column, &key),
                    _ => dialect.json_text(&column, &key),
                }
            }
        }
    }
}
