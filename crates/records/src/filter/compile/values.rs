//! Tests of a field's values: on the column, or in the table of items where the field holds many.

use super::Compiler;
use crate::{
    field::{Field, Kind, Part},
    filter::{
        plan::{Order, Source, Test, TextTest},
        tree::Match,
    },
    stored,
    value::Value,
};
use db::Cell;

/// Where a value lies.
pub(super) enum Place<'a> {
    /// In the row called so.
    Row(&'a str),
    /// In a row of `item` or `link` called so.
    Many(&'a str),
    /// It is the outcome of this expression.
    Made(String),
}

impl Compiler<'_, '_> {
    pub(super) fn value(&mut self, source: Source<'_>, test: &Test, alias: &str) {
        if !source.field.holds_many() {
            return self.test(source.field, &Place::Row(alias), test);
        }
        self.sql.push("(");
        if let Some(first) = source.first {
            self.test(first, &Place::Row(alias), test);
            self.sql.push(" OR ");
        }
        self.among_many(source.field, test, alias);
        self.sql.push(")");
    }

    /// A value in `item`, or a record in `link`, passes.
    fn among_many(&mut self, field: &Field, test: &Test, alias: &str) {
        let many = self.sql.alias();
        let (table, key) = if field.kind == Kind::Relations { ("link", "from_id") } else { ("item", "record_id") };
        // Rare values are found from their own index, everything else from the record.
        let rare = is_rare(test);
        if rare {
            self.sql.push_column(alias, "id").push(" IN (SELECT ").push_column(&many, key);
        } else {
            self.sql.push("EXISTS (SELECT 1");
        }
        self.sql.push(" FROM ").push(table).push(" ").push_expression(&many);
        self.sql.push(" WHERE ").push_column(&many, "tenant_id").push(" = ").push_arg(self.access.caller.tenant);
        if !rare {
            self.sql.push(" AND ").push_column(&many, key).push(" = ").push_column(alias, "id");
        }
        self.sql.push(" AND ").push_column(&many, "field_id").push(" = ").push_arg(field.id);
        if *test != Test::Filled {
            self.sql.push(" AND ");
            self.test(field, &Place::Many(&many), test);
        }
        self.sql.push(")");
    }

    pub(super) fn test(&mut self, field: &Field, place: &Place<'_>, test: &Test) {
        match test {
            Test::Filled => {
                // A folded key is there whenever its text is, an amount in the base currency is not.
                let part = if field.kind == Kind::Money { Part::Value } else { Part::Compared };
                let value = self.expression(field, place, part);
                self.sql.push_expression(&value).push(" IS NOT NULL");
            }
            Test::Folded(test) => {
                let key = self.expression(field, place, Part::Compared);
                self.text(&key, test);
            }
            Test::Exact(test) if field.kind.has_key() => self.literally(field, place, test),
            Test::Exact(test) => {
                let text = self.expression(field, place, Part::Compared);
                self.text(&text, test);
            }
            Test::Number(order) => {
                let number = self.expression(field, place, Part::Compared);
                self.order(&number, order);
            }
            Test::Amount(currency, order) => self.amount(field, place, currency, order),
        }
    }

    fn expression(&self, field: &Field, place: &Place<'_>, part: Part) -> String {
        match place {
            Place::Row(alias) => field.expression(self.dialect, alias, part),
            Place::Many(alias) if field.kind == Kind::Relations => format!("{alias}.to_id"),
            Place::Many(alias) if part == Part::Compared => format!("{alias}.key"),
            Place::Many(alias) => format!("{alias}.value"),
            Place::Made(expression) => expression.clone(),
        }
    }

    /// Found by the folded key, which is indexed, then held against the text itself.
    fn literally(&mut self, field: &Field, place: &Place<'_>, test: &TextTest) {
        let (key, text) = (self.expression(field, place, Part::Compared), self.expression(field, place, Part::Value));
        let TextTest::Order(Order::Among(texts)) = test else { return self.text(&text, test) };
        let keys = texts.iter().filter_map(|text| stored::key(field, &Value::Text(text.clone())));
        self.sql.push("(");
        self.order(&key, &Order::Among(keys.collect()));
        self.sql.push(" AND ");
        self.text(&text, test);
        self.sql.push(")");
    }

    fn text(&mut self, text: &str, test: &TextTest) {
        match test {
            TextTest::Order(order) => self.order(text, order),
            TextTest::Match(Match::Contains, part) => {
                let part = self.sql.place(part.as_str());
                self.sql.push_expression(&self.dialect.contains(text, &part));
            }
            TextTest::Match(Match::EndsWith, part) => {
                let part = self.sql.place(part.as_str());
                self.sql.push_expression(&self.dialect.ends_with(text, &part));
            }
            // As a range of keys, which an index can answer.
            TextTest::Match(Match::StartsWith, part) => {
                self.sql.push("(").push_expression(text).push(" >= ").push_arg(part.as_str());
                if let Some(end) = after_all_with(part) {
                    self.sql.push(" AND ").push_expression(text).push(" < ").push_arg(end);
                }
                self.sql.push(")");
            }
        }
    }

    pub(super) fn order<T: Clone + Into<Cell>>(&mut self, value: &str, order: &Order<T>) {
        let sql = self.sql.push_expression(value);
        match order {
            Order::Among(all) => match all.as_slice() {
                [only] => sql.push(" = ").push_arg(only.clone()),
                _ => sql.push(" IN ").push_list(all.iter().cloned()),
            },
            Order::NotAmong(all) => match all.as_slice() {
                [only] => sql.push(" <> ").push_arg(only.clone()),
                _ => sql.push(" NOT IN ").push_list(all.iter().cloned()),
            },
            Order::Below(end) => sql.push(" < ").push_arg(end.clone()),
            Order::Above(end) => sql.push(" > ").push_arg(end.clone()),
            Order::Within(Some(from), Some(to)) => {
                sql.push(" BETWEEN ").push_arg(from.clone()).push(" AND ").push_arg(to.clone())
            }
            Order::Within(Some(from), None) => sql.push(" >= ").push_arg(from.clone()),
            Order::Within(None, Some(to)) => sql.push(" <= ").push_arg(to.clone()),
            Order::Within(None, None) => sql.push(" IS NOT NULL"),
            Order::Outside(from, to) => {
                sql.push(" NOT BETWEEN ").push_arg(from.clone()).push(" AND ").push_arg(to.clone())
            }
        };
    }

    fn amount(&mut self, field: &Field, place: &Place<'_>, currency: &str, order: &Order<i64>) {
        let code = self.expression(field, place, Part::Currency);
        let minor = self.expression(field, place, Part::Value);
        let (is, joined) = match order {
            Order::NotAmong(_) => (" <> ", " OR "),
            _ => (" = ", " AND "),
        };
        self.sql.push("(").push_expression(&code).push(is).push_arg(currency).push(joined);
        self.order(&minor, order);
        self.sql.push(")");
    }
}

/// Few records pass: it pays to begin with them.
fn is_rare(test: &Test) -> bool {
    matches!(
        test,
        Test::Folded(TextTest::Order(Order::Among(_)) | TextTest::Match(Match::StartsWith, _))
            | Test::Exact(TextTest::Order(Order::Among(_)))
            | Test::Number(Order::Among(_))
    )
}

/// The first text, bytewise, after all that start with this one; `None` where nothing comes after them.
fn after_all_with(start: &str) -> Option<String> {
    let mut end = start.to_owned();
    while let Some(last) = end.pop() {
        if let Some(next) = following(last) {
            end.push(next);
            return Some(end);
        }
    }
    None
}

/// The next character. The bytes of UTF-8 stand in the order of the characters.
fn following(c: char) -> Option<char> {
    match c {
        '\u{D7FF}' => Some('\u{E000}'),
        _ => char::from_u32(u32::from(c) + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_range_of_a_prefix_is_all_that_start_with_it(
            start in "[ab\u{D7FF}\u{10FFFF}ł]{1,3}",
            text in "[ab\u{D7FF}\u{E000}\u{10FFFF}łm]{0,4}",
        ) {
            let within = text >= start && after_all_with(&start).is_none_or(|end| text < end);
            prop_assert_eq!(within, text.starts_with(&start));
        }
    }
}
