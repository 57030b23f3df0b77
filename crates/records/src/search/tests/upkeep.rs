//! The index and the vocabulary follow what happens to records.

use super::world::{in_each_world, text};
use crate::search::Search;
use base::time::DAY_MS;
use base::{Id, Timestamp};
use db::{Batch, Statement, sql};

#[tokio::test]
async fn the_bin_is_not_searched() {
    in_each_world(async |world| {
        let id = world.put("contacts", &[("last_name", text("Kowal"))]).await;
        world.run(sql!("UPDATE contact SET deleted_at = 1 WHERE tenant_id = ?1 AND id = ?2"), id).await;
        world.assert_finds_nothing(&world.admin(), "kowal").await;
    })
    .await;
}

#[tokio::test]
async fn a_changed_record_is_found_by_its_new_words_only() {
    in_each_world(async |world| {
        let id = world.put("contacts", &[("last_name", text("Kowal"))]).await;
        world.reindex("contacts", id, &[("last_name", text("Nowak"))]).await;
        assert!(world.listed(&world.admin(), "kowal").await.is_empty());
        assert_eq!(world.listed(&world.admin(), "nowak").await, [id]);
        world.reindex("contacts", id, &[]).await;
        assert!(world.listed(&world.admin(), "nowak").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_removed_record_is_not_found() {
    in_each_world(async |world| {
        let id = world.put("contacts", &[("last_name", text("Kowal"))]).await;
        let (mut batch, mut indexer) = (Batch::new(), world.search.indexer(world.db.tenant()));
        indexer.remove(id);
        world.search.learn(indexer.finish(&mut batch));
        world.db.submit(&world.admin(), batch).await.unwrap();
        assert!(world.listed(&world.admin(), "kowal").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn words_that_another_node_adds_are_guessed_too() {
    in_each_world(async |mut world| {
        world.put("contacts", &[("last_name", text("Kowalski"))]).await;
        assert_eq!(world.found(&world.admin(), "kowlaski").await, ["Kowalski"]);
        let here = std::mem::replace(&mut world.search, Search::new(&world.db));
        let wife = world.put("contacts", &[("last_name", text("Lewandowska"))]).await;
        world.search = here;
        assert_eq!(world.listed(&world.admin(), "lewandwoska").await, [wife]);
    })
    .await;
}

#[tokio::test]
async fn a_word_is_asserted_once_and_again_when_its_batch_failed() {
    in_each_world(async |world| {
        let object = world.object("contacts");
        let values: Vec<_> = object
            .fields
            .iter()
            .map(|field| if field.name == "last_name" { text("Kowal") } else { crate::value::Value::Empty })
            .collect();
        let statements = || {
            let (mut batch, mut indexer) = (Batch::new(), world.search.indexer(world.db.tenant()));
            indexer.put(object, Id(5), &values, true);
            let learned = indexer.finish(&mut batch);
            (format!("{batch:?}").matches("INSERT INTO search_word").count(), batch, learned)
        };
        assert_eq!(statements().0, 1, "a batch that never commits teaches nothing");
        let (words, batch, learned) = statements();
        assert_eq!(words, 1);
        world.db.submit(&world.admin(), batch).await.unwrap();
        world.search.learn(learned);
        assert_eq!(statements().0, 0);
        world.clock.set(Timestamp(world.clock.now().0 + DAY_MS));
        assert_eq!(statements().0, 1, "words in use are asserted anew");
    })
    .await;
}

#[tokio::test]
async fn unused_words_are_pruned_after_two_days_and_used_ones_stay() {
    in_each_world(async |world| {
        let admin = world.admin();
        let gone = world.put("contacts", &[("last_name", text("Kowal"))]).await;
        world.put("contacts", &[("last_name", text("Nowak"))]).await;
        world.reindex("contacts", gone, &[]).await;
        assert_eq!(world.search.prune(&admin).await.unwrap(), 0, "too young");
        world.clock.set(Timestamp(world.clock.now().0 + 3 * DAY_MS));
        assert_eq!(world.search.prune(&admin).await.unwrap(), 1);
        assert_eq!(world.search.prune(&admin).await.unwrap(), 0);
        let text = sql!("SELECT word FROM search_word WHERE tenant_id = ?1");
        let rows = world.db.reader(&admin).once(Statement::new(text, [world.db.tenant().into()])).await.unwrap();
        let words: Vec<&str> = rows.iter().map(|row| row.text(0).unwrap()).collect();
        assert_eq!(words, ["nowak"]);
    })
    .await;
}
