//! Who sees what people keep for themselves, a team or everybody, and who may change it: views and templates.

use crate::catalog::Records;
use base::{AccessPlan, Caller, FieldError, Id, Result, Scope, message};
use db::{Statement, sql};
use serde::{Deserialize, Serialize};

/// Under this name a role says what may be done with the views and templates of others: see [`Share`].
pub const RIGHTS: &str = "views";

/// Who sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Its owner alone.
    Private,
    /// The members of its team.
    Team,
    /// Everybody who may read the object.
    All,
}

impl Audience {
    /// As it is stored and as the API writes it.
    pub fn word(self) -> &'static str {
        match self {
            Audience::Private => "private",
            Audience::Team => "team",
            Audience::All => "all",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Audience> {
        [Audience::Private, Audience::Team, Audience::All].into_iter().find(|audience| audience.word() == word)
    }
}

/// Whose something is that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub audience: Audience,
    /// Of what is a team's: whose.
    pub team: Option<Id>,
    /// Who made it; nobody where the operator did.
    pub owner: Option<Id>,
}

/// How far the caller's roles reach on what others keep.
fn reach(plan: &AccessPlan) -> Scope {
    plan.object(RIGHTS).map_or(Scope::None, |rights| rights.update)
}

impl Share {
    pub fn is_owned_by(self, caller: &Caller) -> bool {
        self.owner.is_some() && self.owner == caller.principal.user()
    }

    /// It exists as far as this caller is concerned, rights on its object aside.
    pub fn is_seen_by(self, caller: &Caller) -> bool {
        let plan = &caller.plan;
        match self.audience {
            _ if self.is_owned_by(caller) => true,
            Audience::Private => false,
            Audience::Team => reach(plan) == Scope::All || self.team.is_some_and(|team| teams(plan).contains(&team)),
            Audience::All => true,
        }
    }

    /// The owner changes what is private and what is a team's; whose role says `{"views": {"update": "team"}}`
    /// (`team_tree`) changes what is of the own teams (and of the teams below). What is for all is for administrators
    /// and for `{"views": {"update": "all"}}`.
    pub fn may_be_changed_by(self, caller: &Caller) -> bool {
        match self.audience {
            Audience::Private => self.is_owned_by(caller),
            Audience::Team => self.is_owned_by(caller) || self.is_in_reach_of(&caller.plan),
            Audience::All => self.is_in_reach_of(&caller.plan),
        }
    }

    /// The right to change what others keep reaches it.
    fn is_in_reach_of(self, plan: &AccessPlan) -> bool {
        let is_of = |teams: &[Id]| self.team.is_some_and(|team| teams.contains(&team));
        match (self.audience, reach(plan)) {
            (Audience::Private, _) | (_, Scope::None | Scope::Own) => false,
            (_, Scope::All) => true,
            (Audience::All, _) => false,
            (Audience::Team, Scope::TeamTree) => is_of(&plan.team_tree),
            (Audience::Team, Scope::Team) => is_of(&plan.teams),
        }
    }
}

/// The teams of which the caller sees what they keep.
fn teams(plan: &AccessPlan) -> &[Id] {
    if reach(plan) >= Scope::TeamTree { &plan.team_tree } else { &plan.teams }
}

/// What is private needs somebody, what is a team's one of the caller's teams, or any that there is for whoever may change
/// what all teams keep.
pub(crate) async fn problem(records: &Records, caller: &Caller, share: Share) -> Result<Option<FieldError>> {
    let wrong = |field: &str, message| Some(FieldError { field: field.to_owned(), message });
    let Some(team) = share.team.filter(|_| share.audience == Audience::Team) else {
        let is_nobodys = share.audience == Audience::Private && share.owner.is_none();
        return Ok(match share.audience {
            Audience::Team => wrong("team", message!("field-required")),
            _ if is_nobodys => wrong("audience", message!("view-of-nobody")),
            _ => None,
        });
    };
    if caller.plan.teams.contains(&team) {
        return Ok(None);
    }
    let text = sql!("SELECT id FROM team WHERE tenant_id = ?1 AND id = ?2");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), team.into()])).await?;
    let may = !rows.is_empty() && share.is_in_reach_of(&caller.plan);
    Ok(if may { None } else { wrong("team", message!("view-team-unknown")) })
}
