//! What a filter means: fields found, values turned into what is stored, relative dates into fixed ones, rights into
//! reaches. The compiler and the evaluator share this and nothing below it.
//!
//! A condition is true or false. A test of nothing (an empty field, a relation that leads nowhere) is false.

use super::tree::{Match, Op};
use crate::{field::Field, object::Object, permissions::Reach};
use base::Id;
use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition<'a> {
    Always(bool),
    Any(Vec<Condition<'a>>),
    All(Vec<Condition<'a>>),
    Not(Box<Condition<'a>>),
    /// A value of the record passes.
    Value(Source<'a>, Test),
    Related(Box<Related<'a>>),
    Within(Box<Within<'a>>),
}

/// The record stands in a part of a hierarchy: it is the one at the top, or stands below it. What the caller may not
/// read is not there, nor is what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within<'a> {
    /// The field that leads to the record; absent for the record itself.
    pub way: Option<Source<'a>>,
    /// Whose tree it is.
    pub object: &'a Object,
    /// The field that leads up.
    pub up: &'a Field,
    pub reach: Reach,
    pub top: Id,
}

/// Where the values of a field come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    pub field: &'a Field,
    /// The single field that holds the first of many, which may be the only place where it is stored.
    pub first: Option<&'a Field>,
}

/// A test of one value. Any value that passes is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// There is a value.
    Filled,
    /// Of the folded key.
    Folded(TextTest),
    /// Of the text to the letter: exact comparison, and codes, phones and dates, which have no folded key.
    Exact(TextTest),
    /// Of the number, the instant, the id; of money in the base currency.
    Number(Order<i64>),
    /// Of money in its own currency, in minor units. Another currency passes [`Order::NotAmong`] and nothing else.
    Amount(String, Order<i64>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextTest {
    Order(Order<String>),
    Match(Match, String),
}

/// A place in an order; texts compare bytewise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order<T> {
    Among(Vec<T>),
    NotAmong(Vec<T>),
    Below(T),
    Above(T),
    /// Both ends belong to it; an absent end is open.
    Within(Option<T>, Option<T>),
    Outside(T, T),
}

/// The records that a relation leads to, and what is asked of them. Only those that the caller may read count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related<'a> {
    pub way: Way<'a>,
    /// Whose records they are.
    pub object: &'a Object,
    pub reach: Reach,
    /// What the links must say; anything when absent.
    pub terms: Option<Terms>,
    /// Only those that pass; all when absent.
    pub condition: Option<Condition<'a>>,
    pub ask: Ask<'a>,
}

/// What a link must say of the one that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// One of these roles; any or none when empty.
    pub roles: Vec<String>,
    /// Its days hold this one.
    pub on: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way<'a> {
    /// The field of this record leads there.
    There(Source<'a>),
    /// The field there leads here.
    Back(Source<'a>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask<'a> {
    /// There is one.
    Some,
    /// How many there are.
    Count(Order<i64>),
    /// What the field adds up to; nothing adds up to 0.
    Sum(Measured<'a>, Order<i64>),
    /// What the field is on average, if there is a value at all.
    Average(Measured<'a>, Op, Fraction),
    /// Whether the smallest or largest value passes, if there is a value at all.
    Extreme(Measured<'a>, End, Test),
}

/// The values that a figure is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured<'a> {
    pub field: &'a Field,
    /// Of money: only amounts in this currency, in its minor units; without, all amounts in the base currency.
    pub currency: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Smallest,
    Largest,
}

/// `whole + part / of`, where `0 <= part < of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    pub whole: i64,
    pub part: i64,
    pub of: i64,
}
