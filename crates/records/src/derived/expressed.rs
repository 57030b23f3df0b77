//! What values a computed field has, and what stands in the way of its expression.

use super::{expression, shape::Shape};
use crate::{
    definitions::FieldInput,
    expression::{Expression, Type},
    field::{Kind, Personal},
    object::Object,
};
use base::{FieldError, Message, message};
use std::collections::HashSet;

/// Digits behind the point of computed numbers, where neither the definition nor the expression says how many.
const USUAL_DIGITS: u8 = 2;

/// Reads the expression of a definition for an object.
pub(super) fn of_expression(object: &Object, input: &FieldInput) -> Result<(Expression, Shape), FieldError> {
    let refuse = |message| wrong("expression", message);
    let text = input.expression.as_deref().ok_or_else(|| refuse(message!("expression-missing")))?;
    let expression = Expression::parse(text).map_err(refuse)?;
    let made = expression.check(object).map_err(refuse)?;
    if input.scale.is_some() && made != Type::Number {
        return Err(wrong("scale", message!("definition-not-of-type")));
    }
    let digits = input.scale.or_else(|| expression.digits(object)).unwrap_or(USUAL_DIGITS);
    let mut shape = match made {
        Type::Number if digits == 0 => Shape::of(Kind::Integer, 0),
        Type::Number => Shape::of(Kind::Decimal, digits.min(9)),
        Type::Money => Shape::of(Kind::Money, 0),
        Type::Text | Type::Nothing => Shape::of(Kind::Text, 0),
        Type::Flag => Shape::of(Kind::YesNo, 0),
        Type::Date => Shape::of(Kind::Date, 0),
        Type::Instant => Shape::of(Kind::Instant, 0),
    };
    shape.personal = personal(object, input, &expression)?;
    Ok((expression, shape))
}

/// How personal everything is that the value is made from, at first or second hand.
fn personal(object: &Object, input: &FieldInput, made: &Expression) -> Result<Option<Personal>, FieldError> {
    let (mut open, mut known, mut personal) = (made.fields(), HashSet::new(), None);
    while let Some(name) = open.pop() {
        if name == input.name {
            return Err(wrong("expression", message!("expression-circle")));
        }
        let Some(field) = object.field(name).filter(|_| known.insert(name)) else { continue };
        personal = match (personal, field.personal) {
            (_, Some(Personal::Special)) => Some(Personal::Special),
            (own, other) => own.or(other),
        };
        open.extend(expression(field).into_iter().flat_map(Expression::fields));
    }
    Ok(personal)
}

fn wrong(field: &str, message: Message) -> FieldError {
    FieldError { field: field.to_owned(), message }
}
