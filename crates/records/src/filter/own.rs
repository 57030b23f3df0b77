//! What a filter looks at beyond the record itself: rules must not, since a record is held against them alone.

use super::{
    Filter,
    tree::{FieldTest, Literal, LiteralValue, Node, Operation, Position},
};
use base::{Message, message};

impl Filter {
    /// The fields of the record that the filter names, in order.
    ///
    /// # Errors
    /// A message with its place when the filter asks for other records, or for who is asking.
    pub fn own_fields(&self) -> Result<Vec<&str>, Message> {
        let mut names = Vec::new();
        collect(&self.root, &mut names)?;
        Ok(names)
    }

    /// As [`Filter::own_fields`], of a filter that says the same of a record whenever it is asked.
    ///
    /// # Errors
    /// Also a message with its place when the filter asks what time it is.
    pub fn steady_fields(&self) -> Result<Vec<&str>, Message> {
        let names = self.own_fields()?;
        match moving(&self.root) {
            Some(at) => Err(message!("filter-moves", position = at.0)),
            None => Ok(names),
        }
    }
}

/// Where a filter first asks what time it is.
fn moving(node: &Node) -> Option<Position> {
    let test = match node {
        Node::Or(nodes) | Node::And(nodes) => return nodes.iter().find_map(moving),
        Node::Not(node) => return moving(node),
        Node::Related(related) => return related.condition.as_deref().and_then(moving),
        Node::Field(test) => test,
    };
    let moves = |literal: &&Literal| matches!(literal.value, LiteralValue::Now | LiteralValue::Today);
    match &test.operation {
        Operation::Span(..) | Operation::Period(..) => Some(test.at),
        operation => literals(operation).into_iter().find(moves).map(|literal| literal.at),
    }
}

impl Filter {
    /// Whether the filter holds the record's own field against this text.
    pub fn compares(&self, field: &str, text: &str) -> bool {
        compares(&self.root, field, text)
    }
}

fn compares(node: &Node, field: &str, text: &str) -> bool {
    match node {
        Node::Or(nodes) | Node::And(nodes) => nodes.iter().any(|node| compares(node, field, text)),
        Node::Not(node) => compares(node, field, text),
        Node::Related(_) => false,
        Node::Field(test) => {
            let is_meant = |literal: &&Literal| matches!(&literal.value, LiteralValue::Text(own) if own.trim().eq_ignore_ascii_case(text));
            matches!(test.path.as_slice(), [name] if name.text == field)
                && literals(&test.operation).iter().any(is_meant)
        }
    }
}

/// What a test holds its field against.
fn literals(operation: &Operation) -> Vec<&Literal> {
    match operation {
        Operation::Compare(_, literal) | Operation::Text(_, literal) | Operation::Span(_, literal, _) => vec![literal],
        Operation::Among(literals) => literals.iter().collect(),
        Operation::Between(low, high) => vec![low, high],
        Operation::Empty | Operation::NotEmpty | Operation::Period(..) | Operation::Tree(_) => Vec::new(),
    }
}

fn collect<'f>(node: &'f Node, names: &mut Vec<&'f str>) -> Result<(), Message> {
    match node {
        Node::Or(nodes) | Node::And(nodes) => nodes.iter().try_for_each(|node| collect(node, names)),
        Node::Not(node) => collect(node, names),
        Node::Related(related) => Err(message!("filter-own-fields", position = related.at.0)),
        Node::Field(test) => of_test(test, names),
    }
}

fn of_test<'f>(test: &'f FieldTest, names: &mut Vec<&'f str>) -> Result<(), Message> {
    if let [_, beyond, ..] = test.path.as_slice() {
        return Err(message!("filter-own-fields", position = beyond.at.0));
    }
    if let Operation::Tree(_) = &test.operation {
        return Err(message!("filter-own-fields", position = test.at.0));
    }
    let of_caller = |literal: &&Literal| matches!(literal.value, LiteralValue::Me | LiteralValue::MyTeam);
    if let Some(literal) = literals(&test.operation).into_iter().find(of_caller) {
        return Err(message!("filter-nobody-asks", position = literal.at.0));
    }
    names.extend(test.path.iter().map(|name| name.text.as_str()));
    Ok(())
}
