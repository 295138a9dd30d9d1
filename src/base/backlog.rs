//! What waits, as it stands now: updates that were not heard yet, letters that have not gone. Each look reads
//! a partial index of what waits, so that it costs nothing by what has gone.

use super::clock::Timestamp;
use super::store::{Tx, on};

/// Letters of one lane that have not gone.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Queue {
    /// The lane's number.
    pub lane: i64,
    /// How many wait.
    pub letters: i64,
    /// Since when the oldest might go; it may lie ahead.
    pub oldest: Timestamp,
}

/// When the oldest update came that was not heard yet.
///
/// # Errors
/// When the database is away.
pub async fn oldest_update(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT min(received_at) FROM inbox WHERE state = 'new'")
        .fetch_one(c).await)
}

/// The letters that are queued, by lane; a lane without any is left out.
///
/// # Errors
/// When the database is away.
pub async fn queued(tx: &mut Tx<'_>) -> sqlx::Result<Vec<Queue>> {
    on!(tx, c => sqlx::query_as(
        "SELECT lane, count(*) AS letters, min(not_before) AS oldest FROM outbox
         WHERE state = 'queued' GROUP BY lane")
        .fetch_all(c).await)
}

/// The letters on their way, by lane; a lane without any is left out.
///
/// # Errors
/// When the database is away.
pub async fn sending(tx: &mut Tx<'_>) -> sqlx::Result<Vec<Queue>> {
    on!(tx, c => sqlx::query_as(
        "SELECT lane, count(*) AS letters, min(not_before) AS oldest FROM outbox
         WHERE state = 'sending' GROUP BY lane")
        .fetch_all(c).await)
}
