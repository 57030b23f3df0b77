//! Data of a known shape: made once, kept under a key of shape, seed and schema, and used again.

use crate::{Outcome, place::Place};
use base::SystemCaller;
use db::{Options, Statement, sql};
use rapport::{
    demo::{self, Made, Shape},
    house::House,
};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io::IsTerminal,
    path::Path,
    time::{Duration, Instant},
};

/// A shape and what the table calls it.
#[derive(Debug, Clone)]
pub struct Named {
    pub name: String,
    pub shape: Shape,
}

/// Data that can be measured.
#[derive(Debug, Clone)]
pub struct Data {
    pub name: String,
    pub place: Place,
}

/// Changes when the generator makes other data of the same shape.
const GENERATOR: u32 = 1;

const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The data of a shape: from an earlier run, or made now.
pub async fn kept(folder: &Path, named: &Named) -> Outcome<Data> {
    let dir = folder.join(format!("{}-{:016x}", named.name, key(&named.shape)?));
    let (place, done) = (Place::Folder(dir.clone()), dir.join("complete"));
    if !done.exists() {
        if dir.exists() {
            std::fs::remove_dir_all(&dir)?;
        }
        fresh(place.clone(), named).await?;
        std::fs::write(done, "")?;
    }
    Ok(Data { name: named.name.clone(), place })
}

/// Makes the data of a shape in an empty place.
pub async fn fresh(place: Place, named: &Named) -> Outcome<Data> {
    let start = Instant::now();
    let house = House::open(place.config(), Options::default()).await?;
    let watched = std::io::stderr().is_terminal();
    let made = demo::fill(&house, named.shape, |done, all| {
        if watched {
            eprint!("\rmaking {}: {done} of {all} changes", named.name);
        }
    });
    let Made { events, contacts, .. } = made.await?;
    let seconds = start.elapsed().as_secs_f64();
    let working = house.work();
    until_idle(&house).await?;
    working.stop().await;
    let (rate, indexes) = (f64::from(u32::try_from(events)?) / seconds, start.elapsed().as_secs_f64() - seconds);
    let (name, database) = (&named.name, place.database());
    println!(
        "made {name} on {database}: {contacts} contacts, {events} events in {seconds:.1} s, {rate:.0}/s; \
         indexes in {indexes:.1} s"
    );
    Ok(Data { name: named.name.clone(), place })
}

/// Waits for the indexes of the custom fields, which workers make.
async fn until_idle(house: &House) -> Outcome {
    let caller = SystemCaller::for_(house.db.tenant(), "bench");
    loop {
        let text =
            sql!("SELECT COUNT(*) FROM job WHERE tenant_id = ?1 AND kind = 'records.index' AND due_at IS NOT NULL");
        let rows = house.db.reader(&caller).once(Statement::new(text, [caller.tenant.into()])).await?;
        if rows.first().ok_or("a count without a row")?.int(0)? == 0 {
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// What the data depends on.
fn key(shape: &Shape) -> Outcome<u64> {
    let mut hasher = DefaultHasher::new();
    (GENERATOR, format!("{shape:?}")).hash(&mut hasher);
    let mut files: Vec<_> = std::fs::read_dir("migrations")?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        std::fs::read(file.path())?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}
