//! What names, places and numbers look like in the countries where the demo company does business.
//!
//! Nobody in here exists: e-mail addresses are at reserved domains, telephone numbers in ranges that are kept for
//! fiction or that no operator has been given.

mod britain;
mod france;
mod germany;
mod poland;
mod romania;

use super::chance::Chance;

/// A town with the beginning of its postcodes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Town {
    pub name: &'static str,
    /// `#` stands for a digit, `@` for a capital letter.
    pub postcode: &'static str,
    pub region: &'static str,
}

/// A country.
#[derive(Debug)]
pub struct Land {
    /// ISO 3166 alpha-2.
    pub country: &'static str,
    pub language: &'static str,
    pub currency: &'static str,
    /// Of a hundred customers, so many are here.
    pub share: u64,
    /// The team that looks after it.
    pub team: &'static str,
    pub first_names: &'static [&'static str],
    pub last_names: &'static [&'static str],
    /// Beginnings and ends that make further last names.
    pub stems: &'static [&'static str],
    pub endings: &'static [&'static str],
    pub towns: &'static [Town],
    /// With `{}` for the number.
    pub streets: &'static [&'static str],
    /// Of companies, with `{}` for the name.
    pub trades: &'static [(&'static str, &'static str)],
    pub legal_forms: &'static [&'static str],
    pub job_titles: &'static [&'static str],
    /// What a seller writes down; `{}` stands for a product.
    pub notes: &'static [&'static str],
    /// What is to be done.
    pub tasks: &'static [&'static str],
    /// E.164 beginnings of ranges that are kept for films, with a thousand numbers each; used up first.
    pub films: &'static [&'static str],
    /// E.164 beginnings, each with the count of digits that follow.
    pub phones: &'static [(&'static str, usize)],
}

pub const ALL: [&Land; 5] = [&poland::POLAND, &france::FRANCE, &romania::ROMANIA, &britain::BRITAIN, &germany::GERMANY];

impl Land {
    /// One of the countries, by their shares.
    pub fn choose(chance: &mut Chance) -> &'static Land {
        let shares = ALL.map(|land| land.share);
        ALL.get(chance.weighted(&shares)).copied().unwrap_or(&poland::POLAND)
    }

    /// A common last name, or one put together.
    pub fn last_name(&self, chance: &mut Chance) -> String {
        if chance.percent(30) {
            return chance.pick(self.last_names).to_owned();
        }
        format!("{}{}", chance.pick(self.stems), chance.pick(self.endings))
    }

    /// The last name as it is said of somebody of that first name: Polish women are called otherwise than men, and
    /// their first names all end in the same letter.
    pub fn last_name_of(&self, first: &str, last: &str) -> String {
        let stem = ["ski", "cki", "dzki"].iter().find(|ending| last.ends_with(**ending)).and(last.strip_suffix('i'));
        match stem.filter(|_| self.country == "PL" && first.ends_with('a')) {
            Some(stem) => format!("{stem}a"),
            None => last.to_owned(),
        }
    }

    /// Number `n` of the numbers here; they repeat only after all have been used.
    pub fn phone(&self, n: u64) -> String {
        let films = u64::try_from(self.films.len()).unwrap_or(0);
        if n < films * 1_000 {
            let at = usize::try_from(n % films).unwrap_or(0);
            let number = (n / films).wrapping_mul(7_919) % 1_000;
            return format!("{}{number:03}", self.films.get(at).copied().unwrap_or_default());
        }
        let many = u64::try_from(self.phones.len()).unwrap_or(1).max(1);
        let at = usize::try_from(n % many).unwrap_or(0);
        let (beginning, digits) = self.phones.get(at).copied().unwrap_or(("+48100", 6));
        let room = 10_u64.pow(u32::try_from(digits).unwrap_or(0));
        // A step without a common factor with the room scatters the numbers, and meets each one once.
        let number = (n / many).wrapping_mul(7_919) % room;
        format!("{beginning}{number:0digits$}")
    }

    pub fn street(&self, chance: &mut Chance) -> String {
        chance.pick(self.streets).replace("{}", &chance.between(1, 180).to_string())
    }
}

impl Town {
    pub fn full_postcode(&self, chance: &mut Chance) -> String {
        let digit = |chance: &mut Chance| char::from(b'0' + u8::try_from(chance.below(10)).unwrap_or(0));
        let letter = |chance: &mut Chance| char::from(b'A' + u8::try_from(chance.below(26)).unwrap_or(0));
        let fill = |place: char| match place {
            '#' => digit(chance),
            '@' => letter(chance),
            other => other,
        };
        self.postcode.chars().map(fill).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn shares_make_a_hundred() {
        assert_eq!(ALL.iter().map(|land| land.share).sum::<u64>(), 100);
    }

    #[test]
    fn telephone_numbers_repeat_only_when_all_are_used() {
        for land in ALL {
            let numbers: HashSet<String> = (0..10_000).map(|n| land.phone(n)).collect();
            assert_eq!(numbers.len(), 10_000, "{}", land.country);
        }
    }

    #[test]
    fn every_country_has_letters_of_its_own_save_the_english() {
        for land in ALL.iter().filter(|land| land.country != "GB") {
            let names = land.first_names.iter().chain(land.last_names).chain(land.stems);
            assert!(names.into_iter().any(|name| !name.is_ascii()), "{}", land.country);
        }
    }

    #[test]
    fn polish_women_have_their_own_form_of_a_last_name() {
        let check = |first: &str, last: &str, expected: &str| {
            assert_eq!(poland::POLAND.last_name_of(first, last), expected, "{first} {last}");
        };
        check("Anna", "Kowalski", "Kowalska");
        check("Zofia", "Sławicki", "Sławicka");
        check("Łucja", "Zawadzki", "Zawadzka");
        check("Ewa", "Nowak", "Nowak");
        check("Piotr", "Kowalski", "Kowalski");
        assert_eq!(germany::GERMANY.last_name_of("Anna", "Kowalski"), "Kowalski");
    }
}
