//! What can go wrong, in the caller's terms. Only `web` turns this into HTTP and into a human language.

use std::fmt;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A sentence for a person, not yet in any language: a stable code and what fills its gaps.
///
/// The sentences stand in `crates/web/texts/*.ftl`; a test compares the codes used in the source with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
}

/// `message!("filter-expected", position = 17, found = word)` — the code, then what fills the gaps.
#[macro_export]
macro_rules! message {
    ($code:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::Message { code: $code, args: vec![$((stringify!($name), ($value).to_string())),*] }
    };
}

/// One thing wrong with one field of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field as the caller named it, or a query parameter such as `filter`.
    pub field: String,
    pub message: Message,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or not for this caller to know of.
    #[error("{0} was not found")]
    NotFound(&'static str),
    #[error("nobody is signed in")]
    Unauthenticated,
    #[error("not allowed: {0}")]
    Forbidden(Message),
    /// The input breaks a rule; nothing was written.
    #[error("invalid: {}", .0.iter().map(|e| format!("{}: {}", e.field, e.message)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<FieldError>),
    /// The request contradicts what is stored (a value that must be unique, a job that is running).
    #[error("conflict: {0}")]
    Conflict(Message),
    /// Somebody else changed the record first.
    #[error("someone else changed this first")]
    Stale,
    #[error("too large: {0}")]
    TooLarge(Message),
    /// Too many requests of this kind; try again.
    #[error("busy, try again in {seconds} s")]
    Busy { seconds: u32 },
    /// A part that we depend on is away or full.
    #[error("unavailable, try again in {seconds} s")]
    Unavailable { seconds: u32 },
    /// A bug or a broken machine. The cause goes to the log, never to the caller.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// One field is wrong.
    pub fn field(field: impl Into<String>, message: Message) -> Error {
        Error::Invalid(vec![FieldError { field: field.into(), message }])
    }

    /// A failure that no caller can mend: the text is for the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::Internal(cause.into())
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}
