//! Which rows of a table hold, one bit a row.
//!
//! This knows nothing of what a row says. It is a crate of its own because the rest of the engine is compiled to be
//! small, and this to be fast: every answer goes through it, and what is ahead of a member many times.

#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod bits;
mod table;

pub use bits::{Bits, Ones};
pub use table::{Guard, Table, firsts};
