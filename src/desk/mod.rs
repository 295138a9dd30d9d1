//! THE WORK: one folder for each kind of it. Here is composed what needs every feature, from one list:
//! who hears, who answers a button, what falls due, what the card shows, what stands in the way of
//! release, what the timeline tells. No rule of any feature stands here.
//!
//! Arrows point down: features know the household, the household knows escalation, escalation knows
//! staff; all know the base. The desk never sends: it writes letters.

pub mod card;
pub mod choice;
pub mod command;
pub mod doorway;
pub mod due;
pub mod escalation;
pub mod file;
pub mod health_check;
pub mod hear;
pub mod household;
pub mod intake;
pub mod local_time;
pub mod operator;
pub mod press;
pub mod pressed;
pub mod prompt;
pub mod reference;
pub mod retention;
pub mod scene;
pub mod staff;
pub mod supply;
pub mod talk;
pub mod timeline;
pub mod who;

pub use due::{Due, due, fall_due, next_due, postpone};
pub use hear::{hear, refuse};
pub use retention::clear_traces;
pub use timeline::timeline;
