//! THE GROUND: knows nothing of quarantine. What came in, what must go out, one event as one
//! Turn, two databases with one text, what time it is, a phrase in its reader's language.

pub mod backlog;
pub mod chat;
pub mod clock;
pub mod directory;
pub mod erasure;
pub mod inbox;
pub mod journal;
pub mod language;
pub mod meter;
pub mod outbox;
pub mod relay;
pub mod seal;
pub mod setting;
pub mod store;
pub mod turn;
