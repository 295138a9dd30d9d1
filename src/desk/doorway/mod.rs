//! How a chat becomes a household's: one binding state machine for groups, private chats and phones;
//! who is who; and what happens to a chat that moves or breaks. The truth is what the platform says of
//! the bot's own place.

use crate::base::chat::{
    AccountId, ChatId, ChatKind, Closure, LetterId, Outgoing, Place, Standing,
};
use crate::base::directory::{self, Chat};
use crate::base::journal;
use crate::base::language::say;
use crate::base::outbox::{self, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::escalation::alert::Kind;
use crate::desk::household;
use crate::desk::household::file::{Channel, Household, Member, State};
use crate::desk::scene::{Home, Scene};
use crate::desk::who::Who;

mod binding;
pub mod breaks;
pub mod chat;
pub mod foreign;
pub mod invite;
pub mod request;
pub(crate) mod store;
pub mod strangers;

pub use binding::{bind, phone_only};
use binding::{can_be_opened, take_chat, welcome_group};

/// The version of the notice that households acknowledge.
pub const NOTICE_VERSION: i64 = 1;

async fn note(turn: &mut Turn<'_>, who: Who, action: &str, household: &Household) -> Done {
    let id = Some(household.id);
    let object = format!("household {}", household.id);
    journal::note(turn, &who.actor(), action, &object, id, serde_json::json!({})).await
}

/// The bot hears every message of the household's chat.
///
/// # Errors
/// When the database is away.
pub async fn hears_everything(turn: &mut Turn<'_>, household: &Household) -> Done {
    let now = turn.now();
    household::store::set_heard(&mut turn.tx, household.id, now).await?;
    let (kind, id) = (Kind::Unheard, household.id);
    escalation::resolve_matter(turn, kind, id, None, "", Who::System, "heard").await?;
    activate(turn, household.id).await
}

/// A household becomes active once it is heard, has chosen a language and acknowledged the notice.
async fn activate(turn: &mut Turn<'_>, id: i64) -> Done {
    let mut household = household::store::get(&mut turn.tx, id).await?;
    let acknowledged = store::is_acknowledged(&mut turn.tx, id).await?;
    let ready = household.heard_at.is_some() && household.chosen_language.is_some() && acknowledged;
    if ready && household.state == State::Binding {
        household::pass_to(turn, &mut household, State::Active, None, Who::System).await?;
    }
    Ok(())
}

/// The bot's own place in a household's chat has changed, or was asked for.
///
/// # Errors
/// When the database is away.
pub async fn place_changed(turn: &mut Turn<'_>, scene: &Scene, standing: &Standing) -> Done {
    let place = standing.place;
    if request::place_heard(turn, scene, place).await? {
        return Ok(());
    }
    if place == Place::Outside {
        store::forget_foreign(&mut turn.tx, scene.chat.id).await?;
        return shut(turn, &scene.chat, Closure::Kicked).await;
    }
    let reopened = directory::reopen_chat(&mut turn.tx, scene.chat.id).await?;
    foreign::entered(turn, &scene.chat).await?;
    let Some(home) = &scene.home else { return Ok(()) };
    if reopened {
        let (kind, id) = (Kind::Unreachable, home.household.id);
        escalation::resolve_matter(turn, kind, id, None, "", Who::System, "back").await?;
    }
    if place == Place::Administrator || scene.chat.kind == ChatKind::Private {
        hears_everything(turn, &home.household).await?;
        return breaks::rights_changed(turn, &home.household, &standing.lacks).await;
    }
    let open = escalation::open_of(&mut turn.tx, home.household.id).await?;
    if open.iter().any(|alert| alert.kind == Kind::Unheard) {
        return Ok(());
    }
    chat::tell_unheard(turn, &home.household).await?;
    household::raise_whole(turn, &home.household, Kind::Unheard, &[], Who::System).await?;
    Ok(())
}

/// A chat is shut to us: blocked, kicked, gone. The worker is told once.
///
/// # Errors
/// When the database is away.
pub async fn shut(turn: &mut Turn<'_>, chat: &Chat, why: Closure) -> Done {
    let now = turn.now();
    directory::close_chat(&mut turn.tx, chat.id, why, now).await?;
    let found = household::store::in_chat(&mut turn.tx, chat.id).await?;
    let Some(household) = found else { return Ok(()) };
    let open = escalation::open_of(&mut turn.tx, household.id).await?;
    let known = open.iter().any(|alert| alert.kind == Kind::Unreachable);
    if !household.state.is_followed() || known {
        return Ok(());
    }
    household::raise_whole(turn, &household, Kind::Unreachable, &[why.word()], Who::System).await?;
    Ok(())
}

/// The platform gave a chat a new id.
///
/// # Errors
/// When the database is away.
pub async fn moved(turn: &mut Turn<'_>, scene: &Scene, to: i64) -> Done {
    let bot = turn.bot;
    let known = directory::find_chat(&mut turn.tx, bot, to).await?.is_some();
    if scene.home.is_none() && known {
        // A letter learned of it first, and the chat has its new id already.
        return Ok(());
    }
    Ok(directory::move_chat(&mut turn.tx, scene.chat.id, bot, to).await?)
}

/// Somebody is in a household's chat: seen, and asked once who they are while people move in. After
/// that, whoever is not known is a stranger.
///
/// # Errors
/// When the database is away.
pub async fn seen(
    turn: &mut Turn<'_>,
    scene: &Scene,
    account: AccountId,
    message: Option<i64>,
    is_staff: bool,
) -> Done {
    let spoke = message.map(|_| turn.now());
    let new = household::store::see(&mut turn.tx, scene.chat.id, account, spoke).await?;
    let Some(home) = &scene.home else { return Ok(()) };
    let (household, members) = (&home.household, &home.members);
    if household.is_settled() {
        let came = new && message.is_none();
        strangers::watch(turn, household, members, account, came, is_staff).await?;
    }
    if is_staff || scene.chat.kind == ChatKind::Private && message.is_none() {
        return Ok(());
    }
    let identity = household::identify(&mut turn.tx, household, members, account).await?;
    if new && !identity.stranger {
        breaks::back(turn, household).await?;
    }
    if household.settled_in_at.is_some() {
        return Ok(());
    }
    if let [only] = members.as_slice() {
        return alone(turn, household, only, account, &identity).await;
    }
    let asked = household::store::asked_letter(&mut turn.tx, scene.chat.id, account).await?;
    if !identity.members.is_empty() || asked.is_some() {
        return Ok(());
    }
    chat::ask_who(turn, scene.chat.id, home, account, message).await
}

/// In the group of a household of one nobody is asked: whoever is seen there before everybody is in is
/// that one, and the worker is shown who it is.
async fn alone(
    turn: &mut Turn<'_>,
    household: &Household,
    only: &Member,
    account: AccountId,
    identity: &household::Identity,
) -> Done {
    if household.channel != Channel::Group || identity.stranger {
        return Ok(());
    }
    let now = turn.now();
    if household::store::put_claim(&mut turn.tx, household.id, account, only.id, now).await? {
        let account = directory::account(&mut turn.tx, account).await?;
        chat::tell_claim(turn, household, Some(only), &account).await?;
    }
    Ok(())
}

/// An account says which member it is; it counts at once.
///
/// # Errors
/// Refused when it was not this account that was asked, or the member is unknown.
pub async fn claim(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    n: i64,
    message: Option<i64>,
) -> Done<Member> {
    let account = scene.account.as_ref().ok_or_else(|| say("not-yours"))?;
    let asked = household::store::asked_letter(&mut turn.tx, scene.chat.id, account.id).await?;
    let pressed = letter_of(turn, scene.chat.id, message).await?;
    if asked.is_none() || asked != pressed {
        return Err(say("not-yours").into());
    }
    let member = home.member(n).cloned().ok_or_else(|| say("already-closed"))?;
    if household::store::is_refused(&mut turn.tx, home.household.id, account.id).await? {
        return Err(say("not-yours").into());
    }
    let (now, id) = (turn.now(), home.household.id);
    let new = household::store::put_claim(&mut turn.tx, id, account.id, member.id, now).await?;
    if new {
        note(turn, Who::Member(n), "member.claim", &home.household).await?;
        chat::tell_claim(turn, &home.household, Some(&member), account).await?;
    }
    Ok(member)
}

async fn letter_of(
    turn: &mut Turn<'_>,
    chat: ChatId,
    message: Option<i64>,
) -> Done<Option<LetterId>> {
    let Some(message) = message else { return Ok(None) };
    Ok(outbox::letter_of(&mut turn.tx, chat, message).await?)
}

/// Staff say that an account is not of a household: what it sends is from a stranger.
///
/// # Errors
/// Refused when there is no such claim.
pub async fn refuse(
    turn: &mut Turn<'_>,
    household: &Household,
    telegram_id: i64,
    who: Who,
) -> Done {
    let bot = turn.bot;
    let account = store::account(&mut turn.tx, bot, telegram_id).await?;
    let account = account.ok_or_else(|| say("already-closed"))?;
    let now = turn.now();
    if !household::store::refuse_claims(&mut turn.tx, household.id, account, now).await? {
        return Err(say("already-closed").into());
    }
    turn.touch(household.id);
    note(turn, who, "member.refuse", household).await?;
    strangers::refused(turn, household, account).await
}

/// The worker says that everybody is in: from now on a new account is a stranger. How many are in the
/// chat is asked of the platform.
///
/// # Errors
/// Refused when it was said before or there is no group.
pub async fn everybody_in(turn: &mut Turn<'_>, household: &Household, who: Who) -> Done {
    let Some(chat) = household.chat_id.filter(|_| household.settled_in_at.is_none()) else {
        return Err(say("already-closed").into());
    };
    let now = turn.now();
    household::store::settle_in(&mut turn.tx, household.id, now).await?;
    let language = household::language(turn.ground, household);
    let ask = Letter::act(chat, &language, Outgoing::AskCount).about(household.id);
    turn.post(ask).await?;
    note(turn, who, "everybody.in", household).await
}

/// Records that somebody acknowledged the notice: who, when, which version.
///
/// # Errors
/// Refused when the version is not the current one or was acknowledged by this account before.
pub async fn acknowledge(
    turn: &mut Turn<'_>,
    home: &Home,
    account: AccountId,
    version: i64,
) -> Done {
    if version != NOTICE_VERSION {
        return Err(say("already-closed").into());
    }
    let (id, now) = (home.household.id, turn.now());
    if !store::acknowledge(&mut turn.tx, id, account, version, now).await? {
        return Err(say("already-closed").into());
    }
    note(turn, home.identity.who(), "notice.acknowledge", &home.household).await?;
    activate(turn, id).await
}

/// Somebody chose a language. The first choice in a chat is the household's too; says whether this
/// was it.
///
/// # Errors
/// Refused when we do not speak it.
pub async fn choose_language(
    turn: &mut Turn<'_>,
    home: &Home,
    account: AccountId,
    tag: &str,
) -> Done<bool> {
    let tag = turn.ground.languages.get(tag).ok_or_else(|| say("already-closed"))?;
    directory::choose_language(&mut turn.tx, account, tag.as_str()).await?;
    let id = home.household.id;
    let first = household::store::choose_language(&mut turn.tx, id, tag.as_str()).await?;
    if !first && home.household.channel == Channel::Private {
        household::store::change_language(&mut turn.tx, id, tag.as_str()).await?;
    }
    turn.touch(id);
    activate(turn, id).await?;
    Ok(first)
}
