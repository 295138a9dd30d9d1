//! What muting means for health checks: nothing is asked, nothing is late, and whoever is muted counts
//! as excused. Asked again, a check that is not late yet is waited for again.

use super::check::CheckState;
use super::retract::wake;
use super::slot::Stage;
use super::{chat, current_slot, missing, store};
use crate::base::language::{Phrase, say};
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::escalation::alert::{Alert, Kind};
use crate::desk::household::file::{Channel, Household, Member};
use crate::desk::household::{self, mute};
use crate::desk::press::Press;
use crate::desk::who::Who;

/// Carries out a press that mutes, or asks again.
///
/// # Errors
/// Refused when it is so already.
pub async fn pressed(
    turn: &mut Turn<'_>,
    household: &mut Household,
    press: &Press,
    who: Who,
) -> Done<Phrase> {
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let member = |n: i64| {
        let found = members.iter().find(|member| member.n == n);
        found.ok_or_else(|| say("already-closed"))
    };
    match press {
        Press::MuteMember { n, why, .. } => {
            let member = member(*n)?;
            let withdrawn = mute::member(turn, household, member, *why, who).await?;
            excuse(turn, household, std::slice::from_ref(member), who).await?;
            if withdrawn {
                remind_others(turn, household).await?;
            }
            Ok(say("mute-toast"))
        }
        Press::MuteHousehold { why, .. } => {
            mute::whole(turn, household, *why, who).await?;
            excuse(turn, household, &members, who).await?;
            Ok(say("mute-toast"))
        }
        Press::MuteEnd { n: 0, .. } => {
            mute::unmute_whole(turn, household, who).await?;
            let again: Vec<Member> = members.iter().filter(|m| !m.is_muted()).cloned().collect();
            ask_again(turn, household, &again).await?;
            Ok(say("mute-toast-end"))
        }
        Press::MuteEnd { n, .. } => {
            let member = member(*n)?;
            mute::unmute_member(turn, household, member, who).await?;
            ask_again(turn, household, std::slice::from_ref(member)).await?;
            Ok(say("mute-toast-end"))
        }
        _ => Err(say("already-closed").into()),
    }
}

/// The checks of the last slot that wait for these members are excused, and what was late is over.
async fn excuse(turn: &mut Turn<'_>, household: &Household, members: &[Member], who: Who) -> Done {
    let now = turn.now();
    if let Some(slot) = current_slot(turn, household, now).await? {
        for check in store::checks_of_slot(&mut turn.tx, slot.id).await? {
            let meant = members.iter().any(|member| member.id == check.member_id);
            if meant && check.state.is_missing() {
                let (member, state) = (check.member_id, CheckState::Excused);
                store::set_check(&mut turn.tx, slot.id, member, state).await?;
            }
        }
    }
    let whole = !household.state.is_followed();
    for alert in escalation::open_of(&mut turn.tx, household.id).await? {
        if is_silenced(&alert, members, whole) {
            escalation::resolve(turn, alert, who, "muted").await?;
        }
    }
    turn.touch(household.id);
    Ok(())
}

/// What had not gone yet is said again, without whoever is muted now.
async fn remind_others(turn: &mut Turn<'_>, household: &Household) -> Done {
    let now = turn.now();
    let Some(slot) = current_slot(turn, household, now).await? else { return Ok(()) };
    let missing = missing(turn, household, slot.id).await?;
    match slot.stage {
        _ if missing.is_empty() || !household.state.is_followed() => Ok(()),
        Stage::Reminded => chat::remind(turn, household, &slot, &missing).await,
        Stage::Nudged => chat::nudge(turn, household, &slot, &missing).await,
        Stage::Overdue => chat::nudge_again(turn, household, &slot, &missing).await,
        Stage::Opened | Stage::Done => Ok(()),
    }
}

/// What is late ends with muting, and for a whole household what keeps it from being reached. Danger,
/// requests and strangers stay.
fn is_silenced(alert: &Alert, members: &[Member], whole: bool) -> bool {
    match alert.kind {
        Kind::Overdue => members.iter().any(|member| Some(member.id) == alert.member_id),
        Kind::NeverReached | Kind::Unreachable | Kind::Unheard => whole,
        Kind::Danger | Kind::Stranger | Kind::Request => false,
    }
}

/// Checks of the last slot that are not late yet are waited for again; a household that was never
/// opened is looked at again in its time.
async fn ask_again(turn: &mut Turn<'_>, household: &Household, members: &[Member]) -> Done {
    let now = turn.now();
    turn.touch(household.id);
    if household.channel == Channel::None {
        return super::await_opening(turn, household).await;
    }
    let Some(slot) = current_slot(turn, household, now).await? else { return Ok(()) };
    let overdue_at = slot.opens_at.plus(turn.settings().checks.overdue_after);
    if overdue_at <= now || !household.state.is_followed() {
        return Ok(());
    }
    let mut waits = false;
    for check in store::checks_of_slot(&mut turn.tx, slot.id).await? {
        let meant = members.iter().any(|member| member.id == check.member_id);
        if meant && check.state == CheckState::Excused {
            store::set_check(&mut turn.tx, slot.id, check.member_id, CheckState::Open).await?;
            waits = true;
        }
    }
    if waits { wake(turn, &slot, overdue_at).await } else { Ok(()) }
}
