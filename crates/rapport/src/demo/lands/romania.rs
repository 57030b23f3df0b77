//! Romania. Numbers that begin with 1 are short codes at most, never nine digits long.

use super::{Land, Town};

const fn town(name: &'static str, postcode: &'static str, region: &'static str) -> Town {
    Town { name, postcode, region }
}

pub const ROMANIA: Land = Land {
    country: "RO",
    language: "ro",
    currency: "RON",
    share: 20,
    team: "România",
    first_names: &[
        "Maria", "Elena", "Ioana", "Andreea", "Mihaela", "Cristina", "Ștefania", "Ana", "Georgiana", "Ilinca",
        "Anișoara", "Brândușa", "Luminița", "Crenguța", "Sînziana", "Andrei", "Alexandru", "Mihai", "Ion", "Gheorghe",
        "Ștefan", "Vasile", "Cătălin", "Răzvan", "Bogdan", "Dănuț", "Horațiu", "Ionuț", "Călin", "Șerban",
    ],
    last_names: &[
        "Popescu", "Ionescu", "Popa", "Radu", "Dumitru", "Stan", "Stoica", "Gheorghe", "Matei", "Ciobanu", "Rusu",
        "Munteanu", "Moldovan", "Lazăr", "Șerban", "Constantin", "Nistor", "Florea", "Oprea", "Țurcanu", "Bălan",
        "Mureșan", "Pârvu", "Crăciun", "Negruț", "Ștefănescu", "Vâlcu", "Grădinaru", "Țepeș", "Cojocaru",
    ],
    stems: &[
        "Alb", "Ard", "Băl", "Barb", "Bratil", "Brăn", "Căl", "Cant", "Cern", "Ciuc", "Cosm", "Crist", "Dăn", "Dobr",
        "Drăg", "Enăch", "Filip", "Gavril", "Grig", "Iliș", "Isăc", "Lup", "Măn", "Marin", "Mihăil", "Mirc", "Mold",
        "Neag", "Necul", "Oltean", "Pătr", "Petr", "Pop", "Preot", "Rădul", "Rom", "Săv", "Sim", "Stănc", "Suci",
        "Șand", "Tănăs", "Teod", "Toad", "Țug", "Ungur", "Văd", "Vlăd", "Voic", "Zamf",
    ],
    endings: &["escu", "eanu", "oiu", "ache", "ariu", "uță", "aru", "ică", "oșu", "ean"],
    towns: &[
        town("București", "0#####", "București"),
        town("Cluj-Napoca", "400###", "Cluj"),
        town("Timișoara", "300###", "Timiș"),
        town("Iași", "700###", "Iași"),
        town("Constanța", "900###", "Constanța"),
        town("Brașov", "500###", "Brașov"),
        town("Galați", "800###", "Galați"),
        town("Ploiești", "100###", "Prahova"),
        town("Târgu Mureș", "540###", "Mureș"),
        town("Râmnicu Vâlcea", "240###", "Vâlcea"),
    ],
    streets: &[
        "Str. Florilor {}", "Str. Școlii {}", "Bd. Unirii {}", "Calea Moșilor {}", "Str. Morii {}", "Aleea Teilor {}",
        "Str. Gării {}", "Piața Sfatului {}", "Șos. Națională {}",
    ],
    trades: &[
        ("Mobila {}", "furniture"),
        ("{} Transporturi", "logistics"),
        ("{} Distribuție", "wholesale"),
        ("{} Construcții", "construction"),
        ("Brutăria {}", "food"),
        ("{} Servicii", "services"),
        ("Uzina {}", "machinery"),
        ("{} Imobiliare", "real estate"),
        ("Tipografia {}", "printing"),
        ("{} Informatică", "software"),
    ],
    legal_forms: &["SRL", "SA", "SNC", "SCS"],
    job_titles: &[
        "administrator", "director comercial", "responsabil achiziții", "contabilă-șefă", "asistent manager", "inginer",
        "șef de depozit", "asociat unic", "director general",
    ],
    notes: &[
        "Convorbire: întreabă de termenul de livrare pentru {}.",
        "Întâlnire la sediul clientului, interesat de {}.",
        "Ofertă trimisă pentru {}, răspuns săptămâna viitoare.",
        "Dorește factură lunară, la sfârșitul lunii.",
        "Reclamație rezolvată, clientul este mulțumit. Era vorba de {}.",
        "Se mută în toamnă, de actualizat adresa.",
    ],
    tasks: &["De sunat pentru ofertă", "De trimis mostre", "De stabilit o întâlnire", "De verificat plata", "De prelungit contractul"],
    phones: &[("+40100", 6), ("+40101", 6), ("+40102", 6)],
};
