//! The timeline of a household: every report in all versions, every check, alert step, letter, contact,
//! request and change of state, in the order of time, by the contract's shapes.

use serde_json::{Value, json};

use super::escalation::attempt;
use super::escalation::store as alerts;
use super::household::file::State;
use super::household::passage;
use super::household::store as households;
use super::reference::StaffId;
use super::who::{Who, as_json};
use super::{health_check, supply};
use crate::base::clock::Timestamp;
use crate::base::outbox::{self, Lane, LetterRow};
use crate::base::store::Tx;

/// Everything that happened to a household, ordered by instant, then by id. Of a purged one only the
/// changes of its state are told.
///
/// # Errors
/// When the database is away or there is no such household.
pub async fn timeline(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Value>> {
    let file = households::get(tx, household).await?;
    if file.state == State::Purged {
        let states = states(tx, household).await?;
        return Ok(states.into_iter().map(|(_, entry)| entry).collect());
    }
    let mut entries = health_check::story::story(tx, &file).await?;
    entries.extend(alert_steps(tx, household).await?);
    entries.extend(contacts(tx, household).await?);
    entries.extend(letters(tx, household).await?);
    entries.extend(states(tx, household).await?);
    entries.extend(attempts(tx, household).await?);
    let requests = supply::story(tx, household).await?;
    entries.extend(requests.into_iter().map(|entry| (at_of(&entry), entry)));
    entries.sort_by(|(at, one), (other_at, other)| {
        (at, one["id"].as_str()).cmp(&(other_at, other["id"].as_str()))
    });
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn at_of(entry: &Value) -> Timestamp {
    serde_json::from_value(entry["at"].clone()).unwrap_or_default()
}

async fn alert_steps(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<(Timestamp, Value)>> {
    let known = alerts::of_household(tx, household).await?;
    let members = households::members(tx, household).await?;
    let mut entries = Vec::new();
    for step in alerts::steps(tx, household).await? {
        let Some(alert) = known.iter().find(|alert| alert.id == step.alert_id) else { continue };
        let member = members.iter().find(|member| Some(member.id) == alert.member_id);
        let to: Vec<StaffId> = serde_json::from_str(&step.recipients).unwrap_or_default();
        entries.push((
            step.at,
            json!({
                "id": format!("alert-{:08}", step.id),
                "at": step.at,
                "kind": "alert",
                "who": as_json(&step.who_kind, step.who_ref.as_deref()),
                "ref": alert.id,
                "type": alert.kind.word(),
                "member": member.map(|member| member.n),
                "step": step.step.word(),
                "rung": step.rung,
                "to": to,
                "reason": step.reason,
                "marks": alert.subject.marks,
            }),
        ));
    }
    Ok(entries)
}

async fn contacts(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<(Timestamp, Value)>> {
    let rows = alerts::contacts(tx, household).await?;
    let entry = |(id, at, way, outcome, staff): (
        i64,
        Timestamp,
        super::escalation::Way,
        super::escalation::Outcome,
        StaffId,
    )| {
        let entry = json!({
            "id": format!("contact-{id:08}"),
            "at": at,
            "kind": "contact",
            "who": Who::Staff(staff),
            "way": way.word(),
            "outcome": outcome.word(),
        });
        (at, entry)
    };
    Ok(rows.into_iter().map(entry).collect())
}

async fn letters(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<(Timestamp, Value)>> {
    let rows = outbox::letters_about(tx, household).await?;
    let entry = |row: LetterRow| {
        let entry = json!({
            "id": format!("letter-{:08}", row.id),
            "at": row.written_at,
            "kind": "letter",
            "who": Who::System,
            "letter": row.id,
            "chat_id": row.telegram_id,
            "text_id": row.text_id,
            "language": row.language,
            "lane": Lane::word_of(row.lane),
            "silent": row.silent,
            "state": row.state.word(),
            "message_id": row.message_id,
        });
        (row.written_at, entry)
    };
    Ok(rows.into_iter().map(entry).collect())
}

async fn states(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<(Timestamp, Value)>> {
    let rows = passage::store::of_household(tx, household).await?;
    let entry = |row: passage::store::PassageRow| {
        let entry = json!({
            "id": format!("state-{:08}", row.id),
            "at": row.at,
            "kind": "state",
            "who": as_json(&row.who_kind, row.who_ref.as_deref()),
            "from": row.was,
            "to": row.became,
            "reason": row.reason,
            "member": row.member_n,
        });
        (row.at, entry)
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// What was tried to reach a household that never answered, apart from contact.
async fn attempts(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<(Timestamp, Value)>> {
    let rows = attempt::store::of_household(tx, household).await?;
    let entry = |row: attempt::store::AttemptRow| {
        let entry = json!({
            "id": format!("attempt-{:08}", row.id),
            "at": row.at,
            "kind": "attempt",
            "who": Who::Staff(row.staff_id),
            "ref": row.alert_id,
            "way": row.way.word(),
            "outcome": row.outcome.word(),
            "undone": row.undone_at.is_some(),
        });
        (row.at, entry)
    };
    Ok(rows.into_iter().map(entry).collect())
}
