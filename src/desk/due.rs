//! What falls due: each kind of row by its own partial index, all of them in the order of time.

use super::household::file::State;
use super::{card, doorway, escalation, health_check, household, retention, supply, talk};
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, postpone_row};
use crate::base::turn::{Done, Turn};

/// How many rows of each kind one look takes.
const LIMIT: i64 = 100;

/// A row whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// A household: its next slot opens, it was never reached, its chat is to be left, its leads are
    /// to be warned, or it is to be purged.
    Household(i64),
    /// A slot: reminder, nudge, overdue.
    Slot(i64),
    /// A question about a value at fever height.
    Question(i64),
    /// The ladder of an alert.
    Alert(i64),
    /// A supply request that nobody has taken.
    Request(i64),
    /// Words that nobody has answered.
    FreeText(i64),
    /// A group that is nobody's: it is left.
    Foreign(i64),
    /// A household that was offered to a colleague, who has not answered.
    Transfer(i64),
    /// The time in which one person phones a household.
    Calling(i64),
    /// What is old and nobody's is looked for.
    Sweep,
    /// What was erased has left traces in the database's file. The clock loop clears them outside of
    /// any Turn.
    Traces,
}

/// The rows that are due, the earliest first, at most [`LIMIT`] of a kind.
///
/// # Errors
/// When the database is away.
pub async fn due(tx: &mut Tx<'_>, now: Timestamp) -> sqlx::Result<Vec<Due>> {
    let mut all: Vec<(Timestamp, Due)> = Vec::new();
    let mut add = |rows: Vec<(i64, Timestamp)>, kind: fn(i64) -> Due| {
        all.extend(rows.into_iter().map(|(id, at)| (at, kind(id))));
    };
    add(health_check::store::due_households(tx, now, LIMIT).await?, Due::Household);
    add(health_check::store::due_slots(tx, now, LIMIT).await?, Due::Slot);
    add(health_check::store::due_questions(tx, now, LIMIT).await?, Due::Question);
    add(escalation::store::due(tx, now, LIMIT).await?, Due::Alert);
    add(supply::due(tx, now, LIMIT).await?, Due::Request);
    add(talk::due(tx, now, LIMIT).await?, Due::FreeText);
    add(doorway::store::due_foreign(tx, now, LIMIT).await?, Due::Foreign);
    add(household::transfer::store::due(tx, now, LIMIT).await?, Due::Transfer);
    add(escalation::calling::store::due(tx, now, LIMIT).await?, Due::Calling);
    let (sweep, traces) = retention::due_at(tx).await?;
    for (at, due) in [(Some(sweep), Due::Sweep), (traces, Due::Traces)] {
        all.extend(at.filter(|at| *at <= now).map(|at| (at, due)));
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, due)| due).collect())
}

/// When something falls due next.
///
/// # Errors
/// When the database is away.
pub async fn next_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    let (sweep, traces) = retention::due_at(tx).await?;
    let next = [
        health_check::store::next_household_due(tx).await?,
        health_check::store::next_slot_due(tx).await?,
        health_check::store::next_question_due(tx).await?,
        escalation::store::next_due(tx).await?,
        supply::next_due(tx).await?,
        talk::next_due(tx).await?,
        doorway::store::next_foreign_due(tx).await?,
        household::transfer::store::next_due(tx).await?,
        escalation::calling::store::next_due(tx).await?,
        Some(sweep),
        traces,
    ];
    Ok(next.into_iter().flatten().min())
}

/// Does what is due.
///
/// # Errors
/// When the database is away or a row does not hold what it must.
pub async fn fall_due(turn: &mut Turn<'_>, due: Due) -> Done {
    match due {
        Due::Household(id) => {
            let mut household = household::store::get(&mut turn.tx, id).await?;
            match household.state {
                State::Released => household::release::leave(turn, &mut household).await?,
                // It is to be opened again, and the chat of its last period is still open.
                State::Imported if household.chat_id.is_some() => {
                    household::release::leave_behind(turn, &household).await?;
                    health_check::await_opening(turn, &household).await?;
                }
                State::Closed => retention::fall_due(turn, &mut household).await?,
                State::Purged => {
                    household::store::set_due(&mut turn.tx, id, None).await?;
                }
                _ => {
                    health_check::household_due(turn, &household).await?;
                    doorway::strangers::count(turn, &household).await?;
                }
            }
        }
        Due::Slot(id) => health_check::slot_due(turn, id).await?,
        Due::Question(id) => health_check::question_due(turn, id).await?,
        Due::Alert(id) => escalation::fall_due(turn, id).await?,
        Due::Request(id) => supply::fall_due(turn, id).await?,
        Due::FreeText(id) => talk::fall_due(turn, id).await?,
        Due::Foreign(id) => doorway::foreign::fall_due(turn, id).await?,
        Due::Transfer(id) => household::transfer::fall_due(turn, id).await?,
        Due::Calling(id) => escalation::calling::fall_due(turn, id).await?,
        Due::Sweep => retention::sweep(turn).await?,
        // See the clock loop.
        Due::Traces => {}
    }
    card::refresh(turn).await
}

/// Puts a row off whose Turn has failed, so that it leaves the head of its index.
///
/// # Errors
/// When the database is away.
pub async fn postpone(tx: &mut Tx<'_>, due: Due, until: Timestamp) -> sqlx::Result<()> {
    match due {
        Due::Household(id) => postpone_row!(tx, "household", id, until),
        Due::Slot(id) => postpone_row!(tx, "slot", id, until),
        Due::Question(id) => postpone_row!(tx, "question", id, until),
        Due::Alert(id) => postpone_row!(tx, "alert", id, until),
        Due::Request(id) => postpone_row!(tx, "supply_request", id, until),
        Due::FreeText(id) => postpone_row!(tx, "free_text", id, until),
        Due::Foreign(id) => postpone_row!(tx, "foreign_chat", id, until),
        Due::Transfer(id) => postpone_row!(tx, "transfer", id, until),
        Due::Calling(id) => postpone_row!(tx, "calling", id, until),
        Due::Sweep => retention::put_off_sweep(tx, until).await,
        Due::Traces => retention::put_off_traces(tx, until).await,
    }
}
