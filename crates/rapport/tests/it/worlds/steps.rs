//! What happens in a world: somebody asks or changes something, and the answer is held against the rules.

use super::{
    Dice,
    oracle::{Action, Record, Role, Scope, World},
};
use serde_json::{Value, json};
use testing::{Client, Reply};

/// One random step, checked.
pub async fn step(operator: &Client, world: &mut World, dice: &mut Dice, place: &str) {
    let (user, record) = (dice.below(world.users.len()), dice.below(world.records.len()));
    match dice.below(12) {
        0 | 1 => lists(world, user, place).await,
        2 => one(world, user, record, place).await,
        3 => searches(world, user, record, place).await,
        4 => exports(world, user, place).await,
        5 => changes(world, user, record, dice, place).await,
        6 => bins(world, user, record, place).await,
        7 => bins_many(world, user, dice, place).await,
        8 => restores(world, user, record, place).await,
        9 => creates(world, user, place).await,
        10 => regrants(operator, world, user, dice).await,
        _ => moves(operator, world, user, dice).await,
    }
}

fn ids(reply: &Reply) -> Vec<String> {
    reply.column("id").iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

async fn lists(world: &World, user: usize, place: &str) {
    let person = &world.users[user].person;
    let filter = format!("source = '{}'", world.tag);
    let list = person.ask("/records/contacts", &[("filter", &filter), ("limit", "200")]).await;
    let count = person.ask("/records/contacts/count", &[("filter", &filter)]).await;
    if world.scope(user, Action::Read) == Scope::None {
        assert_eq!((list.status, count.status), (404, 404), "{place}");
        return;
    }
    let expected = world.within(user, Action::Read);
    assert_eq!(ids(&list), expected, "{place}");
    assert_eq!(count["count"], expected.len(), "{place}");
    let whole = person.get("/records/contacts/count?exact=true").await;
    assert!(whole["count"].as_u64() >= count["count"].as_u64(), "{place}");
}

async fn one(world: &World, user: usize, record: usize, place: &str) {
    let (person, record) = (&world.users[user].person, &world.records[record]);
    let path = format!("/records/contacts/{}", record.id);
    let seen = world.reaches(user, Action::Read, record);
    for way in ["", "/history", "/timeline"] {
        let status = if seen && !record.binned { 200 } else { 404 };
        assert_eq!(person.get(&format!("{path}{way}")).await.status, status, "{place}{way}");
    }
    let status = if seen && record.binned { 200 } else { 404 };
    assert_eq!(person.get(&format!("{path}?bin=true")).await.status, status, "{place}");
}

async fn searches(world: &World, user: usize, record: usize, place: &str) {
    let (person, name) = (&world.users[user].person, world.name(record));
    let record = &world.records[record];
    let seen = !record.binned && world.reaches(user, Action::Read, record);
    let visible = world.within(user, Action::Read);
    let found = ids(&person.ask("/search", &[("q", &name), ("limit", "50")]).await);
    assert_eq!(found.contains(&record.id), seen, "{place}");
    let ours = |id: &String| world.records.iter().any(|record| record.id == *id);
    assert!(found.iter().filter(|id| ours(id)).all(|id| visible.contains(id)), "{place}");
    if world.scope(user, Action::Read) > Scope::None {
        let listed = ids(&person.ask("/records/contacts", &[("search", &name)]).await);
        assert_eq!(listed.contains(&record.id), seen, "{place}");
    }
}

async fn exports(world: &World, user: usize, place: &str) {
    let person = &world.users[user].person;
    let filter = format!("source = '{}'", world.tag);
    let query = [("filter", filter.as_str()), ("fields", "id"), ("format", "ndjson")];
    let reply = person.ask("/records/contacts/export", &query).await;
    let status = match (world.scope(user, Action::Read), world.may_export(user)) {
        (Scope::None, _) => 404,
        (_, false) => 403,
        _ => 200,
    };
    assert_eq!(reply.status, status, "{place}: {}", reply.text());
    if status == 200 {
        let text = reply.text();
        let row = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
        assert_eq!(text.lines().map(row).collect::<Vec<_>>(), world.within(user, Action::Export), "{place}");
    }
}

/// The status of a change of a record that is expected in the bin or not.
fn status(world: &World, user: usize, action: Action, record: &Record, binned: bool, good: u64) -> u64 {
    match (world.reaches(user, Action::Read, record) && record.binned == binned, world.reaches(user, action, record)) {
        (false, _) => 404,
        (true, false) => 403,
        (true, true) => good,
    }
}

async fn changes(world: &mut World, user: usize, record: usize, dice: &mut Dice, place: &str) {
    let (owner, team) = (dice.maybe(world.users.len()), dice.maybe(world.teams.len()));
    let change = json!({"owner": owner.map(|at| &world.users[at].person.id), "team": team.map(|at| &world.teams[at])});
    let path = format!("/records/contacts/{}", world.records[record].id);
    let reply = world.users[user].person.patch(&path, &change).await;
    let expected = status(world, user, Action::Update, &world.records[record], false, 200);
    assert_eq!(u64::from(reply.status), expected, "{place}: {}", reply.text());
    if expected == 200 {
        let changed = &mut world.records[record];
        (changed.owner, changed.team) = (owner, team);
    }
}

async fn bins(world: &mut World, user: usize, record: usize, place: &str) {
    let path = format!("/records/contacts/{}", world.records[record].id);
    let reply = world.users[user].person.delete(&path).await;
    let expected = status(world, user, Action::Delete, &world.records[record], false, 204);
    assert_eq!(u64::from(reply.status), expected, "{place}: {}", reply.text());
    world.records[record].binned |= expected == 204;
}

async fn bins_many(world: &mut World, user: usize, dice: &mut Dice, place: &str) {
    let first = dice.below(world.records.len() - 3);
    let chosen = first..first + 3;
    let ids: Vec<&String> = world.records[chosen.clone()].iter().map(|record| &record.id).collect();
    let reply = world.users[user].person.post("/records/contacts/batch", &json!({"delete": ids})).await;
    if world.scope(user, Action::Read) == Scope::None && !world.may_create(user) {
        assert_eq!(reply.status, 404, "{place}");
        return;
    }
    let expected: Vec<u64> =
        chosen.clone().map(|at| status(world, user, Action::Delete, &world.records[at], false, 204)).collect();
    let results = reply["results"].as_array().unwrap();
    let told: Vec<u64> = results.iter().map(|result| result["status"].as_u64().unwrap()).collect();
    assert_eq!(told, expected, "{place}: {}", reply.text());
    for (at, status) in chosen.zip(expected) {
        world.records[at].binned |= status == 204;
    }
}

async fn restores(world: &mut World, user: usize, record: usize, place: &str) {
    let path = format!("/records/contacts/{}/restore", world.records[record].id);
    let reply = world.users[user].person.post(&path, &json!({})).await;
    let expected = status(world, user, Action::Delete, &world.records[record], true, 200);
    assert_eq!(u64::from(reply.status), expected, "{place}: {}", reply.text());
    world.records[record].binned &= expected != 200;
}

async fn creates(world: &mut World, user: usize, place: &str) {
    let contact = json!({"last_name": world.name(world.records.len()), "source": world.tag});
    let reply = world.users[user].person.post("/records/contacts", &contact).await;
    let expected = match (world.may_create(user), world.scope(user, Action::Read)) {
        (true, _) => 201,
        (false, Scope::None) => 404,
        (false, _) => 403,
    };
    assert_eq!(reply.status, expected, "{place}: {}", reply.text());
    if expected == 201 {
        let (id, team) = (reply.made(), world.users[user].teams.first().copied());
        world.records.push(Record { id, owner: Some(user), team, binned: false });
    }
}

async fn regrants(operator: &Client, world: &mut World, user: usize, dice: &mut Dice) {
    let place = dice.below(world.roles.len());
    let role = &mut world.roles[place];
    *role = Role { id: role.id.clone(), ..Role::thrown(dice, role.name.clone()) };
    operator.patch(&format!("/roles/{}", role.id), &json!({"objects": role.objects()})).await.expect(200);
    let has = dice.some(world.roles.len());
    let names: Vec<&str> = has.iter().map(|at| world.roles[*at].name.as_str()).collect();
    operator.patch(&format!("/users/{}", world.users[user].person.id), &json!({"roles": names})).await.expect(200);
    world.users[user].roles = has;
}

async fn moves(operator: &Client, world: &mut World, user: usize, dice: &mut Dice) {
    let belongs = dice.some(world.teams.len());
    let ids: Vec<&String> = belongs.iter().map(|at| &world.teams[*at]).collect();
    operator.patch(&format!("/users/{}", world.users[user].person.id), &json!({"teams": ids})).await.expect(200);
    world.users[user].teams = belongs;
    let team = 1 + dice.below(world.teams.len() - 1);
    let parent = dice.maybe(team);
    let above = parent.map(|at| &world.teams[at]);
    operator.patch(&format!("/teams/{}", world.teams[team]), &json!({"parent": above})).await.expect(200);
    world.parents[team] = parent;
}
