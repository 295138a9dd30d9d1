//! Who is in a chat as far as we have seen, who spoke there, and who was asked who they are.

use crate::base::chat::{AccountId, ChatId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};

/// Notes that an account is in a chat, and that it spoke if it did. Says whether it was not known to be
/// there.
pub(crate) async fn see(
    tx: &mut Tx<'_>,
    chat: ChatId,
    account: AccountId,
    spoke_at: Option<Timestamp>,
) -> sqlx::Result<bool> {
    let was_there = is_in(tx, chat, account).await?;
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO presence (chat_id, account_id, spoke_at) VALUES ($1, $2, $3)
         ON CONFLICT (chat_id, account_id) DO UPDATE
         SET spoke_at = COALESCE(excluded.spoke_at, presence.spoke_at), left_at = NULL"
        )
        .bind(chat)
        .bind(account)
        .bind(spoke_at)
    )?;
    Ok(!was_there)
}

/// Notes that an account has left a chat; says whether it was not known to have left before.
pub(crate) async fn leave(
    tx: &mut Tx<'_>,
    chat: ChatId,
    account: AccountId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let changed = execute!(
        tx,
        sqlx::query(
            "INSERT INTO presence (chat_id, account_id, left_at) VALUES ($1, $2, $3)
         ON CONFLICT (chat_id, account_id) DO UPDATE SET left_at = excluded.left_at
         WHERE presence.left_at IS NULL"
        )
        .bind(chat)
        .bind(account)
        .bind(now)
    )?;
    Ok(changed == 1)
}

/// The letter that asked an account who it is.
pub(crate) async fn asked_letter(
    tx: &mut Tx<'_>,
    chat: ChatId,
    account: AccountId,
) -> sqlx::Result<Option<LetterId>> {
    let found: Option<Option<LetterId>> = on!(tx, c => sqlx::query_scalar(
        "SELECT asked_letter FROM presence WHERE chat_id = $1 AND account_id = $2")
        .bind(chat).bind(account).fetch_optional(c).await)?;
    Ok(found.flatten())
}

pub(crate) async fn set_asked(
    tx: &mut Tx<'_>,
    chat: ChatId,
    account: AccountId,
    letter: LetterId,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE presence SET asked_letter = $1 WHERE chat_id = $2 AND account_id = $3")
            .bind(letter)
            .bind(chat)
            .bind(account)
    )
    .map(|_| ())
}

/// Whether an account is in a chat as far as we have seen.
pub(crate) async fn is_in(tx: &mut Tx<'_>, chat: ChatId, account: AccountId) -> sqlx::Result<bool> {
    let count: i64 = on!(tx, c => sqlx::query_scalar(
        "SELECT count(*) FROM presence
         WHERE chat_id = $1 AND account_id = $2 AND left_at IS NULL")
        .bind(chat).bind(account).fetch_one(c).await)?;
    Ok(count > 0)
}

/// When somebody of the staff last wrote in a chat.
pub(crate) async fn staff_spoke_at(
    tx: &mut Tx<'_>,
    chat: ChatId,
) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT max(presence.spoke_at) FROM presence
         JOIN staff ON staff.account_id = presence.account_id AND staff.state = 'active'
         WHERE presence.chat_id = $1")
        .bind(chat).fetch_one(c).await)
}
