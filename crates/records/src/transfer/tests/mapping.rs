//! From names of columns to fields.

use super::*;
use crate::{
    field::{Field, Kind, Target},
    object::{Labels, Object, Table},
    schema::{Schema, Settings},
};

fn object(id: i64, name: &str, fields: Vec<Field>) -> Object {
    Object {
        id,
        name: name.into(),
        singular: Labels::english(name),
        plural: Labels::english(name),
        table: Table::Own("x"),
        fields,
        title: vec!["name".into()],
        internal: false,
        custom: false,
        deleted: false,
        rules: Vec::new(),
        duplicates: None,
    }
}

fn to(kind: Kind, name: &'static str, object: Option<&str>) -> Field {
    let target = Target { object: object.map(str::to_owned), ..Default::default() };
    Field { target: Some(target), ..Field::new(name, kind) }
}

fn schema() -> Schema {
    let labels = Labels::all("Last name", "Nazwisko", "Nom", "Nume");
    let contacts = vec![
        Field { read_only: true, ..Field::new("id", Kind::Text) },
        Field { read_only: true, ..Field::new("created_at", Kind::Instant) },
        Field { labels, ..Field::new("last_name", Kind::Text) },
        Field {
            labels: Labels::all("Company", "Firma", "Société", "Firmă"),
            ..to(Kind::Relation, "company", Some("companies"))
        },
        Field::new("birth_date", Kind::Date),
        to(Kind::Relation, "about", None),
        Field::new("owner", Kind::User),
    ];
    let objects = vec![
        object(1, "companies", vec![Field::new("name", Kind::Text), Field::new("tax_id", Kind::Text)]),
        object(2, "contacts", contacts),
        object(3, "users", vec![Field::new("email", Kind::Email)]),
    ];
    let settings = Settings {
        company: String::new(),
        country: "PL".into(),
        base_currency: "EUR".into(),
        time_zone: "Europe/Warsaw".into(),
        languages: vec![],
        allow_national_ids: false,
        definition_bin_days: 30,
        file_limit_mb: 25,
        file_quota_mb: None,
    };
    Schema::new(objects, settings)
}

fn header(line: &str) -> Header {
    let mut rows = Rows::new(format(encoding_rs::UTF_8, b','), Start::default());
    rows.feed(line.as_bytes());
    rows.finish();
    Header::read(rows.next()).unwrap()
}

fn from_header(line: &str) -> Result<Mapping, &'static str> {
    let schema = schema();
    Mapping::from_header(schema.object("contacts").unwrap(), &schema, &header(line)).map_err(|why| why.code)
}

fn from_map(line: &str, map: &str) -> Result<Mapping, &'static str> {
    let schema = schema();
    let map = MapFile::parse(map).map_err(|why| why.code)?;
    Mapping::from_map(schema.object("contacts").unwrap(), &schema, &header(line), &map).map_err(|why| why.code)
}

fn places(mapping: &Mapping) -> Vec<String> {
    let place = |column: &Column| match &column.place {
        Place::Field(field) => field.clone(),
        Place::Related { field, key: Key::Title } => format!("{field}?"),
        Place::Related { field, key: Key::Field(key) } => format!("{field}.{key}"),
        Place::Related { field, key: Key::Open { object, field: key } } => {
            format!("{field}.{}{key}", object.as_ref().map(|object| format!("{object}.")).unwrap_or_default())
        }
    };
    mapping.columns.iter().map(place).collect()
}

#[test]
fn columns_are_known_by_name_and_by_label_in_four_languages() {
    for line in ["last_name,company", "Nazwisko,FIRMA", "nom,societe", "Last Name,Company", "NUME,firma"] {
        assert_eq!(places(&from_header(line).unwrap()), ["last_name", "company?"], "{line}");
    }
    let mapping =
        from_header("id,Birth date,company.Tax_id,owner.email,about,created_at,shoe size,planet.name").unwrap();
    assert_eq!(places(&mapping), ["id", "birth_date", "company.tax_id", "owner.email", "about"]);
    assert_eq!(mapping.ignored, ["created_at", "shoe size", "planet.name"]);
    assert_eq!(from_header("shoe size"), Err("file-no-column-known"));
    assert_eq!(from_header("nom,last_name"), Err("file-field-twice"));
    assert_eq!(from_header("company,company.name"), Err("file-field-twice"));
}

#[test]
fn a_map_is_followed_to_the_letter() {
    let map = r#"
        [file]
        dates = "%d.%m.%Y"
        [fields]
        last_name = "Family"
        company.tax_id = "NIP"
        birth_date = { column = "Born", dates = "%m/%d/%Y" }
        "owner.email" = { value = "jan@example.pl" }
    "#;
    let json = r#"{"file":{"dates":"%d.%m.%Y"},"fields":{"last_name":"Family","company.tax_id":"NIP",
        "birth_date":{"column":"Born","dates":"%m/%d/%Y"},"owner":{"email":{"value":"jan@example.pl"}}}}"#;
    for map in [map, json] {
        let mapping = from_map("Family,NIP,Born,last_name", map).unwrap();
        let mut found = places(&mapping);
        found.sort();
        assert_eq!(found, ["birth_date", "company.tax_id", "last_name", "owner.email"]);
        assert_eq!(mapping.ignored, ["last_name"]);
        let owner = mapping.columns.iter().find(|column| column.place.field() == "owner").unwrap();
        assert_eq!(owner.source, Source::Fixed("jan@example.pl".into()));
        let file = MapFile::parse(map).unwrap().file;
        let detected = detect(b"Family,NIP\n");
        let reading = file.reading(&detected, schema().reading());
        assert_eq!(reading.dates.as_deref(), Some("%d.%m.%Y"));
        let born = mapping.columns.iter().find(|column| column.place.field() == "birth_date").unwrap();
        assert_eq!(born.reading(&reading).dates.as_deref(), Some("%m/%d/%Y"));
    }
}

#[test]
fn a_map_that_cannot_be_followed_says_where() {
    for (map, code) in [
        ("[fields]\nlast_name = 5", "file-map-unclear"),
        ("[fields]\nlast_name = {column = 'a', value = 'b'}", "file-map-unclear"),
        ("[fields]\nlast_name = {column = 'a', colour = 'b'}", "file-map-unclear"),
        ("[fields]\nlast_name = {a = {b = {c = 'd'}}}", "file-map-unclear"),
        ("[fields]\nshoe_size = 'a'", "file-map-unknown-field"),
        ("[fields]\ncreated_at = 'a'", "file-map-unknown-field"),
        ("[fields]\nlast_name = 'b'", "file-map-unknown-column"),
        ("[fields]\n'company' = 'a'\n'company.name' = 'a'", "file-field-twice"),
        ("[file]\ncolour = 'a'", "file-map-unreadable"),
        ("fields = [", "file-map-unreadable"),
        ("{", "file-map-unreadable"),
        ("{\"fields\": {\"a\": {}}}", "file-map-unclear"),
    ] {
        assert_eq!(from_map("a", map).unwrap_err(), code, "{map}");
    }
}

#[test]
fn what_a_map_says_of_the_file_wins_over_what_is_detected() {
    let detected = detect(b"a,b\n1,2\n");
    let hints = |text: &str| MapFile::parse(&format!("[file]\n{text}\n[fields]\na = 'a'")).unwrap().file;
    let format = hints("encoding = 'latin2'\ndelimiter = 'tab'").format(&detected).unwrap();
    assert_eq!((format.encoding().name(), format.delimiter()), ("ISO-8859-2", b'\t'));
    assert_eq!(hints("").format(&detected).unwrap().delimiter(), b',');
    assert_eq!(hints("encoding = 'klingon'").format(&detected).unwrap_err().code, "file-encoding-unknown");
    assert_eq!(hints("delimiter = 'ab'").format(&detected).unwrap_err().code, "file-delimiter-unknown");
}

#[test]
fn a_map_says_what_rows_make_beside_and_what_stands_for_what() {
    let told = "[fields]\nlast_name = { column = 'a', values = { X = 'y' }, unknown = 'leave' }\n\
        [[also.notes]]\nbody = 'b'\n[[also.notes]]\nmatch = 'body'\nbody = { column = 'c' }\nabout = 'row'";
    let map = MapFile::parse(told).unwrap();
    let (_, last_name) = &map.fields[0];
    assert_eq!((last_name.unknown, last_name.values.get("X").map(String::as_str)), (Unknown::Leave, Some("y")));
    assert_eq!((map.also.len(), map.also[1].match_by.as_deref()), (2, Some("body")));
    let (name, about) = map.also[1].fields.iter().find(|(_, told)| told.is_row).unwrap();
    assert_eq!((name.as_str(), about.column.as_deref()), ("about", Some("row")));
    for wrong in ["[also]\nnotes = 5", "[also.notes]\nmatch = 5", "[fields.a]\ncolumn = 'b'\nunknown = 'x'"] {
        let whole = if wrong.starts_with("[fields") { wrong.to_owned() } else { format!("[fields]\nz = 'a'\n{wrong}") };
        assert_eq!(MapFile::parse(&whole).unwrap_err().code, "file-map-unclear", "{wrong}");
    }
}

proptest::proptest! {
    #[test]
    fn any_map_is_read_or_refused(text in "\\PC{0,60}|(\\[also\\.[a-z]{1,4}\\]\n|\\[fields\\]\n|[a-z]{1,3} = ('[a-z]{0,3}'|5|\\{ column = 'a' \\})\n){0,6}") {
        if let Ok(map) = MapFile::parse(&text) {
            let schema = schema();
            let _ = Mapping::from_map(schema.object("contacts").unwrap(), &schema, &header("a,b"), &map);
        }
    }
}
