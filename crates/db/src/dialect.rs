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

    /// A JSON object of keys and SQL expressions, as an expression.
    pub fn json_object(self, members: &[(String, String)]) -> String {
        let name = match self {
            Dialect::Sqlite => "json_object",
            Dialect::Postgres => "jsonb_build_object",
        };
        let members: Vec<String> = members.iter().map(|(key, value)| format!("'{key}', {value}")).collect();
        format!("{name}({})", members.join(", "))
    }

    /// The JSON document where `keys` have the values that they have in the JSON object `part`, and are absent where it
    /// has none. Both are expressions that may be NULL, which stands for no members; `part` has no other keys.
    pub fn json_put(self, document: &str, keys: &[String], part: &str) -> String {
        match self {
            Dialect::Sqlite => {
                let nothing: Vec<String> = keys.iter().map(|key| format!("\"{key}\":null")).collect();
                let nothing = nothing.join(",");
                format!("json_patch(coalesce({document}, '{{}}'), coalesce({part}, '{{{nothing}}}'))")
            }
            Dialect::Postgres => {
                let keys: Vec<String> = keys.iter().map(|key| format!("'{key}'")).collect();
                let rest = format!("(coalesce({document}, '{{}}'::jsonb) - ARRAY[{}])", keys.join(", "));
                format!("({rest} || coalesce(jsonb_strip_nulls({part}), '{{}}'::jsonb))")
            }
        }
    }

    /// The JSON document; NULL where it has no members.
    pub fn json_filled(self, document: &str) -> String {
        match self {
            Dialect::Sqlite => format!("nullif({document}, '{{}}')"),
            Dialect::Postgres => format!("nullif({document}, '{{}}'::jsonb)"),
        }
    }

    /// What whole numbers add up to, exactly; nothing adds up to 0. NULL where it does not fit 63 bits.
    pub fn bounded_sum(self, number: &str) -> String {
        match self {
            // A sum that is too large is an error: halves of the bits are added up apart.
            Dialect::Sqlite => {
                let low = format!("coalesce(sum({number} & 4294967295), 0)");
                let high = format!("(coalesce(sum({number} >> 32), 0) + ({low} >> 32))");
                format!(
                    "CASE WHEN {high} BETWEEN -2147483648 AND 2147483647 \
                     THEN ({high} << 32) + ({low} & 4294967295) END"
                )
            }
            Dialect::Postgres => format!(
                "CASE WHEN coalesce(sum({number}), 0) BETWEEN -9223372036854775808 AND 9223372036854775807 \
                 THEN coalesce(sum({number}), 0)::bigint END"
            ),
        }
    }

    /// What a `SELECT` ends with that waits for those who are changing its rows, so that the next statement of the
    /// batch sees what they did; nothing where batches run one after the other.
    pub fn row_lock(self) -> Option<&'static str> {
        match self {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(" FOR NO KEY UPDATE"),
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
