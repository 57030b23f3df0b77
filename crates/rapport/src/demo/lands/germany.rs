//! Germany. Numbers that begin with 10 choose an operator and reach nobody.

use super::{Land, Town};

const fn town(name: &'static str, postcode: &'static str, region: &'static str) -> Town {
    Town { name, postcode, region }
}

pub const GERMANY: Land = Land {
    country: "DE",
    language: "de",
    currency: "EUR",
    share: 10,
    team: "Deutschland",
    first_names: &[
        "Anna", "Sabine", "Claudia", "Petra", "Jana", "Bärbel", "Käthe", "Zoë", "Ursula", "Heike", "Jürgen", "Jörg",
        "Günther", "Björn", "Matthias", "Sören", "Lukas", "Felix", "Wolfgang", "Götz",
    ],
    last_names: &[
        "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann",
        "Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz", "Krüger", "Weiß",
        "Groß", "Jäger", "Köhler",
    ],
    stems: &[
        "Acker", "Alt", "Bach", "Berg", "Birken", "Böhm", "Brand", "Buch", "Dorn", "Eichen", "Erlen", "Feld", "Fuchs",
        "Garten", "Grün", "Hafer", "Hase", "Heiden", "Hirsch", "Hohen", "Holz", "Höfel", "Kalten", "Kirch", "Königs",
        "Kreuz", "Lang", "Linden", "Löwen", "Mühl", "Nieder", "Ober", "Rosen", "Roth", "Sommer", "Stein", "Thal",
        "Vogel", "Wald", "Winter",
    ],
    endings: &["bauer", "mann", "berger", "meier", "hof", "stein", "müller", "dorfer", "weg", "feld"],
    towns: &[
        town("Berlin", "10###", "Berlin"),
        town("München", "80###", "Bayern"),
        town("Köln", "50###", "Nordrhein-Westfalen"),
        town("Düsseldorf", "40###", "Nordrhein-Westfalen"),
        town("Leipzig", "04###", "Sachsen"),
        town("Nürnberg", "90###", "Bayern"),
        town("Görlitz", "02826", "Sachsen"),
        town("Lübeck", "235##", "Schleswig-Holstein"),
    ],
    streets: &["Hauptstraße {}", "Bahnhofstraße {}", "Gartenweg {}", "Mühlenweg {}", "Am Markt {}", "Lindenallee {}"],
    trades: &[
        ("Schreinerei {}", "furniture"),
        ("Spedition {}", "logistics"),
        ("{} Großhandel", "wholesale"),
        ("{} Bau", "construction"),
        ("Bäckerei {}", "food"),
        ("{} Dienste", "services"),
        ("{} Maschinenbau", "machinery"),
        ("{} Immobilien", "real estate"),
        ("Druckerei {}", "printing"),
        ("{} Systeme", "software"),
    ],
    legal_forms: &["GmbH", "AG", "KG", "GmbH & Co. KG"],
    job_titles: &[
        "Geschäftsführerin", "Vertriebsleiter", "Einkaufsleiterin", "Buchhalter", "Assistentin", "Einkäufer",
        "Werkstattleiter", "Inhaber", "Prokuristin",
    ],
    notes: &[
        "Telefonat: fragt nach dem Liefertermin für {}.",
        "Besuch vor Ort, möchte ein Muster: {}.",
        "Angebot für {} verschickt, Antwort nächste Woche.",
        "Wünscht eine Sammelrechnung am Monatsende.",
        "Reklamation erledigt, Kundin zufrieden. Es ging um {}.",
        "Umzug im Herbst, Anschrift aktualisieren.",
    ],
    tasks: &["Wegen Angebot zurückrufen", "Muster schicken", "Termin vereinbaren", "Zahlung prüfen", "Vertrag verlängern"],
    phones: &[("+49100", 7), ("+49103", 7)],
};
