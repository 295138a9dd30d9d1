//! The alerts' rows, their steps, and who was told in which letter.

use super::alert::{Alert, AlertRef, AlertState, Kind, Step, Subject};
use super::{Outcome, Way};
use crate::base::chat::LetterId;
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, execute, on};
use crate::desk::reference::StaffId;
use crate::desk::who::Who;

/// The columns of [`Alert`], so that every query reads the same alert.
macro_rules! alert_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, kind, household_id, member_id, area, worker_id, backup_id, subject, ",
            "raised_at, rung, state, taken_by, contacted_at, excused_until, resolved_at, due_at, ",
            "(SELECT s.name FROM calling c JOIN staff s ON s.id = c.staff_id ",
            "WHERE c.household_id = alert.household_id) AS caller, ",
            "(SELECT c.due_at FROM calling c WHERE c.household_id = alert.household_id) ",
            "AS called_until FROM alert WHERE ",
            $condition
        )
    };
}

pub(crate) async fn find(tx: &mut Tx<'_>, id: AlertRef) -> sqlx::Result<Option<Alert>> {
    on!(tx, c => sqlx::query_as(alert_where!("id = $1")).bind(id).fetch_optional(c).await)
}

pub(crate) async fn open_with_key(tx: &mut Tx<'_>, key: &str) -> sqlx::Result<Option<Alert>> {
    on!(tx, c => sqlx::query_as(alert_where!("open_key = $1")).bind(key).fetch_optional(c).await)
}

pub(crate) async fn open_of_household(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Alert>> {
    on!(tx, c => sqlx::query_as(alert_where!(
        "household_id = $1 AND state <> 'resolved' ORDER BY id"))
        .bind(household).fetch_all(c).await)
}

pub(crate) async fn of_household(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Alert>> {
    on!(tx, c => sqlx::query_as(alert_where!("household_id = $1 ORDER BY id"))
        .bind(household).fetch_all(c).await)
}

pub(crate) async fn in_letter(tx: &mut Tx<'_>, letter: LetterId) -> sqlx::Result<Vec<Alert>> {
    on!(tx, c => sqlx::query_as(alert_where!(
        "id IN (SELECT alert_id FROM told WHERE letter_id = $1) ORDER BY id"))
        .bind(letter).fetch_all(c).await)
}

/// The open alerts that a person was told of.
pub(crate) async fn open_told_to(tx: &mut Tx<'_>, staff: StaffId) -> sqlx::Result<Vec<Alert>> {
    on!(tx, c => sqlx::query_as(alert_where!(
        "state <> 'resolved' AND id IN (SELECT alert_id FROM told WHERE staff_id = $1)
         ORDER BY id"))
        .bind(staff).fetch_all(c).await)
}

pub(crate) async fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, due_at FROM alert WHERE due_at IS NOT NULL AND due_at <= $1
         ORDER BY due_at LIMIT $2")
        .bind(now).bind(limit).fetch_all(c).await)
}

pub(crate) async fn next_due(tx: &mut Tx<'_>) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar("SELECT min(due_at) FROM alert WHERE due_at IS NOT NULL")
        .fetch_one(c).await)
}

/// An alert to be written.
pub(crate) struct Row<'r> {
    pub kind: Kind,
    pub key: &'r str,
    pub household: i64,
    pub member: Option<i64>,
    pub area: &'r str,
    pub worker: StaffId,
    pub backup: Option<StaffId>,
    pub subject: &'r Subject,
    pub now: Timestamp,
}

/// How many alerts of each kind are open; a kind without any is left out.
pub(crate) async fn open_by_kind(tx: &mut Tx<'_>) -> sqlx::Result<Vec<(Kind, i64)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT kind, count(*) FROM alert WHERE open_key IS NOT NULL GROUP BY kind")
        .fetch_all(c).await)
}

pub(crate) async fn insert(tx: &mut Tx<'_>, row: &Row<'_>) -> sqlx::Result<AlertRef> {
    let subject = serde_json::to_string(row.subject).unwrap_or_default();
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO alert (kind, open_key, household_id, member_id, area, worker_id, backup_id,
             subject, raised_at, rung, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 'raised') RETURNING id")
        .bind(row.kind).bind(row.key).bind(row.household).bind(row.member).bind(row.area)
        .bind(row.worker).bind(row.backup).bind(subject).bind(row.now).fetch_one(c).await)
}

/// Writes everything of an alert that changes.
pub(crate) async fn save(tx: &mut Tx<'_>, alert: &Alert) -> sqlx::Result<()> {
    let subject = serde_json::to_string(&alert.subject).unwrap_or_default();
    execute!(tx, sqlx::query(
        "UPDATE alert SET subject = $1, rung = $2, state = $3, taken_by = $4, contacted_at = $5,
             excused_until = $6, resolved_at = $7, due_at = $8,
             open_key = CASE WHEN $9 THEN NULL ELSE open_key END
         WHERE id = $10")
        .bind(subject).bind(alert.rung).bind(alert.state).bind(alert.taken_by)
        .bind(alert.contacted_at).bind(alert.excused_until).bind(alert.resolved_at)
        .bind(alert.due_at).bind(alert.state == AlertState::Resolved).bind(alert.id))
    .map(|_| ())
}

/// Gives a reopened alert its key back, so that nothing is raised beside it.
pub(crate) async fn set_open_key(tx: &mut Tx<'_>, id: AlertRef, key: &str) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("UPDATE alert SET open_key = $1 WHERE id = $2").bind(key).bind(id))
        .map(|_| ())
}

pub(crate) async fn hand_to(
    tx: &mut Tx<'_>,
    household: i64,
    worker: StaffId,
    backup: Option<StaffId>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE alert SET worker_id = $1, backup_id = $2
         WHERE household_id = $3 AND state <> 'resolved'"
        )
        .bind(worker)
        .bind(backup)
        .bind(household)
    )
    .map(|_| ())
}

/// A step to be written.
pub(crate) struct NewStep<'s> {
    pub alert: AlertRef,
    pub at: Timestamp,
    pub step: Step,
    pub rung: i64,
    pub to: &'s [StaffId],
    pub reason: Option<&'s str>,
    pub who: Who,
    /// What the alert was before, if the step can be undone.
    pub before: Option<String>,
}

pub(crate) async fn note(tx: &mut Tx<'_>, new: &NewStep<'_>) -> sqlx::Result<()> {
    let to = serde_json::to_string(new.to).unwrap_or_default();
    execute!(tx, sqlx::query(
        "INSERT INTO alert_step (alert_id, at, step, rung, recipients, reason, who_kind, who_ref,
             before)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(new.alert).bind(new.at).bind(new.step).bind(new.rung).bind(to).bind(new.reason)
        .bind(new.who.kind()).bind(new.who.reference()).bind(&new.before))
    .map(|_| ())
}

/// A step as it was written.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct StepRow {
    pub id: i64,
    pub alert_id: AlertRef,
    pub at: Timestamp,
    pub step: Step,
    pub rung: i64,
    pub recipients: String,
    pub reason: Option<String>,
    pub who_kind: String,
    pub who_ref: Option<String>,
    pub before: Option<String>,
}

/// The steps of a household's alerts.
pub(crate) async fn steps(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<StepRow>> {
    on!(tx, c => sqlx::query_as(
        "SELECT s.id, s.alert_id, s.at, s.step, s.rung, s.recipients, s.reason, s.who_kind,
                s.who_ref, s.before
         FROM alert_step s JOIN alert a ON a.id = s.alert_id
         WHERE a.household_id = $1 ORDER BY s.at, s.id")
        .bind(household).fetch_all(c).await)
}

/// The last step of an alert that somebody took and can take back.
pub(crate) async fn last_undoable(
    tx: &mut Tx<'_>,
    alert: AlertRef,
    since: Timestamp,
) -> sqlx::Result<Option<StepRow>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, alert_id, at, step, rung, recipients, reason, who_kind, who_ref, before
         FROM alert_step WHERE alert_id = $1 AND before IS NOT NULL AND at >= $2
         ORDER BY id DESC LIMIT 1")
        .bind(alert).bind(since).fetch_optional(c).await)
}

/// Whether the last word on an alert was not that of staff: a report came, or it ran out.
pub(crate) async fn was_resolved_by_others(tx: &mut Tx<'_>, alert: AlertRef) -> sqlx::Result<bool> {
    let last: Option<(String, String)> = on!(tx, c => sqlx::query_as(
        "SELECT step, who_kind FROM alert_step WHERE alert_id = $1 ORDER BY id DESC LIMIT 1")
        .bind(alert).fetch_optional(c).await)?;
    Ok(last.is_some_and(|(step, who)| step == "resolved" && who != "staff"))
}

/// Whether the last word on an alert is that staff entered the reading it waited for.
pub(crate) async fn was_reported_by_staff(tx: &mut Tx<'_>, alert: AlertRef) -> sqlx::Result<bool> {
    let last: Option<(String, String, Option<String>)> = on!(tx, c => sqlx::query_as(
        "SELECT step, who_kind, reason FROM alert_step WHERE alert_id = $1 ORDER BY id DESC LIMIT 1")
        .bind(alert).fetch_optional(c).await)?;
    Ok(last.is_some_and(|(step, who, reason)| {
        step == "resolved" && who == "staff" && reason.as_deref() == Some("reported")
    }))
}

pub(crate) async fn forget_before(tx: &mut Tx<'_>, step: i64) -> sqlx::Result<()> {
    execute!(tx, sqlx::query("UPDATE alert_step SET before = NULL WHERE id = $1").bind(step))
        .map(|_| ())
}

/// Who was told of an alert, in which letter.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct Told {
    pub staff_id: StaffId,
    pub rung: i64,
    pub at: Timestamp,
    pub letter_id: LetterId,
}

pub(crate) async fn told(tx: &mut Tx<'_>, alert: AlertRef) -> sqlx::Result<Vec<Told>> {
    on!(tx, c => sqlx::query_as(
        "SELECT staff_id, rung, told_at AS at, letter_id FROM told WHERE alert_id = $1
         ORDER BY told_at, staff_id")
        .bind(alert).fetch_all(c).await)
}

pub(crate) async fn put_told(tx: &mut Tx<'_>, alert: AlertRef, told: &Told) -> sqlx::Result<()> {
    execute!(tx, sqlx::query(
        "INSERT INTO told (alert_id, staff_id, rung, told_at, letter_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (alert_id, staff_id) DO UPDATE
         SET rung = excluded.rung, told_at = excluded.told_at, letter_id = excluded.letter_id")
        .bind(alert).bind(told.staff_id).bind(told.rung).bind(told.at).bind(told.letter_id))
    .map(|_| ())
}

/// A person is told no more of an alert; the letter in which it stood.
pub(crate) async fn forget_told(
    tx: &mut Tx<'_>,
    alert: AlertRef,
    staff: StaffId,
) -> sqlx::Result<Option<LetterId>> {
    on!(tx, c => sqlx::query_scalar(
        "DELETE FROM told WHERE alert_id = $1 AND staff_id = $2 RETURNING letter_id")
        .bind(alert).bind(staff).fetch_optional(c).await)
}

/// The newest letter of a text that tells a person of alerts on a rung, written since an instant.
pub(crate) async fn current_letter(
    tx: &mut Tx<'_>,
    staff: StaffId,
    rung: i64,
    text_id: &str,
    since: Timestamp,
) -> sqlx::Result<Option<LetterId>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT o.id FROM outbox o JOIN told t ON t.letter_id = o.id
         WHERE t.staff_id = $1 AND t.rung = $2 AND o.text_id = $3 AND o.written_at >= $4
           AND o.state NOT IN ('dead', 'skipped')
         ORDER BY o.id DESC LIMIT 1")
        .bind(staff).bind(rung).bind(text_id).bind(since).fetch_optional(c).await)
}

/// Contact that was made or tried.
pub(crate) struct Contact {
    pub way: Way,
    pub outcome: Outcome,
    pub staff: StaffId,
    pub at: Timestamp,
}

pub(crate) async fn note_contact(
    tx: &mut Tx<'_>,
    alert: &Alert,
    contact: &Contact,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO contact (household_id, alert_id, at, way, outcome, staff_id)
         VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(alert.household_id)
        .bind(alert.id)
        .bind(contact.at)
        .bind(contact.way)
        .bind(contact.outcome)
        .bind(contact.staff)
    )
    .map(|_| ())
}

/// A contact as it was written: id, instant, way, outcome, by whom.
pub(crate) async fn contacts(
    tx: &mut Tx<'_>,
    household: i64,
) -> sqlx::Result<Vec<(i64, Timestamp, Way, Outcome, StaffId)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT id, at, way, outcome, staff_id FROM contact WHERE household_id = $1 ORDER BY at, id")
        .bind(household).fetch_all(c).await)
}
