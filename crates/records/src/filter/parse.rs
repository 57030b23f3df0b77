//! Reads the text of a filter into its tree. Bounded in length, depth and breadth, whatever it is given.

use super::{
    problem,
    tree::{
        Direction, FieldTest, Figure, Literal, LiteralValue, Match, Name, Node, Op, Operation, Period, Position,
        Question, RESERVED, RelatedTest, Unit, Which,
    },
    words::{Token, Words},
};
use base::{Error, Result, message};

/// Longest filter.
const MOST_BYTES: usize = 8 * 1024;
/// Deepest nesting of parentheses.
const MOST_DEEP: usize = 32;
const MOST_TESTS: usize = 200;
const MOST_VALUES: usize = 1_000;

/// Reads a whole filter.
pub fn parse(text: &str) -> Result<Node> {
    if text.len() > MOST_BYTES {
        let position = text.char_indices().take_while(|(byte, _)| *byte < MOST_BYTES).count() + 1;
        return Err(problem::wrong(message!("filter-too-long", position = position, limit = MOST_BYTES)));
    }
    let mut words = Words::new(text);
    let (at, token) = words.next()?;
    let mut parser = Parser { words, at, token, depth: 0, tests: 0 };
    let node = parser.filter()?;
    if parser.token == Token::End { Ok(node) } else { parser.expected("and-or") }
}

/// Looks at one token ahead.
struct Parser<'a> {
    words: Words<'a>,
    at: Position,
    token: Token,
    depth: usize,
    tests: usize,
}

impl Parser<'_> {
    fn filter(&mut self) -> Result<Node> {
        self.depth += 1;
        if self.depth > MOST_DEEP {
            return Err(problem::wrong(message!("filter-too-deep", position = self.at.0, limit = MOST_DEEP)));
        }
        let node = self.joined("or", Node::Or, |parser| parser.joined("and", Node::And, Parser::unary))?;
        self.depth -= 1;
        Ok(node)
    }

    fn joined(
        &mut self,
        word: &str,
        join: fn(Vec<Node>) -> Node,
        part: impl Fn(&mut Self) -> Result<Node>,
    ) -> Result<Node> {
        let first = part(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let mut nodes = vec![first];
        while self.took_word(word)? {
            nodes.push(part(self)?);
        }
        Ok(join(nodes))
    }

    fn unary(&mut self) -> Result<Node> {
        if self.took_word("not")? {
            return Ok(Node::Not(Box::new(self.enclosed_or_test()?)));
        }
        self.enclosed_or_test()
    }

    fn enclosed_or_test(&mut self) -> Result<Node> {
        if !self.took_sign("(")? {
            return self.test();
        }
        let node = self.filter()?;
        self.sign(")", "and-or-close")?;
        Ok(node)
    }

    fn test(&mut self) -> Result<Node> {
        self.tests += 1;
        if self.tests > MOST_TESTS {
            return Err(problem::wrong(message!("filter-too-many-tests", position = self.at.0, limit = MOST_TESTS)));
        }
        let asks = match &self.token {
            Token::Word(word) => matches!(word.as_str(), "any" | "no" | "all") || Figure::of_word(word).is_some(),
            _ => false,
        };
        if asks { self.related().map(Node::Related) } else { self.field().map(Node::Field) }
    }

    fn field(&mut self) -> Result<FieldTest> {
        let mut path = vec![self.name("test")?];
        while self.took_sign(".")? {
            path.push(self.name("field")?);
        }
        let at = self.at;
        Ok(FieldTest { path, at, operation: self.operation()? })
    }

    fn operation(&mut self) -> Result<Operation> {
        if let Some(op) = self.op()? {
            return Ok(Operation::Compare(op, self.value()?));
        }
        if self.took_word("in")? {
            return self.inside();
        }
        if self.took_word("is")? {
            let negated = self.took_word("not")?;
            self.word("empty", if negated { "empty" } else { "empty-or-not" })?;
            return Ok(if negated { Operation::NotEmpty } else { Operation::Empty });
        }
        if self.took_word("between")? {
            let low = self.value()?;
            self.word("and", "and")?;
            return Ok(Operation::Between(low, self.value()?));
        }
        if self.took_word("contains")? {
            return Ok(Operation::Text(Match::Contains, self.text()?));
        }
        for (word, how) in [("starts", Match::StartsWith), ("ends", Match::EndsWith)] {
            if self.took_word(word)? {
                self.word("with", "with")?;
                return Ok(Operation::Text(how, self.text()?));
            }
        }
        self.expected("operator")
    }

    /// After `in`.
    fn inside(&mut self) -> Result<Operation> {
        if self.took_sign("(")? {
            return self.values();
        }
        if self.took_word("tree")? {
            self.word("of", "of")?;
            return Ok(Operation::Tree(self.text()?));
        }
        let Token::Word(word) = &self.token else { return self.expected("list-or-period") };
        let Some(which) = Which::of_word(word) else { return self.expected("list-or-period") };
        let direction = Direction::of_word(word);
        self.step()?;
        if let (Some(direction), Token::Value(LiteralValue::Number(_))) = (direction, &self.token) {
            let number = self.value()?;
            let Some(unit) = self.known_word(Unit::of_word)? else { return self.expected("unit") };
            return Ok(Operation::Span(direction, number, unit));
        }
        match self.known_word(Period::of_word)? {
            Some(period) => Ok(Operation::Period(which, period)),
            None => self.expected(if direction.is_some() { "number-or-period" } else { "period" }),
        }
    }

    fn values(&mut self) -> Result<Operation> {
        let values = self.listed(Parser::value)?;
        self.sign(")", "comma-or-close")?;
        Ok(Operation::Among(values))
    }

    /// One or more, with commas between them.
    fn listed(&mut self, one: fn(&mut Self) -> Result<Literal>) -> Result<Vec<Literal>> {
        let mut all = vec![one(self)?];
        while self.took_sign(",")? {
            if all.len() == MOST_VALUES {
                return Err(problem::wrong(message!(
                    "filter-too-many-values",
                    position = self.at.0,
                    limit = MOST_VALUES
                )));
            }
            all.push(one(self)?);
        }
        Ok(all)
    }

    fn related(&mut self) -> Result<RelatedTest> {
        let at = self.at;
        let asked = self.token.written();
        self.step()?;
        self.sign("(", "open")?;
        let relation = self.name("relation")?;
        let field = if self.took_sign(".")? { Some(self.name("field")?) } else { None };
        let roles = if self.took_word("as")? { self.listed(Parser::text)? } else { Vec::new() };
        let on = if self.took_word("on")? { Some(self.value()?) } else { None };
        let condition = if self.took_word("where")? { Some(Box::new(self.filter()?)) } else { None };
        self.sign(")", if condition.is_some() { "and-or-close" } else { "where-or-close" })?;
        let question = match (asked.as_str(), Figure::of_word(&asked)) {
            (_, Some(figure)) => {
                let at = self.at;
                let Some(op) = self.op()? else { return self.expected("comparison") };
                Question::Figure(figure, at, op, self.value()?)
            }
            ("any", _) => Question::Any,
            ("no", _) => Question::No,
            _ => Question::All,
        };
        Ok(RelatedTest { at, question, relation, field, roles, on, condition })
    }

    fn name(&mut self, wanted: &'static str) -> Result<Name> {
        let text = match &self.token {
            Token::Quoted(name) => name.clone(),
            Token::Word(word) if !RESERVED.contains(&word.as_str()) => word.clone(),
            Token::Word(word) if wanted != "test" => {
                return Err(problem::wrong(message!("filter-reserved", position = self.at.0, found = word)));
            }
            _ => return self.expected(wanted),
        };
        let at = self.at;
        self.step()?;
        Ok(Name { at, text })
    }

    fn value(&mut self) -> Result<Literal> {
        let value = match &self.token {
            Token::Value(value) => value.clone(),
            Token::Word(word) => match word.as_str() {
                "true" => LiteralValue::Flag(true),
                "false" => LiteralValue::Flag(false),
                "now" => LiteralValue::Now,
                "today" => LiteralValue::Today,
                "me" => LiteralValue::Me,
                "my_team" => LiteralValue::MyTeam,
                _ => return self.expected("value"),
            },
            _ => return self.expected("value"),
        };
        let at = self.at;
        self.step()?;
        Ok(Literal { at, value })
    }

    fn text(&mut self) -> Result<Literal> {
        match &self.token {
            Token::Value(LiteralValue::Text(_)) => self.value(),
            _ => self.expected("text"),
        }
    }

    fn op(&mut self) -> Result<Option<Op>> {
        let Token::Sign(sign) = self.token else { return Ok(None) };
        let Some(op) = Op::of_word(sign) else { return Ok(None) };
        self.step()?;
        Ok(Some(op))
    }

    fn known_word<T>(&mut self, of_word: fn(&str) -> Option<T>) -> Result<Option<T>> {
        let Token::Word(word) = &self.token else { return Ok(None) };
        let Some(known) = of_word(word) else { return Ok(None) };
        self.step()?;
        Ok(Some(known))
    }

    fn is_word(&self, wanted: &str) -> bool {
        matches!(&self.token, Token::Word(word) if word == wanted)
    }

    fn took_word(&mut self, wanted: &str) -> Result<bool> {
        let took = self.is_word(wanted);
        if took {
            self.step()?;
        }
        Ok(took)
    }

    fn word(&mut self, wanted: &str, code: &'static str) -> Result<()> {
        if self.took_word(wanted)? { Ok(()) } else { self.expected(code) }
    }

    fn took_sign(&mut self, wanted: &str) -> Result<bool> {
        let took = matches!(self.token, Token::Sign(sign) if sign == wanted);
        if took {
            self.step()?;
        }
        Ok(took)
    }

    fn sign(&mut self, wanted: &str, code: &'static str) -> Result<()> {
        if self.took_sign(wanted)? { Ok(()) } else { self.expected(code) }
    }

    fn step(&mut self) -> Result<()> {
        (self.at, self.token) = self.words.next()?;
        Ok(())
    }

    fn expected<T>(&self, what: &'static str) -> Result<T, Error> {
        Err(problem::expected(self.at, what, &self.token.written()))
    }
}
