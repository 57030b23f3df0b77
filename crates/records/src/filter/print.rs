//! Writes the tree of a filter as text again: what is written reads back as the same tree.

use super::tree::{FieldTest, Literal, LiteralValue, Name, Node, Operation, Question, RESERVED, RelatedTest};
use std::fmt::{Display, Formatter, Result};

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Node::Or(nodes) => joined(f, nodes, " or ", |node| matches!(node, Node::Or(_))),
            Node::And(nodes) => joined(f, nodes, " and ", |node| matches!(node, Node::Or(_) | Node::And(_))),
            Node::Not(node) => match **node {
                Node::Field(_) | Node::Related(_) => write!(f, "not {node}"),
                _ => write!(f, "not ({node})"),
            },
            Node::Field(test) => test.fmt(f),
            Node::Related(test) => test.fmt(f),
        }
    }
}

/// Nodes with a word between them, those that it would bind wrongly in parentheses.
fn joined(f: &mut Formatter<'_>, nodes: &[Node], word: &str, enclosed: fn(&Node) -> bool) -> Result {
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 {
            f.write_str(word)?;
        }
        if enclosed(node) { write!(f, "({node})")? } else { node.fmt(f)? }
    }
    Ok(())
}

impl Display for FieldTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (at, name) in self.path.iter().enumerate() {
            f.write_str(if at > 0 { "." } else { "" })?;
            name.fmt(f)?;
        }
        f.write_str(" ")?;
        match &self.operation {
            Operation::Compare(op, value) => write!(f, "{} {value}", op.word()),
            Operation::Among(values) => {
                for (at, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if at > 0 { ", " } else { "in (" })?;
                }
                f.write_str(")")
            }
            Operation::Empty => f.write_str("is empty"),
            Operation::NotEmpty => f.write_str("is not empty"),
            Operation::Between(low, high) => write!(f, "between {low} and {high}"),
            Operation::Text(how, text) => write!(f, "{} {text}", how.word()),
            Operation::Span(direction, number, unit) => write!(f, "in {} {number} {}", direction.word(), unit.word()),
            Operation::Period(which, period) => write!(f, "in {} {}", which.word(), period.word()),
            Operation::Tree(top) => write!(f, "in tree of {top}"),
        }
    }
}

impl Display for RelatedTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let word = match &self.question {
            Question::Any => "any",
            Question::No => "no",
            Question::All => "all",
            Question::Figure(figure, ..) => figure.word(),
        };
        write!(f, "{word}({}", self.relation)?;
        if let Some(field) = &self.field {
            write!(f, ".{field}")?;
        }
        for (at, role) in self.roles.iter().enumerate() {
            write!(f, "{}{role}", if at > 0 { ", " } else { " as " })?;
        }
        if let Some(on) = &self.on {
            write!(f, " on {on}")?;
        }
        if let Some(condition) = &self.condition {
            write!(f, " where {condition}")?;
        }
        f.write_str(")")?;
        match &self.question {
            Question::Figure(_, _, op, value) => write!(f, " {} {value}", op.word()),
            Question::Any | Question::No | Question::All => Ok(()),
        }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut bytes = self.text.bytes();
        let plain = bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
            && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && !RESERVED.contains(&self.text.as_str());
        if plain { f.write_str(&self.text) } else { write!(f, "`{}`", self.text.replace('`', "``")) }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.value.fmt(f)
    }
}

impl Display for LiteralValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            LiteralValue::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            LiteralValue::Number(number) => f.write_str(number),
            LiteralValue::Flag(flag) => write!(f, "{flag}"),
            LiteralValue::Date(date) => write!(f, "date'{date}'"),
            LiteralValue::Instant(instant) => write!(f, "instant'{instant}'"),
            LiteralValue::Money(amount, currency) => write!(f, "money'{amount} {currency}'"),
            LiteralValue::Now => f.write_str("now"),
            LiteralValue::Today => f.write_str("today"),
            LiteralValue::Me => f.write_str("me"),
            LiteralValue::MyTeam => f.write_str("my_team"),
        }
    }
}
