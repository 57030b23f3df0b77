//! Who is meant in a comment: `@[Anna](user:ID)`, `@[Sales](team:ID)`, and `@[Sales]` for a team by its name.

use crate::{People, place};
use base::{Caller, Error, Id, Result, message};
use records::{catalog::Records, fields};
use std::collections::BTreeSet;

/// People and teams that one comment may mention.
const MOST: usize = 50;

/// Somebody who is mentioned, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Between the square brackets.
    pub label: String,
    pub who: Who,
}

/// Whom a mention names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    User(Id),
    Team(Id),
    /// A team by its name.
    Named,
    /// What stands in the round brackets is no id.
    Unreadable,
}

/// The mentions in a comment, as they stand in its text, not in its HTML.
pub fn parse(html: &str) -> Vec<Mention> {
    let text = fields::plain(html);
    let (mut found, mut rest) = (Vec::new(), text.as_str());
    while let Some((_, after)) = rest.split_once("@[") {
        rest = after;
        let Some((label, behind)) = after.split_once(']') else { break };
        // A bracket or a line within the name: not a mention.
        if label.trim().is_empty() || label.contains(['[', '\n']) {
            continue;
        }
        rest = behind;
        found.push(Mention { label: label.trim().to_owned(), who: who(behind) });
    }
    found
}

fn who(behind: &str) -> Who {
    let inner = behind.strip_prefix('(').and_then(|inner| inner.split_once(')')).map_or("", |(inner, _)| inner);
    match inner.split_once(':') {
        Some(("user", id)) => id.parse().map_or(Who::Unreadable, Who::User),
        Some(("team", id)) => id.parse().map_or(Who::Unreadable, Who::Team),
        _ => Who::Named,
    }
}

/// The users and teams that are mentioned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentioned {
    pub users: BTreeSet<Id>,
    pub teams: BTreeSet<Id>,
}

impl Mention {
    /// Whether both name the same, as far as that can be told without looking it up.
    fn names_the_same(&self, other: &Mention) -> bool {
        self.who == other.who && (self.who != Who::Named || self.label == other.label)
    }
}

/// The users that a text mentions, whether they are there or not.
pub fn users(html: &str) -> BTreeSet<Id> {
    let user = |mention: Mention| if let Who::User(user) = mention.who { Some(user) } else { None };
    parse(html).into_iter().filter_map(user).collect()
}

/// Looks up who is mentioned and was not in the text that an edit replaces. Whoever stood there already is not asked
/// for again: they may have left since, and a team may have another name.
///
/// # Errors
/// A field error for `body` where somebody is mentioned who is not there, or too many are.
pub async fn resolve(people: &People, html: &str, before: &str) -> Result<Mentioned> {
    let (mut found, mentions, before) = (Mentioned::default(), parse(html), parse(before));
    if mentions.len() > MOST {
        return Err(Error::field("body", message!("mention-too-many", most = MOST)));
    }
    let is_new = |mention: &Mention| !before.iter().any(|known| known.names_the_same(mention));
    for Mention { label, who } in mentions.into_iter().filter(is_new) {
        let unknown = || Error::field("body", message!("mention-unknown", name = label));
        match who {
            Who::User(user) => match (people.caller_of)(user).await {
                Ok(_) => found.users.insert(user),
                Err(Error::NotFound(_)) => return Err(unknown()),
                Err(error) => return Err(error),
            },
            Who::Team(team) => {
                let team = (people.team)(team.to_string()).await?.ok_or_else(unknown)?;
                found.teams.insert(team)
            }
            Who::Named => {
                let team = (people.team)(label.clone()).await?.ok_or_else(unknown)?;
                found.teams.insert(team)
            }
            Who::Unreadable => return Err(unknown()),
        };
    }
    if !found.teams.is_empty() {
        // One team can be written in several ways.
        for team in teams(people, &before).await? {
            found.teams.remove(&team);
        }
    }
    Ok(found)
}

/// The teams among some mentions that are there.
async fn teams(people: &People, mentions: &[Mention]) -> Result<Vec<Id>> {
    let mut found = Vec::new();
    for mention in mentions {
        match mention.who {
            Who::Team(team) => found.push(team),
            Who::Named => found.extend((people.team)(mention.label.clone()).await?),
            Who::User(_) | Who::Unreadable => {}
        }
    }
    Ok(found)
}

/// The users among them who may not read the record, and so will not hear of it.
pub async fn cannot_read(
    records: &Records,
    people: &People,
    users: &BTreeSet<Id>,
    about: (i64, Id),
) -> Result<Vec<Id>> {
    let mut found = Vec::new();
    for user in users {
        let caller: Caller = match (people.caller_of)(*user).await {
            Ok(caller) => caller,
            Err(Error::NotFound(_)) => continue,
            Err(error) => return Err(error),
        };
        match place::of(records, &caller, about.0, about.1).await {
            Ok(_) => {}
            Err(Error::NotFound(_)) => found.push(*user),
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(html: &str, expected: &[(&str, Who)]) {
        let expected: Vec<_> =
            expected.iter().map(|(label, who)| Mention { label: (*label).to_owned(), who: who.clone() }).collect();
        assert_eq!(parse(html), expected, "{html}");
    }

    #[test]
    fn who_is_mentioned_is_read_from_the_text() {
        let id = Id(7);
        check("nobody, jan@[example.com", &[]);
        check(
            &format!("<p>@[Łucja Żak](user:{id}) and @[Sales](team:{id})</p>"),
            &[("Łucja Żak", Who::User(id)), ("Sales", Who::Team(id))],
        );
        check(&format!("<b>@[A &amp; B](us</b>er:{id})"), &[("A & B", Who::User(id))]);
        check("@[ Sales ] (later)", &[("Sales", Who::Named)]);
        check("@[Anna](user:x)", &[("Anna", Who::Unreadable)]);
        check("@[docs](https://example.com)", &[("docs", Who::Named)]);
        check("@[] @[a<br>b] @[a@[b]", &[("b", Who::Named)]);
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "[@\\[\\]()a-z:<>& ]{0,40}|.{0,40}") {
            for mention in parse(&text) {
                prop_assert!(!mention.label.is_empty());
            }
        }
    }
}
