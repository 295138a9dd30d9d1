//! The lines of the pinned card: how many have reported, and each member with the value of this health
//! check. Who has died or moved is not among them.

use super::check::{Check, CheckState, is_fever};
use super::reading::{Celsius, Site};
use super::{current_slot, store};
use crate::base::language::{Arg, Phrase, say};
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::{Household, Member};

/// A line of the card for each member.
///
/// # Errors
/// When the database is away.
pub async fn card_lines(
    turn: &mut Turn<'_>,
    household: &Household,
    members: &[Member],
) -> Done<Vec<Phrase>> {
    let now = turn.now();
    let slot = current_slot(turn, household, now).await?;
    let checks = match &slot {
        Some(slot) => store::checks_of_slot(&mut turn.tx, slot.id).await?,
        None => Vec::new(),
    };
    let mut lines = Vec::with_capacity(members.len() + 1);
    lines.extend(reported_line(&checks));
    for member in members.iter().filter(|member| member.is_here()) {
        let latest = match &slot {
            Some(slot) => store::of_slot(&mut turn.tx, slot.id, member.id).await?,
            None => store::latest_of_member(&mut turn.tx, member.id)
                .await?
                .filter(|report| report.said_at >= household.imported_at),
        };
        let state = checks.iter().find(|check| check.member_id == member.id).map(|c| c.state);
        let fever = latest.as_ref().is_some_and(|report| {
            let celsius = Celsius::from_tenths(tenths(report.tenths));
            is_fever(celsius, site_of(report), &turn.settings().fever)
        });
        let mark = match (latest.is_some(), member.is_muted()) {
            (false, true) => say("card-mark-hospital"),
            _ => card_mark(latest.is_some(), fever, state),
        };
        let value = match &latest {
            Some(report) => {
                Arg::from(say("card-value").with("celsius", Arg::Tenths(report.tenths)))
            }
            None => Arg::from(""),
        };
        lines.push(
            say("card-member")
                .with("n", member.n)
                .with("name", &member.name)
                .with("mark", mark)
                .with("value", value),
        );
    }
    Ok(lines)
}

/// How many have reported for the slot, of how many: never one yes for the whole family.
fn reported_line(checks: &[Check]) -> Option<Phrase> {
    let waited = |check: &&Check| check.state != CheckState::Excused;
    let total = checks.iter().filter(waited).count();
    let done = checks.iter().filter(|check| check.state.is_reported()).count();
    (total > 1).then(|| say("card-reported").with("n", done).with("total", total))
}

fn tenths(stored: i64) -> i32 {
    i32::try_from(stored).unwrap_or_default()
}

fn site_of(report: &store::Report) -> Option<Site> {
    report.site.as_deref().and_then(|site| site.parse().ok())
}

fn card_mark(reported: bool, fever: bool, state: Option<CheckState>) -> Phrase {
    use CheckState::{Excused, Overdue, SystemDown};
    match (reported, state) {
        (true, _) if fever => say("card-mark-help"),
        (true, _) => say("card-mark-done"),
        (false, None) => say("card-mark-later"),
        (false, Some(Excused | SystemDown)) => say("card-mark-none"),
        (false, Some(Overdue)) => say("card-mark-overdue"),
        (false, Some(_)) => say("card-mark-waiting"),
    }
}
