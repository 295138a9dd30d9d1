//! What an update was about: kept beside the queue after the update itself is confirmed and gone, for
//! whoever wants to know why a bot said something.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Sandbox;
use super::ids::{MessageId, UserId};

/// What an update was about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The update's kind: `message`, `callback_query` ..
    pub kind: String,
    /// The chat's number, if it happened in one.
    pub chat: Option<i64>,
    /// The message it is about.
    pub message: Option<MessageId>,
    /// Who did it.
    pub from: Option<UserId>,
    /// The words of the message, or the data of the button.
    pub words: String,
}

impl Origin {
    /// What stands in the body of an update of this kind.
    pub(super) fn of(kind: &str, body: &Value) -> Self {
        let message = if body["message"].is_object() { &body["message"] } else { body };
        let words = ["data", "text", "caption"].into_iter().find_map(|field| body[field].as_str());
        Self {
            kind: kind.to_owned(),
            chat: message["chat"]["id"].as_i64(),
            message: message["message_id"].as_i64().map(MessageId),
            from: ["from", "user"].into_iter().find_map(|who| body[who]["id"].as_i64()).map(UserId),
            words: words.unwrap_or_default().to_owned(),
        }
    }
}

impl Sandbox {
    /// What an update to a bot was about, confirmed or not.
    #[must_use]
    pub fn origin(&self, bot: UserId, update: i64) -> Option<Origin> {
        self.world().bots.get(&bot)?.feed.origin(update).cloned()
    }
}
