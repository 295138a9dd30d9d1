//! The rows of transfers.

use super::{Outcome, Transfer};
use crate::base::chat::LetterId;
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::reference::StaffId;

/// The columns of [`Transfer`].
macro_rules! transfer_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, household_id, giver_id, receiver_id, letter_id, settled_at ",
            "FROM transfer WHERE ",
            $condition
        )
    };
}

pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    household: i64,
    giver: StaffId,
    receiver: StaffId,
    now: Timestamp,
    due_at: Timestamp,
) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO transfer (household_id, giver_id, receiver_id, asked_at, due_at)
         VALUES ($1, $2, $3, $4, $5) RETURNING id")
        .bind(household).bind(giver).bind(receiver).bind(now).bind(due_at).fetch_one(c).await)
}

pub(crate) async fn set_letter(tx: &mut Tx<'_>, id: i64, letter: LetterId) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE transfer SET letter_id = $1 WHERE id = $2").bind(letter).bind(id)
    )
    .map(|_| ())
}

/// The offer with this number, if it waits.
pub(crate) async fn open(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Option<Transfer>> {
    on!(tx, c => sqlx::query_as(transfer_where!("id = $1 AND settled_at IS NULL"))
        .bind(id).fetch_optional(c).await)
}

/// The offer of a household that waits.
pub(crate) async fn open_of(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Option<Transfer>> {
    on!(tx, c => sqlx::query_as(transfer_where!("household_id = $1 AND settled_at IS NULL"))
        .bind(household).fetch_optional(c).await)
}

/// The offer of a household that was last made to somebody.
pub(crate) async fn latest_to(
    tx: &mut Tx<'_>,
    household: i64,
    receiver: StaffId,
) -> sqlx::Result<Option<Transfer>> {
    on!(tx, c => sqlx::query_as(transfer_where!(
        "household_id = $1 AND receiver_id = $2 ORDER BY id DESC LIMIT 1"))
        .bind(household).bind(receiver).fetch_optional(c).await)
}

/// An offer has its end; `false` if somebody was quicker.
pub(crate) async fn settle(
    tx: &mut Tx<'_>,
    id: i64,
    outcome: Outcome,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let settled = execute!(
        tx,
        sqlx::query(
            "UPDATE transfer SET outcome = $1, settled_at = $2, due_at = NULL
         WHERE id = $3 AND settled_at IS NULL"
        )
        .bind(outcome)
        .bind(now)
        .bind(id)
    )?;
    Ok(settled == 1)
}

/// Whoever leads has heard of it once.
pub(crate) async fn heard_late(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("UPDATE transfer SET due_at = NULL WHERE id = $1").bind(id))
        .map(|_| ())
}

/// The offers that nobody has answered in time.
pub(crate) async fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, due_at FROM transfer WHERE due_at IS NOT NULL AND due_at <= $1
         ORDER BY due_at LIMIT $2")
        .bind(now).bind(limit).fetch_all(c).await)
}

pub(crate) async fn next_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT min(due_at) FROM transfer WHERE due_at IS NOT NULL")
        .fetch_one(c).await)
}
