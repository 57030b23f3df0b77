//! Identity as a client meets it: through HTTP, on both databases.

mod kit;
mod sessions;
mod setup;
mod tokens;
mod users;
