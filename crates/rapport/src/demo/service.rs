//! What the demo company does for its customers after the sale: contracts, and the devices that they cover.

mod objects;

use super::{
    chance::Chance,
    customers::{Company, Contact},
    draft::Draft,
    draft::link,
    numbers, trade,
    world::World,
};
use base::{Id, Result, Timestamp, time::DAY_MS};
use jiff::ToSpan;
pub use objects::define;
use records::{
    store::Change,
    value::{Address, Value},
};

const CONTRACT: u64 = 9;
const DEVICE: u64 = 10;

/// Whose contract number `n` is: somebody at a customer's.
fn party(world: &World, n: u64) -> u64 {
    trade::customer(world, &mut Chance::of(world.shape.seed, CONTRACT, n))
}

/// Creates contract number `n`.
pub fn contract(world: &World, n: u64, id: Id) -> Result<Change> {
    let whom = party(world, n);
    let Contact { company, land, .. } = Contact::of(world, whom);
    let owner = world.contact_owner(whom)?;
    let mut chance = Chance::of(world.shape.seed, CONTRACT + 100, n);
    let begins = chance.between(30, 3 * 365);
    let signed = Timestamp(world.now.0 - (begins + chance.between(1, 30)) * DAY_MS);
    let product = |chance: &mut Chance| world.product(chance.skewed(u64::from(world.shape.products)));
    let products = world.object("products")?.id;
    let (first, second) = (product(&mut chance)?, product(&mut chance)?);
    let mut covered = vec![link(products, first, None)];
    covered.extend((first != second).then(|| link(products, second, None)));
    let draft = Draft::new(world.object("service_contracts")?)
        .text("name", Company::of(world.shape.seed, company).name)
        .link("company", world.object("companies")?.id, world.company(company)?)
        .link("contact", world.object("contacts")?.id, world.contact(whom)?)
        .put("products", Value::Many(covered))
        .link("manager", world.object("users")?.id, owner.user)
        .link("branch", world.object("teams")?.id, owner.team)
        .date("begins", world.today.saturating_sub(begins.days()))
        .date("ends", world.today.saturating_add((chance.between(1, 4) * 365 - begins).days()))
        .instant("signed_at", signed)
        .money("fee", chance.between(8, 120) * 2_500, land.currency)
        .text("spoken", land.language)
        .text("site_country", land.country)
        .text("billed_in", land.currency)
        .text("account", numbers::iban(land.country, n))
        .text("hotline", land.phone(n + 31_337));
    let draft = terms(draft, &mut chance);
    world.owned(with_place(draft, &mut chance, world, n, whom), owner)?.create(id)
}

fn terms<'a>(draft: Draft<'a>, chance: &mut Chance) -> Draft<'a> {
    let hours = chance.between(4, 80) * 5;
    let mut draft = draft
        .text("level", chance.pick(&objects::LEVELS))
        .flag("renews", chance.percent(70))
        .int("hours", hours)
        .int("visits", chance.between(0, 12))
        .int("answer_within", chance.pick(&[2_i64, 4, 8, 24]) * 3_600)
        .text("terms", format!("<p><b>{}</b> h, 8:00–16:00</p><ul><li>SLA</li></ul>", hours / 10));
    let ways: Vec<String> = objects::WAYS.iter().filter(|_| chance.percent(55)).map(|&way| way.to_owned()).collect();
    if !ways.is_empty() {
        draft = draft.texts("reach_by", ways);
    }
    if chance.percent(40) {
        draft = draft.int("rebate", chance.between(1, 8) * 25);
    }
    if chance.percent(60) {
        draft = draft.int("contentment", chance.between(1, 5));
    }
    draft
}

fn with_place<'a>(draft: Draft<'a>, chance: &mut Chance, world: &World, n: u64, whom: u64) -> Draft<'a> {
    let land = Contact::of(world, whom).land;
    let town = chance.pick(land.towns);
    let site = Address {
        label: None,
        street: Some(land.street(chance)),
        postcode: Some(town.full_postcode(chance)),
        city: Some(town.name.to_owned()),
        region: Some(town.region.to_owned()),
        country: Some(land.country.to_owned()),
    };
    let mut draft = draft
        .put("site", Value::Address(Box::new(site)))
        .text("reports_to", format!("service{n}@example.com"))
        .text("papers", format!("https://papers.example.com/s/{n}"));
    // The country's numbers are none of the European Union.
    if land.country != "GB" {
        draft = draft.text("vat_number", numbers::tax_id(land.country, n + 900_000));
    }
    if chance.percent(30) {
        draft = draft.text("remark", chance.pick(land.tasks));
    }
    draft
}

/// Creates device number `n`.
pub fn device(world: &World, n: u64, id: Id) -> Result<Change> {
    let mut chance = Chance::of(world.shape.seed, DEVICE, n);
    let contract = n % u64::from(world.shape.contracts.max(1));
    let whom = party(world, contract);
    let days = chance.between(1, 3 * 365);
    let product = chance.skewed(u64::from(world.shape.products));
    let draft = Draft::new(world.object("devices")?)
        .text("name", trade::product_name(world, product)?)
        .text("serial", format!("MX{:02}-{n:06}", chance.below(100)))
        .link("product", world.object("products")?.id, world.product(product)?)
        .link("contract", world.object("service_contracts")?.id, world.contract(contract)?)
        .link("company", world.object("companies")?.id, world.company(Contact::of(world, whom).company)?)
        .text("state", objects::STATES.get(chance.weighted(&[85, 7, 5, 3])).copied().unwrap_or("in_use"))
        .date("installed", world.today.saturating_sub(days.days()))
        .int("hours_run", days * chance.between(1, 9) * 3_600);
    world.owned(draft, world.contact_owner(whom)?)?.create(id)
}
