//! Supply requests, the plain way: asked by a household, taken, delivered and confirmed. Nothing
//! expires by itself, and what nobody takes in time becomes an alert.

use serde_json::{Value, json};

use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;
use crate::base::journal;
use crate::base::language::Phrase;
use crate::base::store::Tx;
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::escalation::alert::{AlertRef, Kind, Subject};
use crate::desk::household;
use crate::desk::household::file::Household;
use crate::desk::reference::{RequestRef, StaffId};
use crate::desk::staff;
use crate::desk::staff::person::Staff;
use crate::desk::who::{Who, as_json};

pub mod chat;
pub mod request;
pub(crate) mod store;
mod urgent;

use request::{Deed, Request, asked_first};

/// What somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'w> {
    /// The chat in which it is asked.
    pub chat: ChatId,
    /// The account that asks.
    pub account: Option<AccountId>,
    /// The message, by the platform's id; none if it was a command with words.
    pub message: Option<i64>,
    /// The words; may be empty.
    pub text: &'w str,
    /// The photo, by the platform's file.
    pub photo: Option<&'w str>,
    /// Whether it carries anything besides words.
    pub media: bool,
    /// The tag of the language of whoever asks.
    pub language: &'w str,
    /// When it was asked.
    pub asked_at: Timestamp,
}

/// Writes a new request down; says who is to be told. With nobody to tell it becomes an alert at
/// once.
///
/// # Errors
/// When the database is away.
pub async fn ask(
    turn: &mut Turn<'_>,
    household: &Household,
    wish: Wish<'_>,
    who: Who,
) -> Done<(Request, Vec<Staff>)> {
    let to = suppliers(&mut turn.tx, household).await?;
    let now = turn.now();
    let unowned = turn.settings().ladder.request_unowned;
    let row = store::Row {
        household: household.id,
        account: wish.account,
        chat: wish.chat,
        bot: turn.bot,
        message: wish.message,
        text: wish.text,
        photo: wish.photo,
        media: wish.media,
        language: wish.language,
        urgent: urgent::is_urgent(wish.text),
        asked_at: wish.asked_at,
        due_at: if to.is_empty() { now } else { now.plus(unowned) },
    };
    let id = store::insert(&mut turn.tx, &row).await?;
    let request = found(turn, id).await?;
    note(turn, &request, who).await?;
    Ok((request, to))
}

/// Who is asked first for what a household needs.
async fn suppliers(tx: &mut Tx<'_>, household: &Household) -> sqlx::Result<Vec<Staff>> {
    let worker = staff::store::get(tx, household.worker_id).await?;
    let backup = match household.backup_id {
        Some(backup) => Some(staff::store::get(tx, backup).await?),
        None => None,
    };
    Ok(asked_first(worker, backup))
}

/// Who must hear that something is missing: whoever brought it, else those who were asked first.
///
/// # Errors
/// When the database is away.
pub(crate) async fn responsible(
    tx: &mut Tx<'_>,
    household: &Household,
    request: &Request,
) -> sqlx::Result<Vec<Staff>> {
    if let Some(owner) = request.owner_id {
        let owner = staff::store::get(tx, owner).await?;
        if owner.has_joined() {
            return Ok(vec![owner]);
        }
    }
    suppliers(tx, household).await
}

/// The request with this reference.
///
/// # Errors
/// Refused as `already-closed` when there is none.
pub async fn found(turn: &mut Turn<'_>, id: RequestRef) -> Done<Request> {
    store::find(&mut turn.tx, id).await?.ok_or_else(chat::closed)
}

/// Does something about a request.
///
/// # Errors
/// Refused as `already-closed` when it comes too early or too late, or somebody else was quicker.
pub async fn perform(turn: &mut Turn<'_>, was: &Request, deed: Deed, who: Who) -> Done<Request> {
    let now = turn.now();
    let mut request = was.after(deed, staff_id(who), now).ok_or_else(chat::closed)?;
    if request.state.is_unowned() {
        request.due_at = Some(now.plus(turn.settings().ladder.request_unowned));
    }
    if !store::save(&mut turn.tx, was.state, &request).await? {
        return Err(chat::closed());
    }
    if was.state.is_unowned() {
        resolve(turn, &request, deed, who).await?;
    }
    note(turn, &request, who).await?;
    Ok(request)
}

fn staff_id(who: Who) -> Option<StaffId> {
    if let Who::Staff(id) = who { Some(id) } else { None }
}

/// The alert that nobody had it is over.
async fn resolve(turn: &mut Turn<'_>, request: &Request, deed: Deed, who: Who) -> Done {
    let about = request.id.to_string();
    let reason = if deed == Deed::Take { "taken" } else { request.state.word() };
    let household = request.household_id;
    escalation::resolve_matter(turn, Kind::Request, household, None, &about, who, reason).await
}

async fn note(turn: &mut Turn<'_>, request: &Request, who: Who) -> Done {
    let now = turn.now();
    store::note_step(&mut turn.tx, request, who, now).await?;
    turn.touch(request.household_id);
    let action = format!("request.{}", request.state.word());
    let (object, household) = (request.id.to_string(), Some(request.household_id));
    journal::note(turn, &who.actor(), &action, &object, household, json!({})).await
}

/// The requests whose time has come, the longest due first.
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

/// When the next request's time comes.
///
/// # Errors
/// When the database is away.
pub async fn next_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    store::next_due(tx).await
}

/// Nobody has taken a request in time (rules: supplies): it becomes an alert, and again as often as
/// late alerts repeat, until somebody has it.
///
/// # Errors
/// When the database is away.
pub async fn fall_due(turn: &mut Turn<'_>, id: i64) -> Done {
    let now = turn.now();
    let Some(request) = store::find(&mut turn.tx, RequestRef(id)).await? else { return Ok(()) };
    if request.due_at.is_none_or(|at| at > now) {
        return Ok(());
    }
    if !request.state.is_unowned() {
        return Ok(store::set_due(&mut turn.tx, request.id, None).await?);
    }
    let again = now.plus(turn.settings().ladder.overdue_repeat);
    store::set_due(&mut turn.tx, request.id, Some(again)).await?;
    let household = household::store::get(&mut turn.tx, request.household_id).await?;
    let alert = raise(turn, &household, &request).await?;
    let told = escalation::store::told(&mut turn.tx, alert).await?;
    for told in told {
        let person = staff::store::get(&mut turn.tx, told.staff_id).await?;
        chat::tell_once(turn, &household, &request, &person).await?;
    }
    Ok(())
}

async fn raise(turn: &mut Turn<'_>, household: &Household, request: &Request) -> Done<AlertRef> {
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let about = request.id.to_string();
    let subject = household::subject(household, &members, None, turn.now());
    let subject = Subject { request: Some(about.clone()), ..subject };
    household::raise(turn, household, None, Kind::Request, subject, &about, Who::System).await
}

/// What of a household's needs stands in the way of its release.
///
/// # Errors
/// When the database is away.
pub async fn objections(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Phrase>> {
    Ok(open(tx, household).await?.iter().map(chat::objection).collect())
}

/// Whether an urgent request of a household is open.
///
/// # Errors
/// When the database is away.
pub async fn urgent_open(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<bool> {
    Ok(open(tx, household).await?.iter().any(|request| request.urgent))
}

/// The requests of a household for which something is still to be brought.
///
/// # Errors
/// When the database is away.
pub async fn open(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Request>> {
    let mut requests = store::of_household(tx, household).await?;
    requests.retain(|request| request.state.is_open());
    Ok(requests)
}

/// A household's requests as its timeline tells them, step by step.
///
/// # Errors
/// When the database is away.
pub async fn story(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Value>> {
    let steps = store::steps(tx, household).await?;
    Ok(steps.iter().map(step_as_json).collect())
}

fn step_as_json(step: &store::StepRow) -> Value {
    let reference = step.who_ref.as_deref();
    json!({
        "id": format!("request-{:08}", step.id),
        "at": step.at,
        "kind": "request",
        "who": as_json(&step.who_kind, reference),
        "ref": step.request_id,
        "state": step.state.word(),
        "by": reference.filter(|_| step.who_kind == "staff"),
    })
}

/// Every request, as `supply list --json` shows them, in order of their references.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &mut Tx<'_>) -> sqlx::Result<Vec<Value>> {
    let requests = store::all(tx).await?;
    Ok(requests.iter().map(as_listed).collect())
}

fn as_listed(listed: &store::Listed) -> Value {
    let request = &listed.request;
    json!({
        "ref": request.id,
        "household": listed.code,
        "state": request.state.word(),
        "urgent": request.urgent,
        "text": request.text,
        "language": request.language,
        "lines": [],
        "owner": request.owner_id,
        "asked_at": request.asked_at,
        "accepted_at": request.accepted_at,
        "promised_at": request.promised_at,
        "delivered_at": request.delivered_at,
        "confirmed_at": request.confirmed_at,
    })
}
