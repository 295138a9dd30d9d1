//! The two-tap keypad: whose, which degree, which tenth. Nothing is preset (messages: elderly mode).

use super::check::Via;
use super::reading::{Celsius, Reading};
use super::{Entry, chat, record};
use crate::base::chat::LetterId;
use crate::base::language::{Arg, Phrase, say};
use crate::base::outbox::{self, Button, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::Member;
use crate::desk::household::{self, Telling};
use crate::desk::press::Press;
use crate::desk::scene::{Home, Scene};

/// The whole degrees that can be chosen.
const DEGREES: std::ops::RangeInclusive<i64> = 35..=41;

/// One button for each member who is asked, three to a row.
#[must_use]
pub fn member_keys(members: &[Member]) -> Vec<Vec<Button>> {
    let asked: Vec<&Member> = members.iter().filter(|member| !member.is_muted()).collect();
    if let [only] = asked.as_slice() {
        return vec![vec![Button::press(say("report-button"), Press::ReportOpen { n: only.n })]];
    }
    let buttons: Vec<Button> = asked
        .iter()
        .map(|member| {
            let label = say("report-button-member").with("name", &member.name);
            Button::press(label, Press::ReportOpen { n: member.n })
        })
        .collect();
    buttons.chunks(3).map(<[Button]>::to_vec).collect()
}

/// Carries out a press on the keypad.
///
/// # Errors
/// Refused when the member is not of this household.
pub async fn pressed(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    press: &Press,
    message: Option<i64>,
) -> Done<Option<Phrase>> {
    match press {
        Press::ReportOpen { n } => {
            let member = known(home, *n)?;
            let phrase = say("keypad-degrees").with("name", &member.name);
            let telling = Telling::answer(phrase).keys(degree_keys(*n));
            household::tell(turn, &home.household, telling).await?;
            Ok(None)
        }
        Press::ReportDegrees { n, degrees } => {
            let member = known(home, *n)?;
            let phrase = say("keypad-tenths").with("name", &member.name).with("degrees", *degrees);
            replace(turn, scene, message, phrase, tenth_keys(*n, *degrees)).await?;
            Ok(None)
        }
        Press::ReportTenths { n, celsius } => {
            let member = known(home, *n)?;
            still_asks(turn, scene, message).await?;
            enter(turn, scene, home, member, *celsius, message).await?;
            Ok(Some(say("keypad-toast").with("celsius", Arg::Tenths(i64::from(celsius.tenths())))))
        }
        _ => Ok(None),
    }
}

/// A keypad that has done its work is over; a second tap writes nothing.
async fn still_asks(turn: &mut Turn<'_>, scene: &Scene, message: Option<i64>) -> Done {
    let Some(letter) = letter_of(turn, scene, message).await? else { return Ok(()) };
    let shown = outbox::text_shown(&mut turn.tx, letter).await?;
    if shown.as_deref() == Some("keypad-done") { Err(say("already-closed").into()) } else { Ok(()) }
}

fn known(home: &Home, n: i64) -> Done<&Member> {
    home.member(n).ok_or_else(|| say("already-closed").into())
}

fn degree_keys(n: i64) -> Vec<Vec<Button>> {
    let buttons: Vec<Button> = DEGREES
        .map(|degrees| {
            let label = say("keypad-button-degrees").with("degrees", degrees);
            Button::press(label, Press::ReportDegrees { n, degrees })
        })
        .collect();
    buttons.chunks(4).map(<[Button]>::to_vec).collect()
}

fn tenth_keys(n: i64, degrees: i64) -> Vec<Vec<Button>> {
    let buttons: Vec<Button> = (0..10)
        .map(|tenth| {
            let tenths = degrees * 10 + tenth;
            let label = say("keypad-button-tenths").with("celsius", Arg::Tenths(tenths));
            let celsius = Celsius::from_tenths(i32::try_from(tenths).unwrap_or_default());
            Button::press(label, Press::ReportTenths { n, celsius })
        })
        .collect();
    buttons.chunks(5).map(<[Button]>::to_vec).collect()
}

/// Changes the message that bears the pressed button.
async fn replace(
    turn: &mut Turn<'_>,
    scene: &Scene,
    message: Option<i64>,
    phrase: Phrase,
    keys: Vec<Vec<Button>>,
) -> Done {
    let Some(letter) = letter_of(turn, scene, message).await? else { return Ok(()) };
    let edit = Letter::edit(scene.chat.id, &scene.language, letter, phrase).keys(keys);
    turn.post(edit).await?;
    Ok(())
}

pub(crate) async fn letter_of(
    turn: &mut Turn<'_>,
    scene: &Scene,
    message: Option<i64>,
) -> Done<Option<LetterId>> {
    let Some(message) = message else { return Ok(None) };
    Ok(outbox::letter_of(&mut turn.tx, scene.chat.id, message).await?)
}

async fn enter(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    member: &Member,
    celsius: Celsius,
    message: Option<i64>,
) -> Done {
    if !celsius.is_plausible() {
        return Err(say("already-closed").into());
    }
    let reading = Reading { member_hint: None, celsius, symptoms: None, site: None };
    let entry = Entry {
        chat: Some(scene.chat.id),
        account: scene.account_id(),
        staff: scene.staff.as_ref().map(|staff| staff.id),
        ..Entry::of(member, &reading, turn.now(), Via::Keypad, scene.who())
    };
    let fever = record(turn, &home.household, &home.members, &entry).await?;
    let tenths = i64::from(celsius.tenths());
    let done = say("keypad-done").with("name", &member.name).with("celsius", Arg::Tenths(tenths));
    replace(turn, scene, message, done, Vec::new()).await?;
    if fever {
        chat::tell_danger(turn, &home.household, Some(tenths), None).await?;
    }
    Ok(())
}
