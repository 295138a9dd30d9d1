//! Residents' free words to a person, and the staff's answers back: nothing that somebody writes is
//! left unread. Nothing is translated here.

use std::time::Duration;

use serde_json::json;

use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;
use crate::base::journal;
use crate::base::store::Tx;
use crate::base::turn::{Done, Turn};
use crate::desk::household;
use crate::desk::household::file::{Channel, Household};
use crate::desk::staff;
use crate::desk::staff::person::{Role, Staff};

pub mod chat;
pub mod free_text;
pub(crate) mod store;

use free_text::{FreeText, Hearers, shown_at};

/// How long words wait that nobody can be shown.
const NOBODY: Duration = Duration::from_mins(10);

/// What somebody said.
#[derive(Clone, Copy, Debug)]
pub struct Said<'s> {
    /// The chat.
    pub chat: ChatId,
    /// The message, by the platform's id.
    pub message: i64,
    /// Who said it.
    pub account: Option<AccountId>,
    /// The words; may be empty.
    pub text: &'s str,
    /// Whether it carries anything besides words.
    pub media: bool,
    /// When it was said.
    pub at: Timestamp,
    /// Whether whoever said it has asked for a person a short while ago.
    pub asked_for: bool,
}

/// Writes down what somebody said and shows it to a person: at once, or when nobody has answered.
///
/// # Errors
/// When the database is away.
pub async fn hear(turn: &mut Turn<'_>, household: &Household, said: Said<'_>) -> Done {
    let worker = worker_hears(&mut turn.tx, household, said.chat).await?;
    let hearers = Hearers { worker, asked_for: said.asked_for };
    let patience = turn.settings().free_text.unanswered_after;
    let due_at = shown_at(hearers, said.at, patience);
    let row = store::Row {
        household: household.id,
        chat: said.chat,
        bot: turn.bot,
        message: said.message,
        account: said.account,
        text: said.text,
        media: said.media,
        said_at: said.at,
        due_at,
    };
    let id = store::insert(&mut turn.tx, &row).await?;
    if due_at > said.at {
        return Ok(());
    }
    match store::find(&mut turn.tx, id).await? {
        Some(text) => pass_on(turn, household, &text).await,
        None => Ok(()),
    }
}

/// Whether the household's worker is in the chat; in a resident's private chat nobody else is.
async fn worker_hears(tx: &mut Tx<'_>, household: &Household, chat: ChatId) -> sqlx::Result<bool> {
    let worker = staff::store::get(tx, household.worker_id).await?;
    match worker.account_id {
        Some(account) if household.channel != Channel::Private => {
            household::store::is_in(tx, chat, account).await
        }
        _ => Ok(false),
    }
}

/// Shows words to a person, or waits until there is one.
async fn pass_on(turn: &mut Turn<'_>, household: &Household, text: &FreeText) -> Done {
    let now = turn.now();
    let Some(reader) = reader(&mut turn.tx, household).await? else {
        return Ok(store::wait(&mut turn.tx, text.id, now.plus(NOBODY)).await?);
    };
    chat::show(turn, household, text, &reader).await?;
    Ok(store::settle(&mut turn.tx, text.id, Some(now)).await?)
}

/// Who is shown what a household says: its worker, backup or lead, whoever is on duty first; else
/// whoever of them has joined; else an officer.
///
/// # Errors
/// When the database is away.
pub async fn reader(tx: &mut Tx<'_>, household: &Household) -> sqlx::Result<Option<Staff>> {
    let mut assigned = vec![staff::store::get(tx, household.worker_id).await?];
    if let Some(backup) = household.backup_id {
        assigned.push(staff::store::get(tx, backup).await?);
    }
    for wanted in [is_on_duty, Staff::has_joined] {
        if let Some(found) = assigned.iter().find(|staff| wanted(staff)) {
            return Ok(Some(found.clone()));
        }
        if let Some(lead) = first(tx, Role::Lead, household, wanted).await? {
            return Ok(Some(lead));
        }
    }
    match first(tx, Role::Officer, household, is_on_duty).await? {
        Some(officer) => Ok(Some(officer)),
        None => first(tx, Role::Officer, household, Staff::has_joined).await,
    }
}

fn is_on_duty(staff: &Staff) -> bool {
    staff.has_joined() && staff.on_duty
}

async fn first(
    tx: &mut Tx<'_>,
    role: Role,
    household: &Household,
    wanted: fn(&Staff) -> bool,
) -> sqlx::Result<Option<Staff>> {
    Ok(staff::nearest(tx, role, &household.area, wanted).await?.into_iter().next())
}

/// Somebody of the staff has answered a household through the bot.
///
/// # Errors
/// When the database is away.
pub async fn answered(turn: &mut Turn<'_>, household: &Household, by: &Staff) -> Done {
    store::settle_all(&mut turn.tx, household.id).await?;
    let (actor, cause) = (by.id.to_string(), turn.cause().to_owned());
    journal::note(turn, &actor, "talk.answer", &cause, Some(household.id), json!({})).await
}

/// The words that must be shown, the longest due first.
///
/// # Errors
/// When the database is away.
pub async fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    store::due(tx, now, limit).await
}

/// When the next words must be shown.
///
/// # Errors
/// When the database is away.
pub async fn next_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    store::next_due(tx).await
}

/// Shows words that nobody of the staff has answered in the chat.
///
/// # Errors
/// When the database is away.
pub async fn fall_due(turn: &mut Turn<'_>, id: i64) -> Done {
    let Some(text) = store::find(&mut turn.tx, id).await? else { return Ok(()) };
    if text.due_at.is_none_or(|at| at > turn.now()) {
        return Ok(());
    }
    let spoke_at = household::store::staff_spoke_at(&mut turn.tx, text.chat_id).await?;
    if spoke_at.is_some_and(|at| at > text.said_at) {
        return Ok(store::settle(&mut turn.tx, text.id, None).await?);
    }
    let household = household::store::get(&mut turn.tx, text.household_id).await?;
    pass_on(turn, &household, &text).await
}
