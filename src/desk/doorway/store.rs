//! The rows of the door: acknowledgements, accounts by what Telegram calls them, what strangers were
//! told, who is a stranger, which groups are nobody's.

use crate::base::chat::{AccountId, ChatId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::household::file::State;
use crate::desk::reference::{AlertRef, StaffId};

pub(crate) mod invite;
pub(crate) mod request;

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

// ---- Strangers ----

/// Somebody who is in a household's chat and does not belong there.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Stranger {
    pub id: i64,
    pub household_id: i64,
    pub account_id: AccountId,
    pub alert_id: Option<AlertRef>,
    /// Whether they are counted among those who belong there.
    pub ours: bool,
    pub remove_letter: Option<LetterId>,
    pub removed_by: Option<StaffId>,
    pub settled_at: Option<Timestamp>,
}

/// The columns of [`Stranger`].
macro_rules! stranger_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, household_id, account_id, alert_id, ours, remove_letter, removed_by, ",
            "settled_at FROM stranger WHERE ",
            $condition
        )
    };
}

pub(crate) async fn open_strangers(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Stranger>> {
    on!(tx, c => sqlx::query_as(stranger_where!("household_id = $1 AND settled_at IS NULL"))
        .bind(household).fetch_all(c).await)
}

pub(crate) async fn open_stranger(
    tx: &mut Tx<'_>,
    household: i64,
    account: AccountId,
) -> sqlx::Result<Option<Stranger>> {
    on!(tx, c => sqlx::query_as(stranger_where!(
        "household_id = $1 AND account_id = $2 AND settled_at IS NULL"))
        .bind(household).bind(account).fetch_optional(c).await)
}

pub(crate) async fn stranger_of(
    tx: &mut Tx<'_>,
    alert: AlertRef,
) -> sqlx::Result<Option<Stranger>> {
    on!(tx, c => sqlx::query_as(stranger_where!("alert_id = $1 AND settled_at IS NULL"))
        .bind(alert).fetch_optional(c).await)
}

/// Whom a letter was to put out, whether they are gone by now or not.
pub(crate) async fn removed_by(
    tx: &mut Tx<'_>,
    letter: LetterId,
) -> sqlx::Result<Option<Stranger>> {
    on!(tx, c => sqlx::query_as(stranger_where!("remove_letter = $1"))
        .bind(letter).fetch_optional(c).await)
}

pub(crate) async fn put_stranger(
    tx: &mut Tx<'_>,
    household: i64,
    account: AccountId,
    ours: bool,
    now: Timestamp,
) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO stranger (household_id, account_id, seen_at, ours)
         VALUES ($1, $2, $3, $4) RETURNING id")
        .bind(household).bind(account).bind(now).bind(ours).fetch_one(c).await)
}

pub(crate) async fn set_alert(tx: &mut Tx<'_>, id: i64, alert: AlertRef) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE stranger SET alert_id = $1 WHERE id = $2").bind(alert).bind(id)
    )
    .map(|_| ())
}

pub(crate) async fn set_removal(
    tx: &mut Tx<'_>,
    id: i64,
    removal: Option<(LetterId, StaffId)>,
) -> sqlx::Result<()> {
    let (letter, by) = removal.unzip();
    execute!(
        tx,
        sqlx::query("UPDATE stranger SET remove_letter = $1, removed_by = $2 WHERE id = $3")
            .bind(letter)
            .bind(by)
            .bind(id)
    )
    .map(|_| ())
}

/// The strangers who are there now are not counted among those who belong there.
pub(crate) async fn mark_as_not_ours(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE stranger SET ours = FALSE WHERE household_id = $1 AND settled_at IS NULL"
        )
        .bind(household)
    )
    .map(|_| ())
}

pub(crate) async fn settle_stranger(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE stranger SET settled_at = $1 WHERE id = $2").bind(now).bind(id)
    )
    .map(|_| ())
}

/// The state from which a household was held last; muted and asked again, it is held as before.
pub(crate) async fn state_before_hold(
    tx: &mut Tx<'_>,
    household: i64,
) -> sqlx::Result<Option<State>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT was FROM passage WHERE household_id = $1 AND became = 'held' AND was <> 'muted'
         ORDER BY id DESC LIMIT 1")
        .bind(household).fetch_optional(c).await)
}

pub(crate) async fn set_counted(tx: &mut Tx<'_>, household: i64, count: i64) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET counted = $1 WHERE id = $2").bind(count).bind(household)
    )
    .map(|_| ())
}

/// So many more or fewer belong to a household's chat, if they were counted.
pub(crate) async fn change_count(tx: &mut Tx<'_>, household: i64, by: i64) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET member_count = member_count + $1 WHERE id = $2")
            .bind(by)
            .bind(household)
    )
    .map(|_| ())
}

/// Forgets that staff refused an account in a household.
pub(crate) async fn forget_refusals(
    tx: &mut Tx<'_>,
    household: i64,
    account: AccountId,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "DELETE FROM claim
         WHERE household_id = $1 AND account_id = $2 AND refused_at IS NOT NULL"
        )
        .bind(household)
        .bind(account)
    )
    .map(|_| ())
}

// ---- Groups that are nobody's ----

pub(crate) async fn due_foreign(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, due_at FROM foreign_chat WHERE due_at IS NOT NULL AND due_at <= $1
         ORDER BY due_at LIMIT $2")
        .bind(now).bind(limit).fetch_all(c).await)
}

pub(crate) async fn next_foreign_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT min(due_at) FROM foreign_chat WHERE due_at IS NOT NULL")
        .fetch_one(c).await)
}

/// A chat is to be left at an instant; an earlier one that stands is kept.
pub(crate) async fn put_foreign(
    tx: &mut Tx<'_>,
    chat: ChatId,
    due_at: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO foreign_chat (chat_id, due_at) VALUES ($1, $2)
         ON CONFLICT (chat_id) DO UPDATE
         SET due_at = COALESCE(foreign_chat.due_at, excluded.due_at)"
        )
        .bind(chat)
        .bind(due_at)
    )
    .map(|_| ())
}

/// The chat behind a due row, which is due no more.
pub(crate) async fn take_foreign(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Option<ChatId>> {
    on!(tx, c => sqlx::query_scalar(
        "UPDATE foreign_chat SET due_at = NULL WHERE id = $1 RETURNING chat_id")
        .bind(id).fetch_optional(c).await)
}

pub(crate) async fn forget_foreign(tx: &mut Tx<'_>, chat: ChatId) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("UPDATE foreign_chat SET due_at = NULL WHERE chat_id = $1").bind(chat))
        .map(|_| ())
}

// ---- Chats that break ----

/// How many are in a household's chat, as far as we have seen, who are neither staff nor strangers.
pub(crate) async fn residents_in(
    tx: &mut Tx<'_>,
    household: i64,
    chat: ChatId,
) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT count(*) FROM presence p
         WHERE p.chat_id = $1 AND p.left_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM staff s
               WHERE s.account_id = p.account_id AND s.state = 'active')
           AND NOT EXISTS (SELECT 1 FROM stranger f
               WHERE f.account_id = p.account_id AND f.household_id = $2
                 AND f.settled_at IS NULL)")
        .bind(chat).bind(household).fetch_one(c).await)
}

pub(crate) async fn set_lacks(tx: &mut Tx<'_>, household: i64, lacks: &str) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query("UPDATE household SET lacks = $1 WHERE id = $2").bind(lacks).bind(household)
    )
    .map(|_| ())
}
