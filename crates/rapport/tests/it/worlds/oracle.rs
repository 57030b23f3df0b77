//! The rules of rights told plainly, without a database: loops over a handful of records.

use super::Dice;
use serde_json::{Value, json};
use testing::Person;

/// From nothing to everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    None,
    Own,
    Team,
    TeamTree,
    All,
}

const SCOPES: [(Scope, &str); 5] = [
    (Scope::None, "none"),
    (Scope::Own, "own"),
    (Scope::Team, "team"),
    (Scope::TeamTree, "team_tree"),
    (Scope::All, "all"),
];

/// What a role allows with contacts; scopes in the order read, update, delete, export.
pub struct Role {
    pub id: String,
    pub name: String,
    pub create: bool,
    pub scopes: [Scope; 4],
}

#[derive(Debug, Clone, Copy)]
pub enum Action {
    Read,
    Update,
    Delete,
    Export,
}

pub struct User {
    pub person: Person,
    pub roles: Vec<usize>,
    pub teams: Vec<usize>,
}

#[derive(Debug)]
pub struct Record {
    pub id: String,
    pub owner: Option<usize>,
    pub team: Option<usize>,
    pub binned: bool,
}

/// A small company: what is known of it without asking.
pub struct World {
    pub tag: String,
    pub teams: Vec<String>,
    pub parents: Vec<Option<usize>>,
    pub roles: Vec<Role>,
    pub users: Vec<User>,
    pub records: Vec<Record>,
}

impl Role {
    pub fn thrown(dice: &mut Dice, name: String) -> Role {
        let scopes = [(); 4].map(|()| SCOPES[dice.below(SCOPES.len())].0);
        Role { id: String::new(), name, create: dice.below(2) == 1, scopes }
    }

    fn grant(&self) -> Value {
        let word = |at: usize| SCOPES.iter().find(|(scope, _)| *scope == self.scopes[at]).map(|(_, word)| *word);
        json!({"create": self.create, "read": word(0), "update": word(1), "delete": word(2), "export": word(3)})
    }

    pub fn objects(&self) -> Value {
        json!({"contacts": self.grant()})
    }

    pub fn json(&self) -> Value {
        json!({"name": self.name, "objects": self.objects()})
    }
}

impl World {
    /// What a record is called: one word that no other has.
    pub fn name(&self, record: usize) -> String {
        format!("{}r{record}", self.tag)
    }

    /// The widest scope that any of the user's roles gives; nothing reaches further than reading.
    pub fn scope(&self, user: usize, action: Action) -> Scope {
        let widest = |place: usize| {
            let scopes = self.users[user].roles.iter().map(|role| self.roles[*role].scopes[place]);
            scopes.max().unwrap_or(Scope::None)
        };
        let place = match action {
            Action::Read => 0,
            Action::Update => 1,
            Action::Delete => 2,
            Action::Export => 3,
        };
        widest(place).min(widest(0))
    }

    /// What the user's roles say of exporting, however little they let the user read.
    pub fn may_export(&self, user: usize) -> bool {
        self.users[user].roles.iter().any(|role| self.roles[*role].scopes[3] > Scope::None)
    }

    pub fn may_create(&self, user: usize) -> bool {
        self.users[user].roles.iter().any(|role| self.roles[*role].create)
    }

    /// Whether an action of the user reaches a record, in the bin or not.
    pub fn reaches(&self, user: usize, action: Action, record: &Record) -> bool {
        let own = record.owner == Some(user);
        let within = |team: usize| self.users[user].teams.contains(&team);
        match self.scope(user, action) {
            Scope::None => false,
            Scope::Own => own,
            Scope::Team => own || record.team.is_some_and(within),
            Scope::TeamTree => own || self.line(record.team).into_iter().any(within),
            Scope::All => true,
        }
    }

    /// A team and all above it.
    fn line(&self, team: Option<usize>) -> Vec<usize> {
        std::iter::successors(team, |team| self.parents[*team]).collect()
    }

    /// The living records that an action reaches, oldest first.
    pub fn within(&self, user: usize, action: Action) -> Vec<String> {
        let reached = |record: &&Record| !record.binned && self.reaches(user, action, record);
        self.records.iter().filter(reached).map(|record| record.id.clone()).collect()
    }
}
