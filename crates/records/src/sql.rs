//! A statement that is put together for one request: words from the program and the metadata, values as arguments.
//!
//! Nothing that a caller wrote can become a word: [`Sql::push`] takes program text only, [`Sql::push_field`] what
//! the definitions say, and everything else goes in as an argument.

use crate::field::{Field, Part};
use db::{Cell, Dialect, Statement};

/// The words so far, and the arguments that they count on.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    text: String,
    args: Vec<Cell>,
    aliases: u32,
}

impl Sql {
    pub fn new() -> Sql {
        Sql::default()
    }

    /// Words of the program.
    pub fn push(&mut self, words: &'static str) -> &mut Sql {
        self.text.push_str(words);
        self
    }

    /// An expression made by [`Field::expression`] or a function of [`Dialect`], or a name out of the metadata.
    /// Never anything that came with a request.
    pub fn push_expression(&mut self, expression: &str) -> &mut Sql {
        self.text.push_str(expression);
        self
    }

    /// One part of a field in the row called `alias`.
    pub fn push_field(&mut self, dialect: Dialect, alias: &str, field: &Field, part: Part) -> &mut Sql {
        self.push_expression(&field.expression(dialect, alias, part))
    }

    /// `alias.column`, of a column that every row of its kind has.
    pub fn push_column(&mut self, alias: &str, column: &'static str) -> &mut Sql {
        self.text.push_str(alias);
        self.text.push('.');
        self.text.push_str(column);
        self
    }

    /// A value: its place `?n` in the words, itself among the arguments.
    pub fn push_arg(&mut self, value: impl Into<Cell>) -> &mut Sql {
        let place = self.place(value);
        self.push_expression(&place)
    }

    /// Values in parentheses: `(?3, ?4)`. There must be at least one.
    pub fn push_list<T: Into<Cell>>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Sql {
        let mut before = "(";
        for value in values {
            self.push(before).push_arg(value);
            before = ", ";
        }
        self.push(")")
    }

    /// Takes a value among the arguments and answers its place, for a word that mentions it more than once.
    pub fn place(&mut self, value: impl Into<Cell>) -> String {
        self.args.push(value.into());
        format!("?{}", self.args.len())
    }

    /// A name for one more row, unlike all names given before: `r1`, `r2`, …
    pub fn alias(&mut self) -> String {
        self.aliases += 1;
        format!("r{}", self.aliases)
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn args(&self) -> &[Cell] {
        &self.args
    }

    /// Made for this request: drivers need not keep it.
    pub fn statement(self) -> Statement {
        Statement::new(self.text, self.args)
    }
}
