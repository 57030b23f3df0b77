use super::*;
use base::{Clock, Timestamp};
use db::{Options, testing::Scratch};
use records::{field::Kind, fields};
use tower::ServiceExt;

const SHAPE: Shape = Shape { orders: 30, tasks: 15, notes: 30, changes: 80, contracts: 6, devices: 12, ..base_shape() };

const fn base_shape() -> Shape {
    let language = Language::English;
    let (orders, tasks, notes, contracts, devices, changes) = (0, 0, 0, 0, 0, 0);
    let (seed, companies, contacts, products) = (7, 8, 60, 20);
    Shape {
        seed,
        companies,
        contacts,
        products,
        orders,
        tasks,
        notes,
        contracts,
        devices,
        changes,
        planted: 0,
        language,
    }
}

async fn open(scratch: &Scratch) -> House {
    let clock = Clock::fixed(Timestamp::parse("2026-11-23T11:00:00Z").unwrap());
    let options = Options { clock, node: Some(1), ..Options::default() };
    House::open(scratch.config(), options).await.unwrap()
}

async fn digest(scratch: &Scratch, shape: Shape) -> db::StateDigest {
    let house = open(scratch).await;
    fill(&house, shape, |_, _| {}).await.unwrap();
    let digest = house.db.digest(&caller(&house)).await.unwrap();
    house.db.close().await.unwrap();
    digest
}

#[tokio::test]
async fn the_same_seed_makes_the_same_company_on_both_databases() {
    let [sqlite, postgres] = Scratch::each().await;
    let first = digest(&sqlite, SHAPE).await;
    assert_eq!(first, digest(&postgres, SHAPE).await);
    let other = digest(&Scratch::sqlite().await, Shape { seed: 8, ..SHAPE }).await;
    assert_ne!(first, other);
}

#[tokio::test]
async fn what_is_made_is_counted_and_has_a_history() {
    let scratch = Scratch::sqlite().await;
    let house = open(&scratch).await;
    let told = std::sync::Mutex::new(Vec::new());
    let made = fill(&house, SHAPE, |done, all| told.lock().unwrap().push((done, all))).await.unwrap();
    assert_eq!((made.contacts, made.companies, made.orders), (60, 8, 30));
    let (least, most) = (i64::try_from(SHAPE.events()).unwrap() * 3 / 4, i64::try_from(SHAPE.events()).unwrap() * 2);
    assert!((least..most).contains(&made.events), "{} of {least} to {most}", made.events);
    let text = sql!("SELECT COUNT(*) FROM event WHERE tenant_id = ?1 AND kind = 'changed' AND actor LIKE 'user %'");
    let rows = house.db.reader(&caller(&house)).once(Statement::new(text, [house.db.tenant().into()])).await.unwrap();
    assert!(rows.first().unwrap().int(0).unwrap() > 40);
    let told = told.into_inner().unwrap();
    assert!(told.is_sorted() && told.iter().all(|(done, all)| done <= all && *all == SHAPE.events()), "{told:?}");
}

#[tokio::test]
async fn a_database_with_records_is_left_alone() {
    let scratch = Scratch::sqlite().await;
    let house = open(&scratch).await;
    assert!(is_empty(&house).await.unwrap());
    fill(&house, Shape { changes: 0, ..SHAPE }, |_, _| {}).await.unwrap();
    assert!(!is_empty(&house).await.unwrap());
    let before = house.db.digest(&caller(&house)).await.unwrap();
    assert!(matches!(fill(&house, SHAPE, |_, _| {}).await, Err(Error::Conflict(_))));
    assert_eq!(before, house.db.digest(&caller(&house)).await.unwrap());
}

#[tokio::test]
async fn the_administrator_can_sign_in() {
    let scratch = Scratch::sqlite().await;
    let house = open(&scratch).await;
    let SignIn { email, password } = administrator(&house, Language::Romanian).await.unwrap();
    let body = serde_json::json!({"email": email, "password": password}).to_string();
    let request = axum::http::Request::post("/api/v1/session").header("content-type", "application/json");
    let response = house.app.router().oneshot(request.body(axum::body::Body::from(body)).unwrap()).await.unwrap();
    assert!(response.status().is_success(), "{}", response.status());
}

#[tokio::test]
async fn a_company_may_be_as_small_as_one_contact() {
    for contacts in [0, 1, 2] {
        let scratch = Scratch::sqlite().await;
        let house = open(&scratch).await;
        let made = fill(&house, Shape { changes: 20, ..Shape::demo(contacts, 1) }, |_, _| {}).await.unwrap();
        assert_eq!(made.contacts, contacts);
    }
}

#[tokio::test]
async fn every_value_is_as_its_kind_would_have_read_it() {
    let scratch = Scratch::sqlite().await;
    let house = open(&scratch).await;
    let mut world = prepare(&house, Shape::demo(400, 3)).await.unwrap();
    let ids: Vec<Id> = (0..400).map(|_| world.next_id()).collect();
    (world.companies, world.products, world.contacts) = (ids.clone(), ids.clone(), ids.clone());
    (world.orders, world.tasks, world.contracts) = (ids.clone(), ids.clone(), ids);
    let mut changes = Vec::new();
    for n in 0..200 {
        let id = world.next_id();
        changes.push(customers::contact(&world, n, id).unwrap());
        changes.push(customers::contact_change(&world, n, n).unwrap());
        changes.push(activity::note(&world, n, id).unwrap());
        changes.push(activity::task(&world, n, id).unwrap());
        changes.push(activity::task_change(&world, n, n).unwrap());
        changes.push(trade::product(&world, n, id).unwrap());
        changes.push(trade::order_change(&world, n, n).unwrap());
        changes.extend(trade::order(&world, n, id).unwrap());
        changes.push(service::contract(&world, n, id).unwrap());
        changes.push(service::device(&world, n, id).unwrap());
    }
    for n in 0..16 {
        changes.push(customers::company(&world, n, world.next_id()).unwrap());
    }
    let mut seen = std::collections::HashSet::new();
    for change in changes {
        check(&world, &change);
        let object = world.catalog.object_by_id(change.object).unwrap();
        seen.extend(change.values.iter().map(|(at, _)| object.fields[*at].kind));
    }
    // Numbers are given by the write path; contents of files come through the door.
    let elsewhere = [Kind::AutoNumber, Kind::File, Kind::Picture];
    let unseen = Kind::ALL.into_iter().filter(|kind| !elsewhere.contains(kind) && !seen.contains(kind));
    assert_eq!(unseen.collect::<Vec<_>>(), []);
}

#[tokio::test]
async fn the_company_speaks_the_language_that_was_asked_for() {
    for (language, name, country) in [
        (Language::English, "Meridian Wholesale", "PL"),
        (Language::Polish, "Hurtownia Meridian", "PL"),
        (Language::French, "Comptoir Méridien", "FR"),
        (Language::Romanian, "Depozitul Meridian", "RO"),
    ] {
        let scratch = Scratch::sqlite().await;
        let house = open(&scratch).await;
        let world = prepare(&house, Shape { language, ..Shape::demo(10, 1) }).await.unwrap();
        let settings = &world.catalog.schema.settings;
        assert_eq!((settings.company.as_str(), settings.country.as_str()), (name, country));
        let named: Vec<String> = (0..40).map(|n| trade::product_name(&world, n).unwrap()).collect();
        assert_eq!(named.iter().all(|name| name.is_ascii()), language == Language::English, "{named:?}");
    }
}

#[tokio::test]
async fn what_was_chosen_before_stays_and_rates_are_those_of_its_currency() {
    let scratch = Scratch::sqlite().await;
    let house = open(&scratch).await;
    let chosen = serde_json::json!({"base_currency": "PLN", "company": "Ours", "country": "DE"});
    settings::change(&house.records, &caller(&house), chosen.as_object().unwrap()).await.unwrap();
    let world = prepare(&house, Shape { language: Language::French, ..Shape::demo(10, 1) }).await.unwrap();
    let settings = &world.catalog.schema.settings;
    assert_eq!((settings.company.as_str(), settings.country.as_str()), ("Ours", "DE"));
    assert_eq!(trade::rates_in("EUR"), [("PLN", 235_000_000), ("RON", 201_000_000), ("GBP", 1_170_000_000)]);
    assert_eq!(trade::rates_in("PLN"), [("RON", 855_319_149), ("GBP", 4_978_723_404), ("EUR", 4_255_319_149)]);
    let today = world.today.to_string();
    let rates = world.catalog.rates();
    assert!(rates.contains_key("EUR") && !rates.contains_key("PLN"), "{today}: {rates:?}");
}

/// Orders that are worth believing: from customers alone, more of them each year, and few at the weekend.
#[tokio::test]
async fn orders_grow_and_follow_the_season_and_come_from_customers() {
    let scratch = Scratch::sqlite().await;
    let house = open(&scratch).await;
    let mut world = prepare(&house, Shape::demo(2_000, 1)).await.unwrap();
    let ids: Vec<Id> = (0..2_000).map(|_| world.next_id()).collect();
    (world.companies, world.products, world.contacts) = (ids.clone(), ids.clone(), ids);
    let (mut years, mut week_end, mut others) = ([0; 3], 0, 0);
    let orders = world.object("orders").unwrap().clone();
    let at = |name: &str| orders.fields.iter().position(|field| field.name == name).unwrap();
    for n in 0..1_000 {
        let order = trade::order(&world, n, Id(1)).unwrap().remove(0);
        let value = |name: &str| &order.values.iter().find(|(place, _)| *place == at(name)).unwrap().1;
        let day = Timestamp(value("placed_at").int().unwrap()).date_in(&jiff::tz::TimeZone::UTC);
        let age = (world.today - day).get_days() / 365;
        years[usize::try_from(age.clamp(0, 2)).unwrap()] += 1;
        week_end += u32::from(day.weekday().to_monday_zero_offset() > 4);
        let company = value("company").link().unwrap().id;
        let place = world.companies.iter().position(|id| *id == company).unwrap();
        others += u32::from(customers::kind(1, u64::try_from(place).unwrap()) != "customer");
    }
    assert!(years.is_sorted_by(|one, other| one > other), "{years:?}");
    assert!(week_end < 200 && others < 50, "{week_end} {others}");
}

#[tokio::test]
async fn people_who_are_there_twice_are_found() {
    let scratch = Scratch::sqlite().await;
    let house = open(&scratch).await;
    let (first, second) = (twins::first_of(210), 210);
    let world = {
        let mut world = prepare(&house, Shape::demo(400, 3)).await.unwrap();
        let ids: Vec<Id> = (0..400).map(|_| world.next_id()).collect();
        (world.companies, world.contacts) = (ids.clone(), ids);
        world
    };
    let contacts = world.object("contacts").unwrap().clone();
    let of = |n: u64, name: &str| {
        let change = customers::contact(&world, n, Id(1)).unwrap();
        let at = contacts.fields.iter().position(|field| field.name == name).unwrap();
        change.values.into_iter().find(|(place, _)| *place == at).map(|(_, value)| value)
    };
    for field in ["first_name", "company", "phone"] {
        assert_eq!(of(first, field), of(second, field), "{field}");
    }
    assert_ne!(of(first, "last_name"), of(second, "last_name"));
    assert_ne!(of(first, "external_id"), of(second, "external_id"));
}

#[track_caller]
fn check(world: &World, change: &Change) {
    let object = world.catalog.object_by_id(change.object).unwrap();
    let schema = &world.catalog.schema;
    for (at, value) in &change.values {
        let field = &object.fields[*at];
        let json = fields::to_json(field, value, schema.names());
        let read = fields::from_json(field, &json, &schema.reading());
        assert_eq!(read.as_ref(), Ok(value), "{}.{}: {json}", object.name, field.name);
    }
}

#[test]
fn a_shape_grows_by_changes_to_the_events_wanted() {
    let shape = Shape::demo(1_000_000, 1).with_events(10_000_000);
    assert!((9_900_000..10_100_000).contains(&shape.events()), "{}", shape.events());
    assert_eq!(Shape::demo(100, 1).with_events(1).changes, 0);
}
