//! What is to be said, before anybody knows in which language: the id of a message and what fills its variables.

use chrono::{NaiveDate, NaiveTime};

/// A message of `locales/` together with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    pub(super) id: &'static str,
    pub(super) args: Vec<(&'static str, Arg)>,
}

/// Names a text of `locales/`. It is the only way to do so: the tests of words look for `say("` in
/// the source to learn which texts are in use.
#[must_use]
pub fn say(id: &'static str) -> Phrase {
    Phrase { id, args: Vec::new() }
}

impl Phrase {
    /// The same phrase with one of its variables filled; the last value given to a name counts.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.retain(|(known, _)| *known != name);
        self.args.push((name, value.into()));
        self
    }

    /// The id of the message, which is the `text_id` of the letter that says it.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id
    }
}

/// What fills a variable of a message, and so how it is written in each language.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Words of a person; nothing in them is markup.
    Text(String),
    /// A whole number; a message may choose its plural form by it.
    Number(i64),
    /// Tenths of a unit: 367 is written 36.7 or 36,7.
    Tenths(i64),
    /// A time of day, written as 24 hours and minutes.
    Time(NaiveTime),
    /// A day, written with its week day in full.
    Day(NaiveDate),
    /// Another phrase, in the same language.
    Phrase(Box<Phrase>),
    /// Phrases one below the other.
    Lines(Vec<Phrase>),
    /// Things in a row: "a, b and c".
    List(Vec<Arg>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Arg {
    /// A count of things in memory, which never reaches the limit of 64 bits.
    fn from(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<NaiveTime> for Arg {
    fn from(time: NaiveTime) -> Self {
        Self::Time(time)
    }
}

impl From<NaiveDate> for Arg {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }
}

impl From<Vec<Phrase>> for Arg {
    fn from(lines: Vec<Phrase>) -> Self {
        Self::Lines(lines)
    }
}
