//! Doorstep.
pub mod base;
pub mod cli;
pub mod config;
pub mod desk;
pub mod http;
pub mod sandbox;
pub mod serve;
pub mod telegram;

pub use serve::{ServeError, run};
