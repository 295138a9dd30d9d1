//! What is said at the door: languages, the notice, who are you, what the worker hears of it.

use super::{NOTICE_VERSION, acknowledge, choose_language, claim, everybody_in, refuse, strangers};
use crate::base::chat::{AccountId, ChatId, LetterId, Message};
use crate::base::directory::Account;
use crate::base::language::{Arg, LanguageTag, Phrase, say};
use crate::base::outbox::{Button, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::escalation::alert::Alert;
use crate::desk::health_check;
use crate::desk::household::file::{Household, Member};
use crate::desk::household::{self, Telling};
use crate::desk::local_time::quiet_until;
use crate::desk::press::Press;
use crate::desk::reference::StaffId;
use crate::desk::scene::{Home, Scene};
use crate::desk::staff;
use crate::desk::staff::person::Staff;
use crate::desk::who::Who;

pub mod way;

/// Languages on a page (messages: R1).
const PAGE: usize = 6;

// ---- Languages and notice ----

/// Offers the languages, the proposed one first; a further page takes the place of the message that
/// bears the button.
///
/// # Errors
/// When the database is away.
pub async fn offer_languages(
    turn: &mut Turn<'_>,
    household: &Household,
    page: usize,
    instead_of: Option<LetterId>,
) -> Done {
    let proposed = household::language(turn.ground, household);
    let keys = language_keys(turn, &proposed, page);
    let phrase = say("language-choice");
    match (instead_of, household.chat_id) {
        (Some(letter), Some(chat)) => {
            let edit = Letter::edit(chat, &proposed, letter, phrase).neutral();
            turn.post(edit.keys(keys)).await?;
        }
        _ => {
            household::tell(turn, household, Telling::answer(phrase).keys(keys).neutral()).await?;
        }
    }
    Ok(())
}

fn language_keys(turn: &Turn<'_>, proposed: &LanguageTag, page: usize) -> Vec<Vec<Button>> {
    let languages = &turn.ground.languages;
    let mut tags: Vec<&LanguageTag> = languages.tags().iter().collect();
    tags.sort_by_key(|tag| *tag != proposed);
    let shown: Vec<Button> = tags
        .iter()
        .skip(page * PAGE)
        .take(PAGE)
        .map(|tag| {
            let label = say("language-button").with("language", languages.own_name(tag));
            Button::press(label, Press::LanguageChoose { tag: tag.to_string() })
        })
        .collect();
    let mut keys: Vec<Vec<Button>> = shown.chunks(2).map(<[Button]>::to_vec).collect();
    if tags.len() > PAGE {
        let next = if (page + 1) * PAGE < tags.len() { page + 1 } else { 0 };
        let page = i64::try_from(next).unwrap_or(0);
        keys.push(vec![Button::press(say("language-button-more"), Press::LanguageMore { page })]);
    }
    keys
}

/// Shows the notice that is to be acknowledged.
///
/// # Errors
/// When the database is away.
pub async fn show_notice(turn: &mut Turn<'_>, household: &Household) -> Done {
    let phrase = say("notice")
        .with("date", household.ends_on())
        .with("days", turn.settings().release.retention_days)
        .with("number", &turn.settings().emergency.number);
    let keys = vec![vec![
        Button::press(
            say("notice-button-acknowledge"),
            Press::NoticeAcknowledge { version: NOTICE_VERSION },
        ),
        Button::press(say("notice-button-questions"), Press::TalkOpen {}),
    ]];
    household::tell(turn, household, Telling::answer(phrase).keys(keys)).await?;
    Ok(())
}

/// Says in the chat that the bot does not hear plain messages there.
///
/// # Errors
/// When the database is away.
pub async fn tell_unheard(turn: &mut Turn<'_>, household: &Household) -> Done {
    household::tell(turn, household, Telling::answer(say("chat-unheard")).neutral()).await?;
    Ok(())
}

// ---- Who is who ----

/// Asks an account once which member it is.
///
/// # Errors
/// When the database is away.
pub async fn ask_who(
    turn: &mut Turn<'_>,
    chat: ChatId,
    home: &Home,
    account: AccountId,
    message: Option<i64>,
) -> Done {
    let telling =
        Telling::answer(say("who-are-you")).keys(member_keys(&home.members)).reply_to(message);
    household::store::see(&mut turn.tx, chat, account, None).await?;
    if let Some(letter) = household::tell(turn, &home.household, telling).await? {
        household::store::set_asked(&mut turn.tx, chat, account, letter).await?;
    }
    Ok(())
}

fn member_keys(members: &[Member]) -> Vec<Vec<Button>> {
    let buttons: Vec<Button> = members
        .iter()
        .filter(|member| member.is_here())
        .map(|member| {
            let label = say("report-button-member").with("name", &member.name);
            Button::press(label, Press::MemberClaim { n: member.n })
        })
        .collect();
    buttons.chunks(3).map(<[Button]>::to_vec).collect()
}

/// Shows a claim to the worker; to the backup or the lead while the worker has not joined.
///
/// # Errors
/// When the database is away.
pub async fn tell_claim(
    turn: &mut Turn<'_>,
    household: &Household,
    member: Option<&Member>,
    account: &Account,
) -> Done {
    let reader =
        staff::reader_for(&mut turn.tx, household.worker_id, household.backup_id, &household.area);
    let Some(reader) = reader.await? else { return Ok(()) };
    let Some(chat) = reader.chat_id else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, &reader).await?;
    let name = match member {
        Some(member) => Arg::from(&member.name),
        None => Arg::from(say("member-nobody-yet")),
    };
    let phrase = say("member-claimed")
        .with("door", household.door())
        .with("place", household.place())
        .with("account", &account.name)
        .with("name", name);
    let code = household.code.clone();
    let refusal = Press::MemberRefuse { household: code.clone(), telegram_id: account.telegram_id };
    let mut keys = vec![vec![Button::press(say("member-button-refuse"), refusal)]];
    let everybody = Press::EverybodyIn { household: code };
    keys.push(vec![Button::press(say("member-button-everybody"), everybody)]);
    let letter = Letter::say(chat, &language, phrase).about(household.id).silent(true).keys(keys);
    turn.post(letter).await?;
    Ok(())
}

/// Tells a person of the staff something about a household, without sound while it is quiet there.
///
/// # Errors
/// When the database is away.
pub async fn tell_staff(
    turn: &mut Turn<'_>,
    household: &Household,
    reader: StaffId,
    phrase: Phrase,
) -> Done {
    let reader = staff::store::get(&mut turn.tx, reader).await?;
    let Some(chat) = reader.chat_id.filter(|_| reader.has_joined()) else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, &reader).await?;
    let quiet = quiet_until(&turn.settings().quiet, household.zone(), turn.now()).is_some();
    let letter = Letter::say(chat, &language, phrase).about(household.id).silent(quiet);
    turn.post(letter).await?;
    Ok(())
}

/// Tells the worker something about a household; the backup or the lead while the worker has not joined.
///
/// # Errors
/// When the database is away.
pub async fn tell_keeper(turn: &mut Turn<'_>, household: &Household, phrase: Phrase) -> Done {
    let reader =
        staff::reader_for(&mut turn.tx, household.worker_id, household.backup_id, &household.area);
    match reader.await? {
        Some(reader) => tell_staff(turn, household, reader.id, phrase).await,
        None => Ok(()),
    }
}

// ---- Presses ----

/// Carries out a press at the door of a household's chat.
///
/// # Errors
/// Refused when it was not for this person or is over.
pub async fn pressed_inside(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    press: &Press,
    message: Option<i64>,
) -> Done<Option<Phrase>> {
    let account = scene.account_id().ok_or_else(|| say("not-yours"))?;
    match press {
        Press::LanguageChoose { tag } => {
            let first = choose_language(turn, home, account, tag).await?;
            if first {
                let household = household::store::get(&mut turn.tx, home.household.id).await?;
                show_notice(turn, &household).await?;
            }
            Ok(Some(chosen(turn, tag)))
        }
        Press::LanguageMore { page } => {
            let letter = super::letter_of(turn, scene.chat.id, message).await?;
            let page = usize::try_from(*page).unwrap_or(0);
            offer_languages(turn, &home.household, page, letter).await?;
            Ok(None)
        }
        Press::NoticeAcknowledge { version } => {
            acknowledge(turn, home, account, *version).await?;
            Ok(Some(say("notice-toast")))
        }
        Press::MemberClaim { n } => {
            let member = claim(turn, scene, home, *n, message).await?;
            let tx = &mut turn.tx;
            let identity = household::identify(tx, &home.household, &home.members, account).await?;
            let home = Home { identity, ..home.clone() };
            health_check::question::claimed(turn, scene, &home, account, &member).await?;
            Ok(Some(say("member-toast-claimed").with("name", &member.name)))
        }
        _ => Ok(None),
    }
}

fn chosen(turn: &Turn<'_>, tag: &str) -> Phrase {
    let name = turn.ground.languages.get(tag).map(|tag| turn.ground.languages.own_name(&tag));
    say("language-toast").with("language", name.unwrap_or_default())
}

/// Carries out a press of staff about who is who.
///
/// # Errors
/// Refused when it is over.
pub async fn pressed_by_staff(
    turn: &mut Turn<'_>,
    household: &Household,
    press: &Press,
    who: Who,
) -> Done<Option<Phrase>> {
    match press {
        Press::MemberRefuse { telegram_id, .. } => {
            refuse(turn, household, *telegram_id, who).await?;
            Ok(Some(say("member-toast-refused")))
        }
        Press::EverybodyIn { .. } => {
            everybody_in(turn, household, who).await?;
            Ok(Some(say("member-toast-everybody")))
        }
        _ => Ok(None),
    }
}

/// Carries out a press of staff about a stranger.
///
/// # Errors
/// Refused when it is over.
pub async fn pressed_on_stranger(
    turn: &mut Turn<'_>,
    household: &Household,
    alert: &Alert,
    press: &Press,
    by: &Staff,
) -> Done<Option<Phrase>> {
    let who = Who::Staff(by.id);
    Ok(Some(match press {
        Press::StrangerOurs { n, .. } => {
            let member = strangers::ours(turn, household, alert, *n, who).await?;
            say("stranger-toast-ours").with("name", &member.name)
        }
        Press::StrangerRemove { .. } => {
            strangers::remove(turn, household, alert, by).await?;
            say("stranger-toast-remove")
        }
        Press::StrangerAccept { .. } => {
            strangers::accept(turn, household, alert, who).await?;
            say("stranger-toast-accept")
        }
        _ => return Ok(None),
    }))
}

/// The token after `/start` or `/link`.
#[must_use]
pub fn token(message: &Message) -> Option<&str> {
    message.text.split_whitespace().nth(1)
}
