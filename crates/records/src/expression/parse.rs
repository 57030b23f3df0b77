//! Reads the text of an expression into its tree, with the words of the filter language. Bounded in length, depth and
//! breadth, whatever it is given.

use super::{Call, Node, literal, number::Number, worth::Worth};
use crate::filter::{
    shown,
    tree::{LiteralValue, Position},
    words::{Token, Words},
};
use base::{Error, Message, message};

/// Longest expression, in bytes.
const MOST_BYTES: usize = 4 * 1024;
/// Deepest nesting.
const MOST_DEEP: usize = 32;
/// Most fields, values and operations.
const MOST_NODES: usize = 300;

type Read = Result<Node, Message>;

/// Reads a whole expression.
pub fn parse(text: &str) -> Read {
    if text.len() > MOST_BYTES {
        return Err(message!("expression-too-large", position = 1, limit = MOST_BYTES));
    }
    let mut words = Words::new(text);
    let (at, token) = words.next().map_err(of_lexer)?;
    let mut parser = Parser { words, at, token, depth: 0, nodes: 0 };
    let node = parser.any()?;
    if parser.token == Token::End { Ok(node) } else { parser.expected("operator") }
}

/// Looks at one token ahead.
struct Parser<'a> {
    words: Words<'a>,
    at: Position,
    token: Token,
    depth: usize,
    nodes: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Read {
        self.deeper(|parser| {
            parser.chain(
                |parser| parser.chain(Parser::not, |token| word(token, "and", Call::And)),
                |token| word(token, "or", Call::Or),
            )
        })
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Read) -> Read {
        self.depth += 1;
        if self.depth > MOST_DEEP {
            return Err(message!("expression-too-large", position = self.at.0, limit = MOST_DEEP));
        }
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    /// Parts with operators of one rank between them, from the left.
    fn chain(&mut self, part: impl Fn(&mut Self) -> Read, operator: impl Fn(&Token) -> Option<Call>) -> Read {
        let mut left = part(self)?;
        while let Some(call) = operator(&self.token) {
            let at = self.at;
            self.step()?;
            let right = part(self)?;
            left = self.call(call, at, vec![left, right])?;
        }
        Ok(left)
    }

    fn not(&mut self) -> Read {
        if word(&self.token, "not", Call::Not).is_none() {
            return self.compared();
        }
        let at = self.at;
        self.step()?;
        let inner = self.deeper(Parser::not)?;
        self.call(Call::Not, at, vec![inner])
    }

    fn compared(&mut self) -> Read {
        let left = self.joined()?;
        if matches!(&self.token, Token::Word(word) if word == "is") {
            return self.emptiness(left);
        }
        let Token::Sign(sign) = self.token else { return Ok(left) };
        let Some(call) = Call::comparison(if sign == "==" { "=" } else { sign }) else { return Ok(left) };
        let at = self.at;
        self.step()?;
        let right = self.joined()?;
        self.call(call, at, vec![left, right])
    }

    /// `is empty` or `is not empty`, behind a value.
    fn emptiness(&mut self, of: Node) -> Read {
        let at = self.at;
        self.step()?;
        let is_not = matches!(&self.token, Token::Word(word) if word == "not");
        if is_not {
            self.step()?;
        }
        if !matches!(&self.token, Token::Word(word) if word == "empty") {
            return self.expected("empty");
        }
        self.step()?;
        let is_empty = self.call(Call::IsEmpty, at, vec![of])?;
        if is_not { self.call(Call::Not, at, vec![is_empty]) } else { Ok(is_empty) }
    }

    fn joined(&mut self) -> Read {
        self.chain(Parser::sum, |token| sign(token, &[("&", Call::Join)]))
    }

    fn sum(&mut self) -> Read {
        let mut left = self.product()?;
        loop {
            let at = self.at;
            // `a -1`: the words of filters take the sign for the number's, so that -1 is added.
            let call = match &self.token {
                Token::Value(LiteralValue::Number(number)) if number.starts_with('-') => Call::Plus,
                token => match sign(token, &[("+", Call::Plus), ("-", Call::Minus)]) {
                    None => return Ok(left),
                    Some(call) => {
                        self.step()?;
                        call
                    }
                },
            };
            let right = self.product()?;
            left = self.call(call, at, vec![left, right])?;
        }
    }

    fn product(&mut self) -> Read {
        self.chain(Parser::signed, |token| sign(token, &[("*", Call::Times), ("/", Call::Over)]))
    }

    fn signed(&mut self) -> Read {
        if sign(&self.token, &[("-", Call::Minus)]).is_none() {
            return self.atom();
        }
        let at = self.at;
        self.step()?;
        let inner = self.deeper(Parser::signed)?;
        let minus = Node::Value(Worth::Number(Number::whole(-1)));
        self.call(Call::Times, at, vec![minus, inner])
    }

    fn atom(&mut self) -> Read {
        let at = self.at;
        let token = self.token.clone();
        match token {
            Token::Sign("(") => {
                self.step()?;
                let node = self.any()?;
                self.sign(")", "close")?;
                Ok(node)
            }
            Token::Value(value) => {
                self.step()?;
                self.count(at)?;
                literal::worth(value, at).map(Node::Value)
            }
            Token::Quoted(name) => {
                self.step()?;
                self.count(at)?;
                self.field(name, at)
            }
            Token::Word(name) => self.named(name, at),
            _ => self.expected("value"),
        }
    }

    fn named(&mut self, name: String, at: Position) -> Read {
        if matches!(name.as_str(), "and" | "or" | "not" | "is" | "empty") {
            return self.expected("value");
        }
        self.step()?;
        self.count(at)?;
        if matches!(self.token, Token::Sign("(")) {
            return self.function(&name, at);
        }
        match name.as_str() {
            "true" | "false" => Ok(Node::Value(Worth::Flag(name == "true"))),
            "today" | "now" | "me" | "my_team" => Err(message!("expression-moves", position = at.0, name = name)),
            _ => self.field(name, at),
        }
    }

    /// Behind the name of a field.
    fn field(&mut self, name: String, at: Position) -> Read {
        if self.token == Token::Sign(".") {
            return Err(message!("expression-path", position = self.at.0, name = shown(&name)));
        }
        Ok(Node::Field(name, at.0))
    }

    /// At the open parenthesis.
    fn function(&mut self, name: &str, at: Position) -> Read {
        if matches!(name, "today" | "now") {
            return Err(message!("expression-moves", position = at.0, name = name));
        }
        let Some(call) = Call::function(name) else {
            let known: Vec<_> = Call::ALL.iter().filter(|call| call.is_function()).map(|call| call.word()).collect();
            let (name, known) = (shown(name), known.join(", "));
            return Err(message!("expression-unknown-function", position = at.0, name = name, known = known));
        };
        self.step()?;
        let mut arguments = Vec::new();
        if !matches!(self.token, Token::Sign(")")) {
            arguments.push(self.any()?);
            while matches!(self.token, Token::Sign(",")) {
                self.step()?;
                arguments.push(self.any()?);
            }
        }
        self.sign(")", "comma-or-close")?;
        let (least, most) = call.takes();
        if !(least..=most).contains(&arguments.len()) {
            let (name, found) = (call.word(), arguments.len());
            return Err(message!(
                "expression-arguments",
                position = at.0,
                name = name,
                least = least,
                most = most,
                found = found
            ));
        }
        self.call(call, at, arguments)
    }

    fn call(&mut self, call: Call, at: Position, arguments: Vec<Node>) -> Read {
        self.count(at)?;
        Ok(Node::Call(call, at.0, arguments))
    }

    fn count(&mut self, at: Position) -> Result<(), Message> {
        self.nodes += 1;
        let fits = self.nodes <= MOST_NODES;
        if fits { Ok(()) } else { Err(message!("expression-too-large", position = at.0, limit = MOST_NODES)) }
    }

    fn sign(&mut self, wanted: &str, code: &'static str) -> Result<(), Message> {
        if !matches!(self.token, Token::Sign(sign) if sign == wanted) {
            return self.expected(code).map(drop);
        }
        self.step()
    }

    fn step(&mut self) -> Result<(), Message> {
        (self.at, self.token) = self.words.next().map_err(of_lexer)?;
        Ok(())
    }

    fn expected(&self, what: &'static str) -> Read {
        let found = self.token.written();
        let ended = if found.is_empty() { "yes" } else { "no" };
        let found = shown(&found);
        Err(message!("expression-expected", position = self.at.0, expected = what, found = found, ended = ended))
    }
}

fn word(token: &Token, wanted: &str, call: Call) -> Option<Call> {
    matches!(token, Token::Word(word) if word == wanted).then_some(call)
}

fn sign(token: &Token, known: &[(&str, Call)]) -> Option<Call> {
    let Token::Sign(sign) = token else { return None };
    known.iter().find(|(known, _)| known == sign).map(|(_, call)| *call)
}

/// What is wrong with a single word is the same in filters.
fn of_lexer(error: Error) -> Message {
    match error {
        Error::Invalid(errors) => errors.into_iter().next().map(|error| error.message),
        _ => None,
    }
    .unwrap_or_else(|| message!("invalid"))
}
