//! Names as they are compared: folded words in order of the alphabet, short forms as the long ones, without the legal
//! form of a company. Pure.

mod given;
mod standing;

pub use standing::{Called, Standing, standing};

use base::fold;
use std::{collections::HashMap, sync::LazyLock};

/// The words of a person's name, in order, each in its long form.
pub fn person(text: &str) -> Vec<String> {
    let mut words: Vec<String> = words(text).map(|word| long_form(&word).map_or(word, str::to_owned)).collect();
    words.sort_unstable();
    words
}

/// The words of a company's name, in order, without its legal form.
pub fn company(text: &str) -> Vec<String> {
    let folded = format!(" {} ", words(text).collect::<Vec<_>>().join(" "));
    let mut bare = folded.clone();
    for form in FORMS {
        bare = bare.replace(&format!(" {form} "), " ");
    }
    // A company that is called by nothing but a legal form keeps it.
    let kept = if bare.trim().is_empty() { folded } else { bare };
    let mut words: Vec<String> = kept.split_whitespace().map(str::to_owned).collect();
    words.sort_unstable();
    words
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold::fold(text).replace(['.', '\'', '’'], "");
    let all: Vec<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    all.into_iter()
}

/// Legal forms of Polish, French, Romanian, German, British and other European companies; longer ones first.
const FORMS: [&str; 44] = [
    "spolka z ograniczona odpowiedzialnoscia",
    "spolka akcyjna",
    "spolka komandytowa",
    "spolka jawna",
    "sp z oo sp k",
    "sp z o o",
    "sp z oo",
    "sp zoo",
    "sp k",
    "sp j",
    "sp p",
    "spz oo",
    "p s a",
    "psa",
    "s c",
    "s a",
    "sa",
    "societe anonyme",
    "s a r l",
    "sarl",
    "eurl",
    "sasu",
    "sas",
    "snc",
    "s r l",
    "srl",
    "s c a",
    "pfa",
    "gmbh co kg",
    "gmbh",
    "ag",
    "ug",
    "kg",
    "ohg",
    "ltd",
    "limited",
    "plc",
    "llc",
    "inc",
    "spa",
    "bv",
    "nv",
    "oy",
    "ab",
];

/// Short forms and what they are short for, in the languages of our users; those that fit several names stay as they
/// are.
const SHORT: &str = "
asia joanna|kasia katarzyna|basia barbara|gosia malgorzata|ania anna|hania hanna|ola aleksandra|ela elzbieta
magda magdalena|ewka ewa|iwonka iwona|krysia krystyna|zosia zofia|marysia maria|tereska teresa|jadzia jadwiga
janek jan|jas jan|wojtek wojciech|krzysiek krzysztof|krzys krzysztof|tomek tomasz|bartek bartlomiej|maciek maciej
piotrek piotr|pawelek pawel|marcinek marcin|michalek michal|grzesiek grzegorz|leszek lech|staszek stanislaw
stas stanislaw|zbyszek zbigniew|mietek mieczyslaw|kuba jakub|radek radoslaw|darek dariusz|arek arkadiusz
jurek jerzy|jacek jacek|rysiek ryszard|romek roman|sylwek sylwester|wladek wladyslaw|zenek zenon
bob robert|rob robert|bobby robert|bill william|will william|billy william|liz elizabeth|beth elizabeth
betty elizabeth|kate katherine|katie katherine|cathy catherine|tom thomas|tommy thomas|jim james|jimmy james
mike michael|dave david|steve stephen|andy andrew|tony anthony|joe joseph|jack john|johnny john|dick richard
rick richard|ted edward|ed edward|chuck charles|charlie charles|sue susan|maggie margaret|peggy margaret
jenny jennifer|becky rebecca|nick nicholas|greg gregory|matt matthew|ben benjamin|dan daniel|danny daniel
manu emmanuel|fred frederic|phil philippe|domi dominique|jojo georges|nico nicolas|seb sebastien|titi thierry
ionel ion|ionut ion|nelu ion|gheorghita gheorghe|gigi gheorghe|vasilica vasile|lica vasile|costel constantin
costica constantin|mitica dumitru|mihaita mihai|misu mihai|sandu alexandru|alex alexandru|nicu nicolae
niculae nicolae|stefanel stefan|fanel stefan|marioara maria|maricica maria|ileana elena|lenuta elena|anca ana
";

static LONG: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| SHORT.split(['|', '\n']).filter_map(|pair| pair.trim().split_once(' ')).collect());

fn long_form(word: &str) -> Option<&'static str> {
    LONG.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_known_by_their_words_in_any_order() {
        for (one, other) in [
            ("Jan Kowalski", "KOWALSKI, Jan"),
            ("Kasia Wójcik-Nowak", "Katarzyna Wojcik Nowak"),
            ("Mike O'Neill", "Michael ONeill"),
            ("Ionuț Popescu", "Ion Popescu"),
        ] {
            assert_eq!(person(one), person(other), "{one}");
        }
        assert_ne!(person("Jan Kowalski"), person("Jan Kowal"));
    }

    #[test]
    fn a_legal_form_says_nothing() {
        for (one, other) in [
            ("Meble Wągrowiec sp. z o.o.", "MEBLE WĄGROWIEC"),
            ("Meble Wągrowiec Sp. z o. o.", "Meble Wągrowiec Spółka z ograniczoną odpowiedzialnością"),
            ("Orange S.A.", "Orange"),
            ("Dacia Impex S.R.L.", "Dacia Impex SRL"),
            ("Müller GmbH & Co. KG", "Muller"),
        ] {
            assert_eq!(company(one), company(other), "{one}");
        }
        assert_eq!(company("S.A."), ["sa"]);
    }
}
