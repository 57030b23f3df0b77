//! What of a record a caller may be told by finding it: only its visible searched fields.
//!
//! The index keeps the words of all fields of a record together. Where some of them are closed to the caller, the
//! answer is checked once more against the open ones, so that no hidden word can be guessed by searching for it.

use super::{query::Term, tokens::COUNTRY_DIGITS, words::Groups};
use crate::{
    field::{Field, Kind, Part},
    object::Object,
    permissions::Access,
    sql::Sql,
};
use db::Dialect;

/// What stands between words. Fewer than the index knows: a word behind a rarer mark is then not found by those who
/// have hidden fields, which is less than they could find, never more.
const SEPARATORS: [&str; 14] = ["-", ".", "@", "_", "/", "''", "+", "(", ",", ";", ":", "\"", "&", "["];

/// The searched fields that the caller may know.
pub(super) fn visible<'o>(access: &Access, object: &'o Object) -> Vec<&'o Field> {
    object.fields.iter().filter(|field| field.searched && access.may_know(object, field)).collect()
}

/// Some searched field is closed to the caller.
pub(super) fn is_restricted(access: &Access, object: &Object) -> bool {
    object.fields.iter().any(|field| field.searched && !access.may_know(object, field))
}

/// The condition that every group is found in the open fields of the row called `alias`.
pub(super) fn push(sql: &mut Sql, dialect: Dialect, alias: &str, fields: &[&Field], groups: &Groups) {
    let mut and = "";
    for readings in groups {
        sql.push(and).push("(");
        let mut or = "";
        for terms in readings {
            sql.push(or).push("(");
            let mut both = "";
            for term in terms {
                sql.push(both);
                push_term(sql, dialect, alias, fields, term);
                both = " AND ";
            }
            sql.push(")");
            or = " OR ";
        }
        sql.push(")");
        and = " AND ";
    }
}

fn push_term(sql: &mut Sql, dialect: Dialect, alias: &str, fields: &[&Field], term: &Term) {
    sql.push("(FALSE");
    for field in fields {
        for text in texts(field, dialect, alias, term) {
            let part = match field.kind {
                Kind::Phone if !term.word.bytes().all(|byte| byte.is_ascii_digit()) => continue,
                Kind::Phone => term.word.clone(),
                _ if term.whole => format!(" {} ", term.word),
                _ => format!(" {}", term.word),
            };
            let place = sql.place(part);
            sql.push(" OR ").push_expression(&dialect.contains(&text, &format!("CAST({place} AS TEXT)")));
        }
    }
    sql.push(")");
}

/// The searched texts of a field, each word behind a blank. Empty for kinds whose words are not in their text.
fn texts(field: &Field, dialect: Dialect, alias: &str, term: &Term) -> Vec<String> {
    let text = match field.kind {
        Kind::Phone => return vec![coalesced(&field.expression(dialect, alias, Part::Value))],
        // The values of many stand in a JSON array, not folded.
        kind if kind.has_key() && field.many => format!("lower({})", field.expression(dialect, alias, Part::Value)),
        kind if kind.has_key() => field.expression(dialect, alias, Part::Compared),
        Kind::Iban | Kind::TaxId => {
            let whole = format!("lower({})", field.expression(dialect, alias, Part::Value));
            let bare = format!("substr({whole}, 3)");
            return [whole, bare].iter().map(|text| coalesced(&format!("(' ' || {text} || ' ')"))).collect();
        }
        _ => return Vec::new(),
    };
    let without = |by: &str, kept: &[&str]| {
        let marks = SEPARATORS.iter().filter(|mark| !kept.contains(mark));
        let bare = marks.fold(text.clone(), |text, mark| format!("replace({text}, '{mark}', {by})"));
        coalesced(&format!("(' ' || {bare} || ' ')"))
    };
    let mut all = vec![without("' '", &[])];
    match field.kind {
        Kind::Email | Kind::Url => all.push(without("' '", &[".", "-"])),
        // Names and codes without their separators; numbers also without the country before them.
        _ => {
            all.push(without("''", &[]));
            let is_number = term.word.len() >= COUNTRY_DIGITS && term.word.bytes().all(|byte| byte.is_ascii_digit());
            if is_number && field.kind == Kind::Text {
                all.push(format!("(' ' || substr({}, 4))", without("''", &[])));
            }
        }
    }
    all
}

fn coalesced(text: &str) -> String {
    format!("coalesce({text}, '')")
}
