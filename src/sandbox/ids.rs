//! The three kinds of numbers Telegram hands out. They are newtypes so that a message id never
//! passes for a chat.

use serde::{Deserialize, Serialize, Serializer};

/// A person's or a bot's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UserId(pub i64);

/// A message within its chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageId(pub i64);

/// A conversation. The Bot API calls a private chat by its person alone; here the bot belongs to it
/// too, because one person may talk to several bots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChatId {
    /// One person and one bot.
    Private {
        /// The bot they talk to.
        bot: UserId,
        /// The person.
        user: UserId,
    },
    /// A basic group (a small negative number) or a supergroup (-100 followed by ten digits).
    Group(i64),
}

impl ChatId {
    /// The chat's id as the Bot API writes it.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Private { user, .. } => user.0,
            Self::Group(number) => number,
        }
    }

    /// Whether this is one person's chat with a bot.
    #[must_use]
    pub fn is_private(self) -> bool {
        matches!(self, Self::Private { .. })
    }
}

impl Serialize for ChatId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.number())
    }
}
