//! Tests of related records: subqueries on the rows that the relation leads to and the caller may read.

use super::{Compiler, values::Place};
use crate::{
    field::{Field, Part},
    filter::{
        plan::{Ask, End, Fraction, Measured, Related, Source, Terms, Way},
        tree::Op,
    },
};

impl Compiler<'_, '_> {
    pub(super) fn related(&mut self, related: &Related<'_>, alias: &str) {
        let there = self.sql.alias();
        match &related.ask {
            Ask::Some => {
                self.sql.push("EXISTS (SELECT 1");
                self.rows(related, None, alias, &there);
            }
            Ask::Count(order) => {
                self.sql.push("(SELECT ");
                self.order("count(*)", order);
                self.rows(related, None, alias, &there);
            }
            Ask::Sum(measured, order) => {
                self.sql.push("(SELECT ");
                let value = self.measured(measured, &there);
                self.order(&format!("coalesce(sum({value}), 0)"), order);
                self.rows(related, Some(measured), alias, &there);
            }
            Ask::Average(measured, op, than) => {
                self.sql.push("(SELECT ");
                self.average(measured, *op, *than, &there);
                self.rows(related, Some(measured), alias, &there);
            }
            Ask::Extreme(measured, end, test) => {
                self.sql.push("(SELECT ");
                let value = self.measured(measured, &there);
                let made = match end {
                    End::Smallest => format!("min({value})"),
                    End::Largest => format!("max({value})"),
                };
                self.test(measured.field, &Place::Made(made), test);
                self.rows(related, Some(measured), alias, &there);
            }
        }
        self.sql.push(")");
    }

    /// ` FROM … WHERE …`: the related rows, called `there`.
    pub(super) fn rows(&mut self, related: &Related<'_>, measured: Option<&Measured<'_>>, alias: &str, there: &str) {
        self.sql.push(" FROM ").push(related.object.table_name()).push(" ").push_expression(there).push(" WHERE ");
        match related.way {
            Way::There(source) => self.leads(source, related.terms.as_ref(), alias, there, there),
            Way::Back(source) => self.leads(source, related.terms.as_ref(), there, alias, there),
        }
        self.sql.push(" AND ");
        self.access.push_living_within(self.sql, related.object, &related.reach, there);
        if let Some((field, currency)) = measured.and_then(|of| Some((of.field, of.currency.as_ref()?))) {
            self.sql.push(" AND ").push_field(self.dialect, there, field, Part::Currency);
            self.sql.push(" = ").push_arg(currency.as_str());
        }
        if let Some(condition) = &related.condition {
            self.sql.push(" AND ");
            self.condition(condition, there);
        }
    }

    /// The row `from` leads to the row `to`, by a column or by a link. `own` is the one that is looked for.
    fn leads(&mut self, source: Source<'_>, terms: Option<&Terms>, from: &str, to: &str, own: &str) {
        let many = source.field.holds_many();
        let column = if many { source.first } else { Some(source.field) };
        // A lone first has no role.
        let column = column.filter(|_| terms.is_none_or(|terms| terms.roles.is_empty()));
        self.sql.push(if many { "(" } else { "" });
        if let Some(field) = column {
            self.sql.push_column(to, "id").push(" = ").push_field(self.dialect, from, field, Part::Compared);
            if terms.is_some() {
                // Where there is more to say, the links say it of the first as well.
                self.sql.push(" AND ").push_field(self.dialect, from, source.field, Part::Value).push(" IS NULL");
            }
        }
        if many {
            self.sql.push(if column.is_some() { " OR " } else { "" });
            self.linked(source.field, terms, from, to, own);
            self.sql.push(")");
        }
    }

    fn linked(&mut self, field: &Field, terms: Option<&Terms>, from: &str, to: &str, own: &str) {
        let (from, to) = ((from, "from_id"), (to, "to_id"));
        let (own, given) = if own == from.0 { (from, to) } else { (to, from) };
        let link = self.sql.alias();
        self.sql.push_column(own.0, "id").push(" IN (SELECT ").push_column(&link, own.1);
        self.sql.push(" FROM link ").push_expression(&link);
        self.sql.push(" WHERE ").push_column(&link, "tenant_id").push(" = ").push_arg(self.access.caller.tenant);
        self.sql.push(" AND ").push_column(&link, given.1).push(" = ").push_column(given.0, "id");
        self.sql.push(" AND ").push_column(&link, "field_id").push(" = ").push_arg(field.id);
        if let Some(terms) = terms {
            self.says(terms, &link);
        }
        self.sql.push(")");
    }

    fn says(&mut self, terms: &Terms, link: &str) {
        if !terms.roles.is_empty() {
            self.sql.push(" AND ").push_column(link, "role").push(" IN ");
            self.sql.push_list(terms.roles.iter().map(String::as_str));
        }
        if let Some(day) = terms.on {
            for (column, compared) in [("from_day", " <= "), ("until_day", " >= ")] {
                self.sql.push(" AND (").push_column(link, column).push(" IS NULL OR ");
                self.sql.push_column(link, column).push(compared).push_arg(day.to_string()).push(")");
            }
        }
    }

    fn measured(&self, measured: &Measured<'_>, there: &str) -> String {
        let part = if measured.currency.is_some() { Part::Value } else { Part::Compared };
        measured.field.expression(self.dialect, there, part)
    }

    /// Exact without fractions: `avg(x) > w + p / q` is `sum(x - w) > p * count(x) / q`, rounded down.
    fn average(&mut self, measured: &Measured<'_>, op: Op, than: Fraction, there: &str) {
        let value = self.measured(measured, there);
        let sum = format!("sum({value} - {})", self.sql.place(than.whole));
        let (part, of) = (self.sql.place(than.part), self.sql.place(than.of));
        let share = format!("{part} * count({value})");
        let (down, up) = (format!("{share} / {of}"), format!("({share} + {of} - 1) / {of}"));
        self.sql.push_expression(&match op {
            Op::Is | Op::Exactly => format!("{sum} = {down} AND {share} % {of} = 0"),
            Op::IsNot => format!("({sum} <> {down} OR {share} % {of} <> 0) AND count({value}) > 0"),
            Op::Below => format!("{sum} < {up}"),
            Op::AtMost => format!("{sum} <= {down}"),
            Op::Above => format!("{sum} > {down}"),
            Op::AtLeast => format!("{sum} >= {up}"),
        });
    }
}
