//! Slots: the keys of the `custom` document under which custom fields lie, so that one index serves all tenants.

use crate::field::{Field, Kind, Storage};

/// A deleted field's row begins so: it keeps the slot from being given away while old values may lie there.
pub const TOMBSTONE: &str = "#";

/// The slots of a kind: their letter, and how many of them are indexed per object.
///
/// `t` texts by their folded key, `s` short codes, `n` numbers, `m` money by its base amount, `d` dates, `b` yes/no,
/// `r` references. What holds many or is long has no index of its own: it lies under `x`.
pub fn class(field: &Field) -> Option<(char, usize)> {
    if field.holds_many() {
        return None;
    }
    match field.kind {
        Kind::Text | Kind::AutoNumber | Kind::Email | Kind::Url => Some(('t', 20)),
        Kind::Choice | Kind::Phone | Kind::Iban | Kind::TaxId | Kind::Country | Kind::Language | Kind::Currency => {
            Some(('s', 20))
        }
        Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Duration | Kind::Rating | Kind::Instant => {
            Some(('n', 15))
        }
        Kind::Money => Some(('m', 10)),
        Kind::Date => Some(('d', 10)),
        Kind::YesNo => Some(('b', 10)),
        Kind::Relation | Kind::User | Kind::Team => Some(('r', 10)),
        Kind::LongText
        | Kind::RichText
        | Kind::Choices
        | Kind::Tags
        | Kind::Relations
        | Kind::Address
        | Kind::File
        | Kind::Picture => None,
    }
}

/// The field as it lies in another slot.
pub fn in_slot(field: &Field, slot: &str) -> Field {
    Field { storage: Storage::Slot(slot.to_owned()), next_slot: None, ..field.clone() }
}

/// The first free slot of a class; `None` when all are taken.
pub fn free(letter: char, count: usize, taken: &[String]) -> Option<String> {
    (1..=count).map(|number| format!("{letter}{number}")).find(|slot| !taken.contains(slot))
}
