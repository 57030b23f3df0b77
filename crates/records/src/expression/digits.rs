//! How many digits behind the point the numbers of an expression have.

use super::{Call, Node, number::Number, worth::Worth};
use crate::{field::Kind, object::Object};

/// So many at most; `None` where they go on, as those of a quotient, and for what is no number.
pub fn digits(node: &Node, object: &Object) -> Option<u8> {
    match node {
        Node::Value(Worth::Number(number)) => u8::try_from(number.scale).ok(),
        Node::Value(_) => None,
        Node::Field(name, _) => {
            let field = object.field(name)?;
            Some(if matches!(field.kind, Kind::Decimal | Kind::Percent) { field.scale } else { 0 })
        }
        Node::Call(call, _, inner) => {
            let of = |at: usize| inner.get(at).and_then(|node| digits(node, object));
            let most =
                |nodes: &[Node]| nodes.iter().map(|node| digits(node, object)).try_fold(0, |a, b| Some(b?.max(a)));
            match call {
                Call::Plus | Call::Minus | Call::Min | Call::Max | Call::Coalesce => most(inner),
                Call::If => most(inner.get(1..)?),
                Call::Times => of(0)?.checked_add(of(1)?),
                Call::Abs => of(0),
                Call::Round => rounded(inner.get(1)),
                Call::Length | Call::DaysBetween | Call::Year | Call::Month | Call::Day => Some(0),
                _ => None,
            }
        }
    }
}

/// As asked for, where that stands there as a number.
fn rounded(wanted: Option<&Node>) -> Option<u8> {
    match wanted {
        None => Some(0),
        Some(Node::Value(Worth::Number(Number { units, scale: 0 }))) => u8::try_from(*units.clamp(&0, &9)).ok(),
        Some(_) => None,
    }
}
