//! What households see of health checks: reminders, nudges, the lines of the card, and how what they
//! write is heard.

use super::check::Via;
use super::lexicons::Lexicons;
use super::reading::{Heard, Reading, RedFlag};
use super::slot::Slot;
use super::{Danger, Entry, is_fever, keypad, question, raise_danger, record, store};
use crate::base::chat::{Message, Outgoing};
use crate::base::clock::Timestamp;
use crate::base::language::{Arg, LanguageTag, Phrase, say};
use crate::base::outbox::{Button, Lane, Letter};
use crate::base::turn::{Done, Fault, Turn};
use crate::desk::household::file::{Household, Member};
use crate::desk::household::{self, Manner, Telling};
use crate::desk::local_time::time_in;
use crate::desk::press::Press;
use crate::desk::scene::{Home, Scene};
use crate::desk::staff;
use crate::desk::who::Who;

/// The acknowledgement of a reading: an emoji of the Bot API's list.
const NOTED: &str = "👌";

// ---- What is said when a slot moves ----

/// The one reminder of a slot.
///
/// # Errors
/// When the database is away.
pub async fn remind(
    turn: &mut Turn<'_>,
    household: &Household,
    slot: &Slot,
    missing: &[Member],
) -> Done {
    let checks = &turn.settings().checks;
    let overdue_at = slot.opens_at.plus(checks.overdue_after);
    let examples = missing
        .iter()
        .take(2)
        .map(|member| Arg::from(say("reminder-example").with("name", &member.name)));
    let phrase = say("reminder")
        .with("time", household_time(household, overdue_at))
        .with("examples", Arg::List(examples.collect()));
    let telling = Telling::new(phrase, Manner::Unasked, Lane::Reminder)
        .keys(keypad::member_keys(missing))
        .expires_at(overdue_at);
    household::tell(turn, household, telling).await?;
    Ok(())
}

/// The silent nudge that names who is missing.
///
/// # Errors
/// When the database is away.
pub async fn nudge(
    turn: &mut Turn<'_>,
    household: &Household,
    slot: &Slot,
    missing: &[Member],
) -> Done {
    let overdue_at = slot.opens_at.plus(turn.settings().checks.overdue_after);
    let phrase = say("nudge").with("names", names(missing)).with("count", missing.len());
    let telling = Telling::new(phrase, Manner::UnaskedSilent, Lane::Reminder)
        .keys(keypad::member_keys(missing))
        .expires_at(overdue_at);
    household::tell(turn, household, telling).await?;
    Ok(())
}

/// The second nudge, which promises a call.
///
/// # Errors
/// When the database is away.
pub async fn nudge_again(
    turn: &mut Turn<'_>,
    household: &Household,
    slot: &Slot,
    missing: &[Member],
) -> Done {
    let worker = staff::store::get(&mut turn.tx, household.worker_id).await?;
    let phrase = say("nudge-call").with("names", names(missing)).with("staff", &worker.name).with(
        "time",
        household_time(household, turn.now().plus(turn.settings().ladder.overdue[0])),
    );
    let mut keys = keypad::member_keys(missing);
    keys.push(vec![Button::press(say("card-button-talk"), Press::TalkOpen {})]);
    let expires_at = slot.opens_at.plus(std::time::Duration::from_hours(12));
    let telling =
        Telling::new(phrase, Manner::Unasked, Lane::Reminder).keys(keys).expires_at(expires_at);
    household::tell(turn, household, telling).await?;
    Ok(())
}

fn names(members: &[Member]) -> Arg {
    Arg::List(members.iter().map(|member| Arg::from(&member.name)).collect())
}

fn household_time(household: &Household, at: Timestamp) -> chrono::NaiveTime {
    time_in(&household.timezone, at)
}

/// What a household is told when somebody may be in danger.
///
/// # Errors
/// When the database is away.
pub async fn tell_danger(
    turn: &mut Turn<'_>,
    household: &Household,
    tenths: Option<i64>,
    reply_to: Option<i64>,
) -> Done {
    let worker = staff::store::get(&mut turn.tx, household.worker_id).await?;
    let again_at = turn.now().plus(std::time::Duration::from_hours(1));
    let value = tenths.map_or(Arg::from(""), Arg::Tenths);
    let phrase = say("danger-instructions")
        .with("celsius", value)
        .with("staff", &worker.name)
        .with("time", household_time(household, again_at))
        .with("number", &turn.settings().emergency.number);
    let keys = vec![vec![
        Button::press(say("danger-button-call-me"), Press::EmergencyCallMe {}),
        Button::press(say("danger-button-worse"), Press::EmergencyPress {}),
    ]];
    let telling = Telling::new(phrase, Manner::Danger, Lane::Danger).keys(keys).reply_to(reply_to);
    household::tell(turn, household, telling).await?;
    Ok(())
}

// ---- How a message is heard ----

/// The lexicons; they were read when the bot started.
///
/// # Errors
/// When a lexicon is not usable.
pub fn lexicons(turn: &Turn<'_>) -> Done<&'static Lexicons> {
    Lexicons::load(&turn.ground.languages)
        .map_err(|(tag, error)| Fault::Broken(format!("lexicon {tag}: {error}")).into())
}

/// Hears danger words in a message of a household's chat, whoever wrote it. They come before
/// everything else.
///
/// # Errors
/// When the database is away.
pub async fn hear_red_flags(turn: &mut Turn<'_>, home: &Home, message: &Message) -> Done<bool> {
    let flags = lexicons(turn)?.red_flags(&message.text);
    if flags.is_empty() {
        return Ok(false);
    }
    let mut marks = vec!["red_flag"];
    if home.identity.members.is_empty() {
        marks.push("unknown_sender");
    }
    let danger = Danger { marks, ..Danger::default() };
    let (household, who) = (&home.household, home.identity.who());
    raise_danger(turn, household, &home.members, None, danger, who).await?;
    // Violence at home is not answered where the one who strikes may read it.
    if !flags.contains(&RedFlag::Violence) {
        tell_emergency(turn, household, Some(message.id)).await?;
    }
    Ok(true)
}

/// The fixed emergency text.
///
/// # Errors
/// When the database is away.
pub async fn tell_emergency(
    turn: &mut Turn<'_>,
    household: &Household,
    reply_to: Option<i64>,
) -> Done {
    let phrase = say("emergency").with("number", &turn.settings().emergency.number);
    let keys = vec![vec![
        Button::press(say("danger-button-call-me"), Press::EmergencyCallMe {}),
        Button::press(say("danger-button-mistake"), Press::EmergencyMistake {}),
    ]];
    let telling = Telling::new(phrase, Manner::Danger, Lane::Danger).keys(keys).reply_to(reply_to);
    household::tell(turn, household, telling).await?;
    Ok(())
}

/// Hears readings in a message of a household's chat. Says whether it held any, or a question.
///
/// # Errors
/// When the database is away.
pub async fn hears(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    message: &Message,
    said_at: Timestamp,
) -> Done<bool> {
    let heard = hear(turn, scene, home, message)?;
    if message.edited_at.is_some() {
        let (chat, now) = (scene.chat.id, turn.now());
        store::settle_questions_of_message(&mut turn.tx, chat, message.id, now).await?;
    }
    let source = Source { scene, home, message, said_at };
    heard.count(&household::language(turn.ground, &home.household));
    match heard {
        Heard::Silence => Ok(false),
        Heard::Ask(asked) => question::ask(turn, &source, &asked).await.map(|()| true),
        Heard::Readings { readings, correction } => {
            take_down(turn, &source, &readings, correction).await.map(|()| true)
        }
    }
}

/// Whether a message surely holds a reading.
///
/// # Errors
/// When a lexicon is not usable.
pub fn holds_reading(turn: &Turn<'_>, scene: &Scene, home: &Home, message: &Message) -> Done<bool> {
    Ok(matches!(hear(turn, scene, home, message)?, Heard::Readings { .. }))
}

/// What a message in a household's chat is taken for.
fn hear(turn: &Turn<'_>, scene: &Scene, home: &Home, message: &Message) -> Done<Heard> {
    let tags = reading_languages(turn, scene, home);
    let words = member_words(&home.members);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Ok(lexicons(turn)?.hear(&message.text, &tags, &words))
}

/// Where a reading comes from.
pub(crate) struct Source<'s> {
    pub scene: &'s Scene,
    pub home: &'s Home,
    pub message: &'s Message,
    pub said_at: Timestamp,
}

impl Source<'_> {
    /// An entry of one reading of this message for a member.
    pub fn entry<'m>(&self, member: &'m Member, reading: &Reading) -> Entry<'m> {
        let who = self.home.identity.who();
        Entry {
            chat: Some(self.scene.chat.id),
            message: Some(self.message.id),
            account: self.scene.account_id(),
            ..Entry::of(member, reading, self.said_at, Via::Text, who)
        }
    }
}

/// The household's language first, then the one the speaker chose.
fn reading_languages(turn: &Turn<'_>, scene: &Scene, home: &Home) -> Vec<LanguageTag> {
    let mut tags = vec![household::language(turn.ground, &home.household)];
    let own = scene.account.as_ref().and_then(|account| account.language.as_deref());
    if let Some(own) = own.and_then(|tag| turn.ground.languages.get(tag))
        && !tags.contains(&own)
    {
        tags.push(own);
    }
    tags
}

/// The words that name members: as the card shows them, and their numbers.
pub(crate) fn member_words(members: &[Member]) -> Vec<String> {
    let names = members.iter().map(|member| member.name.clone());
    names.chain(members.iter().map(|member| member.n.to_string())).collect()
}

/// The member that a word means: the card's word or number, however it is capitalised, or the same
/// word said twice (妈 for 妈妈). Anything else is asked about, never guessed.
pub(crate) fn member_named<'m>(members: &'m [Member], hint: &str) -> Option<&'m Member> {
    let hint = hint.trim().to_lowercase();
    members.iter().find(|member| {
        let name = member.name.to_lowercase();
        name == hint
            || member.n.to_string() == hint
            || name == hint.repeat(2)
            || hint == name.repeat(2)
    })
}

/// Writes the readings of a message down; those of which nobody knows whose they are, are asked
/// about.
async fn take_down(
    turn: &mut Turn<'_>,
    source: &Source<'_>,
    readings: &[Reading],
    correction: bool,
) -> Done {
    let home = source.home;
    let replaced = if correction { corrected_report(turn, source).await? } else { None };
    let (mut fever, mut recorded, mut unclear) = (None, Vec::new(), Vec::new());
    for reading in readings {
        let member = match (&reading.member_hint, &replaced) {
            (Some(hint), _) => member_named(&home.members, hint),
            (None, Some(old)) => home.members.iter().find(|member| member.id == old.member_id),
            (None, None) => home.identity.only(),
        };
        let Some(member) = member else {
            unclear.push(reading.clone());
            continue;
        };
        let mut entry = source.entry(member, reading);
        if correction {
            entry.replaces =
                store::latest_of_member(&mut turn.tx, member.id).await?.map(|old| old.id);
        }
        if is_unchanged(turn, &entry).await? {
            recorded.push(member.id);
            continue;
        }
        if record(turn, &home.household, &home.members, &entry).await? {
            fever = fever.max(Some(i64::from(reading.celsius.tenths())));
        }
        recorded.push(member.id);
    }
    if source.message.edited_at.is_some() {
        withdraw_others(turn, source, &recorded).await?;
    }
    if !recorded.is_empty() {
        acknowledge(turn, source.scene, source.message.id).await?;
    }
    if let Some(tenths) = fever {
        tell_danger(turn, &home.household, Some(tenths), Some(source.message.id)).await?;
    }
    if unclear.is_empty() { Ok(()) } else { question::whose(turn, source, &unclear).await }
}

/// An edit that does not change a value writes nothing.
async fn is_unchanged(turn: &mut Turn<'_>, entry: &Entry<'_>) -> Done<bool> {
    let Some((chat, message)) = entry.chat.zip(entry.message) else { return Ok(false) };
    let reports = store::reports_of_message(&mut turn.tx, chat, message).await?;
    Ok(reports.iter().any(|old| {
        old.member_id == entry.member.id
            && old.tenths == i64::from(entry.celsius.tenths())
            && old.site == entry.site.map(|site| site.to_string())
            && old.symptoms == entry.symptoms.as_deref().map(super::write_symptoms)
    }))
}

/// An edit that no longer names a member takes that member's value back.
async fn withdraw_others(turn: &mut Turn<'_>, source: &Source<'_>, kept: &[i64]) -> Done {
    let now = turn.now();
    let (chat, message) = (source.scene.chat.id, source.message.id);
    for old in store::reports_of_message(&mut turn.tx, chat, message).await? {
        if kept.contains(&old.member_id) {
            continue;
        }
        store::supersede(&mut turn.tx, old.id, now).await?;
        if let Some(slot) = old.slot_id
            && store::of_slot(&mut turn.tx, slot, old.member_id).await?.is_none()
        {
            let state = super::CheckState::Open;
            store::set_check(&mut turn.tx, slot, old.member_id, state).await?;
            store::wake_slot(&mut turn.tx, slot, now).await?;
        }
        turn.touch(source.home.household.id);
    }
    Ok(())
}

/// The report that "no, 36.8" means: the sender's latest.
async fn corrected_report(turn: &mut Turn<'_>, source: &Source<'_>) -> Done<Option<store::Report>> {
    let Some(account) = source.scene.account_id() else { return Ok(None) };
    Ok(store::latest_of_account(&mut turn.tx, source.scene.chat.id, account).await?)
}

/// One reaction says that a reading was written down.
pub(crate) async fn acknowledge(turn: &mut Turn<'_>, scene: &Scene, message: i64) -> Done {
    let react = Outgoing::React { message, emoji: NOTED.to_owned() };
    let mut letter = Letter::act(scene.chat.id, &scene.language, react);
    if let Some(home) = &scene.home {
        letter = letter.about(home.household.id);
    }
    turn.post(letter).await?;
    Ok(())
}

/// Hears a value at fever height from somebody who is nobody's: an anonymous sender, a channel, an
/// account that staff have refused. It is written down for nobody; it raises danger.
///
/// # Errors
/// When the database is away.
pub async fn hear_stranger(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    message: &Message,
) -> Done {
    let Heard::Readings { readings, .. } = hear(turn, scene, home, message)? else {
        return Ok(());
    };
    let limits = &turn.settings().fever;
    let fevers = readings.iter().filter(|reading| is_fever(reading.celsius, reading.site, limits));
    match fevers.map(|reading| reading.celsius.tenths()).max() {
        Some(highest) => raise_unknown(turn, home, i64::from(highest), message.id).await,
        None => Ok(()),
    }
}

/// Danger for the household: a fever, and nobody knows whose.
pub(crate) async fn raise_unknown(
    turn: &mut Turn<'_>,
    home: &Home,
    tenths: i64,
    message: i64,
) -> Done {
    let danger =
        Danger { tenths: Some(tenths), marks: vec!["unknown_sender"], ..Danger::default() };
    let household = &home.household;
    raise_danger(turn, household, &home.members, None, danger, home.identity.who()).await?;
    tell_danger(turn, household, Some(tenths), Some(message)).await
}

// ---- Emergency button ----

/// Carries out a press on an emergency button.
///
/// # Errors
/// When the database is away.
pub async fn emergency_pressed(
    turn: &mut Turn<'_>,
    scene: &Scene,
    home: &Home,
    press: &Press,
) -> Done<Option<Phrase>> {
    let (household, who) = (&home.household, scene.who());
    Ok(match press {
        Press::EmergencyPress {} => {
            raise_emergency(turn, home, vec!["emergency"], who).await?;
            tell_emergency(turn, household, None).await?;
            Some(say("emergency-toast"))
        }
        Press::EmergencyCallMe {} => {
            raise_emergency(turn, home, vec!["emergency", "call_me"], who).await?;
            Some(say("emergency-toast-call"))
        }
        Press::EmergencyMistake {} => {
            // A person must still see it: the alert is marked and stays open.
            raise_emergency(turn, home, vec!["mistake"], who).await?;
            Some(say("emergency-toast-mistake"))
        }
        _ => None,
    })
}

async fn raise_emergency(
    turn: &mut Turn<'_>,
    home: &Home,
    marks: Vec<&'static str>,
    who: Who,
) -> Done {
    let danger = Danger { marks, ..Danger::default() };
    raise_danger(turn, &home.household, &home.members, None, danger, who).await
}
