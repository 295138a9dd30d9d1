//! The rows of who is phoning whom.

use super::Calling;
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::reference::StaffId;

/// Who is phoning a household, or was last and has not said what came of it.
pub(crate) async fn find(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Option<Calling>> {
    let found: Option<(StaffId, Timestamp)> = on!(tx, c => sqlx::query_as(
        "SELECT staff_id, due_at FROM calling WHERE household_id = $1 AND due_at IS NOT NULL")
        .bind(household).fetch_optional(c).await)?;
    Ok(found.map(|(by, until)| Calling { by, until }))
}

/// Somebody phones a household, instead of whoever did.
pub(crate) async fn put(tx: &mut Tx<'_>, household: i64, calling: Calling) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO calling (household_id, staff_id, due_at) VALUES ($1, $2, $3)
         ON CONFLICT (household_id) DO UPDATE
         SET staff_id = excluded.staff_id, due_at = excluded.due_at"
        )
        .bind(household)
        .bind(calling.by)
        .bind(calling.until)
    )
    .map(|_| ())
}

/// Nobody is phoning it any more.
pub(crate) async fn end(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("DELETE FROM calling WHERE household_id = $1").bind(household))
        .map(|_| ())
}

pub(crate) async fn household_of(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Option<i64>> {
    on!(tx, c => sqlx::query_scalar("SELECT household_id FROM calling WHERE id = $1")
        .bind(id).fetch_optional(c).await)
}

/// The calls whose time is over.
pub(crate) async fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, due_at FROM calling WHERE due_at IS NOT NULL AND due_at <= $1
         ORDER BY due_at LIMIT $2")
        .bind(now).bind(limit).fetch_all(c).await)
}

pub(crate) async fn next_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT min(due_at) FROM calling WHERE due_at IS NOT NULL")
        .fetch_one(c).await)
}
