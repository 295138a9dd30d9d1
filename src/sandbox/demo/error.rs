//! Why a demo cannot be shown: one clear sentence each.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::base::language::LanguageError;
use crate::base::store::StoreError;
use crate::config::ConfigError;
use crate::desk::staff::InviteError;
use crate::sandbox::Impossible;

/// Why a demo could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Whoever reaches the page can act as any of its people.
    #[error(
        "the demo listens on this machine only, such as on 127.0.0.1:8080, and not on {0}: its \
         pretend people have no login"
    )]
    NotLoopback(SocketAddr),
    /// A database without the pretend Telegram that it remembers.
    #[error(
        "{db} exists already, but {world}, which would hold its pretend Telegram, does not: name a \
         new file"
    )]
    NoWorld {
        /// The database.
        db: PathBuf,
        /// Where its world should be.
        world: PathBuf,
    },
    /// A scene expects the morning of a new neighbourhood.
    #[error("{0} exists already: a scene begins with a new neighbourhood, so name a new file")]
    NotNew(PathBuf),
    /// A pretend Telegram without its database.
    #[error(
        "{world} holds the pretend Telegram of a database that is gone: remove it, or name another \
         file than {db}"
    )]
    NoDatabase {
        /// Where the database should be.
        db: PathBuf,
        /// The world.
        world: PathBuf,
    },
    /// The file beside the database cannot be gone on with.
    #[error("{world} {why}; without it the demo cannot go on, so name a new database file")]
    BadWorld {
        /// The file.
        world: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The page has no place to be.
    #[error("the demo cannot listen on {address}: {cause}")]
    Listen {
        /// Where it should be.
        address: SocketAddr,
        /// What the machine said.
        cause: io::Error,
    },
    /// The machine said no.
    #[error("the demo met a fault: {0}")]
    Io(#[from] io::Error),
    /// The settings of the demo are wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The texts are wrong.
    #[error(transparent)]
    Language(#[from] LanguageError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database said no.
    #[error("the database cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    /// Somebody cannot be invited.
    #[error(transparent)]
    Invite(#[from] InviteError),
    /// The neighbourhood's file has mistakes.
    #[error("the neighbourhood cannot be imported: {0}")]
    Import(String),
    /// The pretend Telegram does not offer this.
    #[error("the pretend people cannot do this: {0}")]
    Impossible(#[from] Impossible),
    /// No message in the chat has such a button.
    #[error("no message in chat {chat} has the button {action} {args}")]
    NoButton {
        /// The chat's number.
        chat: i64,
        /// The button's action.
        action: String,
        /// What its arguments should hold.
        args: String,
    },
    /// The bot's rehearsal port did not do as it was asked.
    #[error("the bot's rehearsal port: {0}")]
    Rehearsal(String),
    /// The bot stopped.
    #[error("the bot stopped: {0}")]
    Bot(String),
}

impl DemoError {
    /// Whether the person who started the demo can put it right by asking otherwise.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::NotLoopback(_)
                | Self::NotNew(_)
                | Self::NoWorld { .. }
                | Self::NoDatabase { .. }
                | Self::BadWorld { .. }
        )
    }
}

impl From<reqwest::Error> for DemoError {
    fn from(error: reqwest::Error) -> Self {
        Self::Rehearsal(error.to_string())
    }
}
