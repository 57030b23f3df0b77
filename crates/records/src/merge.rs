//! Merging: several records that mean the same become one. The survivor takes over what it lacks, everything that led
//! to the others leads to it, and they go into the bin. One action, one batch; the one undo takes it back.
//!
//! Whether records mean the same is not decided here.

mod contradiction;
mod fill;
mod relink;

pub use contradiction::{Contradiction, contradictions};

use crate::{
    layout::Record,
    object::Object,
    store::{Change, Decided, Led, Op, Work, check_choices},
    value::{Link, Value},
};
use base::{Caller, Error, Id, Principal, Result, SystemCaller, message};
use db::{Batch, Cell, Statement, sql};
use std::collections::{HashMap, HashSet};

/// Most records that go into one at once.
pub const MOST: usize = 20;
/// Most records that may lead to them: more would hold up everybody else's writing.
const MOST_LINKED: usize = 10_000;
/// The link between a survivor and what went into it, beside the numbers of fields.
pub const ABSORBED: i64 = 0;
/// How often a merge that lost a race is decided anew.
const ATTEMPTS: usize = 3;

/// What a caller wants to be one.
#[derive(Debug, Clone)]
pub struct Wish {
    pub survivor: Id,
    pub merged: Vec<Id>,
    /// What the survivor shall have, whatever the records say; parsed with the caller's rights.
    pub values: Vec<(usize, Value)>,
    /// They are the same although they contradict each other.
    pub is_confirmed: bool,
}

/// The code of the refusal of what contradicts itself.
pub const CONTRADICTION: &str = "contradiction";

/// Merges, and answers what has become of the survivor. `more` adds what must commit with it.
///
/// # Errors
/// `NotFound` where the caller may not see one of the records, `Forbidden` where they may not change the survivor or
/// delete the others; `Conflict` where they contradict each other and nobody has said what holds; `TooLarge` where too many records lead to them.
pub async fn merge(
    work: &Work<'_>,
    object: &Object,
    wish: &Wish,
    more: impl Fn(&Decided, &mut Batch) -> Result<()>,
) -> Result<Decided> {
    let mut attempt = 1;
    loop {
        let decided = match decide(work, object, wish).await {
            Err(Error::Stale) if attempt < ATTEMPTS => {
                attempt += 1;
                continue;
            }
            decided => decided?,
        };
        let mut batch = Batch::new();
        let learned = work.write(&decided, &mut batch)?;
        remember(work, wish, &mut batch);
        let survivor = decided.into_iter().find(|one| one.after.id == wish.survivor);
        let survivor = survivor.ok_or_else(|| Error::internal("a merge without a survivor"))?;
        more(&survivor, &mut batch)?;
        match work.records.db().submit(work.caller, batch).await {
            Ok(_) => {
                work.records.search().learn(learned);
                return Ok(survivor);
            }
            Err(Error::Stale) if attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

/// In the order in which it is written: what led to the others moves, they give up their keys, and the survivor takes
/// them. So an undo, which begins at the end, has them back before anything leads to them again.
async fn decide(work: &Work<'_>, object: &Object, wish: &Wish) -> Result<Vec<Decided>> {
    let bin = |id: &Id| Change::new(Op::Bin, object.id, *id, Vec::new());
    // What any of them has is theirs together, also an option that is retired.
    let update = |values| Change {
        brings_back: true,
        led: Led::Survivor,
        ..Change::new(Op::Update, object.id, wish.survivor, values)
    };
    let own: Vec<Change> = wish.merged.iter().map(bin).chain([update(wish.values.clone())]).collect();
    let mut decided = work.decide(&own).await?.into_iter().collect::<Result<Vec<_>>>()?;
    // Decided on what was read here: whatever is written to any of them meanwhile is a race lost at the commit.
    let known = decided.iter().filter_map(|one| one.before.clone());
    let mut known: HashMap<Id, Record> = known.map(|record| (record.id, record)).collect();
    let survivor = decided.pop().and_then(|one| one.before);
    let survivor = survivor.ok_or_else(|| Error::internal("a survivor that was not there"))?;
    let others: Vec<_> = decided.iter().filter_map(|one| one.before.as_ref()).collect();
    let had: Vec<&Record> = others.iter().copied().chain([&survivor]).collect();
    check_choices(object, &wish.values, &had)?;
    contradiction::check(work, object, &had, wish)?;
    let values = fill::values(object, &survivor, &others, &wish.values);
    for one in &mut decided {
        one.into = Some(wish.survivor);
    }
    // What leads to the merged ones is moved for all, also where the caller may not see it.
    let mover = mover(work.caller);
    let moving = Work { caller: &mover, ..work.clone() };
    let target = Link::to(object.id, wish.survivor);
    let gone = wish.merged.iter().copied().collect();
    let mut changes = relink::changes(&moving, object, &gone, &target, &mut known).await?;
    let led = changes.len();
    changes.extend(wish.merged.iter().map(bin).chain([update(values)]));
    let mut all = moving.decide_knowing(&changes, known).await?.into_iter().collect::<Result<Vec<_>>>()?;
    all.splice(led..led + decided.len(), decided);
    Ok(all)
}

/// The caller by name, with the product's rights.
fn mover(caller: &Caller) -> Caller {
    let Caller { tenant, principal, language, .. } = caller.clone();
    let system = SystemCaller::for_(tenant, "moving what led to merged records");
    match principal {
        Principal::Anonymous => system,
        principal => Caller { principal, language, ..system },
    }
}

/// The time line of the survivor tells what happened to the others, too.
fn remember(work: &Work, wish: &Wish, batch: &mut Batch) {
    for id in &wish.merged {
        let text = sql!(
            "INSERT INTO link (tenant_id, from_id, field_id, to_id, position) VALUES (?1, ?2, ?3, ?4, 0)
             ON CONFLICT DO NOTHING"
        );
        let cells = [work.caller.tenant.into(), wish.survivor.into(), Cell::Int(ABSORBED), (*id).into()];
        batch.run(Statement::new(text, cells));
    }
}

/// Checks what can be checked without looking.
pub fn check(object: &Object, wish: &Wish) -> Result<()> {
    let different: HashSet<Id> = wish.merged.iter().copied().collect();
    if wish.merged.is_empty() || wish.merged.len() > MOST || different.len() < wish.merged.len() {
        return Err(Error::field("merged", message!("merge-count", most = MOST)));
    }
    if different.contains(&wish.survivor) {
        return Err(Error::field("merged", message!("merge-itself")));
    }
    let links = wish.values.iter().flat_map(|(at, value)| value.each().iter().map(move |one| (at, one)));
    for (at, link) in links.filter_map(|(at, value)| Some((at, value.link()?))) {
        if different.contains(&link.id) {
            let field = object.fields.get(*at).map_or("fields", |field| &field.name);
            return Err(Error::field(field, message!("relation-not-found", id = link.id)));
        }
    }
    Ok(())
}
