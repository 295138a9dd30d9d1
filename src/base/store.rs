//! SQLite or PostgreSQL behind one text per query: [`Db`] opens and migrates, [`Tx`] is one
//! transaction, and the `on!` macro compiles a query once for each. The few things in which the
//! two differ live here and nowhere else.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Acquire, ConnectOptions, Connection, PgPool, Postgres, Sqlite, SqlitePool};

mod lock;
pub mod schema;
mod sqlite;
mod word;

pub use lock::ServeLock;

/// Runs one query body on whichever database the transaction belongs to.
///
/// `execute!(tx, sqlx::query("..").bind(x))`: the body is compiled once for each
/// database, so its text must be understood by both.
macro_rules! on {
    ($tx:expr, $connection:ident => $body:expr) => {
        match $tx {
            $crate::base::store::Tx::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::base::store::Tx::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}
pub(crate) use on;

/// Runs a query that changes rows; says how many it changed.
macro_rules! execute {
    ($tx:expr, $query:expr) => {
        $crate::base::store::on!($tx, connection => {
            $query.execute(connection).await.map(|done| done.rows_affected())
        })
    };
}
pub(crate) use execute;

/// Moves the due instant of a row of some table.
macro_rules! postpone_row {
    ($tx:expr, $table:literal, $id:expr, $until:expr) => {
        $crate::base::store::execute!(
            $tx,
            sqlx::query(concat!(
                "UPDATE ",
                $table,
                " SET due_at = $1 WHERE id = $2 AND due_at IS NOT NULL"
            ))
            .bind($until)
            .bind($id)
        )
        .map(|_| ())
    };
}
pub(crate) use postpone_row;
pub(crate) use word::stored_word;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 8;

/// Why the database could not be opened or used. Each is one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no database that we know.
    #[error("DATABASE_URL must begin with sqlite:// or postgres://")]
    UnknownKind,
    /// SQLite before 3.51.3 can corrupt a database in WAL mode.
    #[error("SQLite {0} is too old: at least 3.51.3 is needed")]
    OldSqlite(String),
    /// Only one `serve` may run on a database.
    #[error("another `doorstep serve` is already running on this database")]
    AlreadyServed,
    /// The schema is older than the program, and a running `serve` holds it.
    #[error("the database needs an update, and `doorstep serve` is running on it: stop it first")]
    NeedsMigration,
    /// The file could not be made or opened.
    #[error("the database file {path} cannot be opened: {cause}")]
    File {
        /// Where the file should be.
        path: PathBuf,
        /// What the machine said.
        cause: std::io::Error,
    },
    /// The database said no.
    #[error("the database cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration failed.
    #[error("the database cannot be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

/// A database. Cheap to clone; clones share its connections.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file, one writer, several readers.
    Sqlite {
        /// A pool of exactly one connection that never expires: the writer.
        writer: SqlitePool,
        /// Connections that only read.
        readers: SqlitePool,
        /// The database file.
        path: PathBuf,
    },
    /// A server.
    Postgres {
        /// All connections.
        pool: PgPool,
        /// The address, for the lock's own connection.
        options: Box<PgConnectOptions>,
    },
}

/// A transaction, or a savepoint within one. Dropped without [`Tx::commit`], it is undone.
#[derive(Debug)]
pub enum Tx<'t> {
    /// On SQLite.
    Sqlite(sqlx::Transaction<'t, Sqlite>),
    /// On PostgreSQL.
    Postgres(sqlx::Transaction<'t, Postgres>),
}

impl Db {
    /// Opens the database named by `url` (`sqlite://FILE` or `postgres://..`), makes it when absent
    /// and brings an older one up to date.
    ///
    /// # Errors
    /// See [`StoreError`]; a migration is refused while a `serve` runs.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = Self::connect(url).await?;
        if !db.is_current().await? {
            let lock = ServeLock::take(&db).await.map_err(|error| match error {
                StoreError::AlreadyServed => StoreError::NeedsMigration,
                other => other,
            })?;
            db.migrate(&lock).await?;
        }
        Ok(db)
    }

    /// Opens the database without looking at its schema.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            Self::connect_sqlite(Path::new(path)).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::connect_postgres(url).await
        } else {
            Err(StoreError::UnknownKind)
        }
    }

    async fn connect_sqlite(path: &Path) -> Result<Self, StoreError> {
        let fresh = sqlite::make_private_file(path)
            .map_err(|cause| StoreError::File { path: path.to_owned(), cause })?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "on")
            .busy_timeout(BUSY_TIMEOUT)
            .log_statements(tracing::log::LevelFilter::Off)
            .disable_statement_logging();
        if fresh {
            // WAL is a property of the file: set once, when it is made.
            let options = options.clone().journal_mode(SqliteJournalMode::Wal);
            sqlx::SqliteConnection::connect_with(&options).await?.close().await?;
        }
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_mins(1))
            .connect_with(options.clone())
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            .test_before_acquire(false)
            .connect_lazy_with(options.pragma("query_only", "on"));
        sqlite::check_version(&writer).await?;
        Ok(Self::Sqlite { writer, readers, path: path.to_owned() })
    }

    async fn connect_postgres(url: &str) -> Result<Self, StoreError> {
        let options: PgConnectOptions =
            url.parse::<PgConnectOptions>()?.disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.clone())
            .await?;
        Ok(Self::Postgres { pool, options: Box::new(options) })
    }

    /// `sqlite` or `postgres`, as the ready line says it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }

    /// Begins a transaction that will write.
    ///
    /// # Errors
    /// When the database is away or busy for longer than its time-out.
    pub async fn begin(&self) -> sqlx::Result<Tx<'static>> {
        match self {
            Self::Sqlite { writer, .. } => {
                writer.begin_with("BEGIN IMMEDIATE").await.map(Tx::Sqlite)
            }
            Self::Postgres { pool, .. } => pool.begin().await.map(Tx::Postgres),
        }
    }

    /// Begins a transaction that only reads; it waits for no writer.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn read(&self) -> sqlx::Result<Tx<'static>> {
        match self {
            Self::Sqlite { readers, .. } => readers.begin().await.map(Tx::Sqlite),
            Self::Postgres { pool, .. } => pool.begin().await.map(Tx::Postgres),
        }
    }

    /// Closes every connection; what is committed is on disk.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { pool, .. } => pool.close().await,
        }
    }

    /// Whether every migration of this program has been applied.
    ///
    /// # Errors
    /// When the database is away, or was written by a newer program.
    pub async fn is_current(&self) -> Result<bool, StoreError> {
        let applied = match self {
            Self::Sqlite { writer, .. } => applied_migrations!(writer, "sqlite_master", "name"),
            Self::Postgres { pool, .. } => {
                applied_migrations!(pool, "pg_catalog.pg_tables", "tablename")
            }
        };
        Ok(applied == self.migrations().iter().count())
    }

    /// Brings the schema up to date; the caller holds the serve lock, so nobody else writes.
    ///
    /// # Errors
    /// When a migration fails; it is then undone.
    pub async fn migrate(&self, _lock: &ServeLock) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { writer, .. } => self.migrations().run(writer).await?,
            Self::Postgres { pool, .. } => self.migrations().run(pool).await?,
        }
        Ok(())
    }

    fn migrations(&self) -> &'static Migrator {
        match self {
            Self::Sqlite { .. } => &SQLITE_MIGRATIONS,
            Self::Postgres { .. } => &POSTGRES_MIGRATIONS,
        }
    }
}

/// Counts the applied migrations; zero while their table does not exist.
macro_rules! applied_migrations {
    ($pool:expr, $catalogue:literal, $column:literal) => {{
        let tables: i64 = sqlx::query_scalar(concat!(
            "SELECT count(*) FROM ",
            $catalogue,
            " WHERE ",
            $column,
            " = '_sqlx_migrations'"
        ))
        .fetch_one($pool)
        .await?;
        let count: i64 = if tables == 0 {
            0
        } else {
            sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success")
                .fetch_one($pool)
                .await?
        };
        usize::try_from(count).unwrap_or(0)
    }};
}
use applied_migrations;

impl Tx<'_> {
    /// A savepoint within this transaction.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn savepoint(&mut self) -> sqlx::Result<Tx<'_>> {
        match self {
            Self::Sqlite(outer) => outer.begin().await.map(Tx::Sqlite),
            Self::Postgres(outer) => outer.begin().await.map(Tx::Postgres),
        }
    }

    /// Keeps what was done.
    ///
    /// # Errors
    /// When the commit fails; nothing of it is kept then.
    pub async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }

    /// Undoes what was done.
    ///
    /// # Errors
    /// When the connection is lost; the database undoes it then.
    pub async fn rollback(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(transaction) => transaction.rollback().await,
            Self::Postgres(transaction) => transaction.rollback().await,
        }
    }
}

/// Whether trying the same again may help, so that the failure says nothing about the work:
/// a busy or locked database, a deadlock, a serialisation conflict, a lost connection.
#[must_use]
pub fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(said) => said.code().is_some_and(|code| {
            // SQLite: 5 busy, 6 locked (low byte of the extended code); PostgreSQL: classes 08, 40,
            // 55, 57.
            let sqlite =
                code.parse::<u32>().is_ok_and(|c| code.len() < 5 && matches!(c & 0xff, 5 | 6));
            sqlite
                || ["08", "40", "55", "57"]
                    .iter()
                    .any(|class| code.len() == 5 && code.starts_with(class))
        }),
        _ => false,
    }
}

/// A list of ids as the one bind that both databases unfold:
/// `.. IN (SELECT CAST(value AS BIGINT) FROM json_each($1))`.
#[must_use]
pub fn id_list(ids: impl IntoIterator<Item = i64>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}

impl Db {
    /// The version of the database program, such as `3.51.3` or `15.14 (Debian)`.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn version(&self) -> sqlx::Result<String> {
        match self {
            Self::Sqlite { writer, .. } => {
                sqlx::query_scalar("SELECT sqlite_version()").fetch_one(writer).await
            }
            Self::Postgres { pool, .. } => {
                sqlx::query_scalar("SHOW server_version").fetch_one(pool).await
            }
        }
    }
}
