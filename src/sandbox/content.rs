//! What a message holds, and the message itself. How it reads as JSON stands in `wire.rs`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids::{ChatId, MessageId, UserId};
use super::kept::{self, FieldName};

/// Words with their formatting.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Rich {
    pub text: String,
    pub entities: Vec<Value>,
    /// As the bot wrote it, tags included; the plain text if it used none.
    pub html: String,
}

/// The body of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Content {
    Text(Rich),
    /// A photo, voice, sticker, document or location under its field's name.
    Media {
        #[serde(deserialize_with = "kept::field_name")]
        field: FieldName,
        body: Value,
        caption: Rich,
    },
    /// Something that happened in the chat, under its field's name.
    Service {
        #[serde(deserialize_with = "kept::field_name")]
        field: FieldName,
        body: Value,
    },
}

impl Content {
    /// The text or the caption.
    pub fn words(&self) -> Option<&Rich> {
        match self {
            Self::Text(words) => Some(words),
            Self::Media { caption, .. } => Some(caption),
            Self::Service { .. } => None,
        }
    }

    pub fn words_mut(&mut self) -> Option<&mut Rich> {
        match self {
            Self::Text(words) => Some(words),
            Self::Media { caption, .. } => Some(caption),
            Self::Service { .. } => None,
        }
    }

    pub fn is_service(&self) -> bool {
        matches!(self, Self::Service { .. })
    }

    /// The name of the Bot API field that holds it.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Media { field, .. } | Self::Service { field, .. } => field,
        }
    }
}

/// One message in one chat.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Message {
    pub id: MessageId,
    #[serde(with = "kept::chat")]
    pub chat: ChatId,
    pub from: UserId,
    /// The chat in whose name it was written: an anonymous administrator's group, or a channel.
    pub sender_chat: Option<Value>,
    pub sent_at: i64,
    pub edited_at: Option<i64>,
    pub content: Content,
    pub reply_to: Option<MessageId>,
    pub forward_origin: Option<Value>,
    pub reply_markup: Option<Value>,
    pub is_silent: bool,
    pub reactions: BTreeMap<UserId, Vec<Value>>,
}

impl Message {
    /// The rows of its inline keyboard, if it has one.
    pub fn keyboard(&self) -> Option<&Vec<Value>> {
        self.reply_markup.as_ref()?.get("inline_keyboard")?.as_array()
    }

    /// What this account thinks of it from now on; an empty list takes its reaction back.
    pub fn react(&mut self, who: UserId, reactions: &[Value]) {
        self.reactions.insert(who, reactions.to_vec());
    }

    /// Its inline buttons, row after row.
    pub fn buttons(&self) -> impl Iterator<Item = &Value> {
        self.keyboard().into_iter().flatten().filter_map(Value::as_array).flatten()
    }
}
