//! The lock that lets one `serve` run on a database: a lock file beside the SQLite file, an
//! advisory lock on a connection of its own in PostgreSQL. The machine gives it back when the
//! holder dies.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::Duration;

use sqlx::{ConnectOptions, Connection, PgConnection};

use super::{Db, StoreError};

/// The advisory lock's number: the letters "doorstep" read as one integer.
const ADVISORY_KEY: i64 = i64::from_be_bytes(*b"doorstep");

/// How often a connection that holds the lock is looked at.
const LOOK: Duration = Duration::from_secs(5);

/// Held for as long as a `serve` (or a migration) runs.
#[derive(Debug)]
pub enum ServeLock {
    /// The open, locked file.
    File(File),
    /// The connection that holds the advisory lock.
    Connection(Box<PgConnection>),
}

impl ServeLock {
    /// Takes the lock, or says at once that somebody else has it.
    ///
    /// # Errors
    /// [`StoreError::AlreadyServed`] when it is taken.
    pub async fn take(db: &Db) -> Result<Self, StoreError> {
        match db {
            Db::Sqlite { path, .. } => lock_file(path.with_added_extension("lock")),
            Db::Postgres { options, .. } => {
                let mut connection = options.connect().await?;
                let taken: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
                    .bind(ADVISORY_KEY)
                    .fetch_one(&mut connection)
                    .await?;
                if taken {
                    Ok(Self::Connection(Box::new(connection)))
                } else {
                    Err(StoreError::AlreadyServed)
                }
            }
        }
    }

    /// Watches over the lock, and takes it again when its connection is lost. Ends only when somebody
    /// else was quicker, and says so. A file's lock is the machine's care.
    pub async fn keep(&mut self, db: &Db) -> StoreError {
        loop {
            tokio::time::sleep(LOOK).await;
            let Self::Connection(connection) = self else { continue };
            if connection.ping().await.is_ok() {
                continue;
            }
            match Self::take(db).await {
                Ok(again) => *self = again,
                Err(taken @ StoreError::AlreadyServed) => return taken,
                Err(error) => {
                    tracing::warn!(%error, "the lock on the database cannot be taken yet");
                }
            }
        }
    }
}

fn lock_file(path: PathBuf) -> Result<ServeLock, StoreError> {
    let opened = File::options().create(true).truncate(false).write(true).open(&path);
    let file = opened.map_err(|cause| StoreError::File { path: path.clone(), cause })?;
    match file.try_lock() {
        Ok(()) => Ok(ServeLock::File(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::AlreadyServed),
        Err(TryLockError::Error(cause)) => Err(StoreError::File { path, cause }),
    }
}
