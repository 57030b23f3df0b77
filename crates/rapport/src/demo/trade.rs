//! What is sold: products, and orders with their lines.

use super::{
    chance::Chance,
    customers::{self, Contact},
    draft::Draft,
    shelves::{SHELVES, Shelf, word},
    world::World,
};
use base::{Error, Id, Language, Result, Timestamp, decimal, time::DAY_MS};
use jiff::ToSpan;
use records::store::Change;

const PRODUCT: u64 = 4;
const ORDER: u64 = 5;
/// How far back the ledger goes.
const DAYS: u64 = 3 * 365;

const GRADES: [&str; 8] = ["Basic", "Nord", "Alto", "Compact", "Pro", "Duo", "Linea", "Maxi"];

/// A whole in 10^-9.
const ONE: i64 = 1_000_000_000;

/// Where the money is, in 10^-9 of a euro.
const RATES: [(&str, i64); 3] = [("PLN", 235_000_000), ("RON", 201_000_000), ("GBP", 1_170_000_000)];

struct Product {
    shelf: &'static Shelf,
    name: String,
    cents: i64,
}

impl Product {
    fn of(seed: u64, language: Language, n: u64) -> Result<Product> {
        let mut chance = Chance::of(seed, PRODUCT, n);
        let shelf = SHELVES.get(chance.place(SHELVES.len())).ok_or_else(|| Error::internal("no shelf"))?;
        let thing = word(&chance.pick(shelf.things), language);
        let name = format!("{thing} {} {}", chance.pick(&GRADES), chance.between(100, 999));
        let (low, high) = shelf.price;
        Ok(Product { shelf, name, cents: chance.between(low / 10, high / 10) * 10 })
    }

    fn price_in(&self, currency: &str) -> i64 {
        decimal::scale_by(self.cents, ONE, rate(currency)).unwrap_or(self.cents)
    }
}

/// What one unit of a currency is worth, in 10^-9 of a euro.
fn rate(currency: &str) -> i64 {
    RATES.iter().find(|(code, _)| *code == currency).map_or(ONE, |(_, rate)| *rate)
}

/// What the currencies of the customers are worth in a base currency, in 10^-9 of it.
pub fn rates_in(base: &str) -> Vec<(&'static str, i64)> {
    let euro = ("EUR", ONE);
    let others = RATES.into_iter().chain([euro]).filter(|(code, _)| *code != base);
    others.filter_map(|(code, worth)| Some((code, decimal::scale_by(worth, ONE, rate(base))?))).collect()
}

/// What product number `n` is called.
pub fn product_name(world: &World, n: u64) -> Result<String> {
    Ok(Product::of(world.shape.seed, world.shape.language, n)?.name)
}

/// Creates product number `n`.
pub fn product(world: &World, n: u64, id: Id) -> Result<Change> {
    let language = world.shape.language;
    let Product { shelf, name, cents } = Product::of(world.shape.seed, language, n)?;
    let initials: String =
        word(&shelf.subcategory, Language::English).chars().filter(|c| c.is_alphabetic()).take(3).collect();
    let mut chance = Chance::of(world.shape.seed, PRODUCT + 100, n);
    Draft::new(world.object("products")?)
        .text("code", format!("{}-{n:05}", initials.to_uppercase()))
        .text("name", name)
        .text("category", word(&shelf.category, language))
        .text("subcategory", word(&shelf.subcategory, language))
        .text("unit", word(&shelf.unit, language))
        .money("price", cents, "EUR")
        .flag("active", !chance.percent(5))
        .create(id)
}

/// Somebody who buys: at a company that is a customer, and few of them often.
pub fn customer(world: &World, chance: &mut Chance) -> u64 {
    let contacts = u64::from(world.shape.contacts);
    let mut whom = chance.skewed(contacts);
    for _ in 0..8 {
        if customers::kind(world.shape.seed, Contact::of(world, whom).company) == "customer" {
            break;
        }
        whom = chance.skewed(contacts);
    }
    whom
}

/// Creates order number `n`, and its lines.
pub fn order(world: &World, n: u64, id: Id) -> Result<Vec<Change>> {
    let mut chance = Chance::of(world.shape.seed, ORDER, n);
    let customer = customer(world, &mut chance);
    let Contact { company, land, .. } = Contact::of(world, customer);
    let owner = world.contact_owner(customer)?;
    let lines = chance.weighted(&[35, 25, 18, 12, 7, 3]) + 1;
    let (mut changes, mut total) = (Vec::with_capacity(lines + 1), 0);
    for _ in 0..lines {
        let place = chance.skewed(u64::from(world.shape.products));
        let price = Product::of(world.shape.seed, world.shape.language, place)?.price_in(land.currency);
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

/// Of a hundred orders that might come in a month, so many do: little in January and in the holidays, much in autumn.
const SEASON: [u64; 12] = [65, 70, 90, 85, 90, 80, 55, 50, 95, 100, 100, 75];
/// The same for the days of the week, Monday first.
const WEEK: [u64; 7] = [100, 95, 95, 90, 80, 12, 4];

/// Oftener lately than long ago, since business grows; and as the season and the week have it.
fn placed_at(world: &World, chance: &mut Chance) -> Timestamp {
    let mut days = 0;
    for _ in 0..8 {
        days = chance.below(DAYS).min(chance.below(DAYS)).cast_signed();
        let day = world.today.saturating_sub(days.days());
        let of =
            |shares: &[u64], at: i8| usize::try_from(at).ok().and_then(|at| shares.get(at)).copied().unwrap_or(100);
        let week_day = day.weekday().to_monday_zero_offset();
        if chance.percent(of(&SEASON, day.month() - 1)) && chance.percent(of(&WEEK, week_day)) {
            break;
        }
    }
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
