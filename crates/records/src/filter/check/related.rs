//! The relations of a filter: steps of a path, and tests of all the records that a relation leads to.

use super::{
    Checker, MOST_STEPS,
    numbers::{FINER_DIGITS, Units},
    unfit_operator, unknown_field,
    values::{Named, Nature, digits_of, unfit},
    verdict::Verdict,
};
use crate::{
    field::{Field, Kind},
    filter::{
        plan::{Ask, Condition, End, Measured, Order, Related, Source, Test, Way},
        problem,
        tree::{Figure, Literal, LiteralValue, Name, Op, Question, RelatedTest},
    },
    lists,
    object::Object,
    permissions::Action,
};
use base::{Result, message};

impl<'a> Checker<'a> {
    /// A relation to one record, as a step of a path: the field, and whose record it leads to.
    pub(super) fn step(&self, object: &'a Object, name: &Name) -> Result<(&'a Field, &'a Object)> {
        let Ok(field) = self.field(object, name) else {
            // `orders.total`: there is such a relation, but it leads to many.
            return Err(match self.relation(object, name) {
                Ok(_) => leads_to_many(name),
                Err(_) => unknown_field(object, name),
            });
        };
        if field.holds_many() && field.kind.is_reference() {
            return Err(leads_to_many(name));
        }
        if !field.kind.is_reference() {
            return Err(problem::wrong(message!("filter-not-a-relation", position = name.at.0, name = name.text)));
        }
        if field.kind == Kind::Relation && field.target.as_ref().is_none_or(|target| target.object.is_none()) {
            return Err(problem::wrong(message!("filter-any-object", position = name.at.0, name = name.text)));
        }
        let target = self.access.schema.target(field).filter(|target| self.access.may_read(target));
        Ok((field, target.ok_or_else(|| unknown_field(object, name))?))
    }

    /// The record that a field leads to passes.
    pub(super) fn reached(&self, field: &'a Field, object: &'a Object, condition: Condition<'a>) -> Condition<'a> {
        Condition::Related(Box::new(Related {
            way: Way::There(Source { field, first: None }),
            object,
            reach: self.access.reach(object, Action::Read),
            terms: None,
            condition: Some(condition),
            ask: Ask::Some,
        }))
    }

    pub(super) fn related_test(&self, test: &RelatedTest, object: &'a Object, depth: usize) -> Result<Condition<'a>> {
        if depth == MOST_STEPS {
            return Err(problem::wrong(message!("filter-nested", position = test.at.0, limit = MOST_STEPS)));
        }
        let (way, there) = self.relation(object, &test.relation)?;
        let condition = match &test.condition {
            Some(node) => Some(self.node(node, there, depth + 1)?),
            None => None,
        };
        let reach = self.access.reach(there, Action::Read);
        let terms = self.terms(test, way)?;
        let related =
            |condition, ask| Condition::Related(Box::new(Related { way, object: there, reach, terms, condition, ask }));
        let not = |condition| Condition::Not(Box::new(condition));
        if let (Some(field), Question::Any | Question::No | Question::All) = (&test.field, &test.question) {
            return Err(problem::wrong(message!("filter-takes-no-field", position = field.at.0, name = field.text)));
        }
        Ok(match &test.question {
            Question::Any => related(condition, Ask::Some),
            Question::No => not(related(condition, Ask::Some)),
            Question::All => match condition {
                Some(condition) => not(related(Some(not(condition)), Ask::Some)),
                None => Condition::Always(true),
            },
            Question::Figure(figure, _, op, value) => match self.figure(*figure, test, there, *op, value)? {
                Verdict::Never => Condition::Always(false),
                Verdict::Filled => Condition::Always(true),
                Verdict::Test(ask) => related(condition, ask),
            },
        })
    }

    /// A to-many relation of an object: one of its own fields, or a field elsewhere that leads here. It exists for
    /// those who may know the field and read some records at the other end.
    fn relation(&self, object: &'a Object, name: &Name) -> Result<(Way<'a>, &'a Object)> {
        let unknown = || {
            let shown = problem::shown(&name.text);
            problem::wrong(message!(
                "filter-unknown-relation",
                position = name.at.0,
                name = shown,
                object = object.name
            ))
        };
        let known = |object: &'a Object, field: &&'a Field| self.access.may_filter(object, field);
        if let Some(field) = object.field(&name.text).filter(|field| field.kind == Kind::Relations) {
            let target = self.access.schema.target(field).filter(|target| self.access.may_read(target));
            let field = Some(field).filter(|field| known(object, field)).ok_or_else(unknown)?;
            let first = field.first.and_then(|first| object.field(first));
            return Ok((Way::There(Source { field, first }), target.ok_or_else(unknown)?));
        }
        let inverse = self.access.schema.inverse(object, &name.text).ok_or_else(unknown)?;
        if !self.access.may_read(inverse.object) || !known(inverse.object, &inverse.field) {
            return Err(unknown());
        }
        let first = inverse.field.first.and_then(|first| inverse.object.field(first));
        Ok((Way::Back(Source { field: inverse.field, first }), inverse.object))
    }

    /// `Filled` stands for a figure that is always so.
    fn figure(
        &self,
        figure: Figure,
        test: &RelatedTest,
        there: &'a Object,
        op: Op,
        literal: &Literal,
    ) -> Result<Verdict<Ask<'a>>> {
        let Some(name) = &test.field else {
            if figure != Figure::Count {
                let position = test.relation.at.0;
                let (figure, relation) = (figure.word(), &test.relation.text);
                return Err(problem::wrong(message!(
                    "filter-needs-field",
                    position = position,
                    figure = figure,
                    relation = relation
                )));
            }
            let LiteralValue::Number(number) = &literal.value else {
                let found = problem::shown(&literal.to_string());
                return Err(problem::wrong(message!("filter-needs-number", position = literal.at.0, found = found)));
            };
            return Ok(Units::read(number, 0).order(op).map(Ask::Count));
        };
        if figure == Figure::Count {
            return Err(problem::wrong(message!("filter-takes-no-field", position = name.at.0, name = name.text)));
        }
        let named = Named { name, field: self.field(there, name)? };
        let nature = Nature::of(named.field);
        let extreme = matches!(figure, Figure::Min | Figure::Max);
        if named.field.holds_many() || !(nature.adds_up() || extreme && nature.is_time()) {
            return Err(unfit_operator(named, name.at, figure.word()));
        }
        if !extreme {
            return self.sum_or_average(figure, self.field(there, name)?, named, op, literal);
        }
        let end = if figure == Figure::Min { End::Smallest } else { End::Largest };
        let (currency, test) = match self.values.compare(named, op, literal)? {
            Verdict::Never => return Ok(Verdict::Never),
            Verdict::Filled => (currency_of(literal), Test::Filled),
            Verdict::Test(Test::Amount(currency, order)) => (Some(currency), Test::Number(order)),
            Verdict::Test(test) => (None, test),
        };
        let measured = Measured { field: self.field(there, name)?, currency };
        Ok(Verdict::Test(Ask::Extreme(measured, end, test)))
    }

    fn sum_or_average(
        &self,
        figure: Figure,
        field: &'a Field,
        named: Named<'_>,
        op: Op,
        literal: &Literal,
    ) -> Result<Verdict<Ask<'a>>> {
        let is_money = field.kind == Kind::Money;
        let units = match &literal.value {
            LiteralValue::Number(number) if is_money => {
                Units::read(number, lists::minor_digits(&self.values.reading.currency).unwrap_or(2))
            }
            LiteralValue::Number(number) => Units::read(number, field.scale),
            LiteralValue::Text(_) if field.kind == Kind::Duration => {
                self.values.seconds(field, literal).ok_or_else(|| unfit(named, literal))?
            }
            LiteralValue::Money(amount, currency) if is_money => Units::read(amount, digits_of(currency, literal)?),
            _ => return Err(unfit(named, literal)),
        };
        let measured = Measured { field, currency: currency_of(literal) };
        if figure == Figure::Sum {
            return Ok(units.order(op).map(|order: Order<i64>| Ask::Sum(measured, order)));
        }
        let fraction = units.fraction().ok_or_else(|| {
            problem::wrong(message!("filter-too-fine", position = literal.at.0, digits = FINER_DIGITS))
        })?;
        Ok(Verdict::Test(Ask::Average(measured, op, fraction)))
    }
}

fn currency_of(literal: &Literal) -> Option<String> {
    match &literal.value {
        LiteralValue::Money(_, currency) => Some(currency.clone()),
        _ => None,
    }
}

/// A relation to many is no step of a path.
fn leads_to_many(name: &Name) -> base::Error {
    problem::wrong(message!("filter-leads-to-many", position = name.at.0, name = name.text))
}
