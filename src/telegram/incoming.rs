//! An inbox row becomes an Incoming. Only what we use is read, each field optional and nothing denied:
//! an entity we do not know or a voice note without a type must not lose the words around it.

use serde::Deserialize;

use crate::base::chat::{ChatKind, Echo, Happening, Incoming, Message, Person, Place, Sender};
use crate::base::clock::{Clock, Timestamp};
use crate::base::inbox::{OWN_EPOCH, Post};
use crate::telegram::member::Member;

/// Accounts that stand for no person: anonymous administrators, channels, Telegram itself.
const NOBODIES: [i64; 3] = [1_087_968_824, 136_817_688, 777_000];

/// An update, as far as we read it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Update {
    message: Option<Msg>,
    #[serde(rename = "edited_message")]
    edited: Option<Msg>,
    callback_query: Option<Callback>,
    my_chat_member: Option<MemberChange>,
    chat_member: Option<MemberChange>,
    chat_join_request: Option<JoinRequest>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Msg {
    message_id: i64,
    date: i64,
    edit_date: Option<i64>,
    chat: Chat,
    from: Option<User>,
    sender_chat: Option<Chat>,
    text: Option<String>,
    caption: Option<String>,
    photo: Option<Vec<Photo>>,
    reply_to_message: Option<Replied>,
    forward_origin: Option<serde::de::IgnoredAny>,
    via_bot: Option<serde::de::IgnoredAny>,
    new_chat_members: Option<Vec<User>>,
    left_chat_member: Option<User>,
    migrate_to_chat_id: Option<i64>,
    new_chat_title: Option<serde::de::IgnoredAny>,
    chat_shared: Option<ChatShared>,
    #[serde(flatten)]
    rest: Media,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Media {
    voice: Option<serde::de::IgnoredAny>,
    audio: Option<serde::de::IgnoredAny>,
    video: Option<serde::de::IgnoredAny>,
    video_note: Option<serde::de::IgnoredAny>,
    sticker: Option<serde::de::IgnoredAny>,
    document: Option<serde::de::IgnoredAny>,
    animation: Option<serde::de::IgnoredAny>,
    location: Option<serde::de::IgnoredAny>,
    contact: Option<serde::de::IgnoredAny>,
    poll: Option<serde::de::IgnoredAny>,
    dice: Option<serde::de::IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Replied {
    message_id: i64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Photo {
    file_id: String,
    width: i64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Chat {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct User {
    id: i64,
    is_bot: bool,
    first_name: String,
    last_name: Option<String>,
    language_code: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Callback {
    id: String,
    from: User,
    message: Option<Msg>,
    data: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MemberChange {
    date: i64,
    chat: Chat,
    from: User,
    old_chat_member: ChatMember,
    new_chat_member: ChatMember,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ChatMember {
    user: User,
    #[serde(flatten)]
    standing: Member,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct JoinRequest {
    date: i64,
    chat: Chat,
    from: User,
    invite_link: Option<InviteLink>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct InviteLink {
    invite_link: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ChatShared {
    request_id: i64,
    chat_id: i64,
    title: Option<String>,
}

/// What we told ourselves.
#[derive(Deserialize)]
struct Own {
    echo: Echo,
}

/// The row is not what it must be: not JSON, or no object.
#[derive(Debug, thiserror::Error)]
#[error("the update cannot be read: {0}")]
pub struct Unreadable(#[from] serde_json::Error);

/// What keeps the order of an update: its chat, or the person where there is none.
#[must_use]
pub fn chat_key(raw: &str) -> i64 {
    let update: Update = serde_json::from_str(raw).unwrap_or_default();
    let callback = update.callback_query.as_ref();
    let chat = update
        .message
        .or(update.edited)
        .map(|message| message.chat.id)
        .or(callback.and_then(|c| c.message.as_ref()).map(|message| message.chat.id))
        .or(callback.map(|callback| callback.from.id))
        .or(update.my_chat_member.or(update.chat_member).map(|change| change.chat.id))
        .or(update.chat_join_request.map(|request| request.chat.id));
    chat.unwrap_or_default()
}

/// Reads an inbox row. `None` if it holds nothing that we take notice of.
///
/// # Errors
/// When the row is no JSON object.
pub fn read(post: &Post, clock: &Clock) -> Result<Option<Incoming>, Unreadable> {
    if post.epoch == OWN_EPOCH {
        let own: Own = serde_json::from_str(&post.raw)?;
        return Ok(Some(incoming(
            post,
            post.chat_key,
            kind_of_id(post.chat_key),
            Happening::Echo(own.echo),
        )));
    }
    let update: Update = serde_json::from_str(&post.raw)?;
    let reader = Reader { post, clock };
    let read = if let Some(message) = update.message {
        reader.message(message, false)
    } else if let Some(message) = update.edited {
        reader.message(message, true)
    } else if let Some(callback) = update.callback_query {
        Some(reader.press(callback))
    } else if let Some(change) = update.my_chat_member {
        Some(reader.our_place(&change))
    } else if let Some(change) = update.chat_member {
        reader.membership(&change)
    } else {
        update.chat_join_request.map(|request| reader.request(request))
    };
    Ok(read)
}

fn incoming(post: &Post, chat: i64, kind: ChatKind, what: Happening) -> Incoming {
    Incoming { bot: post.bot_id, chat, kind, from: Sender::Nobody, at: post.received_at, what }
}

/// A private chat has the person's id, which is positive.
fn kind_of_id(id: i64) -> ChatKind {
    if id > 0 { ChatKind::Private } else { ChatKind::Group }
}

struct Reader<'r> {
    post: &'r Post,
    clock: &'r Clock,
}

impl Reader<'_> {
    /// Telegram's dates are cut to the second: the latest instant within it that is not ahead of us.
    fn instant(&self, seconds: i64) -> Timestamp {
        let end_of_second = Timestamp::from_millis(seconds.saturating_mul(1000) + 999);
        self.clock.of_real(end_of_second).min(self.post.received_at)
    }

    fn message(&self, message: Msg, edited: bool) -> Option<Incoming> {
        let at = self.instant(message.date);
        let from = sender(&message);
        let kind = kind_of(&message.chat);
        let chat = message.chat.id;
        let what = if let Some(to) = message.migrate_to_chat_id {
            Happening::Moved { to }
        } else if let Some(people) = &message.new_chat_members {
            Happening::Joined(people.iter().filter_map(person).collect())
        } else if let Some(user) = &message.left_chat_member {
            Happening::Left(person(user)?)
        } else if message.new_chat_title.is_some() {
            Happening::Titled
        } else if let Some(shared) = &message.chat_shared {
            chosen(shared)
        } else {
            Happening::Message(self.words(message, edited)?)
        };
        Some(Incoming { from, at, ..incoming(self.post, chat, kind, what) })
    }

    /// The words and what comes with them; `None` for a notice of the chat itself.
    fn words(&self, message: Msg, edited: bool) -> Option<Message> {
        let photo = message.photo.and_then(|sizes| sizes.into_iter().max_by_key(|size| size.width));
        let media = photo.is_some() || message.rest.any();
        // PostgreSQL keeps no NUL, and nobody means one.
        let text = message.text.or(message.caption).unwrap_or_default().replace('\0', "");
        if text.is_empty() && !media {
            return None;
        }
        let edited_at = message.edit_date.unwrap_or(message.date);
        Some(Message {
            id: message.message_id,
            text,
            photo: photo.map(|photo| photo.file_id),
            media,
            reply_to: message.reply_to_message.map(|replied| replied.message_id),
            forwarded: message.forward_origin.is_some() || message.via_bot.is_some(),
            edited_at: edited.then(|| self.clock.of_real(Timestamp::from_seconds(edited_at))),
        })
    }

    fn press(&self, callback: Callback) -> Incoming {
        let (chat, kind, message) = match &callback.message {
            Some(message) => (message.chat.id, kind_of(&message.chat), Some(message.message_id)),
            None => (callback.from.id, ChatKind::Private, None),
        };
        let what = Happening::Press {
            press: callback.id,
            message,
            data: callback.data.unwrap_or_default(),
        };
        let from = person(&callback.from).map_or(Sender::Nobody, Sender::Person);
        Incoming { from, ..incoming(self.post, chat, kind, what) }
    }

    fn our_place(&self, change: &MemberChange) -> Incoming {
        let now = change.new_chat_member.standing.standing();
        let from = person(&change.from).map_or(Sender::Nobody, Sender::Person);
        let (chat, kind) = (change.chat.id, kind_of(&change.chat));
        let at = self.instant(change.date);
        Incoming { from, at, ..incoming(self.post, chat, kind, Happening::OurPlace(now)) }
    }

    fn request(&self, request: JoinRequest) -> Incoming {
        let from = person(&request.from).map_or(Sender::Nobody, Sender::Person);
        let (chat, kind) = (request.chat.id, kind_of(&request.chat));
        let at = self.instant(request.date);
        let link = request.invite_link.map(|link| link.invite_link);
        Incoming { from, at, ..incoming(self.post, chat, kind, Happening::AsksIn { link }) }
    }

    fn membership(&self, change: &MemberChange) -> Option<Incoming> {
        let was = change.old_chat_member.standing.place() != Place::Outside;
        let is = change.new_chat_member.standing.place() != Place::Outside;
        let person = person(&change.new_chat_member.user)?;
        let what = match (was, is) {
            (false, true) => Happening::Joined(vec![person]),
            (true, false) => Happening::Left(person),
            _ => return None,
        };
        Some(incoming(self.post, change.chat.id, kind_of(&change.chat), what))
    }
}

impl Media {
    fn any(&self) -> bool {
        [
            &self.voice,
            &self.audio,
            &self.video,
            &self.video_note,
            &self.sticker,
            &self.document,
            &self.animation,
            &self.location,
            &self.contact,
            &self.poll,
            &self.dice,
        ]
        .into_iter()
        .any(Option::is_some)
    }
}

fn chosen(shared: &ChatShared) -> Happening {
    let title = shared.title.as_deref().map(readable);
    Happening::ChoseChat { request: shared.request_id, chat: shared.chat_id, title }
}

/// A name without what cannot be seen, cut to a length that fits anywhere.
fn readable(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).take(64).collect()
}

fn kind_of(chat: &Chat) -> ChatKind {
    if chat.kind == "private" { ChatKind::Private } else { ChatKind::Group }
}

fn sender(message: &Msg) -> Sender {
    if message.sender_chat.is_some() {
        return Sender::Nobody;
    }
    message.from.as_ref().and_then(person).map_or(Sender::Nobody, Sender::Person)
}

fn person(user: &User) -> Option<Person> {
    if user.is_bot || user.id == 0 || NOBODIES.contains(&user.id) {
        return None;
    }
    let name = match &user.last_name {
        Some(last) => format!("{} {last}", user.first_name),
        None => user.first_name.clone(),
    };
    Some(Person { id: user.id, name: readable(&name), language: user.language_code.clone() })
}
