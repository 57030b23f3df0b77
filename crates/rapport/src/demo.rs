//! A plausible company with history, of any size, the same for the same seed; for trying out, for tests and for
//! measuring.
//!
//! Everything goes through the one write path: with rights, events and search terms, as if people had typed it in.
//! Start reading at [`fill`].

mod activity;
mod chance;
mod customers;
mod draft;
mod fields;
mod lands;
mod numbers;
mod people;
mod planted;
mod service;
mod shelves;
mod slices;
#[cfg(test)]
mod tests;
mod trade;
mod twins;
mod world;

use crate::house::House;
use base::{Caller, Error, Id, Language, Result, SystemCaller, decimal, message};
use db::{Statement, sql};
use jiff::ToSpan;
use people::People;
pub use people::{SignIn, administrator};
pub use planted::{SECOND, companies as planted_companies};
use records::{settings, store::Change};
use slices::Slices;
use world::World;

/// How much of everything there shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    pub seed: u64,
    pub companies: u32,
    pub contacts: u32,
    pub products: u32,
    pub orders: u32,
    pub tasks: u32,
    pub notes: u32,
    /// Service contracts, and the devices that they cover.
    pub contracts: u32,
    pub devices: u32,
    /// Changes of what is there already.
    pub changes: u32,
    /// So many of the contacts, and a tenth as many of the companies, are there a second time, to be found again.
    pub planted: u32,
    /// What the company itself speaks; its customers speak their own.
    pub language: Language,
}

/// What has been made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    pub contacts: u32,
    pub companies: u32,
    pub orders: u32,
    /// Entries of the log.
    pub events: i64,
}

/// An order has so many lines, roughly, in tenths.
const LINES_TENTHS: u64 = 24;

impl Shape {
    /// A company that does as much as its contacts suggest.
    pub fn demo(contacts: u32, seed: u64) -> Shape {
        Shape {
            seed,
            companies: (contacts / 25).max(1),
            contacts,
            products: (contacts / 50).clamp(20, 5_000),
            orders: contacts / 2,
            tasks: contacts / 4,
            notes: contacts / 2,
            contracts: (contacts / 40).min(5_000),
            devices: (contacts / 20).min(10_000),
            changes: contacts / 2,
            planted: 0,
            language: Language::English,
        }
    }

    /// The shape for which figures of others are public: 250,000 contacts, 10,000 companies, 25,000 deals (here:
    /// orders) and a year of notes.
    pub fn public(seed: u64) -> Shape {
        let demo = Shape::demo(250_000, seed);
        Shape { companies: 10_000, orders: 25_000, tasks: 50_000, notes: 500_000, changes: 100_000, ..demo }
    }

    /// Nothing but people and their companies, some of them there twice.
    pub fn planted(contacts: u32, planted: u32, seed: u64) -> Shape {
        let (companies, none) = ((contacts / 25).max(1), 0);
        let demo = Shape::demo(contacts, seed);
        let trade = Shape { products: none, orders: none, tasks: none, notes: none, ..demo };
        Shape { companies, contracts: none, devices: none, changes: none, planted, ..trade }
    }

    /// As many further changes as it takes to have this many events, roughly.
    pub fn with_events(self, events: u32) -> Shape {
        let without = Shape { changes: 0, ..self }.events();
        let changes = u64::from(events).saturating_sub(without);
        Shape { changes: u32::try_from(changes).unwrap_or(u32::MAX), ..self }
    }

    /// How many events it makes, roughly: the count of lines is left to chance.
    pub fn events(&self) -> u64 {
        let Shape { companies, contacts, products, orders, tasks, notes, .. } = *self;
        let Shape { contracts, devices, changes, .. } = *self;
        let counted = [companies, contacts, products, orders, tasks, notes, contracts, devices, changes];
        counted.into_iter().map(u64::from).sum::<u64>() + u64::from(orders) * LINES_TENTHS / 10
    }
}

/// Fills an empty database; `told` hears now and then how much of how much is done.
///
/// # Errors
/// `Conflict` where there are records already.
pub async fn fill(house: &House, shape: Shape, told: impl Fn(u64, u64) + Sync) -> Result<Made> {
    if !is_empty(house).await? {
        return Err(Error::Conflict(message!("demo-not-empty")));
    }
    let mut world = prepare(house, shape).await?;
    let all = shape.events();
    let told = |done: u64| told(done.min(all), all);
    let callers = world.people.callers.clone();
    let mut slices = Slices::new(house, &callers, &told);
    make(&mut world, &mut slices).await?;
    change(&world, &mut slices).await?;
    let events = count_events(house).await?;
    Ok(Made { contacts: shape.contacts, companies: shape.companies, orders: shape.orders, events })
}

/// True while nobody has any contact, company or order, not even in the bin.
pub async fn is_empty(house: &House) -> Result<bool> {
    let caller = caller(house);
    let text = sql!(
        "SELECT 1 FROM contact WHERE tenant_id = ?1
         UNION ALL SELECT 1 FROM company WHERE tenant_id = ?1
         UNION ALL SELECT 1 FROM sales_order WHERE tenant_id = ?1 LIMIT 1"
    );
    Ok(house.db.reader(&caller).once(Statement::new(text, [caller.tenant.into()])).await?.is_empty())
}

fn caller(house: &House) -> Caller {
    SystemCaller::for_(house.db.tenant(), "demo")
}

/// Teams, users, fields and rates.
async fn prepare(house: &House, shape: Shape) -> Result<World> {
    let caller = caller(house);
    present(house, &caller, shape.language).await?;
    fields::define(&house.records, &caller).await?;
    service::define(&house.records, &caller).await?;
    let people = People::hire(house, &shape).await?;
    let now = house.db.clock().now();
    let catalog = house.records.catalog(&caller).await?;
    let today = now.date_in(&catalog.schema.reading().zone);
    let since = today.saturating_sub(5.years()).to_string();
    let rates = trade::rates_in(&catalog.schema.settings.base_currency).into_iter();
    let rates: Vec<_> = rates.map(|(code, rate)| (code.to_owned(), since.clone(), decimal::format(rate, 9))).collect();
    settings::set_rates(&house.records, &caller, &rates).await?;
    let catalog = house.records.catalog(&caller).await?;
    let ids = house.db.ids().clone();
    let nothing = Vec::new;
    let (companies, products, contacts, orders, tasks) = (nothing(), nothing(), nothing(), nothing(), nothing());
    let contracts = nothing();
    Ok(World { shape, catalog, people, now, today, ids, companies, products, contacts, orders, tasks, contracts })
}

/// Gives the company its name, and where nobody has chosen anything, its country and clock.
async fn present(house: &House, caller: &Caller, language: Language) -> Result<()> {
    let (name, country, time_zone) = shelves::company(language);
    let mut chosen = serde_json::Map::new();
    if settings::untouched(&house.records, caller).await? {
        chosen.extend([("country".to_owned(), country.into()), ("time_zone".to_owned(), time_zone.into())]);
    }
    if house.records.catalog(caller).await?.schema.settings.company.is_empty() {
        chosen.insert("company".to_owned(), name.into());
    }
    settings::change(&house.records, caller, &chosen).await.map(drop)
}

/// Makes records, those first to which others refer.
async fn make(world: &mut World, slices: &mut Slices<'_>) -> Result<()> {
    let one = |change: Change| vec![change];
    let shape = world.shape;
    world.companies = each(world, slices, shape.companies, |w, n, id| planted::company(w, n, id).map(one)).await?;
    world.products = each(world, slices, shape.products, |w, n, id| trade::product(w, n, id).map(one)).await?;
    world.contacts = each(world, slices, shape.contacts, |w, n, id| planted::contact(w, n, id).map(one)).await?;
    world.orders = each(world, slices, shape.orders, trade::order).await?;
    world.tasks = each(world, slices, shape.tasks, |w, n, id| activity::task(w, n, id).map(one)).await?;
    each(world, slices, shape.notes, |w, n, id| activity::note(w, n, id).map(one)).await?;
    // Where there is nobody and nothing to buy, there is nothing to look after.
    let served = if shape.contacts == 0 || shape.companies == 0 || shape.products == 0 { 0 } else { u32::MAX };
    world.contracts =
        each(world, slices, shape.contracts.min(served), |w, n, id| service::contract(w, n, id).map(one)).await?;
    each(world, slices, shape.devices.min(served), |w, n, id| service::device(w, n, id).map(one)).await?;
    Ok(())
}

/// Makes so many of a kind; gives their ids once they are committed.
async fn each(
    world: &World,
    slices: &mut Slices<'_>,
    count: u32,
    make: impl Fn(&World, u64, Id) -> Result<Vec<Change>>,
) -> Result<Vec<Id>> {
    let mut ids = Vec::new();
    for n in 0..u64::from(count) {
        let id = world.next_id();
        slices.add(make(world, n, id)?).await?;
        ids.push(id);
    }
    slices.settle().await?;
    Ok(ids)
}

/// A step between the numbers of records that are changed one after the other: a prime beyond all counts, so that
/// each has its turn before any has a second one.
const STRIDE: u64 = 4_294_967_311;

/// Changes records: mostly contacts, some orders and tasks.
async fn change(world: &World, slices: &mut Slices<'_>) -> Result<()> {
    let shape = world.shape;
    for turn in 0..u64::from(shape.changes) {
        let (kind, round) = (turn % 10, turn / 10);
        let of = |count: u32, round: u64| round.wrapping_mul(STRIDE) % u64::from(count.max(1));
        let change = match kind {
            0 if shape.tasks > 0 => activity::task_change(world, of(shape.tasks, round), turn)?,
            1 | 2 if shape.orders > 0 => trade::order_change(world, of(shape.orders, round * 2 + kind - 1), turn)?,
            _ if shape.contacts > 0 => customers::contact_change(world, of(shape.contacts, turn), turn)?,
            _ => continue,
        };
        slices.add(vec![change]).await?;
    }
    slices.settle().await
}

async fn count_events(house: &House) -> Result<i64> {
    let caller = caller(house);
    let text = sql!("SELECT COUNT(*) FROM event WHERE tenant_id = ?1");
    let rows = house.db.reader(&caller).once(Statement::new(text, [caller.tenant.into()])).await?;
    rows.first().map_or(Ok(0), |row| row.int(0))
}
