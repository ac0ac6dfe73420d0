//! Properties that hold of every answer, tried on any number of members.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../common/mod.rs"]
mod common;

mod answers;
mod guided;
mod knowledge;
mod likeness;
mod many;
mod members;
mod naive;
mod random;
mod reasons;
mod tries;
mod written;
