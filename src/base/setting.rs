//! Small numbers that outlive the process: the clock's offset, when the bot was last alive.

use super::store::{Tx, execute, on};

/// How far the movable clock runs ahead, in milliseconds.
pub const CLOCK_OFFSET: &str = "clock_offset";
/// When `serve` was last known to be alive, on the movable clock.
pub const ALIVE_AT: &str = "alive_at";
/// Until when nothing is called late, after downtime.
pub const GRACE_UNTIL: &str = "grace_until";
/// When what is old is looked for next, to erase it.
pub const SWEEP_AT: &str = "sweep_at";
/// After a purge and until the next sweep: the latest release among the purged; 0 when there is none.
pub const PURGED_UNTIL: &str = "purged_until";
/// From when on the traces of what was erased are to be cleared; 0 when there are none.
pub const TRACES_AT: &str = "traces_at";
/// Until when the clearing rests.
pub const TRACES_REST: &str = "traces_rest";

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
