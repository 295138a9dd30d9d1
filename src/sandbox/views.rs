//! The world as a person with a screen sees it: chats, messages, buttons, toasts. For tests and for
//! a page.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Sandbox;
use super::content::{Content, Message};
use super::ids::{ChatId, MessageId, UserId};
use super::members::Status;
use super::record::CallRecord;
use super::world::{Chat, World};

/// A message as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessageView {
    /// Its id in the chat.
    pub id: MessageId,
    /// Who wrote it.
    pub from: UserId,
    /// The Bot API field that holds it: `text`, `photo`, `pinned_message` ..
    pub kind: &'static str,
    /// Text or caption without tags.
    pub text: String,
    /// Text or caption as the bot wrote it.
    pub html: String,
    /// Of something that happened in the chat: to whom (names), or the new title.
    pub about: String,
    /// The inline keyboard, row by row.
    pub buttons: Vec<Vec<Button>>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// Whether it was changed.
    pub edited: bool,
    /// The emoji under it, and whose each is.
    pub reactions: Vec<(UserId, String)>,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Whether it came without a sound.
    pub silent: bool,
    /// Unix seconds.
    pub sent_at: i64,
}

/// An inline button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Button {
    /// What stands on it.
    pub text: String,
    /// What a press sends, if it sends something.
    pub data: Option<String>,
    /// Where a press leads, if it leads somewhere.
    pub url: Option<String>,
}

/// What a person sees for a moment after a press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toast {
    /// The press it answers.
    pub query: String,
    /// Who answered.
    pub bot: UserId,
    /// Who pressed.
    pub user: UserId,
    /// May be empty: then the button only stops spinning.
    pub text: String,
    /// Whether it must be closed by hand.
    pub is_alert: bool,
}

/// An account in a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberView {
    /// The account.
    pub user: UserId,
    /// Its first name.
    pub name: String,
    /// How it stands.
    pub status: Status,
}

impl Sandbox {
    /// The messages of a chat, oldest first.
    #[must_use]
    pub fn messages(&self, chat: ChatId) -> Vec<MessageView> {
        self.with_chat(chat, |_, chat| {
            chat.messages.values().map(|message| show(chat, message)).collect()
        })
    }

    /// One message, if it is there.
    #[must_use]
    pub fn message(&self, chat: ChatId, id: MessageId) -> Option<MessageView> {
        self.with_chat(chat, |_, chat| chat.messages.get(&id).map(|message| show(chat, message)))
    }

    /// The pinned messages, the one on top last.
    #[must_use]
    pub fn pins(&self, chat: ChatId) -> Vec<MessageId> {
        self.with_chat(chat, |_, chat| chat.pins.clone())
    }

    /// Whoever is in a chat or was.
    #[must_use]
    pub fn members(&self, chat: ChatId) -> Vec<MemberView> {
        self.with_chat(chat, |world, chat| {
            let members = chat.members.iter();
            members.map(|(user, status)| show_member(world, *user, status)).collect()
        })
    }

    /// An account's first name.
    #[must_use]
    pub fn name(&self, user: UserId) -> Option<String> {
        self.world().users.get(&user).map(|user| user.first_name.clone())
    }

    /// A chat's title; empty in a private chat.
    #[must_use]
    pub fn title(&self, chat: ChatId) -> String {
        self.with_chat(chat, |_, chat| chat.title.clone())
    }

    /// All chats there are.
    #[must_use]
    pub fn chats(&self) -> Vec<ChatId> {
        self.world().chats.keys().copied().collect()
    }

    /// All answers to presses, in order.
    #[must_use]
    pub fn toasts(&self) -> Vec<Toast> {
        self.world().toasts.clone()
    }

    /// The commands a bot has set for a scope (its type, say `default`) and a language (empty for
    /// all).
    #[must_use]
    pub fn commands(&self, bot: UserId, scope: &str, language: &str) -> Vec<(String, String)> {
        let world = self.world();
        let lists = world.bots.get(&bot).into_iter().flat_map(|bot| &bot.commands);
        let fits = |key: &(String, String)| {
            key.0.contains(&format!("\"type\":\"{scope}\"")) && key.1 == language
        };
        let commands =
            lists.filter(|(key, _)| fits(key)).filter_map(|(_, list)| list.as_array()).flatten();
        commands.map(|command| (word(command, "command"), word(command, "description"))).collect()
    }

    /// How many updates a bot has not confirmed yet.
    #[must_use]
    pub fn pending_updates(&self, bot: UserId) -> usize {
        self.world().bots.get(&bot).map_or(0, |bot| bot.feed.pending())
    }

    /// Every call made so far.
    #[must_use]
    pub fn calls(&self) -> Vec<CallRecord> {
        self.calls_since(0)
    }

    /// The calls from this sequence number on.
    #[must_use]
    pub fn calls_since(&self, seq: usize) -> Vec<CallRecord> {
        self.world().record.calls.iter().skip(seq).cloned().collect()
    }

    fn with_chat<T: Default>(&self, chat: ChatId, look: impl FnOnce(&World, &Chat) -> T) -> T {
        let world = self.world();
        world.chats.get(&chat).map(|chat| look(&world, chat)).unwrap_or_default()
    }
}

fn show(chat: &Chat, message: &Message) -> MessageView {
    let words = message.content.words().cloned().unwrap_or_default();
    let rows = message.keyboard().into_iter().flatten().filter_map(Value::as_array);
    let reactions = message.reactions.iter();
    MessageView {
        id: message.id,
        from: message.from,
        kind: message.content.field(),
        text: words.text,
        html: words.html,
        about: about(&message.content),
        buttons: rows.map(|row| row.iter().map(show_button).collect()).collect(),
        reply_to: message.reply_to,
        edited: message.edited_at.is_some(),
        reactions: reactions
            .flat_map(|(user, all)| all.iter().map(|one| (*user, word(one, "emoji"))))
            .collect(),
        pinned: chat.pins.contains(&message.id),
        silent: message.is_silent,
        sent_at: message.sent_at,
    }
}

/// New members come as a list, whoever left as one account, a title as a text.
fn about(content: &Content) -> String {
    let Content::Service { body, .. } = content else { return String::new() };
    let accounts = body.as_array().map_or(std::slice::from_ref(body), Vec::as_slice);
    let names: Vec<_> = accounts.iter().map(|account| word(account, "first_name")).collect();
    body.as_str().map_or_else(|| names.join(", "), str::to_owned)
}

fn show_button(button: &Value) -> Button {
    let optional = |field: &str| button[field].as_str().map(str::to_owned);
    Button { text: word(button, "text"), data: optional("callback_data"), url: optional("url") }
}

fn show_member(world: &World, user: UserId, status: &Status) -> MemberView {
    let name = world.users.get(&user).map(|user| user.first_name.clone()).unwrap_or_default();
    MemberView { user, name, status: status.clone() }
}

fn word(object: &Value, field: &str) -> String {
    object[field].as_str().unwrap_or_default().to_owned()
}
