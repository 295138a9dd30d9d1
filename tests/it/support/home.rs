//! A household whose chat is open, and the people in it.

use std::collections::BTreeMap;
use std::ops::Deref;

use doorstep::sandbox::{ChatId, Draft, MessageId, MessageView, Person};
use serde_json::{Value, json};

use super::letter::Letter;
use super::place::Place;

/// A household and its chat. What is asked of a [`Place`] is asked of that chat.
#[derive(Clone, Debug)]
pub struct Home<'t> {
    /// The household's code, such as `3-502`.
    pub code: String,
    /// The accounts in the chat, by the word of the member each stands for.
    pub people: BTreeMap<String, Person>,
    pub(super) place: Place<'t>,
}

impl Home<'_> {
    /// The account of this name.
    #[track_caller]
    pub fn person(&self, name: &str) -> &Person {
        self.people.get(name).unwrap_or_else(|| panic!("{name} is not at home in {}", self.code))
    }

    /// Somebody writes, and is heard.
    pub async fn says(&self, name: &str, what: impl Into<Draft>) -> MessageId {
        let message = self.calls_out(name, what);
        self.town.settle().await;
        message
    }

    /// Somebody writes; nothing is waited for.
    pub fn calls_out(&self, name: &str, what: impl Into<Draft>) -> MessageId {
        let draft = what.into();
        self.town.note(&format!("{} {name}: {draft:?}", self.code));
        self.person(name).say(self.chat, draft).expect("they may write")
    }

    /// Somebody changes what they wrote.
    pub async fn edits(&self, name: &str, message: MessageId, text: &str) {
        self.town.note(&format!("{} {name} changes {message:?} to {text}", self.code));
        self.person(name).edit(self.chat, message, text).expect("their own message");
        self.town.settle().await;
    }

    /// Somebody presses the newest button that means this.
    pub async fn press(&self, name: &str, action: &str, args: Value) -> Letter {
        self.press_as(self.person(name), action, args).await
    }

    /// Somebody of another household or of none comes into the group.
    pub async fn lets_in(&mut self, name: &str, host: &str) -> Person {
        let person = self.town.sandbox.person(name, "zh-hans");
        self.welcomes(name, &person, host).await;
        person
    }

    /// Somebody is let into the group by somebody who is there.
    pub async fn welcomes(&mut self, name: &str, person: &Person, host: &str) {
        self.town.note(&format!("{} {name} comes in", self.code));
        self.person(host).add(self.chat, person.id()).expect("a member may add others");
        self.people.insert(name.to_owned(), person.clone());
        self.town.settle().await;
    }

    /// The pinned card as it stands.
    #[track_caller]
    pub fn card(&self) -> MessageView {
        let pinned = self.town.sandbox.pins(self.chat).pop().expect("a card is pinned");
        self.town.sandbox.message(self.chat, pinned).expect("the card is there")
    }

    /// The line of the card that names this member.
    #[track_caller]
    pub fn card_line(&self, member: &str) -> String {
        let card = self.card().text;
        let line = card.lines().find(|line| line.contains(member)).map(str::to_owned);
        line.unwrap_or_else(|| panic!("{member} is not on the card: {card}"))
    }

    /// The household's row in the list.
    pub async fn row(&self) -> Value {
        self.town.household_row(&self.code).await
    }

    /// The rows of one kind of the household's timeline.
    pub async fn story(&self, kind: &str) -> Vec<Value> {
        self.town.story(&self.code, kind).await
    }

    /// What has become of the alerts of one type, step by step: `A-1 raised`.
    pub async fn alert_steps(&self, kind: &str) -> Vec<String> {
        let mut alerts = self.story("alert").await;
        alerts.retain(|row| row["type"] == kind);
        let step = |row: &Value| format!("{} {}", word(&row["ref"]), word(&row["step"]));
        alerts.iter().map(step).collect()
    }

    /// The reference of the only alert of one type that was ever raised.
    pub async fn alert(&self, kind: &str) -> String {
        let mut raised = self.story("alert").await;
        raised.retain(|row| row["type"] == kind && row["step"] == "raised");
        assert_eq!(raised.len(), 1, "alerts of type {kind}: {raised:#?}");
        word(&raised[0]["ref"])
    }

    /// Where the checks of the last slot stand, by member: `1 reported`.
    pub async fn checks(&self) -> Vec<String> {
        let checks = self.story("check").await;
        let latest =
            checks.last().map(|check| (check["slot_on"].clone(), check["slot_no"].clone()));
        let of_latest = checks
            .iter()
            .filter(|row| latest == Some((row["slot_on"].clone(), row["slot_no"].clone())));
        let mut found: Vec<String> =
            of_latest.map(|row| format!("{} {}", row["member"], word(&row["state"]))).collect();
        found.sort();
        found
    }

    /// The values that count, by member: `1 36.5`.
    pub async fn readings(&self) -> Vec<String> {
        let mut reports = self.story("report").await;
        reports.retain(|row| row["superseded"] == json!(false));
        let line = |row: &Value| format!("{} {}", row["member"], row["celsius"]);
        reports.iter().map(line).collect()
    }

    /// The same household after its chat has got another id.
    pub fn moved_to(&self, chat: ChatId) -> Self {
        let place = Place { town: self.place.town, chat };
        Self { place, ..self.clone() }
    }
}

/// A string of a JSON answer; empty if it is none.
pub fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl<'t> Deref for Home<'t> {
    type Target = Place<'t>;

    fn deref(&self) -> &Place<'t> {
        &self.place
    }
}
