//! Decisions for many members at once: one bit a member, 512 members a [`Block`].
//!
//! This knows nothing of what is decided. It is a crate of its own because the rest of the engine is compiled to be
//! small, and this to be fast.
//!
//! | module | job |
//! |---|---|
//! | `block` | a bit for each of 512 members, and the way from bytes to bits and back |
//! | `days` | days against days |
//! | `program` | conjunctions, worked out for a block with what they share worked out once |

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

mod block;
mod days;
mod program;

pub use block::{ANSWERS_OPERATIONS, Block, Bytes, MEMBERS, and_all, answers};
pub use days::{Days, Flags, Row, Table};
pub use program::{Among, Conjunction, Program, Unless, Workspace, classes};
