//! A whole Rapport for one test.

use crate::client::Client;
use base::{Clock, Timestamp};
use db::{Options, testing::Scratch};
use rapport::house::{House, Working};
use serde_json::json;

/// Where time stands in tests: a Monday noon in Warsaw.
pub const NOW: &str = "2026-11-23T11:00:00Z";

/// A running house on a database of its own, gone when dropped.
pub struct TestApp {
    pub house: House,
    pub clock: Clock,
    scratch: Scratch,
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
        let clock = Clock::fixed(Timestamp::parse(NOW).unwrap());
        let options = Options { clock: clock.clone(), node: Some(1), ..Options::default() };
        let house = House::open(scratch.config(), options).await.unwrap();
        let working = Some(house.work());
        TestApp { house, clock, scratch, working }
    }

    /// Stops the house and opens it again on the same data.
    pub async fn restart(mut self) -> TestApp {
        self.working.take().unwrap().stop().await;
        let TestApp { scratch, house, .. } = self;
        drop(house);
        TestApp::on(scratch).await
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
        let token = operator.post("/tokens", &json!({"user": email, "name": "test"})).await.expect(201);
        Client::with_token(self.house.app.router(), token["token"].as_str().unwrap())
    }

    /// A user whose role is written out: what `POST /roles` takes.
    pub async fn user_with(&self, name: &str, role: serde_json::Value) -> Client {
        self.operator().post("/roles", &role).await.expect(201);
        self.user(name, role["name"].as_str().unwrap()).await
    }

    /// Moves the clock.
    pub fn wait_seconds(&self, seconds: i64) {
        self.clock.set(Timestamp(self.clock.now().0 + seconds * 1_000));
    }

    /// The state of the database, told without ids and instants.
    pub async fn digest(&self) -> db::StateDigest {
        let caller = base::SystemCaller::for_(self.house.db.tenant(), "test");
        self.house.db.digest(&caller).await.unwrap()
    }
}
