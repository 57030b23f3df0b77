//! A whole Rapport for one test.

use crate::client::Client;
use base::{Clock, Timestamp};
use db::{Options, testing::Scratch};
use rapport::house::{House, Working};
use serde_json::{Value, json};
use std::{ops::Deref, sync::Arc, time::Duration};
use tempfile::TempDir;

/// Where time stands in tests: a Monday noon in Warsaw.
pub const NOW: &str = "2026-11-23T11:00:00Z";

/// A running house on a database of its own, gone when dropped.
pub struct TestApp {
    pub house: House,
    pub clock: Clock,
    scratch: Scratch,
    /// Where its files lie.
    pub files: Arc<TempDir>,
    working: Option<Working>,
}

impl TestApp {
    pub async fn sqlite() -> TestApp {
        TestApp::on(Scratch::sqlite().await).await
    }

    pub async fn postgres() -> TestApp {
        TestApp::on(Scratch::postgres().await).await
    }

    /// Opens the house on a database that a test has made.
    pub async fn on(scratch: Scratch) -> TestApp {
        TestApp::beside(scratch, Arc::new(tempfile::tempdir().unwrap())).await
    }

    async fn beside(scratch: Scratch, files: Arc<TempDir>) -> TestApp {
        let clock = Clock::fixed(Timestamp::parse(NOW).unwrap());
        let options = Options { clock: clock.clone(), node: Some(1), ..Options::default() };
        let house = House::open_with(scratch.config(), options, files.path()).await.unwrap();
        let working = Some(house.work());
        TestApp { house, clock, scratch, files, working }
    }

    /// Nobody takes up a job until [`TestApp::work`]: what is begun stays begun.
    pub async fn rest(&mut self) {
        if let Some(working) = self.working.take() {
            working.rest().await;
        }
    }

    /// Jobs are taken up again.
    pub fn work(&mut self) {
        self.working = Some(self.house.work());
    }

    /// Stops the house and opens it again on the same data.
    pub async fn restart(mut self) -> TestApp {
        self.working.take().unwrap().stop().await;
        let TestApp { scratch, files, house, .. } = self;
        drop(house);
        TestApp::beside(scratch, files).await
    }

    /// The operator at the machine itself: may do everything.
    pub fn operator(&self) -> Client {
        Client::local(self.house.app.router())
    }

    /// A user with a role, holding a token.
    pub async fn user(&self, name: &str, role: &str) -> Client {
        let email = format!("{}@example.com", name.to_lowercase());
        let operator = self.operator();
        let body = json!({"email": email, "name": name, "roles": [role]});
        operator.post("/users", &body).await.expect(201);
        self.token(&email, &json!({"name": "test"})).await
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Client {
        Client::anonymous(self.house.app.router())
    }

    /// A user whose role is written out: what `POST /roles` takes.
    pub async fn user_with(&self, name: &str, role: Value) -> Client {
        self.role(&role).await;
        self.user(name, role["name"].as_str().unwrap()).await
    }

    /// A role, as `POST /roles` takes it.
    pub async fn role(&self, role: &Value) {
        self.operator().post("/roles", role).await.expect(201);
    }

    /// A team below another one, or at the top; gives its id.
    pub async fn team(&self, name: &str, parent: Option<&str>) -> String {
        let made = self.operator().post("/teams", &json!({"name": name, "parent": parent})).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    }

    /// A user with roles and teams, holding a token.
    pub async fn person(&self, name: &str, roles: &[&str], teams: &[&str]) -> Person {
        let email = format!("{}@example.com", name.to_lowercase());
        let body = json!({"email": email, "name": name, "roles": roles, "teams": teams});
        let made = self.operator().post("/users", &body).await.expect(201);
        let id = made["id"].as_str().unwrap().to_owned();
        let client = self.token(&id, &json!({"name": "test"})).await;
        Person { id, email, client }
    }

    /// A caller with a new token of a user, by id or e-mail; `asked` is what `POST /tokens` takes.
    pub async fn token(&self, user: &str, asked: &Value) -> Client {
        let mut asked = asked.clone();
        asked["user"] = json!(user);
        let token = self.operator().post("/tokens", &asked).await.expect(201);
        let client = Client::with_token(self.house.app.router(), token["token"].as_str().unwrap());
        // The first use of a token is noted; what a test compares shall not hang on who asked first.
        client.get("/settings").await.expect(200);
        client
    }

    /// Waits until no job is waiting or running; where all that is left waits for a later hour, moves the clock there.
    pub async fn settled(&self) {
        let operator = self.operator();
        let mut committed = self.house.db.committed();
        loop {
            committed.mark_unchanged();
            // In one look: a job on its way from one state to the next must not be missed in both.
            let jobs = operator.get("/jobs?limit=200").await.expect(200);
            let jobs = jobs["items"].as_array().cloned().unwrap_or_default();
            let due = |state: &str| -> Vec<Value> {
                jobs.iter().filter(|job| job["state"] == state).map(|job| job["due_at"].clone()).collect()
            };
            let (running, waiting) = (due("running"), due("waiting"));
            if waiting.is_empty() && running.is_empty() {
                break;
            }
            let next = waiting.iter().filter_map(|due| Timestamp::parse(due.as_str()?)).min();
            if let Some(next) = next.filter(|next| running.is_empty() && *next > self.clock.now()) {
                self.clock.set(next);
            }
            let news = tokio::time::timeout(Duration::from_secs(60), committed.changed()).await;
            news.expect("the jobs stand still").expect("the database is open");
        }
        assert_eq!(operator.get("/jobs?state=dead").await.column("error"), Vec::<Value>::new());
    }

    /// Waits until every reaction has dealt with what has happened so far.
    pub async fn caught_up(&self) {
        let registry = rapport::modules::registry(&self.house.records, &self.house.identity);
        let mut committed = self.house.db.committed();
        for reaction in &registry.reactions {
            for look in 0.. {
                if self.has_caught_up(reaction).await {
                    break;
                }
                assert!(look < 2_000, "{} stands still", reaction.name);
                let _ = tokio::time::timeout(Duration::from_millis(20), committed.changed()).await;
            }
        }
    }

    async fn has_caught_up(&self, reaction: &jobs::Reaction) -> bool {
        let db = &self.house.db;
        let caller = base::SystemCaller::for_(db.tenant(), "test");
        let text = "SELECT tx, seq, lease_until FROM reaction_cursor WHERE tenant_id = ?1 AND name = ?2";
        let statement = db::Statement::new(text, [caller.tenant.into(), reaction.name.into()]);
        let rows = db.reader(&caller).once(statement).await.unwrap();
        let Some(row) = rows.first().filter(|row| row.int(2).unwrap() == 0) else { return false };
        let mut place = db::Cursor { tx: row.int(0).unwrap(), seq: row.int(1).unwrap() };
        loop {
            let events = db.events_after(&caller, place, 500).await.unwrap();
            let Some(last) = events.last() else { break };
            if events.iter().any(|event| reaction.wants(&event.kind)) {
                return false;
            }
            place = last.cursor;
        }
        // What is committed may not be for readers of the log yet: an older transaction may still put something before it.
        let text = "SELECT seq FROM event WHERE tenant_id = ?1 AND (tx, seq) > (?2, ?3) LIMIT 1";
        let beyond = db::Statement::new(text, [caller.tenant.into(), place.tx.into(), place.seq.into()]);
        db.reader(&caller).once(beyond).await.unwrap().is_empty()
    }

    /// Moves the clock.
    pub fn wait_seconds(&self, seconds: i64) {
        self.clock.set(Timestamp(self.clock.now().0 + seconds * 1_000));
    }

    /// The state of the database, told without ids and instants.
    pub async fn digest(&self) -> db::StateDigest {
        if self.working.is_some() {
            self.caught_up().await;
        }
        let caller = base::SystemCaller::for_(self.house.db.tenant(), "test");
        let mut digest = self.house.db.digest(&caller).await.unwrap();
        // The workers go on at their own pace while a test looks: their timetable, and how far each job has come.
        for table in ["job_schedule", "job"] {
            digest.tables.remove(table);
        }
        digest
    }
}

/// A user of a test: their id, and what they ask with.
#[derive(Clone)]
pub struct Person {
    pub id: String,
    pub email: String,
    client: Client,
}

impl Deref for Person {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}
