//! Companies and the people in them.

use super::{
    chance::Chance,
    draft::{Draft, link},
    fields,
    lands::Land,
    numbers, planted, twins,
    world::World,
};
use base::{Id, Result, fold};
use jiff::ToSpan;
use records::{
    store::Change,
    value::{Address, Value},
};

const COMPANY: u64 = 2;
const CONTACT: u64 = 3;
const SEGMENTS: [&str; 8] =
    ["Retail", "Wholesale", "Public sector", "Manufacturing", "Services", "Hospitality", "Education", "Health"];
const SOURCES: [&str; 6] = ["Website", "Trade fair", "Recommendation", "Phone", "Newsletter", "Partner"];
const TAGS: [&str; 5] = ["key account", "reference", "late payer", "new", "dormant"];
const KINDS: [&str; 6] = ["customer", "prospect", "supplier", "partner", "competitor", "other"];

/// What follows from a company's number alone.
pub struct Company {
    pub land: &'static Land,
    pub name: String,
    industry: &'static str,
    /// Its place on the web, without the domain that is reserved for examples.
    slug: String,
}

impl Company {
    pub fn of(seed: u64, n: u64) -> Company {
        let mut chance = Chance::of(seed, COMPANY, n);
        let land = Land::choose(&mut chance);
        let (pattern, industry) = chance.pick(land.trades);
        let name = pattern.replace("{}", &land.last_name(&mut chance));
        let slug = fold::fold(&name).replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        Company { land, slug: format!("{}-{n}", slug.trim_matches('-')), name, industry }
    }
}

/// What company number `n` is to us.
pub fn kind(seed: u64, n: u64) -> &'static str {
    let mut chance = Chance::of(seed, COMPANY + 200, n);
    KINDS.get(chance.weighted(&[60, 25, 6, 5, 2, 2])).copied().unwrap_or("customer")
}

/// Creates company number `n`.
pub fn company(world: &World, n: u64, id: Id) -> Result<Change> {
    let Company { land, name, industry, slug } = Company::of(world.shape.seed, n);
    let mut chance = Chance::of(world.shape.seed, COMPANY + 100, n);
    let owner = world.people.owner(land, &mut chance)?;
    let town = chance.pick(land.towns);
    let draft = Draft::new(world.object("companies")?)
        .text("legal_name", format!("{name} {}", chance.pick(land.legal_forms)))
        .text("name", name)
        .text("website", format!("https://{slug}.example.com"))
        .text("industry", industry)
        .text("email", format!("office@{slug}.example.com"))
        .text("phone", land.phone(n))
        .text("street", land.street(&mut chance))
        .text("postcode", town.full_postcode(&mut chance))
        .text("city", town.name)
        .text("region", town.region)
        .text("country", land.country)
        .text("tax_id", numbers::tax_id(land.country, n))
        .text("kind", kind(world.shape.seed, n))
        .text("external_id", format!("C{n:07}"));
    world.owned(draft, owner)?.create(id)
}

/// What follows from a contact's number alone.
pub struct Contact {
    pub company: u64,
    pub land: &'static Land,
    chance: Chance,
}

impl Contact {
    pub fn of(world: &World, n: u64) -> Contact {
        // Who is there twice is the same person.
        let mut chance = Chance::of(world.shape.seed, CONTACT, planted::first_of(&world.shape, n));
        let company = chance.skewed(u64::from(world.shape.companies));
        Contact { company, land: Company::of(world.shape.seed, company).land, chance }
    }
}

/// Creates contact number `n`.
pub fn contact(world: &World, n: u64, id: Id) -> Result<Change> {
    let Contact { company: place, land, mut chance } = Contact::of(world, n);
    let company = Company::of(world.shape.seed, place);
    let owner = world.contact_owner(n)?;
    let (first, last) = (chance.pick(land.first_names), land.last_name(&mut chance));
    let mut last = land.last_name_of(first, &last);
    let reach = planted::first_of(&world.shape, n);
    if planted::is_twin(&world.shape, n) {
        last = twins::misspelt(&last);
    }
    let letters = |name: &str| fold::fold(name).replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let email = format!("{}.{}{reach}@{}.example.com", letters(first), letters(&last), company.slug);
    let town = chance.pick(land.towns);
    let mut draft = Draft::new(world.object("contacts")?)
        .text("first_name", first)
        .text("job_title", chance.pick(land.job_titles))
        .text("street", land.street(&mut chance))
        .text("postcode", town.full_postcode(&mut chance))
        .text("city", town.name)
        .text("region", town.region)
        .text("country", land.country)
        .text("language", land.language)
        .text("segment", chance.pick(&SEGMENTS))
        .text("source", chance.pick(&SOURCES))
        .text("external_id", format!("P{n:08}"));
    if chance.percent(70) {
        let days = chance.between(18 * 365, 80 * 365);
        draft = draft.date("birth_date", world.today.saturating_sub(days.days()));
    }
    draft = with_addresses(draft, &mut chance, land, &last, email, reach);
    draft = with_companies(draft, world, &mut chance, place)?;
    if chance.percent(8) {
        draft = draft.texts("tags", vec![chance.pick(&TAGS).to_owned()]);
    }
    draft = fields::fill(draft.text("last_name", last), &mut chance, land, world.today);
    world.owned(draft, owner)?.create(id)
}

/// One e-mail address and one number, or now and then several, and a second home.
fn with_addresses<'a>(
    draft: Draft<'a>,
    chance: &mut Chance,
    land: &Land,
    last: &str,
    email: String,
    n: u64,
) -> Draft<'a> {
    let mut draft = match chance.percent(10) {
        true => {
            let name = fold::fold(last).replace(|c: char| !c.is_ascii_alphanumeric(), "");
            draft.texts("emails", vec![email, format!("{name}{n}@example.org")])
        }
        false => draft.text("email", email),
    };
    let phone = land.phone(n);
    draft = match chance.percent(10) {
        true => draft.texts("phones", vec![phone, land.phone(n + 7_777)]),
        false => draft.text("phone", phone),
    };
    if chance.percent(3) {
        let town = chance.pick(land.towns);
        let address = Address {
            label: Some("delivery".to_owned()),
            street: Some(land.street(chance)),
            postcode: Some(town.full_postcode(chance)),
            city: Some(town.name.to_owned()),
            region: None,
            country: Some(land.country.to_owned()),
        };
        draft = draft.put("addresses", Value::Many(vec![Value::Address(Box::new(address))]));
    }
    draft
}

/// The company, and for some a second one, with what they are in each.
fn with_companies<'a>(draft: Draft<'a>, world: &World, chance: &mut Chance, place: u64) -> Result<Draft<'a>> {
    let object = world.object("companies")?.id;
    let first = world.company(place)?;
    let second = world.company(chance.skewed(u64::from(world.shape.companies)))?;
    if first == second || !chance.percent(5) {
        return Ok(draft.link("company", object, first));
    }
    let roles = [link(object, first, Some("employee")), link(object, second, Some("adviser"))];
    Ok(draft.put("companies", Value::Many(roles.into())))
}

/// Changes contact number `n` as life does: the `turn`-th change of the demo.
pub fn contact_change(world: &World, n: u64, turn: u64) -> Result<Change> {
    let land = Contact::of(world, n).land;
    let mut chance = Chance::of(world.shape.seed, CONTACT + 100, turn);
    let draft = Draft::new(world.object("contacts")?);
    let draft = match chance.weighted(&[50, 20, 15, 15]) {
        0 => draft.int("score", chance.between(0, 1_000)).date("last_visit", world.today),
        1 => draft.text("persona", chance.pick(&fields::PERSONAS)).flag("newsletter", chance.percent(50)),
        2 => draft.text("job_title", chance.pick(land.job_titles)),
        _ => {
            let town = chance.pick(land.towns);
            draft
                .text("street", land.street(&mut chance))
                .text("postcode", town.full_postcode(&mut chance))
                .text("city", town.name)
                .text("region", town.region)
        }
    };
    draft.update(world.contact(n)?)
}
