//! What a person is about to send: the content, and in whose name and answering what.

use serde_json::{Value, json};

use super::content::{Content, Rich};
use super::ids::MessageId;
use super::people::Person;
use super::text::plain;
use super::world::World;

/// A message before it is sent. A plain `&str` is one too.
#[derive(Debug, Clone)]
pub struct Draft {
    body: Body,
    pub(super) reply_to: Option<MessageId>,
    pub(super) origin: Option<Origin>,
    pub(super) voice: Voice,
}

#[derive(Debug, Clone)]
enum Body {
    Text(String),
    Photo { caption: String },
    Voice { mime_type: Option<String> },
    Sticker { emoji: String },
    Document { file_name: String, mime_type: String },
    Location { latitude: f64, longitude: f64 },
}

/// Whose message is forwarded.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    Person(super::ids::UserId),
    /// Someone who does not let forwards lead back to them.
    Hidden(String),
}

/// In whose name a message is written.
#[derive(Debug, Clone)]
pub(super) enum Voice {
    Own,
    /// As the group itself: an administrator who stays anonymous.
    AnonymousAdministrator,
    /// As a channel of this title.
    Channel(String),
}

impl From<&str> for Draft {
    fn from(text: &str) -> Self {
        Self::of(Body::Text(text.to_owned()))
    }
}

impl From<String> for Draft {
    fn from(text: String) -> Self {
        Self::of(Body::Text(text))
    }
}

impl Draft {
    fn of(body: Body) -> Self {
        Self { body, reply_to: None, origin: None, voice: Voice::Own }
    }

    /// A photo; the caption may be empty.
    #[must_use]
    pub fn photo(caption: &str) -> Self {
        Self::of(Body::Photo { caption: caption.to_owned() })
    }

    /// A voice message. Some clients give no MIME type.
    #[must_use]
    pub fn voice(mime_type: Option<&str>) -> Self {
        Self::of(Body::Voice { mime_type: mime_type.map(str::to_owned) })
    }

    /// A sticker that stands for this emoji.
    #[must_use]
    pub fn sticker(emoji: &str) -> Self {
        Self::of(Body::Sticker { emoji: emoji.to_owned() })
    }

    /// A file of any kind.
    #[must_use]
    pub fn document(file_name: &str, mime_type: &str) -> Self {
        Self::of(Body::Document {
            file_name: file_name.to_owned(),
            mime_type: mime_type.to_owned(),
        })
    }

    /// A place, in degrees.
    #[must_use]
    pub fn location(latitude: f64, longitude: f64) -> Self {
        Self::of(Body::Location { latitude, longitude })
    }

    /// As an answer to this message.
    #[must_use]
    pub fn reply_to(mut self, message: MessageId) -> Self {
        self.reply_to = Some(message);
        self
    }

    /// Forwarded from this person.
    #[must_use]
    pub fn forwarded_from(mut self, author: &Person) -> Self {
        self.origin = Some(Origin::Person(author.id()));
        self
    }

    /// Forwarded from someone of whom only the name shows.
    #[must_use]
    pub fn forwarded_from_hidden(mut self, name: &str) -> Self {
        self.origin = Some(Origin::Hidden(name.to_owned()));
        self
    }

    /// As an administrator who stays anonymous: it comes from the group.
    #[must_use]
    pub fn anonymously(mut self) -> Self {
        self.voice = Voice::AnonymousAdministrator;
        self
    }

    /// In the name of a channel.
    #[must_use]
    pub fn as_channel(mut self, title: &str) -> Self {
        self.voice = Voice::Channel(title.to_owned());
        self
    }

    pub(super) fn content(&self, world: &mut World) -> Content {
        let media =
            |field, body, caption: &str| Content::Media { field, body, caption: plain(caption) };
        match &self.body {
            Body::Text(text) => Content::Text(plain(text)),
            Body::Photo { caption } => media("photo", photo(world), caption),
            Body::Voice { mime_type } => media("voice", voice(world, mime_type.as_deref()), ""),
            Body::Sticker { emoji } => media("sticker", sticker(world, emoji), ""),
            Body::Document { file_name, mime_type } => {
                media("document", document(world, file_name, mime_type), "")
            }
            Body::Location { latitude, longitude } => {
                let body = json!({ "latitude": latitude, "longitude": longitude });
                Content::Media { field: "location", body, caption: Rich::default() }
            }
        }
    }
}

/// Each photo comes in two sizes; both ids stand for it.
fn photo(world: &mut World) -> Value {
    world.add_file("photo", |id, unique| {
        let size = |width, height| {
            json!({
                "file_id": id, "file_unique_id": unique, "file_size": width * 20,
                "width": width, "height": height,
            })
        };
        json!([size(90, 67), size(1280, 960)])
    })
}

fn voice(world: &mut World, mime_type: Option<&str>) -> Value {
    world.add_file("voice", |id, unique| {
        let mut voice =
            json!({ "duration": 3, "file_id": id, "file_unique_id": unique, "file_size": 9000 });
        if let Some(mime_type) = mime_type {
            voice["mime_type"] = json!(mime_type);
        }
        voice
    })
}

fn sticker(world: &mut World, emoji: &str) -> Value {
    world.add_file("sticker", |id, unique| {
        json!({
            "width": 512, "height": 512, "emoji": emoji, "set_name": "Household",
            "is_animated": false, "is_video": false, "type": "regular",
            "file_id": id, "file_unique_id": unique, "file_size": 20000,
        })
    })
}

fn document(world: &mut World, file_name: &str, mime_type: &str) -> Value {
    world.add_file("document", |id, unique| {
        json!({
            "file_name": file_name, "mime_type": mime_type,
            "file_id": id, "file_unique_id": unique, "file_size": 12000,
        })
    })
}
