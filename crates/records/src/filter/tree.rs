//! A filter as it was written: the tree that the parser makes and the printer writes back.
//!
//! Not here: what the names and values mean; that takes an object, a caller and a moment, see `check`.

/// Where something stands in the text, in characters from 1. Not part of what a filter *is*: all are equal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Position(pub usize);

impl PartialEq for Position {
    fn eq(&self, _: &Position) -> bool {
        true
    }
}

impl Eq for Position {}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Two or more, of which one must hold.
    Or(Vec<Node>),
    /// Two or more, all of which must hold.
    And(Vec<Node>),
    Not(Box<Node>),
    Field(FieldTest),
    Related(RelatedTest),
}

/// A name as written, without backquotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub at: Position,
    pub text: String,
}

/// A test of a field of the record or of one that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTest {
    /// One name or more: relations, then a field.
    pub path: Vec<Name>,
    /// Where the operator stands.
    pub at: Position,
    pub operation: Operation,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    Compare(Op, Literal),
    Among(Vec<Literal>),
    Empty,
    NotEmpty,
    Between(Literal, Literal),
    Text(Match, Literal),
    /// `in last 30 days`: up to now, or from now on.
    Span(Direction, Literal, Unit),
    /// `in last month`: a whole one of the calendar.
    Period(Which, Period),
    /// `in tree of '…'`: that record, or one below it.
    Tree(Literal),
}

/// A test of the records that a to-many relation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedTest {
    pub at: Position,
    pub question: Question,
    pub relation: Name,
    /// What is added up, and so on: `total` in `sum(orders.total)`.
    pub field: Option<Name>,
    /// What the link must say: `as 'director'`, in one of these roles; `on today`, on that day.
    pub roles: Vec<Literal>,
    pub on: Option<Literal>,
    pub condition: Option<Box<Node>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    Any,
    No,
    All,
    /// A figure made of all of them, compared.
    Figure(Figure, Position, Op, Literal),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    Count,
    Sum,
    Avg,
    Min,
    Max,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Is,
    /// `==`: case and accents count.
    Exactly,
    IsNot,
    Below,
    AtMost,
    Above,
    AtLeast,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    Contains,
    StartsWith,
    EndsWith,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Next,
    Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Days,
    Weeks,
    Months,
    Quarters,
    Years,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    This,
    Next,
    Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    pub at: Position,
    pub value: LiteralValue,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiteralValue {
    Text(String),
    /// As written: `-12.50`.
    Number(String),
    Flag(bool),
    /// A calendar date that exists, `YYYY-MM-DD`.
    Date(String),
    /// An instant that exists, as written.
    Instant(String),
    /// Amount and currency code as written.
    Money(String, String),
    Now,
    Today,
    Me,
    MyTeam,
}

macro_rules! words {
    ($($type:ty { $($variant:ident = $word:literal),* $(,)? })*) => {
        $(impl $type {
            /// As written in a filter.
            pub fn word(self) -> &'static str {
                match self {
                    $(<$type>::$variant => $word),*
                }
            }

            /// Reads what [`Self::word`] writes.
            pub fn of_word(word: &str) -> Option<$type> {
                match word {
                    $($word => Some(<$type>::$variant),)*
                    _ => None,
                }
            }
        })*
    };
}

words! {
    Figure { Count = "count", Sum = "sum", Avg = "avg", Min = "min", Max = "max" }
    Op { Is = "=", Exactly = "==", IsNot = "!=", Below = "<", AtMost = "<=", Above = ">", AtLeast = ">=" }
    Direction { Next = "next", Last = "last" }
    Unit { Days = "days", Weeks = "weeks", Months = "months", Quarters = "quarters", Years = "years" }
    Which { This = "this", Next = "next", Last = "last" }
    Period { Week = "week", Month = "month", Quarter = "quarter", Year = "year" }
}

impl Match {
    /// As written in a filter.
    pub fn word(self) -> &'static str {
        match self {
            Match::Contains => "contains",
            Match::StartsWith => "starts with",
            Match::EndsWith => "ends with",
        }
    }
}

impl Op {
    /// Asks only whether two values are the same.
    pub fn asks_equality(self) -> bool {
        matches!(self, Op::Is | Op::Exactly | Op::IsNot)
    }
}

/// The words of the language. A field of such a name is written in backquotes. (`date`, `instant` and `money` are
/// words only right before a quote, `tree` and `of` only after `in`, `as` and `on` only
/// after a relation, and so remain names.)
pub const RESERVED: [&str; 38] = [
    "or", "and", "not", "in", "is", "empty", "between", "contains", "starts", "ends", "with", "where", "any", "no",
    "all", "count", "sum", "avg", "min", "max", "this", "next", "last", "days", "week", "weeks", "month", "months",
    "quarter", "quarters", "year", "years", "true", "false", "now", "today", "me", "my_team",
];
