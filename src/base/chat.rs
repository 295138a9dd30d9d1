//! What people say and what we say back, in our own words: no platform is named here. A door turns
//! its platform's updates into [`Incoming`] and an [`Outgoing`] into its platform's calls.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::clock::Timestamp;
use super::store::stored_word;

mod delivery;
mod pad;
mod place;

pub use delivery::{Channel, Delivery, Receipt, ReceiptAnswer, Verdict};
pub use pad::Pad;
pub use place::{Place, Right, Standing};

/// Our own number of a chat. It survives a change of the platform's id.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, Serialize, Deserialize,
)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct ChatId(pub i64);

/// Our own number of a person's account on the platform.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, Serialize, Deserialize,
)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct AccountId(pub i64);

/// The number of a letter, an outbox row.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, Serialize, Deserialize,
)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct LetterId(pub i64);

/// What kind of chat it is, which decides its pace.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    /// One person and the bot.
    Private,
    /// Several people.
    Group,
}
stored_word!(ChatKind);

/// Something that happened in a chat.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The bot that heard it.
    pub bot: i64,
    /// The platform's id of the chat.
    pub chat: i64,
    /// What kind of chat.
    pub kind: ChatKind,
    /// Who did it.
    pub from: Sender,
    /// When it was said or done; never later than when it was heard.
    pub at: Timestamp,
    /// What it was.
    pub what: Happening,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A person, known by the platform's id.
    Person(Person),
    /// An anonymous administrator, a channel, the platform itself: nobody who may have a role.
    Nobody,
}

/// A person as the platform describes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The platform's id.
    pub id: i64,
    /// What the person calls themselves; proves nothing.
    pub name: String,
    /// The language the app is set to, a proposal at most.
    pub language: Option<String>,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Happening {
    /// Somebody wrote.
    Message(Message),
    /// Somebody pressed a button.
    Press {
        /// The platform's id of the press, to answer it.
        press: String,
        /// The message that bears the button.
        message: Option<i64>,
        /// The button's data as it arrived; nothing in it is to be believed before its seal is checked.
        data: String,
    },
    /// People came into the chat.
    Joined(Vec<Person>),
    /// Somebody left or was removed.
    Left(Person),
    /// The bot's own place in the chat changed.
    OurPlace(Standing),
    /// The chat has another title, which is never taken for who it is.
    Titled,
    /// The chat has a new id.
    Moved {
        /// The new id.
        to: i64,
    },
    /// Somebody chose a chat by [`Pad::ChooseChat`]. It proposes; the bot may not be there.
    ChoseChat {
        /// The number that the button bore.
        request: i64,
        /// The platform's id of the chat.
        chat: i64,
        /// What it is called.
        title: Option<String>,
    },
    /// Somebody asks to be let into the chat.
    AsksIn {
        /// The link by which they came, if it is told.
        link: Option<String>,
    },
    /// A letter's fate that the desk must know.
    Echo(Echo),
    /// Something we take no notice of.
    Other,
}

/// A message.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// The platform's id within the chat.
    pub id: i64,
    /// Its words, caption included; empty when there are none.
    pub text: String,
    /// The largest photo's file, if it is a photo.
    pub photo: Option<String>,
    /// Whether it carries anything besides text: photo, voice, sticker, document, place.
    pub media: bool,
    /// The message it answers.
    pub reply_to: Option<i64>,
    /// Whether it was written by somebody else and passed on.
    pub forwarded: bool,
    /// When it was last changed; `None` for a new one.
    pub edited_at: Option<Timestamp>,
}

/// What came back of a letter: heard like everything else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Echo {
    /// Which letter.
    pub letter: LetterId,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a letter.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The chat is shut to us.
    Closed(Closure),
    /// The letter will never arrive.
    Dead {
        /// Why, in the platform's words.
        reason: String,
    },
    /// The answer to [`Outgoing::AskPlace`].
    Place(Standing),
    /// The answer to [`Outgoing::AskCount`].
    Count(i64),
    /// [`Outgoing::Remove`] was done.
    Removed,
    /// The answer to [`Outgoing::MakeLink`].
    Link(String),
}

/// Why a chat is shut to us.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Closure {
    /// The person blocked the bot or never started it.
    Blocked,
    /// The bot was removed.
    Kicked,
    /// The chat or the account is gone.
    Gone,
}
stored_word!(Closure);

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// What stands on it.
    pub label: String,
    /// The action it stands for; none on a link.
    pub action: Option<String>,
    /// The action's named arguments.
    pub args: Value,
    /// What a press sends: the sealed action, or the link.
    pub data: String,
}

/// Something to be done on the platform, words rendered and buttons sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Outgoing {
    /// Write a message.
    Say {
        /// Its text.
        html: String,
        /// Its buttons, row by row.
        keys: Vec<Vec<Key>>,
        /// The message it answers.
        reply_to: Option<i64>,
        /// What is to stand below the field in which its reader writes; as it was if none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pad: Option<Pad>,
    },
    /// Send a photo that the platform already has.
    Photo {
        /// The platform's file.
        file: String,
        /// The words below it.
        html: String,
        /// Its buttons.
        keys: Vec<Vec<Key>>,
    },
    /// Change the message that the target letter made.
    Edit {
        /// Its new text.
        html: String,
        /// Its new buttons.
        keys: Vec<Vec<Key>>,
    },
    /// Pin the message that the target letter made.
    Pin,
    /// React to somebody's message.
    React {
        /// Whose id within the chat.
        message: i64,
        /// With what.
        emoji: String,
    },
    /// Answer a press.
    Answer {
        /// The press.
        press: String,
        /// What is shown for a moment; nothing if empty.
        text: String,
    },
    /// Show a message of another chat here.
    Copy {
        /// The platform's id of the chat it stands in.
        from: i64,
        /// Its id there.
        message: i64,
    },
    /// Leave the chat.
    Leave,
    /// Ask what place the bot has in the chat.
    AskPlace,
    /// Ask how many people are in the chat, the bot included.
    AskCount,
    /// Put a person out of the chat, by the platform's id.
    Remove {
        /// Whom.
        person: i64,
    },
    /// Let a person who was put out come back if somebody invites them.
    Readmit {
        /// Whom.
        person: i64,
    },
    /// Make a link to the chat by which people can ask to be let in.
    MakeLink {
        /// What administrators of the chat see it called; at most 32 characters.
        name: String,
        /// When it ends, on the real clock.
        until: Timestamp,
    },
    /// End a link that the bot made.
    EndLink {
        /// Which.
        link: String,
    },
    /// Let somebody in who asked.
    LetIn {
        /// The platform's id of the person.
        person: i64,
    },
    /// Turn somebody away who asked.
    TurnAway {
        /// The platform's id of the person.
        person: i64,
    },
}

impl Outgoing {
    /// The platform-neutral name of what is done.
    #[must_use]
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Say { .. } | Self::Photo { .. } | Self::Copy { .. })
    }

    /// Whether it shows nothing to the others in the chat: a toast, a reaction, a question.
    #[must_use]
    pub fn shows_nothing(&self) -> bool {
        !self.is_message() && !matches!(self, Self::Edit { .. } | Self::Pin)
    }

    /// Whether nobody has to learn that it was refused.
    #[must_use]
    pub fn is_courtesy(&self) -> bool {
        matches!(
            self,
            Self::React { .. }
                | Self::Answer { .. }
                | Self::Pin
                | Self::Readmit { .. }
                | Self::EndLink { .. }
                | Self::TurnAway { .. }
        )
    }

    /// Whether doing it twice is the same as doing it once.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        !self.is_message()
    }
}
