//! What a failure of PostgreSQL means to the caller.

use base::Error;
use deadpool::managed::PoolError;
use tokio_postgres::error::SqlState;

/// Names codes, constraints and tables, never values: those would be somebody's data in the log.
pub(crate) fn failure(error: &tokio_postgres::Error) -> Error {
    let Some(refusal) = error.as_db_error() else {
        if error.is_closed() || is_io(error) {
            tracing::warn!(%error, "the connection to PostgreSQL is lost");
            return Error::Unavailable { seconds: 1 };
        }
        return Error::internal(describe(error));
    };
    let code = refusal.code();
    let constraint = refusal.constraint().unwrap_or_default();
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code) {
        return Error::Stale;
    }
    // The batch was decided on a view that no longer holds: somebody else took the key, or removed the other end.
    if [SqlState::UNIQUE_VIOLATION, SqlState::FOREIGN_KEY_VIOLATION].contains(code) {
        tracing::warn!(constraint, "a constraint refused a batch");
        return Error::Stale;
    }
    if [SqlState::QUERY_CANCELED, SqlState::LOCK_NOT_AVAILABLE].contains(code) {
        tracing::warn!(code = code.code(), "a query was given up");
        return Error::Unavailable { seconds: 5 };
    }
    // A migration has changed a table under a prepared statement.
    if *code == SqlState::FEATURE_NOT_SUPPORTED && refusal.message().contains("cached plan") {
        return Error::Unavailable { seconds: 1 };
    }
    // Classes 08 (connection), 53 (resources), 57P (the server is stopping), 58 (its disk).
    let away = ["08", "53", "57P", "58"].iter().any(|class| code.code().starts_with(class));
    if away {
        tracing::error!(code = code.code(), message = refusal.message(), "PostgreSQL refuses");
        return Error::Unavailable { seconds: 5 };
    }
    // Class 22 quotes the value it did not like.
    let said = if code.code().starts_with("22") { "a value does not fit" } else { refusal.message() };
    Error::internal(format!("PostgreSQL {}: {said} {constraint}", code.code()))
}

pub(crate) fn no_connection(error: &PoolError<tokio_postgres::Error>) -> Error {
    match error {
        PoolError::Timeout(_) | PoolError::Closed => Error::Unavailable { seconds: 1 },
        PoolError::Backend(error) => match failure(error) {
            Error::Internal(cause) => {
                tracing::error!(%cause, "no connection to PostgreSQL");
                Error::Unavailable { seconds: 5 }
            }
            other => other,
        },
        other => Error::internal(other.to_string()),
    }
}

/// The driver says the cause of its own errors only in the second line.
fn describe(error: &tokio_postgres::Error) -> String {
    use std::error::Error as _;
    error.source().map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    use std::error::Error as _;
    error.source().is_some_and(|cause| cause.is::<std::io::Error>())
}
