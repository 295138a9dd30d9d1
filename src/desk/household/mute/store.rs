//! The rows of who is muted.

use super::Why;
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::household::file::State;

/// Mutes a member, or asks again with `None`.
pub(crate) async fn mute_member(
    tx: &mut Tx<'_>,
    member: i64,
    muted: Option<(Timestamp, Why)>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE member SET muted_at = $1, muted_why = $2 WHERE id = $3")
            .bind(muted.map(|(at, _)| at))
            .bind(muted.map(|(_, why)| why))
            .bind(member)
    )
    .map(|_| ())
}

/// Keeps what a household was before it was muted.
pub(crate) async fn remember_state(
    tx: &mut Tx<'_>,
    household: i64,
    state: State,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET muted_was = $1 WHERE id = $2")
            .bind(state)
            .bind(household)
    )
    .map(|_| ())
}

/// What a household was before it was muted.
pub(crate) async fn state_before(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Option<State>> {
    on!(tx, c => sqlx::query_scalar("SELECT muted_was FROM household WHERE id = $1")
        .bind(household).fetch_one(c).await)
}
