//! A member is left in peace until the next slot: asleep after a night shift, away for a test.

use std::time::Duration;

use super::check::{Check, CheckState};
use super::{current_slot, next_opening, store};
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::escalation::alert::Alert;
use crate::desk::household;
use crate::desk::staff::person::Staff;

/// Excuses the member of an overdue alert until the next slot opens.
///
/// # Errors
/// Refused when the alert is over.
pub async fn excuse(turn: &mut Turn<'_>, alert: Alert, by: &Staff) -> Done {
    let household = household::store::get(&mut turn.tx, alert.household_id).await?;
    let now = turn.now();
    if let Some(member) = alert.member_id
        && let Some(slot) = current_slot(turn, &household, now).await?
    {
        store::set_check(&mut turn.tx, slot.id, member, CheckState::Excused).await?;
    }
    let next = next_opening(turn, &household, now.plus(Duration::from_millis(1)));
    let until = next.map_or(now.plus(Duration::from_hours(12)), |opening| opening.at);
    turn.touch(household.id);
    escalation::excuse(turn, alert, by, until, "excused").await
}

/// An excuse was taken back: the check is late again.
///
/// # Errors
/// When the database is away.
pub async fn unexcuse(turn: &mut Turn<'_>, alert: &Alert) -> Done {
    let Some(member) = alert.member_id else { return Ok(()) };
    let now = turn.now();
    let Some(slot) = store::slot_at(&mut turn.tx, alert.household_id, now).await? else {
        return Ok(());
    };
    let checks = store::checks_of_slot(&mut turn.tx, slot.id).await?;
    let excused = |check: &Check| check.member_id == member && check.state == CheckState::Excused;
    if checks.iter().any(excused) {
        store::set_check(&mut turn.tx, slot.id, member, CheckState::Overdue).await?;
        turn.touch(alert.household_id);
    }
    Ok(())
}
