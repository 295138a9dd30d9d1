//! What stands in place of a person's keyboard: the button that lets them choose a group, with the
//! ways in which apps differ when it is used.

use serde_json::{Value, json};
use strum::IntoEnumIterator;

use super::Sandbox;
use super::ids::{ChatId, MessageId, UserId};
use super::members::{Right, Rights};
use super::people::{Impossible, Person};
use super::world::World;

/// What an app does when a group was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Brings the bot in as administrator, then tells it.
    BotFirst,
    /// Tells the bot, then brings it in.
    ShareFirst,
    /// Tells the bot and leaves it outside, though it says that all went well.
    WithoutBot,
}

impl Sandbox {
    /// The buttons in place of the person's keyboard in a private chat, row by row.
    #[must_use]
    pub fn pad(&self, chat: ChatId) -> Vec<Vec<String>> {
        let world = self.world();
        let rows = world.pad(chat).into_iter().flatten().filter_map(Value::as_array);
        let text = |button: &Value| button["text"].as_str().unwrap_or_default().to_owned();
        rows.map(|row| row.iter().map(text).collect()).collect()
    }
}

impl Person {
    /// Presses the button in place of the keyboard and chooses a group; gives the request's number.
    ///
    /// # Errors
    /// If there is no such button, or the person may not bring the bot into the group.
    pub fn choose_chat(&self, bot: UserId, chat: ChatId, how: Sharing) -> Result<i64, Impossible> {
        let request = self
            .try_change(|world| world.request(self.chat_with(bot)).ok_or(Impossible::NoButton))?;
        let id = request["request_id"].as_i64().ok_or(Impossible::NoButton)?;
        let rights = &request["bot_administrator_rights"];
        if how == Sharing::BotFirst {
            self.bring(bot, chat, rights)?;
        }
        self.share_chat(bot, id, chat)?;
        if how == Sharing::ShareFirst {
            self.bring(bot, chat, rights)?;
        }
        Ok(id)
    }

    /// Tells a bot of a chosen chat and nothing else, as an old message's button can.
    ///
    /// # Errors
    /// If there is no chat with the bot, or no such group.
    pub fn share_chat(
        &self,
        bot: UserId,
        request: i64,
        chat: ChatId,
    ) -> Result<MessageId, Impossible> {
        let private = self.chat_with(bot);
        self.try_change(|world| {
            world.open_to(self.id, private)?;
            let title = world.chats.get(&chat).ok_or(Impossible::NoChat)?.title.clone();
            let body = json!({ "request_id": request, "chat_id": chat, "title": title });
            Ok(world.announce(private, self.id, "chat_shared", body))
        })
    }

    /// An app leaves a bot alone that is in charge already.
    fn bring(&self, bot: UserId, chat: ChatId, wanted: &Value) -> Result<(), Impossible> {
        let there = self.sandbox.members(chat).into_iter().find(|member| member.user == bot);
        if there.is_some_and(|member| member.status.is_in_charge()) {
            return Ok(());
        }
        self.add(chat, bot)?;
        let right = |right: &Right| wanted[format!("can_{}", <&str>::from(*right))] == true;
        let rights = Right::iter().filter(right).fold(Rights::bare(), Rights::with);
        self.promote(chat, bot, rights)
    }
}

impl World {
    /// The newest message that said something about the keyboard decides.
    fn pad(&self, chat: ChatId) -> Option<&Vec<Value>> {
        let messages = self.chats.get(&chat)?.messages.values().rev();
        let mut markups = messages.filter_map(|message| message.reply_markup.as_ref());
        markups.find(|m| m["keyboard"].is_array() || m["remove_keyboard"] == true)?["keyboard"]
            .as_array()
    }

    fn request(&self, chat: ChatId) -> Option<Value> {
        let buttons = self.pad(chat)?.iter().filter_map(Value::as_array).flatten();
        buttons.filter_map(|button| button.get("request_chat")).next_back().cloned()
    }
}
