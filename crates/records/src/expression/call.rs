//! The operations of the language: signs, key words and functions alike.

macro_rules! calls {
    ($($variant:ident = $word:literal, $least:literal ..= $most:expr;)*) => {
        /// What is done with values.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Call { $($variant),* }

        impl Call {
            pub const ALL: &[Call] = &[$(Call::$variant),*];

            /// As written in an expression.
            pub fn word(self) -> &'static str {
                match self { $(Call::$variant => $word),* }
            }

            /// How many values it takes.
            pub fn takes(self) -> (usize, usize) {
                match self { $(Call::$variant => ($least, $most)),* }
            }
        }
    };
}

/// Most values of those that take many.
const MANY: usize = 50;

calls! {
    Plus = "+", 2 ..= 2;
    Minus = "-", 2 ..= 2;
    Times = "*", 2 ..= 2;
    Over = "/", 2 ..= 2;
    Join = "&", 2 ..= 2;
    Is = "=", 2 ..= 2;
    IsNot = "!=", 2 ..= 2;
    Below = "<", 2 ..= 2;
    AtMost = "<=", 2 ..= 2;
    Above = ">", 2 ..= 2;
    AtLeast = ">=", 2 ..= 2;
    And = "and", 2 ..= 2;
    Or = "or", 2 ..= 2;
    Not = "not", 1 ..= 1;
    IsEmpty = "is empty", 1 ..= 1;
    If = "if", 3 ..= 3;
    Coalesce = "coalesce", 1 ..= MANY;
    Round = "round", 1 ..= 2;
    Abs = "abs", 1 ..= 1;
    Min = "min", 1 ..= MANY;
    Max = "max", 1 ..= MANY;
    Concat = "concat", 1 ..= MANY;
    Lower = "lower", 1 ..= 1;
    Upper = "upper", 1 ..= 1;
    Trim = "trim", 1 ..= 1;
    Length = "length", 1 ..= 1;
    Left = "left", 2 ..= 2;
    Right = "right", 2 ..= 2;
    Text = "text", 1 ..= 1;
    DaysBetween = "days_between", 2 ..= 2;
    AddDays = "add_days", 2 ..= 2;
    Year = "year", 1 ..= 1;
    Month = "month", 1 ..= 1;
    Day = "day", 1 ..= 1;
}

impl Call {
    /// The function called so.
    pub fn function(name: &str) -> Option<Call> {
        Call::ALL.iter().copied().find(|call| call.is_function() && call.word() == name)
    }

    /// Written with parentheses, not between its values.
    pub fn is_function(self) -> bool {
        !matches!(self, Call::And | Call::Or | Call::Not | Call::IsEmpty)
            && self.word().starts_with(|c: char| c.is_ascii_lowercase())
    }

    const COMPARISONS: [Call; 6] = [Call::Is, Call::IsNot, Call::Below, Call::AtMost, Call::Above, Call::AtLeast];

    /// One of the six comparisons, by its sign.
    pub fn comparison(sign: &str) -> Option<Call> {
        Call::COMPARISONS.into_iter().find(|call| call.word() == sign)
    }

    /// Holds two values against each other.
    pub fn compares(self) -> bool {
        Call::COMPARISONS.contains(&self)
    }
}
