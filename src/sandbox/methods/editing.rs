//! Changing and deleting messages.

use serde_json::{Value, json};

use super::Call;
use crate::sandbox::content::{Content, Message};
use crate::sandbox::ids::{ChatId, MessageId};
use crate::sandbox::members::Right;
use crate::sandbox::refusal::{Answer, Refusal};

/// After this time nobody deletes a message any more.
const DELETABLE_SECONDS: i64 = 48 * 60 * 60;

pub(super) fn edit_message_text(call: &mut Call<'_>) -> Answer {
    let text = call.text("MESSAGE_TOO_LONG")?;
    let markup = call.reply_markup()?;
    let (chat, id) = call.own_message()?;
    match call.world.message(chat, id).map(|message| &message.content) {
        Some(Content::Text(_)) => call.change(chat, id, Some(Content::Text(text)), markup),
        _ => Err(Refusal::bad_request("there is no text in the message to edit")),
    }
}

pub(super) fn edit_message_reply_markup(call: &mut Call<'_>) -> Answer {
    let markup = call.reply_markup()?;
    let (chat, id) = call.own_message()?;
    call.change(chat, id, None, markup)
}

pub(super) fn delete_message(call: &mut Call<'_>) -> Answer {
    let chat = call.chat()?;
    let id = call.message_in(chat, "message to delete")?;
    let now = call.world.now();
    let found = call.found(chat)?;
    let message = found.messages.get(&id);
    let is_old = message.is_none_or(|message| message.sent_at < now - DELETABLE_SECONDS);
    let is_own = message.is_some_and(|message| message.from == call.bot);
    if is_old {
        return Err(Refusal::bad_request("message can't be deleted for everyone"));
    }
    if !is_own && !found.may(call.bot, Right::DeleteMessages) {
        return Err(Refusal::bad_request("message can't be deleted"));
    }
    call.world.delete(chat, id);
    Ok(json!(true))
}

impl Call<'_> {
    fn own_message(&self) -> Result<(ChatId, MessageId), Refusal> {
        if self.arguments.get("chat_id").is_none() {
            return Err(Refusal::bad_request("message identifier is not specified"));
        }
        let chat = self.chat()?;
        let id = self.message_in(chat, "message to edit")?;
        let message = self.world.message(chat, id);
        if message.is_some_and(|message| message.from == self.bot && !message.content.is_service())
        {
            Ok((chat, id))
        } else {
            Err(Refusal::bad_request("message can't be edited"))
        }
    }

    /// An edit without a keyboard takes the keyboard away.
    fn change(
        &mut self,
        chat: ChatId,
        id: MessageId,
        content: Option<Content>,
        markup: Option<Value>,
    ) -> Answer {
        let now = self.world.now();
        let Some(message) = self.world.message_mut(chat, id) else { return Ok(Value::Null) };
        let content = content.unwrap_or_else(|| message.content.clone());
        if is_same(message, &content, markup.as_ref()) {
            return Err(not_modified());
        }
        message.content = content;
        message.reply_markup = markup;
        message.edited_at = Some(now);
        Ok(self
            .world
            .message(chat, id)
            .map_or(Value::Null, |edited| self.world.message_json(edited, true)))
    }
}

/// Two texts are the same when they read and look the same, however they were written.
fn is_same(message: &Message, content: &Content, markup: Option<&Value>) -> bool {
    let look = |content: &Content| {
        content.words().map(|words| (words.text.clone(), words.entities.clone()))
    };
    look(&message.content) == look(content) && message.reply_markup.as_ref() == markup
}

fn not_modified() -> Refusal {
    Refusal::bad_request(
        "message is not modified: specified new message content and reply markup are exactly the \
         same as a current content and reply markup of the message",
    )
}
