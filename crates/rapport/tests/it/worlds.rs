//! Random companies, held against a plain telling of the rules: who sees, counts, finds, exports and changes what.
//!
//! `RAPPORT_WORLDS=1000` runs the long form.

mod oracle;
mod steps;

use oracle::{Record, Role, User, World};
use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

/// How many companies, and how much happens in each.
const WORLDS: u64 = 50;
const STEPS: usize = 20;

/// SplitMix64: the same numbers for the same seed, everywhere.
pub struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(count).unwrap()).unwrap()
    }

    fn maybe(&mut self, count: usize) -> Option<usize> {
        let thrown = self.below(count + 1);
        (thrown < count).then_some(thrown)
    }

    /// Up to two different numbers.
    fn some(&mut self, count: usize) -> Vec<usize> {
        let mut thrown: Vec<usize> = [self.maybe(count), self.maybe(count)].into_iter().flatten().collect();
        thrown.dedup();
        thrown
    }
}

on_both!(everybody_sees_and_changes_what_the_rules_say, |app| {
    let worlds = std::env::var("RAPPORT_WORLDS").ok().and_then(|count| count.parse().ok()).unwrap_or(WORLDS);
    for seed in 0..worlds {
        let mut dice = Dice(seed);
        let mut world = make(&app, seed, &mut dice).await;
        for step in 0..STEPS {
            steps::step(&app.operator(), &mut world, &mut dice, &format!("world {seed}, step {step}")).await;
        }
    }
});

async fn make(app: &TestApp, seed: u64, dice: &mut Dice) -> World {
    let operator = app.operator();
    let (mut teams, mut parents) = (Vec::new(), Vec::new());
    for at in 0..4 {
        let parent: Option<usize> = if at == 0 { None } else { dice.maybe(at) };
        let above: Option<&String> = parent.and_then(|parent| teams.get(parent));
        let id = app.team(&format!("team {seed} {at}"), above.map(String::as_str)).await;
        teams.push(id);
        parents.push(parent);
    }
    let mut roles = Vec::new();
    for at in 0..3 {
        let role = Role::thrown(dice, format!("role-{seed}-{at}"));
        let made = operator.post("/roles", &role.json()).await;
        roles.push(Role { id: made.made(), ..role });
    }
    let mut users = Vec::new();
    for at in 0..3 {
        let (has, belongs) = (dice.some(roles.len()), dice.some(teams.len()));
        let names: Vec<&str> = has.iter().map(|at| roles[*at].name.as_str()).collect();
        let places: Vec<&str> = belongs.iter().map(|at| teams[*at].as_str()).collect();
        let person = app.person(&format!("U{seed}x{at}"), &names, &places).await;
        users.push(User { person, roles: has, teams: belongs });
    }
    let mut world = World { tag: format!("world{seed}"), teams, parents, roles, users, records: Vec::new() };
    records(&operator, &mut world, dice).await;
    world
}

async fn records(operator: &Client, world: &mut World, dice: &mut Dice) {
    let places: Vec<_> = (0..12).map(|_| (dice.maybe(3), dice.maybe(4))).collect();
    let draft = |(at, (owner, team)): (usize, &(Option<usize>, Option<usize>))| {
        json!({"last_name": world.name(at), "source": world.tag, "owner": owner.map(|at| &world.users[at].person.id),
            "team": team.map(|at| &world.teams[at])})
    };
    let drafts: Vec<Value> = places.iter().enumerate().map(draft).collect();
    let made = operator.post("/records/contacts/batch", &json!({"create": drafts, "atomic": true})).await.expect(200);
    for (result, (owner, team)) in made["results"].as_array().unwrap().iter().zip(places) {
        let id = result["id"].as_str().unwrap().to_owned();
        world.records.push(Record { id, owner, team, binned: false });
    }
}
