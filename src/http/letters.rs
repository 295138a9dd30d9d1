//! Letters as data, by the contract's shape, for those who look from outside in a rehearsal.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::base::chat::{Key, Outgoing};
use crate::base::outbox::{self, Lane, LetterRow};
use crate::base::store::Tx;
use crate::telegram::outbound::method;

/// Which letters are wanted.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    /// Only those with a greater id.
    pub since: Option<i64>,
    /// Only those to this chat, by Telegram's id.
    pub chat_id: Option<i64>,
}

/// The letters that are wanted, ordered by id.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &mut Tx<'_>, wanted: &Wanted) -> sqlx::Result<Vec<Value>> {
    let rows = outbox::letters_since(tx, wanted.since.unwrap_or(0)).await?;
    let here = |row: &LetterRow| wanted.chat_id.is_none() || row.telegram_id == wanted.chat_id;
    Ok(rows.iter().filter(|row| here(row)).map(shown).collect())
}

fn shown(row: &LetterRow) -> Value {
    let outgoing: Option<Outgoing> = serde_json::from_str(&row.outgoing).ok();
    json!({
        "id": row.id,
        "at": row.written_at,
        "bot_id": row.bot_id,
        "chat_id": row.telegram_id,
        "lane": Lane::word_of(row.lane),
        "method": outgoing.as_ref().map(method),
        "text_id": row.text_id,
        "language": row.language,
        // Erased ones have none.
        "args": serde_json::from_str::<Value>(&row.args).unwrap_or_else(|_| json!({})),
        "silent": row.silent,
        "state": row.state.word(),
        "message_id": row.message_id,
        "cause": row.cause,
        "buttons": outgoing.map(keys).unwrap_or_default(),
    })
}

fn keys(outgoing: Outgoing) -> Vec<Vec<Value>> {
    let (Outgoing::Say { keys, .. } | Outgoing::Photo { keys, .. } | Outgoing::Edit { keys, .. }) =
        outgoing
    else {
        return Vec::new();
    };
    let key = |key: Key| json!({ "action": key.action, "args": key.args, "data": key.data });
    keys.into_iter().map(|row| row.into_iter().map(key).collect()).collect()
}
