//! The commands: `/report /need /lang /help` for households, `/today /overdue /open /duty /help` for
//! staff, `/extend /transfer /mute` about one household, `/start` and `/link` at the door. The menu is only an ornament: every command is authorised
//! when it is heard.

use super::escalation::alert::{Alert, Kind};
use super::hear::neutral;
use super::household::file::{Household, State};
use super::reference::StaffId;
use super::scene::{Home, Scene};
use super::staff::person::{Role, Staff};
use super::staff::policy::Act;
use super::{doorway, escalation, file, health_check, household, staff, supply};
use crate::base::chat::Message;
use crate::base::clock::Timestamp;
use crate::base::directory;
use crate::base::language::{Phrase, say};
use crate::base::outbox::{Button, Letter};
use crate::base::turn::{Done, Turn};

pub mod life;

/// How many lines a list of staff has at most (messages: b.0).
const LINES: usize = 10;

/// The command a text begins with, in lower case and without the bot's name: `/REPORT@bot x` is
/// `report`. A full-width stroke counts too.
#[must_use]
pub fn name(text: &str) -> Option<String> {
    let first = text.split_whitespace().next()?;
    let word = first.strip_prefix('/').or_else(|| first.strip_prefix('／'))?;
    let word = word.split('@').next()?;
    (!word.is_empty()).then(|| word.to_lowercase())
}

/// The bot that a command is addressed to, if it names one.
fn addressee(text: &str) -> Option<&str> {
    text.split_whitespace().next()?.split_once('@').map(|(_, bot)| bot)
}

/// What stands behind the command.
fn words(text: &str) -> &str {
    text.trim_start().split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim())
}

/// The command, if the message is one.
fn command_of(message: &Message) -> Option<String> {
    name(&message.text).filter(|_| message.edited_at.is_none())
}

/// Whether a message is a command to another bot: nobody's business here.
///
/// # Errors
/// When the database is away.
pub async fn is_for_another(turn: &mut Turn<'_>, message: &Message) -> Done<bool> {
    if command_of(message).is_none() {
        return Ok(false);
    }
    let Some(bot) = addressee(&message.text) else { return Ok(false) };
    let us = directory::last_bot(&mut turn.tx).await?;
    Ok(us.is_some_and(|(_, name)| !name.eq_ignore_ascii_case(bot)))
}

// ---- Households ----

/// A resident's command. `false` if the message is none.
///
/// # Errors
/// Refused when it cannot be done.
pub async fn in_household(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    message: &Message,
    said_at: Timestamp,
) -> Done<bool> {
    let Some(command) = command_of(message) else { return Ok(false) };
    match command.as_str() {
        "report" => open_keypad(turn, home).await?,
        "need" => need(turn, scene, message, said_at).await?,
        "lang" => doorway::chat::offer_languages(turn, &home.household, 0, None).await?,
        "start" | "link" if !words(&message.text).is_empty() => bind(turn, scene, message).await?,
        _ => help_household(turn, home).await?,
    }
    Ok(true)
}

/// `/need` asks what is needed; with words or a picture behind it, it is the request itself.
async fn need(turn: &mut Turn<'_>, scene: &Scene, message: &Message, said_at: Timestamp) -> Done {
    let words = words(&message.text);
    if words.is_empty() && !message.media {
        return supply::chat::opens(turn, scene, "").await;
    }
    let request = Message { text: words.to_owned(), ..message.clone() };
    supply::chat::asks(turn, scene, &request, said_at).await?;
    Ok(())
}

async fn open_keypad(turn: &mut Turn<'_>, home: &Home) -> Done {
    let telling = household::Telling::answer(say("report-open"))
        .keys(health_check::keypad::member_keys(&home.members));
    household::tell(turn, &home.household, telling).await?;
    Ok(())
}

async fn help_household(turn: &mut Turn<'_>, home: &Home) -> Done {
    let phrase = say("help-household").with("number", &turn.settings().emergency.number);
    let telling = household::Telling::answer(phrase).neutral();
    household::tell(turn, &home.household, telling).await?;
    Ok(())
}

/// A command of staff in a household's chat: links and help, nothing that shows anything of anybody.
///
/// # Errors
/// Refused when the link is not for this chat.
pub async fn by_staff_in_household(turn: &mut Turn<'_>, scene: &Scene, message: &Message) -> Done {
    let Some(command) = command_of(message) else { return Ok(()) };
    let Some(home) = &scene.home else { return Ok(()) };
    match command.as_str() {
        "start" | "link" if !words(&message.text).is_empty() => bind(turn, scene, message).await,
        "lang" => doorway::chat::offer_languages(turn, &home.household, 0, None).await,
        _ => help_household(turn, home).await,
    }
}

async fn bind(turn: &mut Turn<'_>, scene: &Scene, message: &Message) -> Done {
    let token = doorway::chat::token(message).unwrap_or_default();
    if doorway::bind(turn, scene, token).await? {
        return Ok(());
    }
    Err(say("link-unknown").into())
}

/// A message in a group that is nobody's: `/start TOKEN` and `/link TOKEN` bind it; any other command
/// gets the neutral sentence.
///
/// # Errors
/// Refused when the sender is not entitled.
pub async fn in_unbound_group(turn: &mut Turn<'_>, scene: &Scene, message: &Message) -> Done {
    let command = command_of(message);
    let binds = matches!(command.as_deref(), Some("start" | "link"));
    if binds && !words(&message.text).is_empty() {
        let token = doorway::chat::token(message).unwrap_or_default();
        if doorway::bind(turn, scene, token).await? {
            return Ok(());
        }
        if scene.staff.is_some() {
            return Err(say("link-unknown").into());
        }
    }
    neutral(turn, scene).await
}

// ---- Private chats ----

/// A message of somebody who is nobody's: an invitation or a link, else the neutral sentence.
///
/// # Errors
/// Refused when the token was used or has ended.
pub async fn by_stranger(turn: &mut Turn<'_>, scene: &Scene, message: &Message) -> Done {
    let command = command_of(message);
    let token = doorway::chat::token(message);
    let (Some("start" | "link"), Some(token)) = (command.as_deref(), token) else {
        return neutral(turn, scene).await;
    };
    let Some(account) = scene.account_id() else { return neutral(turn, scene).await };
    if let Some(joined) = staff::redeem(turn, token, account, scene.chat.id).await? {
        return welcome(turn, scene, &joined).await;
    }
    if doorway::bind(turn, scene, token).await? { Ok(()) } else { neutral(turn, scene).await }
}

async fn welcome(turn: &mut Turn<'_>, scene: &Scene, joined: &Staff) -> Done {
    let phrase = say("staff-joined")
        .with("name", &joined.name)
        .with("role", role_name(joined.role))
        .with("area", staff::person::shown(&joined.area));
    turn.post(Letter::say(scene.chat.id, &scene.language, phrase)).await?;
    Ok(())
}

fn role_name(role: Role) -> Phrase {
    match role {
        Role::Admin => say("role-admin"),
        Role::Officer => say("role-officer"),
        Role::Lead => say("role-lead"),
        Role::Worker => say("role-worker"),
        Role::Translator => say("role-translator"),
        Role::Doctor => say("role-doctor"),
        Role::Counsellor => say("role-counsellor"),
        Role::Volunteer => say("role-volunteer"),
        Role::Auditor => say("role-auditor"),
    }
}

/// A command of staff in their private chat. `false` if the message is none.
///
/// # Errors
/// Refused when it may not or cannot be done.
pub async fn by_staff(
    turn: &mut Turn<'_>,
    scene: &Scene,
    staff: &Staff,
    message: &Message,
) -> Done<bool> {
    let Some(command) = command_of(message) else { return Ok(false) };
    let words = words(&message.text);
    match command.as_str() {
        "today" | "overdue" | "open" | "new" if !scene.may(Act::SeeOwnList, None) => {
            return Err(say("not-yours").into());
        }
        "today" => today(turn, scene, staff).await?,
        "overdue" => overdue(turn, scene, staff).await?,
        "open" => open(turn, scene, staff).await?,
        "new" => new_group(turn, scene, staff, words).await?,
        "file" => file::show(turn, scene, staff, words).await?,
        "duty" => duty(turn, scene, staff, words).await?,
        "extend" => life::extend(turn, scene, staff, words).await?,
        "transfer" => life::transfer(turn, scene, staff, words).await?,
        "mute" => life::mute(turn, scene, staff, words).await?,
        "start" | "link" if !words.is_empty() => start_again(turn, scene, message, words).await?,
        _ => {
            let help = say("help-staff");
            turn.post(Letter::say(scene.chat.id, &scene.language, help)).await?;
        }
    }
    Ok(true)
}

/// A token from somebody who has joined: used invitations say so, household links belong elsewhere.
async fn start_again(turn: &mut Turn<'_>, scene: &Scene, message: &Message, token: &str) -> Done {
    let Some(account) = scene.account_id() else { return Ok(()) };
    if staff::redeem(turn, token, account, scene.chat.id).await?.is_some() {
        return Ok(());
    }
    bind(turn, scene, message).await
}

async fn duty(turn: &mut Turn<'_>, scene: &Scene, staff: &Staff, words: &str) -> Done {
    let phrase = match words.to_lowercase().as_str() {
        "on" => {
            staff::set_duty(turn, staff, true).await?;
            say("duty-on")
        }
        "off" => {
            staff::set_duty(turn, staff, false).await?;
            say("duty-off")
        }
        "" if staff.on_duty => say("duty-is-on"),
        "" => say("duty-is-off"),
        _ => return Err(say("duty-how").into()),
    };
    turn.post(Letter::say(scene.chat.id, &scene.language, phrase)).await?;
    Ok(())
}

/// `/new` lists the households that are not open; with a door or a code behind it, it offers the
/// button for that one.
async fn new_group(turn: &mut Turn<'_>, scene: &Scene, staff: &Staff, words: &str) -> Done {
    if !words.is_empty() {
        let household = file::find(turn, scene, staff, Act::Bind, words).await?;
        return doorway::request::offer(turn, &household, staff).await;
    }
    let households = households_of(turn, staff).await?;
    let unopened =
        |h: &&Household| h.state == State::Imported && scene.may(Act::Bind, Some(h.object()));
    let unopened: Vec<&Household> = households.iter().filter(unopened).collect();
    doorway::chat::way::list_unopened(turn, scene, &unopened).await
}

// ---- Lists ----

/// The households a person of the staff looks after: those that name them as worker or backup,
/// whatever their role, and for those who lead or heal all of their area.
pub(super) async fn households_of(turn: &mut Turn<'_>, staff: &Staff) -> Done<Vec<Household>> {
    let mut found = household::store::of_worker(&mut turn.tx, staff.id).await?;
    if matches!(staff.role, Role::Lead | Role::Officer | Role::Doctor) {
        let below = format!("{}0", staff.area.trim_end_matches('/'));
        let area = household::store::in_area(&mut turn.tx, &staff.area, &below).await?;
        found.extend(area);
    }
    found.sort_by(|one, other| one.code.cmp(&other.code));
    found.dedup_by_key(|household| household.id);
    Ok(found)
}

/// Whether a person sees everything of a household, or, as a doctor, its dangers alone.
fn sees_all(staff: &Staff, worker: StaffId, backup: Option<StaffId>) -> bool {
    staff.role != Role::Doctor || worker == staff.id || backup == Some(staff.id)
}

/// The open alerts of these households that a person of this role may see.
async fn alerts_of(
    turn: &mut Turn<'_>,
    staff: &Staff,
    households: &[Household],
) -> Done<Vec<Alert>> {
    let mut alerts = Vec::new();
    for household in households {
        alerts.extend(escalation::open_of(&mut turn.tx, household.id).await?);
    }
    alerts.retain(|alert| alert.is_danger() || sees_all(staff, alert.worker_id, alert.backup_id));
    Ok(alerts)
}

async fn today(turn: &mut Turn<'_>, scene: &Scene, staff: &Staff) -> Done {
    let households = households_of(turn, staff).await?;
    let alerts = alerts_of(turn, staff, &households).await?;
    let now = turn.now();
    let ending: Vec<&Household> = households
        .iter()
        .filter(|h| h.state.is_running() && h.date_of(now) >= h.ends_on())
        .collect();
    let mut requests = 0;
    for household in &households {
        requests += supply::open(&mut turn.tx, household.id).await?.len();
    }
    let count = |kind: Kind| alerts.iter().filter(|alert| alert.kind == kind).count();
    let today = households
        .first()
        .map_or_else(|| now.utc().date_naive(), |household| household.date_of(now));
    let lines = vec![
        say("today-danger").with("count", count(Kind::Danger)),
        say("today-overdue").with("count", count(Kind::Overdue)),
        say("today-unreached").with("count", count(Kind::NeverReached) + count(Kind::Unreachable)),
        say("today-requests").with("count", requests),
        say("today-ending").with("count", ending.len()),
    ];
    let phrase =
        say("today").with("date", today).with("count", households.len()).with("lines", lines);
    let keys: Vec<Vec<Button>> = match staff.role {
        Role::Doctor => Vec::new(),
        _ => ending.iter().take(8).map(|h| household::release::keys(h)).collect(),
    };
    turn.post(Letter::say(scene.chat.id, &scene.language, phrase).keys(keys)).await?;
    Ok(())
}

async fn overdue(turn: &mut Turn<'_>, scene: &Scene, staff: &Staff) -> Done {
    let households = households_of(turn, staff).await?;
    let mut alerts = alerts_of(turn, staff, &households).await?;
    alerts.retain(|alert| !alert.is_danger());
    escalation::list::list_now(turn, staff, scene.chat.id, &scene.language, &alerts).await
}

async fn open(turn: &mut Turn<'_>, scene: &Scene, staff: &Staff) -> Done {
    let households = households_of(turn, staff).await?;
    let mut alerts = alerts_of(turn, staff, &households).await?;
    let now = turn.now();
    alerts.sort_by_key(|alert| (!alert.is_danger(), escalation::list::urgency(alert)));
    let mut lines: Vec<Phrase> =
        alerts.iter().map(|alert| escalation::list::open_row(alert, now)).collect();
    for household in households.iter().filter(|h| sees_all(staff, h.worker_id, h.backup_id)) {
        for request in supply::open(&mut turn.tx, household.id).await? {
            lines.push(
                say("open-row-request")
                    .with("ref", request.id.to_string())
                    .with("door", household.door()),
            );
        }
    }
    let count = lines.len();
    lines.truncate(LINES);
    let phrase = if count == 0 {
        say("open-nothing")
    } else {
        say("open-list").with("count", count).with("lines", lines)
    };
    turn.post(Letter::say(scene.chat.id, &scene.language, phrase)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_known_in_any_dress() {
        assert_eq!(name("/REPORT@bot 36.5").as_deref(), Some("report"));
        assert_eq!(name("／need").as_deref(), Some("need"));
        assert_eq!(name("report"), None);
        assert_eq!(words("/need  rice and milk"), "rice and milk");
    }
}
