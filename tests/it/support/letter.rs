//! A letter as the rehearsal port shows it, and a handful of them.

use std::ops::Deref;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::Value;

/// A letter, by the contract's names; those that no conversation asks for are left out.
#[derive(Clone, Debug, Deserialize)]
pub struct Letter {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub chat_id: Option<i64>,
    pub lane: String,
    pub method: String,
    pub text_id: Option<String>,
    pub language: Option<String>,
    pub silent: bool,
    pub state: String,
    pub message_id: Option<i64>,
    pub buttons: Vec<Vec<Button>>,
}

/// A button as it stands under a letter.
#[derive(Clone, Debug, Deserialize)]
pub struct Button {
    pub action: Option<String>,
    pub args: Value,
    pub data: String,
}

/// Letters in the order in which they were written.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Letters(pub Vec<Letter>);

impl Letter {
    /// Whether it bears this text.
    pub fn is(&self, text_id: &str) -> bool {
        self.text_id.as_deref() == Some(text_id)
    }

    /// Whether it makes a new message.
    pub fn is_message(&self) -> bool {
        matches!(self.method.as_str(), "sendMessage" | "sendPhoto" | "sendDocument" | "copyMessage")
    }

    /// The button that means this; a value of `args` that is not given may be anything.
    pub fn button(&self, action: &str, args: &Value) -> Option<&Button> {
        self.buttons.iter().flatten().find(|button| button.means(action, args))
    }

    /// The words of its buttons' actions, in order; none is told twice in a row.
    pub fn actions(&self) -> Vec<&str> {
        let all = self.buttons.iter().flatten().filter_map(|button| button.action.as_deref());
        let mut actions: Vec<&str> = all.collect();
        actions.dedup();
        actions
    }

    /// The wall time at which it was written, such as `08:00`.
    pub fn time_in(&self, zone: Tz) -> String {
        self.at.with_timezone(&zone).format("%H:%M").to_string()
    }
}

impl Button {
    fn means(&self, action: &str, args: &Value) -> bool {
        let given = args.as_object().into_iter().flatten();
        self.action.as_deref() == Some(action)
            && given.into_iter().all(|(name, value)| self.args[name] == *value)
    }
}

impl Letters {
    /// Those for which this holds.
    pub fn that(&self, wanted: impl Fn(&Letter) -> bool) -> Self {
        Self(self.0.iter().filter(|letter| wanted(letter)).cloned().collect())
    }

    /// Those with this text.
    pub fn of(&self, text_id: &str) -> Self {
        self.that(|letter| letter.is(text_id))
    }

    /// Those that make a new message.
    pub fn messages(&self) -> Self {
        self.that(Letter::is_message)
    }

    /// Those of this method.
    pub fn by(&self, method: &str) -> Self {
        self.that(|letter| letter.method == method)
    }

    /// The ids of their texts, in order; empty where there is no text.
    pub fn texts(&self) -> Vec<&str> {
        self.0.iter().map(|letter| letter.text_id.as_deref().unwrap_or_default()).collect()
    }

    /// The texts of new messages with the wall time of each: `08:00 reminder`.
    pub fn timed(&self, zone: Tz) -> Vec<String> {
        let line = |letter: &Letter| {
            format!("{} {}", letter.time_in(zone), letter.text_id.as_deref().unwrap_or_default())
        };
        self.messages().0.iter().map(line).collect()
    }

    /// The only one with this text.
    #[track_caller]
    pub fn only(&self, text_id: &str) -> Letter {
        let found = self.of(text_id).0;
        assert_eq!(found.len(), 1, "letters with the text {text_id} among {:?}", self.texts());
        found.into_iter().next().expect("one")
    }

    /// The newest one with this text.
    #[track_caller]
    pub fn last_of(&self, text_id: &str) -> Letter {
        let found = self.of(text_id).0.pop();
        found.unwrap_or_else(|| panic!("no letter {text_id} among {:?}", self.texts()))
    }
}

impl Deref for Letters {
    type Target = [Letter];

    fn deref(&self) -> &[Letter] {
        &self.0
    }
}
