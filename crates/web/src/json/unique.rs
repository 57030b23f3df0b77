//! Finds keys that a JSON document gives twice. Maps would silently keep the last, and two readers of the same
//! document could then disagree about what it says.

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::{borrow::Cow, collections::HashSet, fmt};

/// Up to this many keys are compared one by one; more go into a set.
const FEW: usize = 16;

pub(super) fn check(bytes: &[u8]) -> Result<(), serde_path_to_error::Error<serde_json::Error>> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let mut track = serde_path_to_error::Track::new();
    let checked = Checked::deserialize(serde_path_to_error::Deserializer::new(&mut reader, &mut track));
    let ended = checked.and_then(|Checked| reader.end());
    ended.map_err(|wrong| serde_path_to_error::Error::new(track.path(), wrong))
}

struct Checked;

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Checked, D::Error> {
        reader.deserialize_any(Checked)
    }
}

/// A key, borrowed from the document where it holds no escapes.
struct Key<'de>(Cow<'de, str>);

struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key<'de>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Key<'de>, D::Error> {
        reader.deserialize_str(KeySeed)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(text.to_owned())))
    }
}

macro_rules! nothing_to_check {
    ($($name:ident $type:ty),*) => {
        $(fn $name<E>(self, _: $type) -> Result<Checked, E> {
            Ok(Checked)
        })*
    };
}

impl<'de> Visitor<'de> for Checked {
    type Value = Checked;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    nothing_to_check!(visit_bool bool, visit_i64 i64, visit_u64 u64, visit_f64 f64, visit_str &str);

    fn visit_unit<E>(self) -> Result<Checked, E> {
        Ok(Checked)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Checked, A::Error> {
        while items.next_element::<Checked>()?.is_some() {}
        Ok(Checked)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Checked, A::Error> {
        let mut few: Vec<Cow<'de, str>> = Vec::new();
        let mut many: HashSet<Cow<'de, str>> = HashSet::new();
        while let Some(Key(key)) = members.next_key_seed(KeySeed)? {
            if few.contains(&key) || many.contains(&key) {
                return Err(de::Error::custom(format_args!("duplicate field `{key}`")));
            }
            if few.len() < FEW {
                few.push(key);
            } else {
                many.insert(key);
            }
            members.next_value::<Checked>()?;
        }
        Ok(Checked)
    }
}
