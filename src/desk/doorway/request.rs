//! A household's group is chosen or made by one button of the worker's app. The choice only proposes:
//! the chat becomes the household's when the platform says that the bot is in it, whichever of the two
//! comes first. Where an app leaves the bot outside, the worker is told what to do by hand.

use std::time::Duration;

use crate::base::chat::{ChatKind, Closure, Outgoing, Place};
use crate::base::directory;
use crate::base::language::{Phrase, say};
use crate::base::outbox::Letter;
use crate::base::turn::{Done, Turn};
use crate::config::link::group_link;
use crate::desk::household;
use crate::desk::household::file::{Channel, Household};
use crate::desk::scene::Scene;
use crate::desk::staff;
use crate::desk::staff::person::Staff;
use crate::desk::staff::policy::{self, Act};
use crate::desk::who::Who;

use super::chat::way;
use super::store::request::{self as rows, GroupRequest};
use super::{can_be_opened, take_chat, welcome_group};

/// How long a choice waits for the bot to come into the chat.
const PATIENCE: Duration = Duration::from_hours(48);

/// Shows a person of the staff, in their own chat, the button for a household's group.
///
/// # Errors
/// Refused when the household is not opened any more.
pub async fn offer(turn: &mut Turn<'_>, household: &Household, staff: &Staff) -> Done {
    if !can_be_opened(household) {
        return Err(say("link-over").into());
    }
    let (bot, now) = (turn.bot, turn.now());
    let request = rows::put(&mut turn.tx, bot, household.id, staff.id, now).await?;
    let phrase = say("group-choose").with("door", household.door());
    way::with_button(turn, staff, household.id, request, phrase).await
}

/// A chat was chosen. Whoever chose must be the person who was shown the button, and still entitled.
///
/// # Errors
/// When the database is away.
pub async fn chosen(
    turn: &mut Turn<'_>,
    scene: &Scene,
    request: i64,
    chat: i64,
    title: Option<&str>,
) -> Done {
    let bot = turn.bot;
    // A group's number is negative; anything else was not chosen by our button.
    let found = rows::find(&mut turn.tx, bot, request).await?.filter(|_| chat < 0);
    let mine = |found: &GroupRequest| scene.staff.as_ref().is_some_and(|s| s.id == found.staff_id);
    let (Some(found), Some(staff)) = (found.filter(mine), &scene.staff) else {
        return way::say_and_clear(turn, scene, say("group-request-over")).await;
    };
    let household = household::store::get(&mut turn.tx, found.household_id).await?;
    if !scene.may(Act::Bind, Some(household.object())) {
        return way::say_and_clear(turn, scene, say("not-yours")).await;
    }
    let chat = directory::chat_for(&mut turn.tx, bot, chat, ChatKind::Group).await?;
    let owner = household::store::in_chat(&mut turn.tx, chat.id).await?;
    if owner.as_ref().is_some_and(|owner| owner.id == household.id) {
        return way::say_and_clear(turn, scene, opened(&household)).await;
    }
    if found.settled_at.is_some() || !can_be_opened(&household) {
        return way::say_and_clear(turn, scene, say("group-request-over")).await;
    }
    if owner.is_some() {
        return way::with_button(turn, staff, household.id, request, say("group-taken")).await;
    }
    rows::choose(&mut turn.tx, request, chat.id, title).await?;
    // The bot may have been put out of this chat before: only the platform knows whether it is back.
    directory::reopen_chat(&mut turn.tx, chat.id).await?;
    let ask = Letter::act(chat.id, &scene.language, Outgoing::AskPlace).about(household.id);
    turn.post(ask).await?;
    Ok(())
}

/// The bot's place in a chat that is nobody's: a choice may have waited for it. `false` if none did.
///
/// # Errors
/// When the database is away.
pub async fn place_heard(turn: &mut Turn<'_>, scene: &Scene, place: Place) -> Done<bool> {
    let since = turn.now().minus(PATIENCE);
    let waiting = rows::waiting_for(&mut turn.tx, scene.chat.id, since).await?;
    let Some(request) = waiting.filter(|_| scene.home.is_none()) else { return Ok(false) };
    let household = household::store::get(&mut turn.tx, request.household_id).await?;
    let staff = staff::store::get(&mut turn.tx, request.staff_id).await?;
    if place == Place::Outside {
        let now = turn.now();
        directory::close_chat(&mut turn.tx, scene.chat.id, Closure::Kicked, now).await?;
        explain(turn, &household, &staff, &request).await?;
        return Ok(true);
    }
    let actor =
        policy::Actor { staff: Some(&staff), place: policy::Place::Elsewhere, stranger: false };
    let entitled = policy::allows(actor, Act::Bind, Some(household.object()));
    if !entitled || !can_be_opened(&household) {
        return Ok(false);
    }
    open(turn, scene, household, &staff).await?;
    Ok(true)
}

async fn open(turn: &mut Turn<'_>, scene: &Scene, mut target: Household, staff: &Staff) -> Done {
    directory::reopen_chat(&mut turn.tx, scene.chat.id).await?;
    take_chat(turn, scene.chat.id, Channel::Group, &mut target, Who::Staff(staff.id)).await?;
    welcome_group(turn, scene.chat.id, staff.account_id, &target).await?;
    way::tell_and_clear(turn, staff, target.id, opened(&target)).await
}

fn opened(household: &Household) -> Phrase {
    say("group-opened").with("door", household.door())
}

/// The app has left the bot outside: the same by hand, with a link of its own.
async fn explain(
    turn: &mut Turn<'_>,
    household: &Household,
    staff: &Staff,
    request: &GroupRequest,
) -> Done {
    let now = turn.now();
    let link = household::make_link(&mut turn.tx, household.id, "startgroup", now).await?;
    let bot = directory::last_bot(&mut turn.tx).await?.map(|(_, name)| name).unwrap_or_default();
    let title = request.title.clone().unwrap_or_else(|| household.door());
    let phrase = say("group-bot-missing")
        .with("door", household.door())
        .with("title", title)
        .with("url", group_link(&bot, &link.token))
        .with("command", format!("/link {}", link.token));
    way::tell_and_clear(turn, staff, household.id, phrase).await
}
