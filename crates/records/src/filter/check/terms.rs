//! What a test of related records asks of the links themselves: `as` a role, `on` a day.

use super::{Checker, days::When};
use crate::{
    field::Roles,
    filter::{
        plan::{Terms, Way},
        problem,
        tree::{Literal, LiteralValue, RelatedTest},
    },
};
use base::{Result, message};
use jiff::civil::Date;

impl Checker<'_> {
    /// What the links must say, if the test asks it.
    pub(super) fn terms(&self, test: &RelatedTest, way: Way<'_>) -> Result<Option<Terms>> {
        if test.roles.is_empty() && test.on.is_none() {
            return Ok(None);
        }
        let (Way::There(source) | Way::Back(source)) = way;
        let roles = source.field.target.as_ref().and_then(|target| target.roles.as_ref());
        let Some(known) = roles else {
            let (position, name) = (test.relation.at.0, &test.relation.text);
            return Err(problem::wrong(message!("filter-keeps-no-roles", position = position, name = name)));
        };
        let roles = test.roles.iter().map(|role| role_of(known, role)).collect();
        let on = test.on.as_ref().map(|day| self.day(day)).transpose()?;
        Ok(Some(Terms { roles, on }))
    }

    fn day(&self, literal: &Literal) -> Result<Date> {
        let unfit = || {
            let found = problem::shown(&literal.to_string());
            problem::wrong(message!("filter-needs-day", position = literal.at.0, found = found))
        };
        match self.values.when(literal).ok_or_else(unfit)? {
            When::Day(day) => Ok(day),
            When::Instant(at) => Ok(at.date_in(&self.values.reading.zone)),
        }
    }
}

/// A role as links keep it: the code where one is meant, else the text to the letter.
fn role_of(known: &Roles, literal: &Literal) -> String {
    let LiteralValue::Text(text) = &literal.value else { return String::new() };
    let exact = known.choices.iter().any(|choice| choice.code == *text);
    let meant = if exact { None } else { crate::fields::choice_of(&known.choices, text) };
    meant.map_or_else(|| text.clone(), |choice| choice.code.clone())
}
