//! What people do in a chat: start it, write, edit, press, react, block. What they do to groups
//! stands in `groups.rs`.

use serde_json::{Value, json};

use super::Sandbox;
use super::content::Message;
use super::draft::{Draft, Origin, Voice};
use super::ids::{ChatId, MessageId, UserId};
use super::members::{Right, Status};
use super::text::plain;
use super::world::{CHANNEL_BOT, Chat, Fate, GROUP_ANONYMOUS_BOT, Query, World};

/// A person with a Telegram client in hand.
#[derive(Debug, Clone)]
pub struct Person {
    pub(super) sandbox: Sandbox,
    pub(super) id: UserId,
}

/// A client would not offer this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each sentence says it")]
pub enum Impossible {
    #[error("there is no such chat, or it is gone")]
    NoChat,
    #[error("there is no such message")]
    NoMessage,
    #[error("the message has no such button")]
    NoButton,
    #[error("the message is someone else's")]
    NotOwn,
    #[error("the person is not in the chat")]
    NotThere,
    #[error("the person may not do this")]
    NotAllowed,
    #[error("there is no such bot")]
    NoBot,
}

impl Person {
    /// The account.
    #[must_use]
    pub fn id(&self) -> UserId {
        self.id
    }

    /// The chat with a bot, whether started or not.
    #[must_use]
    pub fn chat_with(&self, bot: UserId) -> ChatId {
        ChatId::Private { bot, user: self.id }
    }

    /// Presses Start in the chat with a bot, after a link with this payload (which may be empty).
    /// Unblocks the bot.
    ///
    /// # Errors
    /// If there is no such bot.
    pub fn start(&self, bot: UserId, payload: &str) -> Result<MessageId, Impossible> {
        let chat = self.chat_with(bot);
        self.try_change(|world| {
            if !world.is_bot(bot) {
                return Err(Impossible::NoBot);
            }
            world.open_private(chat, bot, self.id);
            world.set_status(chat, bot, self.id, Status::Member);
            world.write(self.id, chat, &Draft::from(format!("/start {payload}").trim_end()))
        })
    }

    /// Writes a text, or sends anything else a [`Draft`] can be.
    ///
    /// # Errors
    /// If the person is not in the chat or the message answered is not there.
    pub fn say(&self, chat: ChatId, what: impl Into<Draft>) -> Result<MessageId, Impossible> {
        let draft = what.into();
        self.try_change(|world| world.write(self.id, chat, &draft))
    }

    /// Changes the words of an own message.
    ///
    /// # Errors
    /// If there is no such message, or it is someone else's.
    pub fn edit(&self, chat: ChatId, message: MessageId, text: &str) -> Result<(), Impossible> {
        self.try_change(|world| world.rewrite(self.id, chat, message, text))
    }

    /// Deletes a message for everybody: an own one, or as administrator anyone's. Bots are not
    /// told.
    ///
    /// # Errors
    /// If there is no such message, or it is someone else's.
    pub fn delete(&self, chat: ChatId, message: MessageId) -> Result<(), Impossible> {
        self.try_change(|world| {
            let found = world.open_to(self.id, chat)?;
            let target = found.messages.get(&message).ok_or(Impossible::NoMessage)?;
            if target.from != self.id && !found.may(self.id, Right::DeleteMessages) {
                return Err(Impossible::NotOwn);
            }
            world.delete(chat, message);
            Ok(())
        })
    }

    /// Presses a button that the message shows, and gives the id of the press.
    ///
    /// # Errors
    /// If the message shows no button with this data.
    pub fn press(
        &self,
        chat: ChatId,
        message: MessageId,
        data: &str,
    ) -> Result<String, Impossible> {
        self.try_change(|world| {
            let shown = world.message(chat, message).ok_or(Impossible::NoMessage)?;
            if !shown.buttons().any(|button| button["callback_data"] == data) {
                return Err(Impossible::NoButton);
            }
            world.press(self.id, chat, message, data)
        })
    }

    /// Sends a press with any data, as a forged client can; the message may show no such button, or
    /// none.
    ///
    /// # Errors
    /// If the person is not in the chat or the message is not there.
    pub fn press_raw(
        &self,
        chat: ChatId,
        message: MessageId,
        data: &str,
    ) -> Result<String, Impossible> {
        self.try_change(|world| world.press(self.id, chat, message, data))
    }

    /// Reacts with this emoji; with none, takes the reaction back.
    ///
    /// # Errors
    /// If the person is not in the chat or the message is not there.
    pub fn react(
        &self,
        chat: ChatId,
        message: MessageId,
        emoji: Option<&str>,
    ) -> Result<(), Impossible> {
        self.try_change(|world| world.react(self.id, chat, message, emoji))
    }

    /// Blocks a bot: it may not write any more.
    ///
    /// # Errors
    /// If the chat was never started.
    pub fn block(&self, bot: UserId) -> Result<(), Impossible> {
        self.set_blocked(bot, Status::Kicked)
    }

    /// Takes the block back, without writing anything.
    ///
    /// # Errors
    /// If the chat was never started.
    pub fn unblock(&self, bot: UserId) -> Result<(), Impossible> {
        self.set_blocked(bot, Status::Member)
    }

    fn set_blocked(&self, bot: UserId, status: Status) -> Result<(), Impossible> {
        let chat = self.chat_with(bot);
        self.try_change(|world| {
            world.open_to(self.id, chat)?;
            world.set_status(chat, bot, self.id, status);
            Ok(())
        })
    }

    pub(super) fn try_change<T>(
        &self,
        how: impl FnOnce(&mut World) -> Result<T, Impossible>,
    ) -> Result<T, Impossible> {
        self.sandbox.change(how)
    }
}

impl World {
    fn open_private(&mut self, chat: ChatId, bot: UserId, user: UserId) {
        let members = &mut self.open_chat(chat, "").members;
        members.entry(bot).or_insert(Status::Member);
        members.entry(user).or_insert(Status::Member);
    }

    /// The chat, if this person is in it.
    pub fn open_to(&self, who: UserId, chat: ChatId) -> Result<&Chat, Impossible> {
        let found = self
            .chats
            .get(&chat)
            .filter(|chat| chat.fate == Fate::Open)
            .ok_or(Impossible::NoChat)?;
        if found.status(who).is_present() { Ok(found) } else { Err(Impossible::NotThere) }
    }

    pub fn write(
        &mut self,
        who: UserId,
        chat: ChatId,
        draft: &Draft,
    ) -> Result<MessageId, Impossible> {
        let found = self.open_to(who, chat)?;
        if *found.status(who) == Status::Restricted || found.is_blocked() {
            return Err(Impossible::NotAllowed);
        }
        if draft.reply_to.is_some_and(|answered| !found.messages.contains_key(&answered)) {
            return Err(Impossible::NoMessage);
        }
        let content = draft.content(self);
        let mut message = self.draft(chat, who, content);
        message.reply_to = draft.reply_to;
        message.forward_origin = draft.origin.as_ref().map(|origin| self.origin_json(origin));
        self.speak_as(&mut message, &draft.voice)?;
        Ok(self.post(message))
    }

    fn speak_as(&mut self, message: &mut Message, voice: &Voice) -> Result<(), Impossible> {
        let chat = self.chats.get(&message.chat).ok_or(Impossible::NoChat)?;
        match voice {
            Voice::Own => {}
            Voice::AnonymousAdministrator if !chat.status(message.from).is_in_charge() => {
                return Err(Impossible::NotAllowed);
            }
            Voice::AnonymousAdministrator => {
                message.sender_chat = Some(self.chat_json(chat));
                message.from = GROUP_ANONYMOUS_BOT;
            }
            Voice::Channel(title) => {
                let id = -1_001_000_000_000 - message.from.0 % 1_000_000_000;
                message.sender_chat = Some(json!({ "id": id, "title": title, "type": "channel" }));
                message.from = CHANNEL_BOT;
            }
        }
        Ok(())
    }

    fn origin_json(&self, origin: &Origin) -> Value {
        let date = self.now();
        match origin {
            Origin::Person(author) => {
                json!({ "type": "user", "sender_user": self.user_json(*author), "date": date })
            }
            Origin::Hidden(name) => {
                json!({ "type": "hidden_user", "sender_user_name": name, "date": date })
            }
        }
    }

    fn rewrite(
        &mut self,
        who: UserId,
        chat: ChatId,
        id: MessageId,
        text: &str,
    ) -> Result<(), Impossible> {
        self.open_to(who, chat)?;
        let now = self.now();
        let message = self.message_mut(chat, id).ok_or(Impossible::NoMessage)?;
        if message.from != who {
            return Err(Impossible::NotOwn);
        }
        *message.content.words_mut().ok_or(Impossible::NotAllowed)? = plain(text);
        message.edited_at = Some(now);
        self.tell_of_message("edited_message", chat, id);
        Ok(())
    }

    fn press(
        &mut self,
        who: UserId,
        chat: ChatId,
        id: MessageId,
        data: &str,
    ) -> Result<String, Impossible> {
        self.open_to(who, chat)?;
        let message = self.message(chat, id).ok_or(Impossible::NoMessage)?;
        let (bot, shown) = (message.from, self.message_json(message, true));
        let query = (4_000_000_000_000_000_000 + self.next_number()).to_string();
        let update = json!({
            "id": query,
            "from": self.user_json(who),
            "message": shown,
            "chat_instance": (chat.number().unsigned_abs() ^ bot.0.unsigned_abs()).to_string(),
            "data": data,
        });
        self.queries.insert(query.clone(), Query { bot, user: who, pressed_at: self.now() });
        self.tell(bot, "callback_query", update);
        Ok(query)
    }

    fn react(
        &mut self,
        who: UserId,
        chat: ChatId,
        id: MessageId,
        emoji: Option<&str>,
    ) -> Result<(), Impossible> {
        let chat_json = self.chat_json(self.open_to(who, chat)?);
        let new: Vec<_> =
            emoji.iter().map(|emoji| json!({ "type": "emoji", "emoji": emoji })).collect();
        let message = self.message_mut(chat, id).ok_or(Impossible::NoMessage)?;
        let old = message.reactions.get(&who).cloned().unwrap_or_default();
        message.react(who, &new);
        let update = json!({
            "chat": chat_json, "message_id": id, "user": self.user_json(who), "date": self.now(),
            "old_reaction": old, "new_reaction": new,
        });
        for bot in self.administrator_bots(chat) {
            self.tell(bot, "message_reaction", update.clone());
        }
        Ok(())
    }
}
