//! Finds out what a filter means for records of an object: which fields and relations its names are, as far as the
//! caller may know of them, and what its tests come down to.

mod days;
mod numbers;
mod related;
mod terms;
mod tree;
mod values;
mod verdict;

use super::{
    plan::{Condition, Order, Source, Test, TextTest},
    problem,
    tree::{FieldTest, Literal, LiteralValue, Name, Node, Op, Operation, Position},
};
use crate::{field::Field, object::Object, permissions::Access};
use base::{Error, Result, Timestamp, message};
use days::Moment;
use values::{Named, Nature, Values};
use verdict::Verdict;

/// Longest path of relations, and deepest nesting of relations within relations.
const MOST_STEPS: usize = 3;

/// The meaning of a filter for records of `object`, for this caller at this moment.
pub fn check<'a>(node: &Node, access: Access<'a>, object: &'a Object, now: Timestamp) -> Result<Condition<'a>> {
    let reading = access.schema.reading();
    let moment = Moment::new(now, reading.zone.clone());
    let values = Values { reading, moment, plan: &access.caller.plan };
    Checker { access, values }.node(node, object, 0)
}

struct Checker<'a> {
    access: Access<'a>,
    values: Values<'a>,
}

impl<'a> Checker<'a> {
    /// `depth` counts the relations around.
    fn node(&self, node: &Node, object: &'a Object, depth: usize) -> Result<Condition<'a>> {
        let all =
            |nodes: &[Node]| -> Result<Vec<_>> { nodes.iter().map(|node| self.node(node, object, depth)).collect() };
        Ok(match node {
            Node::Or(nodes) => Condition::Any(all(nodes)?),
            Node::And(nodes) => Condition::All(all(nodes)?),
            Node::Not(node) => Condition::Not(Box::new(self.node(node, object, depth)?)),
            Node::Field(test) => self.field_test(test, object)?,
            Node::Related(test) => self.related_test(test, object, depth)?,
        })
    }

    fn field_test(&self, test: &FieldTest, object: &'a Object) -> Result<Condition<'a>> {
        let Some((name, steps)) = test.path.split_last() else { return Ok(Condition::Always(false)) };
        if steps.len() > MOST_STEPS {
            return Err(problem::wrong(message!("filter-path-too-long", position = name.at.0, limit = MOST_STEPS)));
        }
        let (mut here, mut way) = (object, Vec::new());
        for step in steps {
            let (field, there) = self.step(here, step)?;
            way.push((field, there));
            here = there;
        }
        let field = self.field(here, name)?;
        let named = Named { name, field };
        let source = Source { field, first: field.first.and_then(|first| here.field(first)) };
        let reached = |condition| way.iter().rev().fold(condition, |inner, (field, to)| self.reached(field, to, inner));
        let filled = || Condition::Value(source, Test::Filled);
        Ok(match &test.operation {
            Operation::Empty => Condition::Not(Box::new(reached(filled()))),
            Operation::NotEmpty => reached(filled()),
            Operation::Tree(top) => reached(self.in_tree(here, (name, field), source, test.at, top)?),
            operation => reached(self.condition(named, source, test.at, operation)?),
        })
    }

    /// A field of this object that the caller may filter by. One that is hidden does not exist.
    fn field(&self, object: &'a Object, name: &Name) -> Result<&'a Field> {
        let field = object.field(&name.text).filter(|field| self.access.may_filter(object, field));
        field.ok_or_else(|| unknown_field(object, name))
    }

    fn condition(
        &self,
        named: Named<'_>,
        source: Source<'a>,
        at: Position,
        operation: &Operation,
    ) -> Result<Condition<'a>> {
        let nature = Nature::of(named.field);
        let refuse = |operator: &str| Err(unfit_operator(named, at, operator));
        let verdict = match operation {
            Operation::Compare(op, _) if nature == Nature::Opaque => return refuse(op.word()),
            Operation::Compare(op, _) if !nature.has_order() && !op.asks_equality() => return refuse(op.word()),
            Operation::Compare(op, value) => self.values.compare(named, *op, value)?,
            Operation::Among(_) if nature == Nature::Opaque => return refuse("in"),
            Operation::Among(values) => return self.among(named, source, values),
            Operation::Between(..) if !nature.has_order() => return refuse("between"),
            Operation::Between(low, high) => {
                let low = self.values.compare(named, Op::AtLeast, low)?;
                verdict::between(low, self.values.compare(named, Op::AtMost, high)?)
            }
            Operation::Text(how, _) if !nature.is_text() => return refuse(how.word()),
            Operation::Text(how, text) => self.values.matching(named, *how, text)?,
            Operation::Span(direction, ..) if !nature.is_time() => return refuse(&format!("in {}", direction.word())),
            Operation::Span(direction, number, unit) => {
                Verdict::Test(stretch(nature, self.values.moment.span(*direction, how_many(number)?, *unit)))
            }
            Operation::Period(which, _) if !nature.is_time() => return refuse(&format!("in {}", which.word())),
            Operation::Period(which, period) => {
                Verdict::Test(stretch(nature, self.values.moment.period(*which, *period)))
            }
            // Answered by the caller of this function.
            Operation::Empty | Operation::NotEmpty | Operation::Tree(_) => Verdict::Filled,
        };
        Ok(settled(source, verdict))
    }

    fn among(&self, named: Named<'_>, source: Source<'a>, values: &[Literal]) -> Result<Condition<'a>> {
        let mut tests = Vec::new();
        for value in values {
            match self.values.compare(named, Op::Is, value)? {
                Verdict::Test(test) => tests.push(test),
                Verdict::Never => {}
                Verdict::Filled => tests.push(Test::Filled),
            }
        }
        let mut conditions: Vec<_> =
            verdict::merged(tests).into_iter().map(|test| Condition::Value(source, test)).collect();
        Ok(match conditions.pop() {
            None => Condition::Always(false),
            Some(only) if conditions.is_empty() => only,
            Some(last) => {
                conditions.push(last);
                Condition::Any(conditions)
            }
        })
    }
}

fn settled(source: Source<'_>, verdict: Verdict<Test>) -> Condition<'_> {
    match verdict {
        Verdict::Never => Condition::Always(false),
        Verdict::Filled => Condition::Value(source, Test::Filled),
        Verdict::Test(test) => Condition::Value(source, test),
    }
}

/// A stretch of time as a test of dates or of instants.
fn stretch(nature: Nature, (days, instants): ((jiff::civil::Date, jiff::civil::Date), (i64, i64))) -> Test {
    match nature {
        Nature::Date => {
            let within = Order::Within(Some(days.0.to_string()), Some(days.1.to_string()));
            Test::Exact(TextTest::Order(within))
        }
        _ => Test::Number(Order::Within(Some(instants.0), Some(instants.1))),
    }
}

/// The number in `in last 30 days`.
fn how_many(literal: &Literal) -> Result<i64> {
    let number = match &literal.value {
        LiteralValue::Number(text) => text.parse().ok().filter(|number| (0..=days::LONGEST).contains(number)),
        _ => None,
    };
    number.ok_or_else(|| {
        let found = problem::shown(&literal.to_string());
        problem::wrong(message!("filter-stretch", position = literal.at.0, limit = days::LONGEST, found = found))
    })
}

/// Says the same of a field that does not exist and of one that the caller may not know of.
fn unknown_field(object: &Object, name: &Name) -> Error {
    let shown = problem::shown(&name.text);
    problem::wrong(message!("filter-unknown-field", position = name.at.0, name = shown, object = object.name))
}

/// The operator makes no sense for the field's kind.
fn unfit_operator(named: Named<'_>, at: Position, operator: &str) -> Error {
    problem::wrong(message!(
        "filter-operator",
        position = at.0,
        operator = operator,
        name = named.name.text,
        kind = named.field.kind.name(),
    ))
}
