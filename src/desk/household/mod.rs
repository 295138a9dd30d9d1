//! The household: the table at which every feature sits. It can be told something, something can be
//! raised about it, it can be released. Features meet here and nowhere else.

use std::time::Duration;

use crate::base::chat::{ChatId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::language::{LanguageTag, Phrase};
use crate::base::outbox::{Button, Lane, Letter};
use crate::base::seal::{new_token, token_hash};
use crate::base::store::Tx;
use crate::base::turn::{Done, Ground, Turn};
use crate::desk::escalation::alert::{AlertRef, Kind, Subject};
use crate::desk::escalation::{self, Raise};
use crate::desk::local_time::quiet_until;
use crate::desk::who::Who;

pub mod chat;
pub mod extension;
pub mod file;
mod identity;
pub mod import;
pub mod mute;
pub mod named;
pub mod passage;
pub mod release;
pub(crate) mod store;
pub mod transfer;

pub use identity::{Identity, identify};

use file::{Household, Member, State};

/// How long a link holds.
const LINK: Duration = Duration::from_hours(48);
/// The card changes at most this often.
const CARD_PACE: Duration = Duration::from_mins(1);

/// How something is said to a household, which decides about quiet hours and sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Nobody asked for it: it waits until quiet hours end.
    Unasked,
    /// The same, and it never makes a sound.
    UnaskedSilent,
    /// The answer to a message or press: at once, without sound in quiet hours.
    Answer,
    /// Danger: at once, with sound.
    Danger,
}

/// Something to be told to a household.
#[derive(Clone, Debug)]
pub struct Telling {
    phrase: Phrase,
    manner: Manner,
    lane: Lane,
    keys: Vec<Vec<Button>>,
    reply_to: Option<i64>,
    expires_at: Option<Timestamp>,
    neutral: bool,
}

impl Telling {
    /// An answer to what somebody wrote or pressed.
    #[must_use]
    pub fn answer(phrase: Phrase) -> Self {
        Self::new(phrase, Manner::Answer, Lane::Reply)
    }

    /// Something said in a manner and lane.
    #[must_use]
    pub fn new(phrase: Phrase, manner: Manner, lane: Lane) -> Self {
        let (keys, reply_to, expires_at) = (Vec::new(), None, None);
        Self { phrase, manner, lane, keys, reply_to, expires_at, neutral: false }
    }

    /// Tells nothing of anybody: it is said although a stranger may read it.
    #[must_use]
    pub fn neutral(mut self) -> Self {
        self.neutral = true;
        self
    }

    /// With buttons, row by row.
    #[must_use]
    pub fn keys(mut self, keys: Vec<Vec<Button>>) -> Self {
        self.keys = keys;
        self
    }

    /// As a reply to a message of the chat.
    #[must_use]
    pub fn reply_to(mut self, message: Option<i64>) -> Self {
        self.reply_to = message;
        self
    }

    /// Not worth saying after an instant.
    #[must_use]
    pub fn expires_at(mut self, at: Timestamp) -> Self {
        self.expires_at = Some(at);
        self
    }
}

/// The language in which a household is spoken to.
#[must_use]
pub fn language(ground: &Ground, household: &Household) -> LanguageTag {
    let tag = household.language_tag();
    ground
        .languages
        .get(tag)
        .or_else(|| ground.languages.negotiate(tag))
        .unwrap_or_else(|| ground.default_language())
}

/// Tells a household something in its chat. `None` if it has no chat.
///
/// # Errors
/// When the database is away.
pub async fn tell(
    turn: &mut Turn<'_>,
    household: &Household,
    telling: Telling,
) -> Done<Option<LetterId>> {
    let Some(chat) = household.chat_id else { return Ok(None) };
    let tag = language(turn.ground, household);
    let quiet = quiet_until(&turn.settings().quiet, household.zone(), turn.now());
    let mut letter = Letter::say(chat, &tag, telling.phrase)
        .about(household.id)
        .lane(telling.lane)
        .keys(telling.keys);
    letter = match (telling.manner, quiet) {
        (Manner::Unasked | Manner::UnaskedSilent, Some(until)) => letter.not_before(until),
        (Manner::Answer, Some(_)) => letter.silent(true),
        _ => letter,
    };
    if telling.manner == Manner::UnaskedSilent {
        letter = letter.silent(true);
    }
    if let Some(message) = telling.reply_to {
        letter = letter.reply_to(message);
    }
    if let Some(at) = telling.expires_at {
        letter = letter.expires_at(at);
    }
    if telling.neutral {
        letter = letter.neutral();
    }
    turn.post(letter).await.map(Some)
}

/// What a reader of an alert must know of a household and, if it stands for one, of a member.
#[must_use]
pub fn subject(
    household: &Household,
    members: &[Member],
    member: Option<&Member>,
    now: Timestamp,
) -> Subject {
    let year = i64::from(chrono::Datelike::year(&household.date_of(now)));
    Subject {
        code: household.code.clone(),
        door: household.door(),
        member: member.map(|member| member.name.clone()),
        day: household.day_of(now),
        language: household.language_tag().to_owned(),
        alone: members.iter().filter(|member| !member.is_muted()).count() == 1,
        age: member.and_then(|member| member.birth_year).map(|born| year - born),
        timezone: household.timezone.clone(),
        ..Subject::default()
    }
}

/// Raises an alert about a household. `about` tells matters of the same kind apart.
///
/// # Errors
/// When the database is away.
pub async fn raise(
    turn: &mut Turn<'_>,
    household: &Household,
    member: Option<i64>,
    kind: Kind,
    subject: Subject,
    about: &str,
    who: Who,
) -> Done<AlertRef> {
    let raise = Raise {
        kind,
        household: household.id,
        member,
        area: household.area.clone(),
        worker: household.worker_id,
        backup: household.backup_id,
        subject,
        about: about.to_owned(),
    };
    escalation::raise(turn, raise, who).await
}

/// Raises an alert about the household as a whole.
///
/// # Errors
/// When the database is away.
pub async fn raise_whole(
    turn: &mut Turn<'_>,
    household: &Household,
    kind: Kind,
    marks: &[&str],
    who: Who,
) -> Done<AlertRef> {
    let members = store::members(&mut turn.tx, household.id).await?;
    let mut subject = subject(household, &members, None, turn.now());
    subject.marks = marks.iter().map(|mark| (*mark).to_owned()).collect();
    raise(turn, household, None, kind, subject, "", who).await
}

/// Moves a household to another state and notes who did it and why.
///
/// # Errors
/// When the database is away.
pub async fn pass_to(
    turn: &mut Turn<'_>,
    household: &mut Household,
    becomes: State,
    reason: Option<&str>,
    who: Who,
) -> Done {
    let was = household.state;
    if was == becomes || !store::change_state(&mut turn.tx, household.id, was, becomes).await? {
        return Ok(());
    }
    household.state = becomes;
    passage::put(turn, household.id, (was, becomes), reason, None, who).await
}

/// A one-time link to a household.
#[derive(Clone, Debug)]
pub struct Link {
    /// Shown once, stored as its hash.
    pub token: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Makes a one-time link; `kind` is `startgroup` or `private`.
///
/// # Errors
/// When the database is away.
pub async fn make_link(
    tx: &mut Tx<'_>,
    household: i64,
    kind: &str,
    now: Timestamp,
) -> sqlx::Result<Link> {
    let link = Link { token: new_token(), expires_at: now.plus(LINK) };
    store::put_link(tx, &token_hash(&link.token), household, kind, link.expires_at).await?;
    Ok(link)
}

/// The household and kind of a link that still holds.
///
/// # Errors
/// When the database is away.
pub async fn find_link(turn: &mut Turn<'_>, token: &str) -> Done<Option<(i64, String)>> {
    let now = turn.now();
    Ok(store::find_link(&mut turn.tx, &token_hash(token), now).await?)
}

/// Uses a link up; `false` if somebody was quicker.
///
/// # Errors
/// When the database is away.
pub async fn use_link(turn: &mut Turn<'_>, token: &str) -> Done<bool> {
    let now = turn.now();
    Ok(store::use_link(&mut turn.tx, &token_hash(token), now).await?)
}

/// Writes the card: a new message that is pinned, or a change of the one that hangs there, at most
/// once a minute.
///
/// # Errors
/// When the database is away.
pub async fn put_card(
    turn: &mut Turn<'_>,
    household: &Household,
    card: Phrase,
    keys: Vec<Vec<Button>>,
) -> Done {
    let Some(chat) = household.chat_id else { return Ok(()) };
    let tag = language(turn.ground, household);
    match household.card_letter.map(LetterId) {
        None => hang_card(turn, household, chat, &tag, card, keys).await,
        Some(letter) => change_card(turn, household, chat, &tag, letter, card, keys).await,
    }
}

async fn hang_card(
    turn: &mut Turn<'_>,
    household: &Household,
    chat: ChatId,
    tag: &LanguageTag,
    card: Phrase,
    keys: Vec<Vec<Button>>,
) -> Done {
    let letter =
        Letter::say(chat, tag, card).about(household.id).lane(Lane::Relay).silent(true).keys(keys);
    let letter = turn.post(letter).await?;
    turn.post(Letter::pin(chat, tag, letter).about(household.id)).await?;
    store::set_card(&mut turn.tx, household.id, letter).await?;
    let until = turn.now().plus(CARD_PACE);
    Ok(store::hold_card(&mut turn.tx, household.id, until).await?)
}

async fn change_card(
    turn: &mut Turn<'_>,
    household: &Household,
    chat: ChatId,
    tag: &LanguageTag,
    letter: LetterId,
    card: Phrase,
    keys: Vec<Vec<Button>>,
) -> Done {
    let waits = store::edit_waits(&mut turn.tx, letter).await?;
    let at = household.card_not_before.max(turn.now());
    let edit = Letter::edit(chat, tag, letter, card)
        .about(household.id)
        .lane(Lane::Relay)
        .not_before(at)
        .keys(keys);
    turn.post(edit).await?;
    if !waits {
        store::hold_card(&mut turn.tx, household.id, at.plus(CARD_PACE)).await?;
    }
    Ok(())
}
