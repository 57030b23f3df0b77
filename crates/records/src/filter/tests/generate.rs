//! Random filters: trees of any names for the printer, and filters that make sense in the world of the tests.

mod sensible;

pub use sensible::sensible;

use super::world::{CURRENCIES, DAYS, SPICES};
use crate::filter::tree::{
    Direction, FieldTest, Figure, Literal, LiteralValue, Match, Name, Node, Op, Operation, Period, Position, Question,
    RelatedTest, Unit, Which,
};

/// The same numbers every time (splitmix64).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    pub fn number(&mut self, end: i64) -> i64 {
        i64::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    pub fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    pub fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

const OPS: [Op; 7] = [Op::Is, Op::Exactly, Op::IsNot, Op::Below, Op::AtMost, Op::Above, Op::AtLeast];
const MATCHES: [Match; 3] = [Match::Contains, Match::StartsWith, Match::EndsWith];
const FIGURES: [Figure; 5] = [Figure::Count, Figure::Sum, Figure::Avg, Figure::Min, Figure::Max];
const UNITS: [Unit; 5] = [Unit::Days, Unit::Weeks, Unit::Months, Unit::Quarters, Unit::Years];
const PERIODS: [Period; 4] = [Period::Week, Period::Month, Period::Quarter, Period::Year];

/// Any well-formed tree, whatever its names.
pub fn tree(random: &mut Random, depth: usize) -> Node {
    let nodes = |random: &mut Random| (0..2 + random.below(2)).map(|_| tree(random, depth - 1)).collect();
    match if depth == 0 { 9 } else { random.below(10) } {
        0 | 1 => Node::Or(nodes(random)),
        2 | 3 => Node::And(nodes(random)),
        4 => Node::Not(Box::new(tree(random, depth - 1))),
        5 | 6 => Node::Related(any_related(random, depth)),
        _ => Node::Field(FieldTest {
            path: (0..=random.below(3)).map(|_| any_name(random)).collect(),
            at: Position::default(),
            operation: any_operation(random),
        }),
    }
}

fn any_related(random: &mut Random, depth: usize) -> RelatedTest {
    let question = match random.below(4) {
        0 => Question::Any,
        1 => Question::No,
        2 => Question::All,
        _ => Question::Figure(random.pick(&FIGURES), Position::default(), random.pick(&OPS), any_literal(random)),
    };
    RelatedTest {
        at: Position::default(),
        question,
        relation: any_name(random),
        field: random.one_in(2).then(|| any_name(random)),
        roles: (0..random.below(3)).map(|_| text(random.of(&SPICES))).collect(),
        on: random.one_in(3).then(|| any_literal(random)),
        condition: random.one_in(2).then(|| Box::new(tree(random, depth - 1))),
    }
}

fn any_operation(random: &mut Random) -> Operation {
    match random.below(9) {
        7 => Operation::Tree(text(random.of(&SPICES))),
        0 => Operation::Among((0..=random.below(3)).map(|_| any_literal(random)).collect()),
        1 => Operation::Empty,
        2 => Operation::NotEmpty,
        3 => Operation::Between(any_literal(random), any_literal(random)),
        4 => Operation::Text(random.pick(&MATCHES), text(random.of(&SPICES))),
        5 => {
            let direction = random.pick(&[Direction::Next, Direction::Last]);
            Operation::Span(direction, number(&random.below(100).to_string()), random.pick(&UNITS))
        }
        6 => Operation::Period(random.pick(&[Which::This, Which::Next, Which::Last]), random.pick(&PERIODS)),
        _ => Operation::Compare(random.pick(&OPS), any_literal(random)),
    }
}

fn any_literal(random: &mut Random) -> Literal {
    literal(match random.below(10) {
        0 => LiteralValue::Number(random.of(&["0", "-12.50", "007", "1000000"]).to_owned()),
        1 => LiteralValue::Flag(random.one_in(2)),
        2 => LiteralValue::Date(random.of(&DAYS).to_owned()),
        3 => LiteralValue::Instant("2026-11-22T10:00:00+01:00".to_owned()),
        4 => LiteralValue::Money("12.50".to_owned(), random.of(&CURRENCIES).to_owned()),
        5 => random.pick(&[LiteralValue::Now, LiteralValue::Today, LiteralValue::Me, LiteralValue::MyTeam]),
        _ => return text(random.of(&SPICES)),
    })
}

fn any_name(random: &mut Random) -> Name {
    name(random.of(&["city", "company", "where", "my_team", "in", "a b", "ż", "`", "x1", "date", "_", "9"]))
}

fn name(text: &str) -> Name {
    Name { at: Position::default(), text: text.to_owned() }
}

fn literal(value: LiteralValue) -> Literal {
    Literal { at: Position::default(), value }
}

fn text(text: &str) -> Literal {
    literal(LiteralValue::Text(text.to_owned()))
}

fn number(text: &str) -> Literal {
    literal(LiteralValue::Number(text.to_owned()))
}
