//! The meaning of a filter as an SQL condition. The words depend on its shape only; every value is an argument.
//!
//! A condition may come out NULL where a field is empty. NULL stands for false and is made so under every `NOT`.

mod related;
mod tree;
mod values;

use super::plan::{Ask, Condition, Related, Test};
use crate::{permissions::Access, sql::Sql};
use db::Dialect;

/// Writes a condition on the row called `alias`.
pub fn push(condition: &Condition<'_>, sql: &mut Sql, access: &Access<'_>, dialect: Dialect, alias: &str) {
    Compiler { sql, access, dialect }.condition(condition, alias);
}

/// ` FROM … WHERE …`: the rows that the row called `here` is related to, as `there`.
pub fn push_related(
    related: &Related<'_>,
    sql: &mut Sql,
    access: &Access<'_>,
    dialect: Dialect,
    (here, there): (&str, &str),
) {
    Compiler { sql, access, dialect }.rows(related, None, here, there);
}

struct Compiler<'s, 'a> {
    sql: &'s mut Sql,
    access: &'s Access<'a>,
    dialect: Dialect,
}

impl Compiler<'_, '_> {
    fn condition(&mut self, condition: &Condition<'_>, alias: &str) {
        match condition {
            Condition::Always(always) => {
                self.sql.push(if *always { "TRUE" } else { "FALSE" });
            }
            Condition::Any(conditions) => self.joined(conditions, " OR ", alias),
            Condition::All(conditions) => self.joined(conditions, " AND ", alias),
            Condition::Not(inner) if is_never_null(inner) => {
                self.sql.push("NOT ");
                self.condition(inner, alias);
            }
            Condition::Not(inner) => {
                self.sql.push("NOT coalesce(");
                self.condition(inner, alias);
                self.sql.push(", FALSE)");
            }
            Condition::Value(source, test) => self.value(*source, test, alias),
            Condition::Related(related) => self.related(related, alias),
            Condition::Within(within) => self.within(within, alias),
        }
    }

    fn joined(&mut self, conditions: &[Condition<'_>], word: &'static str, alias: &str) {
        let mut before = "(";
        for condition in conditions {
            self.sql.push(before);
            self.condition(condition, alias);
            before = word;
        }
        self.sql.push(")");
    }
}

/// Spares the planner a wrapping that would hide an index or an anti-join from it.
fn is_never_null(condition: &Condition<'_>) -> bool {
    match condition {
        Condition::Always(_) | Condition::Not(_) | Condition::Value(_, Test::Filled) => true,
        Condition::Related(related) => related.ask == Ask::Some,
        Condition::Within(within) => within.way.is_none(),
        Condition::Any(all) | Condition::All(all) => all.iter().all(is_never_null),
        Condition::Value(..) => false,
    }
}
