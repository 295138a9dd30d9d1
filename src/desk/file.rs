//! A household's file as staff look it up: by its door or its code, by those alone who look after it.

use super::command::households_of;
use super::household::file::{Channel, Household, Member, State};
use super::household::store::Phones;
use super::press::Press;
use super::scene::Scene;
use super::staff::person::{Staff, folded};
use super::staff::policy::Act;
use super::{household, intake};
use crate::base::language::{Arg, Phrase, say};
use crate::base::outbox::{Button, Letter};
use crate::base::turn::{Done, Turn};

/// How many members have a button of their own.
const LINKS: usize = 8;

/// The household that staff name by its code or its door.
///
/// # Errors
/// Refused when there is none that this person may do this to, or several at that door.
pub async fn find(
    turn: &mut Turn<'_>,
    scene: &Scene,
    staff: &Staff,
    act: Act,
    words: &str,
) -> Done<Household> {
    let may = |household: &Household| scene.may(act, Some(household.object()));
    let by_code = household::store::by_code(&mut turn.tx, words).await?;
    if let Some(household) = by_code.filter(may) {
        return Ok(household);
    }
    let mine = households_of(turn, staff).await?;
    let at_door = |h: &Household| folded(&h.door()) == folded(words) && may(h);
    let mut found = mine.into_iter().filter(at_door);
    match (found.next(), found.next()) {
        (Some(household), None) => Ok(household),
        (Some(_), Some(_)) => Err(say("file-several").into()),
        (None, _) => Err(say("file-unknown").into()),
    }
}

/// Shows a household's file to a person of the staff, with what can be done from it.
///
/// # Errors
/// Refused when there is none that they may see.
pub async fn show(turn: &mut Turn<'_>, scene: &Scene, staff: &Staff, words: &str) -> Done {
    let household = find(turn, scene, staff, Act::SeeFile, words).await?;
    let now = turn.now();
    let members = household::store::members(&mut turn.tx, household.id).await?;
    let phones = household::store::phones(&mut turn.tx, household.id).await?;
    let mut lines: Vec<Phrase> =
        members.iter().zip(&phones).map(|(member, phones)| member_line(member, phones)).collect();
    lines.extend(intake::chat::file_lines(turn, &household, &scene.language).await?);
    let phrase = say("file-view")
        .with("door", household.door())
        .with("place", household.place())
        .with("state", say("file-state").with("state", household.state.word()))
        .with("channel", say("file-channel").with("channel", household.channel.word()))
        .with("day", household.day_of(now).clamp(0, household.days))
        .with("days", household.days)
        .with("date", household.ends_on())
        .with("lines", lines);
    let keys = keys(turn, scene, &household, &members).await?;
    let letter = Letter::say(scene.chat.id, &scene.language, phrase).about(household.id).keys(keys);
    turn.post(letter).await?;
    Ok(())
}

/// A member on one line: name, year of birth, numbers.
fn member_line(member: &Member, phones: &Phones) -> Phrase {
    let mut items = vec![Arg::from(&member.name)];
    items.extend(
        member.birth_year.map(|year| say("file-born").with("year", year.to_string()).into()),
    );
    let known = [
        (&phones.phone, say("file-phone").with("phone", &phones.phone)),
        (&phones.phone_owner, say("file-phone-owner").with("owner", &phones.phone_owner)),
        (&phones.phone2, say("file-phone-second").with("phone", &phones.phone2)),
    ];
    let known = known.into_iter().filter(|(what, _)| !what.is_empty());
    items.extend(known.map(|(_, phrase)| Arg::from(phrase)));
    say("file-member").with("n", member.n).with("items", Arg::List(items))
}

/// The buttons for whoever may press them.
async fn keys(
    turn: &mut Turn<'_>,
    scene: &Scene,
    household: &Household,
    members: &[Member],
) -> Done<Vec<Vec<Button>>> {
    let over = matches!(household.state, State::Released | State::Closed | State::Purged);
    let keeper = scene.may(Act::Bind, Some(household.object()));
    let mut keys = Vec::new();
    if over {
        return Ok(keys);
    }
    if keeper && household.state == State::Imported {
        let new = Press::GroupNew { household: household.code.clone() };
        keys.push(vec![Button::press(say("group-button-open"), new)]);
    }
    if keeper && household.channel == Channel::Group {
        let link = |member: &Member| {
            let label = say("invite-button-hand-out").with("name", &member.name);
            let (household, n) = (household.code.clone(), member.n);
            Button::press(label, Press::MemberLink { household, n })
        };
        let links: Vec<Button> = members.iter().take(LINKS).map(link).collect();
        keys.extend(links.chunks(2).map(<[Button]>::to_vec));
    }
    keys.extend(intake::chat::file_keys(turn, household).await?.into_iter().map(|key| vec![key]));
    Ok(keys)
}
