//! The world as the Bot API writes it: users, chats, messages and members as JSON.

use serde_json::{Map, Value, json};

use super::content::{Content, Message, Rich};
use super::ids::{ChatId, UserId};
use super::world::{Chat, World, all_permissions};

impl World {
    pub fn user_json(&self, id: UserId) -> Value {
        let Some(user) = self.users.get(&id) else {
            return json!({ "id": id, "is_bot": false, "first_name": "" });
        };
        let mut json = json!({ "id": id, "is_bot": user.is_bot, "first_name": user.first_name });
        if let Some(username) = &user.username {
            json["username"] = json!(username);
        }
        if let Some(language_code) = &user.language_code {
            json["language_code"] = json!(language_code);
        }
        json
    }

    /// The short form, as it stands in messages.
    pub fn chat_json(&self, chat: &Chat) -> Value {
        match chat.id {
            ChatId::Private { user, .. } => self.private_chat_json(user),
            ChatId::Group(number) => group_json(number, chat),
        }
    }

    fn private_chat_json(&self, user: UserId) -> Value {
        let user = self.user_json(user);
        let mut json = json!({ "id": user["id"], "first_name": user["first_name"] });
        if let Some(username) = user.get("username") {
            json["username"] = username.clone();
        }
        json["type"] = json!("private");
        json
    }

    /// `ChatFullInfo`, as getChat gives it.
    pub fn full_chat_json(&self, chat: &Chat) -> Value {
        let mut json = self.chat_json(chat);
        json["accent_color_id"] = json!(0);
        json["max_reaction_count"] = json!(11);
        json["accepted_gift_types"] = no_gifts();
        if !chat.id.is_private() {
            json["permissions"] = all_permissions();
        }
        if let Some(pinned) = chat.pins.last().and_then(|id| chat.messages.get(id)) {
            json["pinned_message"] = self.message_json(pinned, false);
        }
        json
    }

    /// A message; with `reply` the one it answers stands inside it.
    pub fn message_json(&self, message: &Message, reply: bool) -> Value {
        let mut json = Map::new();
        json.insert("message_id".into(), json!(message.id));
        json.insert("from".into(), self.user_json(message.from));
        insert_some(&mut json, "sender_chat", message.sender_chat.clone());
        let chat = self.chats.get(&message.chat).map(|chat| self.chat_json(chat));
        insert_some(&mut json, "chat", chat);
        json.insert("date".into(), json!(message.sent_at));
        insert_some(&mut json, "edit_date", message.edited_at.map(Value::from));
        insert_some(&mut json, "forward_origin", message.forward_origin.clone());
        if reply {
            insert_some(&mut json, "reply_to_message", self.answered_json(message));
        }
        insert_content(&mut json, &message.content);
        if message.keyboard().is_some() {
            insert_some(&mut json, "reply_markup", message.reply_markup.clone());
        }
        Value::Object(json)
    }

    fn answered_json(&self, message: &Message) -> Option<Value> {
        let answered = self.message(message.chat, message.reply_to?)?;
        Some(self.message_json(answered, false))
    }

    pub fn member_json(&self, chat: &Chat, user: UserId) -> Value {
        chat.status(user).render(&self.user_json(user))
    }
}

fn group_json(number: i64, chat: &Chat) -> Value {
    let mut json = json!({ "id": number, "title": chat.title, "type": chat.kind() });
    if !chat.is_supergroup() {
        // undocumented, and sent all the same
        json["all_members_are_administrators"] = json!(true);
    }
    json
}

fn no_gifts() -> Value {
    json!({
        "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
        "premium_subscription": false, "gifts_from_channels": false,
    })
}

fn insert_content(json: &mut Map<String, Value>, content: &Content) {
    match content {
        Content::Text(words) => insert_words(json, "text", "entities", words),
        Content::Media { field, body, caption } => {
            json.insert((*field).into(), body.clone());
            if !caption.text.is_empty() {
                insert_words(json, "caption", "caption_entities", caption);
            }
        }
        Content::Service { field, body } => {
            json.insert((*field).into(), body.clone());
        }
    }
}

fn insert_words(json: &mut Map<String, Value>, text: &str, entities: &str, words: &Rich) {
    json.insert(text.into(), json!(words.text));
    if !words.entities.is_empty() {
        json.insert(entities.into(), json!(words.entities));
    }
}

fn insert_some(json: &mut Map<String, Value>, field: &str, value: Option<Value>) {
    if let Some(value) = value {
        json.insert(field.into(), value);
    }
}
