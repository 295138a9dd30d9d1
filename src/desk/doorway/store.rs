//! The rows of the door: acknowledgements, accounts by what Telegram calls them, what strangers were
//! told.

use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};

pub(crate) async fn is_acknowledged(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<bool> {
    let count: i64 = on!(tx, c => sqlx::query_scalar(
        "SELECT count(*) FROM acknowledgement WHERE household_id = $1")
        .bind(household).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Records an acknowledgement; `false` if it was there before.
pub(crate) async fn acknowledge(
    tx: &mut Tx<'_>,
    household: i64,
    account: AccountId,
    version: i64,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let added = execute!(
        tx,
        sqlx::query(
            "INSERT INTO acknowledgement (household_id, account_id, notice_version, at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (household_id, account_id, notice_version) DO NOTHING"
        )
        .bind(household)
        .bind(account)
        .bind(version)
        .bind(now)
    )?;
    Ok(added == 1)
}

pub(crate) async fn account(
    tx: &mut Tx<'_>,
    bot: i64,
    telegram_id: i64,
) -> sqlx::Result<Option<AccountId>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT id FROM account WHERE bot_id = $1 AND telegram_id = $2")
        .bind(bot).bind(telegram_id).fetch_optional(c).await)
}

/// Notes that a stranger's chat is told the neutral sentence; `false` if it was since an instant.
pub(crate) async fn note_stranger(
    tx: &mut Tx<'_>,
    chat: ChatId,
    now: Timestamp,
    since: Timestamp,
) -> sqlx::Result<bool> {
    let noted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO stranger_notice (chat_id, at) VALUES ($1, $2)
         ON CONFLICT (chat_id) DO UPDATE SET at = excluded.at WHERE stranger_notice.at <= $3"
        )
        .bind(chat)
        .bind(now)
        .bind(since)
    )?;
    Ok(noted == 1)
}
