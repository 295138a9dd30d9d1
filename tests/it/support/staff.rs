//! A person of the staff, in the private chat with the bot.

use std::ops::Deref;

use doorstep::sandbox::{Draft, MessageId, Person};
use serde_json::{Value, json};

use super::letter::Letter;
use super::place::Place;
use super::spec::GRID;
use super::town::Town;

/// Somebody who has joined. What is asked of a [`Place`] is asked of the private chat.
#[derive(Clone, Debug)]
pub struct Staff<'t> {
    pub name: String,
    /// Such as `S-7`.
    pub code: String,
    pub person: Person,
    place: Place<'t>,
}

/// The staff that most conversations need: a worker, the lead above, the officer above both.
#[derive(Clone, Debug)]
pub struct Cast<'t> {
    pub wang: Staff<'t>,
    pub lin: Staff<'t>,
    pub ou: Staff<'t>,
}

impl Town {
    /// Invites somebody on the command line; returns the answer.
    pub async fn invite(&self, name: &str, role: &str, area: &str) -> Value {
        self.program
            .json(&["staff", "invite", "--name", name, "--role", role, "--area", area])
            .await
    }

    /// Somebody is invited and joins; the app speaks Chinese.
    pub async fn staff(&self, name: &str, role: &str, area: &str) -> Staff<'_> {
        self.staff_speaking("zh-hans", name, role, area).await
    }

    /// Somebody is invited and joins, with an app in this language.
    pub async fn staff_speaking(
        &self,
        language: &str,
        name: &str,
        role: &str,
        area: &str,
    ) -> Staff<'_> {
        let invitation = self.invite(name, role, area).await;
        let person = self.sandbox.person(name, language);
        let place = Place { town: self, chat: person.chat_with(self.bot) };
        let code = invitation["staff"].as_str().expect("a reference").to_owned();
        let staff = Staff { name: name.to_owned(), code, person, place };
        let token = invitation["token"].as_str().expect("a token");
        staff.start(token).await;
        staff
    }

    /// Wang the worker, Lin the lead, Ou the officer.
    pub async fn cast(&self) -> Cast<'_> {
        Cast {
            wang: self.staff("Wang", "worker", GRID).await,
            lin: self.staff("Lin", "lead", "Yantian/Haishan").await,
            ou: self.staff("Ou", "officer", "Yantian").await,
        }
    }

    /// The row of `staff list` for this name.
    pub async fn staff_row(&self, name: &str) -> Value {
        let list = self.program.json(&["staff", "list"]).await;
        let mut rows = list.as_array().expect("a list").iter();
        let found = rows.find(|row| row["name"] == name);
        found.unwrap_or_else(|| panic!("{name} is not among {list}")).clone()
    }
}

impl Staff<'_> {
    /// Presses Start after a link with this payload.
    pub async fn start(&self, payload: &str) {
        self.town.note(&format!("{} starts the bot", self.name));
        self.person.start(self.town.bot, payload).expect("the bot is there");
        self.town.settle().await;
    }

    /// Writes to the bot.
    pub async fn says(&self, what: impl Into<Draft>) -> MessageId {
        let draft = what.into();
        self.town.note(&format!("{}: {draft:?}", self.name));
        let message = self.person.say(self.chat, draft).expect("the chat is started");
        self.town.settle().await;
        message
    }

    /// Presses the newest button that means this in the private chat.
    pub async fn press(&self, action: &str, args: Value) -> Letter {
        self.press_as(&self.person, action, args).await
    }

    /// Presses the newest button about this alert or request.
    pub async fn presses(&self, action: &str, reference: &str) -> Letter {
        self.press(action, json!({ "ref": reference })).await
    }
}

impl<'t> Deref for Staff<'t> {
    type Target = Place<'t>;

    fn deref(&self) -> &Place<'t> {
        &self.place
    }
}
