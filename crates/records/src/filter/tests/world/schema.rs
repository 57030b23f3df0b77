//! The objects of the world: the standard ones, orders with lines, an invented object, and custom fields of all kinds.

use crate::{
    field::{Field, Kind, Storage},
    object::{Labels, Object, Table},
    schema::{Schema, Settings},
    standard,
};

pub fn schema() -> Schema {
    let mut objects = standard::objects();
    let contacts = objects.iter_mut().find(|object| object.name == "contacts").unwrap();
    contacts.fields.extend(custom_fields());
    contacts.number_fields();
    objects.extend([orders(), order_lines(), machines()]);
    let settings = Settings {
        company: "Test".into(),
        country: "PL".into(),
        base_currency: "EUR".into(),
        time_zone: "Europe/Warsaw".into(),
        languages: vec!["pl".into()],
        allow_national_ids: false,
        definition_bin_days: 30,
        file_limit_mb: 25,
        file_quota_mb: None,
    };
    Schema::new(objects, settings)
}

fn labels(name: &str) -> (Labels, Labels) {
    (Labels::english(name), Labels::english(name))
}

fn orders() -> Object {
    let fields = vec![
        Field::new("number", Kind::Text),
        Field::new("contact", Kind::Relation).to("contacts", Some("orders")),
        Field::new("company", Kind::Relation).to("companies", Some("orders")),
        Field::new("placed_at", Kind::Instant),
        Field::new("shipped_at", Kind::Instant),
        Field::new("status", Kind::Choice).choices(&[("open", "", "", "", ""), ("paid", "", "", "", "")]),
        Field::new("currency", Kind::Currency),
        Field::new("total", Kind::Money),
        Field::new("ship_city", Kind::Text),
        Field::new("ship_region", Kind::Text),
        Field::new("ship_country", Kind::Country),
    ];
    Object::standard(6, "orders", "sales_order", labels("orders"), fields)
}

fn order_lines() -> Object {
    let order = Field { storage: Storage::Column("sales_order"), ..Field::new("order", Kind::Relation) };
    let fields = vec![
        order.to("orders", Some("lines")),
        Field::new("quantity", Kind::Decimal),
        Field::new("unit_price", Kind::Money),
        Field::new("discount", Kind::Percent),
        Field::new("total", Kind::Money),
    ];
    Object::standard(7, "order_lines", "order_line", labels("order_lines"), fields)
}

fn slot(name: &'static str, kind: Kind, slot: &str) -> Field {
    Field { storage: Storage::Slot(slot.to_owned()), custom: true, ..Field::new(name, kind) }
}

fn custom_fields() -> Vec<Field> {
    let hobbies = slot("hobbies", Kind::Choices, "x2");
    vec![
        slot("nickname", Kind::Text, "t1"),
        slot("favourite", Kind::Country, "t2"),
        slot("score", Kind::Integer, "n1"),
        Field { scale: 2, ..slot("weight", Kind::Decimal, "n2") },
        slot("budget", Kind::Money, "n3"),
        slot("account", Kind::Iban, "s1"),
        slot("vat", Kind::TaxId, "s2"),
        slot("effort", Kind::Duration, "n4"),
        slot("stars", Kind::Rating, "n5"),
        slot("renewal", Kind::Date, "d1"),
        slot("seen_at", Kind::Instant, "d2"),
        slot("vip", Kind::YesNo, "b1"),
        slot("sponsor", Kind::Relation, "r1").to("companies", Some("sponsored")),
        slot("coach", Kind::User, "r2"),
        slot("story", Kind::LongText, "x1"),
        slot("page", Kind::RichText, "x3"),
        hobbies.choices(&[("chess", "", "", "", ""), ("Chopin", "", "", "", ""), ("ski", "", "", "", "")]),
    ]
}

/// An object that an administrator invented.
fn machines() -> Object {
    let mut fields = vec![
        Field::new("name", Kind::Text),
        slot("maker", Kind::Relation, "r1").to("companies", Some("machines")),
        slot("price", Kind::Money, "n1"),
        slot("built", Kind::Date, "d1"),
        slot("serial", Kind::Text, "t1"),
    ];
    fields.extend(standard::system_fields("machines"));
    let mut object = Object::standard(5_000, "machines", "record", labels("machines"), Vec::new());
    object.table = Table::Shared;
    object.fields = fields;
    object.number_fields();
    object
}
