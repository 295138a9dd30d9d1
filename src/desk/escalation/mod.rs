//! Every piece of work that waits for a person is an alert: raised, acknowledged, resolved. This
//! room knows once who is told next and when; what the work is, the alert itself carries.

use crate::base::clock::Timestamp;
use crate::base::journal;
use crate::base::store::Tx;
use crate::base::turn::{Done, Turn};
use crate::desk::reference::StaffId;
use crate::desk::staff;
use crate::desk::staff::person::{Role, Staff};
use crate::desk::who::Who;

mod again;
pub mod alert;
pub mod attempt;
pub mod calling;
pub mod chat;
mod contact;
pub mod list;
mod onward;
mod row;
pub(crate) mod store;
mod undo;

pub use crate::desk::choice::Outcome;
pub use calling::call;
pub use contact::{Way, attempted, contacted, no_answer};
pub use onward::{hand_over, pass};
pub use undo::{UNDO, reopen, undo};

use alert::{Alert, AlertRef, AlertState, Kind, Step, Subject, TOP_RUNG, next_due};
use undo::before;

/// Something for which a person is needed.
#[derive(Clone, Debug)]
pub struct Raise {
    /// What it is about.
    pub kind: Kind,
    /// The household's row.
    pub household: i64,
    /// The member's row, if it stands for one.
    pub member: Option<i64>,
    /// The household's area.
    pub area: String,
    /// The household's worker.
    pub worker: StaffId,
    /// The household's backup.
    pub backup: Option<StaffId>,
    /// What a reader must know.
    pub subject: Subject,
    /// What tells it apart from other alerts of its kind and household, such as a request's ref.
    pub about: String,
}

impl Raise {
    fn key(&self) -> String {
        open_key(self.kind, self.household, self.member, &self.about)
    }
}

/// At most one alert is open for the same kind, household, member and matter.
fn open_key(kind: Kind, household: i64, member: Option<i64>, about: &str) -> String {
    format!("{}:{household}:{}:{about}", kind.word(), member.unwrap_or(0))
}

/// Raises an alert and tells the first rung that has anybody on duty. If one is open already for the
/// same matter, it is added to: what it shows is renewed, and who had rested on it is told again.
///
/// # Errors
/// When the database is away.
pub async fn raise(turn: &mut Turn<'_>, raise: Raise, who: Who) -> Done<AlertRef> {
    let key = raise.key();
    if let Some(open) = store::open_with_key(&mut turn.tx, &key).await? {
        return add_to(turn, open, raise.subject).await;
    }
    let now = turn.now();
    let row = store::Row {
        kind: raise.kind,
        key: &key,
        household: raise.household,
        member: raise.member,
        area: &raise.area,
        worker: raise.worker,
        backup: raise.backup,
        subject: &raise.subject,
        now,
    };
    let id = store::insert(&mut turn.tx, &row).await?;
    let alert = found(turn, id).await?;
    climb(turn, alert, Step::Raised, who, None).await?;
    turn.touch(raise.household);
    Ok(id)
}

async fn add_to(turn: &mut Turn<'_>, mut open: Alert, subject: Subject) -> Done<AlertRef> {
    let calls = open.is_danger() && again::is_call(&subject);
    let slots = open.subject.slots + subject.slots;
    let marks = merged(&open.subject.marks, &subject.marks);
    let rested = open.state == AlertState::Taken && !open.is_danger();
    let symptoms = merged(&open.subject.symptoms, &subject.symptoms);
    let tenths = subject.tenths.or(open.subject.tenths);
    let before_tenths = subject.before_tenths.or(open.subject.before_tenths);
    open.subject = Subject { tenths, before_tenths, symptoms, marks, slots, ..subject };
    open.excused_until = None;
    let id = open.id;
    turn.touch(open.household_id);
    if rested {
        // Whoever had it has had time: a further slot is missed, and the ladder begins anew.
        open.state = AlertState::Raised;
        open.rung = 0;
        climb(turn, open.clone(), Step::Rung, Who::System, None).await?;
    } else {
        store::save(&mut turn.tx, &open).await?;
        chat::show(turn, &open).await?;
    }
    if calls {
        again::tell(turn, &open).await?;
    }
    Ok(id)
}

fn merged(one: &[String], other: &[String]) -> Vec<String> {
    let mut all = one.to_vec();
    all.extend(other.iter().filter(|mark| !one.contains(mark)).cloned());
    all
}

/// Tells the next rung that has anybody on duty; a rung with nobody is passed over at once. At the
/// top, and with nobody on duty anywhere, a danger goes to every joined lead and officer.
async fn climb(
    turn: &mut Turn<'_>,
    mut alert: Alert,
    step: Step,
    who: Who,
    reason: Option<&str>,
) -> Done {
    alert.rung = (alert.rung + 1).min(TOP_RUNG);
    let mut to = rung(&mut turn.tx, &alert).await?;
    while to.is_empty() && alert.rung < TOP_RUNG {
        alert.rung += 1;
        to = rung(&mut turn.tx, &alert).await?;
    }
    if to.is_empty() {
        to = top(&mut turn.tx, &alert).await?;
    }
    let settings = turn.settings();
    let now = turn.now();
    let contacted = alert.contacted_at.is_some();
    alert.due_at = next_due(&alert, alert.rung, alert.state, contacted, &settings.ladder, now);
    store::save(&mut turn.tx, &alert).await?;
    let told: Vec<StaffId> = to.iter().map(|staff| staff.id).collect();
    note(turn, &alert, step, who, &told, reason, None).await?;
    chat::tell(turn, &alert, &to).await
}

/// Who stands on a rung and is on duty (rules: overdue ladder, danger ladder).
async fn rung(tx: &mut Tx<'_>, alert: &Alert) -> sqlx::Result<Vec<Staff>> {
    let on_duty = Staff::is_on_duty;
    let area = &alert.area;
    let mut here = Vec::new();
    match (alert.rung, alert.is_danger()) {
        (1, danger) => {
            here.push(staff::store::get(tx, alert.worker_id).await?);
            if danger {
                here.extend(staff::nearest(tx, Role::Doctor, area, on_duty).await?);
            }
        }
        (2, false) if alert.backup_id.is_some() => {
            if let Some(backup) = alert.backup_id {
                here.push(staff::store::get(tx, backup).await?);
            }
        }
        (2, _) => here = staff::nearest(tx, Role::Lead, area, on_duty).await?,
        _ => here = staff::nearest(tx, Role::Officer, area, on_duty).await?,
    }
    here.retain(on_duty);
    here.dedup_by_key(|staff| staff.id);
    Ok(here)
}

/// Who is told at the top when no officer is on duty: for a danger everybody who leads, else whoever
/// of the lower rungs is there.
async fn top(tx: &mut Tx<'_>, alert: &Alert) -> sqlx::Result<Vec<Staff>> {
    if alert.is_danger() {
        return staff::chain_of_command(tx, &alert.area).await;
    }
    let on_duty = Staff::is_on_duty;
    let leads = staff::nearest(tx, Role::Lead, &alert.area, on_duty).await?;
    if !leads.is_empty() {
        return Ok(leads);
    }
    let worker = staff::store::get(tx, alert.worker_id).await?;
    Ok(Some(worker).filter(on_duty).into_iter().collect())
}

/// Moves the ladder of an alert whose time has come.
///
/// # Errors
/// When the database is away.
pub async fn fall_due(turn: &mut Turn<'_>, id: i64) -> Done {
    let Some(mut alert) = store::find(&mut turn.tx, AlertRef(id)).await? else { return Ok(()) };
    if !alert.is_open() || alert.due_at.is_none_or(|at| at > turn.now()) {
        return Ok(());
    }
    if alert.excused_until.is_some() {
        alert.excused_until = None;
        alert.state = AlertState::Raised;
        alert.rung = 0;
    } else if alert.state == AlertState::Taken && alert.is_danger() {
        alert.rung = TOP_RUNG - 1;
    }
    climb(turn, alert, Step::Rung, Who::System, None).await
}

/// Somebody has it.
///
/// # Errors
/// Refused when it is over, or somebody else was quicker.
pub async fn take(turn: &mut Turn<'_>, alert: Alert, by: &Staff) -> Done {
    if alert.state == AlertState::Taken && alert.taken_by.is_some_and(|other| other != by.id) {
        return Err(crate::base::language::say("already-closed").into());
    }
    change(turn, alert, by, Step::Taken, None, |alert, _| {
        alert.state = AlertState::Taken;
        alert.taken_by = Some(by.id);
    })
    .await?;
    Ok(())
}

/// Nothing is to be done before an instant: in hospital, asleep after a night shift.
///
/// # Errors
/// Refused when it is over.
pub async fn excuse(
    turn: &mut Turn<'_>,
    alert: Alert,
    by: &Staff,
    until: Timestamp,
    reason: &str,
) -> Done {
    change(turn, alert, by, Step::Excused, Some(reason), |alert, _| {
        alert.state = AlertState::Taken;
        alert.taken_by = Some(by.id);
        alert.excused_until = Some(until);
    })
    .await?;
    Ok(())
}

/// It is over, by somebody's word or because what it waited for has come.
///
/// # Errors
/// When the database is away.
pub async fn resolve(turn: &mut Turn<'_>, mut alert: Alert, who: Who, reason: &str) -> Done {
    if !alert.is_open() {
        return Ok(());
    }
    alert.state = AlertState::Resolved;
    alert.resolved_at = Some(turn.now());
    alert.due_at = None;
    store::save(&mut turn.tx, &alert).await?;
    note(turn, &alert, Step::Resolved, who, &[], Some(reason), None).await?;
    turn.touch(alert.household_id);
    chat::show(turn, &alert).await
}

/// Resolves the open alert of a kind, if there is one.
///
/// # Errors
/// When the database is away.
pub async fn resolve_matter(
    turn: &mut Turn<'_>,
    kind: Kind,
    household: i64,
    member: Option<i64>,
    about: &str,
    who: Who,
    reason: &str,
) -> Done {
    let key = open_key(kind, household, member, about);
    match store::open_with_key(&mut turn.tx, &key).await? {
        Some(alert) => resolve(turn, alert, who, reason).await,
        None => Ok(()),
    }
}

/// A reading that came after a danger was raised.
#[derive(Clone, Copy, Debug)]
pub struct Later {
    /// Tenths of a degree Celsius.
    pub tenths: i64,
    /// Whether it takes the place of an earlier value.
    pub corrects: bool,
    /// Whose word it is.
    pub who: Who,
}

/// Adds a later reading to a member's open danger. One that corrects the value is marked so; the
/// alert stays open until a person closes it (rules: corrections).
///
/// # Errors
/// When the database is away.
pub async fn add_reading(turn: &mut Turn<'_>, household: i64, member: i64, later: &Later) -> Done {
    let key = open_key(Kind::Danger, household, Some(member), "");
    let Some(mut alert) = store::open_with_key(&mut turn.tx, &key).await? else { return Ok(()) };
    alert.subject.before_tenths = alert.subject.tenths;
    alert.subject.tenths = Some(later.tenths);
    if later.corrects {
        alert.subject.marks = merged(&alert.subject.marks, &["corrected".to_owned()]);
    }
    store::save(&mut turn.tx, &alert).await?;
    if later.corrects {
        note(turn, &alert, Step::Corrected, later.who, &[], None, None).await?;
    }
    turn.touch(household);
    chat::show(turn, &alert).await
}

/// The open alerts of a household.
///
/// # Errors
/// When the database is away.
pub async fn open_of(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Alert>> {
    store::open_of_household(tx, household).await
}

/// The alert with this reference.
///
/// # Errors
/// Refused as `already-closed` when there is none.
pub async fn found(turn: &mut Turn<'_>, id: AlertRef) -> Done<Alert> {
    let alert = store::find(&mut turn.tx, id).await?;
    alert.ok_or_else(|| crate::base::language::say("already-closed").into())
}

fn still_open(alert: Alert) -> Done<Alert> {
    if alert.is_open() {
        Ok(alert)
    } else {
        Err(crate::base::language::say("already-closed").into())
    }
}

/// One action of a person on an open alert, which can be taken back.
async fn change(
    turn: &mut Turn<'_>,
    alert: Alert,
    by: &Staff,
    step: Step,
    reason: Option<&str>,
    apply: impl FnOnce(&mut Alert, Timestamp),
) -> Done<Alert> {
    let before = before(&alert);
    let mut alert = still_open(alert)?;
    let now = turn.now();
    apply(&mut alert, now);
    let contacted = alert.contacted_at.is_some();
    let ladder = &turn.settings().ladder;
    alert.due_at = alert
        .excused_until
        .or_else(|| next_due(&alert, alert.rung, alert.state, contacted, ladder, now));
    store::save(&mut turn.tx, &alert).await?;
    note(turn, &alert, step, Who::Staff(by.id), &[], reason, Some(before)).await?;
    turn.touch(alert.household_id);
    chat::show(turn, &alert).await?;
    Ok(alert)
}

async fn note(
    turn: &mut Turn<'_>,
    alert: &Alert,
    step: Step,
    who: Who,
    to: &[StaffId],
    reason: Option<&str>,
    before: Option<String>,
) -> Done {
    let new = store::NewStep {
        alert: alert.id,
        at: turn.now(),
        step,
        rung: alert.rung,
        to,
        reason,
        who,
        before,
    };
    store::note(&mut turn.tx, &new).await?;
    let action = format!("alert.{}", step.word());
    let household = Some(alert.household_id);
    let detail = serde_json::json!({ "rung": alert.rung, "to": to });
    journal::note(turn, &who.actor(), &action, &alert.id.to_string(), household, detail).await
}
