//! **Doorstep** keeps a chat open for each quarantined household, reminds it to report temperatures,
//! relays requests, and puts what is overdue in front of a person until that person has dealt with it.
//!
//! # Three ideas
//!
//! **Two doors, one desk, one base.** A door turns the outside into our words ([`telegram`], the small
//! [`http`] door, later the board). The [`desk`] does the work, one folder per kind of work. The
//! [`base`] knows nothing of quarantine.
//!
//! **One event is one Turn** ([`base::turn`]): one instant, one transaction, one handful of letters. It
//! is kept as a whole or undone as a whole.
//!
//! **Every piece of work that waits for a person is an alert** ([`desk::escalation`]). An unreported
//! check and an untaken request are the same thing: somebody of a certain role must take it before a
//! certain time. That is known once.
//!
//! # Two flows
//!
//! ```text
//! update -> telegram::intake -> inbox row, committed -> only then the next offset is asked for
//!        or telegram::webhook -> inbox row, committed -> only then it is answered 200
//!   -> telegram::incoming -> desk::hear -> rows + letters + "done" in one commit -> relay wakes
//! clock  -> desk::due -> desk::fall_due -> rows + letters in one commit -> relay wakes
//! relay  -> claims due letters, committed as "sending" -> telegram::outbound -> verdict -> row
//! ```
//!
//! What comes back of a letter that the desk must know (a shut chat, the bot's place, a count) is put
//! into the inbox as an echo and heard like everything else.
//!
//! # The map
//!
//! | room | what it is for |
//! |---|---|
//! | [`serve`] | opens and locks the store, meets the bot, runs the loops until told to stop |
//! | [`telegram`] | the only folder that knows Telegram |
//! | [`http`] | health, figures, and the rehearsal port: a movable clock and the letters as data |
//! | [`sandbox`] | a pretend Telegram on loopback, for the demo, training and end-to-end tests |
//! | [`cli`] | one file per command |
//! | [`config`] | every setting with its default and meaning, in one place |
//! | [`desk`] | who hears, who answers a button, what falls due; then one folder per kind of work |
//! | [`base`] | Turn, store, inbox, outbox, relay, journal, language, clock, meter |
//!
//! A feature folder has four rooms that read as a sentence: *noun* (pure), *rows* (`store.rs`), *verbs*
//! (`mod.rs`), *words* (`chat.rs`).
//!
//! # What always holds
//!
//! - The desk never sends: it writes letters. Nothing is confirmed to Telegram before it is committed.
//! - No platform is named below [`telegram`]; no query stands outside `store.rs` files and [`base`].
//! - No clock but [`base::clock`]: it can be moved forward, never back.
//! - Logs carry ids, never a person's name, number or words.
//! - What is known of a household's people goes when its time is over; what may stay is listed, so that
//!   a new column goes too ([`desk::retention`]).
//! - Fail open for danger, closed for data: an unknown sender's fever raises the alert; an unknown
//!   sender reads nothing.
//! - Arrows point down: `main -> cli -> serve -> doors -> desk -> features -> household -> escalation ->
//!   staff -> base`. The one place where a feature may lean on another is the door ([`desk::doorway`]),
//!   which starts a household's checks when its chat is bound.

pub mod base;
pub mod cli;
pub mod config;
pub mod desk;
pub mod http;
pub mod sandbox;
pub mod serve;
pub mod telegram;

pub use serve::{ServeError, run};
