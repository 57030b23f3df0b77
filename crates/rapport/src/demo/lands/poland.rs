//! Poland. Numbers that begin with 10 belong to no area and no operator.

use super::{Land, Town};

const fn town(name: &'static str, postcode: &'static str, region: &'static str) -> Town {
    Town { name, postcode, region }
}

pub const POLAND: Land = Land {
    country: "PL",
    language: "pl",
    currency: "PLN",
    share: 35,
    team: "Polska",
    first_names: &[
        "Anna", "Katarzyna", "Małgorzata", "Agnieszka", "Barbara", "Ewa", "Magdalena", "Elżbieta", "Zofia", "Julia",
        "Bożena", "Grażyna", "Łucja", "Michalina", "Jadwiga", "Piotr", "Krzysztof", "Andrzej", "Tomasz", "Paweł",
        "Michał", "Marcin", "Łukasz", "Jakub", "Grzegorz", "Stanisław", "Zbigniew", "Wojciech", "Błażej", "Rafał",
    ],
    last_names: &[
        "Nowak", "Kowalski", "Wiśniewski", "Wójcik", "Kowalczyk", "Kamiński", "Lewandowski", "Zieliński", "Szymański",
        "Woźniak", "Dąbrowski", "Kozłowski", "Jankowski", "Mazur", "Kwiatkowski", "Krawczyk", "Piotrowski",
        "Grabowski", "Pawłowski", "Michalski", "Zając", "Król", "Wieczorek", "Jabłoński", "Wróbel", "Majewski",
        "Stępień", "Jaworski", "Gołąb", "Świątek", "Żak", "Ślązak", "Źrebiec", "Ćwik", "Łoś",
    ],
    stems: &[
        "Adam", "Bąk", "Bron", "Brzez", "Chmiel", "Cis", "Czarn", "Dębow", "Drozd", "Fili", "Gaj", "Gór", "Grusz",
        "Jagod", "Janisz", "Jarz", "Jasiń", "Kali", "Kasprz", "Klim", "Koł", "Krzyw", "Lasz", "Lip", "Łęg", "Mali",
        "Mroz", "Olsz", "Ostr", "Pień", "Podgór", "Rudn", "Sadow", "Sien", "Skór", "Sław", "Sob", "Stach", "Świd",
        "Tarn", "Topol", "Urb", "Wąs", "Wierzb", "Wilcz", "Wrzos", "Zabł", "Zawadz", "Ziół", "Żur",
    ],
    endings: &["owski", "ewicz", "ak", "iński", "ek", "czyk", "arz", "icki", "ała", "ik", "ewski", "owicz"],
    towns: &[
        town("Warszawa", "0#-###", "mazowieckie"),
        town("Kraków", "3#-###", "małopolskie"),
        town("Łódź", "9#-###", "łódzkie"),
        town("Wrocław", "5#-###", "dolnośląskie"),
        town("Poznań", "6#-###", "wielkopolskie"),
        town("Gdańsk", "80-###", "pomorskie"),
        town("Szczecin", "70-###", "zachodniopomorskie"),
        town("Lublin", "20-###", "lubelskie"),
        town("Białystok", "15-###", "podlaskie"),
        town("Częstochowa", "42-###", "śląskie"),
        town("Rzeszów", "35-###", "podkarpackie"),
        town("Toruń", "87-###", "kujawsko-pomorskie"),
    ],
    streets: &[
        "ul. Długa {}", "ul. Łąkowa {}", "ul. Ogrodowa {}", "ul. Polna {}", "ul. Słoneczna {}", "ul. Świętojańska {}",
        "al. Wolności {}", "ul. Młyńska {}", "pl. Targowy {}", "ul. Źródlana {}",
    ],
    trades: &[
        ("Zakład Stolarski {}", "furniture"),
        ("{} Transport", "logistics"),
        ("Hurtownia {}", "wholesale"),
        ("{} Budownictwo", "construction"),
        ("Piekarnia {}", "food"),
        ("{} Serwis", "services"),
        ("Fabryka Narzędzi {}", "machinery"),
        ("{} Nieruchomości", "real estate"),
        ("Drukarnia {}", "printing"),
        ("{} Technologie", "software"),
    ],
    legal_forms: &["Sp. z o.o.", "S.A.", "Sp. j.", "Sp. k."],
    job_titles: &[
        "prezes", "dyrektor handlowy", "kierownik zakupów", "główna księgowa", "kierownik biura", "specjalista ds. zakupów",
        "technolog", "magazynier", "właścicielka",
    ],
    notes: &[
        "Rozmowa telefoniczna: pyta o termin dostawy, chodzi o {}.",
        "Spotkanie w siedzibie klienta. Chcą próbkę: {}.",
        "Wysłano ofertę na {}, odpowiedź w przyszłym tygodniu.",
        "Prosi o fakturę zbiorczą na koniec miesiąca.",
        "Reklamacja załatwiona, klient zadowolony. Dotyczyła: {}.",
        "Nowy magazyn od września, potrzebują większych ilości.",
    ],
    tasks: &["Oddzwonić w sprawie oferty", "Wysłać próbki", "Umówić spotkanie", "Sprawdzić płatność", "Przedłużyć umowę"],
    phones: &[("+48100", 6), ("+48101", 6), ("+48102", 6)],
};
