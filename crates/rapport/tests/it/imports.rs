//! Files brought in through the door: what is read, what is refused and why, and what is left of it.

mod cards;
mod hostile;
mod making;
mod mappings;
mod matched;
mod presets;
mod previews;
mod rights;
mod several;
pub mod sheets;
pub mod upload;
mod written;
