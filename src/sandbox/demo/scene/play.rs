//! What a scene is made of: people say and press, time goes on, and expectations are held against
//! the screens and the letters.

use std::time::Duration;

use chrono::{NaiveTime, TimeZone};
use serde_json::Value;

use super::audience::{Audience, Look};
use crate::base::clock::Timestamp;
use crate::sandbox::demo::error::DemoError;
use crate::sandbox::demo::picture::{ChatPicture, Shown};
use crate::sandbox::demo::rehearsal::Letter;
use crate::sandbox::demo::stage::Stage;
use crate::sandbox::demo::town::ZONE;
use crate::sandbox::{ChatId, MessageId, Person};

/// Within this time the card has changed: at most once a minute.
pub(super) const A_CARD_LATER: Duration = Duration::from_secs(70);

/// Why a scene stopped.
#[derive(Debug)]
pub(super) enum Ending {
    /// It went otherwise than it should; the expectation by its name.
    Otherwise(String),
    /// It could not be played.
    Fault(DemoError),
}

impl<E: Into<DemoError>> From<E> for Ending {
    fn from(error: E) -> Self {
        Self::Fault(error.into())
    }
}

/// How a step of a scene went.
pub(super) type Step<T = ()> = Result<T, Ending>;

/// A scene under way.
#[derive(Debug)]
pub(super) struct Play<'s> {
    pub stage: &'s Stage,
    audience: Audience,
    chats: Vec<ChatPicture>,
    /// The last letter before the scene.
    began: i64,
    looks: usize,
    met: usize,
}

impl<'s> Play<'s> {
    /// Begins in the neighbourhood as it has moved in.
    pub async fn begin(stage: &'s Stage, audience: Audience) -> Result<Self, DemoError> {
        let chats = stage.paint().await?;
        let began = stage.rehearsal.letters(0).await?.last().map_or(0, |letter| letter.id);
        Ok(Self { stage, audience, chats, began, looks: 0, met: 0 })
    }

    /// How many expectations were met.
    pub fn met(&self) -> usize {
        self.met
    }

    // ---- What happens ----

    /// Turns to the next step of the scene: this is where to look.
    pub async fn look_at(&mut self, look: &Look) {
        self.looks += 1;
        self.audience.turn_to(self.looks, look).await;
    }

    /// Somebody writes; the bot answers if it will.
    pub async fn say(&mut self, who: &Person, chat: ChatId, text: &str) -> Step<MessageId> {
        let now = self.now().await?;
        let message = who.say(chat, text)?;
        self.stage.note(chat, message, now).await;
        self.audience.heard(&self.name(who, chat), text).await;
        self.stage.rehearsal.settle().await?;
        self.look().await?;
        Ok(message)
    }

    /// Somebody presses the newest button of an action whose arguments hold these.
    pub async fn press(&mut self, who: &Person, chat: ChatId, action: &str, args: Value) -> Step {
        let label = self.label(chat, action, &args).await?;
        let (now, name) = (self.now().await?, self.name(who, chat));
        self.audience.pressed(now, chat.number(), &name, &label).await;
        self.stage.press(who, chat, action, &args).await?;
        self.look().await
    }

    /// Time goes on to this hour and minute of the same day.
    pub async fn until(&mut self, hour: u32, minute: u32) -> Step {
        let today = self.now().await?.utc().with_timezone(&ZONE).date_naive();
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        let at = ZONE.from_local_datetime(&today.and_time(time)).earliest();
        match at {
            Some(at) => self.go_on_to(at.to_utc().into()).await,
            None => Ok(()),
        }
    }

    /// Time goes on by this much.
    pub async fn pass(&mut self, by: Duration) -> Step {
        let to = self.now().await?.plus(by);
        self.go_on_to(to).await
    }

    /// Stops at every due moment, so that what happens there is told at its time.
    async fn go_on_to(&mut self, to: Timestamp) -> Step {
        let port = &self.stage.rehearsal;
        while let Some(next) = port.next().await?.filter(|next| *next < to) {
            port.advance_to(next).await?;
            self.look().await?;
        }
        port.advance_to(to).await?;
        self.look().await
    }

    async fn now(&self) -> Result<Timestamp, DemoError> {
        self.stage.rehearsal.now().await
    }

    async fn look(&mut self) -> Step {
        self.chats = self.stage.paint().await?;
        let now = self.now().await?;
        self.audience.shown(&self.chats, now);
        Ok(())
    }

    /// What stands on a button.
    async fn label(&self, chat: ChatId, action: &str, args: &Value) -> Step<String> {
        let (message, data) = self.stage.rehearsal.find_button(chat.number(), action, args).await?;
        let shown = self.shown(chat, message).into_iter().flat_map(|shown| shown.buttons.iter());
        let button = shown.flatten().find(|button| button.data.as_deref() == Some(&data));
        Ok(button.map(|button| button.text.clone()).unwrap_or_default())
    }

    fn name(&self, who: &Person, chat: ChatId) -> String {
        let members = self.stage.sandbox.members(chat);
        let found = members.into_iter().find(|member| member.user == who.id());
        found.map(|member| member.name).unwrap_or_default()
    }

    // ---- What is expected ----

    /// Holds an expectation; the scene stops if it is not met.
    pub fn expect(&mut self, name: &str, is_met: bool) -> Step {
        self.audience.expected(name, is_met);
        if !is_met {
            return Err(Ending::Otherwise(name.to_owned()));
        }
        self.met += 1;
        Ok(())
    }

    /// The bot's letters of this scene to a chat, but for presses' answers.
    pub async fn letters(&self, chat: ChatId) -> Step<Vec<Letter>> {
        let letters = self.stage.rehearsal.letters(self.began).await?;
        Ok(letters.into_iter().filter(|letter| letter.chat_id == chat.number()).collect())
    }

    /// The letters of this scene to a chat that made a new message of a text.
    pub async fn messages(&self, chat: ChatId, text_id: &str) -> Step<Vec<Letter>> {
        let mut letters = self.letters(chat).await?;
        letters.retain(|letter| letter.says(text_id) && letter.is_new_message());
        Ok(letters)
    }

    /// How many messages the bot has written to a chat in this scene.
    pub async fn count(&self, chat: ChatId) -> Step<usize> {
        Ok(self.letters(chat).await?.iter().filter(|letter| letter.is_new_message()).count())
    }

    /// The messages on a chat's screen.
    pub fn screen(&self, chat: ChatId) -> &[Shown] {
        let chat = self.chats.iter().find(|picture| picture.chat == chat.number());
        chat.map_or(&[], |picture| &picture.messages)
    }

    /// One message on a chat's screen.
    pub fn shown(&self, chat: ChatId, message: i64) -> Option<&Shown> {
        self.screen(chat).iter().find(|shown| shown.id == message)
    }

    /// The words of the pinned card.
    pub fn card(&self, chat: ChatId) -> &str {
        self.screen(chat).iter().rfind(|shown| shown.pinned).map_or("", |shown| &shown.text)
    }
}
