//! The meaning of a filter on one record in memory. Agrees with what the compiled condition says of stored rows.

use super::{
    RecordRef, World,
    plan::{Ask, Condition, End, Fraction, Measured, Order, Related, Source, Terms, Test, TextTest, Way, Within},
    tree::{Match, Op},
};
use crate::{
    field::Field,
    object::Object,
    permissions::Reach,
    store::MOST_LEVELS,
    stored,
    value::{Link, Value},
};
use base::Id;
use std::cmp::Ordering;

/// Whether the record passes.
pub fn holds(condition: &Condition<'_>, world: &dyn World, record: RecordRef) -> bool {
    match condition {
        Condition::Always(always) => *always,
        Condition::Any(conditions) => conditions.iter().any(|condition| holds(condition, world, record)),
        Condition::All(conditions) => conditions.iter().all(|condition| holds(condition, world, record)),
        Condition::Not(condition) => !holds(condition, world, record),
        Condition::Value(source, test) => {
            values(*source, world, record).iter().any(|value| passes(source.field, value, test))
        }
        Condition::Related(related) => asked(related, world, record),
        Condition::Within(within) => stands_within(within, world, record),
    }
}

/// The record, or one that it leads to, is the top of the part or comes to it on its way up.
fn stands_within(within: &Within<'_>, world: &dyn World, record: RecordRef) -> bool {
    let at = |id| RecordRef { object: within.object.id, id };
    let starts: Vec<RecordRef> = match within.way {
        None => vec![record],
        Some(source) => {
            let values = values(source, world, record);
            values.iter().filter_map(Value::link).map(|link| at(link.id)).collect()
        }
    };
    let up = |here: &RecordRef| world.value(*here, within.up).link().map(|link| at(link.id));
    let is_there = |here: &RecordRef| readable(within.object, &within.reach, world, *here);
    let levels = usize::try_from(MOST_LEVELS).unwrap_or(0);
    let climbs = |start: RecordRef| {
        let way = std::iter::successors(Some(start), up).take(levels).take_while(is_there);
        way.into_iter().any(|here| here.id == within.top)
    };
    starts.into_iter().any(climbs)
}

/// The single values of a field.
fn values(source: Source<'_>, world: &dyn World, record: RecordRef) -> Vec<Value> {
    let mut values = world.value(record, source.field).each().to_vec();
    if let Some(first) = source.first {
        values.extend(world.value(record, first).each().iter().cloned());
    }
    values
}

/// Whether a value that is there passes.
fn passes(field: &Field, value: &Value, test: &Test) -> bool {
    match (test, value) {
        (Test::Filled, _) => true,
        (Test::Folded(test), _) => stored::key(field, value).is_some_and(|key| text_passes(&key, test)),
        (Test::Exact(test), Value::Text(text)) => text_passes(text, test),
        (Test::Number(order), _) => number(value).is_some_and(|number| in_order(&number, order)),
        (Test::Amount(currency, order), Value::Money(money)) => match order {
            Order::NotAmong(all) => money.currency != *currency || !all.contains(&money.minor),
            order => money.currency == *currency && in_order(&money.minor, order),
        },
        (Test::Exact(_) | Test::Amount(..), _) => false,
    }
}

/// What a value is compared by, where that is a number.
fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        Value::Money(money) => money.base,
        Value::Link(link) => Some(link.id.0),
        Value::Empty | Value::Text(_) | Value::Address(_) | Value::File(_) | Value::Many(_) => None,
    }
}

fn text_passes(text: &str, test: &TextTest) -> bool {
    match test {
        TextTest::Order(order) => in_order(&text.to_owned(), order),
        TextTest::Match(Match::Contains, part) => text.contains(part),
        TextTest::Match(Match::StartsWith, part) => text.starts_with(part),
        TextTest::Match(Match::EndsWith, part) => text.ends_with(part),
    }
}

fn in_order<T: Ord>(value: &T, order: &Order<T>) -> bool {
    let within = |from: Option<&T>, to: Option<&T>| from.is_none_or(|f| value >= f) && to.is_none_or(|t| value <= t);
    match order {
        Order::Among(all) => all.contains(value),
        Order::NotAmong(all) => !all.contains(value),
        Order::Below(end) => value < end,
        Order::Above(end) => value > end,
        Order::Within(from, to) => within(from.as_ref(), to.as_ref()),
        Order::Outside(from, to) => !within(Some(from), Some(to)),
    }
}

fn asked(related: &Related<'_>, world: &dyn World, record: RecordRef) -> bool {
    let passes = |there: &RecordRef| {
        readable(related.object, &related.reach, world, *there)
            && related.condition.as_ref().is_none_or(|condition| holds(condition, world, *there))
    };
    let mut found = led_to(related, world, record).into_iter().filter(passes);
    match &related.ask {
        Ask::Some => found.next().is_some(),
        Ask::Count(order) => in_order(&i64::try_from(found.count()).unwrap_or(i64::MAX), order),
        Ask::Sum(measured, order) => {
            let sum: i128 = found.filter_map(|there| measure(measured, world, there)).map(i128::from).sum();
            in_order(&clamped(sum), order)
        }
        Ask::Average(measured, op, than) => {
            average_passes(found.filter_map(|there| measure(measured, world, there)), *op, *than)
        }
        Ask::Extreme(measured, end, test) => {
            let values = found.filter_map(|there| comparable(measured, world, there));
            let value = match end {
                End::Smallest => values.min_by(in_value),
                End::Largest => values.max_by(in_value),
            };
            value.is_some_and(|value| self::passes(measured.field, &value, test))
        }
    }
}

/// The records that the relation leads to, each once, readable or not.
fn led_to(related: &Related<'_>, world: &dyn World, record: RecordRef) -> Vec<RecordRef> {
    let terms = related.terms.as_ref();
    let mut found = match related.way {
        Way::There(source) => {
            let links = links(source, terms, world, record);
            links.into_iter().map(|id| RecordRef { object: related.object.id, id }).collect()
        }
        Way::Back(source) => {
            let mut found = world.pointing(related.object, source.field, record);
            found.extend(source.first.iter().flat_map(|first| world.pointing(related.object, first, record)));
            found.retain(|there| terms.is_none() || links(source, terms, world, *there).contains(&record.id));
            found
        }
    };
    found.sort_by_key(|there| there.id);
    found.dedup();
    found
}

/// Where a record's links lead that say what they must. A lone first is one without role and days.
fn links(source: Source<'_>, terms: Option<&Terms>, world: &dyn World, record: RecordRef) -> Vec<Id> {
    let Some(terms) = terms else {
        return values(source, world, record).iter().filter_map(Value::link).map(|link| link.id).collect();
    };
    let mut all = world.value(record, source.field).each().to_vec();
    if all.is_empty() {
        all.extend(source.first.iter().flat_map(|first| world.value(record, first).each().to_vec()));
    }
    let says = |link: &&Link| {
        let has_role = terms.roles.is_empty() || link.role.as_ref().is_some_and(|role| terms.roles.contains(role));
        let holds = |day| link.from.is_none_or(|from| from <= day) && link.until.is_none_or(|until| until >= day);
        has_role && terms.on.is_none_or(holds)
    };
    all.iter().filter_map(Value::link).filter(says).map(|link| link.id).collect()
}

/// The caller may read the record.
fn readable(object: &Object, reach: &Reach, world: &dyn World, there: RecordRef) -> bool {
    let linked = |name: &str| -> Option<Id> {
        let field = object.field(name)?;
        world.value(there, field).link().map(|link| link.id)
    };
    world.lives(there) && reach.covers(linked("owner"), linked("team"))
}

/// The value that a figure takes from a record, as it is compared.
fn comparable(measured: &Measured<'_>, world: &dyn World, there: RecordRef) -> Option<Value> {
    match world.value(there, measured.field) {
        Value::Empty => None,
        Value::Money(money) => match &measured.currency {
            Some(currency) => (money.currency == *currency).then_some(Value::Int(money.minor)),
            None => money.base.map(Value::Int),
        },
        value => Some(value),
    }
}

fn measure(measured: &Measured<'_>, world: &dyn World, there: RecordRef) -> Option<i64> {
    comparable(measured, world, there).as_ref().and_then(number)
}

/// The order of numbers, or of dates.
fn in_value(one: &Value, other: &Value) -> Ordering {
    number(one).cmp(&number(other)).then_with(|| one.text().cmp(&other.text()))
}

fn average_passes(values: impl Iterator<Item = i64>, op: Op, than: Fraction) -> bool {
    let (mut sum, mut count) = (0_i128, 0_i128);
    for value in values {
        sum += i128::from(value);
        count += 1;
    }
    let (whole, part, of) = (i128::from(than.whole), i128::from(than.part), i128::from(than.of));
    let order = (sum * of).cmp(&((whole * of + part) * count));
    count > 0
        && match op {
            Op::Is | Op::Exactly => order.is_eq(),
            Op::IsNot => order.is_ne(),
            Op::Below => order.is_lt(),
            Op::AtMost => order.is_le(),
            Op::Above => order.is_gt(),
            Op::AtLeast => order.is_ge(),
        }
}

fn clamped(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}
