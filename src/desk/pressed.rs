//! Who answers a button. Its seal is opened, its meaning read, the presser looked up in the policy
//! table, and only then the feature carries it out.

use super::press::{Action, Press};
use super::scene::{Home, Scene};
use super::staff::policy::{Act, Object};
use super::{doorway, escalation, health_check, household, intake, supply, talk};
use crate::base::language::{Phrase, say};
use crate::base::outbox::{self, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::{Household, State};

/// Hears a press and answers it.
///
/// # Errors
/// Refused as `not-yours` when the button is forged, foreign or not for this person, as
/// `already-closed` when it is over.
pub async fn hear(
    turn: &mut Turn<'_>,
    scene: &Scene,
    press_id: &str,
    message: Option<i64>,
    data: &str,
) -> Done {
    let meaning = turn.unseal(scene.chat.id, data).await?.ok_or_else(|| say("not-yours"))?;
    let press = Press::read(&meaning).ok_or_else(|| say("already-closed"))?;
    let toast = carry_out(turn, scene, &press, message).await?;
    turn.post(Letter::answer(scene.chat.id, &scene.language, press_id, toast)).await?;
    Ok(())
}

async fn carry_out(
    turn: &mut Turn<'_>,
    scene: &Scene,
    press: &Press,
    message: Option<i64>,
) -> Done<Option<Phrase>> {
    match press {
        Press::AlertTake { r#ref }
        | Press::AlertContacted { r#ref }
        | Press::AlertNoAnswer { r#ref }
        | Press::AlertEnter { r#ref }
        | Press::AlertVisited { r#ref }
        | Press::AlertExcuse { r#ref }
        | Press::AlertPass { r#ref }
        | Press::AlertUndo { r#ref }
        | Press::AlertCall { r#ref }
        | Press::AlertAttempt { r#ref, .. }
        | Press::AlertLookUp { r#ref, .. }
        | Press::AlertClose { r#ref } => {
            let alert = escalation::store::find(&mut turn.tx, *r#ref).await?;
            let alert = alert.ok_or_else(|| say("already-closed"))?;
            allow(scene, press, alert.object())?;
            on_alert(turn, scene, press, alert).await
        }
        Press::StrangerOurs { r#ref, .. }
        | Press::StrangerRemove { r#ref }
        | Press::StrangerAccept { r#ref } => {
            let alert = escalation::store::find(&mut turn.tx, *r#ref).await?;
            let alert = alert.ok_or_else(|| say("already-closed"))?;
            allow(scene, press, alert.object())?;
            let staff = scene.staff.as_ref().ok_or_else(|| say("not-yours"))?;
            let household = household::store::get(&mut turn.tx, alert.household_id).await?;
            doorway::chat::pressed_on_stranger(turn, &household, &alert, press, staff).await
        }
        Press::NeedTake { r#ref }
        | Press::NeedDeliver { r#ref }
        | Press::NeedDecline { r#ref }
        | Press::NeedConfirm { r#ref }
        | Press::NeedIncomplete { r#ref } => {
            let household = supply::chat::object_of(turn, *r#ref).await?;
            let household = household.ok_or_else(|| say("already-closed"))?;
            allow(scene, press, household.object())?;
            Ok(supply::chat::pressed(turn, scene, press).await?.flatten())
        }
        Press::MemberRefuse { household, .. }
        | Press::EverybodyIn { household }
        | Press::ReleaseAsk { household }
        | Press::ReleaseConfirm { household }
        | Press::ExtendAsk { household }
        | Press::GroupNew { household }
        | Press::MemberLink { household, .. } => {
            let mut found = by_code(turn, household).await?;
            allow(scene, press, found.object())?;
            on_household(turn, scene, press, &mut found).await
        }
        Press::MuteAsk { household }
        | Press::MuteMember { household, .. }
        | Press::MuteHousehold { household, .. }
        | Press::MuteEnd { household, .. } => {
            let mut found = by_code(turn, household).await?;
            allow(scene, press, found.object())?;
            on_mute(turn, scene, press, &mut found, message).await
        }
        Press::TransferAccept { household } | Press::TransferDecline { household } => {
            let mut found = by_code(turn, household).await?;
            on_transfer(turn, scene, press, &mut found).await
        }
        Press::IntakeAsk { household }
        | Press::IntakeEnter { household }
        | Press::IntakeAnswer { household, .. }
        | Press::IntakeWrite { household, .. }
        | Press::IntakeSkip { household, .. } => {
            let found = by_code(turn, household).await?;
            allow(scene, press, found.object())?;
            intake::chat::pressed(turn, scene, &found, press, message).await
        }
        _ => {
            let home = scene.home.as_ref().ok_or_else(|| say("not-yours"))?;
            allow(scene, press, home.household.object())?;
            in_household(turn, scene, home, press, message).await
        }
    }
}

fn allow(scene: &Scene, press: &Press, object: Object<'_>) -> Done {
    if scene.may(Act::Press(press.action()), Some(object)) {
        Ok(())
    } else {
        Err(say("not-yours").into())
    }
}

async fn by_code(turn: &mut Turn<'_>, code: &str) -> Done<Household> {
    let found = household::store::by_code(&mut turn.tx, code).await?;
    found.ok_or_else(|| say("already-closed").into())
}

async fn on_alert(
    turn: &mut Turn<'_>,
    scene: &Scene,
    press: &Press,
    alert: escalation::alert::Alert,
) -> Done<Option<Phrase>> {
    let staff = scene.staff.as_ref().ok_or_else(|| say("not-yours"))?;
    let account = scene.account_id().ok_or_else(|| say("not-yours"))?;
    match press {
        Press::AlertEnter { r#ref } => {
            health_check::entry::ask(turn, scene, *r#ref).await?;
            Ok(None)
        }
        Press::AlertExcuse { .. } => {
            health_check::excuse(turn, alert, staff).await?;
            Ok(Some(say("alert-toast-excused")))
        }
        Press::AlertUndo { .. } => {
            if health_check::retract(turn, &alert, staff).await? {
                return Ok(Some(say("alert-toast-undone")));
            }
            let toast =
                escalation::chat::pressed(turn, press, staff, scene.chat.id, account).await?;
            health_check::unexcuse(turn, &alert).await?;
            Ok(toast)
        }
        _ => escalation::chat::pressed(turn, press, staff, scene.chat.id, account).await,
    }
}

async fn on_household(
    turn: &mut Turn<'_>,
    scene: &Scene,
    press: &Press,
    household: &mut Household,
) -> Done<Option<Phrase>> {
    let staff = scene.staff.as_ref().ok_or_else(|| say("not-yours"))?;
    match press {
        Press::ReleaseAsk { .. } => {
            let objections = objections(turn, household).await?;
            household::release::ask(turn, household, staff, scene.chat.id, objections).await?;
            Ok(None)
        }
        Press::ReleaseConfirm { .. } => {
            let objections = objections(turn, household).await?;
            household::release::confirm(turn, household, staff, scene.chat.id, objections).await?;
            if household.state == State::Released {
                doorway::invite::end_all(turn, household.id).await?;
            }
            Ok(None)
        }
        Press::GroupNew { .. } => {
            doorway::request::offer(turn, household, staff).await?;
            Ok(None)
        }
        Press::MemberLink { n, .. } => {
            doorway::invite::hand_out(turn, household, *n, staff).await?;
            Ok(None)
        }
        Press::ExtendAsk { .. } => {
            let account = scene.account_id().ok_or_else(|| say("not-yours"))?;
            household::extension::ask(turn, household, staff, scene.chat.id, account).await?;
            Ok(None)
        }
        _ => doorway::chat::pressed_by_staff(turn, household, press, scene.who()).await,
    }
}

/// Who is asked no more, or again; the message shows how it stands now.
async fn on_mute(
    turn: &mut Turn<'_>,
    scene: &Scene,
    press: &Press,
    household: &mut Household,
    message: Option<i64>,
) -> Done<Option<Phrase>> {
    let staff = scene.staff.as_ref().ok_or_else(|| say("not-yours"))?;
    if matches!(press, Press::MuteAsk { .. }) {
        household::mute::show(turn, household, staff, scene.chat.id, None).await?;
        return Ok(None);
    }
    let toast = health_check::mute::pressed(turn, household, press, scene.who()).await?;
    doorway::strangers::after_muting(turn, household.id).await?;
    let letter = match message {
        Some(message) => outbox::letter_of(&mut turn.tx, scene.chat.id, message).await?,
        None => None,
    };
    household::mute::show(turn, household, staff, scene.chat.id, letter).await?;
    Ok(Some(toast))
}

/// Only whom the household was offered to may answer.
async fn on_transfer(
    turn: &mut Turn<'_>,
    scene: &Scene,
    press: &Press,
    household: &mut Household,
) -> Done<Option<Phrase>> {
    let staff = scene.staff.as_ref().ok_or_else(|| say("not-yours"))?;
    let offer = household::transfer::offered_to(turn, household.id, staff.id).await?;
    let receiver = offer.map(|offer| offer.receiver_id);
    allow(scene, press, Object { receiver, ..household.object() })?;
    let toast = match press {
        Press::TransferAccept { .. } => household::transfer::accept(turn, household, staff).await?,
        _ => household::transfer::decline(turn, household, staff).await?,
    };
    Ok(Some(toast))
}

/// What stands in the way of release, as every feature sees it.
async fn objections(turn: &mut Turn<'_>, household: &Household) -> Done<Vec<Phrase>> {
    let mut found = Vec::new();
    let open = escalation::open_of(&mut turn.tx, household.id).await?;
    if open.iter().any(escalation::alert::Alert::is_danger) {
        found.push(say("release-objection-danger"));
    }
    found.extend(supply::objections(&mut turn.tx, household.id).await?);
    let slots = turn.settings().checks.slots.len();
    if health_check::lacks_last_report(&mut turn.tx, household, slots).await? {
        found.push(say("release-objection-report"));
    }
    Ok(found)
}

async fn in_household(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    press: &Press,
    message: Option<i64>,
) -> Done<Option<Phrase>> {
    match press.action() {
        Action::ReportOpen | Action::ReportDegrees | Action::ReportTenths => {
            health_check::keypad::pressed(turn, scene, home, press, message).await
        }
        Action::ReadingConfirm | Action::ReadingReject | Action::ReadingWho => {
            health_check::question::pressed(turn, scene, home, press, message).await
        }
        Action::EmergencyPress | Action::EmergencyMistake | Action::EmergencyCallMe => {
            health_check::chat::emergency_pressed(turn, scene, home, press).await
        }
        Action::NeedOpen => supply::chat::opens(turn, scene, "").await.map(|()| None),
        Action::TalkOpen => talk::chat::opens(turn, scene).await.map(|()| None),
        _ => doorway::chat::pressed_inside(turn, scene, home, press, message).await,
    }
}
