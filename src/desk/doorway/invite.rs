//! Personal links. A member is handed a one-time token; the account that uses it gets a link to the
//! household's group, and is let in by that link and no other. Everybody else who asks is turned away,
//! and staff are told of it at most once an hour.

use std::time::Duration;

use crate::base::chat::{AccountId, ChatId, ChatKind, LetterId, Outgoing};
use crate::base::clock::Timestamp;
use crate::base::directory::{self, Account};
use crate::base::journal;
use crate::base::language::{LanguageTag, Phrase, say};
use crate::base::outbox::{Button, Letter};
use crate::base::seal::{new_token, token_hash};
use crate::base::store::Tx;
use crate::base::turn::{Done, Fault, Turn};
use crate::config::link::private_link;
use crate::desk::household::file::{Channel, Household, Member, State};
use crate::desk::household::{self, Link};
use crate::desk::scene::Scene;
use crate::desk::staff::person::Staff;
use crate::desk::who::Who;

use super::chat::{self, way};
use super::note;
use super::store::invite::{self as rows, Invite, InviteState, NewInvite, Token};

/// How long a token holds, and a link after it was asked for.
const HOLDS: Duration = Duration::from_hours(48);
/// How often staff are told that somebody was turned away, by household.
const TURNED_AWAY_PACE: Duration = Duration::from_hours(1);

// ---- The token ----

/// Makes a one-time token for a member; one that nobody has used ends.
///
/// # Errors
/// When the database is away.
pub async fn make_token(
    tx: &mut Tx<'_>,
    household: i64,
    member: i64,
    now: Timestamp,
) -> sqlx::Result<Link> {
    rows::end_tokens(tx, member, now).await?;
    let link = Link { token: new_token(), expires_at: now.plus(HOLDS) };
    rows::put_token(tx, &token_hash(&link.token), (household, member), link.expires_at).await?;
    Ok(link)
}

/// Staff are given a one-time link to pass on to a member.
///
/// # Errors
/// Refused when the household has no group or is over, or there is no such member.
pub async fn hand_out(turn: &mut Turn<'_>, household: &Household, n: i64, staff: &Staff) -> Done {
    // A token may be handed out while the chat is held: it is used when that is over.
    let held = household.state == State::Held && household.channel == Channel::Group;
    if let Some(why) = in_the_way(household).filter(|_| !held) {
        return Err(why.into());
    }
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let member = members.iter().find(|member| member.n == n);
    let member = member.ok_or_else(|| say("already-closed"))?;
    let now = turn.now();
    let link = make_token(&mut turn.tx, household.id, member.id, now).await?;
    let bot = directory::last_bot(&mut turn.tx).await?.map(|(_, name)| name).unwrap_or_default();
    note(turn, Who::Staff(staff.id), "member.link", household).await?;
    way::hand_out(turn, staff, household, member, private_link(&bot, &link.token)).await
}

/// Why nobody can be let into the household's group now, if anything stands in the way.
fn in_the_way(household: &Household) -> Option<Phrase> {
    match household.state {
        State::Released | State::Closed | State::Purged => Some(say("link-over")),
        State::Binding | State::Active | State::Muted if household.channel == Channel::Group => {
            None
        }
        _ => Some(say("invite-later")),
    }
}

/// An account uses a token in its private chat. `false` if it is no personal token.
///
/// # Errors
/// Refused when it is not for this account, is over, or nobody can be let in now.
pub async fn redeem(turn: &mut Turn<'_>, scene: &Scene, token: &str) -> Done<bool> {
    let Some(token) = rows::token(&mut turn.tx, &token_hash(token)).await? else {
        return Ok(false);
    };
    let private = scene.chat.kind == ChatKind::Private && scene.home.is_none();
    let account = scene.account.as_ref().filter(|_| private && scene.staff.is_none());
    let account = account.ok_or_else(|| say("link-not-yours"))?;
    let household = household::store::get(&mut turn.tx, token.household_id).await?;
    if token.used_by.is_some_and(|by| by != account.id) {
        turned_away(turn, &household, account).await?;
        answer(turn, scene, say("invite-used")).await?;
        return Ok(true);
    }
    if let Some(why) = in_the_way(&household) {
        return Err(why.into());
    }
    if household::store::is_refused(&mut turn.tx, household.id, account.id).await? {
        return Err(say("link-not-yours").into());
    }
    let former = rows::of_token(&mut turn.tx, token.id).await?;
    match former.as_ref().map(|invite| invite.state) {
        Some(InviteState::Wanted) => return Ok(true),
        Some(InviteState::Made) if !is_over(turn, former.as_ref()) => {
            show(turn, former.as_ref(), &household).await?;
            return Ok(true);
        }
        Some(InviteState::Used) => return Err(say("invite-used").into()),
        _ if token.expires_at <= turn.now() => return Err(say("invite-ended").into()),
        _ => {}
    }
    want(turn, scene, &household, &token, account).await?;
    Ok(true)
}

fn is_over(turn: &Turn<'_>, invite: Option<&Invite>) -> bool {
    invite.is_none_or(|invite| invite.expires_at <= turn.now())
}

async fn answer(turn: &mut Turn<'_>, scene: &Scene, phrase: Phrase) -> Done {
    turn.post(Letter::say(scene.chat.id, &scene.language, phrase)).await?;
    Ok(())
}

/// Uses a token up: whoever is in the group already is only known now, anybody else gets a link.
async fn want(
    turn: &mut Turn<'_>,
    scene: &Scene,
    household: &Household,
    token: &Token,
    account: &Account,
) -> Done {
    let Some(chat) = household.chat_id else { return Err(say("invite-later").into()) };
    if directory::chat(&mut turn.tx, chat).await?.closed_at.is_some() {
        return Err(say("invite-later").into());
    }
    let now = turn.now();
    rows::use_token(&mut turn.tx, token.id, account.id, now).await?;
    if household::store::is_in(&mut turn.tx, chat, account.id).await? {
        known_as(turn, household, token.member_id, account).await?;
        return answer(turn, scene, say("invite-already-in")).await;
    }
    for open in rows::open(&mut turn.tx, household.id).await? {
        if open.member_id == token.member_id {
            end(turn, &open).await?;
        }
    }
    let letter = ask_for_link(turn, household, token, chat).await?;
    let (bot, expires_at) = (turn.bot, now.plus(HOLDS));
    let new = NewInvite { bot, token, account: account.id, chat, letter, now, expires_at };
    rows::put(&mut turn.tx, &new).await?;
    note(turn, Who::Unknown, "invite.want", household).await
}

async fn ask_for_link(
    turn: &mut Turn<'_>,
    household: &Household,
    token: &Token,
    chat: ChatId,
) -> Done<LetterId> {
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let n = members.iter().find(|member| member.id == token.member_id).map_or(0, |m| m.n);
    let ends = turn.now().plus(HOLDS).millis() - turn.ground.clock.offset_millis();
    // Administrators of the group see the name: a number, no person.
    let name = format!("{n} · {}", household.code);
    let make = Outgoing::MakeLink { name, until: Timestamp::from_millis(ends) };
    let language = household::language(turn.ground, household);
    turn.post(Letter::act(chat, &language, make).about(household.id)).await
}

// ---- The link ----

/// The platform has made a link. One that nobody waits for any more is ended at once.
///
/// # Errors
/// When the database is away.
pub async fn made(turn: &mut Turn<'_>, scene: &Scene, letter: LetterId, url: &str) -> Done {
    let invite = rows::of_letter(&mut turn.tx, letter).await?;
    let Some(invite) = invite else { return end_link(turn, scene.chat.id, url).await };
    if invite.url.as_deref() == Some(url) {
        return Ok(());
    }
    let household = household::store::get(&mut turn.tx, invite.household_id).await?;
    if in_the_way(&household).is_some() || !rows::made(&mut turn.tx, invite.id, url).await? {
        return end_link(turn, invite.chat_id, url).await;
    }
    let made = rows::of_letter(&mut turn.tx, letter).await?;
    show(turn, made.as_ref(), &household).await
}

/// Sends the link to the account it was made for.
async fn show(turn: &mut Turn<'_>, invite: Option<&Invite>, household: &Household) -> Done {
    let Some(Invite { url: Some(url), account_id, .. }) = invite else { return Ok(()) };
    let keys = vec![vec![Button::link(say("invite-button-open"), url.clone())]];
    let (chat, language) = private_chat(turn, *account_id).await?;
    let letter = Letter::say(chat, &language, say("invite-link")).about(household.id).keys(keys);
    turn.post(letter).await?;
    Ok(())
}

async fn private_chat(turn: &mut Turn<'_>, account: AccountId) -> Done<(ChatId, LanguageTag)> {
    let account = directory::account(&mut turn.tx, account).await?;
    let (bot, kind) = (turn.bot, ChatKind::Private);
    let chat = directory::chat_for(&mut turn.tx, bot, account.telegram_id, kind).await?;
    Ok((chat.id, turn.ground.language_of(&account)))
}

/// The platform refuses to make a link or to let somebody in by one: the person and staff are told.
/// `false` if the letter was about something else.
///
/// # Errors
/// When the database is away.
pub async fn failed(turn: &mut Turn<'_>, letter: LetterId) -> Done<bool> {
    let Some(invite) = rows::of_letter(&mut turn.tx, letter).await? else { return Ok(false) };
    if !matches!(invite.state, InviteState::Wanted | InviteState::Used) {
        return Ok(true);
    }
    rows::set_state(&mut turn.tx, invite.id, InviteState::Failed).await?;
    let household = household::store::get(&mut turn.tx, invite.household_id).await?;
    let (chat, language) = private_chat(turn, invite.account_id).await?;
    turn.post(Letter::say(chat, &language, say("invite-failed")).about(household.id)).await?;
    let name = member_name(turn, &invite).await?;
    let phrase = say("invite-no-right").with("door", household.door()).with("name", name);
    way::tell_staff(turn, &household, phrase).await?;
    Ok(true)
}

async fn member_name(turn: &mut Turn<'_>, invite: &Invite) -> Done<String> {
    let member = member(turn, invite.household_id, invite.member_id).await?;
    Ok(member.map(|member| member.name).unwrap_or_default())
}

async fn member(turn: &mut Turn<'_>, household: i64, id: i64) -> Done<Option<Member>> {
    let members = household::store::members(&mut turn.tx, household).await?;
    Ok(members.into_iter().find(|member| member.id == id))
}

/// Ends every link to a household's group that was not used.
///
/// # Errors
/// When the database is away.
pub async fn end_all(turn: &mut Turn<'_>, household: i64) -> Done {
    for invite in rows::open(&mut turn.tx, household).await? {
        end(turn, &invite).await?;
    }
    Ok(())
}

async fn end(turn: &mut Turn<'_>, invite: &Invite) -> Done {
    rows::set_state(&mut turn.tx, invite.id, InviteState::Ended).await?;
    match &invite.url {
        Some(url) => end_link(turn, invite.chat_id, url).await,
        None => Ok(()),
    }
}

async fn end_link(turn: &mut Turn<'_>, chat: ChatId, url: &str) -> Done {
    let language = turn.ground.default_language();
    turn.post(Letter::act(chat, &language, Outgoing::EndLink { link: url.to_owned() })).await?;
    Ok(())
}

// ---- At the door ----

/// Somebody asks to be let into a chat. A chat that is nobody's is none of our business.
///
/// # Errors
/// When the database is away.
pub async fn asks_in(turn: &mut Turn<'_>, scene: &Scene, link: Option<&str>) -> Done {
    let (Some(home), Some(account)) = (&scene.home, &scene.account) else { return Ok(()) };
    let household = &home.household;
    let person = account.telegram_id;
    let Some(invite) = holds(turn, scene, household, account, link).await? else {
        let away = Outgoing::TurnAway { person };
        turn.post(Letter::act(scene.chat.id, &scene.language, away).about(household.id)).await?;
        return turned_away(turn, household, account).await;
    };
    let let_in = Letter::act(scene.chat.id, &scene.language, Outgoing::LetIn { person });
    let letter = turn.post(let_in.about(household.id)).await?;
    let now = turn.now();
    if !rows::used(&mut turn.tx, invite.id, letter, now).await? {
        return Err(Fault::Broken(format!("invite {}", invite.id)).into());
    }
    if let Some(url) = &invite.url {
        end_link(turn, invite.chat_id, url).await?;
    }
    known_as(turn, household, invite.member_id, account).await
}

/// The link by which this account may come into this chat now, if there is one.
async fn holds(
    turn: &mut Turn<'_>,
    scene: &Scene,
    household: &Household,
    account: &Account,
    link: Option<&str>,
) -> Done<Option<Invite>> {
    let Some(link) = link else { return Ok(None) };
    let Some(invite) = rows::at(&mut turn.tx, scene.chat.id, link).await? else { return Ok(None) };
    let now = turn.now();
    let theirs = invite.account_id == account.id
        && invite.household_id == household.id
        && invite.state == InviteState::Made
        && invite.expires_at > now
        && in_the_way(household).is_none();
    let refused = household::store::is_refused(&mut turn.tx, household.id, account.id).await?;
    Ok(Some(invite).filter(|_| theirs && !refused))
}

/// From now on the account stands for the member; staff are told and may say that it is wrong.
async fn known_as(
    turn: &mut Turn<'_>,
    household: &Household,
    member_id: i64,
    account: &Account,
) -> Done {
    let now = turn.now();
    let id = household.id;
    if !household::store::put_claim(&mut turn.tx, id, account.id, member_id, now).await? {
        return Ok(());
    }
    turn.touch(id);
    let Some(member) = member(turn, id, member_id).await? else { return Ok(()) };
    note(turn, Who::Member(member.n), "member.claim", household).await?;
    chat::tell_claim(turn, household, Some(&member), account).await
}

/// Tells staff that somebody was turned away, at most once an hour and household.
async fn turned_away(turn: &mut Turn<'_>, household: &Household, account: &Account) -> Done {
    let now = turn.now();
    let since = now.minus(TURNED_AWAY_PACE);
    let object = format!("account {}", account.id.0);
    let detail = serde_json::json!({});
    let id = Some(household.id);
    journal::note(turn, "unknown", "invite.turned_away", &object, id, detail).await?;
    if !rows::note_turned_away(&mut turn.tx, household.id, now, since).await? {
        return Ok(());
    }
    let phrase =
        say("invite-turned-away").with("door", household.door()).with("account", &account.name);
    way::tell_staff(turn, household, phrase).await
}
