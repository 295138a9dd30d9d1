//! Small numbers that outlive the process: the clock's offset, when the bot was last alive.

use super::store::{Tx, execute, on};

/// How far the movable clock runs ahead, in milliseconds.
pub const CLOCK_OFFSET: &str = "clock_offset";
/// When `serve` was last known to be alive, on the movable clock.
pub const ALIVE_AT: &str = "alive_at";
/// Until when nothing is called late, after downtime.
pub const GRACE_UNTIL: &str = "grace_until";

/// Reads a number.
///
/// # Errors
/// When the database is away.
pub async fn read(tx: &mut Tx<'_>, name: &str) -> sqlx::Result<Option<i64>> {
    on!(tx, c => sqlx::query_scalar("SELECT value FROM setting WHERE name = $1")
        .bind(name).fetch_optional(c).await)
}

/// Writes a number.
///
/// # Errors
/// When the database is away.
pub async fn write(tx: &mut Tx<'_>, name: &str, value: i64) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO setting (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        )
        .bind(name)
        .bind(value)
    )
    .map(|_| ())
}
