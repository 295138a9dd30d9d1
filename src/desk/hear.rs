//! Who hears what. Danger words come first, whoever says them; then commands, readings, requests;
//! what nobody takes goes to a person.

use super::escalation;
use super::prompt::{self, Wanted};
use super::scene::{Home, Scene};
use super::{
    card, command, doorway, health_check, household, intake, operator, pressed, supply, talk,
};
use crate::base::chat::{ChatKind, Echo, Happening, Incoming, Message, Outcome, Person, Place};
use crate::base::clock::Timestamp;
use crate::base::directory;
use crate::base::inbox;
use crate::base::journal;
use crate::base::language::{Phrase, say};
use crate::base::outbox::{self, Letter};
use crate::base::turn::{Done, Turn};

/// Hears one event and does everything that follows from it.
///
/// # Errors
/// Refused when the person must be told why; anything else is a fault.
pub async fn hear(turn: &mut Turn<'_>, incoming: &Incoming) -> Done {
    let scene = Scene::set(turn, incoming).await?;
    if !is_new(turn, &scene, &incoming.what).await? {
        return Ok(());
    }
    match &incoming.what {
        Happening::Message(message) => hear_message(turn, &scene, message, incoming.at).await?,
        Happening::Press { press, message, data } => {
            pressed::hear(turn, &scene, press, *message, data).await?;
        }
        Happening::Joined(people) => joined(turn, &scene, people).await?,
        Happening::Left(person) => left(turn, &scene, person).await?,
        Happening::OurPlace(standing) => doorway::place_changed(turn, &scene, standing).await?,
        Happening::Titled => doorway::breaks::titled(turn, &scene).await?,
        Happening::Moved { to } => doorway::moved(turn, &scene, *to).await?,
        Happening::ChoseChat { request, chat, title } => {
            doorway::request::chosen(turn, &scene, *request, *chat, title.as_deref()).await?;
        }
        Happening::AsksIn { link } => {
            doorway::invite::asks_in(turn, &scene, link.as_deref()).await?;
        }
        Happening::Echo(echo) => hear_echo(turn, &scene, echo).await?,
        Happening::Other => {}
    }
    card::refresh(turn).await
}

/// The same message, the same version of it, or the same press has one effect (guarantees: G3).
async fn is_new(turn: &mut Turn<'_>, scene: &Scene, what: &Happening) -> Done<bool> {
    let key = match what {
        Happening::Message(message) => {
            inbox::message_key(scene.chat.id, message.id, message.edited_at, &message.text)
        }
        Happening::Press { press, .. } => format!("cb:{}:{press}", turn.bot),
        _ => return Ok(true),
    };
    let now = turn.now();
    Ok(inbox::first_time(&mut turn.tx, &key, now).await?)
}

async fn hear_message(
    turn: &mut Turn<'_>,
    scene: &Scene,
    message: &Message,
    said_at: Timestamp,
) -> Done {
    if command::is_for_another(turn, message).await? {
        return Ok(());
    }
    match (&scene.home, scene.chat.kind) {
        (Some(home), _) => hear_in_household(turn, scene, home, message, said_at).await,
        (None, ChatKind::Private) => hear_in_private(turn, scene, message, said_at).await,
        (None, ChatKind::Group) => hear_in_unbound_group(turn, scene, message).await,
    }
}

// ---- In a household's chat ----

async fn hear_in_household(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    message: &Message,
    said_at: Timestamp,
) -> Done {
    note_presence(turn, scene, home, message).await?;
    if scene.staff.is_some() {
        if !supply::chat::hears(turn, scene, message, said_at).await? {
            command::by_staff_in_household(turn, scene, message).await?;
        }
        return Ok(());
    }
    if message.forwarded {
        return talk::chat::hears_resident(turn, scene, message, said_at).await;
    }
    health_check::chat::hear_red_flags(turn, home, message).await?;
    if !scene.is_strange() && command::in_household(turn, scene, home, message, said_at).await? {
        return Ok(());
    }
    if hear_words(turn, scene, home, message, said_at).await? {
        return Ok(());
    }
    talk::chat::hears_resident(turn, scene, message, said_at).await
}

async fn note_presence(turn: &mut Turn<'_>, scene: &Scene, home: &Home, message: &Message) -> Done {
    // Commands, replies to the bot and mentions arrive without administrator rights too.
    let plain = command::name(&message.text).is_none()
        && message.reply_to.is_none()
        && !message.text.contains('@');
    if home.household.heard_at.is_none() && plain {
        doorway::hears_everything(turn, &home.household).await?;
    }
    let Some(account) = scene.account_id() else { return Ok(()) };
    let id = Some(message.id);
    doorway::seen(turn, scene, account, id, scene.staff.is_some()).await?;
    if let Some(staff) = &scene.staff {
        talk::answered(turn, &home.household, staff).await?;
    }
    Ok(())
}

/// Readings, and the request that was asked for.
async fn hear_words(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    message: &Message,
    said_at: Timestamp,
) -> Done<bool> {
    let Some(account) = scene.account_id().filter(|_| !home.identity.stranger) else {
        health_check::chat::hear_stranger(turn, scene, home, message).await?;
        return Ok(false);
    };
    let waiting = prompt::waiting(turn, scene.chat.id, account).await?;
    let wants_words = matches!(waiting, Some((Wanted::Need, _)));
    if wants_words && !health_check::chat::holds_reading(turn, scene, home, message)? {
        return supply::chat::hears(turn, scene, message, said_at).await;
    }
    if !health_check::chat::holds_reading(turn, scene, home, message)?
        && intake::chat::hears(turn, scene, home, message, waiting.as_ref()).await?
    {
        return Ok(true);
    }
    health_check::chat::hears(turn, scene, home, message, said_at).await
}

// ---- In a private chat ----

async fn hear_in_private(
    turn: &mut Turn<'_>,
    scene: &Scene,
    message: &Message,
    said_at: Timestamp,
) -> Done {
    if message.forwarded || message.edited_at.is_some() && scene.staff.is_none() {
        return neutral(turn, scene).await;
    }
    let Some(staff) = scene.staff.clone() else {
        return command::by_stranger(turn, scene, message).await;
    };
    if command::by_staff(turn, scene, &staff, message).await? {
        return Ok(());
    }
    if talk::chat::hears_staff(turn, scene, message).await?
        || hear_answer(turn, scene, &staff, message, said_at).await?
        || health_check::entry::hears(turn, scene, &staff, message, said_at).await?
    {
        return Ok(());
    }
    let help = say("staff-unclear");
    turn.post(Letter::say(scene.chat.id, &scene.language, help)).await?;
    Ok(())
}

/// The answer to a question that was put to a person of the staff.
async fn hear_answer(
    turn: &mut Turn<'_>,
    scene: &Scene,
    staff: &super::staff::person::Staff,
    message: &Message,
    said_at: Timestamp,
) -> Done<bool> {
    let Some(account) = scene.account_id() else { return Ok(false) };
    let Some((wanted, about)) = prompt::waiting(turn, scene.chat.id, account).await? else {
        return Ok(false);
    };
    match wanted {
        Wanted::CloseReason => {
            let reason = message.text.trim();
            if reason.is_empty() || message.edited_at.is_some() {
                return Err(say("alert-ask-reason").with("ref", &about).into());
            }
            let closed = escalation::chat::closed_because(turn, &about, staff, reason).await?;
            let said = if closed {
                say("alert-closed").with("ref", &about)
            } else {
                say("already-closed")
            };
            turn.post(Letter::say(scene.chat.id, &scene.language, said).silent(true)).await?;
        }
        Wanted::Reading => {
            health_check::entry::answered(turn, scene, staff, &about, message, said_at).await?;
        }
        Wanted::Extension => {
            if message.edited_at.is_some() {
                return Ok(false);
            }
            command::life::extension_answered(turn, scene, staff, &about, message).await?;
        }
        Wanted::DeclineReason => return supply::chat::hears(turn, scene, message, said_at).await,
        Wanted::Intake => {
            prompt::answered(turn, scene.chat.id, account).await?;
            intake::chat::hears_staff(turn, scene, staff, &about, message).await?;
            return Ok(true);
        }
        Wanted::Need | Wanted::Talk => return Ok(false),
    }
    prompt::answered(turn, scene.chat.id, account).await?;
    Ok(true)
}

// ---- Elsewhere ----

async fn hear_in_unbound_group(turn: &mut Turn<'_>, scene: &Scene, message: &Message) -> Done {
    let nobody =
        scene.account.is_none() || scene.staff.is_some() && command::name(&message.text).is_none();
    if nobody || message.forwarded || message.edited_at.is_some() {
        return Ok(());
    }
    command::in_unbound_group(turn, scene, message).await
}

/// One neutral sentence to a stranger, at most once an hour and chat.
///
/// # Errors
/// When the database is away.
pub async fn neutral(turn: &mut Turn<'_>, scene: &Scene) -> Done {
    doorway::foreign::neutral(turn, scene.chat.id, &scene.language).await
}

async fn joined(turn: &mut Turn<'_>, scene: &Scene, people: &[Person]) -> Done {
    if scene.home.is_none() {
        return Ok(());
    }
    for person in people {
        let (bot, now) = (turn.bot, turn.now());
        let account = directory::account_for(&mut turn.tx, bot, person, now).await?;
        let staff = super::staff::store::of_account(&mut turn.tx, account.id).await?;
        doorway::seen(turn, scene, account.id, None, staff.is_some()).await?;
    }
    Ok(())
}

async fn left(turn: &mut Turn<'_>, scene: &Scene, person: &Person) -> Done {
    let (bot, now) = (turn.bot, turn.now());
    let account = directory::account_for(&mut turn.tx, bot, person, now).await?;
    doorway::breaks::left(turn, scene, account.id).await
}

// ---- What came of letters ----

async fn hear_echo(turn: &mut Turn<'_>, scene: &Scene, echo: &Echo) -> Done {
    match &echo.outcome {
        Outcome::Closed(why) => {
            doorway::invite::failed(turn, echo.letter).await?;
            doorway::shut(turn, &scene.chat, *why).await?;
        }
        Outcome::Place(standing) => {
            if standing.place == Place::Member
                && scene.home.as_ref().is_some_and(|h| h.household.heard_at.is_some())
            {
                return Ok(());
            }
            doorway::place_changed(turn, scene, standing).await?;
        }
        Outcome::Count(count) => {
            if let Some(home) = &scene.home {
                doorway::strangers::counted(turn, &home.household, *count).await?;
            }
        }
        Outcome::Removed => {
            if let Some(home) = &scene.home {
                doorway::strangers::removed(turn, &home.household, echo.letter).await?;
            }
        }
        Outcome::Dead { reason } => {
            if !doorway::strangers::not_removed(turn, echo.letter, reason).await?
                && !doorway::invite::failed(turn, echo.letter).await?
            {
                dead_letter(turn, scene, echo).await?;
            }
        }
        Outcome::Link(url) => doorway::invite::made(turn, scene, echo.letter, url).await?,
    }
    Ok(())
}

/// A letter will never arrive: a lost card is hung anew, the operator is told of anything else.
async fn dead_letter(turn: &mut Turn<'_>, scene: &Scene, echo: &Echo) -> Done {
    if let Some(home) = &scene.home {
        let card = home.household.card_letter;
        let target = outbox::target_of(&mut turn.tx, echo.letter).await?.map(|letter| letter.0);
        if card.is_some() && (card == Some(echo.letter.0) || card == target) {
            household::store::forget_card(&mut turn.tx, home.household.id).await?;
            turn.touch(home.household.id);
            return Ok(());
        }
    }
    if scene.home.is_none() && scene.chat.kind == ChatKind::Group {
        // A group that is nobody's: what it does not let us say is no loss.
        return Ok(());
    }
    operator::tell(turn, say("operator-dead-letter").with("letter", echo.letter.0)).await
}

/// Tells the person why something was refused. For a press that is the answer to it and one line in
/// the journal, and nothing else changes.
///
/// # Errors
/// When the database is away.
pub async fn refuse(turn: &mut Turn<'_>, incoming: &Incoming, why: Phrase) -> Done {
    let scene = Scene::set(turn, incoming).await?;
    if !is_new(turn, &scene, &incoming.what).await? {
        return Ok(());
    }
    let actor = scene.who().actor();
    let detail = serde_json::json!({ "why": why.id() });
    match &incoming.what {
        Happening::Press { press, .. } => {
            let household = scene.home.as_ref().map(|home| home.household.id);
            journal::note(turn, &actor, "refused", "press", household, detail).await?;
            let answer = Letter::answer(scene.chat.id, &scene.language, press, Some(why));
            turn.post(answer).await?;
        }
        Happening::Message(message) => {
            journal::note(turn, &actor, "refused", "message", None, detail).await?;
            let letter = Letter::say(scene.chat.id, &scene.language, why).reply_to(message.id);
            turn.post(letter).await?;
        }
        _ => {}
    }
    Ok(())
}
