//! What SQLite alone needs: a file that nobody else reads, a version without the WAL-reset fault, and
//! the traces of what was erased.

use std::path::Path;

use sqlx::SqlitePool;

use super::{Db, StoreError};

/// The oldest SQLite without the WAL-reset fault.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

impl Db {
    /// Clears the traces of what was erased out of the file and its write-ahead log; `false` if
    /// somebody is in the way. `secure_delete` overwrites what is deleted, but not the copies that
    /// SQLite left behind on a page when it moved rows: those go when the file is written anew.
    /// PostgreSQL is left to its own VACUUM.
    ///
    /// # Errors
    /// When the database is away or the disk is full.
    pub async fn clear_traces(&self) -> sqlx::Result<bool> {
        let Self::Sqlite { writer, .. } = self else { return Ok(true) };
        let mut connection = writer.acquire().await?;
        sqlx::query("VACUUM").execute(&mut *connection).await?;
        let (blocked, _, _): (i64, i64, i64) =
            sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await?;
        Ok(blocked == 0)
    }
}

pub(super) async fn check_version(pool: &SqlitePool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    if (part(), part(), part()) < OLDEST_SQLITE {
        return Err(StoreError::OldSqlite(version));
    }
    Ok(())
}

/// Makes the file readable by its owner alone; says whether it is new.
pub(super) fn make_private_file(path: &Path) -> std::io::Result<bool> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Ok(std::fs::metadata(path)?.len() == 0)
        }
        Err(error) => Err(error),
    }
}
