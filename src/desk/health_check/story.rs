//! A household's reports and checks, as its timeline tells them.

use serde_json::{Value, json};

use super::store;
use crate::base::clock::Timestamp;
use crate::base::directory;
use crate::base::store::Tx;
use crate::desk::household;
use crate::desk::household::file::Household;
use crate::desk::who::Who;

/// The entries of a household's timeline that belong to health checks.
///
/// # Errors
/// When the database is away.
pub async fn story(
    tx: &mut Tx<'_>,
    household: &Household,
) -> sqlx::Result<Vec<(Timestamp, Value)>> {
    let members = household::store::members(tx, household.id).await?;
    let n_of = |id: i64| members.iter().find(|member| member.id == id).map(|member| member.n);
    let checks = store::checks_of_household(tx, household.id).await?;
    let mut entries = Vec::new();
    for check in &checks {
        entries.push((
            check.opens_at,
            json!({
                "id": format!("check-{:08}", check.id),
                "at": check.opens_at,
                "kind": "check",
                "who": Who::System,
                "member": n_of(check.member_id),
                "slot_on": check.slot_on,
                "slot_no": check.slot_no,
                "state": check.state.word(),
            }),
        ));
    }
    let claims = household::store::claims(tx, household.id).await?;
    for report in store::reports_of_household(tx, household.id).await? {
        let slot = match report.slot_id {
            Some(id) => store::slot(tx, id).await?,
            None => None,
        };
        let claimed = report.account_id.and_then(|account| {
            claims.iter().find(|claim| claim.account_id == account).and_then(|c| n_of(c.member_id))
        });
        let alone = members.first().filter(|_| members.len() == 1).map(|member| member.n);
        let who = match (report.staff_id, claimed.or(alone)) {
            (Some(staff), _) => Who::Staff(staff),
            (None, Some(n)) => Who::Member(n),
            (None, None) => Who::Unknown,
        };
        let chat = match report.chat_id {
            Some(chat) => directory::chat(tx, chat).await?.telegram_id,
            None => None,
        };
        entries.push((
            report.said_at,
            json!({
                "id": format!("report-{:08}", report.id),
                "at": report.said_at,
                "kind": "report",
                "who": who,
                "member": n_of(report.member_id),
                "celsius": celsius(report.tenths),
                "site": report.site,
                "symptoms": report.symptoms.as_deref().map(super::read_symptoms),
                "rev": report.rev,
                "superseded": report.superseded_at.is_some(),
                "slot_on": slot.map(|slot| slot.slot_on),
                "slot_no": slot.map(|slot| slot.slot_no),
                "via": report.via.word(),
                "chat_id": chat,
                "message_id": report.message_id,
            }),
        ));
    }
    Ok(entries)
}

/// Degrees with one decimal, as a JSON number.
#[must_use]
pub fn celsius(tenths: i64) -> Value {
    let whole = i32::try_from(tenths).unwrap_or_default();
    json!(f64::from(whole) / 10.0)
}
