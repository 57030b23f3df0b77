//! The words of the SQL come from the program and the metadata, never from a request.

use super::{
    generate::{Random, sensible},
    system,
    world::Company,
};
use crate::{filter::Filter, permissions::Access, sql::Sql};
use base::Timestamp;
use db::Dialect;

fn words(company: &Company, object: &str, filter: &str) -> String {
    let caller = system();
    let access = Access::new(&company.schema, &caller);
    let checked =
        Filter::parse(filter).and_then(|f| f.check(&access, company.schema.object(object).unwrap(), Timestamp(0)));
    let mut sql = Sql::new();
    checked.unwrap_or_else(|error| panic!("{filter}: {error}")).push_sql(&mut sql, &access, Dialect::Postgres, "r");
    sql.text().to_owned()
}

#[test]
fn the_words_depend_on_the_shape_alone() {
    let company = Company::with_one("contacts").0;
    for shape in [
        "city = TEXT or last_name starts with TEXT and not emails contains TEXT",
        "any(orders where ship_city == TEXT and number in (TEXT, TEXT)) and country = TEXT",
        "nickname between TEXT and TEXT and story ends with TEXT and hobbies != TEXT",
    ] {
        let filled = |value: &str| words(&company, "contacts", &shape.replace("TEXT", value));
        let plain = filled("'a'");
        for hostile in ["'x'' OR 1=1 --'", "'\"; DROP TABLE contact; --'", "'?1'", "'$1'", "'\\'", "'r1.id'", "'ł'"] {
            assert_eq!(filled(hostile), plain, "{hostile}");
        }
    }
}

#[test]
fn every_argument_has_its_place_and_nothing_is_quoted() {
    let company = Company::new(3);
    let caller = system();
    let access = Access::new(&company.schema, &caller);
    let mut random = Random(5);
    for _ in 0..2_000 {
        for object in ["contacts", "orders"] {
            let object = company.schema.object(object).unwrap();
            let filter = sensible(&mut random, &access, object, 3, 0).to_string();
            let mut sql = Sql::new();
            let checked = Filter::parse(&filter).unwrap().check(&access, object, Timestamp(0)).unwrap();
            checked.push_sql(&mut sql, &access, Dialect::Sqlite, "r");
            // Quotes stand only around the keys of custom fields.
            let quoted =
                sql.text().split('\'').skip(1).step_by(2).all(|key| key.bytes().all(|b| b.is_ascii_alphanumeric()));
            assert!(quoted, "{}", sql.text());
            let known = |c: char| c.is_ascii_alphanumeric() || " ()?._,'<>=+-*/%".contains(c);
            assert!(sql.text().chars().all(known), "{}", sql.text());
            for place in 1..=sql.args().len() {
                assert!(sql.text().contains(&format!("?{place}")), "{filter}");
            }
        }
    }
}
