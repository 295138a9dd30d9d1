//! Links into groups: how people come by them and ask to be let in.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ids::{ChatId, UserId};
use super::kept;
use super::members::{Right, Status};
use super::people::{Impossible, Person};
use super::world::{Fate, World};

/// A link that a bot has made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct InviteLink {
    #[serde(with = "kept::chat")]
    pub chat: ChatId,
    pub creator: UserId,
    pub name: Option<String>,
    /// Unix seconds.
    pub expire_date: Option<i64>,
    pub member_limit: Option<i64>,
    pub creates_join_request: bool,
    pub is_revoked: bool,
}

impl Person {
    /// Opens a link and presses the button of its page: asks to be let in, or comes in where nobody is
    /// asked.
    ///
    /// # Errors
    /// If the link is not valid, or this person is in the group or was thrown out of it.
    pub fn follow_link(&self, url: &str) -> Result<ChatId, Impossible> {
        self.try_change(|world| {
            let link = world.links.get(url).cloned().ok_or(Impossible::NoChat)?;
            if link.is_revoked || link.expire_date.is_some_and(|end| end <= world.now()) {
                return Err(Impossible::NoChat);
            }
            world.outside(self.id, link.chat)?;
            if link.creates_join_request {
                world.ask_in(self.id, link.chat, Some(url));
            } else {
                let shown = world.link_json(url, &link);
                world.set_status_by(link.chat, self.id, self.id, Status::Member, Some(&shown));
            }
            Ok(link.chat)
        })
    }

    /// Asks to be let in by a link of some administrator: the bot sees only its beginning.
    ///
    /// # Errors
    /// If this person is in the group or was thrown out of it.
    pub fn ask_in(&self, chat: ChatId) -> Result<(), Impossible> {
        self.try_change(|world| {
            world.outside(self.id, chat)?;
            world.ask_in(self.id, chat, None);
            Ok(())
        })
    }
}

impl World {
    fn outside(&self, who: UserId, chat: ChatId) -> Result<(), Impossible> {
        let found = self.chats.get(&chat).filter(|chat| chat.fate == Fate::Open);
        match found.ok_or(Impossible::NoChat)?.status(who) {
            Status::Left => Ok(()),
            _ => Err(Impossible::NotAllowed),
        }
    }

    fn ask_in(&mut self, who: UserId, chat: ChatId, url: Option<&str>) {
        let known = url.and_then(|url| Some((url.to_owned(), self.links.get(url)?.clone())));
        let link = known.map_or_else(foreign_link, |(url, link)| self.link_json(&url, &link));
        let Some(found) = self.chats.get_mut(&chat) else { return };
        let key = link["invite_link"].as_str().unwrap_or_default().to_owned();
        if found.requests.insert(who, key.clone()) == Some(key) {
            return;
        }
        let body = json!({
            "chat": self.chats.get(&chat).map(|chat| self.chat_json(chat)),
            "from": self.user_json(who),
            "user_chat_id": who,
            "date": self.now(),
            "invite_link": link,
        });
        for bot in self.administrator_bots(chat) {
            let may = |chat: &super::world::Chat| chat.may(bot, Right::InviteUsers);
            if self.chats.get(&chat).is_some_and(may) {
                self.tell(bot, "chat_join_request", body.clone());
            }
        }
    }

    /// A `ChatInviteLink` of the Bot API.
    pub fn link_json(&self, url: &str, link: &InviteLink) -> Value {
        let mut shown = json!({
            "invite_link": url,
            "creator": self.user_json(link.creator),
            "creates_join_request": link.creates_join_request,
            "is_primary": false,
            "is_revoked": link.is_revoked,
        });
        let waiting = |chat: &super::world::Chat| {
            chat.requests.values().filter(|by| by.as_str() == url).count()
        };
        let waiting = self.chats.get(&link.chat).map_or(0, waiting);
        let optional = [
            ("name", link.name.clone().map(Value::from)),
            ("expire_date", link.expire_date.map(Value::from)),
            ("member_limit", link.member_limit.map(Value::from)),
            ("pending_join_request_count", (waiting > 0).then(|| json!(waiting))),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                shown[name] = value;
            }
        }
        shown
    }
}

/// A link of another administrator: its second half is hidden from the bot.
fn foreign_link() -> Value {
    json!({
        "invite_link": "https://t.me/+Abc…",
        "creator": { "id": 799_999_999, "is_bot": false, "first_name": "Somebody" },
        "creates_join_request": true,
        "is_primary": false,
        "is_revoked": false,
    })
}
