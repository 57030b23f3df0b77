//! The wholesaler's shelves: what is sold, in the four languages that the demo company can speak.

use base::Language;

/// A text in English, Polish, French and Romanian.
pub type Words = [&'static str; 4];

/// A part of the assortment.
pub struct Shelf {
    pub category: Words,
    pub subcategory: Words,
    pub unit: Words,
    /// Cents from and to.
    pub price: (i64, i64),
    /// What things are called.
    pub things: &'static [Words],
}

/// The text in one language.
pub fn word(words: &Words, language: Language) -> &'static str {
    let at = Language::ALL.iter().position(|known| *known == language);
    at.and_then(|at| words.get(at)).copied().unwrap_or_default()
}

const PIECE: Words = ["piece", "szt.", "pièce", "buc."];
const BOX: Words = ["box", "karton", "carton", "cutie"];
const PALLET: Words = ["pallet", "paleta", "palette", "palet"];
const HOUR: Words = ["hour", "godz.", "heure", "oră"];
const YEAR: Words = ["year", "rok", "an", "an"];

const FURNITURE: Words = ["Furniture", "Meble", "Mobilier", "Mobilier"];
const TOOLS: Words = ["Tools", "Narzędzia", "Outillage", "Scule"];
const LIGHTING: Words = ["Lighting", "Oświetlenie", "Éclairage", "Iluminat"];
const PAPER: Words = ["Paper", "Papier", "Papier", "Hârtie"];
const SERVICES: Words = ["Services", "Usługi", "Services", "Servicii"];
const SOFTWARE: Words = ["Software", "Oprogramowanie", "Logiciels", "Software"];

const fn shelf(category: Words, subcategory: Words, unit: Words, price: (i64, i64), things: &'static [Words]) -> Shelf {
    Shelf { category, subcategory, unit, price, things }
}

pub const SHELVES: [Shelf; 10] = [
    shelf(
        FURNITURE,
        ["Chairs", "Krzesła", "Chaises", "Scaune"],
        PIECE,
        (4_900, 39_900),
        &[
            ["Office chair", "Krzesło biurowe", "Chaise de bureau", "Scaun de birou"],
            ["Bar stool", "Hoker", "Tabouret de bar", "Scaun de bar"],
            ["Armchair", "Fotel", "Fauteuil", "Fotoliu"],
            ["Folding chair", "Krzesło składane", "Chaise pliante", "Scaun pliant"],
        ],
    ),
    shelf(
        FURNITURE,
        ["Tables", "Stoły", "Tables", "Mese"],
        PIECE,
        (9_900, 89_900),
        &[
            ["Desk", "Biurko", "Bureau", "Birou"],
            ["Conference table", "Stół konferencyjny", "Table de réunion", "Masă de conferințe"],
            ["Side table", "Stolik", "Table d’appoint", "Măsuță"],
            ["Workbench", "Stół warsztatowy", "Établi", "Banc de lucru"],
        ],
    ),
    shelf(
        FURNITURE,
        ["Storage", "Przechowywanie", "Rangement", "Depozitare"],
        PIECE,
        (7_900, 59_900),
        &[
            ["Cupboard", "Szafa", "Armoire", "Dulap"],
            ["Shelf", "Regał", "Étagère", "Raft"],
            ["Locker", "Szafka", "Vestiaire", "Vestiar"],
            ["Filing cabinet", "Szafa kartotekowa", "Classeur", "Fișet"],
        ],
    ),
    shelf(
        TOOLS,
        ["Hand tools", "Narzędzia ręczne", "Outils à main", "Unelte de mână"],
        PIECE,
        (690, 8_900),
        &[
            ["Hammer", "Młotek", "Marteau", "Ciocan"],
            ["Spanner set", "Zestaw kluczy", "Jeu de clés", "Set de chei"],
            ["Saw", "Piła", "Scie", "Ferăstrău"],
            ["Chisel", "Dłuto", "Ciseau à bois", "Daltă"],
        ],
    ),
    shelf(
        TOOLS,
        ["Power tools", "Elektronarzędzia", "Outils électriques", "Scule electrice"],
        PIECE,
        (4_900, 49_900),
        &[
            ["Drill", "Wiertarka", "Perceuse", "Bormașină"],
            ["Angle grinder", "Szlifierka kątowa", "Meuleuse d’angle", "Polizor unghiular"],
            ["Jigsaw", "Wyrzynarka", "Scie sauteuse", "Ferăstrău pendular"],
            ["Sander", "Szlifierka", "Ponceuse", "Șlefuitor"],
        ],
    ),
    shelf(
        LIGHTING,
        ["Lamps", "Lampy", "Lampes", "Lămpi"],
        PIECE,
        (1_900, 24_900),
        &[
            ["Desk lamp", "Lampka biurkowa", "Lampe de bureau", "Lampă de birou"],
            ["Floor lamp", "Lampa stojąca", "Lampadaire", "Lampadar"],
            ["Panel light", "Panel LED", "Dalle LED", "Panou LED"],
            ["Work light", "Lampa robocza", "Projecteur", "Lampă de lucru"],
        ],
    ),
    shelf(
        PAPER,
        ["Office paper", "Papier biurowy", "Papeterie", "Papetărie"],
        BOX,
        (1_290, 9_900),
        &[
            ["Copy paper", "Papier ksero", "Papier à copier", "Hârtie de copiator"],
            ["Envelopes", "Koperty", "Enveloppes", "Plicuri"],
            ["Labels", "Etykiety", "Étiquettes", "Etichete"],
            ["Notebooks", "Notesy", "Carnets", "Caiete"],
        ],
    ),
    shelf(
        PAPER,
        ["Packaging", "Opakowania", "Emballage", "Ambalaje"],
        PALLET,
        (9_900, 69_900),
        &[
            ["Cartons", "Kartony", "Cartons", "Cutii de carton"],
            ["Tape", "Taśma", "Ruban adhésif", "Bandă adezivă"],
            ["Bubble wrap", "Folia bąbelkowa", "Film à bulles", "Folie cu bule"],
            ["Crates", "Skrzynki", "Caisses", "Lăzi"],
        ],
    ),
    shelf(
        SERVICES,
        ["Assembly", "Montaż", "Montage", "Montaj"],
        HOUR,
        (3_900, 9_900),
        &[
            ["Assembly", "Montaż", "Montage", "Montaj"],
            ["Delivery upstairs", "Dostawa z wniesieniem", "Livraison à l’étage", "Livrare la etaj"],
            ["Removal", "Utylizacja", "Enlèvement", "Ridicare"],
            ["Repair", "Naprawa", "Réparation", "Reparație"],
        ],
    ),
    shelf(
        SOFTWARE,
        ["Licences", "Licencje", "Licences", "Licențe"],
        YEAR,
        (4_900, 99_900),
        &[
            ["Drawing licence", "Licencja na projektowanie", "Licence de dessin", "Licență de proiectare"],
            ["Stock licence", "Licencja magazynowa", "Licence de stock", "Licență de stocuri"],
            ["Planning licence", "Licencja na planowanie", "Licence de planification", "Licență de planificare"],
        ],
    ),
];

/// What the demo company is called, where it is, and by which clock it works.
pub fn company(language: Language) -> (&'static str, &'static str, &'static str) {
    match language {
        Language::English => ("Meridian Wholesale", "PL", "Europe/Warsaw"),
        Language::Polish => ("Hurtownia Meridian", "PL", "Europe/Warsaw"),
        Language::French => ("Comptoir Méridien", "FR", "Europe/Paris"),
        Language::Romanian => ("Depozitul Meridian", "RO", "Europe/Bucharest"),
    }
}
