//! Privacy mode: what a bot in a group gets to hear. It is always on, as it is with a new bot;
//! administrators hear all.

use serde_json::Value;

use super::content::{Content, Message};
use super::ids::UserId;
use super::text::utf16_slice;
use super::world::World;

/// Whether this bot is told of this message.
pub(super) fn hears(world: &World, bot: UserId, message: &Message) -> bool {
    let Some(chat) = world.chats.get(&message.chat) else { return false };
    if is_farewell(message, bot) {
        return true;
    }
    if !chat.status(bot).is_present() || !is_heard_at_all(world, bot, message) {
        return false;
    }
    chat.id.is_private()
        || chat.status(bot).is_in_charge()
        || message.content.is_service()
        || is_for(world, bot, message)
}

/// The last thing a bot hears of a group is that it left.
fn is_farewell(message: &Message, bot: UserId) -> bool {
    match &message.content {
        Content::Service { field: "left_chat_member", body } => body["id"] == bot.0,
        _ => false,
    }
}

/// Bots do not hear each other, nor themselves except for a few service messages.
fn is_heard_at_all(world: &World, bot: UserId, message: &Message) -> bool {
    if message.from == bot {
        return super::updates::echoes(&message.content);
    }
    !world.is_bot(message.from) || message.content.is_service()
}

/// A command, a mention of the bot or an answer to it.
fn is_for(world: &World, bot: UserId, message: &Message) -> bool {
    let answered = message.reply_to.and_then(|id| world.message(message.chat, id));
    answered.is_some_and(|answered| answered.from == bot) || calls_upon(world, bot, message)
}

fn calls_upon(world: &World, bot: UserId, message: &Message) -> bool {
    let Some(words) = message.content.words() else { return false };
    let name = world.users.get(&bot).and_then(|user| user.username.as_deref()).unwrap_or_default();
    words.entities.iter().any(|entity| {
        let called = utf16_slice(&words.text, entity);
        match entity["type"].as_str() {
            Some("mention") => is_named(called.strip_prefix('@'), name),
            Some("bot_command") => {
                called.split_once('@').is_none_or(|(_, named)| is_named(Some(named), name))
            }
            Some("text_mention") => {
                entity.pointer("/user/id").and_then(Value::as_i64) == Some(bot.0)
            }
            _ => false,
        }
    })
}

fn is_named(called: Option<&str>, name: &str) -> bool {
    called.is_some_and(|called| called.eq_ignore_ascii_case(name))
}
