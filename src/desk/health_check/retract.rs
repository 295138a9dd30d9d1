//! A reading that staff entered is taken back within ten minutes, like every other one-tap action
//! (messages: grid worker's day): the value is superseded, and whoever it was of is waited for again. A
//! danger that the value raised stays until a person closes it.

use super::check::CheckState;
use super::slot::{Slot, Stage};
use super::{current_slot, store};
use crate::base::clock::Timestamp;
use crate::base::turn::{Done, Turn};
use crate::desk::escalation::alert::{Alert, Kind};
use crate::desk::escalation::{self, UNDO};
use crate::desk::household;
use crate::desk::staff::person::Staff;

/// Takes back the reading with which staff ended an overdue alert. `false` if it did not end so, or
/// another value has come since.
///
/// # Errors
/// When the database is away.
pub async fn retract(turn: &mut Turn<'_>, alert: &Alert, by: &Staff) -> Done<bool> {
    let since = turn.now().minus(UNDO);
    let recent = alert.resolved_at.is_some_and(|at| at >= since);
    let Some(member) = alert.member_id.filter(|_| recent && alert.kind == Kind::Overdue) else {
        return Ok(false);
    };
    if !escalation::store::was_reported_by_staff(&mut turn.tx, alert.id).await? {
        return Ok(false);
    }
    let latest = store::latest_of_member(&mut turn.tx, member).await?;
    let entered = latest.filter(|report| report.staff_id.is_some() && report.said_at >= since);
    let Some(report) = entered else { return Ok(false) };
    let now = turn.now();
    store::supersede(&mut turn.tx, report.id, now).await?;
    wait_again(turn, alert.household_id, member, report.slot_id).await?;
    escalation::reopen(turn, alert.clone(), by).await?;
    Ok(true)
}

/// The check that the value answered waits again, if no earlier value answers it.
async fn wait_again(
    turn: &mut Turn<'_>,
    household: i64,
    member: i64,
    slot_id: Option<i64>,
) -> Done {
    turn.touch(household);
    let household = household::store::get(&mut turn.tx, household).await?;
    let now = turn.now();
    let slot = current_slot(turn, &household, now).await?;
    let Some(slot) = slot.filter(|slot| Some(slot.id) == slot_id) else { return Ok(()) };
    if store::of_slot(&mut turn.tx, slot.id, member).await?.is_some() {
        return Ok(());
    }
    let overdue_at = slot.opens_at.plus(turn.settings().checks.overdue_after);
    let late = overdue_at <= now;
    let state = if late { CheckState::Overdue } else { CheckState::Open };
    store::set_check(&mut turn.tx, slot.id, member, state).await?;
    if late { Ok(()) } else { wake(turn, &slot, overdue_at).await }
}

/// A slot that was done with moves on again, to where it is late.
pub(super) async fn wake(turn: &mut Turn<'_>, slot: &Slot, overdue_at: Timestamp) -> Done {
    if slot.due_at.is_none() {
        store::move_slot(&mut turn.tx, slot.id, Stage::Nudged, Some(overdue_at)).await?;
    }
    Ok(())
}
