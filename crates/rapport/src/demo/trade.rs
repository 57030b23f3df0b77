//! What is sold: products, and orders with their lines.

use super::{chance::Chance, customers::Contact, draft::Draft, world::World};
use base::{Error, Id, Result, Timestamp, decimal};
use records::store::Change;

const PRODUCT: u64 = 4;
const ORDER: u64 = 5;
const DAY_MS: i64 = 86_400_000;
/// How far back the ledger goes.
const DAYS: u64 = 3 * 365;

/// Category, subcategory, unit, price in cents from and to, what things are called.
type Shelf = (&'static str, &'static str, &'static str, (i64, i64), &'static [&'static str]);

const SHELVES: &[Shelf] = &[
    ("Furniture", "Chairs", "piece", (4_900, 39_900), &["Office chair", "Bar stool", "Armchair", "Folding chair"]),
    ("Furniture", "Tables", "piece", (9_900, 89_900), &["Desk", "Conference table", "Side table", "Workbench"]),
    ("Furniture", "Storage", "piece", (7_900, 59_900), &["Cupboard", "Shelf", "Locker", "Filing cabinet"]),
    ("Tools", "Hand tools", "piece", (690, 8_900), &["Hammer", "Spanner set", "Saw", "Chisel"]),
    ("Tools", "Power tools", "piece", (4_900, 49_900), &["Drill", "Angle grinder", "Jigsaw", "Sander"]),
    ("Lighting", "Lamps", "piece", (1_900, 24_900), &["Desk lamp", "Floor lamp", "Panel light", "Work light"]),
    ("Paper", "Office paper", "box", (1_290, 9_900), &["Copy paper", "Envelopes", "Labels", "Notebooks"]),
    ("Paper", "Packaging", "pallet", (9_900, 69_900), &["Cartons", "Tape", "Bubble wrap", "Crates"]),
    ("Services", "Assembly", "hour", (3_900, 9_900), &["Assembly", "Delivery upstairs", "Removal", "Repair"]),
    ("Software", "Licences", "year", (4_900, 99_900), &["Drawing licence", "Stock licence", "Planning licence"]),
];

const GRADES: [&str; 8] = ["Basic", "Nord", "Alto", "Compact", "Pro", "Duo", "Linea", "Maxi"];

/// Where the money is, in 10^-9 of a euro.
pub const RATES: [(&str, i64); 3] = [("PLN", 235_000_000), ("RON", 201_000_000), ("GBP", 1_170_000_000)];

struct Product {
    shelf: &'static Shelf,
    name: String,
    cents: i64,
}

impl Product {
    fn of(seed: u64, n: u64) -> Result<Product> {
        let mut chance = Chance::of(seed, PRODUCT, n);
        let shelf = SHELVES.get(chance.place(SHELVES.len())).ok_or_else(|| Error::internal("no shelf"))?;
        let name = format!("{} {} {}", chance.pick(shelf.4), chance.pick(&GRADES), chance.between(100, 999));
        let (low, high) = shelf.3;
        Ok(Product { shelf, name, cents: chance.between(low / 10, high / 10) * 10 })
    }

    fn price_in(&self, currency: &str) -> i64 {
        let rate = RATES.iter().find(|(code, _)| *code == currency).map_or(1_000_000_000, |(_, rate)| *rate);
        decimal::scale_by(self.cents, 1_000_000_000, rate).unwrap_or(self.cents)
    }
}

/// What product number `n` is called.
pub fn product_name(seed: u64, n: u64) -> Result<String> {
    Ok(Product::of(seed, n)?.name)
}

/// Creates product number `n`.
pub fn product(world: &World, n: u64, id: Id) -> Result<Change> {
    let Product { shelf, name, cents } = Product::of(world.shape.seed, n)?;
    let initials: String = shelf.1.chars().filter(|c| c.is_alphabetic()).take(3).collect();
    let mut chance = Chance::of(world.shape.seed, PRODUCT + 100, n);
    Draft::new(world.object("products")?)
        .text("code", format!("{}-{n:05}", initials.to_uppercase()))
        .text("name", name)
        .text("category", shelf.0)
        .text("subcategory", shelf.1)
        .text("unit", shelf.2)
        .money("price", cents, "EUR")
        .flag("active", !chance.percent(5))
        .create(id)
}

/// Creates order number `n`, and its lines.
pub fn order(world: &World, n: u64, id: Id) -> Result<Vec<Change>> {
    let mut chance = Chance::of(world.shape.seed, ORDER, n);
    let customer = chance.skewed(u64::from(world.shape.contacts));
    let Contact { company, land, .. } = Contact::of(world, customer);
    let owner = world.contact_owner(customer)?;
    let lines = chance.weighted(&[35, 25, 18, 12, 7, 3]) + 1;
    let (mut changes, mut total) = (Vec::with_capacity(lines + 1), 0);
    for _ in 0..lines {
        let place = chance.skewed(u64::from(world.shape.products));
        let price = Product::of(world.shape.seed, place)?.price_in(land.currency);
        let quantity = (chance.skewed(20).cast_signed() + 1) * 1_000;
        let discount = if chance.percent(20) { chance.between(1, 6) * 500 } else { 0 };
        let sum =
            decimal::scale_by(price, quantity, 1_000).and_then(|sum| decimal::scale_by(sum, 10_000 - discount, 10_000));
        let sum = sum.ok_or_else(|| Error::internal("an order beyond all bounds"))?;
        total += sum;
        let line = Draft::new(world.object("order_lines")?)
            .link("order", world.object("orders")?.id, id)
            .link("product", world.object("products")?.id, world.product(place)?)
            .int("quantity", quantity)
            .money("unit_price", price, land.currency)
            .int("discount", discount)
            .money("total", sum, land.currency);
        changes.push(world.owned(line, owner)?.create(world.next_id())?);
    }
    let placed = placed_at(world, &mut chance);
    let town = chance.pick(land.towns);
    let mut order = Draft::new(world.object("orders")?)
        .text("number", format!("SO-{n:07}"))
        .link("contact", world.object("contacts")?.id, world.contact(customer)?)
        .link("company", world.object("companies")?.id, world.company(company)?)
        .instant("placed_at", placed)
        .text("status", status(world, placed, &mut chance))
        .text("currency", land.currency)
        .money("total", total, land.currency)
        .text("ship_city", town.name)
        .text("ship_region", town.region)
        .text("ship_country", land.country);
    let shipped = Timestamp(placed.0 + chance.between(1, 9) * DAY_MS);
    if shipped < world.now {
        order = order.instant("shipped_at", shipped);
    }
    changes.insert(0, world.owned(order, owner)?.create(id)?);
    Ok(changes)
}

/// Oftener lately than long ago: business grows.
fn placed_at(world: &World, chance: &mut Chance) -> Timestamp {
    let days = chance.below(DAYS).min(chance.below(DAYS)).cast_signed();
    Timestamp(world.now.0 - days * DAY_MS - chance.between(0, DAY_MS))
}

fn status(world: &World, placed: Timestamp, chance: &mut Chance) -> &'static str {
    let days = (world.now.0 - placed.0) / DAY_MS;
    match chance.below(100) {
        0..4 => "cancelled",
        4..6 => "returned",
        _ if days > 14 => "delivered",
        _ if days > 5 => "shipped",
        _ if days > 2 => "confirmed",
        _ => "placed",
    }
}

/// The next step of order number `n`: the `turn`-th change of the demo.
pub fn order_change(world: &World, n: u64, turn: u64) -> Result<Change> {
    let mut chance = Chance::of(world.shape.seed, ORDER + 100, turn);
    let status = chance.pick(&["confirmed", "shipped", "delivered", "delivered", "returned", "cancelled"]);
    Draft::new(world.object("orders")?).text("status", status).update(world.order(n)?)
}
