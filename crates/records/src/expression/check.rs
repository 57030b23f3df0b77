//! What kind of value an expression has, and what in it does not fit.

use super::{Call, Node, worth::Worth};
use crate::{
    field::{Field, Kind},
    filter::shown,
    object::Object,
};
use base::{Message, message};

/// What values are in an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Number,
    Money,
    Text,
    Flag,
    Date,
    Instant,
    /// Of an empty text: fits everywhere.
    Nothing,
}

impl Type {
    /// As errors name it: the field type that holds such values.
    pub fn name(self) -> &'static str {
        match self {
            Type::Number => "decimal",
            Type::Money => "money",
            Type::Text => "text",
            Type::Flag => "yes_no",
            Type::Date => "date",
            Type::Instant => "instant",
            Type::Nothing => "''",
        }
    }

    /// Of the values of a field; `None` for kinds that expressions do not read.
    pub fn of(field: &Field) -> Option<Type> {
        use Kind::*;
        Some(match field.kind {
            _ if field.holds_many() => return None,
            Integer | Decimal | Percent | Rating | Duration => Type::Number,
            Money => Type::Money,
            YesNo => Type::Flag,
            Date => Type::Date,
            Instant => Type::Instant,
            Text | LongText | Choice | AutoNumber | Email | Phone | Url | Iban | TaxId | Country | Language
            | Currency => Type::Text,
            File | Picture | RichText | Choices | Tags | Address | Relation | Relations | User | Team => return None,
        })
    }
}

pub fn check(node: &Node, object: &Object) -> Result<Type, Message> {
    match node {
        Node::Value(value) => Ok(of_value(value)),
        Node::Field(name, at) => of_field(object, name, *at),
        Node::Call(call, at, inner) => {
            let types = inner.iter().map(|node| check(node, object)).collect::<Result<Vec<_>, _>>()?;
            made(*call, &types).ok_or_else(|| {
                let found: Vec<_> = types.iter().map(|one| one.name()).collect();
                message!("expression-types", position = *at, name = call.word(), found = found.join(", "))
            })
        }
    }
}

fn of_field(object: &Object, name: &str, at: usize) -> Result<Type, Message> {
    let field = object
        .field(name)
        .ok_or_else(|| message!("expression-unknown-field", position = at, name = shown(name), object = object.name))?;
    Type::of(field)
        .ok_or_else(|| message!("expression-unfit-field", position = at, name = name, kind = field.kind.name()))
}

fn of_value(value: &Worth) -> Type {
    match value {
        Worth::Empty => Type::Nothing,
        Worth::Number(_) => Type::Number,
        Worth::Money(_) => Type::Money,
        Worth::Text(_) => Type::Text,
        Worth::Flag(_) => Type::Flag,
        Worth::Date(_) => Type::Date,
        Worth::Instant(_) => Type::Instant,
    }
}

/// What an operation makes of values of these types; `None` where it makes nothing of them.
fn made(call: Call, types: &[Type]) -> Option<Type> {
    use Type::*;
    let is = |at: usize, wanted: Type| types.get(at).is_none_or(|own| *own == wanted || *own == Nothing);
    let day = |at: usize| is(at, Date) || is(at, Instant);
    let one = common(types);
    let fits = |fits: bool, made: Type| fits.then_some(made);
    match call {
        Call::Plus | Call::Minus => one.filter(|one| matches!(one, Number | Money | Nothing)),
        Call::Times => match (types.first()?, types.get(1)?) {
            (Money, _) => fits(is(1, Number), Money),
            (_, Money) => fits(is(0, Number), Money),
            _ => fits(is(0, Number) && is(1, Number), Number),
        },
        Call::Over => match (types.first()?, types.get(1)?) {
            (Money, Money) => Some(Number),
            (Money, _) => fits(is(1, Number), Money),
            _ => fits(is(0, Number) && is(1, Number), Number),
        },
        Call::Join | Call::Concat => fits(types.iter().all(|one| *one != Flag), Text),
        Call::Is | Call::IsNot => fits(one.is_some() || is_money_and_number(types), Flag),
        Call::Below | Call::AtMost | Call::Above | Call::AtLeast => {
            fits(one.is_some_and(|one| one != Flag) || is_money_and_number(types), Flag)
        }
        Call::And | Call::Or | Call::Not => fits(types.iter().all(|one| *one == Flag), Flag),
        Call::IsEmpty => Some(Flag),
        Call::If => common(types.get(1..)?).filter(|_| types.first() == Some(&Flag)),
        Call::Coalesce => one,
        Call::Round => types.first().copied().filter(|own| matches!(own, Number | Money) && is(1, Number)),
        Call::Abs => types.first().copied().filter(|own| matches!(own, Number | Money)),
        Call::Min | Call::Max => one.filter(|one| *one != Flag),
        Call::Lower | Call::Upper | Call::Trim => fits(is(0, Text), Text),
        Call::Length => fits(is(0, Text), Number),
        Call::Left | Call::Right => fits(is(0, Text) && is(1, Number), Text),
        Call::Text => Some(Text),
        Call::DaysBetween => fits(day(0) && day(1), Number),
        Call::AddDays => fits(day(0) && is(1, Number), Date),
        Call::Year | Call::Month | Call::Day => fits(day(0), Number),
    }
}

/// The type that all have; nothing fits to each.
fn common(types: &[Type]) -> Option<Type> {
    let first = types.iter().copied().find(|one| *one != Type::Nothing).unwrap_or(Type::Nothing);
    types.iter().all(|one| *one == first || *one == Type::Nothing).then_some(first)
}

/// An amount is compared with a plain number in the base currency, as in filters.
fn is_money_and_number(types: &[Type]) -> bool {
    matches!(types, [Type::Money, Type::Number] | [Type::Number, Type::Money])
}
