//! Takes words out of the vocabulary that no record has any more, for a job that runs now and then.

use super::{Search, words};
use base::time::DAY_MS;
use base::{Caller, Result};
use db::{Batch, Statement, sql};

/// Words looked at, and deleted, in one go.
const PAGE: i64 = 500;

impl Search {
    /// Deletes the unused words and answers how many there were. May run twice, and beside everything else: a word
    /// counts as used for two days after it was last asserted, and whoever writes it asserts it within one.
    pub async fn prune(&self, caller: &Caller) -> Result<u64> {
        let before = self.db.clock().now().0 - 2 * DAY_MS;
        let (mut after, mut pruned) = (String::new(), 0);
        loop {
            let page = self.page(caller, &after).await?;
            let Some(last) = page.last() else { break };
            let mut batch = Batch::new();
            let text =
                "DELETE FROM search_word WHERE (tenant_id, word) IN (SELECT w.tenant_id, w.word FROM search_word w
                WHERE w.tenant_id = ?1 AND w.word > ?2 AND w.word <= ?3 AND w.added < ?4 AND ";
            let text = format!("{text}{}) RETURNING word", words::unused(self.db.dialect()));
            let args = [caller.tenant.into(), after.as_str().into(), last.as_str().into(), before.into()];
            batch.keep(Statement::new(text, args));
            let receipt = self.db.submit(caller, batch).await?;
            pruned += receipt.kept.iter().map(|rows| rows.len() as u64).sum::<u64>();
            after = last.clone();
        }
        if pruned > 0 {
            self.vocabularies.forget(caller.tenant).await;
        }
        Ok(pruned)
    }

    async fn page(&self, caller: &Caller, after: &str) -> Result<Vec<String>> {
        let text = sql!("SELECT word FROM search_word WHERE tenant_id = ?1 AND word > ?2 ORDER BY word LIMIT ?3");
        let args = [caller.tenant.into(), after.into(), PAGE.into()];
        let rows = self.db.reader(caller).once(Statement::new(text, args)).await?;
        rows.iter().map(|row| row.text(0).map(str::to_owned)).collect()
    }
}
