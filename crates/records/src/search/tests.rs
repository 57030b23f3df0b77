//! Search as users meet it: records with words in them, a text in the box, and who is found. On both databases.

mod finding;
mod plans;
mod rights;
mod upkeep;
mod world;
