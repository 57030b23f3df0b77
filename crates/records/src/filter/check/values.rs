//! The values of a filter turned into what fields of each kind store, or refused.

use super::{
    days::{Moment, When, text_order},
    numbers::Units,
    verdict::Verdict,
};
use crate::{
    field::{Field, Kind},
    fields::{self, Reading},
    filter::{
        plan::{Order, Test, TextTest},
        problem,
        tree::{Literal, LiteralValue, Match, Name, Op},
    },
    lists, stored,
    value::Value,
};
use base::{AccessPlan, Error, Id, Result, Timestamp, fold, message, time};

/// What can be asked of a field's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Compared by folded keys, or to the letter.
    Text,
    /// Kept in one form, without blanks: a phone number, an account.
    Compact,
    /// One of a list: a choice, a country.
    Code,
    Number,
    /// Seconds, also written as a text: `'1h 30m'`.
    Duration,
    Money,
    Flag,
    Date,
    Instant,
    Reference,
    /// Only whether it is there.
    Opaque,
}

impl Nature {
    pub fn of(field: &Field) -> Nature {
        let nature = match field.kind {
            Kind::Text | Kind::LongText | Kind::RichText | Kind::Tags | Kind::AutoNumber | Kind::Email | Kind::Url => {
                Nature::Text
            }
            Kind::Phone | Kind::Iban | Kind::TaxId => Nature::Compact,
            Kind::Choice | Kind::Choices | Kind::Country | Kind::Language | Kind::Currency => Nature::Code,
            Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Rating => Nature::Number,
            Kind::Duration => Nature::Duration,
            Kind::Money => Nature::Money,
            Kind::YesNo => Nature::Flag,
            Kind::Date => Nature::Date,
            Kind::Instant => Nature::Instant,
            Kind::Relation | Kind::Relations | Kind::User | Kind::Team => Nature::Reference,
            Kind::Address | Kind::File | Kind::Picture => Nature::Opaque,
        };
        // Many values are kept as texts, which have no order of numbers.
        let as_text = matches!(nature, Nature::Text | Nature::Compact | Nature::Code | Nature::Date);
        if field.many && field.kind != Kind::Relations && !as_text { Nature::Opaque } else { nature }
    }

    /// One value may come before another.
    pub fn has_order(self) -> bool {
        !matches!(self, Nature::Code | Nature::Flag | Nature::Reference | Nature::Opaque)
    }

    pub fn is_text(self) -> bool {
        matches!(self, Nature::Text | Nature::Compact)
    }

    pub fn is_time(self) -> bool {
        matches!(self, Nature::Date | Nature::Instant)
    }

    pub fn adds_up(self) -> bool {
        matches!(self, Nature::Number | Nature::Duration | Nature::Money)
    }
}

/// A field as a filter names it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    pub name: &'a Name,
    pub field: &'a Field,
}

/// What values are read with.
#[derive(Debug)]
pub struct Values<'a> {
    pub reading: Reading,
    pub moment: Moment,
    pub plan: &'a AccessPlan,
}

impl Values<'_> {
    /// What comparing a field with a value comes down to.
    pub fn compare(&self, named: Named<'_>, op: Op, literal: &Literal) -> Result<Verdict<Test>> {
        use LiteralValue as L;
        let field = named.field;
        Ok(match (Nature::of(field), &literal.value) {
            (Nature::Text, L::Text(text)) => self.text(field, op, text),
            (Nature::Compact, L::Text(text)) => exact_text(op, self.compact(field, op, text)),
            (Nature::Code, L::Text(text)) => exact_text(op, self.code(field, op, text)),
            (Nature::Number, L::Number(number)) => Units::read(number, field.scale).order(op).map(Test::Number),
            (Nature::Duration, _) => {
                self.seconds(field, literal).ok_or_else(|| unfit(named, literal))?.order(op).map(Test::Number)
            }
            (Nature::Money, L::Number(number)) => {
                let digits = lists::minor_digits(&self.reading.currency).unwrap_or(2);
                Units::read(number, digits).order(op).map(Test::Number)
            }
            (Nature::Money, L::Money(amount, currency)) => {
                let order = Units::read(amount, digits_of(currency, literal)?).order(op);
                order.map(|order| Test::Amount(currency.clone(), order))
            }
            (Nature::Flag, L::Flag(flag)) => number(op, vec![i64::from(*flag)]),
            (Nature::Date, _) => {
                let when = self.when(literal).ok_or_else(|| unfit(named, literal))?;
                self.moment.dates(op, when).map(|order| Test::Exact(TextTest::Order(order)))
            }
            (Nature::Instant, _) => {
                let when = self.when(literal).ok_or_else(|| unfit(named, literal))?;
                self.moment.instants(op, when).map(Test::Number)
            }
            (Nature::Reference, value) => number(op, self.ids(field, value).ok_or_else(|| unfit(named, literal))?),
            _ => return Err(unfit(named, literal)),
        })
    }

    /// `contains`, `starts with`, `ends with`.
    pub fn matching(&self, named: Named<'_>, how: Match, literal: &Literal) -> Result<Verdict<Test>> {
        let LiteralValue::Text(text) = &literal.value else { return Err(unfit(named, literal)) };
        let (part, test): (_, fn(TextTest) -> Test) = match Nature::of(named.field) {
            Nature::Compact => (part_of(named.field, text), Test::Exact),
            _ => (key(named.field, text), Test::Folded),
        };
        Ok(if part.is_empty() { Verdict::Never } else { Verdict::Test(test(TextTest::Match(how, part))) })
    }

    fn text(&self, field: &Field, op: Op, text: &str) -> Verdict<Test> {
        if op == Op::Exactly {
            return exact_text(op, text.to_owned());
        }
        // `www.example.com` is stored as `https://www.example.com/`.
        let equality = matches!(op, Op::Is | Op::IsNot);
        let whole = if field.kind == Kind::Url && equality { self.read(field, text) } else { None };
        let key = key(field, whole.as_deref().unwrap_or(text));
        if key.is_empty() {
            return Verdict::Never;
        }
        text_order(op, key).map(|order| Test::Folded(TextTest::Order(order)))
    }

    /// A whole number as it is stored, or for an order what there is of it.
    fn compact(&self, field: &Field, op: Op, text: &str) -> String {
        match op {
            Op::Exactly => text.to_owned(),
            Op::Is | Op::IsNot => self.read(field, text).unwrap_or_else(|| text.to_owned()),
            _ => part_of(field, text),
        }
    }

    /// The code that a text means; a text that means none is left alone and equals nothing.
    fn code(&self, field: &Field, op: Op, text: &str) -> String {
        if op == Op::Exactly {
            return text.to_owned();
        }
        let known = match field.kind {
            Kind::Choice | Kind::Choices => {
                let same = |code: &&str| code.eq_ignore_ascii_case(text.trim());
                field.choices.iter().map(|choice| choice.code.as_str()).find(same).map(str::to_owned)
            }
            _ => self.read(field, text),
        };
        known.unwrap_or_else(|| text.to_owned())
    }

    /// A text read as the field's kind reads it.
    fn read(&self, field: &Field, text: &str) -> Option<String> {
        if text.trim().is_empty() {
            return None;
        }
        let read = fields::kind(stored::single(field.kind)).from_text(field, text, &self.reading);
        match read {
            Ok(Value::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// A length of time, as a number of seconds or in words.
    pub fn seconds(&self, field: &Field, literal: &Literal) -> Option<Units> {
        match &literal.value {
            LiteralValue::Number(number) => Some(Units::read(number, 0)),
            LiteralValue::Text(text) => {
                let open = Field { min: None, max: None, ..field.clone() };
                let read = fields::kind(Kind::Duration).from_text(&open, text, &self.reading);
                Some(Units::read(&read.ok()?.int()?.to_string(), 0))
            }
            _ => None,
        }
    }

    /// The day or the instant that a literal means; `None` for another value.
    pub(super) fn when(&self, literal: &Literal) -> Option<When> {
        match &literal.value {
            LiteralValue::Date(text) => time::parse_date(text).map(When::Day),
            LiteralValue::Instant(text) => Timestamp::parse(text).map(When::Instant),
            LiteralValue::Text(text) => {
                time::parse_date(text).map(When::Day).or_else(|| Timestamp::parse(text).map(When::Instant))
            }
            LiteralValue::Now => Some(When::Instant(self.moment.now)),
            LiteralValue::Today => Some(When::Day(self.moment.today)),
            _ => None,
        }
    }

    /// The ids that a value means; none for a text that is no id and a caller who is no user. `None` for what
    /// cannot mean any.
    fn ids(&self, field: &Field, value: &LiteralValue) -> Option<Vec<i64>> {
        let numbers = |ids: &[Id]| ids.iter().map(|id| id.0).collect();
        match (value, field.kind) {
            (LiteralValue::Text(text), _) => Some(text.parse::<Id>().ok().map(|id| id.0).into_iter().collect()),
            (LiteralValue::Me, Kind::User) => Some(numbers(self.plan.user.as_slice())),
            (LiteralValue::MyTeam, Kind::Team) => Some(numbers(&self.plan.teams)),
            _ => None,
        }
    }
}

/// How many digits of a currency stand behind the point.
pub fn digits_of(currency: &str, literal: &Literal) -> Result<u8> {
    lists::minor_digits(currency)
        .ok_or_else(|| problem::wrong(message!("filter-unknown-currency", position = literal.at.0, found = currency)))
}

/// The value is not of the field's kind.
pub fn unfit(named: Named<'_>, literal: &Literal) -> Error {
    problem::wrong(message!(
        "filter-value",
        position = literal.at.0,
        name = named.name.text,
        kind = named.field.kind.name(),
        found = problem::shown(&literal.to_string()),
    ))
}

/// What a text in a filter is compared as. It is a text also where the field keeps HTML.
fn key(field: &Field, text: &str) -> String {
    if field.kind == Kind::RichText {
        return fold::fold(text);
    }
    stored::key(field, &Value::Text(text.to_owned())).unwrap_or_default()
}

/// The signs of a phone number or an account that are stored.
fn part_of(field: &Field, text: &str) -> String {
    match field.kind {
        Kind::Phone => text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        _ => text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect(),
    }
}

fn exact_text(op: Op, text: String) -> Verdict<Test> {
    if text.is_empty() {
        return Verdict::Never;
    }
    text_order(op, text).map(|order| Test::Exact(TextTest::Order(order)))
}

/// Only equality makes sense of these.
fn number(op: Op, numbers: Vec<i64>) -> Verdict<Test> {
    match op {
        Op::IsNot if numbers.is_empty() => Verdict::Filled,
        Op::IsNot => Verdict::Test(Test::Number(Order::NotAmong(numbers))),
        _ if numbers.is_empty() => Verdict::Never,
        _ => Verdict::Test(Test::Number(Order::Among(numbers))),
    }
}
