//! The rows of questions that wait for words.

use super::Wanted;
use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};

pub(super) async fn put(
    tx: &mut Tx<'_>,
    chat: ChatId,
    account: AccountId,
    wanted: Wanted,
    about: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO prompt (chat_id, account_id, wanted, about, asked_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (chat_id, account_id) DO UPDATE
         SET wanted = excluded.wanted, about = excluded.about, asked_at = excluded.asked_at"
        )
        .bind(chat)
        .bind(account)
        .bind(wanted)
        .bind(about)
        .bind(now)
    )
    .map(|_| ())
}

pub(super) async fn find(
    tx: &mut Tx<'_>,
    chat: ChatId,
    account: AccountId,
    since: Timestamp,
) -> sqlx::Result<Option<(Wanted, String)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT wanted, about FROM prompt
         WHERE chat_id = $1 AND account_id = $2 AND asked_at >= $3")
        .bind(chat).bind(account).bind(since).fetch_optional(c).await)
}

pub(super) async fn remove(tx: &mut Tx<'_>, chat: ChatId, account: AccountId) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("DELETE FROM prompt WHERE chat_id = $1 AND account_id = $2")
            .bind(chat)
            .bind(account)
    )
    .map(|_| ())
}
