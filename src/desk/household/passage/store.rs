//! The rows of passages.

use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::household::file::State;

/// A change of state, for the timeline.
pub(crate) struct Passage<'p> {
    pub household: i64,
    pub at: Timestamp,
    pub was: State,
    pub became: State,
    pub reason: Option<&'p str>,
    pub member: Option<i64>,
    pub who_kind: &'p str,
    pub who_ref: Option<String>,
}

pub(crate) async fn note(tx: &mut Tx<'_>, passage: &Passage<'_>) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO passage (household_id, at, was, became, reason, member_n, who_kind, who_ref)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        )
        .bind(passage.household)
        .bind(passage.at)
        .bind(passage.was)
        .bind(passage.became)
        .bind(passage.reason)
        .bind(passage.member)
        .bind(passage.who_kind)
        .bind(&passage.who_ref)
    )
    .map(|_| ())
}

/// A change of state as it was written.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct PassageRow {
    pub id: i64,
    pub at: Timestamp,
    pub was: String,
    pub became: String,
    pub reason: Option<String>,
    pub member_n: Option<i64>,
    pub who_kind: String,
    pub who_ref: Option<String>,
}

pub(crate) async fn of_household(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<PassageRow>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, at, was, became, reason, member_n, who_kind, who_ref FROM passage
         WHERE household_id = $1 ORDER BY id")
        .bind(household).fetch_all(c).await)
}
