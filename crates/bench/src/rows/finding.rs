//! The search box: as typed, mistyped, by part of a number, and in one object.

use super::{Bench, reading::within, single};
use crate::{
    Outcome,
    child::Server,
    client::{escaped, get},
    table::Table,
};

const TARGET_MS: f64 = 30.0;

pub async fn measure(bench: &Bench<'_>, table: &mut Table, server: &Server) -> Outcome {
    if !table.wants("search") {
        return Ok(());
    }
    let names: Vec<Vec<char>> = bench.facts.last_names.iter().map(|name| name.chars().collect()).collect();
    let typed =
        |letters: usize| names.iter().filter(move |name| name.len() >= letters).map(move |name| text(&name[..letters]));
    let phones = bench.facts.phones.iter().filter_map(|phone| phone.get(phone.len().checked_sub(6)?..));
    let long = || names.iter().filter(|name| name.len() > 5);
    let rows: [(&str, Vec<String>); 7] = [
        ("search as typed, 3 letters", typed(3).collect()),
        ("search as typed, 5 letters", typed(5).collect()),
        ("search with one typo", long().map(|name| mistyped(name)).collect()),
        ("search with a typo in two words, and what was meant", long().map(|name| exchanged(name)).collect()),
        ("search for six digits of a telephone number", phones.map(str::to_owned).collect()),
        ("search in contacts alone, 3 letters", typed(3).map(|word| format!("contacts: {word}")).collect()),
        ("search in orders alone, part of a number", (0..500).map(|n| format!("orders: SO-00{n:03}")).collect()),
    ];
    for (what, words) in rows {
        let words = words.iter().take(500);
        let asking = single(words.map(|word| get(&format!("/search?q={}", escaped(word)), &bench.facts.seller)));
        let load = bench.load(server, 1, &asking).await?;
        table.push(within(bench, "search", what, &load, TARGET_MS));
    }
    Ok(())
}

fn text(letters: &[char]) -> String {
    letters.iter().collect()
}

/// The fourth letter is left out.
fn mistyped(name: &[char]) -> String {
    name.iter().enumerate().filter(|(at, _)| *at != 3).map(|(_, letter)| letter).collect()
}

/// The fourth and the fifth letter change places, behind a word that is right.
fn exchanged(name: &[char]) -> String {
    let mut name = name.to_vec();
    name.swap(3, 4);
    format!("anna {}", text(&name))
}
