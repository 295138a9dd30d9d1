//! What came in. A raw update is committed here before Telegram is told that we have it; it leaves
//! as `done` together with its effect, or stays as `dead` for a person to look at.

use std::time::Duration;

use super::chat::{ChatId, Echo};
use super::clock::Timestamp;
use super::meter;
use super::seal::token_hash;
use super::store::{Tx, execute, on};

/// The epoch of what we tell ourselves: echoes of letters.
pub const OWN_EPOCH: i64 = 0;
/// How many updates one commit carries.
pub const BATCH: i64 = 100;
/// How often the Turn of an update may fail by itself before the update is dead.
pub const MOST_FAILURES: i64 = 5;
/// How often it may panic.
pub const MOST_PANICS: i64 = 2;

/// After this long without an update a lower number is one of a new run. Telegram keeps an update for a
/// day, so no latecomer is older, and begins its numbers anew only after a quiet week: any time between
/// the two tells them apart.
pub const QUIET: Duration = Duration::from_hours(3 * 24);

/// A raw update as a door took it in.
#[derive(Clone, Debug)]
pub struct RawUpdate {
    /// The platform's number of the update.
    pub update_id: i64,
    /// The platform's id of the chat, or of the person where there is no chat: what keeps order.
    pub chat_key: i64,
    /// The update, letter for letter.
    pub raw: String,
}

/// A stored update.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Post {
    /// The bot that got it.
    pub bot_id: i64,
    /// Which run of the platform's numbers it belongs to.
    pub epoch: i64,
    /// The platform's number.
    pub update_id: i64,
    /// What keeps order.
    pub chat_key: i64,
    /// The update, letter for letter.
    pub raw: String,
    /// When it came.
    pub received_at: Timestamp,
    /// How often its Turn has failed.
    pub attempts: i64,
}

/// Where the platform's numbers stand for a bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Cursor {
    /// The run of numbers: a restarted sequence begins a new one.
    pub epoch: i64,
    /// The number after the last one stored.
    pub next_update: i64,
}

/// Stores updates and moves the cursor. A number that was stored already is left alone, whatever the
/// order in which they come: a webhook brings the chats side by side, and what could not be taken in
/// comes again later. A lower number that is new is such a latecomer, unless the newest of its run is
/// older than [`QUIET`]: then the platform has begun its numbers anew, and so does an epoch.
///
/// # Errors
/// When the database is away; nothing is stored then.
pub async fn store(
    tx: &mut Tx<'_>,
    bot: i64,
    updates: &[RawUpdate],
    now: Timestamp,
) -> sqlx::Result<Cursor> {
    let mut at = hold_cursor(tx, bot).await?;
    for update in updates {
        if update.update_id < at.next_update {
            if is_stored(tx, bot, at.epoch, update.update_id).await? {
                continue;
            }
            if has_been_quiet(tx, bot, at.epoch, now).await? {
                at = Cursor { epoch: at.epoch + 1, next_update: 0 };
            }
        }
        insert(tx, bot, at.epoch, update, now).await?;
        meter::update_came();
        at.next_update = at.next_update.max(update.update_id + 1);
    }
    execute!(
        tx,
        sqlx::query("UPDATE bot SET epoch = $1, next_update = $2 WHERE bot_id = $3")
            .bind(at.epoch)
            .bind(at.next_update)
            .bind(bot)
    )?;
    Ok(at)
}

/// Reads the cursor and keeps it from others until this transaction ends: updates may be stored side by
/// side, and the cursor must not go back.
async fn hold_cursor(tx: &mut Tx<'_>, bot: i64) -> sqlx::Result<Cursor> {
    on!(tx, c => sqlx::query_as(
        "UPDATE bot SET epoch = epoch WHERE bot_id = $1 RETURNING epoch, next_update")
        .bind(bot).fetch_one(c).await)
}

/// Whether the newest update of this run of numbers is so old that none of them can be on its way.
async fn has_been_quiet(
    tx: &mut Tx<'_>,
    bot: i64,
    epoch: i64,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let newest: Option<Timestamp> = on!(tx, c => sqlx::query_scalar(
        "SELECT received_at FROM inbox WHERE bot_id = $1 AND epoch = $2
         ORDER BY update_id DESC LIMIT 1")
        .bind(bot).bind(epoch).fetch_optional(c).await)?;
    Ok(newest.is_none_or(|at| now.since(at) >= QUIET))
}

async fn is_stored(tx: &mut Tx<'_>, bot: i64, epoch: i64, update: i64) -> sqlx::Result<bool> {
    let count: i64 = on!(tx, c => sqlx::query_scalar(
        "SELECT count(*) FROM inbox WHERE bot_id = $1 AND epoch = $2 AND update_id = $3")
        .bind(bot).bind(epoch).bind(update).fetch_one(c).await)?;
    Ok(count > 0)
}

async fn insert(
    tx: &mut Tx<'_>,
    bot: i64,
    epoch: i64,
    update: &RawUpdate,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO inbox (bot_id, epoch, update_id, chat_key, raw, received_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, 'new')
         ON CONFLICT (bot_id, epoch, update_id) DO NOTHING"
        )
        .bind(bot)
        .bind(epoch)
        .bind(update.update_id)
        .bind(update.chat_key)
        .bind(&update.raw)
        .bind(now)
    )
    .map(|_| ())
}

/// Lets the desk hear what came of a letter. `attempt` tells echoes of one letter apart.
///
/// # Errors
/// When the database is away.
pub async fn echo(
    tx: &mut Tx<'_>,
    bot: i64,
    chat_key: i64,
    echo: &Echo,
    attempt: i64,
    now: Timestamp,
) -> sqlx::Result<()> {
    let raw = serde_json::json!({ "echo": echo }).to_string();
    let update_id = echo.letter.0 * 1000 + attempt.min(999);
    insert(tx, bot, OWN_EPOCH, &RawUpdate { update_id, chat_key, raw }, now).await
}

/// The next updates to be heard, oldest first. A chat whose oldest update waits for another try is
/// left out as a whole, so that its order is kept and it delays nobody.
///
/// # Errors
/// When the database is away.
pub async fn next(tx: &mut Tx<'_>, now: Timestamp) -> sqlx::Result<Vec<Post>> {
    on!(tx, c => sqlx::query_as(
        "SELECT bot_id, epoch, update_id, chat_key, raw, received_at, attempts FROM inbox
         WHERE state = 'new' AND retry_at <= $1
           AND chat_key NOT IN
               (SELECT chat_key FROM inbox WHERE state = 'new' AND retry_at > 0 AND retry_at > $1)
         ORDER BY epoch, update_id LIMIT $2")
        .bind(now).bind(BATCH).fetch_all(c).await)
}

/// Marks an update as heard, in the transaction of its effect.
///
/// # Errors
/// When the database is away.
pub async fn done(tx: &mut Tx<'_>, post: &Post) -> sqlx::Result<()> {
    settle(tx, post, "done", None).await
}

/// Keeps an update that cannot be heard, for a person to look at.
///
/// # Errors
/// When the database is away.
pub async fn bury(tx: &mut Tx<'_>, post: &Post, error: &str) -> sqlx::Result<()> {
    settle(tx, post, "dead", Some(error)).await
}

async fn settle(
    tx: &mut Tx<'_>,
    post: &Post,
    state: &str,
    error: Option<&str>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE inbox SET state = $1, error = $2
         WHERE bot_id = $3 AND epoch = $4 AND update_id = $5"
        )
        .bind(state)
        .bind(error)
        .bind(post.bot_id)
        .bind(post.epoch)
        .bind(post.update_id)
    )
    .map(|_| ())
}

/// Notes a failed try; the chat waits until `after` has passed.
///
/// # Errors
/// When the database is away.
pub async fn retry_later(
    tx: &mut Tx<'_>,
    post: &Post,
    error: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let wait = Duration::from_millis(100 << post.attempts.clamp(0, 6));
    execute!(
        tx,
        sqlx::query(
            "UPDATE inbox SET attempts = attempts + 1, retry_at = $1, error = $2
         WHERE bot_id = $3 AND epoch = $4 AND update_id = $5"
        )
        .bind(now.plus(wait))
        .bind(error)
        .bind(post.bot_id)
        .bind(post.epoch)
        .bind(post.update_id)
    )
    .map(|_| ())
}

/// How many updates have not been heard yet.
///
/// # Errors
/// When the database is away.
pub async fn waiting(tx: &mut Tx<'_>) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar("SELECT count(*) FROM inbox WHERE state = 'new'")
        .fetch_one(c).await)
}

/// Notes that something has had its effect; `false` if it had it before.
///
/// # Errors
/// When the database is away.
pub async fn first_time(tx: &mut Tx<'_>, key: &str, now: Timestamp) -> sqlx::Result<bool> {
    let added = execute!(
        tx,
        sqlx::query("INSERT INTO seen (key, at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
            .bind(key)
            .bind(now)
    )?;
    Ok(added == 1)
}

/// The key under which one version of a message is seen once. The words are part of it, because two
/// edits within one second bear the same date.
#[must_use]
pub fn message_key(chat: ChatId, message: i64, edited_at: Option<Timestamp>, text: &str) -> String {
    match edited_at {
        None => format!("msg:{}:{message}", chat.0),
        Some(at) => format!("msg:{}:{message}:{}:{}", chat.0, at.millis(), token_hash(text)),
    }
}
