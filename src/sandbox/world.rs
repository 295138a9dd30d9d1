//! Everything the sandbox knows: accounts, chats, members, messages. Pure state under one lock; the
//! people (`people.rs`, `groups.rs`) and the bots (`methods/`) change it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::content::{Content, Message};
use super::faults::Faults;
use super::ids::{ChatId, MessageId, UserId};
use super::invites::InviteLink;
use super::kept::{self, FieldName};
use super::members::{Right, Status};
use super::record::Record;
use super::updates::Feed;
use super::views::Toast;
use super::webhook::Hook;

/// Telegram's own account behind what anonymous administrators write.
pub(super) const GROUP_ANONYMOUS_BOT: UserId = UserId(1_087_968_824);
/// Telegram's own account behind what channels write in groups.
pub(super) const CHANNEL_BOT: UserId = UserId(136_817_688);

/// An account, a person's or a bot's.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct User {
    pub id: UserId,
    pub first_name: String,
    pub username: Option<String>,
    pub language_code: Option<String>,
    pub is_bot: bool,
}

/// What a bot has besides its account.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Bot {
    pub token: String,
    pub feed: Feed,
    /// The command lists it has set, by scope (as JSON) and language.
    #[serde(with = "kept::pairs")]
    pub commands: BTreeMap<(String, String), Value>,
    /// Where updates are brought, if they are not fetched. Not kept: the bot sets it at its start.
    #[serde(skip)]
    pub hook: Option<Hook>,
}

/// What has become of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    Open,
    Deleted,
    /// A basic group that became this supergroup.
    Migrated(#[serde(with = "kept::chat")] ChatId),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Chat {
    #[serde(with = "kept::chat")]
    pub id: ChatId,
    /// Empty in a private chat.
    pub title: String,
    pub members: BTreeMap<UserId, Status>,
    pub messages: BTreeMap<MessageId, Message>,
    /// Oldest pin first.
    pub pins: Vec<MessageId>,
    pub fate: Fate,
    /// Who asks to be let in, and by which link.
    pub requests: BTreeMap<UserId, String>,
    last_message: i64,
}

impl Chat {
    pub fn kind(&self) -> &'static str {
        match self.id {
            ChatId::Private { .. } => "private",
            ChatId::Group(number) if number < SUPERGROUPS => "supergroup",
            ChatId::Group(_) => "group",
        }
    }

    pub fn is_supergroup(&self) -> bool {
        self.kind() == "supergroup"
    }

    /// How an account stands here; whoever was never here has left.
    pub fn status(&self, user: UserId) -> &Status {
        self.members.get(&user).unwrap_or(&Status::Left)
    }

    /// Whether the person of a private chat has blocked its bot.
    pub fn is_blocked(&self) -> bool {
        matches!(self.id, ChatId::Private { bot, .. } if *self.status(bot) == Status::Kicked)
    }

    /// Whether an account may do what this right is for; in a private chat both may all.
    pub fn may(&self, user: UserId, right: Right) -> bool {
        self.id.is_private() || self.status(user).may(right)
    }
}

/// A press that waits for its answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Query {
    pub bot: UserId,
    pub user: UserId,
    pub pressed_at: i64,
}

/// Basic groups count down from here to -1; supergroups stand below it.
const SUPERGROUPS: i64 = -1_000_000_000_000;

/// It can be kept as text and taken up again (`kept.rs`): a new field is kept by itself, unless it
/// belongs to the process and is skipped.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct World {
    #[serde(skip, default = "kept::no_clock")]
    pub now: fn() -> i64,
    pub users: BTreeMap<UserId, User>,
    pub bots: BTreeMap<UserId, Bot>,
    #[serde(with = "kept::chats")]
    pub chats: BTreeMap<ChatId, Chat>,
    pub queries: BTreeMap<String, Query>,
    /// What a file id stands for: the field it is sent under, and its body there.
    #[serde(deserialize_with = "kept::files")]
    pub files: BTreeMap<String, (FieldName, Value)>,
    pub toasts: Vec<Toast>,
    /// The links by which people come into groups, by their addresses.
    pub links: BTreeMap<String, InviteLink>,
    #[serde(skip)]
    pub faults: Faults,
    #[serde(skip)]
    pub record: Record,
    last_number: i64,
    last_message: i64,
}

impl World {
    pub fn new(now: fn() -> i64, faults: Faults, record: Record) -> Self {
        let mut world = Self {
            now,
            users: BTreeMap::new(),
            bots: BTreeMap::new(),
            chats: BTreeMap::new(),
            queries: BTreeMap::new(),
            files: BTreeMap::new(),
            toasts: Vec::new(),
            links: BTreeMap::new(),
            faults,
            record,
            last_number: 0,
            last_message: 0,
        };
        world.add_user(telegrams_own(GROUP_ANONYMOUS_BOT, "Group", "GroupAnonymousBot"));
        world.add_user(telegrams_own(CHANNEL_BOT, "Channel", "Channel_Bot"));
        world
    }

    pub fn now(&self) -> i64 {
        (self.now)()
    }

    /// The next of the world's own numbers: for accounts, groups, files and presses.
    pub fn next_number(&mut self) -> i64 {
        self.last_number += 1;
        self.last_number
    }

    /// Leaves out numbers that may have been handed out already.
    pub fn skip_ahead(&mut self, by: i64) {
        self.last_number += by;
        self.last_message += by;
        self.chats.values_mut().for_each(|chat| chat.last_message += by);
        self.bots.values_mut().for_each(|bot| bot.feed.skip_ahead(by));
    }

    pub fn add_user(&mut self, user: User) {
        self.users.insert(user.id, user);
    }

    pub fn add_bot(&mut self, id: UserId, token: &str, username: &str) {
        let (first_name, username) = (username.to_owned(), Some(username.to_owned()));
        self.add_user(User { id, first_name, username, language_code: None, is_bot: true });
        let feed = Feed::new(100_000_000 + 1000 * self.next_number());
        self.bots.insert(
            id,
            Bot { token: token.to_owned(), feed, commands: BTreeMap::new(), hook: None },
        );
    }

    pub fn add_person(&mut self, first_name: &str, language_code: &str) -> UserId {
        let id = UserId(700_000_000 + self.next_number());
        let language_code = Some(language_code.to_owned()).filter(|code| !code.is_empty());
        let first_name = first_name.to_owned();
        self.add_user(User { id, first_name, username: None, language_code, is_bot: false });
        id
    }

    pub fn bot_of(&self, token: &str) -> Option<UserId> {
        self.bots.iter().find(|(_, bot)| bot.token == token).map(|(id, _)| *id)
    }

    pub fn is_bot(&self, user: UserId) -> bool {
        self.bots.contains_key(&user)
    }

    pub fn new_group_id(&mut self) -> ChatId {
        ChatId::Group(-4_000_000_000 - self.next_number())
    }

    pub fn new_supergroup_id(&mut self) -> ChatId {
        ChatId::Group(SUPERGROUPS - 2_000_000_000 - self.next_number())
    }

    pub fn open_chat(&mut self, id: ChatId, title: &str) -> &mut Chat {
        self.chats.entry(id).or_insert_with(|| Chat {
            id,
            title: title.to_owned(),
            members: BTreeMap::new(),
            messages: BTreeMap::new(),
            pins: Vec::new(),
            fate: Fate::Open,
            requests: BTreeMap::new(),
            last_message: 0,
        })
    }

    pub fn message(&self, chat: ChatId, id: MessageId) -> Option<&Message> {
        self.chats.get(&chat)?.messages.get(&id)
    }

    pub fn message_mut(&mut self, chat: ChatId, id: MessageId) -> Option<&mut Message> {
        self.chats.get_mut(&chat)?.messages.get_mut(&id)
    }

    /// A message as it is about to be posted: numbered and dated, with nothing but its content.
    pub fn draft(&mut self, chat: ChatId, from: UserId, content: Content) -> Message {
        Message {
            id: self.next_message_id(chat),
            chat,
            from,
            sender_chat: None,
            sent_at: self.now(),
            edited_at: None,
            content,
            reply_to: None,
            forward_origin: None,
            reply_markup: None,
            is_silent: false,
            reactions: BTreeMap::new(),
        }
    }

    /// Puts a message into its chat and tells every bot that may hear it.
    pub fn post(&mut self, message: Message) -> MessageId {
        let (chat, id) = (message.chat, message.id);
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.messages.insert(id, message);
        }
        self.tell_of_message("message", chat, id);
        id
    }

    /// Posts that something happened in the chat.
    pub fn announce(
        &mut self,
        chat: ChatId,
        by: UserId,
        field: &'static str,
        body: Value,
    ) -> MessageId {
        let message = self.draft(chat, by, Content::Service { field, body });
        self.post(message)
    }

    /// Pins a message on top of the others and announces it.
    pub fn pin(&mut self, chat: ChatId, id: MessageId, by: UserId) {
        let pinned = self.message(chat, id).map(|message| self.message_json(message, false));
        if let (Some(found), Some(pinned)) = (self.chats.get_mut(&chat), pinned) {
            found.pins.retain(|other| *other != id);
            found.pins.push(id);
            self.announce(chat, by, "pinned_message", pinned);
        }
    }

    /// Takes a message away, its pin too.
    pub fn delete(&mut self, chat: ChatId, id: MessageId) {
        if let Some(found) = self.chats.get_mut(&chat) {
            found.messages.remove(&id);
            found.pins.retain(|pinned| *pinned != id);
        }
    }

    /// Changes how an account stands in a chat, and tells the bots concerned.
    pub fn set_status(&mut self, chat: ChatId, who: UserId, by: UserId, new: Status) {
        self.set_status_by(chat, who, by, new, None);
    }

    /// The same; `link` is the one by which somebody came in who had asked to.
    pub fn set_status_by(
        &mut self,
        chat: ChatId,
        who: UserId,
        by: UserId,
        new: Status,
        link: Option<&Value>,
    ) {
        let Some(found) = self.chats.get_mut(&chat) else { return };
        let old = found.members.insert(who, new).unwrap_or(Status::Left);
        if old != *found.status(who) {
            self.tell_of_status(chat, who, by, &old, link);
        }
    }

    /// Registers a file and gives its id.
    pub fn add_file(
        &mut self,
        field: &'static str,
        describe: impl FnOnce(&str, &str) -> Value,
    ) -> Value {
        let number = self.next_number();
        let id = format!("AgACAgIAAxkBAAI{number:06}_{field}");
        let body = describe(&id, &format!("AQAD{number:06}"));
        self.files.insert(id, (field, body.clone()));
        body
    }

    /// Supergroups count their own messages; private chats and basic groups share one count.
    fn next_message_id(&mut self, chat: ChatId) -> MessageId {
        let count = match self.chats.get_mut(&chat) {
            Some(found) if found.is_supergroup() => &mut found.last_message,
            _ => &mut self.last_message,
        };
        *count += 1;
        MessageId(*count)
    }
}

fn telegrams_own(id: UserId, first_name: &str, username: &str) -> User {
    User {
        id,
        first_name: first_name.to_owned(),
        username: Some(username.to_owned()),
        language_code: None,
        is_bot: true,
    }
}

/// The rights field of a basic group's chat: nobody has taken anything from its members.
pub(super) fn all_permissions() -> Value {
    super::members::PERMISSIONS.iter().map(|name| ((*name).to_owned(), json!(true))).collect()
}
