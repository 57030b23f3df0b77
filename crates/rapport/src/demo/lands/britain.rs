//! The United Kingdom. Numbers that begin with 4 are not in use.

use super::{Land, Town};

const fn town(name: &'static str, postcode: &'static str, region: &'static str) -> Town {
    Town { name, postcode, region }
}

pub const BRITAIN: Land = Land {
    country: "GB",
    language: "en",
    currency: "GBP",
    share: 10,
    team: "United Kingdom",
    first_names: &[
        "Olivia", "Amelia", "Emily", "Charlotte", "Grace", "Harriet", "Lucy", "Eleanor", "Florence", "Imogen", "Oliver",
        "George", "Harry", "William", "Edward", "Henry", "Arthur", "Alfred", "Hugh", "Rupert",
    ],
    last_names: &[
        "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Wright", "Walker",
        "White", "Green", "Hall", "Wood", "O’Neill", "O’Brien", "Clarke", "Cooper", "Hughes",
    ],
    stems: &[
        "Ash", "Barn", "Black", "Brad", "Broad", "Burn", "Chat", "Cliff", "Crow", "Dal", "East", "Elm", "Fair", "Farn",
        "Frost", "Glen", "Green", "Hamp", "Har", "Hart", "Hol", "Kings", "Lang", "Lin", "Long", "Marsh", "Mill", "New",
        "Nor", "Oak", "Pem", "Pres", "Rad", "Red", "Rip", "Rose", "Shel", "Stan", "Thorn", "Wal", "Wat", "West",
        "Whit", "Win",
    ],
    endings: &["ton", "ley", "ford", "worth", "field", "by", "ham", "well", "wood", "more", "burn", "gate"],
    towns: &[
        town("London", "EC## #@@", "Greater London"),
        town("Manchester", "M## #@@", "Greater Manchester"),
        town("Birmingham", "B## #@@", "West Midlands"),
        town("Leeds", "LS## #@@", "West Yorkshire"),
        town("Bristol", "BS## #@@", "Bristol"),
        town("Edinburgh", "EH## #@@", "Scotland"),
        town("Cardiff", "CF## #@@", "Wales"),
        town("Norwich", "NR## #@@", "Norfolk"),
    ],
    streets: &["{} High Street", "{} Church Lane", "{} Mill Road", "{} Station Road", "{} Victoria Street", "{} The Green"],
    trades: &[
        ("{} Joinery", "furniture"),
        ("{} Haulage", "logistics"),
        ("{} Supplies", "wholesale"),
        ("{} Builders", "construction"),
        ("{} Bakery", "food"),
        ("{} Partners", "services"),
        ("{} Tools", "machinery"),
        ("{} Estates", "real estate"),
        ("{} Press", "printing"),
        ("{} Systems", "software"),
    ],
    legal_forms: &["Ltd", "plc", "LLP", "& Sons Ltd"],
    job_titles: &[
        "managing director", "head of sales", "purchasing manager", "accountant", "office manager", "buyer", "engineer",
        "storekeeper", "owner",
    ],
    notes: &[
        "Phone call: asks when {} can be delivered.",
        "Visited the site, they want a sample of {}.",
        "Sent a quote for {}, answer expected next week.",
        "Would like one invoice at the end of each month.",
        "Complaint settled, the customer is happy. It was about {}.",
        "Moving to a bigger warehouse in autumn, address to be updated.",
    ],
    tasks: &["Call back about the quote", "Send samples", "Arrange a meeting", "Check the payment", "Renew the contract"],
    phones: &[("+44400", 7), ("+44401", 7)],
};
