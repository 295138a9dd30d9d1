//! Which chats and accounts there are, under our own numbers, and which bot speaks. Our numbers
//! stay when the platform changes its own.

use super::chat::{AccountId, ChatId, ChatKind, Closure, Person};
use super::clock::Timestamp;
use super::store::{Tx, execute, on};

/// A chat as we know it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Chat {
    /// Our number.
    pub id: ChatId,
    /// The bot that is in it.
    pub bot_id: i64,
    /// The platform's id; `None` once another row has taken its place.
    pub telegram_id: Option<i64>,
    /// What kind it is.
    pub kind: ChatKind,
    /// Since when it is shut to us.
    pub closed_at: Option<Timestamp>,
}

/// A person's account as we know it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Account {
    /// Our number.
    pub id: AccountId,
    /// The platform's id.
    pub telegram_id: i64,
    /// What the person calls themselves; proves nothing, is shown to staff alone.
    pub name: String,
    /// What the person's app is set to.
    pub proposed_language: Option<String>,
    /// What the person chose.
    pub language: Option<String>,
}

/// The bot that was last met on this database: its id and name.
///
/// # Errors
/// When the database is away.
pub async fn last_bot(tx: &mut Tx<'_>) -> sqlx::Result<Option<(i64, String)>> {
    on!(tx, c => sqlx::query_as("SELECT bot_id, username FROM bot ORDER BY met_at DESC LIMIT 1")
        .fetch_optional(c).await)
}

/// Remembers the bot that getMe named.
///
/// # Errors
/// When the database is away.
pub async fn meet_bot(tx: &mut Tx<'_>, bot: i64, name: &str, at: Timestamp) -> sqlx::Result<()> {
    execute!(tx, sqlx::query(
        "INSERT INTO bot (bot_id, username, epoch, next_update, met_at) VALUES ($1, $2, 1, 0, $3)
         ON CONFLICT (bot_id) DO UPDATE SET username = excluded.username, met_at = excluded.met_at")
        .bind(bot).bind(name).bind(at))
    .map(|_| ())
}

/// Finds a chat by the platform's id.
///
/// # Errors
/// When the database is away.
pub async fn find_chat(tx: &mut Tx<'_>, bot: i64, telegram_id: i64) -> sqlx::Result<Option<Chat>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, bot_id, telegram_id, kind, closed_at FROM chat
         WHERE bot_id = $1 AND telegram_id = $2")
        .bind(bot).bind(telegram_id).fetch_optional(c).await)
}

/// A chat by our number.
///
/// # Errors
/// When the database is away or the number is not ours.
pub async fn chat(tx: &mut Tx<'_>, id: ChatId) -> sqlx::Result<Chat> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, bot_id, telegram_id, kind, closed_at FROM chat WHERE id = $1")
        .bind(id).fetch_one(c).await)
}

/// The chat with this platform id, made when it is new.
///
/// # Errors
/// When the database is away.
pub async fn chat_for(
    tx: &mut Tx<'_>,
    bot: i64,
    telegram_id: i64,
    kind: ChatKind,
) -> sqlx::Result<Chat> {
    on!(tx, c => sqlx::query_as(
        "INSERT INTO chat (bot_id, telegram_id, kind) VALUES ($1, $2, $3)
         ON CONFLICT (bot_id, telegram_id) DO UPDATE SET kind = excluded.kind
         RETURNING id, bot_id, telegram_id, kind, closed_at")
        .bind(bot).bind(telegram_id).bind(kind).fetch_one(c).await)
}

/// Gives a chat its new platform id. A row that already stood for the new id hands over its letters
/// and steps aside.
///
/// # Errors
/// When the database is away.
pub async fn move_chat(tx: &mut Tx<'_>, chat: ChatId, bot: i64, to: i64) -> sqlx::Result<()> {
    if let Some(other) = find_chat(tx, bot, to).await?.filter(|other| other.id != chat) {
        execute!(
            tx,
            sqlx::query("UPDATE outbox SET chat_id = $1 WHERE chat_id = $2")
                .bind(chat)
                .bind(other.id)
        )?;
        execute!(
            tx,
            sqlx::query("UPDATE chat SET telegram_id = NULL WHERE id = $1").bind(other.id)
        )?;
    }
    execute!(tx, sqlx::query("UPDATE chat SET telegram_id = $1 WHERE id = $2").bind(to).bind(chat))
        .map(|_| ())
}

/// Notes that a chat is shut to us; says whether it was open before.
///
/// # Errors
/// When the database is away.
pub async fn close_chat(
    tx: &mut Tx<'_>,
    chat: ChatId,
    why: Closure,
    at: Timestamp,
) -> sqlx::Result<bool> {
    let changed =
        execute!(tx, sqlx::query(
        "UPDATE chat SET closed_at = $1, closed_why = $2 WHERE id = $3 AND closed_at IS NULL")
        .bind(at).bind(why).bind(chat))?;
    Ok(changed == 1)
}

/// Notes that a chat is open to us again; says whether it was shut before.
///
/// # Errors
/// When the database is away.
pub async fn reopen_chat(tx: &mut Tx<'_>, chat: ChatId) -> sqlx::Result<bool> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE chat SET closed_at = NULL, closed_why = NULL
         WHERE id = $1 AND closed_at IS NOT NULL"
        )
        .bind(chat)
    )?;
    Ok(changed == 1)
}

/// Holds a chat: guarded letters to it wait. Says whether it was not held before.
///
/// # Errors
/// When the database is away.
pub async fn hold_chat(tx: &mut Tx<'_>, chat: ChatId, at: Timestamp) -> sqlx::Result<bool> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE chat SET held_at = $1 WHERE id = $2 AND held_at IS NULL")
            .bind(at)
            .bind(chat)
    )?;
    Ok(changed == 1)
}

/// Frees a chat that was held: what waits goes, in order. Says whether it was held.
///
/// # Errors
/// When the database is away.
pub async fn free_chat(tx: &mut Tx<'_>, chat: ChatId) -> sqlx::Result<bool> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE chat SET held_at = NULL WHERE id = $1 AND held_at IS NOT NULL")
            .bind(chat)
    )?;
    Ok(changed == 1)
}

/// The account of a person, made when it is new.
///
/// # Errors
/// When the database is away.
pub async fn account_for(
    tx: &mut Tx<'_>,
    bot: i64,
    person: &Person,
    at: Timestamp,
) -> sqlx::Result<Account> {
    on!(tx, c => sqlx::query_as(
        "INSERT INTO account (bot_id, telegram_id, name, proposed_language, first_seen_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (bot_id, telegram_id) DO UPDATE
         SET name = excluded.name,
             proposed_language = COALESCE(excluded.proposed_language, account.proposed_language)
         RETURNING id, telegram_id, name, proposed_language, language")
        .bind(bot).bind(person.id).bind(&person.name).bind(&person.language).bind(at).fetch_one(c).await)
}

/// An account by our number.
///
/// # Errors
/// When the database is away or the number is not ours.
pub async fn account(tx: &mut Tx<'_>, id: AccountId) -> sqlx::Result<Account> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, telegram_id, name, proposed_language, language FROM account WHERE id = $1")
        .bind(id).fetch_one(c).await)
}

/// Records the language that a person chose.
///
/// # Errors
/// When the database is away.
pub async fn choose_language(tx: &mut Tx<'_>, id: AccountId, tag: &str) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("UPDATE account SET language = $1 WHERE id = $2").bind(tag).bind(id))
        .map(|_| ())
}
