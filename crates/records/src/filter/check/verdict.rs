//! What a comparison comes down to: a test, or the same answer for every value.

use crate::filter::plan::{Order, Test, TextTest};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<T> {
    /// No value passes.
    Never,
    /// Every value passes, but there must be one.
    Filled,
    Test(T),
}

impl<T> Verdict<T> {
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Verdict<U> {
        match self {
            Verdict::Never => Verdict::Never,
            Verdict::Filled => Verdict::Filled,
            Verdict::Test(test) => Verdict::Test(f(test)),
        }
    }
}

/// The tests of which one must pass, with those of one sort run together.
pub fn merged(tests: impl IntoIterator<Item = Test>) -> Vec<Test> {
    let mut merged: Vec<Test> = Vec::new();
    for test in tests {
        let Some(test) = merged.iter_mut().try_fold(test, |left, known| join(known, left)) else { continue };
        merged.push(test);
    }
    merged
}

/// Takes a list of values into one of the same sort, or gives it back.
fn join(known: &mut Test, test: Test) -> Option<Test> {
    use {Order::Among, TextTest as T};
    match (known, test) {
        (Test::Folded(T::Order(Among(known))), Test::Folded(T::Order(Among(more)))) => known.extend(more),
        (Test::Exact(T::Order(Among(known))), Test::Exact(T::Order(Among(more)))) => known.extend(more),
        (Test::Number(Among(known)), Test::Number(Among(more))) => known.extend(more),
        (Test::Amount(of, Among(known)), Test::Amount(currency, Among(more))) if *of == currency => known.extend(more),
        (_, test) => return Some(test),
    }
    None
}

/// Both tests as one on the same value: at least this and at most that. Amounts in two currencies never agree.
pub fn between(low: Verdict<Test>, high: Verdict<Test>) -> Verdict<Test> {
    use {Order::Within, TextTest as T};
    let (Verdict::Test(low), Verdict::Test(high)) = (low, high) else { return Verdict::Never };
    Verdict::Test(match (low, high) {
        (Test::Folded(T::Order(Within(from, _))), Test::Folded(T::Order(Within(_, to)))) => {
            Test::Folded(T::Order(Within(from, to)))
        }
        (Test::Exact(T::Order(Within(from, _))), Test::Exact(T::Order(Within(_, to)))) => {
            Test::Exact(T::Order(Within(from, to)))
        }
        (Test::Number(Within(from, _)), Test::Number(Within(_, to))) => Test::Number(Within(from, to)),
        (Test::Amount(of, Within(from, _)), Test::Amount(currency, Within(_, to))) if of == currency => {
            Test::Amount(currency, Within(from, to))
        }
        _ => return Verdict::Never,
    })
}
