//! Options that are retired stay where they are, and are not newly chosen.

use crate::{definitions::first_retired, layout::Record, object::Object, value::Value};
use base::{Error, FieldError, Result, message};

/// Refuses retired options among some values that none of the records has in that field.
///
/// # Errors
/// A field error for each field, which names the option.
pub fn check_choices(object: &Object, values: &[(usize, Value)], had: &[&Record]) -> Result<()> {
    let newly = |(at, value): &(usize, Value)| {
        let field = object.fields.get(*at).filter(|field| field.choices.iter().any(|choice| choice.retired))?;
        let is_new =
            |one: &&Value| !had.iter().any(|record| record.values.get(*at).is_some_and(|had| had.each().contains(one)));
        let code = first_retired(&field.choices, value.each().iter().filter(is_new).filter_map(Value::text))?;
        let message = message!("field-retired-choice", code = code);
        Some(FieldError { field: field.name.clone(), message })
    };
    let errors: Vec<FieldError> = values.iter().filter_map(newly).collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}
