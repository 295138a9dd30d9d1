//! The rows of attempts.

use super::{Attempt, Rung};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::escalation::Outcome;
use crate::desk::escalation::alert::{Alert, AlertRef};
use crate::desk::reference::StaffId;

/// Writes an attempt down.
pub(crate) async fn note(
    tx: &mut Tx<'_>,
    alert: &Alert,
    attempt: &Attempt,
    by: StaffId,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO attempt (household_id, alert_id, at, way, outcome, staff_id)
         VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(alert.household_id)
        .bind(alert.id)
        .bind(attempt.at)
        .bind(attempt.rung)
        .bind(attempt.outcome)
        .bind(by)
    )
    .map(|_| ())
}

/// The attempts of an alert that were not taken back, the oldest first.
pub(crate) async fn of_alert(tx: &mut Tx<'_>, alert: AlertRef) -> sqlx::Result<Vec<Attempt>> {
    on!(tx, c => sqlx::query_as(
        "SELECT way, outcome, at FROM attempt
         WHERE alert_id = $1 AND undone_at IS NULL ORDER BY id")
        .bind(alert).fetch_all(c).await)
}

/// Takes back the attempts that were noted with a step of an alert.
pub(crate) async fn undo(
    tx: &mut Tx<'_>,
    alert: AlertRef,
    at: Timestamp,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE attempt SET undone_at = $1
         WHERE alert_id = $2 AND at = $3 AND undone_at IS NULL"
        )
        .bind(now)
        .bind(alert)
        .bind(at)
    )
    .map(|_| ())
}

/// An attempt as its household's timeline tells it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct AttemptRow {
    pub id: i64,
    pub at: Timestamp,
    pub alert_id: AlertRef,
    pub way: Rung,
    pub outcome: Outcome,
    pub staff_id: StaffId,
    pub undone_at: Option<Timestamp>,
}

/// Every attempt to reach a household.
pub(crate) async fn of_household(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<AttemptRow>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, at, alert_id, way, outcome, staff_id, undone_at FROM attempt
         WHERE household_id = $1 ORDER BY at, id")
        .bind(household).fetch_all(c).await)
}
