//! How a chat becomes a household's, by whatever way: a link in a group or a private chat, a button, or
//! no chat at all.

use super::{chat, hears_everything, invite, note, store, strangers};
use crate::base::chat::{AccountId, ChatId, ChatKind, Outgoing};
use crate::base::language::say;
use crate::base::outbox::Letter;
use crate::base::turn::{Done, Turn};
use crate::desk::health_check;
use crate::desk::household;
use crate::desk::household::file::{Channel, Household, State};
use crate::desk::scene::{Home, Scene};
use crate::desk::staff::policy::Act;
use crate::desk::who::Who;

/// Does what a one-time token is for: a personal one is redeemed, any other binds the chat of the
/// scene. `false` if the token is no link of ours.
///
/// # Errors
/// Refused when the sender is not entitled, or the chat is another household's; the link stays valid
/// then.
pub async fn bind(turn: &mut Turn<'_>, scene: &Scene, token: &str) -> Done<bool> {
    if invite::redeem(turn, scene, token).await? {
        return Ok(true);
    }
    let Some((id, kind)) = household::find_link(turn, token).await? else { return Ok(false) };
    let mut target = household::store::get(&mut turn.tx, id).await?;
    let private = kind == "private";
    if private != (scene.chat.kind == ChatKind::Private) {
        return Err(say("link-not-yours").into());
    }
    if !private && !scene.may(Act::Bind, Some(target.object())) {
        return Err(say("link-not-yours").into());
    }
    if private && scene.staff.is_some() {
        return Err(say("link-not-yours").into());
    }
    if scene.home.as_ref().is_some_and(|home| home.household.id != target.id) {
        return Err(say("link-chat-taken").into());
    }
    if !can_be_opened(&target) {
        return Err(say("link-over").into());
    }
    if !household::use_link(turn, token).await? {
        return Err(say("link-not-yours").into());
    }
    if scene.home.is_some() && target.state == State::Binding {
        // The platform's word of the bot was quicker, and the chat is open already.
        return Ok(true);
    }
    let channel = if private { Channel::Private } else { Channel::Group };
    take_chat(turn, scene.chat.id, channel, &mut target, scene.who()).await?;
    if !private {
        welcome_group(turn, scene.chat.id, scene.account_id(), &target).await?;
        return Ok(true);
    }
    see(turn, scene.chat.id, scene.account_id()).await?;
    hears_everything(turn, &target).await?;
    chat::offer_languages(turn, &target, 0, None).await?;
    first_resident(turn, scene, &target).await?;
    Ok(true)
}

/// Whether a household may be given a chat, a first one or another.
pub(super) fn can_be_opened(household: &Household) -> bool {
    matches!(household.state, State::Imported | State::Binding | State::Active | State::Held)
}

/// The chat becomes the household's; no other choice is waited for.
pub(super) async fn take_chat(
    turn: &mut Turn<'_>,
    chat: ChatId,
    channel: Channel,
    target: &mut Household,
    who: Who,
) -> Done {
    if target.chat_id != Some(chat) {
        strangers::moves(turn, target, chat).await?;
    }
    let (bot, now, id) = (turn.bot, turn.now(), target.id);
    household::store::bind_chat(&mut turn.tx, id, bot, chat, channel, now).await?;
    store::request::settle_all(&mut turn.tx, id, now).await?;
    *target = household::store::get(&mut turn.tx, id).await?;
    note(turn, who, "household.bind", target).await?;
    household::pass_to(turn, target, State::Binding, None, who).await?;
    health_check::begin(turn, target).await
}

/// The first words in a household's group; the platform is asked what place the bot has there.
pub(super) async fn welcome_group(
    turn: &mut Turn<'_>,
    chat: ChatId,
    by: Option<AccountId>,
    target: &Household,
) -> Done {
    see(turn, chat, by).await?;
    let language = household::language(turn.ground, target);
    turn.post(Letter::act(chat, &language, Outgoing::AskPlace).about(target.id)).await?;
    chat::offer_languages(turn, target, 0, None).await
}

async fn see(turn: &mut Turn<'_>, chat: ChatId, account: Option<AccountId>) -> Done {
    let Some(account) = account else { return Ok(()) };
    let now = turn.now();
    household::store::see(&mut turn.tx, chat, account, Some(now)).await?;
    Ok(())
}

/// Whoever first used a private link is bound to the household; the worker is told.
async fn first_resident(turn: &mut Turn<'_>, scene: &Scene, target: &Household) -> Done {
    let Some(account) = &scene.account else { return Ok(()) };
    let members = household::store::members(&mut turn.tx, target.id).await?;
    if let [only] = members.as_slice() {
        let now = turn.now();
        household::store::put_claim(&mut turn.tx, target.id, account.id, only.id, now).await?;
        return chat::tell_claim(turn, target, Some(only), account).await;
    }
    chat::tell_claim(turn, target, None, account).await?;
    let home =
        Home { household: target.clone(), members, identity: household::Identity::default() };
    chat::ask_who(turn, scene.chat.id, &home, account.id, None).await
}

/// Makes a household phone only: its worker calls.
///
/// # Errors
/// When the database is away.
pub async fn phone_only(turn: &mut Turn<'_>, household: &mut Household, who: Who) -> Done {
    let now = turn.now();
    household::store::set_phone_only(&mut turn.tx, household.id, now).await?;
    *household = household::store::get(&mut turn.tx, household.id).await?;
    note(turn, who, "household.phone", household).await?;
    household::pass_to(turn, household, State::Active, Some("phone only"), who).await?;
    health_check::begin(turn, household).await
}
