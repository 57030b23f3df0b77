//! Every difference between the two databases that a statement may show, one named function each.

/// The database in use. Only the functions here may ask which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Whether one program has the database to itself, so that who opens it knows all others to be dead.
    pub fn has_one_program(self) -> bool {
        self == Dialect::Sqlite
    }

    /// The text under `key` of the JSON column `column`; NULL where it is absent.
    pub fn json_text(self, column: &str, key: &str) -> String {
        match self {
            Dialect::Sqlite => format!("({column} ->> '{key}')"),
            Dialect::Postgres => format!("(({column} ->> '{key}') COLLATE \"C\")"),
        }
    }

    /// The whole number under `key` of the JSON column `column`; NULL where it is absent.
    pub fn json_int(self, column: &str, key: &str) -> String {
        match self {
            Dialect::Sqlite => format!("({column} ->> '{key}')"),
            Dialect::Postgres => format!("(({column} ->> '{key}')::bigint)"),
        }
    }

    /// The sum of whole numbers as a whole number; NULL of none.
    pub fn whole_sum(self, expression: &str) -> String {
        match self {
            Dialect::Sqlite => format!("sum({expression})"),
            Dialect::Postgres => format!("sum({expression})::bigint"),
        }
    }

    /// Ascending order with empties first, descending with empties last: each the other's reverse.
    pub fn order(self, expression: &str, descending: bool) -> String {
        match (self, descending) {
            (Dialect::Sqlite, false) => expression.to_owned(),
            (Dialect::Sqlite, true) => format!("{expression} DESC"),
            (Dialect::Postgres, false) => format!("{expression} ASC NULLS FIRST"),
            (Dialect::Postgres, true) => format!("{expression} DESC NULLS LAST"),
        }
    }

    /// True where `text` contains `part`, both SQL expressions, compared bytewise.
    pub fn contains(self, text: &str, part: &str) -> String {
        match self {
            Dialect::Sqlite => format!("(instr({text}, {part}) > 0)"),
            Dialect::Postgres => format!("(strpos({text}, {part}) > 0)"),
        }
    }

    /// True where `text` ends with `part`, both SQL expressions, compared bytewise.
    pub fn ends_with(self, text: &str, part: &str) -> String {
        match self {
            Dialect::Sqlite => format!("(substr({text}, -length({part})) = {part})"),
            Dialect::Postgres => format!("(right({text}, length({part})) = {part})"),
        }
    }

    /// The condition under which no earlier event can still appear: readers of the log stay below it.
    pub fn settled_events(self) -> &'static str {
        match self {
            Dialect::Sqlite => "1 = 1",
            Dialect::Postgres => "tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
        }
    }
}
