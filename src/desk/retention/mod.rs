//! Retention: what is known of a household's people goes when its time is over. The leads are warned
//! three days before, which can be looked at and not stopped; what is on the keep-list stays as counts.
//! What is about no household goes by age.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::base::chat::Outgoing;
use crate::base::clock::Timestamp;
use crate::base::outbox::{Letter, LetterState};
use crate::base::store::{Tx, schema};
use crate::base::turn::{Done, Fault, Ground, Turn};
use crate::base::{directory, erasure, journal, setting};
use crate::desk::household;
use crate::desk::household::file::{Channel, Household, State};
use crate::desk::household::store as households;
use crate::desk::staff;
use crate::desk::staff::person::{Role, Staff, StaffId};
use crate::desk::who::Who;

mod chat;
pub mod keep;
pub mod schedule;
mod scope;
mod store;

use schedule::{GATHERED, Next, Schedule};

/// How often what is old is looked for.
const SWEEP: Duration = Duration::from_hours(24);
/// How long the updates stay that were heard, letter for letter (threats: retention).
const UPDATES: Duration = Duration::from_hours(7 * 24);
/// How long the updates stay that could not be heard, for a person to look at.
const DEAD_UPDATES: Duration = Duration::from_hours(30 * 24);
/// How long the words of letters stay that are about no household, or about several.
const LETTERS: Duration = Duration::from_hours(30 * 24);
/// How long it is known what was seen; Telegram repeats nothing older than a day.
const SEEN: Duration = Duration::from_hours(7 * 24);
/// How young letters to staff are that a purge leaves alone: their lists and buttons are in use.
const IN_USE: Duration = Duration::from_hours(24);
/// How many times as long as it took the clearing of traces rests: the file is written anew for it,
/// and nobody else writes meanwhile.
const RESTS: u32 = 1000;
/// How long it rests when it could not be done.
const AFTER_FAILURE: Duration = Duration::from_mins(1);
/// How often it is looked whether the bot has left.
const LEAVING: Duration = Duration::from_mins(1);

// ---- A closed household ----

/// A closed household falls due: its leads are warned, or it is purged.
///
/// # Errors
/// When the database is away or a row does not hold what it must.
pub async fn fall_due(turn: &mut Turn<'_>, household: &mut Household) -> Done {
    let schedule = schedule_of(turn, household);
    let warned = store::warned_at(&mut turn.tx, household.id).await?;
    let next = schedule.next(warned.is_some(), turn.now());
    let due = match next {
        Next::Wait(until) => until,
        Next::Warn => return warn(turn).await,
        Next::Purge if !has_left(turn, household, schedule.purge_at).await? => {
            turn.now().plus(LEAVING)
        }
        Next::Purge => return purge(turn, household, warned).await,
    };
    Ok(households::set_due(&mut turn.tx, household.id, Some(due)).await?)
}

fn schedule_of(turn: &Turn<'_>, household: &Household) -> Schedule {
    let released_at = household.released_at.unwrap_or(household.imported_at);
    Schedule::of(released_at, turn.settings().release.retention_days)
}

/// Warns the leads of everything that is to be warned of within a day: one message each.
async fn warn(turn: &mut Turn<'_>) -> Done {
    let now = turn.now();
    let mut told: BTreeMap<StaffId, (Staff, Vec<(Household, Timestamp)>)> = BTreeMap::new();
    for id in store::to_be_warned_of(&mut turn.tx, now.plus(GATHERED)).await? {
        let household = households::get(&mut turn.tx, id).await?;
        let Schedule { warn_at, purge_at } = schedule_of(turn, &household);
        if warn_at >= now.plus(GATHERED) {
            // It was closed a moment ago, and the clock has not looked yet.
            continue;
        }
        for lead in leads(&mut turn.tx, &household.area).await? {
            let (_, list) = told.entry(lead.id).or_insert_with(|| (lead, Vec::new()));
            list.push((household.clone(), purge_at));
        }
        store::set_warned(&mut turn.tx, id, now).await?;
        households::set_due(&mut turn.tx, id, Some(purge_at)).await?;
    }
    for (lead, households) in told.into_values() {
        chat::warn(turn, &lead, households).await?;
    }
    Ok(())
}

/// The leads of an area, the nearest; where there are none, the nearest officers.
async fn leads(tx: &mut Tx<'_>, area: &str) -> sqlx::Result<Vec<Staff>> {
    let leads = staff::nearest(tx, Role::Lead, area, Staff::has_joined).await?;
    if leads.is_empty() {
        return staff::nearest(tx, Role::Officer, area, Staff::has_joined).await;
    }
    Ok(leads)
}

/// Whether the bot is out of the household's group, or has tried all it can. It is asked out once
/// more at the end; a purge waits until that letter has its verdict.
async fn has_left(turn: &mut Turn<'_>, household: &Household, purge_at: Timestamp) -> Done<bool> {
    let Some(id) = household.chat_id.filter(|_| household.channel == Channel::Group) else {
        return Ok(true);
    };
    let chat = directory::chat(&mut turn.tx, id).await?;
    if chat.telegram_id.is_none() || chat.closed_at.is_some() {
        return Ok(true);
    }
    let last = store::last_leave(&mut turn.tx, household.id).await?;
    match last {
        Some((LetterState::Queued | LetterState::Sending, _)) => Ok(false),
        Some((_, written_at)) if written_at >= purge_at => Ok(true),
        _ => {
            let language = household::language(turn.ground, household);
            let leave = Letter::act(id, &language, Outgoing::Leave).about(household.id);
            turn.post(leave).await?;
            Ok(false)
        }
    }
}

/// Everything that tells who the people of a household are goes, in one Turn.
async fn purge(
    turn: &mut Turn<'_>,
    household: &mut Household,
    warned_at: Option<Timestamp>,
) -> Done {
    let (now, id, code) = (turn.now(), household.id, household.code.clone());
    let released = household.released_at.unwrap_or(now);
    household::pass_to(turn, household, State::Purged, None, Who::System).await?;
    turn.take_touched();
    let object = format!("household {id}");
    journal::note(turn, &Who::System.actor(), "retention.purge", &object, Some(id), json!({}))
        .await?;
    let tx = &mut turn.tx;
    store::set_purged(tx, id, now).await?;
    if let Some(at) = warned_at {
        store::erase_warnings(tx, at).await?;
    }
    let schema = schema::tables(tx).await?;
    let scope = store::scope(tx, &schema, id).await?;
    for key in store::keys(tx, &scope).await? {
        erasure::erase_updates_of_chat(tx, key).await?;
    }
    for chat in &scope.chats {
        erasure::forget_seen_in(tx, *chat).await?;
    }
    erasure::forget_presses(tx, &code).await?;
    store::take_letters(tx, &scope).await?;
    store::withdraw(tx, id, now).await?;
    for table in &schema {
        store::purge(tx, &schema, table, &scope).await?;
    }
    sweep_again(tx, released, now).await?;
    check(tx, id).await
}

/// What a purge does to the tables of a schema, as SQL, for those who ask what it costs. The chats and
/// accounts of the household are looked for before.
#[must_use]
pub fn statements(
    schema: &[schema::Table],
    household: i64,
    chats: &[i64],
    accounts: &[i64],
) -> Vec<String> {
    let set = |ids: &[i64]| ids.iter().copied().collect();
    let scope = scope::Scope { household, chats: set(chats), accounts: set(accounts) };
    schema.iter().filter_map(|table| scope.statement(schema, table)).collect()
}

/// A purge that did not take is a fault: it is undone and tried again.
async fn check(tx: &mut Tx<'_>, id: i64) -> Done {
    let household = households::get(tx, id).await?;
    if household.state == State::Purged && household.chat_id.is_none() {
        return Ok(());
    }
    Err(Fault::Broken(format!("household {id} could not be purged")).into())
}

// ---- What is nobody's ----

/// Erases what is old and about no household. After a purge also what may have named the household to
/// staff: letters older than a day, what staff have written and pressed, and what could not be heard
/// before the release.
///
/// # Errors
/// When the database is away.
pub async fn sweep(turn: &mut Turn<'_>) -> Done {
    let now = turn.now();
    let tx = &mut turn.tx;
    store::erase_untied_letters(tx, now.minus(LETTERS)).await?;
    erasure::erase_updates(tx, now.minus(UPDATES), now.minus(DEAD_UPDATES)).await?;
    erasure::forget_seen(tx, now.minus(SEEN)).await?;
    let released = setting::read(tx, setting::PURGED_UNTIL).await?.filter(|at| *at > 0);
    if let Some(released) = released {
        store::erase_untied_letters(tx, now.minus(IN_USE)).await?;
        store::erase_untied_updates(tx, Timestamp::from_millis(released)).await?;
        setting::write(tx, setting::PURGED_UNTIL, 0).await?;
        leave_traces(tx, now).await?;
    }
    put_off_sweep(tx, now.plus(SWEEP)).await?;
    Ok(())
}

/// A household was purged that was released at an instant: the sweep comes at once, one for all that
/// are purged together.
async fn sweep_again(tx: &mut Tx<'_>, released: Timestamp, now: Timestamp) -> sqlx::Result<()> {
    let known = setting::read(tx, setting::PURGED_UNTIL).await?.unwrap_or(0);
    setting::write(tx, setting::PURGED_UNTIL, known.max(released.millis())).await?;
    put_off_sweep(tx, now).await
}

/// When what is old is looked for next: at once in a database where it never was. And from when on
/// traces are to be cleared, if there are any.
///
/// # Errors
/// When the database is away.
pub async fn due_at(tx: &mut Tx<'_>) -> sqlx::Result<(Timestamp, Option<Timestamp>)> {
    let known = store::due_settings(tx).await?;
    let at = |name| known.iter().find(|(known, _)| known == name).map_or(0, |(_, at)| *at);
    let traces = Some(at(setting::TRACES_AT)).filter(|at| *at > 0);
    Ok((Timestamp::from_millis(at(setting::SWEEP_AT)), traces.map(Timestamp::from_millis)))
}

/// Looks for what is old at an instant, not before.
///
/// # Errors
/// When the database is away.
pub async fn put_off_sweep(tx: &mut Tx<'_>, until: Timestamp) -> sqlx::Result<()> {
    setting::write(tx, setting::SWEEP_AT, until.millis()).await
}

// ---- The traces ----

/// Notes that something was erased whose traces are to be cleared, as soon as that may be.
async fn leave_traces(tx: &mut Tx<'_>, now: Timestamp) -> sqlx::Result<()> {
    if due_at(tx).await?.1.is_some() {
        return Ok(());
    }
    let rested = setting::read(tx, setting::TRACES_REST).await?.unwrap_or(0);
    put_off_traces(tx, now.max(Timestamp::from_millis(rested))).await
}

/// Clears the traces of what was erased out of the database's files. It stands in no Turn, because the
/// file is written anew for it, which no transaction holds; and it rests a thousand times as long as
/// it took.
///
/// # Errors
/// When the database is away.
pub async fn clear_traces(ground: &Ground) -> sqlx::Result<()> {
    let begun = Instant::now();
    let cleared = ground.db.clear_traces().await;
    let took = begun.elapsed();
    let now = ground.clock.now();
    let mut tx = ground.db.begin().await?;
    if matches!(cleared, Ok(true)) {
        setting::write(&mut tx, setting::TRACES_AT, 0).await?;
        setting::write(&mut tx, setting::TRACES_REST, now.plus(took * RESTS).millis()).await?;
    } else {
        tracing::warn!(?cleared, "the traces of what was erased could not be cleared yet");
        put_off_traces(&mut tx, now.plus(AFTER_FAILURE)).await?;
    }
    tx.commit().await
}

/// Clears the traces at an instant, not before.
///
/// # Errors
/// When the database is away.
pub async fn put_off_traces(tx: &mut Tx<'_>, until: Timestamp) -> sqlx::Result<()> {
    setting::write(tx, setting::TRACES_AT, until.millis()).await
}
