//! DOOR: the only folder that knows Telegram. Updates come in raw and are committed before they are
//! confirmed; letters go out as teloxide's typed payloads, posted by our own client.
//!
//! teloxide's own client is not used: it sleeps ten seconds on every 5xx and calls an accepted message
//! whose answer it cannot read an error. Its dispatcher, throttle and dialogue storage confirm updates
//! before they are handled, stop every chat for one, and share one state among all people of a chat.

pub mod api;
pub mod incoming;
pub mod intake;
mod keyboard;
mod member;
pub mod menu;
pub mod outbound;
pub mod webhook;
