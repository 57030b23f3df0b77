//! Random filters: trees of any names for the printer, and filters that make sense on the world of the tests.

use super::world::SPICES;
use crate::{
    field::{Field, Kind},
    filter::{
        check_nature,
        tree::{
            Direction, FieldTest, Figure, Literal, LiteralValue, Match, Name, Node, Op, Operation, Period, Position,
            Question, RelatedTest, Unit, Which,
        },
    },
    object::Object,
    schema::Schema,
};
