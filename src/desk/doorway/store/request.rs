//! The rows of buttons by which staff choose the group of a household.

use crate::base::chat::ChatId;
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::reference::StaffId;

/// A button that was shown, and what was chosen by it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct GroupRequest {
    pub household_id: i64,
    pub staff_id: StaffId,
    pub title: Option<String>,
    pub settled_at: Option<Timestamp>,
}

/// The columns of [`GroupRequest`].
macro_rules! request_where {
    ($condition:literal) => {
        concat!(
            "SELECT household_id, staff_id, title, settled_at FROM group_request WHERE ",
            $condition
        )
    };
}

pub(crate) async fn put(
    tx: &mut Tx<'_>,
    bot: i64,
    household: i64,
    staff: StaffId,
    now: Timestamp,
) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO group_request (bot_id, household_id, staff_id, asked_at)
         VALUES ($1, $2, $3, $4) RETURNING id")
        .bind(bot).bind(household).bind(staff).bind(now).fetch_one(c).await)
}

pub(crate) async fn find(tx: &mut Tx<'_>, bot: i64, id: i64) -> sqlx::Result<Option<GroupRequest>> {
    on!(tx, c => sqlx::query_as(request_where!("id = $1 AND bot_id = $2"))
        .bind(id).bind(bot).fetch_optional(c).await)
}

/// The newest request by which a chat was chosen, if it still waits for the bot.
pub(crate) async fn waiting_for(
    tx: &mut Tx<'_>,
    chat: ChatId,
    since: Timestamp,
) -> sqlx::Result<Option<GroupRequest>> {
    on!(tx, c => sqlx::query_as(request_where!(
        "chat_id = $1 AND settled_at IS NULL AND asked_at >= $2 ORDER BY id DESC LIMIT 1"))
        .bind(chat).bind(since).fetch_optional(c).await)
}

pub(crate) async fn choose(
    tx: &mut Tx<'_>,
    id: i64,
    chat: ChatId,
    title: Option<&str>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE group_request SET chat_id = $1, title = $2 WHERE id = $3")
            .bind(chat)
            .bind(title)
            .bind(id)
    )
    .map(|_| ())
}

/// Nothing is waited for any more on behalf of a household.
pub(crate) async fn settle_all(
    tx: &mut Tx<'_>,
    household: i64,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE group_request SET settled_at = $1
         WHERE household_id = $2 AND settled_at IS NULL"
        )
        .bind(now)
        .bind(household)
    )
    .map(|_| ())
}
