//! The end of a period: asked for, confirmed by a second press, or extended visibly, with a reason and
//! a name (rules: last day). Nobody is released by a date.

use super::file::{Channel, Household, State};
use super::{Manner, Telling, extension, pass_to, store, tell, transfer};
use crate::base::chat::{ChatId, Outgoing};
use crate::base::language::{Phrase, say};
use crate::base::outbox::{Button, Lane, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::escalation;
use crate::desk::escalation::alert::Kind;
use crate::desk::press::Press;
use crate::desk::staff;
use crate::desk::staff::person::Staff;
use crate::desk::who::Who;

/// How much longer a period lasts whose end was refused, in days.
const EXTENSION_DAYS: i64 = 1;
/// How many reasons a household is told.
const SHOWN_OBJECTIONS: usize = 2;

/// Tells the worker that the last slot has opened and that release may follow.
///
/// # Errors
/// When the database is away.
pub async fn announce(turn: &mut Turn<'_>, household: &Household) -> Done {
    if !household.state.is_running() {
        return Ok(());
    }
    let worker = staff::store::get(&mut turn.tx, household.worker_id).await?;
    let Some(chat) = worker.chat_id else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, &worker).await?;
    let phrase = say("release-due")
        .with("door", household.door())
        .with("place", household.place())
        .with("date", household.ends_on());
    let letter = Letter::say(chat, &language, phrase)
        .about(household.id)
        .silent(true)
        .keys(vec![keys(household)]);
    turn.post(letter).await?;
    Ok(())
}

/// What can be done at the end of a period: release, or a longer one.
#[must_use]
pub fn keys(household: &Household) -> Vec<Button> {
    vec![ask_button(household), extension::ask_button(household)]
}

/// Tells the worker two days before the end what happens next (rules: last day).
///
/// # Errors
/// When the database is away.
pub async fn foretell(turn: &mut Turn<'_>, household: &Household) -> Done {
    if !household.state.is_running() {
        return Ok(());
    }
    let worker = staff::store::get(&mut turn.tx, household.worker_id).await?;
    let Some(chat) = worker.chat_id else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, &worker).await?;
    let phrase = say("release-soon")
        .with("door", household.door())
        .with("place", household.place())
        .with("date", household.ends_on());
    let letter = Letter::say(chat, &language, phrase).about(household.id).silent(true);
    turn.post(letter.keys(vec![vec![extension::ask_button(household)]])).await?;
    Ok(())
}

/// The button that asks for release.
#[must_use]
fn ask_button(household: &Household) -> Button {
    let label = say("release-button-ask").with("door", household.door());
    Button::press(label, Press::ReleaseAsk { household: household.code.clone() })
}

/// Somebody asks for release. `objections` are what stands in its way, as the features see it; with
/// any, the period is extended if it would have ended today.
///
/// # Errors
/// Refused when the household is not in follow-up.
pub async fn ask(
    turn: &mut Turn<'_>,
    household: &mut Household,
    by: &Staff,
    chat: ChatId,
    objections: Vec<Phrase>,
) -> Done {
    if !household.state.is_running() {
        return Err(say("already-closed").into());
    }
    let language = staff::language(turn.ground, &mut turn.tx, by).await?;
    if !objections.is_empty() {
        return refuse(turn, household, by, chat, objections).await;
    }
    store::set_release_asked(&mut turn.tx, household.id, Some(by.id)).await?;
    let phrase = say("release-confirm")
        .with("door", household.door())
        .with("place", household.place())
        .with("day", household.day_of(turn.now()))
        .with("days", household.days);
    let confirm = Press::ReleaseConfirm { household: household.code.clone() };
    let keys = vec![vec![Button::press(say("release-button-confirm"), confirm)]];
    if turn.settings().release.second_person {
        ask_another(turn, household, by, phrase, keys).await?;
        let asked = say("release-asked-others").with("door", household.door());
        turn.post(Letter::say(chat, &language, asked).about(household.id)).await?;
        return Ok(());
    }
    turn.post(Letter::say(chat, &language, phrase).about(household.id).keys(keys)).await?;
    Ok(())
}

/// Where a second person must press, everybody else who may is asked.
async fn ask_another(
    turn: &mut Turn<'_>,
    household: &Household,
    by: &Staff,
    phrase: Phrase,
    keys: Vec<Vec<Button>>,
) -> Done {
    let mut others = staff::chain_of_command(&mut turn.tx, &household.area).await?;
    others.push(staff::store::get(&mut turn.tx, household.worker_id).await?);
    for other in others.into_iter().filter(|other| other.id != by.id && other.has_joined()) {
        let Some(chat) = other.chat_id else { continue };
        let language = staff::language(turn.ground, &mut turn.tx, &other).await?;
        let letter = Letter::say(chat, &language, phrase.clone()).about(household.id);
        turn.post(letter.keys(keys.clone())).await?;
    }
    Ok(())
}

async fn refuse(
    turn: &mut Turn<'_>,
    household: &mut Household,
    by: &Staff,
    chat: ChatId,
    objections: Vec<Phrase>,
) -> Done {
    let ends_now = household.date_of(turn.now()) >= household.ends_on();
    if ends_now {
        extend(turn, household, by, &objections).await?;
    }
    let language = staff::language(turn.ground, &mut turn.tx, by).await?;
    let refused = if ends_now { say("release-refused-extended") } else { say("release-refused") };
    let phrase = refused
        .with("door", household.door())
        .with("place", household.place())
        .with("date", household.ends_on())
        .with("lines", objections);
    turn.post(Letter::say(chat, &language, phrase).about(household.id)).await?;
    Ok(())
}

async fn extend(
    turn: &mut Turn<'_>,
    household: &mut Household,
    by: &Staff,
    objections: &[Phrase],
) -> Done {
    let reason = objections.iter().map(Phrase::id).collect::<Vec<_>>().join(" ");
    let told: Vec<Phrase> = objections.iter().take(SHOWN_OBJECTIONS).cloned().collect();
    extension::extend(turn, household, by, EXTENSION_DAYS, &reason, told.into()).await
}

/// The second press: the period ends.
///
/// # Errors
/// Refused when nobody asked, or the same person asked where a second one is wanted.
pub async fn confirm(
    turn: &mut Turn<'_>,
    household: &mut Household,
    by: &Staff,
    chat: ChatId,
    objections: Vec<Phrase>,
) -> Done {
    let asked = store::release_asked_by(&mut turn.tx, household.id).await?;
    let Some(asked) = asked.filter(|_| household.state.is_running()) else {
        return Err(say("already-closed").into());
    };
    if turn.settings().release.second_person && asked == by.id {
        return Err(say("not-yours").into());
    }
    store::set_release_asked(&mut turn.tx, household.id, None).await?;
    if !objections.is_empty() {
        return refuse(turn, household, by, chat, objections).await;
    }
    end(turn, household, by).await?;
    let language = staff::language(turn.ground, &mut turn.tx, by).await?;
    let phrase = say("release-done").with("door", household.door());
    turn.post(Letter::say(chat, &language, phrase).about(household.id)).await?;
    Ok(())
}

async fn end(turn: &mut Turn<'_>, household: &mut Household, by: &Staff) -> Done {
    let now = turn.now();
    let rules = &turn.settings().release;
    let kept = std::time::Duration::from_hours(24) * rules.retention_days;
    let leaves_at = now.plus(rules.leave_after.min(kept));
    for alert in escalation::open_of(&mut turn.tx, household.id).await? {
        // A stranger stays one as long as there is a chat.
        if alert.kind != Kind::Stranger {
            escalation::resolve(turn, alert, Who::Staff(by.id), "released").await?;
        }
    }
    pass_to(turn, household, State::Released, None, Who::Staff(by.id)).await?;
    store::set_released(&mut turn.tx, household.id, now).await?;
    store::set_due(&mut turn.tx, household.id, Some(leaves_at)).await?;
    crate::base::outbox::withdraw_reminders(turn, household.id).await?;
    transfer::withdraw(turn, household).await?;
    let phrase = say("released")
        .with("time", crate::desk::local_time::time_in(&household.timezone, now))
        .with("date", household.date_of(leaves_at));
    tell(turn, household, Telling::new(phrase, Manner::Answer, Lane::Reply)).await?;
    Ok(())
}

/// The bot says goodbye and leaves the chat of a household that was released long enough ago; links
/// to the household end. What comes after that, the clock asks of retention.
///
/// # Errors
/// When the database is away.
pub async fn leave(turn: &mut Turn<'_>, household: &mut Household) -> Done {
    let now = turn.now();
    store::set_due(&mut turn.tx, household.id, Some(now)).await?;
    for alert in escalation::open_of(&mut turn.tx, household.id).await? {
        escalation::resolve(turn, alert, Who::System, "closed").await?;
    }
    store::end_links(&mut turn.tx, household.id, now).await?;
    pass_to(turn, household, State::Closed, None, Who::System).await?;
    turn.take_touched();
    part(turn, household).await
}

/// Leaves the chat of an earlier period: the household is to be opened again.
///
/// # Errors
/// When the database is away.
pub async fn leave_behind(turn: &mut Turn<'_>, household: &Household) -> Done {
    for alert in escalation::open_of(&mut turn.tx, household.id).await? {
        escalation::resolve(turn, alert, Who::System, "closed").await?;
    }
    part(turn, household).await?;
    Ok(store::unbind(&mut turn.tx, household.id).await?)
}

/// The last words in a chat; the bot leaves a group, and stays silent in a private chat.
async fn part(turn: &mut Turn<'_>, household: &Household) -> Done {
    let Some(chat) = household.chat_id else { return Ok(()) };
    let phrase = say("farewell").with("number", &turn.settings().emergency.number);
    tell(turn, household, Telling::answer(phrase).neutral()).await?;
    if household.channel != Channel::Group {
        return Ok(());
    }
    let language = super::language(turn.ground, household);
    turn.post(Letter::act(chat, &language, Outgoing::Leave).about(household.id)).await?;
    Ok(())
}
