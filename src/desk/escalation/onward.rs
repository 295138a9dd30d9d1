//! An alert goes on to somebody else: to the lead at once, or with its household to another worker.

use super::alert::{Alert, AlertState, Step, TOP_RUNG, next_due};
use super::undo::before;
use super::{chat, note, still_open, store, top};
use crate::base::turn::{Done, Turn};
use crate::desk::reference::StaffId;
use crate::desk::staff;
use crate::desk::staff::person::{Role, Staff};
use crate::desk::who::Who;

/// Passes it to the lead at once.
///
/// # Errors
/// Refused when it is over.
pub async fn pass(turn: &mut Turn<'_>, alert: Alert, by: &Staff) -> Done {
    let before = before(&alert);
    let mut alert = still_open(alert)?;
    alert.state = AlertState::Raised;
    alert.rung = 2;
    let on_duty = |staff: &Staff| staff.is_on_duty() && staff.id != by.id;
    let mut to = staff::nearest(&mut turn.tx, Role::Lead, &alert.area, on_duty).await?;
    if to.is_empty() {
        alert.rung = TOP_RUNG;
        to = staff::nearest(&mut turn.tx, Role::Officer, &alert.area, on_duty).await?;
    }
    if to.is_empty() {
        to = top(&mut turn.tx, &alert).await?;
    }
    let now = turn.now();
    let contacted = alert.contacted_at.is_some();
    let ladder = &turn.settings().ladder;
    alert.due_at = next_due(&alert, alert.rung, alert.state, contacted, ladder, now);
    store::save(&mut turn.tx, &alert).await?;
    let told: Vec<StaffId> = to.iter().map(|staff| staff.id).collect();
    note(turn, &alert, Step::Passed, Who::Staff(by.id), &told, None, Some(before)).await?;
    chat::tell(turn, &alert, &to).await?;
    chat::show(turn, &alert).await
}

/// What is open in a household passes to another worker, who is told of it; it leaves the lists of
/// whoever had it.
///
/// # Errors
/// When the database is away.
pub async fn hand_over(
    turn: &mut Turn<'_>,
    household: i64,
    from: StaffId,
    to: &Staff,
    backup: Option<StaffId>,
) -> Done {
    store::hand_to(&mut turn.tx, household, to.id, backup).await?;
    for alert in store::open_of_household(&mut turn.tx, household).await? {
        let lost = store::forget_told(&mut turn.tx, alert.id, from).await?;
        chat::tell(turn, &alert, std::slice::from_ref(to)).await?;
        if let Some(letter) = lost {
            chat::show_without(turn, &alert, from, letter).await?;
        }
    }
    Ok(())
}
