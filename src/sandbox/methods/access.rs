//! Which chats and messages a call reaches, and the sentence for each it does not.

use super::Call;
use crate::sandbox::ids::{ChatId, MessageId};
use crate::sandbox::members::Status;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::world::{Chat, Fate};

impl Call<'_> {
    /// The chat to act in: the bot must be there and be let.
    pub fn chat(&self) -> Result<ChatId, Refusal> {
        let chat = self.chat_to_read("chat_id")?;
        self.open(chat)?;
        match self.found(chat)?.status(self.bot) {
            Status::Kicked => Err(Refusal::forbidden("bot was blocked by the user")),
            _ => Ok(chat),
        }
    }

    /// A chat to look at: a blocked, migrated or deleted one will do.
    pub fn chat_to_read(&self, name: &str) -> Result<ChatId, Refusal> {
        let number = self.arguments.chat(name).ok_or_else(chat_not_found)?;
        let chat = match crate::sandbox::UserId(number) {
            user if number > 0 => ChatId::Private { bot: self.bot, user },
            _ => ChatId::Group(number),
        };
        match (self.world.chats.get(&chat), chat) {
            (Some(found), ChatId::Group(_)) => self.check_membership(found)?,
            (None, ChatId::Private { user, .. }) if self.world.users.contains_key(&user) => {
                return Err(Refusal::forbidden("bot can't initiate conversation with a user"));
            }
            (None, _) => return Err(chat_not_found()),
            (Some(_), ChatId::Private { .. }) => {}
        }
        Ok(chat)
    }

    fn check_membership(&self, chat: &Chat) -> Result<(), Refusal> {
        let kind = chat.kind();
        match chat.members.get(&self.bot) {
            None => Err(chat_not_found()),
            Some(_) if chat.fate != Fate::Open => Ok(()),
            Some(Status::Kicked) => {
                Err(Refusal::forbidden(format!("bot was kicked from the {kind} chat")))
            }
            Some(Status::Left) => {
                Err(Refusal::forbidden(format!("bot is not a member of the {kind} chat")))
            }
            Some(_) => Ok(()),
        }
    }

    fn open(&self, chat: ChatId) -> Result<(), Refusal> {
        match self.found(chat)?.fate {
            Fate::Open => Ok(()),
            Fate::Migrated(to) => Err(Refusal::migrated(to.number())),
            Fate::Deleted => Err(Refusal::forbidden("the group chat was deleted")),
        }
    }

    pub fn found(&self, chat: ChatId) -> Result<&Chat, Refusal> {
        self.world.chats.get(&chat).ok_or_else(chat_not_found)
    }

    /// The message a call names in this chat; `what` it is for stands in the refusal.
    pub fn message_in(&self, chat: ChatId, what: &str) -> Result<MessageId, Refusal> {
        let unnamed = || Refusal::bad_request("message identifier is not specified");
        let id = self.arguments.integer("message_id").map(MessageId).ok_or_else(unnamed)?;
        match self.world.message(chat, id) {
            Some(_) => Ok(id),
            None => Err(Refusal::bad_request(format!("{what} not found"))),
        }
    }
}

fn chat_not_found() -> Refusal {
    Refusal::bad_request("chat not found")
}
