use super::*;
use base::{Clock, Timestamp};
use db::{Options, testing::Scratch};
use records::fields;
use tower::ServiceExt;

const SHAPE: Shape =
    Shape { seed: 7, companies: 8, contacts: 60, products: 20, orders: 30, tasks: 15, notes: 30, changes: 80 };

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
    let SignIn { email, password } = administrator(&house).await.unwrap();
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
    (world.orders, world.tasks) = (ids.clone(), ids);
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
    }
    for n in 0..16 {
        changes.push(customers::company(&world, n, world.next_id()).unwrap());
    }
    for change in changes {
        check(&world, &change);
    }
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
