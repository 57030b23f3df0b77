//! The text of a filter: what is read, what is refused and where, and that printing gives it back.

use super::{
    generate::{Random, tree},
    problem,
};
use crate::filter::Filter;
use proptest::prelude::*;

/// Reads, prints in one way, and prints the same when read again.
fn check(text: &str, printed: &str) {
    let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(filter.to_string(), printed);
    assert_eq!(Filter::parse(printed).unwrap(), filter);
}

fn same(text: &str) {
    check(text, text);
}

#[test]
fn every_production_of_the_language_is_read() {
    for text in [
        "any(contracts where end_date in next 30 days)",
        "count(orders) >= 3",
        "sum(orders.total where placed_at in last 12 months) > 1000 and not any(cases where status = 'open')",
        "city = 'Łódź' and owner = me",
        "last_name starts with 'Ko' and (country in ('PL', 'RO') or email is empty)",
        "a = 1 or b != 2 and c < 3 or d <= 4 or e > 5 or f >= 6 or g == 'x'",
        "company.parent.name ends with 'z o.o.' and owner.name contains 'an'",
        "price between money'1.00 EUR' and money'-2 PLN'",
        "at between date'2026-11-22' and instant'2026-11-22T10:00:00Z'",
        "x is not empty and y is empty and not z = ''",
        "due in this week or due in next month or due in last quarter or due in this year",
        "due in next 1 days or due in last 2 weeks or due in next 3 months or due in last 4 quarters or due in last 5 years",
        "active = true and gone = false and owner in (me, 'x') and team = my_team",
        "created_at < now and born = today",
        "no(tasks) and all(tasks where status = 'done') and any(notes)",
        "avg(orders.total) = 0.5 and min(orders.placed_at) < today and max(lines.discount) != -12.50",
        "`where` = 'it''s' and `a b` = 1 and date = date'2026-01-01'",
        "parent in tree of '0ABC' and company.parent in tree of 'it''s' and not companies in tree of ''",
        "any(companies as 'director', 'it''s' on today where city = 'x') or count(people as 'x') > 1",
        "sum(people.total on date'2026-01-31') > 1 and no(as on now) and any(on where as = 1)",
        "tree in tree of 'x' and tree.of = 'y' and of in ('tree')",
        "not (a = 1 and b = 2)",
        "not (not a = 1)",
        "a = 1 and (b = 2 and c = 3)",
    ] {
        same(text);
    }
    check("  a\n=\t1 ", "a = 1");
    check("((a = 1))", "a = 1");
    check("a=1and b='x'or c in(1,2)", "a = 1 and b = 'x' or c in (1, 2)");
    check("`a` = 1", "a = 1");
    check("any ( orders where ( a = 1 ) )", "any(orders where a = 1)");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, error) in [
        ("", "filter-expected position=1 expected=test found= ended=yes"),
        ("   ", "filter-expected position=4 expected=test found= ended=yes"),
        ("city", "filter-expected position=5 expected=operator found= ended=yes"),
        ("city 'x'", "filter-expected position=6 expected=operator found='x' ended=no"),
        ("city = ", "filter-expected position=8 expected=value found= ended=yes"),
        ("city = Łódź", "filter-expected position=8 expected=value found=Ł ended=no"),
        ("city = lodz", "filter-expected position=8 expected=value found=lodz ended=no"),
        ("city = 'Łódź' owner = me", "filter-expected position=15 expected=and-or found=owner ended=no"),
        ("city = 'x' and", "filter-expected position=15 expected=test found= ended=yes"),
        ("(city = 'x'", "filter-expected position=12 expected=and-or-close found= ended=yes"),
        ("city = 'x')", "filter-expected position=11 expected=and-or found=) ended=no"),
        ("city is", "filter-expected position=8 expected=empty-or-not found= ended=yes"),
        ("city is not null", "filter-expected position=13 expected=empty found=null ended=no"),
        ("city starts 'x'", "filter-expected position=13 expected=with found='x' ended=no"),
        ("city contains 5", "filter-expected position=15 expected=text found=5 ended=no"),
        ("city in", "filter-expected position=8 expected=list-or-period found= ended=yes"),
        ("city in ()", "filter-expected position=10 expected=value found=) ended=no"),
        ("city in ('a' 'b')", "filter-expected position=14 expected=comma-or-close found='b' ended=no"),
        ("due in last", "filter-expected position=12 expected=number-or-period found= ended=yes"),
        ("due in this 3 days", "filter-expected position=13 expected=period found=3 ended=no"),
        ("due in last 3", "filter-expected position=14 expected=unit found= ended=yes"),
        ("due in last 3 day", "filter-expected position=15 expected=unit found=day ended=no"),
        ("due between 1 or 2", "filter-expected position=15 expected=and found=or ended=no"),
        ("any orders", "filter-expected position=5 expected=open found=orders ended=no"),
        ("any(orders", "filter-expected position=11 expected=where-or-close found= ended=yes"),
        ("any(orders where a = 1", "filter-expected position=23 expected=and-or-close found= ended=yes"),
        ("any()", "filter-expected position=5 expected=relation found=) ended=no"),
        ("count(orders)", "filter-expected position=14 expected=comparison found= ended=yes"),
        ("count(orders) in (1)", "filter-expected position=15 expected=comparison found=in ended=no"),
        ("company. = 1", "filter-expected position=10 expected=field found== ended=no"),
        ("company.where = 1", "filter-reserved position=9 found=where"),
        ("empty = 1", "filter-expected position=1 expected=test found=empty ended=no"),
        ("not not a = 1", "filter-expected position=5 expected=test found=not ended=no"),
        ("`` = 1", "filter-expected position=1 expected=field found=`` ended=no"),
        ("`city = 1", "filter-unclosed position=1 quote=`"),
        ("city = 'Łódź", "filter-unclosed position=8 quote='"),
        ("city = 'a\0b'", "filter-nul position=10"),
        ("city # 1", "filter-expected position=6 expected=operator found=# ended=no"),
        ("city = -", "filter-expected position=8 expected=value found=- ended=no"),
        ("a = date'2026-02-30'", "filter-not-a-date position=5 found=2026-02-30"),
        ("a = instant'tomorrow'", "filter-not-an-instant position=5 found=tomorrow"),
        ("a = money'5'", "filter-not-money position=5 found=5"),
        ("a = money'5 eur'", "filter-not-money position=5 found=5 eur"),
        ("a = money'1e3 EUR'", "filter-not-money position=5 found=1e3 EUR"),
    ] {
        assert_eq!(problem(Filter::parse(text)).to_string(), error, "{text}");
    }
}

#[test]
fn a_filter_is_bounded() {
    let deep = |levels: usize| format!("{}a = 1{}", "(".repeat(levels), ")".repeat(levels));
    assert!(Filter::parse(&deep(31)).is_ok());
    assert_eq!(problem(Filter::parse(&deep(32))).to_string(), "filter-too-deep position=33 limit=32");
    let nested = format!("{}a = 1{}", "any(x where ".repeat(32), ")".repeat(32));
    assert_eq!(problem(Filter::parse(&nested)).code, "filter-too-deep");

    let tests = |count: usize| vec!["a = 1"; count].join(" or ");
    assert!(Filter::parse(&tests(200)).is_ok());
    assert_eq!(problem(Filter::parse(&tests(201))).to_string(), "filter-too-many-tests position=1801 limit=200");

    let values = |count: usize| format!("a in ({})", vec!["1"; count].join(","));
    assert!(Filter::parse(&values(1_000)).is_ok());
    assert_eq!(problem(Filter::parse(&values(1_001))).to_string(), "filter-too-many-values position=2007 limit=1000");

    let text = |bytes: usize| format!("a = '{}'", "x".repeat(bytes - 6));
    assert!(Filter::parse(&text(8_192)).is_ok());
    assert_eq!(problem(Filter::parse(&text(8_193))).to_string(), "filter-too-long position=8193 limit=8192");
}

#[test]
fn a_long_piece_is_not_repeated_in_full() {
    let message = problem(Filter::parse(&format!("a {}", "b".repeat(1_000))));
    assert_eq!(message.args[2].1, format!("{}…", "b".repeat(40)));
}

#[test]
fn what_is_printed_reads_back_as_the_same_tree() {
    let mut random = Random(7);
    for _ in 0..5_000 {
        let filter = Filter { root: tree(&mut random, 4) };
        let printed = filter.to_string();
        let read = Filter::parse(&printed).unwrap_or_else(|error| panic!("{printed}: {error}"));
        assert_eq!(read, filter, "{printed}");
    }
}

/// Texts that once were, or might be, hard on the reader.
const CORPUS: [&str; 14] = [
    "a.b.c.d.e.f.g = 1",
    "'''",
    "a = ''''",
    "--1",
    "a = 1.",
    "a = .5",
    "a = 1.2.3",
    "in in in",
    "any(any(any(",
    "a\u{0}b",
    "\u{feff}a = 1",
    "a = '\u{10ffff}'",
    "a in (1,,2)",
    "date'2026-01-01' = date",
];

/// The words that a filter is made of, and a few that it is not.
const WORDS: [&str; 40] = [
    "a",
    "company.name",
    "orders",
    "any(",
    "no(",
    "all(",
    "count(",
    "sum(",
    ")",
    "(",
    ",",
    ".",
    "where",
    "and",
    "or",
    "not",
    "in",
    "is",
    "empty",
    "between",
    "contains",
    "starts with",
    "ends",
    "last",
    "next 3 days",
    "this month",
    "=",
    "==",
    "!=",
    "<",
    ">=",
    "'text'",
    "'",
    "12.5",
    "-",
    "date'2026-01-01'",
    "money'1 EUR'",
    "me",
    "`",
    "ß\u{0}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in "\\PC{0,80}") {
        read_or_refused(&text);
    }

    #[test]
    fn any_words_are_read_or_refused_with_a_place(words in prop::collection::vec(0..WORDS.len(), 0..30)) {
        let words: Vec<&str> = words.into_iter().map(|at| WORDS[at]).collect();
        read_or_refused(&words.join(" "));
        read_or_refused(&words.concat());
    }

    #[test]
    fn a_damaged_filter_is_read_or_refused_with_a_place(seed: u64, cuts in prop::collection::vec(any::<(u16, u8)>(), 1..6)) {
        let mut bytes = tree(&mut Random(seed), 3).to_string().into_bytes();
        bytes.extend(CORPUS[usize::from(cuts[0].0) % CORPUS.len()].bytes());
        for (place, byte) in cuts {
            let place = usize::from(place) % bytes.len();
            match byte % 3 {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => drop(bytes.drain(place..)),
            }
            bytes.push(b' ');
        }
        read_or_refused(&String::from_utf8_lossy(&bytes));
    }
}

/// Never panics; what is read prints and reads back; what is refused is refused at a place within the text.
fn read_or_refused(text: &str) {
    match Filter::parse(text) {
        Ok(filter) => assert_eq!(Filter::parse(&filter.to_string()).unwrap(), filter),
        Err(error) => {
            let message = problem::<()>(Err(error));
            let position = message.args.iter().find(|(name, _)| *name == "position");
            let position: usize = position.map_or(1, |(_, at)| at.parse().unwrap());
            assert!((1..=text.chars().count() + 1).contains(&position), "{text:?}: {message}");
        }
    }
}

#[test]
fn the_corpus_is_read_or_refused_with_a_place() {
    CORPUS.into_iter().for_each(read_or_refused);
}
