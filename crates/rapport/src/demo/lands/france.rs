//! France. The ranges are those that the regulator keeps for films.

use super::{Land, Town};

const fn town(name: &'static str, postcode: &'static str, region: &'static str) -> Town {
    Town { name, postcode, region }
}

pub const FRANCE: Land = Land {
    country: "FR",
    language: "fr",
    currency: "EUR",
    share: 25,
    team: "France",
    first_names: &[
        "Marie", "Nathalie", "Isabelle", "Sylvie", "Françoise", "Hélène", "Chloé", "Zoé", "Léa", "Inès", "Anaïs",
        "Maëlys", "Joséphine", "Aurélie", "Cécile", "Jean", "Philippe", "Michel", "Alain", "Patrick", "Nicolas",
        "François", "Jérôme", "Stéphane", "Loïc", "Rémi", "Étienne", "Benoît", "Théo", "Gaël",
    ],
    last_names: &[
        "Martin", "Bernard", "Dubois", "Thomas", "Robert", "Richard", "Petit", "Durand", "Leroy", "Moreau", "Simon",
        "Laurent", "Lefèvre", "Michel", "Garcia", "Roux", "Bertrand", "Fournier", "Girard", "Mercier", "Dupont",
        "Lambert", "Bonnet", "François", "Legrand", "Guérin", "Lecœur", "Brûlé", "Gauthier", "Hervé", "Noël", "Maçon",
        "D’Œuvre",
    ],
    stems: &[
        "Aub", "Barr", "Beaum", "Bél", "Bert", "Bois", "Bouch", "Brun", "Cast", "Chan", "Chât", "Clair", "Corb",
        "Cour", "Dam", "Delm", "Dorn", "Fabr", "Fèv", "Flor", "Fontan", "Gaill", "Gér", "Grand", "Guill", "Hém",
        "Jourd", "Lach", "Lamb", "Mass", "Ménard", "Mont", "Nadeau", "Noir", "Orm", "Pell", "Perr", "Pich", "Prév",
        "Raym", "Rég", "Roch", "Rouss", "Sabl", "Sauv", "Tess", "Thév", "Vall", "Verd", "Vign",
    ],
    endings: &["eau", "et", "in", "ier", "ot", "ard", "on", "ois", "elle", "ac", "ault", "ère"],
    towns: &[
        town("Paris", "750##", "Île-de-France"),
        town("Lyon", "6900#", "Auvergne-Rhône-Alpes"),
        town("Marseille", "130##", "Provence-Alpes-Côte d’Azur"),
        town("Toulouse", "310##", "Occitanie"),
        town("Nantes", "440##", "Pays de la Loire"),
        town("Lille", "590##", "Hauts-de-France"),
        town("Orléans", "450##", "Centre-Val de Loire"),
        town("Besançon", "250##", "Bourgogne-Franche-Comté"),
        town("Saint-Étienne", "420##", "Auvergne-Rhône-Alpes"),
        town("Angoulême", "160##", "Nouvelle-Aquitaine"),
    ],
    streets: &[
        "{} rue de la République", "{} rue des Écoles", "{} avenue du Général", "{} place du Marché",
        "{} rue de l’Église", "{} boulevard Voltaire", "{} chemin des Prés", "{} rue du Moulin", "{} quai de la Gare",
    ],
    trades: &[
        ("Menuiserie {}", "furniture"),
        ("Transports {}", "logistics"),
        ("{} Distribution", "wholesale"),
        ("Bâtiments {}", "construction"),
        ("Boulangerie {}", "food"),
        ("{} Conseil", "services"),
        ("Ateliers {}", "machinery"),
        ("Immobilière {}", "real estate"),
        ("Imprimerie {}", "printing"),
        ("{} Numérique", "software"),
    ],
    legal_forms: &["SARL", "SAS", "SA", "SNC"],
    job_titles: &[
        "gérante", "directeur commercial", "responsable achats", "comptable", "assistante de direction", "acheteur",
        "chef d’atelier", "présidente", "directeur général",
    ],
    notes: &[
        "Appel : demande le délai de livraison pour {}.",
        "Rendez-vous chez le client, intéressé par {}.",
        "Devis envoyé pour {}, réponse attendue la semaine prochaine.",
        "Souhaite une facture groupée à la fin du mois.",
        "Réclamation réglée, le client est satisfait. Il s’agissait de {}.",
        "Déménagement prévu à la rentrée, adresse à mettre à jour.",
    ],
    tasks: &["Rappeler au sujet du devis", "Envoyer des échantillons", "Prendre rendez-vous", "Vérifier le paiement", "Renouveler le contrat"],
    phones: &[("+3319900", 4), ("+3326191", 4), ("+3335301", 4), ("+3346571", 4), ("+3353649", 4), ("+3363998", 4)],
};
