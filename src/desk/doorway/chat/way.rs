//! The words of the ways in: the button by which a group is chosen, and personal links.

use crate::base::language::{Phrase, say};
use crate::base::outbox::{Button, Letter};
use crate::base::turn::{Done, Turn};
use crate::desk::household::file::{Household, Member};
use crate::desk::press::Press;
use crate::desk::scene::Scene;
use crate::desk::staff;
use crate::desk::staff::person::Staff;

/// How many households the list of those that are not open shows.
const LINES: usize = 10;

// ---- A group ----

/// The households that are not open yet, each with a button.
///
/// # Errors
/// When the database is away.
pub async fn list_unopened(turn: &mut Turn<'_>, scene: &Scene, unopened: &[&Household]) -> Done {
    let phrase = match unopened.len() {
        0 => say("group-none"),
        count => say("group-list").with("count", count),
    };
    let button = |household: &&Household| {
        let label = say("group-button-household").with("door", household.door());
        Button::press(label, Press::GroupNew { household: household.code.clone() })
    };
    let buttons: Vec<Button> = unopened.iter().take(LINES).map(button).collect();
    let keys = buttons.chunks(2).map(<[Button]>::to_vec).collect();
    turn.post(Letter::say(scene.chat.id, &scene.language, phrase).keys(keys)).await?;
    Ok(())
}

/// Says something to a person of the staff, with the button by which they choose a group.
///
/// # Errors
/// When the database is away.
pub async fn with_button(
    turn: &mut Turn<'_>,
    staff: &Staff,
    household: i64,
    request: i64,
    phrase: Phrase,
) -> Done {
    let Some(chat) = staff.chat_id else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, staff).await?;
    let letter = Letter::say(chat, &language, phrase)
        .about(household)
        .choose_chat(say("group-button-choose"), request);
    turn.post(letter).await?;
    Ok(())
}

/// Says something to a person of the staff, and takes the button away.
///
/// # Errors
/// When the database is away.
pub async fn tell_and_clear(
    turn: &mut Turn<'_>,
    staff: &Staff,
    household: i64,
    phrase: Phrase,
) -> Done {
    let Some(chat) = staff.chat_id else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, staff).await?;
    turn.post(Letter::say(chat, &language, phrase).about(household).clear_pad()).await?;
    Ok(())
}

/// Answers where the choice was made, and takes the button away.
///
/// # Errors
/// When the database is away.
pub async fn say_and_clear(turn: &mut Turn<'_>, scene: &Scene, phrase: Phrase) -> Done {
    turn.post(Letter::say(scene.chat.id, &scene.language, phrase).clear_pad()).await?;
    Ok(())
}

// ---- Personal links ----

/// The letter by which staff pass a one-time link on to a member.
///
/// # Errors
/// When the database is away.
pub async fn hand_out(
    turn: &mut Turn<'_>,
    staff: &Staff,
    household: &Household,
    member: &Member,
    url: String,
) -> Done {
    let Some(chat) = staff.chat_id else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, staff).await?;
    let phrase = say("invite-hand-out")
        .with("door", household.door())
        .with("name", &member.name)
        .with("url", url);
    turn.post(Letter::say(chat, &language, phrase).about(household.id)).await?;
    Ok(())
}

/// Tells the worker, or whoever stands in, something about a personal link.
///
/// # Errors
/// When the database is away.
pub async fn tell_staff(turn: &mut Turn<'_>, household: &Household, phrase: Phrase) -> Done {
    let reader =
        staff::reader_for(&mut turn.tx, household.worker_id, household.backup_id, &household.area);
    let Some(reader) = reader.await? else { return Ok(()) };
    let Some(chat) = reader.chat_id else { return Ok(()) };
    let language = staff::language(turn.ground, &mut turn.tx, &reader).await?;
    turn.post(Letter::say(chat, &language, phrase).about(household.id)).await?;
    Ok(())
}
