//! Groups that are nobody's: the bot was brought into one, and nobody has bound it. It says one neutral
//! sentence and leaves.

use std::time::Duration;

use super::store;
use crate::base::chat::{ChatId, ChatKind, Outgoing};
use crate::base::directory::{self, Chat};
use crate::base::language::{LanguageTag, say};
use crate::base::outbox::Letter;
use crate::base::turn::{Done, Turn};
use crate::desk::household;
use crate::desk::household::file::State;

/// How long a group has to be bound.
const PATIENCE: Duration = Duration::from_mins(10);
/// How often a stranger's chat gets the neutral sentence at most.
const STRANGER_PACE: Duration = Duration::from_hours(1);

/// The bot is in a chat: if that is a group and nobody's, it will leave.
///
/// # Errors
/// When the database is away.
pub async fn entered(turn: &mut Turn<'_>, chat: &Chat) -> Done {
    if chat.kind != ChatKind::Group || is_somebodys(turn, chat.id).await? {
        return Ok(());
    }
    let due_at = turn.now().plus(PATIENCE);
    Ok(store::put_foreign(&mut turn.tx, chat.id, due_at).await?)
}

/// Whether a chat is that of a household which is not over.
async fn is_somebodys(turn: &mut Turn<'_>, chat: ChatId) -> Done<bool> {
    let found = household::store::in_chat(&mut turn.tx, chat).await?;
    Ok(found.is_some_and(|one| !matches!(one.state, State::Closed | State::Purged)))
}

/// The time of a group is over: it is left, unless somebody has bound it.
///
/// # Errors
/// When the database is away.
pub async fn fall_due(turn: &mut Turn<'_>, id: i64) -> Done {
    let Some(id) = store::take_foreign(&mut turn.tx, id).await? else { return Ok(()) };
    let chat = directory::chat(&mut turn.tx, id).await?;
    let gone = chat.telegram_id.is_none() || chat.closed_at.is_some();
    if gone || is_somebodys(turn, id).await? {
        return Ok(());
    }
    let language = turn.ground.default_language();
    neutral(turn, id, &language).await?;
    turn.post(Letter::act(id, &language, Outgoing::Leave)).await?;
    Ok(())
}

/// One neutral sentence to a stranger, at most once an hour and chat.
///
/// # Errors
/// When the database is away.
pub async fn neutral(turn: &mut Turn<'_>, chat: ChatId, language: &LanguageTag) -> Done {
    let now = turn.now();
    let since = now.minus(STRANGER_PACE);
    if !store::note_stranger(&mut turn.tx, chat, now, since).await? {
        return Ok(());
    }
    let phrase = say("stranger").with("number", &turn.settings().emergency.number);
    turn.post(Letter::say(chat, language, phrase).neutral()).await?;
    Ok(())
}
