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
use super::pace::{Jump, Pace};
use super::stage::Stage;
use crate::sandbox::{ChatId, Draft, Impossible, MessageId, Person, UserId};

/// As long as Telegram lets a message be.
const LONGEST: usize = 4096;
const FASTEST: u32 = 3600;

/// What every part of the page's server holds.
#[derive(Clone, Debug)]
pub(super) struct Demo {
    pub stage: Arc<Stage>,
    pub pace: Arc<Pace>,
    pub pictures: watch::Sender<Arc<Picture>>,
    /// Ends the open lines to the pages.
    pub closing: CancellationToken,
}

impl Demo {
    /// A demo on this stage.
    pub fn new(stage: Arc<Stage>) -> Self {
        let (pictures, closing) = (watch::Sender::default(), CancellationToken::new());
        Self { stage, pace: Arc::new(Pace::new()), pictures, closing }
    }

    fn person(&self, user: i64) -> Result<Person, Refused> {
        let found = self.stage.sandbox.person_with_id(UserId(user));
        found.ok_or_else(|| refused("there is no such person"))
    }

    fn chat(&self, number: i64) -> Result<ChatId, Refused> {
        let mut chats = self.stage.sandbox.chats().into_iter();
        Ok(chats.find(|chat| chat.number() == number).ok_or(Impossible::NoChat)?)
    }
}

/// Why something was not done.
#[derive(Debug)]
pub(super) struct Refused(StatusCode, String);

fn refused(why: &str) -> Refused {
    Refused(StatusCode::CONFLICT, why.to_owned())
}

impl From<Impossible> for Refused {
    fn from(why: Impossible) -> Self {
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

type Answer = Result<Json<Value>, Refused>;

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
    let person = demo.person(say.user)?;
    let text = proper(&say.text, say.photo)?;
    let draft = if say.photo { Draft::photo(text) } else { Draft::from(text) };
    let draft = say.reply_to.into_iter().fold(draft, |draft, id| draft.reply_to(MessageId(id)));
    let message = person.say(demo.chat(say.chat)?, draft)?;
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
    let chat = demo.chat(edit.chat)?;
    demo.person(edit.user)?.edit(chat, MessageId(edit.message), text)?;
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
    let chat = demo.chat(press.chat)?;
    let person = demo.person(press.user)?;
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
    if let Some(speed) = clock.speed {
        demo.pace.set_speed(speed.min(FASTEST));
    }
    if let Some(to) = clock.jump {
        demo.pace.jump(&demo.stage.rehearsal, to).await?;
    }
    Ok(Json(json!({})))
}

/// The words of a message, if a client would send them.
fn proper(text: &str, photo: bool) -> Result<&str, Refused> {
    match text.trim() {
        "" if !photo => Err(refused("there is nothing to send")),
        text if text.encode_utf16().count() > LONGEST => Err(refused("the message is too long")),
        text => Ok(text),
    }
}
