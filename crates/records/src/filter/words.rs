//! Cuts the text of a filter or an expression into words, signs and values, each with its place.

use super::{
    problem,
    tree::{LiteralValue, Position},
};
use base::{Result, Timestamp, message, time};
use std::{iter::Peekable, str::Chars};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A name or a key word.
    Word(String),
    /// A name in backquotes: never a key word.
    Quoted(String),
    Value(LiteralValue),
    Sign(&'static str),
    /// A character that means nothing here.
    Strange(char),
    End,
}

/// The rest of the text.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    rest: Peekable<Chars<'a>>,
    /// Of the next character, from 1.
    position: usize,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str) -> Words<'a> {
        Words { rest: text.chars().peekable(), position: 1 }
    }

    /// The next token and where it begins; [`Token::End`] for ever at the end.
    pub fn next(&mut self) -> Result<(Position, Token)> {
        while self.take_if(char::is_whitespace).is_some() {}
        let at = Position(self.position);
        let Some(first) = self.take_if(|_| true) else { return Ok((at, Token::End)) };
        let token = match first {
            '\'' => Token::Value(LiteralValue::Text(self.quoted(at, '\'')?)),
            '`' => self.name(at)?,
            'a'..='z' | 'A'..='Z' | '_' => self.word(at, first)?,
            '0'..='9' => self.number(first),
            '-' if self.rest.peek().is_some_and(char::is_ascii_digit) => self.number(first),
            '=' => Token::Sign(if self.take('=') { "==" } else { "=" }),
            '<' => Token::Sign(if self.take('=') { "<=" } else { "<" }),
            '>' => Token::Sign(if self.take('=') { ">=" } else { ">" }),
            '!' if self.take('=') => Token::Sign("!="),
            '(' => Token::Sign("("),
            ')' => Token::Sign(")"),
            ',' => Token::Sign(","),
            '.' => Token::Sign("."),
            // Of expressions only.
            '+' => Token::Sign("+"),
            '-' => Token::Sign("-"),
            '*' => Token::Sign("*"),
            '/' => Token::Sign("/"),
            '&' => Token::Sign("&"),
            other => Token::Strange(other),
        };
        Ok((at, token))
    }

    fn take_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let taken = self.rest.next_if(|c| wanted(*c))?;
        self.position += 1;
        Some(taken)
    }

    fn take(&mut self, wanted: char) -> bool {
        self.take_if(|c| c == wanted).is_some()
    }

    /// What stands up to the closing quote, which is doubled inside.
    fn quoted(&mut self, at: Position, quote: char) -> Result<String> {
        let mut text = String::new();
        loop {
            let here = Position(self.position);
            match self.take_if(|_| true) {
                Some(c) if c == quote => {
                    if !self.take(quote) {
                        return Ok(text);
                    }
                    text.push(quote);
                }
                // No database text can hold it.
                Some('\0') => return Err(problem::wrong(message!("filter-nul", position = here.0))),
                Some(c) => text.push(c),
                None => return Err(problem::wrong(message!("filter-unclosed", position = at.0, quote = quote))),
            }
        }
    }

    fn name(&mut self, at: Position) -> Result<Token> {
        let name = self.quoted(at, '`')?;
        if name.is_empty() { Err(problem::expected(at, "field", "``")) } else { Ok(Token::Quoted(name)) }
    }

    fn word(&mut self, at: Position, first: char) -> Result<Token> {
        let mut word = String::from(first);
        while let Some(c) = self.take_if(|c| c.is_ascii_alphanumeric() || c == '_') {
            word.push(c);
        }
        if self.rest.peek() != Some(&'\'') || !matches!(word.as_str(), "date" | "instant" | "money") {
            return Ok(Token::Word(word));
        }
        self.take('\'');
        let text = self.quoted(at, '\'')?;
        let found = problem::shown(&text);
        let value = match word.as_str() {
            "date" if time::parse_date(&text).is_some() => LiteralValue::Date(text),
            "date" => return Err(problem::wrong(message!("filter-not-a-date", position = at.0, found = found))),
            "instant" if Timestamp::parse(&text).is_some() => LiteralValue::Instant(text),
            "instant" => {
                return Err(problem::wrong(message!("filter-not-an-instant", position = at.0, found = found)));
            }
            _ => match money(&text) {
                Some((amount, currency)) => LiteralValue::Money(amount, currency),
                None => return Err(problem::wrong(message!("filter-not-money", position = at.0, found = found))),
            },
        };
        Ok(Token::Value(value))
    }

    fn number(&mut self, first: char) -> Token {
        let mut number = String::from(first);
        self.digits(&mut number);
        // A point belongs to the number only with a digit behind it.
        let mut ahead = self.rest.clone();
        if ahead.next() == Some('.') && ahead.next().is_some_and(|c| c.is_ascii_digit()) {
            self.take('.');
            number.push('.');
            self.digits(&mut number);
        }
        Token::Value(LiteralValue::Number(number))
    }

    fn digits(&mut self, number: &mut String) {
        while let Some(digit) = self.take_if(|c| c.is_ascii_digit()) {
            number.push(digit);
        }
    }
}

/// `1000.00 EUR` as amount and currency code.
fn money(text: &str) -> Option<(String, String)> {
    let (amount, currency) = text.split_once(' ')?;
    let digits = amount.strip_prefix('-').unwrap_or(amount);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
    (all_digits(whole) && all_digits(fraction) && is_code).then(|| (amount.to_owned(), currency.to_owned()))
}

impl Token {
    /// As it stood in the text, for errors; empty at the end.
    pub fn written(&self) -> String {
        match self {
            Token::Word(word) => word.clone(),
            Token::Quoted(name) => format!("`{}`", name.replace('`', "``")),
            Token::Value(value) => value.to_string(),
            Token::Sign(sign) => (*sign).to_owned(),
            Token::Strange(c) => c.to_string(),
            Token::End => String::new(),
        }
    }
}
