//! Comments as the API answers them.

use super::{Comment, Thread};
use crate::{
    mentions::{self, Who},
    place::Place,
};
use base::{Caller, Id, Result};
use db::Reader;
use records::{catalog::Records, query::Question, sql::Sql, titles};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeSet, HashMap};

/// Users that are named with a reaction.
const MOST_NAMED: usize = 20;

/// What an answer tells besides the comments themselves.
#[derive(Debug, Default)]
pub struct Around {
    users: HashMap<Id, String>,
    teams: HashMap<Id, String>,
    /// By comment: the emoji in the order in which they came, each with its users.
    reactions: HashMap<Id, Vec<(String, Vec<Id>)>>,
    me: Option<Id>,
}

impl Around {
    /// Reads what belongs to these comments.
    pub async fn load(records: &Records, caller: &Caller, comments: &[&Comment]) -> Result<Around> {
        let question = Question::new(records, caller).await?;
        let mut reader = records.db().reader(caller);
        let me = caller.principal.user();
        let mut around = Around { me, ..Around::default() };
        around.reactions = reactions(&mut reader, caller, comments).await?;
        let (mut users, mut teams) = (BTreeSet::new(), BTreeSet::new());
        for comment in comments {
            users.extend([comment.author, comment.deleted_by, comment.pinned_by].into_iter().flatten());
            for mention in mentions::parse(&comment.body) {
                match mention.who {
                    Who::User(user) => users.insert(user),
                    Who::Team(team) => teams.insert(team),
                    Who::Named | Who::Unreadable => false,
                };
            }
        }
        for (_, fans) in around.reactions.values().flatten() {
            users.extend(fans.iter().take(MOST_NAMED));
        }
        around.users = names(&question, &mut reader, "users", users).await?;
        around.teams = names(&question, &mut reader, "teams", teams).await?;
        Ok(around)
    }

    /// A user with the name that others know them by.
    pub fn user(&self, id: Id) -> Json {
        json!({"id": id, "name": self.users.get(&id)})
    }

    /// One comment about a record.
    pub fn comment(&self, comment: &Comment, place: &Place) -> Json {
        let mut shown = Map::new();
        let mut put = |name: &str, value: Json| shown.insert(name.to_owned(), value);
        put("id", json!(comment.id));
        put("object", json!(place.name));
        put("record", json!(place.id));
        put("parent", json!(comment.parent));
        put("created_at", json!(comment.created_at.rfc3339()));
        put("version", json!(comment.version));
        if let Some(at) = comment.deleted_at {
            put("deleted_at", json!(at.rfc3339()));
            put("deleted_by", comment.deleted_by.map(|user| self.user(user)).into());
            put("body", Json::Null);
            return Json::Object(shown);
        }
        put("author", comment.author.map(|user| self.user(user)).into());
        put("body", json!(comment.body));
        put("edited_at", comment.edited_at.map(|at| at.rfc3339()).into());
        let by = comment.pinned_by.map(|user| self.user(user));
        put("pinned", comment.pinned_at.map(|at| json!({"at": at.rfc3339(), "by": by})).into());
        put("reactions", self.reactions(comment.id));
        put("mentions", self.mentions(comment));
        Json::Object(shown)
    }

    /// A comment with its answers.
    pub fn thread(&self, thread: &Thread, place: &Place) -> Json {
        let mut shown = self.comment(&thread.first, place);
        shown["answers"] = thread.answers.iter().map(|answer| self.comment(answer, place)).collect();
        shown
    }

    fn reactions(&self, comment: Id) -> Json {
        let all = self.reactions.get(&comment).into_iter().flatten();
        let one = |(emoji, users): &(String, Vec<Id>)| {
            json!({
                "emoji": emoji,
                "count": users.len(),
                "mine": self.me.is_some_and(|me| users.contains(&me)),
                "users": users.iter().take(MOST_NAMED).map(|user| self.user(*user)).collect::<Vec<_>>(),
            })
        };
        all.map(one).collect()
    }

    fn mentions(&self, comment: &Comment) -> Json {
        let mut all: Vec<Json> = Vec::new();
        for mention in mentions::parse(&comment.body) {
            let one = match mention.who {
                Who::User(user) => json!({"type": "user", "id": user, "name": self.users.get(&user)}),
                Who::Team(team) => json!({"type": "team", "id": team, "name": self.teams.get(&team)}),
                Who::Named => json!({"type": "team", "id": null, "name": mention.label}),
                Who::Unreadable => continue,
            };
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all.into()
    }
}

/// The names of users or teams.
async fn names(
    question: &Question<'_>,
    reader: &mut Reader,
    object: &str,
    ids: BTreeSet<Id>,
) -> Result<HashMap<Id, String>> {
    let ids: Vec<Id> = ids.into_iter().collect();
    let dialect = question.records.db().dialect();
    match question.catalog.schema.object(object) {
        Some(object) => titles::load(reader, &question.access(), dialect, (object, false), &ids).await,
        None => Ok(HashMap::new()),
    }
}

async fn reactions(
    reader: &mut Reader,
    caller: &Caller,
    comments: &[&Comment],
) -> Result<HashMap<Id, Vec<(String, Vec<Id>)>>> {
    let mut found: HashMap<Id, Vec<(String, Vec<Id>)>> = HashMap::new();
    if comments.is_empty() {
        return Ok(found);
    }
    let mut sql = Sql::new();
    sql.push("SELECT r.comment_id, r.emoji, r.user_id FROM comment_reaction r WHERE r.tenant_id = ");
    sql.push_arg(caller.tenant).push(" AND r.comment_id IN ").push_list(comments.iter().map(|comment| comment.id));
    sql.push(" ORDER BY r.comment_id, r.created_at, r.emoji, r.user_id");
    for row in reader.rows(sql.statement()).await?.iter() {
        let (emoji, user) = (row.text(1)?, row.id(2)?);
        let all = found.entry(row.id(0)?).or_default();
        match all.iter_mut().find(|(known, _)| known == emoji) {
            Some((_, users)) => users.push(user),
            None => all.push((emoji.to_owned(), vec![user])),
        }
    }
    Ok(found)
}
