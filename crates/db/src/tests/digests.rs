//! The state digest: blind to what chance decides, sharp for everything else.

use super::*;

/// A company with two contacts and their history, its ids made by this database.
async fn fill(db: &Db, name: &str, swap: bool) {
    let tenant = Cell::from(db.tenant());
    let at = Cell::from(db.clock().now());
    let (company, mut contacts) = (db.ids().next(), [db.ids().next(), db.ids().next()]);
    let mut batch = Batch::new();
    let text =
        "INSERT INTO company (tenant_id, id, name, created_at, updated_at, version) VALUES (?1, ?2, ?3, ?4, ?4, 1)";
    batch.run(Statement::new(text, [tenant.clone(), company.into(), name.into(), at.clone()]));
    if swap {
        contacts.reverse();
    }
    for (number, contact) in contacts.into_iter().enumerate() {
        let text = "INSERT INTO contact (tenant_id, id, last_name, company, custom, created_at, updated_at, version)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1)";
        let custom = format!(r#"{{"r1":{},"t1":"see {company}", "code":"5901234123457"}}"#, company.0);
        let args =
            [tenant.clone(), contact.into(), format!("n{number}").into(), company.into(), custom.into(), at.clone()];
        batch.run(Statement::new(text, args));
        let mut entry = event(db, "created");
        entry.record = Some(contact);
        entry.also = vec![company];
        entry.changes = format!(r#"{{"company":[null,"{company}"],"created_at":[null,{}]}}"#, db.clock().now().0);
        batch.log(entry);
    }
    db.submit(&caller(db), batch).await.unwrap();
}

async fn digest(db: &Db) -> StateDigest {
    db.digest(&caller(db)).await.unwrap()
}

#[tokio::test]
async fn the_same_data_is_equal_whatever_its_ids_instants_and_database() {
    let mut digests = Vec::new();
    for (number, scratch) in Scratch::each().await.into_iter().chain(Scratch::each().await).enumerate() {
        let later = Timestamp(NOW.0 + i64::try_from(number).unwrap() * 86_400_000);
        let db = scratch.open(Options { clock: Clock::fixed(later), ..options() }).await.unwrap();
        fill(&db, "Łódź", number % 2 == 0).await;
        digests.push(digest(&db).await);
    }
    for other in &digests[1..] {
        assert_eq!(digests[0].differences(other), Vec::<String>::new());
        assert_eq!(digests[0].hash(), other.hash());
    }
    assert_eq!(digests[0].tables["contact"].rows, 2);
}

#[tokio::test]
async fn a_difference_shows_where_it_is_and_where_it_is_referred_to() {
    let scratches = [Scratch::sqlite().await, Scratch::sqlite().await];
    let mut digests = Vec::new();
    for (scratch, name) in scratches.iter().zip(["Łódź", "Lodz"]) {
        let db = scratch.open(options()).await.unwrap();
        fill(&db, name, false).await;
        digests.push(digest(&db).await);
    }
    let differences = digests[0].differences(&digests[1]).join("\n");
    for table in ["company:", "contact:", "event:", "event_link:"] {
        assert!(differences.contains(table), "{table} in {differences}");
    }
    assert_eq!(differences.lines().count(), 4, "{differences}");
}

#[tokio::test]
async fn who_refers_to_whom_counts() {
    let scratches = [Scratch::sqlite().await, Scratch::sqlite().await];
    let mut digests = Vec::new();
    for (scratch, crossed) in scratches.iter().zip([false, true]) {
        let db = scratch.open(options()).await.unwrap();
        fill(&db, "a", false).await;
        fill(&db, "b", false).await;
        if crossed {
            // One contact of each company moves to the other: the same names, other neighbours.
            let text = "UPDATE contact SET company = (SELECT c.id FROM company c
                        WHERE c.tenant_id = ?1 AND c.id <> contact.company) WHERE tenant_id = ?1 AND last_name = ?2";
            let mut batch = Batch::new();
            batch.run(Statement::new(text, [db.tenant().into(), "n0".into()]));
            db.submit(&caller(&db), batch).await.unwrap();
        }
        digests.push(digest(&db).await);
    }
    assert!(digests[0].differences(&digests[1]).iter().any(|line| line.starts_with("contact:")));
}

#[tokio::test]
async fn tables_larger_than_a_page_are_read_whole() {
    for (_scratch, db) in each().await {
        let mut batch = Batch::new();
        for number in 0..12_345 {
            batch.run(row(&db, number));
        }
        db.submit(&caller(&db), batch).await.unwrap();
        assert_eq!(digest(&db).await.tables["event_link"].rows, 12_345);
    }
}
