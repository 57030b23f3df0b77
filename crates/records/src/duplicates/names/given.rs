//! Given names that are usual where our users live, so that a mother is not taken for her daughter with a slip: `maria`
//! and `marta` are two people, `katarzyna` and `katarzyan` are one.

use std::{collections::HashMap, sync::LazyLock};

/// Folded, each line the names of one group of lands; names with a bar between them are one name in several
/// spellings.
const NAMES: &str = "
adam agata agnieszka alan albert alicja|alice|alicia aleksander|alexander|alexandre|alexandru aleksandra|alexandra
alina amelia amelie|emilie|emilia ana|anna|ann|anne anastazja|anastasia andrei|andrey|andrzej|andrew|andre|andreas
andreea|andrea anita antoni|anthony|antoine|anton|anton antonina arkadiusz artur|arthur augustyn barbara bartlomiej
bartosz beata beatrice|beatrix benjamin bernard bogdan bogumil boguslaw bozena camelia camille|kamil kamila carmen
caroline|karolina|carolina cecilia cezary|cesar charles|karol|carol|karl charlotte|szarlota christian|krystian|cristian
christopher|krzysztof|christophe claire|klara|clara claude claudia|klaudia constantin|konstanty corina cosmin costin
cristina|krystyna|christine|christina damian dan daniel daniela|danielle danuta dariusz daria david|dawid denis diana
dominik|dominique dominika dorin dorina dorota|dorothy|doris dumitru edward edyta|edith elena eleonora|eleanor elisa
eliza|elise elizabeth|elzbieta|elisabeth|elisabeta emil emily emma eric|erik ernest eryk eugen|eugeniusz|eugene eugenia
ewa|eva|eve ewelina|evelyn|evelina felix|feliks filip|philip|philippe florence florin florina francis|franciszek|francois
francoise frederic|fryderyk gabriel gabriela|gabrielle genevieve george|jerzy|georges|gheorghe|georg georgiana gerard
gerald gilbert grace gracjan grazyna gregory|grzegorz|gregoire|grigore guillaume|william|wilhelm halina hanna|hannah
harry|henry|henri|henryk harriet helena|helen|helene henrietta hubert hugo|hugues igor ilie ilona imogen ines ioana|joanna
ioan|ion|jan|john|jean|johann iosif|jozef|joseph irena|irene|irina isabelle|izabela|isabella iulia|julia|julie iulian|julian
ivan iwona|yvonne jack jacek jacques jadwiga jakub|jacob|jacub|james janina janusz jaroslaw jeanne jennifer jessica jerome|hieronim
joachim jonathan jolanta judith|judyta juliette|juliet justyna|justine kacper|caspar|gaspard katarzyna|katherine|catherine
kinga kornelia|cornelia kornel|corneliu krystyn laura laurent|laurentiu|lawrence|wawrzyniec lech leon|leo leonard lidia|lydia
liliana|lilian liviu louis|ludwik|luis louise|luiza|louisa lucas|lukasz|lukas|luc lucia|lucja|lucy|lucie lucian|lucjan
lucyna lucille luminita maciej|matthias|matei madalina magdalena|madeleine malgorzata|margaret|marguerite|margareta manon
marcel marceli marcin|martin|martyn marek|mark|marc|marcus marian marianna|marianne mariola marina maria|mary|marie
mariusz|marius marta|martha|marthe martyna|martine|martina mateusz|matthew|mathieu|matthieu|matthias matylda|mathilde|matilda
maurice|maurycy|mauriciu maximilian|maksymilian|maxime michael|michal|michel|mihai|mihail michalina|michele|michelle mieczyslaw
mihaela mikolaj|nicholas|nicolas|nicolae|nikolaus milena milosz mircea miroslaw miroslawa monika|monica|monique
nadia natalia|nathalie|natalie nicole|nikola|nicoleta nina norbert octavian olga oliver|olivier|oliwier olivia|oliwia
oscar|oskar ovidiu pascal patrick|patryk|patrice patricia|patrycja paul|pawel|pavel|paulo paula|paulina|pauline peter|piotr|petru|pierre
petra przemyslaw rachel rafal|raphael|rafael ralph ramona raluca raymond rebecca regina|regine rene renata|renee richard|ryszard
robert roberta roger roland roman romana rosalie|rozalia roxana rudolf|rodolphe ruth sabina|sabine sally samuel sandra sara|sarah
sebastian|sebastien sergiu|serge|sergiusz silvia|sylwia|sylvie simon|szymon|simion simona|simone slawomir sonia|sonja
sophie|zofia|sofia|sophia stanislaw stanislawa stefan|stephen|steven|stephane|szczepan stefania|stephanie stela|stella
sylvain|sylwester susan|zuzanna|suzanne|susanna tadeusz tamara teodor|theodor|theodore teresa|therese|theresa thomas|tomasz|toma
tudor tymoteusz|timothy urszula|ursula valentin|walenty|valentine valeria|valerie vasile|bazyli victor|wiktor|victoriu
victoria|wiktoria|victoire vincent|wincenty viorel viorica violetta|violeta|wioletta virginia|virginie vlad|wladyslaw
waldemar wanda weronika|veronica|veronique wieslaw wieslawa wiliam witold wojciech|adalbert xavier|ksawery yves
zbigniew zdzislaw zenon zoe zygmunt|sigismond
";

static GROUPS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let groups = NAMES.split_whitespace().enumerate();
    groups.flat_map(|(group, names)| names.split('|').map(move |name| (name, group))).collect()
});

/// Whether two folded words are names of different people: both are known, and not as spellings of one name, or both
/// are initials.
pub fn differ(one: &str, other: &str) -> bool {
    let are_initials = one.chars().count() == 1 && other.chars().count() == 1;
    one != other && (are_initials || GROUPS.get(one).zip(GROUPS.get(other)).is_some_and(|(one, other)| one != other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_no_other_name() {
        for (one, other) in [("maria", "marta"), ("jan", "janina"), ("adrian", "anna"), ("daniel", "daniela")] {
            assert_eq!(differ(one, other), one != "adrian", "{one} {other}");
        }
        for (one, other) in [("katarzyna", "katarzyan"), ("ana", "anna"), ("ion", "ioan"), ("nowak", "nowka")] {
            assert!(!differ(one, other), "{one} {other}");
        }
    }
}
