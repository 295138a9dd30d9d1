//! How a request is asked and what the buttons below it do. It shows as one message in the
//! household's chat and one before each of the staff who was told; both change where they stand.

use super::request::{Deed, LONGEST_REASON, LONGEST_REQUEST, Request, leads_to};
use super::{Wish, store};
use crate::base::chat::{AccountId, Message};
use crate::base::clock::Timestamp;
use crate::base::language::{Phrase, say};
use crate::base::outbox::Letter;
use crate::base::turn::{Done, Halt, Turn};
use crate::desk::household::file::Household;
use crate::desk::household::{self, Telling};
use crate::desk::press::{Action, Press};
use crate::desk::prompt::{self, Wanted};
use crate::desk::reference::RequestRef;
use crate::desk::scene::{Home, Scene};
use crate::desk::staff::policy::Act;

mod message;
mod show;

pub(super) use show::tell_once;
use show::{show, tell, tell_missing};

/// It is over, or not that far yet.
pub(super) fn closed() -> Halt {
    say("already-closed").into()
}

/// What stands in the way of a release, said of one request.
pub(super) fn objection(request: &Request) -> Phrase {
    say("need-objection").with("ref", request.id.to_string())
}

/// The line of the pinned card, if anything is still to be brought.
///
/// # Errors
/// When the database is away.
pub async fn card_line(turn: &mut Turn<'_>, household: i64) -> Done<Option<Phrase>> {
    let open = super::open(&mut turn.tx, household).await?;
    Ok((!open.is_empty()).then(|| say("need-card-line").with("count", open.len())))
}

// ---- Asking ----

/// Asks what is needed; words after the command are the request itself.
///
/// # Errors
/// Refused as [`asks`] is.
pub async fn opens(turn: &mut Turn<'_>, scene: &Scene, words: &str) -> Done {
    if !words.trim().is_empty() {
        let message = Message { text: words.to_owned(), ..Message::default() };
        let now = turn.now();
        return asks(turn, scene, &message, now).await;
    }
    let (Some(home), Some(account)) = (&scene.home, scene.account_id()) else { return Ok(()) };
    prompt::ask(turn, scene.chat.id, account, Wanted::Need, "").await?;
    household::tell(turn, &home.household, Telling::answer(say("need-ask")).neutral()).await?;
    Ok(())
}

/// Hears what was waited for: the request itself, or the reason why it is not possible. Says
/// whether the message was one of them.
///
/// # Errors
/// Refused when it is too long; it is then still waited for.
pub async fn hears(
    turn: &mut Turn<'_>,
    scene: &Scene,
    message: &Message,
    said_at: Timestamp,
) -> Done<bool> {
    let Some(account) = scene.account_id() else { return Ok(false) };
    if message.edited_at.is_some() {
        return Ok(false);
    }
    match prompt::waiting(turn, scene.chat.id, account).await? {
        Some((Wanted::Need, _)) if !message.text.trim().is_empty() || message.media => {
            asks(turn, scene, message, said_at).await?;
            Ok(true)
        }
        Some((Wanted::DeclineReason, about)) if !message.text.trim().is_empty() => {
            hears_reason(turn, scene, account, &about, message.text.trim()).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Takes a message as a request: its words, its photo, or whatever else it carries.
///
/// # Errors
/// Refused when it is too long.
pub async fn asks(
    turn: &mut Turn<'_>,
    scene: &Scene,
    message: &Message,
    said_at: Timestamp,
) -> Done {
    let Some(home) = &scene.home else { return Ok(()) };
    let wish = Wish {
        chat: scene.chat.id,
        account: scene.account_id(),
        message: Some(message.id).filter(|id| *id != 0),
        text: short_enough(message.text.trim(), LONGEST_REQUEST)?,
        photo: message.photo.as_deref(),
        media: message.media,
        language: language_of(scene, home),
        asked_at: said_at,
    };
    let (request, to) = super::ask(turn, &home.household, wish, scene.who()).await?;
    let text = message::for_household(&request, &home.household, "");
    let telling = Telling::answer(text).reply_to(request.message_id);
    let letter = household::tell(turn, &home.household, telling).await?;
    store::set_household_letter(&mut turn.tx, request.id, letter).await?;
    for person in &to {
        tell(turn, &home.household, &request, person).await?;
    }
    no_longer_wanted(turn, scene).await
}

async fn no_longer_wanted(turn: &mut Turn<'_>, scene: &Scene) -> Done {
    let Some(account) = scene.account_id() else { return Ok(()) };
    match prompt::waiting(turn, scene.chat.id, account).await? {
        Some((Wanted::Need, _)) => prompt::answered(turn, scene.chat.id, account).await,
        _ => Ok(()),
    }
}

fn short_enough(words: &str, most: usize) -> Done<&str> {
    if words.chars().count() > most {
        return Err(say("need-too-long").with("count", most).into());
    }
    Ok(words)
}

/// The language somebody most likely writes: the one they chose, else the household's.
fn language_of<'s>(scene: &'s Scene, home: &'s Home) -> &'s str {
    let chosen = scene.account.as_ref().and_then(|account| account.language.as_deref());
    chosen.unwrap_or_else(|| home.household.language_tag())
}

// ---- Presses ----

/// The household whose request it is, for the policy table.
///
/// # Errors
/// When the database is away.
pub async fn object_of(turn: &mut Turn<'_>, id: RequestRef) -> Done<Option<Household>> {
    let Some(request) = store::find(&mut turn.tx, id).await? else { return Ok(None) };
    Ok(Some(household::store::get(&mut turn.tx, request.household_id).await?))
}

/// Carries out a press that is about requests: what is shown for a moment, or `None` if it is not.
///
/// # Errors
/// Refused as `already-closed` when it comes too early or too late.
pub async fn pressed(
    turn: &mut Turn<'_>,
    scene: &Scene,
    press: &Press,
) -> Done<Option<Option<Phrase>>> {
    let toast = match press {
        Press::NeedOpen {} => {
            opens(turn, scene, "").await?;
            return Ok(Some(None));
        }
        Press::NeedTake { r#ref } => {
            takes(turn, scene, *r#ref).await?;
            say("need-toast-taken")
        }
        Press::NeedDeliver { r#ref } => {
            performs(turn, scene, *r#ref, Deed::Deliver).await?;
            say("need-toast-delivered")
        }
        Press::NeedDecline { r#ref } => {
            asks_reason(turn, scene, *r#ref).await?;
            say("need-toast-reason")
        }
        Press::NeedConfirm { r#ref } => {
            performs(turn, scene, *r#ref, Deed::Confirm).await?;
            say("need-toast-confirmed")
        }
        Press::NeedIncomplete { r#ref } => {
            misses(turn, scene, *r#ref).await?;
            say("need-toast-missing")
        }
        _ => return Ok(None),
    };
    Ok(Some(Some(toast)))
}

async fn performs(
    turn: &mut Turn<'_>,
    scene: &Scene,
    id: RequestRef,
    deed: Deed,
) -> Done<(Household, Request)> {
    let request = super::found(turn, id).await?;
    let request = super::perform(turn, &request, deed, scene.who()).await?;
    let household = household::store::get(&mut turn.tx, request.household_id).await?;
    show(turn, &household, &request).await?;
    Ok((household, request))
}

/// Whoever takes it from a list has not seen the words yet.
async fn takes(turn: &mut Turn<'_>, scene: &Scene, id: RequestRef) -> Done {
    let (household, request) = performs(turn, scene, id, Deed::Take).await?;
    match &scene.staff {
        Some(staff) => tell_once(turn, &household, &request, staff).await,
        None => Ok(()),
    }
}

/// Something is missing: whoever brought it is told, and what the household writes next is passed
/// on at once.
async fn misses(turn: &mut Turn<'_>, scene: &Scene, id: RequestRef) -> Done {
    let (household, request) = performs(turn, scene, id, Deed::Miss).await?;
    if let Some(account) = scene.account_id() {
        prompt::ask(turn, scene.chat.id, account, Wanted::Talk, &id.to_string()).await?;
    }
    for person in super::responsible(&mut turn.tx, &household, &request).await? {
        tell_missing(turn, &household, &request, &person).await?;
    }
    Ok(())
}

async fn asks_reason(turn: &mut Turn<'_>, scene: &Scene, id: RequestRef) -> Done {
    let request = super::found(turn, id).await?;
    let Some(account) = scene.account_id() else { return Err(closed()) };
    if leads_to(request.state, Deed::Decline).is_none() {
        return Err(closed());
    }
    let about = id.to_string();
    prompt::ask(turn, scene.chat.id, account, Wanted::DeclineReason, &about).await?;
    let ask = say("need-ask-reason").with("ref", about);
    turn.post(Letter::say(scene.chat.id, &scene.language, ask)).await?;
    Ok(())
}

/// The reason has come. It is no longer waited for, even if it comes too late.
async fn hears_reason(
    turn: &mut Turn<'_>,
    scene: &Scene,
    account: AccountId,
    about: &str,
    reason: &str,
) -> Done {
    let reason = short_enough(reason, LONGEST_REASON)?;
    prompt::answered(turn, scene.chat.id, account).await?;
    match declinable(turn, scene, about).await? {
        Ok((household, request)) => {
            let request = Request { declined_reason: Some(reason.to_owned()), ..request };
            let request = super::perform(turn, &request, Deed::Decline, scene.who()).await?;
            show(turn, &household, &request).await
        }
        Err(why) => {
            turn.post(Letter::say(scene.chat.id, &scene.language, why)).await?;
            Ok(())
        }
    }
}

/// The request that is to be declined, or why it cannot be.
async fn declinable(
    turn: &mut Turn<'_>,
    scene: &Scene,
    about: &str,
) -> Done<Result<(Household, Request), Phrase>> {
    let Ok(id) = about.parse() else { return Ok(Err(say("already-closed"))) };
    let request = super::found(turn, id).await?;
    let household = household::store::get(&mut turn.tx, request.household_id).await?;
    Ok(if !scene.may(Act::Press(Action::NeedDecline), Some(household.object())) {
        Err(say("not-yours"))
    } else if leads_to(request.state, Deed::Decline).is_none() {
        Err(say("already-closed"))
    } else {
        Ok((household, request))
    })
}
