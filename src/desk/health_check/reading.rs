//! Reading temperatures out of what people type: from a message to readings, one question, or silence.
//! What words mean stands in each language's `lexicon.toml`; nothing here knows a language, a chat or a database.
//!
//! The way of a message: [`fold`] makes it plain, [`token`] cuts it, [`number`] and [`compose`] build numbers,
//! [`topic`] sets aside what is never a temperature, [`people`] finds who is named, [`estimate`] weighs each number by
//! its [`support`], [`symptom`] finds what hurts, [`pairing`] whose value it is, and [`decide`] gives the verdict. Wrong silence costs a nudge, a wrong record hides a
//! fever: when in doubt the verdict is a question.

mod celsius;
mod compose;
mod decide;
mod estimate;
mod explain;
mod fold;
mod lexicon;
mod message;
mod number;
mod page;
mod pairing;
mod people;
mod red_flag;
mod support;
mod symptom;
mod token;
mod topic;

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};

pub use celsius::{Celsius, NotCelsius};
pub use explain::explain;
pub use lexicon::{Lexicon, LexiconError};
pub use red_flag::red_flags;

/// A complaint as a code; the list follows Sara Alert's.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    AsRefStr,
    Display,
    EnumIter,
    EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Symptom {
    Cough,
    SoreThroat,
    Fever,
    Headache,
    Fatigue,
    Diarrhea,
    Dyspnea,
    RunnyNose,
    Myalgia,
    Chills,
    Nausea,
    LossSmell,
    LossTaste,
    Other,
}

/// Where the thermometer was held; the fever limit depends on it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    AsRefStr,
    Display,
    EnumIter,
    EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Site {
    Armpit,
    Forehead,
    Ear,
    Mouth,
}

/// Words that call for help before anything else.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    AsRefStr,
    Display,
    EnumIter,
    EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum RedFlag {
    Breath,
    ChestPain,
    Faint,
    SelfHarm,
    Violence,
    Fire,
}

/// One person's temperature as it was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The person as typed, without possessive or article; `None` is the sender.
    pub member_hint: Option<String>,
    /// The temperature, within 35.0 to 42.0 °C.
    pub celsius: Celsius,
    /// `None`: not mentioned; empty: told to have none; else sorted by code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symptoms: Option<Vec<Symptom>>,
    /// Where it was measured, if that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
}

/// What a message was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// To be recorded. `correction`: the one value replaces the sender's latest reading ("no, 36.8").
    Readings {
        /// What was read, in the message's order.
        readings: Vec<Reading>,
        /// Whether the one value replaces the sender's latest.
        correction: bool,
    },
    /// Not to be recorded yet: one short question.
    Ask(Question),
    /// Nothing about a temperature.
    Silence,
}

/// The one question a message may cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What to ask.
    pub kind: QuestionKind,
    /// The piece of the message asked about, as typed.
    pub heard: String,
    /// Symptoms told along with it, as in [`Reading::symptoms`].
    pub symptoms: Option<Vec<Symptom>>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    /// "Did you mean 36.7 °C?" Of a range or an approximation the higher value is offered, so that a yes never hides a fever.
    Confirm(Celsius),
    /// Whose are these?
    Which(Vec<Celsius>),
    /// A value that no living person has, or a slip of the finger.
    OutOfRange(Celsius),
    /// No usable number: please send it.
    Number,
}

/// Reads one message of a household. `members` are the household's own words for its members (a name, "Mum", "1");
/// they count besides the lexicon's. Never fails: what cannot be understood is asked about or met with silence.
#[must_use]
pub fn read(text: &str, lexicon: &Lexicon, members: &[&str]) -> Heard {
    decide::decide(&message::Message::understand(text, lexicon, members)).heard
}
