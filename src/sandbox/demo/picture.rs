//! What is on all screens at one moment. Messages bear pretend times: the pretend Telegram itself
//! knows only the real ones.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::error::DemoError;
use super::rehearsal::{Letter, Rehearsal};
use super::stage::Stage;
use crate::base::clock::Timestamp;
use crate::sandbox::{Button, ChatId, MessageId, MessageView, Sandbox, UserId};

/// What the bot is called on the screens.
pub(super) const BOT: &str = "Doorstep";

/// A letter is under way for no longer; between two jumps of the clock all have arrived.
const UNDER_WAY: Duration = Duration::from_secs(10);

/// A chat as everybody in it sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct ChatPicture {
    pub chat: i64,
    pub pins: Vec<i64>,
    pub messages: Vec<Shown>,
}

/// A message with its names and its pretend time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "marks of a message, each by itself")]
pub(super) struct Shown {
    pub id: i64,
    pub from: i64,
    pub name: String,
    pub is_bot: bool,
    pub at: Timestamp,
    pub kind: &'static str,
    pub about: String,
    pub text: String,
    pub html: String,
    pub buttons: Vec<Vec<Button>>,
    pub reply_to: Option<i64>,
    pub edited: bool,
    pub reactions: Vec<Reaction>,
    pub pinned: bool,
    pub silent: bool,
}

/// An emoji under a message.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Reaction {
    pub emoji: String,
    pub name: String,
}

/// Paints pictures, and remembers when each message came.
#[derive(Debug, Default)]
pub(super) struct Painter {
    came: BTreeMap<(i64, i64), Timestamp>,
    /// Up to this letter all are settled and known.
    read_to: i64,
    last_painted: Timestamp,
}

impl Painter {
    /// All chats as they are now, the groups first.
    pub(super) async fn paint(&mut self, stage: &Stage) -> Result<Vec<ChatPicture>, DemoError> {
        let now = stage.rehearsal.now().await?;
        let mut chats = stage.sandbox.chats();
        chats.sort_by_key(|chat| chat.number());
        if chats.iter().any(|chat| self.has_unknown(stage, *chat)) {
            self.read_letters(&stage.rehearsal, now).await?;
        }
        let painted = chats.into_iter().map(|chat| self.paint_chat(stage, chat, now)).collect();
        self.last_painted = now;
        Ok(painted)
    }

    /// A painter who knows when these messages came: chat, message, instant.
    pub fn who_knows(came: &[(i64, i64, Timestamp)]) -> Self {
        let came = came.iter().map(|(chat, message, at)| ((*chat, *message), *at)).collect();
        Self { came, ..Self::default() }
    }

    /// When each message came: chat, message, instant.
    pub fn came(&self) -> Vec<(i64, i64, Timestamp)> {
        self.came.iter().map(|((chat, message), at)| (*chat, *message, *at)).collect()
    }

    /// Notes when somebody wrote; else a message came when it was first painted.
    pub fn note(&mut self, chat: ChatId, message: MessageId, at: Timestamp) {
        self.came.insert((chat.number(), message.0), at);
    }

    fn has_unknown(&self, stage: &Stage, chat: ChatId) -> bool {
        let messages = stage.sandbox.messages(chat);
        let mut from_bot = messages.iter().filter(|message| message.from == stage.bot);
        from_bot.any(|message| !self.came.contains_key(&key(chat, message)))
    }

    /// The bot's letters say when each of its messages was written.
    async fn read_letters(&mut self, port: &Rehearsal, now: Timestamp) -> Result<(), DemoError> {
        let letters = port.letters(self.read_to).await?;
        for letter in &letters {
            self.date(letter, now);
        }
        let settled = letters.iter().take_while(|letter| letter.is_settled());
        self.read_to = settled.last().map_or(self.read_to, |letter| letter.id);
        Ok(())
    }

    /// A letter written well before the last picture was held back, and came just now.
    fn date(&mut self, letter: &Letter, now: Timestamp) {
        if let (true, Some(message)) = (letter.is_new_message(), letter.message_id) {
            let is_late = letter.at.plus(UNDER_WAY) < self.last_painted;
            let came = if is_late { now } else { letter.at };
            self.came.entry((letter.chat_id, message)).or_insert(came);
        }
    }

    fn paint_chat(&mut self, stage: &Stage, chat: ChatId, now: Timestamp) -> ChatPicture {
        let names = Names::of(&stage.sandbox, chat, stage.bot);
        let messages = stage.sandbox.messages(chat);
        let show = |message| self.show(message, chat, &names, now);
        ChatPicture {
            chat: chat.number(),
            pins: stage.sandbox.pins(chat).into_iter().map(|pin| pin.0).collect(),
            messages: messages.into_iter().map(show).collect(),
        }
    }

    fn show(&mut self, view: MessageView, chat: ChatId, names: &Names, now: Timestamp) -> Shown {
        let (key, is_bot) = (key(chat, &view), view.from == names.bot);
        let at = match self.came.get(&key) {
            Some(known) => *known,
            // its letter is not settled yet: the next picture knows better
            None if is_bot && view.kind == "text" => now,
            None => *self.came.entry(key).or_insert(now),
        };
        let reactions = view.reactions.into_iter();
        Shown {
            id: view.id.0,
            from: view.from.0,
            name: names.get(view.from),
            is_bot,
            at,
            kind: view.kind,
            about: view.about.replace(super::cast::BOT_NAME, BOT),
            text: without_payload(view.text),
            html: without_payload(view.html),
            buttons: view.buttons,
            reply_to: view.reply_to.map(|message| message.0),
            edited: view.edited,
            reactions: reactions
                .map(|(user, emoji)| Reaction { emoji, name: names.get(user) })
                .collect(),
            pinned: view.pinned,
            silent: view.silent,
        }
    }
}

/// Telegram's clients show the command of a link, and not the token behind it.
fn without_payload(text: String) -> String {
    match text.split_once(' ') {
        Some((start, _)) if start == "/start" || start.starts_with("/start@") => start.to_owned(),
        _ => text,
    }
}

fn key(chat: ChatId, message: &MessageView) -> (i64, i64) {
    (chat.number(), message.id.0)
}

/// Who is who in a chat.
struct Names {
    bot: UserId,
    people: BTreeMap<UserId, String>,
}

impl Names {
    fn of(sandbox: &Sandbox, chat: ChatId, bot: UserId) -> Self {
        let members = sandbox.members(chat).into_iter();
        Self { bot, people: members.map(|member| (member.user, member.name)).collect() }
    }

    fn get(&self, user: UserId) -> String {
        if user == self.bot {
            return BOT.to_owned();
        }
        self.people.get(&user).cloned().unwrap_or_default()
    }
}
