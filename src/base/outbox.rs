//! What must go out. A letter is written in the Turn that causes it, with its words rendered in the
//! reader's language and its buttons sealed; the relay does the rest.

use std::time::Duration;

use serde_json::Value;

use super::chat::{ChatId, Key, LetterId, Outgoing};
use super::clock::Timestamp;
use super::language::{LanguageTag, Phrase, Rendered};
use super::store::{Tx, execute, on, stored_word};
use super::turn::{Done, Fault, Turn};

mod listing;
mod pad;

pub use listing::{LetterRow, letters_about, letters_since, unsettled};

/// How long a letter is tried that has no end of its own; dangers are tried without end.
const PATIENCE: Duration = Duration::from_hours(24);

/// The four lanes, the most urgent first. Within a chat and between chats a lower number goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Alerts that a person may be in danger.
    Danger,
    /// Answers, questions, requests, overdue lists.
    Reply,
    /// Texts passed on, cards.
    Relay,
    /// Reminders.
    Reminder,
}

impl Lane {
    /// The number it is stored under, 0 to 3.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Danger => 0,
            Self::Reply => 1,
            Self::Relay => 2,
            Self::Reminder => 3,
        }
    }

    /// The word for a stored number.
    #[must_use]
    pub fn word_of(number: i64) -> &'static str {
        match number {
            0 => "danger",
            1 => "reply",
            2 => "relay",
            _ => "reminder",
        }
    }
}

/// What has become of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum LetterState {
    /// It waits.
    Queued,
    /// It was given to the door; its fate is not known yet.
    Sending,
    /// The platform has it.
    Sent,
    /// It was not worth sending any more, or its refusal does not matter.
    Skipped,
    /// It will never arrive.
    Dead,
}
stored_word!(LetterState);

/// What a press on a button means: an action's name and its named arguments, in their fixed order.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// Such as `need.take`.
    pub action: String,
    /// A JSON object.
    pub args: Value,
}

impl Meaning {
    /// The compact form that is sealed: `need.take["R-5"]`.
    #[must_use]
    pub fn compact(&self) -> String {
        let values: Vec<&Value> =
            self.args.as_object().map(|a| a.values().collect()).unwrap_or_default();
        let values = serde_json::to_string(&values).unwrap_or_else(|_| "[]".into());
        format!("{}{values}", self.action)
    }
}

/// A button before its words are rendered.
#[derive(Clone, Debug)]
pub struct Button {
    label: Phrase,
    does: Does,
}

#[derive(Clone, Debug)]
enum Does {
    Press(Meaning),
    Link(String),
}

impl Button {
    /// A button that sends `meaning` back to us.
    pub fn press(label: Phrase, meaning: impl Into<Meaning>) -> Self {
        Self { label, does: Does::Press(meaning.into()) }
    }

    /// A button that opens a link.
    #[must_use]
    pub fn link(label: Phrase, url: String) -> Self {
        Self { label, does: Does::Link(url) }
    }
}

/// A letter about to be written.
#[derive(Clone, Debug)]
pub struct Letter {
    chat: ChatId,
    lane: Lane,
    language: LanguageTag,
    body: Body,
    keys: Vec<Vec<Button>>,
    silent: bool,
    household: Option<i64>,
    target: Option<LetterId>,
    merge_key: Option<String>,
    not_before: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    neutral: bool,
}

#[derive(Clone, Debug)]
enum Body {
    Say { phrase: Phrase, reply_to: Option<i64>, pad: Option<pad::Wish> },
    Photo { file: String, phrase: Phrase },
    Edit(Phrase),
    Answer { press: String, phrase: Option<Phrase> },
    Plain(Outgoing),
}

impl Letter {
    fn new(chat: ChatId, lane: Lane, language: &LanguageTag, body: Body) -> Self {
        Self {
            chat,
            lane,
            language: language.clone(),
            body,
            keys: Vec::new(),
            silent: false,
            household: None,
            target: None,
            merge_key: None,
            not_before: None,
            expires_at: None,
            neutral: false,
        }
    }

    /// A message.
    #[must_use]
    pub fn say(chat: ChatId, language: &LanguageTag, phrase: Phrase) -> Self {
        Self::new(chat, Lane::Reply, language, Body::Say { phrase, reply_to: None, pad: None })
    }

    /// A photo that the platform has, with words below it.
    #[must_use]
    pub fn photo(chat: ChatId, language: &LanguageTag, file: String, phrase: Phrase) -> Self {
        Self::new(chat, Lane::Reply, language, Body::Photo { file, phrase })
    }

    /// A change of the message that `target` made. Until it goes, a newer change takes its place.
    #[must_use]
    pub fn edit(chat: ChatId, language: &LanguageTag, target: LetterId, phrase: Phrase) -> Self {
        let mut letter = Self::new(chat, Lane::Reply, language, Body::Edit(phrase));
        letter.merge_key = Some(format!("edit:{}", target.0));
        letter.target = Some(target);
        letter
    }

    /// Pins the message that `target` made.
    #[must_use]
    pub fn pin(chat: ChatId, language: &LanguageTag, target: LetterId) -> Self {
        let mut letter = Self::new(chat, Lane::Relay, language, Body::Plain(Outgoing::Pin));
        letter.target = Some(target);
        letter
    }

    /// The answer to a press, shown for a moment; without words when there are none.
    #[must_use]
    pub fn answer(
        chat: ChatId,
        language: &LanguageTag,
        press: &str,
        phrase: Option<Phrase>,
    ) -> Self {
        Self::new(chat, Lane::Reply, language, Body::Answer { press: press.to_owned(), phrase })
    }

    /// Anything else: a reaction, a copy, a question to the platform, leaving.
    #[must_use]
    pub fn act(chat: ChatId, language: &LanguageTag, outgoing: Outgoing) -> Self {
        Self::new(chat, Lane::Reply, language, Body::Plain(outgoing))
    }

    /// Puts buttons under it, row by row.
    #[must_use]
    pub fn keys(mut self, keys: Vec<Vec<Button>>) -> Self {
        self.keys = keys;
        self
    }

    /// Chooses its lane.
    #[must_use]
    pub fn lane(mut self, lane: Lane) -> Self {
        self.lane = lane;
        self
    }

    /// Makes no sound.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = silent;
        self
    }

    /// Tells nothing of anybody: it goes to a held chat too.
    #[must_use]
    pub fn neutral(mut self) -> Self {
        self.neutral = true;
        self
    }

    /// Says which household it is about.
    #[must_use]
    pub fn about(mut self, household: i64) -> Self {
        self.household = Some(household);
        self
    }

    /// Answers a message of the chat.
    #[must_use]
    pub fn reply_to(mut self, message: i64) -> Self {
        if let Body::Say { reply_to, .. } = &mut self.body {
            *reply_to = Some(message);
        }
        self
    }

    /// Waits until an instant.
    #[must_use]
    pub fn not_before(mut self, at: Timestamp) -> Self {
        self.not_before = Some(at);
        self
    }

    /// Is not worth sending after an instant.
    #[must_use]
    pub fn expires_at(mut self, at: Timestamp) -> Self {
        self.expires_at = Some(at);
        self
    }
}

impl Turn<'_> {
    /// Writes a letter. An edit of the same message that has not gone yet is replaced: newest wins.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn post(&mut self, letter: Letter) -> Done<LetterId> {
        let rendered = letter.rendered(self);
        let outgoing = self.outgoing(&letter, &rendered).await?;
        let now = self.now();
        let expires = letter.expires_at.or_else(|| {
            (letter.lane != Lane::Danger)
                .then(|| letter.not_before.unwrap_or(now).max(now).plus(PATIENCE))
        });
        let text_id = letter.phrase().map(|phrase| phrase.id().to_owned());
        let silent = letter.silent || !outgoing.is_message();
        let known_message = match &outgoing {
            Outgoing::React { message, .. } => Some(*message),
            _ => None,
        };
        let stored = serde_json::to_string(&outgoing)
            .map_err(|error| Fault::Broken(format!("a letter cannot be stored: {error}")))?;
        let (bot, cause) = (self.bot, self.cause().to_owned());
        let lane = self.lane_of(&letter).await?;
        let guarded =
            !(letter.neutral || lane == Lane::Danger.number() || outgoing.shows_nothing());
        let id = on!(&mut self.tx, c => sqlx::query_scalar(
            "INSERT INTO outbox (bot_id, chat_id, written_at, lane, text_id, language, args,
                 outgoing, silent, household_id, cause, target, merge_key, state, not_before,
                 expires_at, message_id, guarded)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'queued', $14,
                 $15, $16, $17)
             ON CONFLICT (merge_key) WHERE state = 'queued' DO UPDATE
             SET text_id = excluded.text_id, language = excluded.language, args = excluded.args,
                 outgoing = excluded.outgoing, cause = excluded.cause,
                 lane = CASE WHEN excluded.lane < outbox.lane THEN excluded.lane ELSE outbox.lane END,
                 expires_at = excluded.expires_at
             RETURNING id")
            .bind(bot).bind(letter.chat).bind(now).bind(lane)
            .bind(text_id).bind(letter.language.as_str())
            .bind(rendered.args.to_string()).bind(stored).bind(silent).bind(letter.household)
            .bind(cause).bind(letter.target).bind(&letter.merge_key)
            .bind(letter.not_before.unwrap_or(now)).bind(expires).bind(known_message)
            .bind(guarded).fetch_one(c).await)?;
        Ok(id)
    }

    /// A change goes in no faster lane than the message it changes, so that it cannot overtake it.
    async fn lane_of(&mut self, letter: &Letter) -> Done<i64> {
        let lane = letter.lane.number();
        let Some(target) = letter.target else { return Ok(lane) };
        let of_target: i64 = on!(&mut self.tx, c => sqlx::query_scalar(
            "SELECT lane FROM outbox WHERE id = $1").bind(target).fetch_one(c).await)?;
        Ok(lane.max(of_target))
    }

    async fn outgoing(&mut self, letter: &Letter, rendered: &Rendered) -> Done<Outgoing> {
        let html = rendered.html.clone();
        let keys = self.keys(letter).await?;
        Ok(match &letter.body {
            Body::Say { reply_to, pad, .. } => {
                let pad = pad.as_ref().map(|wish| pad::rendered(self, letter, wish));
                Outgoing::Say { html, keys, reply_to: *reply_to, pad }
            }
            Body::Photo { file, .. } => Outgoing::Photo { file: file.clone(), html, keys },
            Body::Edit(_) => Outgoing::Edit { html, keys },
            Body::Answer { press, .. } => {
                Outgoing::Answer { press: press.clone(), text: super::language::plain(&html) }
            }
            Body::Plain(outgoing) => outgoing.clone(),
        })
    }

    async fn keys(&mut self, letter: &Letter) -> Done<Vec<Vec<Key>>> {
        let mut rows = Vec::with_capacity(letter.keys.len());
        for row in &letter.keys {
            let mut keys = Vec::with_capacity(row.len());
            for button in row {
                keys.push(self.key(letter, button).await?);
            }
            rows.push(keys);
        }
        Ok(rows)
    }

    async fn key(&mut self, letter: &Letter, button: &Button) -> Done<Key> {
        let rendered = self.ground.languages.render(&letter.language, &button.label);
        let label = super::language::plain(&rendered.html);
        Ok(match &button.does {
            Does::Link(url) => Key { label, action: None, args: Value::Null, data: url.clone() },
            Does::Press(meaning) => Key {
                label,
                action: Some(meaning.action.clone()),
                args: meaning.args.clone(),
                data: self.seal(letter.chat, &meaning.compact()).await?,
            },
        })
    }

    /// Seals a meaning for a chat; one too long for a button is stored, and its number is sealed.
    async fn seal(&mut self, chat: ChatId, meaning: &str) -> Done<String> {
        if let Some(data) = self.ground.seal.close(chat, meaning) {
            return Ok(data);
        }
        let id: i64 = on!(&mut self.tx, c => sqlx::query_scalar(
            "INSERT INTO long_press (meaning) VALUES ($1)
             ON CONFLICT (meaning) DO UPDATE SET meaning = excluded.meaning RETURNING id")
            .bind(meaning).fetch_one(c).await)?;
        let short = format!("#{id}");
        let sealed = self.ground.seal.close(chat, &short);
        sealed.ok_or_else(|| Fault::Broken(format!("long press {id} cannot be sealed")).into())
    }

    /// The compact meaning behind button data, if its seal is ours and was made for this chat.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn unseal(&mut self, chat: ChatId, data: &str) -> Done<Option<String>> {
        let Some(meaning) = self.ground.seal.open(chat, data) else { return Ok(None) };
        let Some(number) = meaning.strip_prefix('#') else { return Ok(Some(meaning.to_owned())) };
        let id: i64 = number.parse().unwrap_or_default();
        Ok(
            on!(&mut self.tx, c => sqlx::query_scalar("SELECT meaning FROM long_press WHERE id = $1")
            .bind(id).fetch_optional(c).await)?,
        )
    }
}

impl Letter {
    fn phrase(&self) -> Option<&Phrase> {
        match &self.body {
            Body::Say { phrase, .. } | Body::Photo { phrase, .. } | Body::Edit(phrase) => {
                Some(phrase)
            }
            Body::Answer { phrase, .. } => phrase.as_ref(),
            Body::Plain(_) => None,
        }
    }

    fn rendered(&self, turn: &Turn<'_>) -> Rendered {
        match self.phrase() {
            Some(phrase) => turn.ground.languages.render(&self.language, phrase),
            None => Rendered { html: String::new(), args: Value::Object(serde_json::Map::new()) },
        }
    }
}

/// Takes back what reminders of a household have not gone yet; says whether there were any.
///
/// # Errors
/// When the database is away.
pub async fn withdraw_reminders(turn: &mut Turn<'_>, household: i64) -> Done<bool> {
    let now = turn.now();
    let withdrawn = execute!(
        &mut turn.tx,
        sqlx::query(
            "UPDATE outbox SET state = 'skipped', error = 'no longer needed', settled_at = $1
         WHERE household_id = $2 AND lane = 3 AND state = 'queued'"
        )
        .bind(now)
        .bind(household)
    )?;
    Ok(withdrawn > 0)
}

/// Takes back what has not gone yet and shows anything in a chat, which is another's from now on.
///
/// # Errors
/// When the database is away.
pub async fn withdraw_guarded(turn: &mut Turn<'_>, chat: ChatId) -> Done {
    let now = turn.now();
    execute!(
        &mut turn.tx,
        sqlx::query(
            "UPDATE outbox SET state = 'skipped', error = 'the chat is another one', settled_at = $1
         WHERE chat_id = $2 AND guarded AND state = 'queued'"
        )
        .bind(now)
        .bind(chat)
    )?;
    Ok(())
}

/// The letter that made a message of a chat.
///
/// # Errors
/// When the database is away.
pub async fn letter_of(
    tx: &mut Tx<'_>,
    chat: ChatId,
    message: i64,
) -> sqlx::Result<Option<LetterId>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT id FROM outbox WHERE chat_id = $1 AND message_id = $2 ORDER BY id LIMIT 1")
        .bind(chat).bind(message).fetch_optional(c).await)
}

/// The letter whose message a letter changes or pins.
///
/// # Errors
/// When the database is away.
pub async fn target_of(tx: &mut Tx<'_>, letter: LetterId) -> sqlx::Result<Option<LetterId>> {
    let found: Option<Option<LetterId>> = on!(tx, c => sqlx::query_scalar(
        "SELECT target FROM outbox WHERE id = $1").bind(letter).fetch_optional(c).await)?;
    Ok(found.flatten())
}

/// The text that a letter's message shows, or will show once what is written has gone.
///
/// # Errors
/// When the database is away.
pub async fn text_shown(tx: &mut Tx<'_>, letter: LetterId) -> sqlx::Result<Option<String>> {
    let found: Option<Option<String>> = on!(tx, c => sqlx::query_scalar(
        "SELECT text_id FROM outbox WHERE (id = $1 OR target = $1) AND text_id IS NOT NULL
         ORDER BY id DESC LIMIT 1").bind(letter).fetch_optional(c).await)?;
    Ok(found.flatten())
}

/// When the next letter that waits for its time may go.
///
/// # Errors
/// When the database is away.
pub async fn next_waiting(tx: &mut Tx<'_>, now: Timestamp) -> sqlx::Result<Option<Timestamp>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT min(not_before) FROM outbox WHERE state = 'queued' AND not_before > $1")
        .bind(now).fetch_one(c).await)
}
