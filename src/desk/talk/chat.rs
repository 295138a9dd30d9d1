//! How residents' words reach a person of the staff, and how the answer comes back.

use super::free_text::{FreeText, LONGEST_ANSWER};
use super::{Said, store};
use crate::base::chat::{AccountId, ChatId, Message, Outgoing};
use crate::base::clock::Timestamp;
use crate::base::directory;
use crate::base::language::{Arg, LanguageTag, Phrase, say};
use crate::base::outbox::{Lane, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::Household;
use crate::desk::household::{self, Manner, Telling};
use crate::desk::local_time::quiet_until;
use crate::desk::prompt::{self, Wanted};
use crate::desk::scene::{Home, Scene};
use crate::desk::staff;
use crate::desk::staff::person::Staff;
use crate::desk::staff::policy::Act;

/// With what a staff member's message is acknowledged.
const NOTED: &str = "👌";

// ---- From the household ----

/// Somebody wants to talk to a person: they are asked to write, and the person is told at once.
///
/// # Errors
/// When the database is away.
pub async fn opens(turn: &mut Turn<'_>, scene: &Scene) -> Done {
    let (Some(home), Some(account)) = (&scene.home, scene.account_id()) else { return Ok(()) };
    let waiting = prompt::waiting(turn, scene.chat.id, account).await?;
    let again = waiting.is_some_and(|(wanted, about)| wanted == Wanted::Talk && about.is_empty());
    prompt::ask(turn, scene.chat.id, account, Wanted::Talk, "").await?;
    let reader = super::reader(&mut turn.tx, &home.household).await?;
    let answer = opened(turn, reader.as_ref());
    household::tell(turn, &home.household, Telling::answer(answer)).await?;
    match reader {
        Some(reader) if !again => tell_wanted(turn, home, &reader).await,
        _ => Ok(()),
    }
}

fn opened(turn: &Turn<'_>, reader: Option<&Staff>) -> Phrase {
    let reads = match reader {
        Some(reader) => say("talk-opened").with("staff", &reader.name),
        None => say("talk-opened-nobody"),
    };
    reads.with("number", &turn.settings().emergency.number)
}

async fn tell_wanted(turn: &mut Turn<'_>, home: &Home, reader: &Staff) -> Done {
    let household = &home.household;
    let speaker = speaker(&home.identity);
    let wanted = named(say("talk-wanted"), household, speaker);
    let Some((chat, language)) = desk_of(turn, reader).await? else { return Ok(()) };
    turn.post(letter(turn, household, chat, &language, wanted).lane(Lane::Reply)).await?;
    Ok(())
}

/// Whether an account has a short while ago asked for a person, or been asked to write to one.
async fn has_asked(turn: &mut Turn<'_>, chat: ChatId, account: AccountId) -> Done<bool> {
    let waiting = prompt::waiting(turn, chat, account).await?;
    Ok(matches!(waiting, Some((Wanted::Talk, _))))
}

/// Hears what a resident says to nobody in particular; words that were changed are heard again.
///
/// # Errors
/// When the database is away.
pub async fn hears_resident(
    turn: &mut Turn<'_>,
    scene: &Scene,
    message: &Message,
    said_at: Timestamp,
) -> Done {
    let (Some(home), None) = (&scene.home, &scene.staff) else { return Ok(()) };
    let text = message.text.trim();
    if text.is_empty() && !message.media {
        return Ok(());
    }
    let asked_for = match scene.account_id() {
        Some(account) => has_asked(turn, scene.chat.id, account).await?,
        None => false,
    };
    let said = Said {
        chat: scene.chat.id,
        message: message.id,
        account: scene.account_id(),
        text,
        media: message.media,
        at: said_at,
        asked_for,
    };
    super::hear(turn, &home.household, said).await
}

/// Shows a person of the staff what somebody in a household said.
pub(super) async fn show(
    turn: &mut Turn<'_>,
    household: &Household,
    text: &FreeText,
    reader: &Staff,
) -> Done {
    let Some((chat, language)) = desk_of(turn, reader).await? else { return Ok(()) };
    let speaker = speaker_of(turn, household, text).await?;
    if !text.is_copied() {
        let quoted = named(say("talk-from-household"), household, speaker).with("text", &text.text);
        turn.post(letter(turn, household, chat, &language, quoted)).await?;
        return Ok(());
    }
    let head = named(say("talk-media-from-household"), household, speaker);
    turn.post(letter(turn, household, chat, &language, head)).await?;
    let from = directory::chat(&mut turn.tx, text.chat_id).await?.telegram_id;
    if let Some(from) = from {
        let copy = Outgoing::Copy { from, message: text.message_id };
        let copy = Letter::act(chat, &language, copy).lane(Lane::Relay).about(household.id);
        turn.post(copy.silent(true)).await?;
    }
    Ok(())
}

async fn speaker_of(turn: &mut Turn<'_>, household: &Household, text: &FreeText) -> Done<Arg> {
    let Some(account) = text.account_id else { return Ok(say("talk-unknown").into()) };
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let identity = household::identify(&mut turn.tx, household, &members, account).await?;
    Ok(speaker(&identity))
}

/// The members for whom an account stands, by the words of the file.
fn speaker(identity: &household::Identity) -> Arg {
    let names: Vec<Arg> = identity.members.iter().map(|member| Arg::from(&member.name)).collect();
    if names.is_empty() { say("talk-unknown").into() } else { Arg::List(names) }
}

fn named(phrase: Phrase, household: &Household, speaker: Arg) -> Phrase {
    phrase.with("place", household.place()).with("door", household.door()).with("member", speaker)
}

/// Where and in which language a person of the staff reads.
async fn desk_of(turn: &mut Turn<'_>, staff: &Staff) -> Done<Option<(ChatId, LanguageTag)>> {
    let Some(chat) = staff.chat_id else { return Ok(None) };
    let language = staff::language(turn.ground, &mut turn.tx, staff).await?;
    Ok(Some((chat, language)))
}

/// A text passed on to staff, without sound while it is quiet where the household is.
fn letter(
    turn: &Turn<'_>,
    household: &Household,
    chat: ChatId,
    language: &LanguageTag,
    text: Phrase,
) -> Letter {
    let quiet = quiet_until(&turn.settings().quiet, household.zone(), turn.now());
    Letter::say(chat, language, text).lane(Lane::Relay).about(household.id).silent(quiet.is_some())
}

// ---- From the staff ----

/// Hears a reply of the staff to one of our letters about a household, and passes it on. Says
/// whether the message was one.
///
/// # Errors
/// Refused when it is not theirs to answer, cannot be passed on, or the household has no chat.
pub async fn hears_staff(turn: &mut Turn<'_>, scene: &Scene, message: &Message) -> Done<bool> {
    let (Some(staff), None, Some(reply_to)) = (&scene.staff, &scene.home, message.reply_to) else {
        return Ok(false);
    };
    if message.edited_at.is_some() || message.forwarded {
        return Ok(false);
    }
    let about = store::household_of(&mut turn.tx, scene.chat.id, reply_to).await?;
    let Some(id) = about else { return Ok(false) };
    let household = household::store::get(&mut turn.tx, id).await?;
    if !scene.may(Act::Answer, Some(household.object())) {
        return Err(say("not-yours").into());
    }
    let words = passable(message)?;
    answer(turn, &household, staff, words).await?;
    let noted = Outgoing::React { message: message.id, emoji: NOTED.to_owned() };
    turn.post(Letter::act(scene.chat.id, &scene.language, noted)).await?;
    Ok(true)
}

/// The words of an answer, if they can be passed on as they are.
fn passable(message: &Message) -> Done<&str> {
    let words = message.text.trim();
    if message.media || words.is_empty() {
        return Err(say("talk-only-text").into());
    }
    if words.chars().count() > LONGEST_ANSWER {
        return Err(say("talk-too-long").with("count", LONGEST_ANSWER).into());
    }
    Ok(words)
}

async fn answer(turn: &mut Turn<'_>, household: &Household, staff: &Staff, words: &str) -> Done {
    let open = match household.chat_id {
        Some(chat) => directory::chat(&mut turn.tx, chat).await?.closed_at.is_none(),
        None => false,
    };
    if !open {
        return Err(say("talk-no-chat").with("door", household.door()).into());
    }
    let answer = say("talk-from-staff").with("staff", &staff.name).with("text", words);
    household::tell(turn, household, Telling::new(answer, Manner::Answer, Lane::Relay)).await?;
    super::answered(turn, household, staff).await
}
