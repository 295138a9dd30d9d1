//! What the next message of a person in a chat is an answer to, for the few questions that a button
//! cannot hold: the words of a request, the reason for closing an alert.

use std::time::Duration;

use crate::base::chat::{AccountId, ChatId};
use crate::base::store::stored_word;
use crate::base::turn::{Done, Turn};

mod store;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_hours(1);

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Wanted {
    /// What a household needs.
    Need,
    /// Why a request cannot be met; about the request.
    DeclineReason,
    /// Why an alert is closed; about the alert.
    CloseReason,
    /// The temperature of a member; about the alert that waits for it.
    Reading,
    /// What a person wants to say to a person.
    Talk,
    /// How many days longer, and why; about the household.
    Extension,
    /// The answer to a question that a household is asked once; about its row and the question.
    Intake,
}
stored_word!(Wanted);

/// Waits for an answer; an older question to the same person in the same chat is forgotten.
///
/// # Errors
/// When the database is away.
pub async fn ask(
    turn: &mut Turn<'_>,
    chat: ChatId,
    account: AccountId,
    wanted: Wanted,
    about: &str,
) -> Done {
    let now = turn.now();
    Ok(store::put(&mut turn.tx, chat, account, wanted, about, now).await?)
}

/// What is waited for, if the question is not too old.
///
/// # Errors
/// When the database is away.
pub async fn waiting(
    turn: &mut Turn<'_>,
    chat: ChatId,
    account: AccountId,
) -> Done<Option<(Wanted, String)>> {
    let since = turn.now().minus(PATIENCE);
    Ok(store::find(&mut turn.tx, chat, account, since).await?)
}

/// The question was answered.
///
/// # Errors
/// When the database is away.
pub async fn answered(turn: &mut Turn<'_>, chat: ChatId, account: AccountId) -> Done {
    Ok(store::remove(&mut turn.tx, chat, account).await?)
}
