//! Filters that a caller may ask, with values near those that records have.

use super::{FIGURES, MATCHES, OPS, PERIODS, Random, UNITS, literal, name, number, text};
use crate::{
    field::{Field, Kind},
    filter::{
        tests::world::{
            ACCOUNTS, CURRENCIES, DAYS, EMAILS, PHONES, ROLES, SPICES, TEAMS, URLS, USERS, WORDS, any_instant,
        },
        tree::{
            Direction, FieldTest, Figure, Literal, LiteralValue, Node, Op, Operation, Position, Question, RelatedTest,
            Which,
        },
    },
    object::Object,
    permissions::Access,
};
use base::{Id, Timestamp};

/// A filter that passes the check.
pub fn sensible(random: &mut Random, access: &Access<'_>, object: &Object, depth: usize, nested: usize) -> Node {
    let nodes = |random: &mut Random| {
        (0..2 + random.below(2)).map(|_| sensible(random, access, object, depth - 1, nested)).collect()
    };
    match if depth == 0 { 9 } else { random.below(10) } {
        0 => Node::Or(nodes(random)),
        1 => Node::And(nodes(random)),
        2 => Node::Not(Box::new(sensible(random, access, object, depth - 1, nested))),
        3..=5 if nested < 3 => {
            related(random, access, object, depth, nested).unwrap_or_else(|| field_test(random, access, object))
        }
        _ => field_test(random, access, object),
    }
}

fn field_test(random: &mut Random, access: &Access<'_>, object: &Object) -> Node {
    let (mut here, mut path) = (object, Vec::new());
    while path.len() < 3 && random.one_in(3) {
        let to_one = |field: &&Field| {
            let target = access.schema.target(field);
            field.kind.is_reference()
                && !field.holds_many()
                && access.may_filter(here, field)
                && target.is_some_and(|target| access.may_read(target))
        };
        let steps: Vec<&Field> = here.fields.iter().filter(to_one).collect();
        if steps.is_empty() {
            break;
        }
        let step = random.pick(&steps);
        path.push(name(&step.name));
        here = access.schema.target(step).unwrap();
    }
    let fields: Vec<&Field> = here.fields.iter().filter(|field| access.may_filter(here, field)).collect();
    let field = random.pick(&fields);
    path.push(name(&field.name));
    let operation = if asks_tree(access, here, field) && random.one_in(2) {
        Operation::Tree(value(random, field))
    } else {
        operation(random, field)
    };
    Node::Field(FieldTest { path, at: Position::default(), operation })
}

/// The field makes a hierarchy, or leads to an object that has one.
fn asks_tree(access: &Access<'_>, object: &Object, field: &Field) -> bool {
    let known = |object: &Object| object.hierarchies().any(|(_, up)| access.may_filter(object, up));
    let relates = matches!(field.kind, Kind::Relation | Kind::Relations);
    let target = access.schema.target(field).filter(|target| access.may_read(target));
    relates && (field.is_hierarchy() && known(object) || target.is_some_and(known))
}

fn operation(random: &mut Random, field: &Field) -> Operation {
    use Kind::*;
    let filled = |random: &mut Random| if random.one_in(2) { Operation::Empty } else { Operation::NotEmpty };
    let opaque = field.kind == Address || field.kind.is_file() || field.many && field.kind.is_number();
    if opaque || random.one_in(6) {
        return filled(random);
    }
    let ordered = !matches!(
        field.kind,
        Choice | Choices | Country | Language | Currency | YesNo | Relation | Relations | User | Team
    );
    match random.below(6) {
        0 => Operation::Among((0..=random.below(3)).map(|_| value(random, field)).collect()),
        1 if ordered => Operation::Between(value(random, field), value(random, field)),
        2 | 3
            if matches!(
                field.kind,
                Text | LongText | RichText | Tags | AutoNumber | Email | Url | Phone | Iban | TaxId
            ) =>
        {
            Operation::Text(random.pick(&MATCHES), part(random, field))
        }
        2 if matches!(field.kind, Date | Instant) => {
            let direction = random.pick(&[Direction::Next, Direction::Last]);
            let most = [3, 12, 400, 100_000][random.below(4)];
            Operation::Span(direction, number(&random.below(most).to_string()), random.pick(&UNITS))
        }
        3 if matches!(field.kind, Date | Instant) => {
            Operation::Period(random.pick(&[Which::This, Which::Next, Which::Last]), random.pick(&PERIODS))
        }
        _ if ordered => Operation::Compare(random.pick(&OPS), value(random, field)),
        _ => Operation::Compare(random.pick(&[Op::Is, Op::Exactly, Op::IsNot]), value(random, field)),
    }
}

/// The beginning, the middle or the end of something.
fn part(random: &mut Random, field: &Field) -> Literal {
    let whole: Vec<char> = match field.kind {
        Kind::Email => random.of(&EMAILS),
        Kind::Phone => random.of(&PHONES),
        Kind::Iban | Kind::TaxId => random.of(&ACCOUNTS),
        Kind::Url => random.of(&URLS),
        Kind::RichText => random.of(&["lodzx & y", "<p>one", "two", "b", "&amp;"]),
        Kind::LongText if random.one_in(2) => "end",
        _ => random.of(&SPICES),
    }
    .chars()
    .collect();
    let (from, to) = (random.below(whole.len()), random.below(whole.len() + 1));
    text(&whole[from.min(to)..from.max(to)].iter().collect::<String>())
}

fn value(random: &mut Random, field: &Field) -> Literal {
    let id = |random: &mut Random, from: i64| Id(from + random.number(12)).to_string();
    literal(match field.kind {
        Kind::RichText if random.one_in(2) => {
            return text(&format!("<p>{}<b>x</b> &amp; y</p>", random.of(&WORDS)));
        }
        Kind::RichText => return text(&format!("{}x & y", random.of(&WORDS))),
        Kind::Text | Kind::LongText | Kind::Tags | Kind::AutoNumber => return text(random.of(&SPICES)),
        Kind::Email => return text(random.of(&EMAILS)),
        Kind::Url => return text(random.of(&["example.com", "https://example.com/", "www.firma.pl/o-nas"])),
        Kind::Phone => return text(random.of(&["601 234 567", "+48 22 123 45 67", "0040721234567", "6", "?"])),
        Kind::TaxId => return text(random.of(&["pl 526-025-02-74", "5260250274", "RO14399840", "RO", "x"])),
        Kind::Iban => {
            return text(random.of(&["pl61 1090 1014 0000 0712 1981 2874", "DE89370400440532013000", "RO49", "x"]));
        }
        Kind::Choice | Kind::Choices => {
            return text(random.of(&["open", "OPEN", "done", "chess", "chopin", "", "high"]));
        }
        Kind::Country => return text(random.of(&["PL", "pl", "Poland", "Roumanie", "RO", "Atlantis"])),
        Kind::Language => return text(random.of(&["pl", "PL", "French", "?"])),
        Kind::Currency => return text(random.of(&["EUR", "pln", "zł", "XXX"])),
        Kind::Duration if random.one_in(2) => return text(random.of(&["1:30", "90 min", "1h", "PT10M", "0"])),
        Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Duration | Kind::Rating => {
            LiteralValue::Number(any_number(random))
        }
        Kind::Money if random.one_in(2) => LiteralValue::Number(any_number(random)),
        Kind::Money => LiteralValue::Money(any_number(random), random.of(&CURRENCIES).to_owned()),
        Kind::YesNo => LiteralValue::Flag(random.one_in(2)),
        Kind::Date | Kind::Instant => match random.below(5) {
            0 => LiteralValue::Now,
            1 => LiteralValue::Today,
            2 => LiteralValue::Instant(Timestamp(any_instant(random)).rfc3339()),
            3 => LiteralValue::Text(random.of(&DAYS).to_owned()),
            _ => LiteralValue::Date(random.of(&DAYS).to_owned()),
        },
        Kind::User => match random.below(3) {
            0 => LiteralValue::Me,
            1 => return text("nobody"),
            _ => return text(&Id(random.pick(&USERS)).to_string()),
        },
        Kind::Team if random.one_in(2) => LiteralValue::MyTeam,
        Kind::Team => return text(&Id(random.pick(&TEAMS)).to_string()),
        Kind::Relation | Kind::Relations => {
            let from = random.pick(&[1_000_000, 2_000_000, 6_000_000]);
            return text(&id(random, from));
        }
        Kind::Address | Kind::File | Kind::Picture => LiteralValue::Flag(true),
    })
}

fn any_number(random: &mut Random) -> String {
    random
        .of(&["0", "0.00", "10", "10.00", "1000", "0.5", "-1.005", "99.999", "0.000001", "100000000", "1e"])
        .replace("1e", &"9".repeat(30))
}

fn related(random: &mut Random, access: &Access<'_>, object: &Object, depth: usize, nested: usize) -> Option<Node> {
    let own = object.fields.iter().filter(|field| field.kind == Kind::Relations && access.may_filter(object, field));
    let has_roles = |field: &Field| field.target.as_ref().is_some_and(|target| target.roles.is_some());
    let own = own.filter_map(|field| Some((field.name.clone(), access.schema.target(field)?, has_roles(field))));
    let inverses = access.schema.inverses(object).filter(|inverse| access.may_filter(inverse.object, inverse.field));
    let back = inverses.filter_map(|inverse| {
        let name = inverse.field.target.as_ref()?.inverse.clone()?;
        Some((name, inverse.object, has_roles(inverse.field)))
    });
    let all: Vec<(String, &Object, bool)> = own.chain(back).filter(|(_, there, _)| access.may_read(there)).collect();
    if all.is_empty() {
        return None;
    }
    let (relation, there, has_roles) = random.pick(&all);
    let (question, field) = match random.below(5) {
        0 => (Question::Any, None),
        1 => (Question::No, None),
        2 => (Question::All, None),
        _ => figure(random, access, there),
    };
    let condition = (!random.one_in(4)).then(|| Box::new(sensible(random, access, there, depth - 1, nested + 1)));
    let field = field.map(|field| name(&field));
    let asked = |random: &mut Random| has_roles && random.one_in(2);
    let roles = if asked(random) { vec![text(random.of(&ROLES)), text(random.of(&ROLES))] } else { Vec::new() };
    let on = asked(random).then(|| literal(LiteralValue::Date(random.of(&DAYS).to_owned())));
    let at = Position::default();
    Some(Node::Related(RelatedTest { at, question, relation: name(&relation), field, roles, on, condition }))
}

fn figure(random: &mut Random, access: &Access<'_>, there: &Object) -> (Question, Option<String>) {
    let asked = random.pick(&FIGURES);
    let fits = |field: &&Field| {
        let adds_up =
            field.kind.is_number() && !field.kind.is_reference() && !matches!(field.kind, Kind::YesNo | Kind::Instant);
        let extreme = matches!(asked, Figure::Min | Figure::Max) && matches!(field.kind, Kind::Date | Kind::Instant);
        access.may_filter(there, field) && (adds_up || extreme)
    };
    let fields: Vec<&Field> = there.fields.iter().filter(fits).collect();
    let op = random.pick(&OPS);
    if asked == Figure::Count || fields.is_empty() {
        let count = random.of(&["0", "1", "2", "3", "1.5", "-1"]);
        return (Question::Figure(Figure::Count, Position::default(), op, number(count)), None);
    }
    let field = random.pick(&fields);
    let value = match asked {
        Figure::Avg => number(random.of(&["0", "1.5", "50.005", "-3.3333", "100", "0.00005", "5000.25"])),
        _ => value(random, field),
    };
    (Question::Figure(asked, Position::default(), op, value), Some(field.name.clone()))
}
