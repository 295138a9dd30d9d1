//! Reactions: one emoji of Telegram's list per bot and message.

use serde_json::{Value, json};

use super::Call;
use crate::sandbox::refusal::{Answer, Refusal};

/// The emoji that Telegram takes as a reaction (Bot API, `ReactionTypeEmoji`).
pub const ALLOWED_REACTIONS: [&str; 73] = [
    "❤",
    "👍",
    "👎",
    "🔥",
    "🥰",
    "👏",
    "😁",
    "🤔",
    "🤯",
    "😱",
    "🤬",
    "😢",
    "🎉",
    "🤩",
    "🤮",
    "💩",
    "🙏",
    "👌",
    "🕊",
    "🤡",
    "🥱",
    "🥴",
    "😍",
    "🐳",
    "❤\u{200d}🔥",
    "🌚",
    "🌭",
    "💯",
    "🤣",
    "⚡",
    "🍌",
    "🏆",
    "💔",
    "🤨",
    "😐",
    "🍓",
    "🍾",
    "💋",
    "🖕",
    "😈",
    "😴",
    "😭",
    "🤓",
    "👻",
    "👨\u{200d}💻",
    "👀",
    "🎃",
    "🙈",
    "😇",
    "😨",
    "🤝",
    "✍",
    "🤗",
    "🫡",
    "🎅",
    "🎄",
    "☃",
    "💅",
    "🤪",
    "🗿",
    "🆒",
    "💘",
    "🙉",
    "🦄",
    "😘",
    "💊",
    "🙊",
    "😎",
    "👾",
    "🤷\u{200d}♂",
    "🤷",
    "🤷\u{200d}♀",
    "😡",
];

pub(super) fn set_message_reaction(call: &mut Call<'_>) -> Answer {
    let chat = call.chat()?;
    let id = call.message_in(chat, "message to react")?;
    let reactions = call.arguments.list("reaction");
    check(reactions)?;
    let bot = call.bot;
    match call.world.message_mut(chat, id) {
        Some(message) if !message.content.is_service() => message.react(bot, reactions),
        _ => return Err(Refusal::bad_request("MESSAGE_ID_INVALID")),
    }
    Ok(json!(true))
}

fn check(reactions: &[Value]) -> Result<(), Refusal> {
    match reactions {
        [] => Ok(()),
        [one] if is_allowed(one) => Ok(()),
        [_] => Err(Refusal::bad_request("REACTION_INVALID")),
        _ => Err(Refusal::bad_request("REACTIONS_TOO_MANY")),
    }
}

fn is_allowed(reaction: &Value) -> bool {
    reaction["emoji"].as_str().is_some_and(|emoji| ALLOWED_REACTIONS.contains(&emoji))
}
