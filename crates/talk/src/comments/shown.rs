//! Comments as the API answers them.

use super::{Comment, Thread};
use crate::{
    mentions::{self, Who},
    place::Place,
};
use base::{Caller, Id, Result};
use records::{catalog::Records, query::Question, sql::Sql};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeSet, HashMap};

/// Users that are named with a reaction.
const MOST_NAMED: i64 = 20;

/// What an answer tells besides the comments themselves.
#[derive(Debug, Default)]
pub struct Around {
    users: HashMap<Id, String>,
    teams: HashMap<Id, String>,
    /// By comment, in the order in which they came.
    reactions: HashMap<Id, Vec<Reaction>>,
}

/// One emoji on one comment.
#[derive(Debug)]
struct Reaction {
    emoji: String,
    count: i64,
    is_mine: bool,
    /// The first of those whose it is.
    users: Vec<Id>,
}

impl Around {
    /// Reads what belongs to these comments.
    pub async fn load(records: &Records, caller: &Caller, comments: &[&Comment]) -> Result<Around> {
        let question = Question::new(records, caller).await?;
        let mut around = Around { reactions: reactions(records, caller, comments).await?, ..Around::default() };
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
        users.extend(around.reactions.values().flatten().flat_map(|reaction| &reaction.users));
        around.users = question.titles("users", &Vec::from_iter(users)).await?;
        around.teams = question.titles("teams", &Vec::from_iter(teams)).await?;
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
        let one = |reaction: &Reaction| {
            let users: Vec<Json> = reaction.users.iter().map(|user| self.user(*user)).collect();
            json!({"emoji": reaction.emoji, "count": reaction.count, "mine": reaction.is_mine, "users": users})
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

async fn reactions(records: &Records, caller: &Caller, comments: &[&Comment]) -> Result<HashMap<Id, Vec<Reaction>>> {
    let mut found: HashMap<Id, Vec<Reaction>> = HashMap::new();
    if comments.is_empty() {
        return Ok(found);
    }
    // The database counts; what comes back is bounded by the emoji that a comment may have.
    let mut sql = Sql::new();
    sql.push("SELECT f.comment_id, f.emoji, f.user_id, f.fans, f.mine FROM (SELECT r.comment_id, r.emoji, r.user_id,");
    sql.push(" r.created_at, COUNT(*) OVER (PARTITION BY r.comment_id, r.emoji) AS fans,");
    sql.push(" COUNT(CASE WHEN r.user_id = ").push_arg(caller.principal.user().unwrap_or(Id(0)));
    sql.push(" THEN 1 END) OVER (PARTITION BY r.comment_id, r.emoji) AS mine,");
    sql.push(" ROW_NUMBER() OVER (PARTITION BY r.comment_id, r.emoji ORDER BY r.created_at, r.user_id) AS place");
    sql.push(" FROM comment_reaction r WHERE r.tenant_id = ").push_arg(caller.tenant).push(" AND r.comment_id IN ");
    sql.push_list(comments.iter().map(|comment| comment.id)).push(") f WHERE f.place <= ").push_arg(MOST_NAMED);
    sql.push(" ORDER BY f.comment_id, f.created_at, f.emoji, f.user_id");
    for row in records.db().reader(caller).once(sql.statement()).await?.iter() {
        let (emoji, user) = (row.text(1)?, row.id(2)?);
        let all = found.entry(row.id(0)?).or_default();
        match all.iter_mut().find(|known| known.emoji == emoji) {
            Some(known) => known.users.push(user),
            None => {
                let (count, is_mine) = (row.int(3)?, row.int(4)? > 0);
                all.push(Reaction { emoji: emoji.to_owned(), count, is_mine, users: vec![user] });
            }
        }
    }
    Ok(found)
}
