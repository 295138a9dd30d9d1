//! What was done to an alert is taken back within ten minutes: the alert as it was is kept with the
//! step that changed it.

use std::time::Duration;

use super::alert::{Alert, AlertState, Step, next_due};
use super::{attempt, chat, note, open_key, store};
use crate::base::clock::Timestamp;
use crate::base::language::say;
use crate::base::turn::{Done, Turn};
use crate::desk::reference::StaffId;
use crate::desk::staff::person::Staff;
use crate::desk::who::Who;

/// How long an action on an alert can be taken back (messages: one-tap actions).
pub const UNDO: Duration = Duration::from_mins(10);

/// Takes back the last action on an alert, within ten minutes of it.
///
/// # Errors
/// Refused when there is nothing to take back.
pub async fn undo(turn: &mut Turn<'_>, alert: Alert, by: &Staff) -> Done {
    let since = turn.now().minus(UNDO);
    let step = store::last_undoable(&mut turn.tx, alert.id, since).await?;
    let before = step.as_ref().and_then(|step| step.before.as_deref());
    let Some((step, before)) = step.as_ref().zip(before.and_then(Before::read)) else {
        return Err(say("already-closed").into());
    };
    let reopened = !alert.is_open();
    if reopened && store::was_resolved_by_others(&mut turn.tx, alert.id).await? {
        return Err(say("already-closed").into());
    }
    let alert = before.put_back(alert, turn.now());
    store::forget_before(&mut turn.tx, step.id).await?;
    let now = turn.now();
    attempt::store::undo(&mut turn.tx, alert.id, step.at, now).await?;
    store::save(&mut turn.tx, &alert).await?;
    if reopened {
        reopen_key(turn, &alert).await?;
    }
    turn.touch(alert.household_id);
    note(turn, &alert, Step::Undone, Who::Staff(by.id), &[], None, None).await?;
    chat::show(turn, &alert).await
}

/// What ended an alert was taken back: it waits again, on the rung where it was.
///
/// # Errors
/// When the database is away.
pub async fn reopen(turn: &mut Turn<'_>, mut alert: Alert, by: &Staff) -> Done {
    let now = turn.now();
    alert.state = AlertState::Raised;
    alert.resolved_at = None;
    alert.taken_by = None;
    alert.due_at = next_due(&alert, alert.rung, alert.state, false, &turn.settings().ladder, now);
    store::save(&mut turn.tx, &alert).await?;
    reopen_key(turn, &alert).await?;
    turn.touch(alert.household_id);
    note(turn, &alert, Step::Undone, Who::Staff(by.id), &[], None, None).await?;
    chat::show(turn, &alert).await
}

async fn reopen_key(turn: &mut Turn<'_>, alert: &Alert) -> Done {
    let about = alert.subject.request.clone().unwrap_or_default();
    let key = open_key(alert.kind, alert.household_id, alert.member_id, &about);
    if store::open_with_key(&mut turn.tx, &key).await?.is_none() {
        store::set_open_key(&mut turn.tx, alert.id, &key).await?;
    }
    Ok(())
}

/// What an alert was before an action, to put it back.
#[derive(serde::Serialize, serde::Deserialize)]
struct Before {
    state: String,
    rung: i64,
    taken_by: Option<StaffId>,
    contacted_at: Option<i64>,
    excused_until: Option<i64>,
    due_at: Option<i64>,
}

pub(super) fn before(alert: &Alert) -> String {
    let before = Before {
        state: alert.state.word().to_owned(),
        rung: alert.rung,
        taken_by: alert.taken_by,
        contacted_at: alert.contacted_at.map(Timestamp::millis),
        excused_until: alert.excused_until.map(Timestamp::millis),
        due_at: alert.due_at.map(Timestamp::millis),
    };
    serde_json::to_string(&before).unwrap_or_default()
}

impl Before {
    fn read(stored: &str) -> Option<Self> {
        serde_json::from_str(stored).ok()
    }

    /// The alert as it was; a rung that fell due meanwhile is due now.
    fn put_back(&self, mut alert: Alert, now: Timestamp) -> Alert {
        alert.state = self.state.parse().unwrap_or(AlertState::Raised);
        alert.rung = self.rung;
        alert.taken_by = self.taken_by;
        alert.contacted_at = self.contacted_at.map(Timestamp::from_millis);
        alert.excused_until = self.excused_until.map(Timestamp::from_millis);
        alert.due_at = self.due_at.map(|at| Timestamp::from_millis(at).max(now));
        alert.resolved_at = None;
        alert
    }
}
