//! The rows of what residents wrote, and the letters that staff answer.

use super::free_text::FreeText;
use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};

/// Words to be written down.
pub(crate) struct Row<'r> {
    pub household: i64,
    pub chat: ChatId,
    pub bot: i64,
    pub message: i64,
    pub account: Option<AccountId>,
    pub text: &'r str,
    pub media: bool,
    pub said_at: Timestamp,
    pub due_at: Timestamp,
}

pub(crate) async fn insert(tx: &mut Tx<'_>, row: &Row<'_>) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO free_text (household_id, chat_id, bot_id, message_id, account_id, text, media,
             said_at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id")
        .bind(row.household).bind(row.chat).bind(row.bot).bind(row.message).bind(row.account)
        .bind(row.text).bind(row.media).bind(row.said_at).bind(row.due_at).fetch_one(c).await)
}

pub(crate) async fn find(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Option<FreeText>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, household_id, chat_id, message_id, account_id, text, media, said_at, due_at
         FROM free_text WHERE id = $1")
        .bind(id).fetch_optional(c).await)
}

pub(crate) async fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, due_at FROM free_text WHERE due_at IS NOT NULL AND due_at <= $1
         ORDER BY due_at LIMIT $2")
        .bind(now).bind(limit).fetch_all(c).await)
}

pub(crate) async fn next_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT min(due_at) FROM free_text WHERE due_at IS NOT NULL")
        .fetch_one(c).await)
}

pub(crate) async fn wait(tx: &mut Tx<'_>, id: i64, until: Timestamp) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("UPDATE free_text SET due_at = $1 WHERE id = $2").bind(until).bind(id))
        .map(|_| ())
}

/// Nobody has to be shown it any more; `shown_at` is when somebody was, if ever.
pub(crate) async fn settle(
    tx: &mut Tx<'_>,
    id: i64,
    shown_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE free_text SET due_at = NULL, shown_at = $1 WHERE id = $2")
            .bind(shown_at)
            .bind(id)
    )
    .map(|_| ())
}

/// Nothing that a household has said so far waits for an answer.
pub(crate) async fn settle_all(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE free_text SET due_at = NULL WHERE household_id = $1 AND due_at IS NOT NULL"
        )
        .bind(household)
    )
    .map(|_| ())
}

/// The household that a message of ours in this chat is about.
pub(crate) async fn household_of(
    tx: &mut Tx<'_>,
    chat: ChatId,
    message: i64,
) -> sqlx::Result<Option<i64>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT household_id FROM outbox
         WHERE chat_id = $1 AND message_id = $2 AND household_id IS NOT NULL
         ORDER BY id LIMIT 1")
        .bind(chat).bind(message).fetch_optional(c).await)
}
