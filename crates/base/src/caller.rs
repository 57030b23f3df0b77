//! Who is asking, and what they may do, as plain data that `records` compiles into each query.

use crate::id::Id;
use std::{collections::HashMap, fmt, sync::Arc};

/// The company whose data is meant. Heads every key in both databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenantId(pub i64);

/// The languages that the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    #[default]
    English,
    Polish,
    French,
    Romanian,
}

impl Language {
    pub const ALL: [Language; 4] = [Language::English, Language::Polish, Language::French, Language::Romanian];

    /// ISO 639-1: `en`, `pl`, `fr`, `ro`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Polish => "pl",
            Language::French => "fr",
            Language::Romanian => "ro",
        }
    }

    pub fn parse(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// Who acts. History names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    User(Id),
    /// A program with a user's token.
    Token {
        user: Id,
        token: Id,
    },
    /// The product's own work, with its reason; see [`SystemCaller`].
    System(&'static str),
    /// Nobody has signed in.
    Anonymous,
}

impl Principal {
    /// The user behind it, where there is one.
    pub fn user(&self) -> Option<Id> {
        match self {
            Principal::User(user) | Principal::Token { user, .. } => Some(*user),
            Principal::System(_) | Principal::Anonymous => None,
        }
    }

    /// The user in a principal as history names it.
    pub fn user_in(actor: &str) -> Option<Id> {
        let of_token = || Some(actor.strip_prefix("token ")?.split_once(" of ")?.1);
        actor.strip_prefix("user ").or_else(of_token)?.parse().ok()
    }
}

/// How far a right reaches. Ordered: a wider scope contains the narrower ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub enum Scope {
    #[default]
    None,
    /// The record's owner is the caller.
    Own,
    /// Own, and the record's team is one of the caller's teams.
    Team,
    /// Team, and all teams below the caller's teams.
    TeamTree,
    All,
}

/// What a caller may do with one field. Ordered: the wider one wins when roles unite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldRule {
    /// Absent everywhere, as if it did not exist.
    Hidden,
    /// Shown in part; cannot be named in filter, sort or search, nor written.
    Masked,
    Read,
    Write,
}

/// What a caller may do with the records of one object.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObjectRights {
    pub create: bool,
    pub read: Scope,
    pub update: Scope,
    pub delete: Scope,
    pub export: Scope,
    /// May create what seems to be there already, where that is refused.
    pub duplicates: bool,
    /// Fields that are not named may be read and written.
    pub fields: HashMap<String, FieldRule>,
}

impl ObjectRights {
    pub fn everything() -> ObjectRights {
        let all = Scope::All;
        let fields = HashMap::new();
        ObjectRights { create: true, read: all, update: all, delete: all, export: all, duplicates: true, fields }
    }

    pub fn field(&self, name: &str) -> FieldRule {
        self.fields.get(name).copied().unwrap_or(FieldRule::Write)
    }
}

/// All that a caller may do, computed once from roles and teams and cached until those change.
#[derive(Debug, Clone, Default)]
pub struct AccessPlan {
    pub user: Option<Id>,
    pub teams: Vec<Id>,
    /// `teams` and every team below them.
    pub team_tree: Vec<Id>,
    /// Objects by name; what is not named is [`Scope::None`], unless `everything` is set.
    pub objects: HashMap<String, ObjectRights>,
    /// Administrators and the product itself: every object, present and future, and the settings.
    pub everything: bool,
    /// A token's scopes have left only part of what its user may do.
    pub narrowed: bool,
}

impl AccessPlan {
    /// The rights on one object; `None` where the caller has no right at all.
    pub fn object(&self, name: &str) -> Option<std::borrow::Cow<'_, ObjectRights>> {
        use std::borrow::Cow;
        if self.everything {
            return Some(Cow::Owned(ObjectRights::everything()));
        }
        self.objects.get(name).map(Cow::Borrowed)
    }
}

/// The one who asks, with all that they may do. Nothing reaches the database without one.
#[derive(Debug, Clone)]
pub struct Caller {
    pub tenant: TenantId,
    pub principal: Principal,
    pub plan: Arc<AccessPlan>,
    pub language: Language,
}

/// The product's own work. Each use names its reason; `docs/generated/system-callers.txt` lists them.
pub struct SystemCaller;

impl SystemCaller {
    /// Reads as a sentence: `SystemCaller::for_(tenant, "migrations")`.
    pub fn for_(tenant: TenantId, reason: &'static str) -> Caller {
        Caller {
            tenant,
            principal: Principal::System(reason),
            plan: Arc::new(AccessPlan { everything: true, ..AccessPlan::default() }),
            language: Language::English,
        }
    }
}

impl fmt::Display for Principal {
    /// As written into history: `user 0…`, `token 0…`, `system import`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Principal::User(user) => write!(f, "user {user}"),
            Principal::Token { user, token } => write!(f, "token {token} of {user}"),
            Principal::System(reason) => write!(f, "system {reason}"),
            Principal::Anonymous => f.write_str("anonymous"),
        }
    }
}
