//! Cells on PostgreSQL's wire: each is bound as whatever type the server wants, and read from whatever it sends.

use crate::Cell;
use postgres_types::{FromSql, IsNull, ToSql, Type, private::BytesMut};

type Wrong = Box<dyn std::error::Error + Sync + Send>;

/// A cell on its way in.
pub(crate) struct Incoming(pub Cell);

const NUMERIC_NEGATIVE: u16 = 0x4000;
const NUMERIC_SPECIAL: u16 = 0xC000;

/// The type under which a cell is sent when nobody asked the server.
pub(crate) fn type_of(cell: &Cell) -> Type {
    match cell {
        Cell::Null => Type::UNKNOWN,
        Cell::Int(_) => Type::INT8,
        Cell::Text(_) => Type::TEXT,
        Cell::Bytes(_) => Type::BYTEA,
    }
}

impl ToSql for Cell {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
        match self {
            Cell::Null => return Ok(IsNull::Yes),
            Cell::Int(number) => put_int(*number, wanted, out)?,
            Cell::Text(text) => put_text(text, wanted, out)?,
            Cell::Bytes(bytes) if *wanted == Type::BYTEA => out.extend_from_slice(bytes),
            Cell::Bytes(_) => return Err(format!("bytes given where {wanted} is wanted").into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres_types::to_sql_checked!();
}

fn put_int(number: i64, wanted: &Type, out: &mut BytesMut) -> Result<(), Wrong> {
    match *wanted {
        Type::INT8 => out.extend_from_slice(&number.to_be_bytes()),
        Type::INT4 => out.extend_from_slice(&i32::try_from(number)?.to_be_bytes()),
        Type::INT2 => out.extend_from_slice(&i16::try_from(number)?.to_be_bytes()),
        Type::BOOL => out.extend_from_slice(&[u8::from(number != 0)]),
        Type::NUMERIC => put_numeric(number, out)?,
        _ => return Err(format!("a number given where {wanted} is wanted").into()),
    }
    Ok(())
}

fn put_text(text: &str, wanted: &Type, out: &mut BytesMut) -> Result<(), Wrong> {
    match *wanted {
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::JSON => {}
        // The version of the binary format.
        Type::JSONB => out.extend_from_slice(&[1]),
        _ => return Err(format!("a text given where {wanted} is wanted").into()),
    }
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// Four decimal digits a word, the highest first, as the server stores them.
fn put_numeric(number: i64, out: &mut BytesMut) -> Result<(), Wrong> {
    let mut words = Vec::new();
    let mut rest = number.unsigned_abs();
    while rest > 0 {
        words.push(i16::try_from(rest % 10_000)?);
        rest /= 10_000;
    }
    let count = i16::try_from(words.len())?;
    let sign = if number < 0 { NUMERIC_NEGATIVE } else { 0 };
    out.extend_from_slice(&count.to_be_bytes());
    out.extend_from_slice(&(count - 1).max(0).to_be_bytes());
    out.extend_from_slice(&sign.to_be_bytes());
    out.extend_from_slice(&[0, 0]);
    for word in words.iter().rev() {
        out.extend_from_slice(&word.to_be_bytes());
    }
    Ok(())
}

impl<'a> FromSql<'a> for Incoming {
    fn from_sql(sent: &Type, raw: &'a [u8]) -> Result<Incoming, Wrong> {
        Ok(Incoming(match *sent {
            Type::INT8 => Cell::Int(i64::from_be_bytes(raw.try_into()?)),
            Type::INT4 => Cell::Int(i32::from_be_bytes(raw.try_into()?).into()),
            Type::INT2 => Cell::Int(i16::from_be_bytes(raw.try_into()?).into()),
            Type::BOOL => Cell::Int(i64::from(raw != [0])),
            Type::NUMERIC => Cell::Int(whole_numeric(raw)?),
            Type::BYTEA => Cell::Bytes(raw.to_vec()),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::JSON => text(raw)?,
            Type::JSONB => text(raw.get(1..).unwrap_or_default())?,
            _ => return Err(format!("a column of type {sent} cannot be read").into()),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Incoming, Wrong> {
        Ok(Incoming(Cell::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn text(raw: &[u8]) -> Result<Cell, Wrong> {
    Ok(Cell::Text(std::str::from_utf8(raw)?.to_owned()))
}

/// Sums come as NUMERIC. What is not whole or does not fit is an error: there are no floats.
fn whole_numeric(raw: &[u8]) -> Result<i64, Wrong> {
    let words: Vec<i16> = raw.chunks_exact(2).map(|pair| i16::from_be_bytes([pair[0], pair[1]])).collect();
    let [_, weight, sign, _, digits @ ..] = words.as_slice() else {
        return Err("a number cut short".into());
    };
    let mut whole: i128 = 0;
    let mut place = i32::from(*weight);
    for digit in digits {
        if place < 0 && *digit != 0 {
            return Err("a number that is not whole".into());
        }
        if place >= 0 {
            whole = whole
                .checked_mul(10_000)
                .and_then(|n| n.checked_add(i128::from(*digit)))
                .ok_or("a number too large")?;
        }
        place -= 1;
    }
    for _ in 0..=place.min(40) {
        whole = whole.checked_mul(10_000).ok_or("a number too large")?;
    }
    match sign.cast_unsigned() {
        0 => Ok(i64::try_from(whole)?),
        NUMERIC_NEGATIVE => Ok(i64::try_from(-whole)?),
        special if special & NUMERIC_SPECIAL == NUMERIC_SPECIAL => Err("not a number".into()),
        _ => Err("a number with an unknown sign".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numerics_survive_the_wire() {
        for number in [0, 1, -1, 9_999, 10_000, -10_001, 123_456_789, 100_000_000, i64::MAX, i64::MIN + 1, i64::MIN] {
            let mut out = BytesMut::new();
            put_numeric(number, &mut out).unwrap();
            assert_eq!(whole_numeric(&out).unwrap(), number, "{number}");
        }
    }

    #[test]
    fn a_numeric_that_is_not_whole_is_an_error() {
        // 0.5 and 1.5 as the server sends them, and "not a number".
        let half = [0, 1, 0xff, 0xff, 0, 0, 0, 1, 0x13, 0x88];
        let one_and_a_half = [0, 2, 0, 0, 0, 0, 0, 1, 0, 1, 0x13, 0x88];
        let nan = [0, 0, 0, 0, 0xC0, 0, 0, 0];
        for raw in [&half[..], &one_and_a_half, &nan, &[0]] {
            assert!(whole_numeric(raw).is_err());
        }
    }
}
