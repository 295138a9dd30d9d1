//! Puts a request before its readers, and renews it where it stands.

use super::message;
use crate::base::chat::{ChatId, LetterId, Outgoing};
use crate::base::directory;
use crate::base::language::{LanguageTag, Phrase};
use crate::base::outbox::Letter;
use crate::base::turn::{Done, Turn};
use crate::desk::household;
use crate::desk::household::file::Household;
use crate::desk::local_time::quiet_until;
use crate::desk::staff;
use crate::desk::staff::person::Staff;
use crate::desk::supply::request::Request;
use crate::desk::supply::store;

/// Tells a person of the staff of a request. What it carries besides words comes before it, in a
/// message of its own: the words must be able to change.
pub(super) async fn tell(
    turn: &mut Turn<'_>,
    household: &Household,
    request: &Request,
    staff: &Staff,
) -> Done {
    let Some(reader) = Reader::of(turn, staff).await? else { return Ok(()) };
    enclose(turn, household, request, &reader).await?;
    let owner = owner(turn, request).await?;
    let text = message::for_staff(turn.ground, request, household, &owner);
    let letter = reader.letter(turn, household, text).keys(message::staff_keys(request));
    let letter = turn.post(letter).await?;
    Ok(store::put_told(&mut turn.tx, request.id, staff.id, letter).await?)
}

/// Tells a person of the staff of a request unless it stands before them already.
///
/// # Errors
/// When the database is away.
pub(in crate::desk::supply) async fn tell_once(
    turn: &mut Turn<'_>,
    household: &Household,
    request: &Request,
    staff: &Staff,
) -> Done {
    let told = store::told(&mut turn.tx, request.id).await?;
    if told.iter().any(|(reader, _)| *reader == staff.id) {
        return Ok(());
    }
    tell(turn, household, request, staff).await
}

/// The photo, or a copy of a message that carries anything else.
async fn enclose(
    turn: &mut Turn<'_>,
    household: &Household,
    request: &Request,
    reader: &Reader,
) -> Done {
    let letter = if let Some(photo) = &request.photo {
        let caption = message::caption(request, household);
        Letter::photo(reader.chat, &reader.language, photo.clone(), caption)
    } else if let (true, Some(message)) = (request.media, request.message_id) {
        let chat = directory::chat(&mut turn.tx, request.chat_id).await?;
        let Some(from) = chat.telegram_id else { return Ok(()) };
        Letter::act(reader.chat, &reader.language, Outgoing::Copy { from, message })
    } else {
        return Ok(());
    };
    turn.post(letter.about(household.id).silent(true)).await?;
    Ok(())
}

/// Tells a person of the staff that something is missing.
pub(super) async fn tell_missing(
    turn: &mut Turn<'_>,
    household: &Household,
    request: &Request,
    staff: &Staff,
) -> Done {
    let Some(reader) = Reader::of(turn, staff).await? else { return Ok(()) };
    let letter = reader.letter(turn, household, message::missing(request, household));
    turn.post(letter).await?;
    Ok(())
}

/// Renews every message in which a request stands.
pub(super) async fn show(turn: &mut Turn<'_>, household: &Household, request: &Request) -> Done {
    let owner = owner(turn, request).await?;
    let here = household.chat_id == Some(request.chat_id);
    if let Some(letter) = request.household_letter.filter(|_| here) {
        let language = household::language(turn.ground, household);
        let text = message::for_household(request, household, &owner);
        let edit = Letter::edit(request.chat_id, &language, letter, text)
            .about(household.id)
            .keys(message::household_keys(request));
        turn.post(edit).await?;
    }
    for (reader, letter) in store::told(&mut turn.tx, request.id).await? {
        let staff = staff::store::get(&mut turn.tx, reader).await?;
        let Some(reader) = Reader::of(turn, &staff).await? else { continue };
        renew(turn, household, request, &reader, letter, &owner).await?;
    }
    Ok(())
}

async fn renew(
    turn: &mut Turn<'_>,
    household: &Household,
    request: &Request,
    reader: &Reader,
    letter: LetterId,
    owner: &str,
) -> Done {
    let text = message::for_staff(turn.ground, request, household, owner);
    let edit = Letter::edit(reader.chat, &reader.language, letter, text)
        .about(household.id)
        .keys(message::staff_keys(request));
    turn.post(edit).await?;
    Ok(())
}

/// The name of whoever has it; nobody's is empty.
async fn owner(turn: &mut Turn<'_>, request: &Request) -> Done<String> {
    let Some(owner) = request.owner_id else { return Ok(String::new()) };
    Ok(staff::store::get(&mut turn.tx, owner).await?.name)
}

/// Where and in which language a person of the staff reads.
struct Reader {
    chat: ChatId,
    language: LanguageTag,
}

impl Reader {
    async fn of(turn: &mut Turn<'_>, staff: &Staff) -> Done<Option<Self>> {
        let Some(chat) = staff.chat_id.filter(|_| staff.has_joined()) else { return Ok(None) };
        let language = staff::language(turn.ground, &mut turn.tx, staff).await?;
        Ok(Some(Self { chat, language }))
    }

    /// A message about a household, without sound while it is quiet there.
    fn letter(&self, turn: &Turn<'_>, household: &Household, text: Phrase) -> Letter {
        let quiet = quiet_until(&turn.settings().quiet, household.zone(), turn.now());
        Letter::say(self.chat, &self.language, text).about(household.id).silent(quiet.is_some())
    }
}
