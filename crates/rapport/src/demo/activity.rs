//! What people plan and write down: tasks and notes about contacts.

use super::{chance::Chance, customers::Contact, draft::Draft, trade, world::World};
use base::{Id, Result, Timestamp, time::HOUR_MS};
use records::store::Change;

const TASK: u64 = 6;
const NOTE: u64 = 7;

/// Whom it is about: mostly anybody, a quarter of the time one of the few customers with whom much is going on.
fn about(world: &World, chance: &mut Chance) -> u64 {
    let contacts = u64::from(world.shape.contacts);
    if chance.percent(25) { chance.below((contacts / 100).max(1)) } else { chance.below(contacts) }
}

/// Creates task number `n`.
pub fn task(world: &World, n: u64, id: Id) -> Result<Change> {
    let mut chance = Chance::of(world.shape.seed, TASK, n);
    let whom = about(world, &mut chance);
    let (land, owner) = (Contact::of(world, whom).land, world.contact_owner(whom)?);
    let due = Timestamp(world.now.0 + chance.between(-300 * 24, 60 * 24) * HOUR_MS);
    let status = if due < world.now && chance.percent(90) { "done" } else { chance.pick(&["open", "open", "waiting"]) };
    let draft = Draft::new(world.object("tasks")?)
        .text("subject", chance.pick(land.tasks))
        .instant("due_at", due)
        .text("status", status)
        .text("priority", chance.pick(&["low", "normal", "normal", "normal", "high"]))
        .link("assignee", world.object("users")?.id, owner.user)
        .link("about", world.object("contacts")?.id, world.contact(whom)?);
    world.owned(draft, owner)?.create(id)
}

/// Creates note number `n`.
pub fn note(world: &World, n: u64, id: Id) -> Result<Change> {
    let mut chance = Chance::of(world.shape.seed, NOTE, n);
    let whom = about(world, &mut chance);
    let (land, owner) = (Contact::of(world, whom).land, world.contact_owner(whom)?);
    let product = trade::product_name(world, chance.skewed(u64::from(world.shape.products)))?;
    let draft = Draft::new(world.object("notes")?).text("body", chance.pick(land.notes).replace("{}", &product)).link(
        "about",
        world.object("contacts")?.id,
        world.contact(whom)?,
    );
    world.owned(draft, owner)?.create(id)
}

/// Finishes, or opens again, task number `n`: the `turn`-th change of the demo.
pub fn task_change(world: &World, n: u64, turn: u64) -> Result<Change> {
    let mut chance = Chance::of(world.shape.seed, TASK + 100, turn);
    let draft = Draft::new(world.object("tasks")?).text("status", chance.pick(&["done", "done", "open", "cancelled"]));
    draft.text("priority", chance.pick(&["low", "normal", "high"])).update(world.task(n)?)
}
