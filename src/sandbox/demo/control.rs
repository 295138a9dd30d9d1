//! What the page asks: somebody writes, edits, presses, or moves the clock. A refusal is told in a
//! sentence that can be shown.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::error::DemoError;
use super::live::Picture;
use super::pace::Jump;
use super::scene::SceneName;
use super::stage::Stage;
use super::theatre::{NotNow, Theatre};
use crate::sandbox::{ChatId, Draft, Impossible, MessageId, Person, UserId};

/// As long as Telegram lets a message be.
const LONGEST: usize = 4096;
const FASTEST: u32 = 3600;

/// What every part of the page's server holds.
#[derive(Clone, Debug)]
pub(super) struct Demo {
    pub theatre: Arc<Theatre>,
    pub pictures: watch::Sender<Arc<Picture>>,
    /// Ends the open lines to the pages.
    pub closing: CancellationToken,
}

impl Demo {
    /// A demo in this theatre.
    pub fn new(theatre: Arc<Theatre>) -> Self {
        let (pictures, closing) = (watch::Sender::default(), CancellationToken::new());
        Self { theatre, pictures, closing }
    }
}

impl Stage {
    /// The person of this account.
    fn somebody(&self, user: i64) -> Result<Person, Refused> {
        let found = self.sandbox.person_with_id(UserId(user));
        found.ok_or_else(|| refused("there is no such person"))
    }

    /// The chat of this number.
    pub(super) fn chat(&self, number: i64) -> Result<ChatId, Refused> {
        let mut chats = self.sandbox.chats().into_iter();
        Ok(chats.find(|chat| chat.number() == number).ok_or(Impossible::NoChat)?)
    }

    /// Whether this is somebody's chat with the bot, and was never started.
    fn is_unopened(&self, person: &Person, chat: i64) -> bool {
        person.id().0 == chat && !self.sandbox.chats().contains(&self.private(person))
    }
}

/// Why something was not done.
#[derive(Debug)]
pub(super) struct Refused(StatusCode, String);

pub(super) fn refused(why: &str) -> Refused {
    Refused(StatusCode::CONFLICT, why.to_owned())
}

impl From<Impossible> for Refused {
    fn from(why: Impossible) -> Self {
        refused(&why.to_string())
    }
}

impl From<NotNow> for Refused {
    fn from(why: NotNow) -> Self {
        refused(&why.to_string())
    }
}

impl From<DemoError> for Refused {
    fn from(error: DemoError) -> Self {
        Self(StatusCode::BAD_GATEWAY, error.to_string())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

pub(super) type Answer = Result<Json<Value>, Refused>;

/// Somebody writes, or sends a photo with or without words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Say {
    user: i64,
    chat: i64,
    text: String,
    #[serde(default)]
    photo: bool,
    reply_to: Option<i64>,
}

pub(super) async fn say(State(demo): State<Demo>, Json(say): Json<Say>) -> Answer {
    let stage = demo.theatre.stage();
    let person = stage.somebody(say.user)?;
    let text = proper(&say.text, say.photo)?;
    if let Some(payload) = start_of(text)
        && stage.is_unopened(&person, say.chat)
    {
        return Ok(Json(json!({ "message": person.start(stage.bot, payload)? })));
    }
    let draft = if say.photo { Draft::photo(text) } else { Draft::from(text) };
    let draft = say.reply_to.into_iter().fold(draft, |draft, id| draft.reply_to(MessageId(id)));
    let message = person.say(stage.chat(say.chat)?, draft)?;
    Ok(Json(json!({ "message": message })))
}

/// Somebody changes an own message.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edit {
    user: i64,
    chat: i64,
    message: i64,
    text: String,
}

pub(super) async fn edit(State(demo): State<Demo>, Json(edit): Json<Edit>) -> Answer {
    let text = proper(&edit.text, false)?;
    let stage = demo.theatre.stage();
    let chat = stage.chat(edit.chat)?;
    stage.somebody(edit.user)?.edit(chat, MessageId(edit.message), text)?;
    Ok(Json(json!({})))
}

/// Somebody presses a button.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Press {
    user: i64,
    chat: i64,
    message: i64,
    data: String,
}

pub(super) async fn press(State(demo): State<Demo>, Json(press): Json<Press>) -> Answer {
    let stage = demo.theatre.stage();
    let chat = stage.chat(press.chat)?;
    let person = stage.somebody(press.user)?;
    let query = person.press(chat, MessageId(press.message), &press.data)?;
    Ok(Json(json!({ "query": query })))
}

/// Somebody changes the speed of time, or lets it jump.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clock {
    speed: Option<u32>,
    jump: Option<Jump>,
}

pub(super) async fn clock(State(demo): State<Demo>, Json(clock): Json<Clock>) -> Answer {
    // a scene moves the clock itself
    demo.theatre.playing()?;
    let stage = demo.theatre.stage();
    if let Some(speed) = clock.speed {
        stage.pace.set_speed(speed.min(FASTEST));
    }
    if let Some(to) = clock.jump {
        stage.pace.jump(&stage.rehearsal, to).await?;
    }
    Ok(Json(json!({})))
}

/// What somebody wants of the scenes.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Wish {
    /// To see this one.
    Start { scene: SceneName },
    /// To go on to the next step.
    Next,
    /// To see the rest without waiting.
    Skip,
    /// To see their own chats again, whether the scene is over or not.
    Leave,
}

pub(super) async fn scene(State(demo): State<Demo>, Json(wish): Json<Wish>) -> Answer {
    match wish {
        Wish::Start { scene } => demo.theatre.start(scene)?,
        Wish::Next => demo.theatre.next()?,
        Wish::Skip => demo.theatre.skip()?,
        Wish::Leave => demo.theatre.leave().await?,
    }
    Ok(Json(json!({})))
}

/// What stands behind `/start`, if that is the message.
fn start_of(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("/start")?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim())
}

/// The words of a message, if a client would send them.
fn proper(text: &str, photo: bool) -> Result<&str, Refused> {
    match text.trim() {
        "" if !photo => Err(refused("there is nothing to send")),
        text if text.encode_utf16().count() > LONGEST => Err(refused("the message is too long")),
        text => Ok(text),
    }
}
