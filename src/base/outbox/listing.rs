//! Letters as they are listed and counted, for timelines, drills and tests.

use super::LetterState;
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, on};

/// A letter as it is listed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LetterRow {
    /// Its number.
    pub id: i64,
    /// When it was written.
    pub written_at: Timestamp,
    /// The bot that speaks.
    pub bot_id: i64,
    /// The platform's id of the chat.
    pub telegram_id: Option<i64>,
    /// The stored number of its lane.
    pub lane: i64,
    /// Which text.
    pub text_id: Option<String>,
    /// In which language.
    pub language: Option<String>,
    /// The text's arguments, as JSON.
    pub args: String,
    /// What is done, as JSON.
    pub outgoing: String,
    /// Whether it makes no sound.
    pub silent: bool,
    /// What has become of it.
    pub state: LetterState,
    /// The message that it made, changed, pinned or reacted to.
    pub message_id: Option<i64>,
    /// What it answers, in ids.
    pub cause: String,
}

/// The columns of [`LetterRow`].
macro_rules! letters_where {
    ($condition:literal) => {
        concat!(
            "SELECT o.id, o.written_at, o.bot_id, chat.telegram_id, o.lane, o.text_id, o.language, ",
            "o.args, o.outgoing, o.silent, o.state, o.message_id, o.cause ",
            "FROM outbox o JOIN chat ON chat.id = o.chat_id WHERE ",
            $condition,
            " ORDER BY o.id"
        )
    };
}

/// The letters with a greater number, in their order.
///
/// # Errors
/// When the database is away.
pub async fn letters_since(tx: &mut Tx<'_>, id: i64) -> sqlx::Result<Vec<LetterRow>> {
    on!(tx, c => sqlx::query_as(letters_where!("o.id > $1")).bind(id).fetch_all(c).await)
}

/// The letters about a household, in their order.
///
/// # Errors
/// When the database is away.
pub async fn letters_about(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<LetterRow>> {
    on!(tx, c => sqlx::query_as(letters_where!("o.household_id = $1"))
        .bind(household).fetch_all(c).await)
}

/// How many letters could go now or are on their way: what a drill waits for. What waits in a held chat
/// could not, until it is too late for it.
///
/// # Errors
/// When the database is away.
pub async fn unsettled(tx: &mut Tx<'_>, now: Timestamp) -> sqlx::Result<i64> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT count(*) FROM outbox o JOIN chat ON chat.id = o.chat_id
         WHERE o.state IN ('queued', 'sending')
           AND (o.state = 'sending' OR o.not_before <= $1 AND
                (chat.held_at IS NULL OR NOT o.guarded OR o.expires_at <= $1))")
        .bind(now).fetch_one(c).await)
}
