//! The language of computed fields: small, typed and total. An expression reads fields of one record, always ends, has
//! no effect and never fails: what cannot be worked out is empty. `docs/fields.md` describes it to administrators.

mod call;
mod check;
mod digits;
mod evaluate;
mod literal;
mod number;
mod parse;
mod worth;

#[cfg(test)]
mod tests;

pub use check::Type;
pub use worth::{Place, Worth};

use crate::{layout::Record, object::Object};
use base::Message;
use call::Call;

/// An expression as written: well-formed, not yet known to make sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    text: String,
    root: Node,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Value(Worth),
    /// A field by its name, and where it stands.
    Field(String, usize),
    Call(Call, usize, Vec<Node>),
}

impl Node {
    /// It and all inside it, from left to right.
    fn each(&self) -> impl Iterator<Item = &Node> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let node = open.pop()?;
            if let Node::Call(_, _, inner) = node {
                open.extend(inner.iter().rev());
            }
            Some(node)
        })
    }

    fn fields(&self) -> Vec<&str> {
        self.each().filter_map(Node::name).collect()
    }

    fn name(&self) -> Option<&str> {
        if let Node::Field(name, _) = self { Some(name) } else { None }
    }
}

impl Expression {
    /// Reads the text of an expression.
    ///
    /// # Errors
    /// A message with the position of the offending character, counted from 1.
    pub fn parse(text: &str) -> Result<Expression, Message> {
        parse::parse(text).map(|root| Expression { text: text.trim().to_owned(), root })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The fields that it reads, in order.
    pub fn fields(&self) -> Vec<&str> {
        self.root.fields()
    }

    /// Whether it compares what a field holds, or what is made of that, with this text.
    pub fn compares(&self, field: &str, text: &str) -> bool {
        let is_meant = |node: &Node| matches!(node, Node::Value(Worth::Text(own)) if own.eq_ignore_ascii_case(text));
        self.root.each().any(|node| match node {
            Node::Call(call, _, inner) if call.compares() => {
                inner.iter().any(is_meant) && inner.iter().any(|side| side.fields().contains(&field))
            }
            _ => false,
        })
    }

    /// What kind of value it has for records of an object.
    ///
    /// # Errors
    /// A message with the position of a field that does not exist or cannot be read, or of an operation that does not
    /// fit what it is given.
    pub fn check(&self, object: &Object) -> Result<Type, Message> {
        check::check(&self.root, object)
    }

    /// How many digits behind the point its numbers have, where that is known beforehand.
    pub fn digits(&self, object: &Object) -> Option<u8> {
        digits::digits(&self.root, object).filter(|digits| *digits <= 9)
    }

    /// Its value for a record. Each part of the expression is worked out at most once.
    pub fn evaluate(&self, place: &Place<'_>, object: &Object, record: &Record) -> Worth {
        evaluate::evaluate(&self.root, place, object, record)
    }
}
