//! Muting: in hospital, died, moved. One tap by staff silences a member or a household at once; it can
//! be taken back, and is written down (rules: mute). Danger still speaks.

use super::file::{Household, Member, State};
use super::{passage, store as households};
use crate::base::chat::{ChatId, LetterId};
use crate::base::journal;
use crate::base::language::{Phrase, say};
use crate::base::outbox::{Button, Letter, withdraw_reminders};
use crate::base::turn::{Done, Turn};
pub use crate::desk::choice::Why;
use crate::desk::press::Press;
use crate::desk::staff;
use crate::desk::staff::person::Staff;
use crate::desk::who::Who;

pub(crate) mod store;

// ---- Members ----

/// Nothing is asked of a member any more. Says whether a reminder was taken back that had not gone yet,
/// because it may have named the member.
///
/// # Errors
/// Refused when it is so already.
pub async fn member(
    turn: &mut Turn<'_>,
    household: &Household,
    member: &Member,
    why: Why,
    who: Who,
) -> Done<bool> {
    if member.muted_why == Some(why) || household.state.is_over() {
        return Err(say("already-closed").into());
    }
    let now = turn.now();
    store::mute_member(&mut turn.tx, member.id, Some((now, why))).await?;
    let states = (State::Active, State::Muted);
    passage::put(turn, household.id, states, Some(why.word()), Some(member.n), who).await?;
    note(turn, household, who, "member.mute", Some(member.n), Some(why)).await?;
    withdraw_reminders(turn, household.id).await
}

/// A member is asked again.
///
/// # Errors
/// Refused when it is so already.
pub async fn unmute_member(
    turn: &mut Turn<'_>,
    household: &Household,
    member: &Member,
    who: Who,
) -> Done {
    if !member.is_muted() || household.state.is_over() {
        return Err(say("already-closed").into());
    }
    store::mute_member(&mut turn.tx, member.id, None).await?;
    let states = (State::Muted, State::Active);
    passage::put(turn, household.id, states, Some("unmuted"), Some(member.n), who).await?;
    note(turn, household, who, "member.unmute", Some(member.n), None).await
}

// ---- Households ----

/// Nothing is asked of a household any more.
///
/// # Errors
/// Refused when it is so already, or its period is over.
pub async fn whole(turn: &mut Turn<'_>, household: &mut Household, why: Why, who: Who) -> Done {
    if household.state.is_over() || household.state == State::Muted {
        return Err(say("already-closed").into());
    }
    store::remember_state(&mut turn.tx, household.id, household.state).await?;
    super::pass_to(turn, household, State::Muted, Some(why.word()), who).await?;
    note(turn, household, who, "household.mute", None, Some(why)).await?;
    withdraw_reminders(turn, household.id).await?;
    Ok(())
}

/// A household is asked again: it is what it was before.
///
/// # Errors
/// Refused when it is so already.
pub async fn unmute_whole(turn: &mut Turn<'_>, household: &mut Household, who: Who) -> Done {
    if household.state != State::Muted {
        return Err(say("already-closed").into());
    }
    let before = store::state_before(&mut turn.tx, household.id).await?;
    let before = before.unwrap_or(State::Active);
    super::pass_to(turn, household, before, Some("unmuted"), who).await?;
    note(turn, household, who, "household.unmute", None, None).await
}

async fn note(
    turn: &mut Turn<'_>,
    household: &Household,
    who: Who,
    action: &str,
    member: Option<i64>,
    why: Option<Why>,
) -> Done {
    let object = format!("household {}", household.id);
    let detail = serde_json::json!({ "member": member, "why": why });
    journal::note(turn, &who.actor(), action, &object, Some(household.id), detail).await
}

// ---- The menu ----

/// Shows staff who can be muted or asked again, each by one tap; anew, or where it stands.
///
/// # Errors
/// When the database is away.
pub async fn show(
    turn: &mut Turn<'_>,
    household: &Household,
    by: &Staff,
    chat: ChatId,
    letter: Option<LetterId>,
) -> Done {
    let members = households::members(&mut turn.tx, household.id).await?;
    let language = staff::language(turn.ground, &mut turn.tx, by).await?;
    let lines: Vec<Phrase> = members.iter().filter_map(line).collect();
    let phrase =
        if household.state == State::Muted { say("mute-menu-whole") } else { say("mute-menu") };
    let phrase =
        phrase.with("door", household.door()).with("place", household.place()).with("lines", lines);
    let new = match letter {
        Some(letter) => Letter::edit(chat, &language, letter, phrase),
        None => Letter::say(chat, &language, phrase),
    };
    turn.post(new.about(household.id).keys(keys(household, &members))).await?;
    Ok(())
}

fn line(member: &Member) -> Option<Phrase> {
    let why = reason(member.muted_why?);
    Some(say("mute-line").with("name", &member.name).with("why", why))
}

fn reason(why: Why) -> Phrase {
    match why {
        Why::Hospital => say("mute-why-hospital"),
        Why::Death => say("mute-why-death"),
        Why::Moved => say("mute-why-moved"),
    }
}

fn keys(household: &Household, members: &[Member]) -> Vec<Vec<Button>> {
    let code = || household.code.clone();
    if household.state == State::Muted {
        let end = Press::MuteEnd { household: code(), n: 0 };
        return vec![vec![Button::press(say("mute-button-whole-end"), end)]];
    }
    let mut rows: Vec<Vec<Button>> =
        members.iter().map(|member| member_keys(household, member)).collect();
    rows.push(vec![
        Button::press(
            say("mute-button-whole-hospital"),
            Press::MuteHousehold { household: code(), why: Why::Hospital },
        ),
        Button::press(
            say("mute-button-whole-moved"),
            Press::MuteHousehold { household: code(), why: Why::Moved },
        ),
    ]);
    rows
}

fn member_keys(household: &Household, member: &Member) -> Vec<Button> {
    let (code, n) = (|| household.code.clone(), member.n);
    let key = |label: Phrase, press| Button::press(label.with("name", &member.name), press);
    let mute = |label, why| key(label, Press::MuteMember { household: code(), n, why });
    if member.is_muted() {
        return vec![key(say("mute-button-end"), Press::MuteEnd { household: code(), n })];
    }
    vec![
        mute(say("mute-button-hospital"), Why::Hospital),
        mute(say("mute-button-death"), Why::Death),
        mute(say("mute-button-moved"), Why::Moved),
    ]
}
