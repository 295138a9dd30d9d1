//! A household passes to another worker: the giver names the receiver, the receiver accepts. Until
//! then the giver stays responsible (rules: hand-over). The household hears one plain sentence.

use std::time::Duration;

use super::file::Household;
use super::{Manner, Telling, passage, store as households, tell};
use crate::base::chat::{ChatId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::journal;
use crate::base::language::{Phrase, say};
use crate::base::outbox::{Button, Lane, Letter};
use crate::base::store::stored_word;
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::press::Press;
use crate::desk::reference::StaffId;
use crate::desk::staff;
use crate::desk::staff::person::{Role, Staff, folded};
use crate::desk::who::Who;

pub(crate) mod store;

/// How long nobody but the two are told that a hand-over waits (rules: hand-over).
const UNACCEPTED: Duration = Duration::from_mins(15);

/// A household that was offered to somebody.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Transfer {
    /// Its row.
    pub id: i64,
    /// The household.
    pub household_id: i64,
    /// Who offered it.
    pub giver_id: StaffId,
    /// Who is to have it.
    pub receiver_id: StaffId,
    /// The message that asks the receiver.
    pub letter_id: Option<LetterId>,
    /// When it was accepted, declined or withdrawn.
    pub settled_at: Option<Timestamp>,
}

/// What became of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    /// The receiver has the household.
    Accepted,
    /// The giver keeps it.
    Declined,
    /// Another offer took its place, or the period ended.
    Withdrawn,
}
stored_word!(Outcome);

/// Whether somebody may be given a household: a person with rights to look after one.
fn may_receive(staff: &Staff) -> bool {
    staff.has_joined() && matches!(staff.role, Role::Worker | Role::Lead | Role::Officer)
}

// ---- Offering ----

/// Somebody offers a household to a colleague of this name.
///
/// # Errors
/// Refused when the period is over, nobody of that name can have it, or the worker has it already.
pub async fn offer(
    turn: &mut Turn<'_>,
    household: &Household,
    by: &Staff,
    chat: ChatId,
    name: &str,
) -> Done {
    if household.state.is_over() {
        return Err(say("already-closed").into());
    }
    if name.is_empty() {
        return Err(say("transfer-how").with("door", household.door()).into());
    }
    let receiver = staff::store::named(&mut turn.tx, &folded(name)).await?;
    let receiver = receiver.filter(may_receive);
    let receiver = receiver.ok_or_else(|| say("transfer-nobody").with("name", name))?;
    if receiver.id == household.worker_id {
        return Err(say("transfer-same").with("staff", &receiver.name).into());
    }
    withdraw(turn, household).await?;
    let (now, due) = (turn.now(), turn.now().plus(UNACCEPTED));
    let id = store::insert(&mut turn.tx, household.id, by.id, receiver.id, now, due).await?;
    if let Some(letter) = ask(turn, household, by, &receiver).await? {
        store::set_letter(&mut turn.tx, id, letter).await?;
    }
    note(turn, household, Who::Staff(by.id), "household.offer", receiver.id).await?;
    let worker = staff::store::get(&mut turn.tx, household.worker_id).await?;
    let offered = say("transfer-offered")
        .with("door", household.door())
        .with("staff", &receiver.name)
        .with("worker", &worker.name);
    answer(turn, by, chat, household, offered).await
}

async fn ask(
    turn: &mut Turn<'_>,
    household: &Household,
    by: &Staff,
    receiver: &Staff,
) -> Done<Option<LetterId>> {
    let Some(chat) = receiver.chat_id else { return Ok(None) };
    let worker = staff::store::get(&mut turn.tx, household.worker_id).await?;
    let open = escalation::open_of(&mut turn.tx, household.id).await?;
    let phrase = say("transfer-ask")
        .with("door", household.door())
        .with("place", household.place())
        .with("staff", &by.name)
        .with("worker", &worker.name)
        .with("day", household.day_of(turn.now()).max(0))
        .with("days", household.days)
        .with("count", open.len());
    let code = || household.code.clone();
    let keys = vec![vec![
        Button::press(say("transfer-accept"), Press::TransferAccept { household: code() }),
        Button::press(say("transfer-decline"), Press::TransferDecline { household: code() }),
    ]];
    let language = staff::language(turn.ground, &mut turn.tx, receiver).await?;
    let letter = Letter::say(chat, &language, phrase).about(household.id).keys(keys);
    turn.post(letter).await.map(Some)
}

/// An offer that waits ends with the period, or with another offer.
///
/// # Errors
/// When the database is away.
pub async fn withdraw(turn: &mut Turn<'_>, household: &Household) -> Done {
    let Some(open) = store::open_of(&mut turn.tx, household.id).await? else { return Ok(()) };
    settle(turn, household, &open, Outcome::Withdrawn, say("transfer-withdrawn")).await
}

// ---- Answering ----

/// The offer of a household that was last made to somebody, whatever became of it.
///
/// # Errors
/// When the database is away.
pub async fn offered_to(
    turn: &mut Turn<'_>,
    household: i64,
    receiver: StaffId,
) -> Done<Option<Transfer>> {
    Ok(store::latest_to(&mut turn.tx, household, receiver).await?)
}

/// The receiver takes the household over: it is theirs with everything that is open in it.
///
/// # Errors
/// Refused when the offer has been answered or has ended.
pub async fn accept(turn: &mut Turn<'_>, household: &mut Household, by: &Staff) -> Done<Phrase> {
    let offer = still_open(turn, household, by).await?;
    let before = household.worker_id;
    let backup = household.backup_id.filter(|backup| *backup != by.id);
    let done = say("transfer-taken").with("door", household.door());
    settle(turn, household, &offer, Outcome::Accepted, done).await?;
    households::set_worker(&mut turn.tx, household.id, by.id, backup).await?;
    (household.worker_id, household.backup_id) = (by.id, backup);
    let reason = format!("transferred: {before} to {}", by.id);
    passage::note(turn, household, &reason, Who::Staff(by.id)).await?;
    note(turn, household, Who::Staff(by.id), "household.take_over", by.id).await?;
    escalation::hand_over(turn, household.id, before, by, backup).await?;
    for told in [offer.giver_id, before].into_iter().collect::<std::collections::BTreeSet<_>>() {
        tell_staff(turn, household, told, by, say("transfer-accepted")).await?;
    }
    let phrase = say("transfer-told").with("staff", &by.name);
    tell(turn, household, Telling::new(phrase, Manner::Unasked, Lane::Reply)).await?;
    Ok(say("transfer-toast-accepted"))
}

/// The receiver does not take the household; whoever offered it is told.
///
/// # Errors
/// Refused when the offer has been answered or has ended.
pub async fn decline(turn: &mut Turn<'_>, household: &Household, by: &Staff) -> Done<Phrase> {
    let offer = still_open(turn, household, by).await?;
    let done = say("transfer-left").with("door", household.door());
    settle(turn, household, &offer, Outcome::Declined, done).await?;
    note(turn, household, Who::Staff(by.id), "household.decline", by.id).await?;
    tell_staff(turn, household, offer.giver_id, by, say("transfer-declined")).await?;
    Ok(say("transfer-toast-declined"))
}

async fn still_open(turn: &mut Turn<'_>, household: &Household, by: &Staff) -> Done<Transfer> {
    let offer = store::latest_to(&mut turn.tx, household.id, by.id).await?;
    let open = offer.filter(|offer| offer.settled_at.is_none() && !household.state.is_over());
    open.ok_or_else(|| say("already-closed").into())
}

/// An offer has its end; the message that asked says which.
async fn settle(
    turn: &mut Turn<'_>,
    household: &Household,
    offer: &Transfer,
    outcome: Outcome,
    said: Phrase,
) -> Done {
    let now = turn.now();
    if !store::settle(&mut turn.tx, offer.id, outcome, now).await? {
        return Err(say("already-closed").into());
    }
    let receiver = staff::store::get(&mut turn.tx, offer.receiver_id).await?;
    let Some((letter, chat)) = offer.letter_id.zip(receiver.chat_id) else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, &receiver).await?;
    let phrase = said.with("door", household.door());
    turn.post(Letter::edit(chat, &language, letter, phrase).about(household.id)).await?;
    Ok(())
}

// ---- Waiting ----

/// Nobody has answered for a quarter of an hour: the nearest lead on duty hears of it, else the
/// officers, else everybody who leads. The giver stays responsible.
///
/// # Errors
/// When the database is away.
pub async fn fall_due(turn: &mut Turn<'_>, id: i64) -> Done {
    store::heard_late(&mut turn.tx, id).await?;
    let Some(offer) = store::open(&mut turn.tx, id).await? else { return Ok(()) };
    let household = households::get(&mut turn.tx, offer.household_id).await?;
    let giver = staff::store::get(&mut turn.tx, offer.giver_id).await?;
    let worker = staff::store::get(&mut turn.tx, household.worker_id).await?;
    let receiver = staff::store::get(&mut turn.tx, offer.receiver_id).await?;
    for reader in commanders(turn, &household, giver.id).await? {
        let phrase = say("transfer-waits")
            .with("door", household.door())
            .with("place", household.place())
            .with("giver", &giver.name)
            .with("staff", &receiver.name)
            .with("worker", &worker.name);
        let Some(chat) = reader.chat_id else { continue };
        answer(turn, &reader, chat, &household, phrase).await?;
    }
    Ok(())
}

async fn commanders(
    turn: &mut Turn<'_>,
    household: &Household,
    giver: StaffId,
) -> Done<Vec<Staff>> {
    let on_duty = |staff: &Staff| staff.is_on_duty() && staff.id != giver;
    for role in [Role::Lead, Role::Officer] {
        let found = staff::nearest(&mut turn.tx, role, &household.area, on_duty).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(staff::chain_of_command(&mut turn.tx, &household.area).await?)
}

// ---- Telling ----

async fn tell_staff(
    turn: &mut Turn<'_>,
    household: &Household,
    to: StaffId,
    receiver: &Staff,
    phrase: Phrase,
) -> Done {
    let reader = staff::store::get(&mut turn.tx, to).await?;
    let Some(chat) = reader.chat_id.filter(|_| to != receiver.id) else { return Ok(()) };
    let phrase = phrase.with("door", household.door()).with("staff", &receiver.name);
    answer(turn, &reader, chat, household, phrase).await
}

async fn answer(
    turn: &mut Turn<'_>,
    reader: &Staff,
    chat: ChatId,
    household: &Household,
    phrase: Phrase,
) -> Done {
    let language = staff::language(turn.ground, &mut turn.tx, reader).await?;
    turn.post(Letter::say(chat, &language, phrase).about(household.id)).await?;
    Ok(())
}

async fn note(
    turn: &mut Turn<'_>,
    household: &Household,
    who: Who,
    action: &str,
    receiver: StaffId,
) -> Done {
    let object = format!("household {}", household.id);
    let detail = serde_json::json!({ "receiver": receiver });
    journal::note(turn, &who.actor(), action, &object, Some(household.id), detail).await
}
