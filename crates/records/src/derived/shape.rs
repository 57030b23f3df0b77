//! What kind of value a derived field holds: that follows from what it is made of. Pure.

use super::{Derived, Function, RollupInput, expressed, input::COMPUTED, is_late};
use crate::{
    definitions::FieldInput,
    field::{Choice, Field, Kind, Personal},
    fields::Scheme,
    filter::Filter,
    object::Object,
    permissions::Access,
    schema::Schema,
};
use base::{Error, FieldError, Message, SystemCaller, TenantId, Timestamp, message};

/// Digits behind the point of an average of whole numbers.
const DIGITS_OF_AVERAGE: u8 = 2;

/// The field that a definition describes, but for its id, name and place.
///
/// # Errors
/// Everything wrong with how a derived field is made; nothing for a type that does not exist, which is told elsewhere.
pub fn made(schema: &Schema, object: &Object, input: &FieldInput) -> Result<Field, Vec<FieldError>> {
    if !super::is_derived(&input.kind) {
        let mut field = Field::new("", Kind::parse(&input.kind).ok_or_else(Vec::new)?);
        input.describe(&mut field);
        return Ok(field);
    }
    let one = |error: FieldError| vec![error];
    if input.kind == COMPUTED {
        let (expression, shape) = expressed::of_expression(object, input).map_err(one)?;
        return Ok(described(input, shape, Derived::Computed(expression)));
    }
    let wanted = input.rollup.as_ref().ok_or_else(|| one(wrong("rollup", message!("rollup-missing"))))?;
    let (function, shape) = of_rollup(schema, object, wanted).map_err(one)?;
    Ok(described(input, shape, Derived::Rollup(wanted.rollup(function))))
}

fn described(input: &FieldInput, shape: Shape, derived: Derived) -> Field {
    let mut field = Field::new("", shape.kind);
    input.describe(&mut field);
    field.read_only = true;
    field.derived = Some(derived);
    field.scale = shape.scale;
    field.choices = shape.choices;
    field.scheme = shape.scheme;
    field.country = shape.country;
    // What is made of something is no less personal than it.
    field.personal = match (field.personal, shape.personal) {
        (_, Some(Personal::Special)) => Some(Personal::Special),
        (own, source) => own.or(source),
    };
    field
}

/// What a value is like, whatever field it is in.
pub(super) struct Shape {
    kind: Kind,
    scale: u8,
    choices: Vec<Choice>,
    scheme: Option<Scheme>,
    country: Option<String>,
    pub(super) personal: Option<Personal>,
}

impl Shape {
    pub(super) fn of(kind: Kind, scale: u8) -> Shape {
        Shape { kind, scale, choices: Vec::new(), scheme: None, country: None, personal: None }
    }

    fn like(field: &Field, kind: Kind) -> Shape {
        Shape {
            choices: field.choices.clone(),
            scheme: field.scheme,
            country: field.country.clone(),
            personal: field.personal,
            ..Shape::of(kind, field.scale)
        }
    }
}

fn of_rollup(schema: &Schema, object: &Object, wanted: &RollupInput) -> Result<(Function, Shape), FieldError> {
    let known = schema.inverse(object, &wanted.relation).filter(|inverse| inverse.field.filterable);
    let inverse = known.ok_or_else(|| {
        wrong("rollup.relation", message!("rollup-relation", name = wanted.relation, object = object.name))
    })?;
    let function = Function::parse(&wanted.function).ok_or_else(|| {
        let known: Vec<_> = Function::ALL.iter().map(|function| function.name()).collect();
        wrong("rollup.function", message!("rollup-function", known = known.join(", ")))
    })?;
    let field = source(inverse.object, function, function != Function::Count, ("field", wanted.field.as_deref()))?;
    let by = source(inverse.object, function, function.picks(), ("by", wanted.by.as_deref()))?;
    if let Some(by) = by.filter(|by| !has_place(by)) {
        return Err(unfit("rollup.by", function, by));
    }
    if let Some(text) = &wanted.condition
        && let Some(problem) = condition_problem(schema, inverse.object, text)
    {
        return Err(wrong("rollup.where", problem));
    }
    let shape = match field {
        None => Shape::of(Kind::Integer, 0),
        Some(field) => result(function, field).ok_or_else(|| unfit("rollup.field", function, field))?,
    };
    Ok((function, shape))
}

/// A field that a figure wants, or does not.
fn source<'a>(
    there: &'a Object,
    function: Function,
    is_wanted: bool,
    (option, name): (&str, Option<&str>),
) -> Result<Option<&'a Field>, FieldError> {
    let place = format!("rollup.{option}");
    let (function, option) = (function.name(), option.to_owned());
    match name {
        None if is_wanted => Err(wrong(&place, message!("rollup-needs", function = function, option = option))),
        None => Ok(None),
        Some(_) if !is_wanted => Err(wrong(&place, message!("rollup-takes-no", function = function, option = option))),
        Some(name) => match there.field(name) {
            None => Err(wrong(&place, message!("field-unknown", object = there.name))),
            Some(field) if is_late(there, field) => Err(wrong(&place, message!("rollup-of-rollup", name = name))),
            Some(field) => Ok(Some(field)),
        },
    }
}

/// Values of the field stand in an order that both databases know.
fn has_place(field: &Field) -> bool {
    use Kind::*;
    !field.holds_many()
        && matches!(field.kind, Integer | Decimal | Money | Percent | Duration | Rating | Date | Instant)
}

fn result(function: Function, field: &Field) -> Option<Shape> {
    use Kind::*;
    let adds_up = matches!(field.kind, Integer | Decimal | Money | Percent | Duration | Rating);
    let is_simple = !matches!(field.kind, LongText | RichText | Address | Tags | File | Picture);
    let is_simple = is_simple && !field.kind.is_reference();
    let kind = match (function, field.kind) {
        _ if field.holds_many() => return None,
        (Function::Count, _) => Integer,
        (Function::Sum, Rating) => Integer,
        (Function::Avg, Integer | Rating) => {
            return Some(Shape { scale: DIGITS_OF_AVERAGE, ..Shape::like(field, Decimal) });
        }
        (Function::Sum | Function::Avg, kind) if adds_up => kind,
        (Function::Min | Function::Max, kind) if has_place(field) => kind,
        (Function::First | Function::Last, AutoNumber) => Text,
        (Function::First | Function::Last, kind) if is_simple => kind,
        _ => return None,
    };
    Some(Shape::like(field, kind))
}

/// What is wrong with a condition on the related records.
fn condition_problem(schema: &Schema, there: &Object, text: &str) -> Option<Message> {
    // Neither the tenant nor the moment makes a difference: what depends on them is refused.
    let caller = SystemCaller::for_(TenantId(0), "rolled-up fields");
    let check = || {
        let filter = Filter::parse(text)?;
        filter.check(&Access::new(schema, &caller), there, Timestamp(0))?;
        let names = filter.steady_fields().map_err(|message| Error::field("where", message))?;
        let rolled = names.into_iter().find(|name| there.field(name).is_some_and(|field| is_late(there, field)));
        rolled.map_or(Ok(()), |name| Err(Error::field("where", message!("rollup-of-rollup", name = name))))
    };
    match check() {
        Ok(()) => None,
        Err(Error::Invalid(errors)) => errors.into_iter().next().map(|error| error.message),
        Err(_) => Some(message!("invalid")),
    }
}

fn unfit(place: &str, function: Function, field: &Field) -> FieldError {
    let (function, kind) = (function.name(), field.kind.name());
    wrong(place, message!("rollup-unfit", function = function, name = field.name, kind = kind))
}

fn wrong(field: &str, message: Message) -> FieldError {
    FieldError { field: field.to_owned(), message }
}
