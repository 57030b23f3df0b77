//! A value of a record's field, in memory: parsed, normalised and valid for its kind.

use base::Id;
use jiff::civil::Date;

/// By kind: texts, e-mails, phones (E.164), URLs, choices, countries, languages, currencies and dates
/// (`YYYY-MM-DD`) are `Text`; integers, decimals and percents (units of `10^-scale`), yes/no (1, 0),
/// instants (milliseconds) are `Int`; relations, users and teams are `Link`; many are `Many`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Value {
    /// Nothing there. There is no empty text: it is this.
    #[default]
    Empty,
    Text(String),
    Int(i64),
    Money(Money),
    Link(Link),
    Address(Box<Address>),
    File(Box<File>),
    Many(Vec<Value>),
}

/// An amount with its currency.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units: cents.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Minor units of the base currency at the day's rate; unknown while no rate is.
    pub base: Option<i64>,
}

/// A reference to a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// The object's id.
    pub object: i64,
    pub id: Id,
    /// What the linked one is here, where the field keeps roles.
    pub role: Option<String>,
    /// The first and the last day of that; open where absent.
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl Link {
    /// To a record, without more.
    pub fn to(object: i64, id: Id) -> Link {
        Link { object, id, role: None, from: None, until: None }
    }

    /// Says nothing of what the linked one is here, and when.
    pub fn is_plain(&self) -> bool {
        self.role.is_none() && self.from.is_none() && self.until.is_none()
    }

    /// The same to another record.
    pub fn led_to(&self, other: &Link) -> Link {
        Link { object: other.object, id: other.id, ..self.clone() }
    }
}

/// A postal address. All parts may be empty, but not all at once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Address {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// ISO 3166 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// A file that a record holds, with what never changes of it. Two are the same when their ids are.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct File {
    /// The file's id, as a number.
    pub id: i64,
    pub name: String,
    /// `image/png`, told by the content.
    pub kind: String,
    pub size_bytes: i64,
    /// In lower-case hexadecimal.
    pub sha256: String,
    /// In pixels; of pictures only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<i64>,
}

impl PartialEq for File {
    fn eq(&self, other: &File) -> bool {
        self.id == other.id
    }
}

impl Eq for File {}

impl std::hash::Hash for File {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl Value {
    pub fn is_empty(&self) -> bool {
        matches!(self, Value::Empty)
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    pub fn link(&self) -> Option<&Link> {
        match self {
            Value::Link(link) => Some(link),
            _ => None,
        }
    }

    pub fn file(&self) -> Option<&File> {
        match self {
            Value::File(file) => Some(file),
            _ => None,
        }
    }

    /// The single values: none, one or many.
    pub fn each(&self) -> &[Value] {
        match self {
            Value::Empty => &[],
            Value::Many(values) => values,
            one => std::slice::from_ref(one),
        }
    }
}
