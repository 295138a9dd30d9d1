//! New messages: text, a known photo or document, a copy of another.

use serde_json::{Value, json};

use super::Call;
use crate::sandbox::content::Content;
use crate::sandbox::ids::{ChatId, MessageId};
use crate::sandbox::members::Status;
use crate::sandbox::refusal::{Answer, Refusal};

pub(super) fn send_message(call: &mut Call<'_>) -> Answer {
    let text = call.text("message is too long")?;
    call.send(Content::Text(text))
}

pub(super) fn send_photo(call: &mut Call<'_>) -> Answer {
    send_file(call, "photo")
}

pub(super) fn send_document(call: &mut Call<'_>) -> Answer {
    send_file(call, "document")
}

pub(super) fn copy_message(call: &mut Call<'_>) -> Answer {
    let source = call.chat_to_read("from_chat_id")?;
    let id = call.message_in(source, "message to copy")?;
    let original = call.world.message(source, id).map(|message| message.content.clone());
    let copy = match original {
        Some(Content::Media { field, body, .. }) if call.arguments.get("caption").is_some() => {
            Content::Media { field, body, caption: call.caption()? }
        }
        Some(Content::Service { .. }) | None => {
            return Err(Refusal::bad_request("message can't be copied"));
        }
        Some(content) => content,
    };
    let sent = call.send(copy)?;
    Ok(json!({ "message_id": sent["message_id"] }))
}

fn send_file(call: &mut Call<'_>, field: &'static str) -> Answer {
    let id = call.arguments.text(field).unwrap_or_default();
    let caption = call.caption()?;
    match call.world.files.get(id) {
        Some((kind, body)) if *kind == field => {
            let body = body.clone();
            call.send(Content::Media { field, body, caption })
        }
        Some((kind, _)) => {
            Err(Refusal::bad_request(format!("can't use file of type {kind} as {field}")))
        }
        None => Err(Refusal::bad_request("wrong file identifier/HTTP URL specified")),
    }
}

impl Call<'_> {
    fn send(&mut self, content: Content) -> Answer {
        let chat = self.chat()?;
        self.may_write(chat)?;
        let reply_to = self.reply_to(chat)?;
        let reply_markup = self.reply_markup()?;
        let mut message = self.world.draft(chat, self.bot, content);
        message.reply_to = reply_to;
        message.reply_markup = reply_markup;
        message.is_silent = self.arguments.flag("disable_notification");
        let id = self.world.post(message);
        Ok(self
            .world
            .message(chat, id)
            .map_or(Value::Null, |sent| self.world.message_json(sent, true)))
    }

    fn may_write(&self, chat: ChatId) -> Result<(), Refusal> {
        match self.found(chat)?.status(self.bot) {
            Status::Restricted => {
                Err(Refusal::bad_request("not enough rights to send text messages to the chat"))
            }
            _ => Ok(()),
        }
    }

    /// The message answered, which stands in the same chat; answering across chats is not modelled.
    fn reply_to(&self, chat: ChatId) -> Result<Option<MessageId>, Refusal> {
        let Some(reply) = self.arguments.get("reply_parameters") else { return Ok(None) };
        let id = reply["message_id"].as_i64().map(MessageId);
        let is_here =
            reply.get("chat_id").is_none_or(|other| other.as_i64() == Some(chat.number()));
        let found = id.filter(|id| is_here && self.world.message(chat, *id).is_some());
        if found.is_none() && reply["allow_sending_without_reply"] != true {
            return Err(Refusal::bad_request("message to be replied not found"));
        }
        Ok(found)
    }
}
