//! A field definition: what one property of an object is called, holds, demands and where it is stored.

mod building;
mod colour;
mod expression;
mod parts;

pub use colour::{PALETTE, Pair, Shade, colour};
pub use parts::{Choice, Personal, Roles, Target};

use crate::{derived::Derived, fields::Scheme, filter::Filter, object::Labels, value::Value};
use base::Message;

/// How a field's values look. Each has a file in `fields/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Text,
    LongText,
    RichText,
    Integer,
    Decimal,
    Money,
    Percent,
    Duration,
    Rating,
    YesNo,
    Date,
    Instant,
    Choice,
    Choices,
    Tags,
    AutoNumber,
    Email,
    Phone,
    Url,
    Iban,
    TaxId,
    Address,
    Country,
    Language,
    Currency,
    /// To one record: of `target`, or of any object when `target` is absent.
    Relation,
    /// To many records of `target`.
    Relations,
    User,
    Team,
    File,
    /// A file that is a picture.
    Picture,
}

/// Where the parts of a field's value lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// Real columns: `x`, and by kind `x_key`, `x_currency`, `x_base`, `x_object`.
    Column(&'static str),
    /// Keys of the JSON column `custom`: the slot `t1`, `n3`, …, or `x17` for a field without index,
    /// with the endings `k`, `c`, `b`, `o` for the parts.
    Slot(String),
}

/// A part of a stored value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is compared and sorted: the folded key of a text, a money's amount in the base currency, the
    /// number, date or reference itself.
    Compared,
    /// The value itself: the text, a money's minor units, the number…
    Value,
    /// A money's currency.
    Currency,
    /// The object of a relation to any object.
    Object,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Standard fields count from 1 within their object; custom ones have ids of their own.
    pub id: i64,
    /// Never changes once made.
    pub name: String,
    pub labels: Labels,
    pub kind: Kind,
    /// Several values of the kind: `emails`. Stored as a JSON array, each value also indexed in `item`.
    pub many: bool,
    /// The single field that holds the first of the many: `email` for `emails`.
    pub first: Option<&'static str>,
    pub required: bool,
    pub unique: bool,
    pub filterable: bool,
    pub sortable: bool,
    /// Found by the search box.
    pub searched: bool,
    /// Written by the product alone: `created_at`, `version`.
    pub read_only: bool,
    pub personal: Option<Personal>,
    pub default: Option<Value>,
    /// Of numbers: smallest and largest, in stored units; of texts: length in characters; of dates: not used.
    pub min: Option<i64>,
    pub max: Option<i64>,
    /// A regular expression that the whole text must match (linear-time engine).
    pub pattern: Option<String>,
    /// Digits behind the point of `Decimal` and `Percent`.
    pub scale: u8,
    pub choices: Vec<Choice>,
    /// Of tax numbers: who gives them, and the country of those that are written without one.
    pub scheme: Option<Scheme>,
    pub country: Option<String>,
    pub target: Option<Target>,
    /// Records that match must have a value.
    pub required_when: Option<Filter>,
    /// Screens show the field for records that match; its value is kept for the others.
    pub visible_when: Option<Filter>,
    pub storage: Storage,
    /// The slot that its values are on their way to: they are written there, too, and read there from when all are.
    pub next_slot: Option<String>,
    pub custom: bool,
    /// In the bin: it keeps its values, and nobody knows of it.
    pub deleted: bool,
    /// How its values are made from others, where nobody writes them.
    pub derived: Option<Derived>,
    /// Its values are still being worked out for the records that were there before it.
    pub filling: bool,
}

impl Field {
    /// A plain standard field, stored in the column of its name. The name is shown until labels are given.
    /// Its id comes with its object: see [`crate::object::Object::standard`].
    pub fn new(name: &'static str, kind: Kind) -> Field {
        Field {
            id: 0,
            name: name.to_owned(),
            labels: Labels::english(name),
            kind,
            many: kind == Kind::Tags,
            first: None,
            required: false,
            unique: false,
            filterable: true,
            sortable: kind.sorts(),
            searched: false,
            read_only: false,
            personal: None,
            default: None,
            min: None,
            max: None,
            pattern: None,
            scale: if matches!(kind, Kind::Decimal | Kind::Percent) { 4 } else { 0 },
            choices: Vec::new(),
            scheme: None,
            country: None,
            target: None,
            required_when: None,
            visible_when: None,
            storage: Storage::Column(name),
            next_slot: None,
            custom: false,
            deleted: false,
            derived: None,
            filling: false,
        }
    }

    /// More than one value: many of a kind, many choices, many records.
    pub fn holds_many(&self) -> bool {
        self.many || matches!(self.kind, Kind::Choices | Kind::Relations)
    }

    /// Makes a tree of its object's records.
    pub fn is_hierarchy(&self) -> bool {
        self.kind == Kind::Relation && self.target.as_ref().is_some_and(|target| target.hierarchy)
    }
}

impl Kind {
    /// As written in the API: `long_text`.
    pub fn name(self) -> &'static str {
        crate::fields::kind(self).name()
    }

    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub const ALL: [Kind; 31] = {
        use Kind::*;
        [
            Text, LongText, RichText, Integer, Decimal, Money, Percent, Duration, Rating, YesNo, Date, Instant, Choice,
            Choices, Tags, AutoNumber, Email, Phone, Url, Iban, TaxId, Address, Country, Language, Currency, Relation,
            Relations, User, Team, File, Picture,
        ]
    };

    /// Compared by a folded key that is stored beside the text.
    pub fn has_key(self) -> bool {
        matches!(
            self,
            Kind::Text | Kind::LongText | Kind::RichText | Kind::Tags | Kind::AutoNumber | Kind::Email | Kind::Url
        )
    }

    /// Stored as a whole number: counts, scaled decimals, minor units, flags, instants, references.
    pub fn is_number(self) -> bool {
        use Kind::*;
        matches!(
            self,
            Integer | Decimal | Money | Percent | Duration | Rating | YesNo | Instant | Relation | User | Team
        )
    }

    /// Refers to another record.
    pub fn is_reference(self) -> bool {
        matches!(self, Kind::Relation | Kind::Relations | Kind::User | Kind::Team)
    }

    /// Holds a file.
    pub fn is_file(self) -> bool {
        matches!(self, Kind::File | Kind::Picture)
    }

    /// Too long to be told apart by an index.
    pub fn is_long(self) -> bool {
        matches!(self, Kind::LongText | Kind::RichText)
    }

    /// Has an order that makes sense to a person.
    pub fn sorts(self) -> bool {
        use Kind::*;
        !self.is_long() && !self.is_file() && !matches!(self, Choices | Tags | Address | Relations | Relation)
    }

    fn ending(self, part: Part) -> &'static str {
        match part {
            Part::Compared if self.has_key() => "k",
            Part::Compared if self == Kind::Money => "b",
            Part::Compared | Part::Value => "",
            Part::Currency => "c",
            Part::Object => "o",
        }
    }
}

/// Why a given value is not one of the field; the field's name is added by the caller.
pub type Refused = Message;
