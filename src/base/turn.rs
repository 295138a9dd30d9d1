//! One event, one instant, one transaction, one handful of letters. A Turn is a savepoint: what it
//! did is kept as a whole or undone as a whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::Notify;

use super::clock::{Clock, Timestamp};
use super::directory::Account;
use super::language::{LanguageTag, Languages, Phrase};
use super::seal::Seal;
use super::store::{Db, Tx};
use crate::config::Settings;

/// What every Turn stands on.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// The languages that are spoken.
    pub languages: Languages,
    /// The rules' figures.
    pub settings: Arc<Settings>,
    /// The seal on buttons.
    pub seal: Seal,
    /// Wakes the loops.
    pub bells: Bells,
}

/// Wakes the loops when there is something for them to do. Clones ring the same bells.
#[derive(Clone, Debug, Default)]
pub struct Bells {
    /// Rings when something came in.
    pub inbox: Arc<Notify>,
    /// Rings when a letter was written.
    pub outbox: Arc<Notify>,
    /// Rings when something may be due earlier than before.
    pub due: Arc<Notify>,
}

impl Bells {
    /// Wakes everybody.
    pub fn ring(&self) {
        self.inbox.notify_one();
        self.outbox.notify_one();
        self.due.notify_one();
    }
}

/// Why a Turn did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// The person is told why, in their language; everything else is undone.
    #[error("refused: {}", .0.id())]
    Refused(Phrase),
    /// Something broke; it is undone, logged and tried again.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Something broke. The texts name rows and ids, never persons or their words.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database said no.
    #[error("database: {0}")]
    Store(#[from] sqlx::Error),
    /// A row does not hold what it must.
    #[error("{0}")]
    Broken(String),
}

impl From<sqlx::Error> for Halt {
    fn from(error: sqlx::Error) -> Self {
        Self::Fault(Fault::Store(error))
    }
}

impl From<Phrase> for Halt {
    fn from(phrase: Phrase) -> Self {
        Self::Refused(phrase)
    }
}

impl Halt {
    /// The database's own error, when it says nothing about the work: all of the transaction is tried
    /// again.
    #[must_use]
    pub fn into_store_error(self) -> sqlx::Error {
        match self {
            Self::Fault(Fault::Store(error)) => error,
            other => sqlx::Error::Protocol(other.to_string()),
        }
    }

    /// Whether trying again may help without anything being changed.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Fault(Fault::Store(error)) if super::store::is_passing(error))
    }
}

/// What a Turn comes to.
pub type Done<T = ()> = Result<T, Halt>;

/// One event at work.
#[derive(Debug)]
pub struct Turn<'t> {
    /// The savepoint in which everything of this Turn stands.
    pub tx: Tx<'t>,
    /// What it stands on.
    pub ground: &'t Ground,
    /// The bot that hears and speaks in this Turn.
    pub bot: i64,
    now: Timestamp,
    cause: String,
    touched: BTreeSet<i64>,
}

impl<'t> Turn<'t> {
    /// Begins a Turn within a transaction. `cause` says, in ids, what it answers: `update 12`.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn begin(
        outer: &'t mut Tx<'_>,
        ground: &'t Ground,
        bot: i64,
        cause: String,
    ) -> sqlx::Result<Self> {
        let now = ground.clock.now();
        let tx = outer.savepoint().await?;
        Ok(Self { tx, ground, bot, now, cause, touched: BTreeSet::new() })
    }

    /// The one instant of this Turn.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// What this Turn answers, in ids.
    #[must_use]
    pub fn cause(&self) -> &str {
        &self.cause
    }

    /// The rules' figures.
    #[must_use]
    pub fn settings(&self) -> &'t Settings {
        &self.ground.settings
    }

    /// Notes that what is shown of a household has changed.
    pub fn touch(&mut self, household: i64) {
        self.touched.insert(household);
    }

    /// The households whose card must be looked at before this Turn ends; empties the list.
    pub fn take_touched(&mut self) -> BTreeSet<i64> {
        std::mem::take(&mut self.touched)
    }

    /// Keeps what was done.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn keep(self) -> sqlx::Result<()> {
        self.tx.commit().await
    }

    /// Undoes what was done.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn undo(self) -> sqlx::Result<()> {
        self.tx.rollback().await
    }
}

impl Ground {
    /// The language for people of whom nothing is known.
    #[must_use]
    pub fn default_language(&self) -> LanguageTag {
        let wanted = &self.settings.language.default;
        self.languages.get(wanted).unwrap_or_else(|| self.languages.tags()[0].clone())
    }

    /// The language an account reads: chosen, else the nearest to the app's, else the default.
    #[must_use]
    pub fn language_of(&self, account: &Account) -> LanguageTag {
        let chosen = account.language.as_deref().and_then(|tag| self.languages.get(tag));
        let proposed = || self.languages.negotiate(account.proposed_language.as_deref()?);
        chosen.or_else(proposed).unwrap_or_else(|| self.default_language())
    }
}
