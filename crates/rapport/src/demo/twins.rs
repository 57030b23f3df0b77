//! The few people who are in the demo company's data twice, as in every company's: somebody at a fair did not look.

/// One in so many contacts is one of them.
const EVERY: u64 = 211;
/// Beyond this number of contacts there are no more: a few are enough to be found.
const LAST: u64 = 20_000;
/// The first entry stands so many places before the second.
const BEFORE: u64 = 97;

/// The first entry of the person who is contact number `n`: mostly `n` itself.
pub fn first_of(n: u64) -> u64 {
    if is_second(n) { n - BEFORE } else { n }
}

/// Whether contact number `n` is there already.
pub fn is_second(n: u64) -> bool {
    n % EVERY == EVERY - 1 && n < LAST
}

/// The name as somebody in a hurry writes it: without accents, or with two letters the wrong way round.
pub fn misspelt(name: &str) -> String {
    let plain = base::fold::fold(name);
    let mut letters: Vec<char> = plain.chars().collect();
    if plain == name.to_lowercase() && letters.len() > 4 {
        letters.swap(2, 3);
    }
    let mut letters = letters.into_iter();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_entry_is_of_somebody_who_is_there_once() {
        let seconds: Vec<u64> = (0..30_000).filter(|n| is_second(*n)).collect();
        assert_eq!((seconds.first(), seconds.len()), (Some(&210), 94));
        assert!(seconds.iter().all(|n| first_of(*n) < *n && !is_second(first_of(*n))));
        assert_eq!(first_of(5), 5);
    }

    #[test]
    fn names_are_misspelt_as_people_do() {
        assert_eq!(misspelt("Wójcik"), "Wojcik");
        assert_eq!(misspelt("Nowak"), "Noawk");
        assert_eq!(misspelt("Ion"), "Ion");
    }
}
