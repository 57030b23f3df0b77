//! What each user wants to follow by itself and to be told of.

use crate::{Talk, decided, followers::Because, notices::Kind};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Event, Expect, Statement, sql};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

/// A user's choices. Whoever has chosen nothing has all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    pub follow: Follow,
    pub notify: Notify,
}

/// Which records a user follows without having said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Follow {
    /// Those whose owner they are, or that name them in another field of a user.
    pub owned: bool,
    pub created: bool,
    pub commented: bool,
    pub mentioned: bool,
}

/// Which notices a user gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Notify {
    pub mentioned: bool,
    pub assigned: bool,
    pub commented: bool,
    pub changed: bool,
    pub finished: bool,
}

impl Default for Follow {
    fn default() -> Follow {
        Follow { owned: true, created: true, commented: true, mentioned: true }
    }
}

impl Default for Notify {
    fn default() -> Notify {
        Notify { mentioned: true, assigned: true, commented: true, changed: true, finished: true }
    }
}

impl Follow {
    /// Whether a reason makes the user follow. What they have done already counts whatever they choose later.
    pub fn counts(&self, because: Because) -> bool {
        match because {
            Because::Owned => self.owned,
            Because::Created => self.created,
            Because::Chosen | Because::Commented | Because::Mentioned => true,
        }
    }
}

impl Preferences {
    /// With what is said anew; the rest stays.
    ///
    /// # Errors
    /// A field error for what there is not to choose, and for what is neither true nor false.
    pub fn with(&self, given: &Map<String, Json>) -> Result<Preferences> {
        let mut all = json!(self);
        for (group, choices) in given {
            let unknown = |field: &str| Error::field(field, message!("body-unknown-field", name = field));
            let known = all.get_mut(group).and_then(Json::as_object_mut).ok_or_else(|| unknown(group))?;
            let Json::Object(choices) = choices else {
                return Err(Error::field(
                    group.as_str(),
                    message!("body-wrong-kind", reason = "an object is expected"),
                ));
            };
            for (name, choice) in choices {
                let place = format!("{group}.{name}");
                let slot = known.get_mut(name).ok_or_else(|| unknown(&place))?;
                if !choice.is_boolean() {
                    return Err(Error::field(place, message!("body-wrong-kind", reason = "true or false is expected")));
                }
                *slot = choice.clone();
            }
        }
        serde_json::from_value(all).map_err(Error::internal)
    }
}

impl Notify {
    /// Whether notices of a kind are wanted.
    pub fn wants(&self, kind: Kind) -> bool {
        match kind {
            Kind::Mentioned => self.mentioned,
            Kind::Assigned => self.assigned,
            Kind::Commented => self.commented,
            Kind::Changed => self.changed,
            Kind::Finished => self.finished,
            Kind::Reminded => true,
        }
    }
}

/// What a user has chosen.
pub async fn load(talk: &Talk, caller: &Caller, user: Id) -> Result<Preferences> {
    read(kept(talk, caller, user).await?.as_deref())
}

async fn kept(talk: &Talk, caller: &Caller, user: Id) -> Result<Option<String>> {
    let text = sql!("SELECT chosen FROM talk_preference WHERE tenant_id = ?1 AND user_id = ?2");
    let statement = Statement::new(text, [caller.tenant.into(), user.into()]);
    let rows = talk.records.db().reader(caller).once(statement).await?;
    rows.first().map(|row| Ok(row.text(0)?.to_owned())).transpose()
}

fn read(kept: Option<&str>) -> Result<Preferences> {
    kept.map_or(Ok(Preferences::default()), |text| serde_json::from_str(text).map_err(Error::internal))
}

/// The user behind the caller.
///
/// # Errors
/// `Forbidden` for the product's own work and the operator at the machine.
pub fn user(caller: &Caller) -> Result<Id> {
    caller.principal.user().ok_or_else(|| Error::Forbidden(message!("talk-users-only")))
}

/// Keeps what the caller chooses anew; gives all that they have chosen and the action, none where it is so already.
///
/// # Errors
/// As of [`user`] and of [`Preferences::with`].
pub async fn choose(talk: &Talk, caller: &Caller, given: &Map<String, Json>) -> Result<(Preferences, Option<Id>)> {
    decided(|| put(talk, caller, given)).await
}

/// Written only where what is kept is still what was read.
async fn put(talk: &Talk, caller: &Caller, given: &Map<String, Json>) -> Result<(Preferences, Option<Id>)> {
    let user = user(caller)?;
    let kept = kept(talk, caller, user).await?;
    let now = read(kept.as_deref())?;
    let chosen = now.with(given)?;
    if chosen == now {
        return Ok((now, None));
    }
    let text = sql!(
        "INSERT INTO talk_preference (tenant_id, user_id, chosen) VALUES (?1, ?2, ?3)
         ON CONFLICT (tenant_id, user_id) DO UPDATE SET chosen = excluded.chosen
         WHERE talk_preference.chosen = ?4"
    );
    let action = talk.records.db().ids().next();
    let mut batch = Batch::new();
    let args = [caller.tenant.into(), user.into(), json!(chosen).to_string().into(), kept.into()];
    batch.expect(Statement::new(text, args), Expect::Fresh);
    let changes = json!({"user": user, "preferences": chosen}).to_string();
    batch.log(Event { action, kind: "preferences.changed", object: 0, record: None, changes, also: Vec::new() });
    talk.records.db().submit(caller, batch).await?;
    Ok((chosen, Some(action)))
}
