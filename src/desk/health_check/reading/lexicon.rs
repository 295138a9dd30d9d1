//! The words of one language: what each may mean to the parser, read from `lexicon.toml` and checked for completeness.

use std::collections::HashMap;

use serde::Deserialize;
use strum::{AsRefStr, Display, EnumIter, EnumString};

use super::fold::{self, Glyph};
use super::page::Page;
use super::red_flag::RedPhrase;
use super::{RedFlag, Site, Symptom};

/// What a word may mean. A word may mean several things; the neighbours decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Sense(Sense),
    Symptom(Symptom),
    /// A part of the body that hurts if a word of pain stands near it.
    Part(Symptom),
    /// A faculty whose loss is that complaint: smell, taste.
    Faculty(Symptom),
    Site(Site),
    DayPart(DayPart),
    Topic(Topic, Side),
    Numeral(u32),
}

/// A word's part in a message about temperatures.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Deserialize,
    AsRefStr,
    Display,
    EnumIter,
    EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub(super) enum Sense {
    // people
    Sender,
    Subject,
    Pronoun,
    Member,
    TitleBefore,
    TitleAfter,
    NamePrefix,
    Everyone,
    Staff,
    // health
    Normal,
    Fine,
    SymptomNoun,
    DenialBefore,
    DenialAfter,
    Recovered,
    Pain,
    Remedy,
    // temperature
    Body,
    General,
    Thermometer,
    Measured,
    NotMeasured,
    Celsius,
    Fahrenheit,
    Degree,
    Point,
    Half,
    Tenth,
    // doubt
    VagueBefore,
    VagueAfter,
    Range,
    Past,
    Question,
    /// A question only at the start of a clause: "is 37.4 a fever".
    QuestionOpening,
    Repeat,
    // correction and notices
    CorrectionOpening,
    Correction,
    Threshold,
    Notice,
    Example,
    // talk
    And,
    Or,
    But,
    Filler,
    // numerals
    Ten,
}

/// Senses that a language may do without; their keys are still written, with an empty list.
pub(super) const OPTIONAL: [Sense; 11] = [
    Sense::TitleBefore,
    Sense::TitleAfter,
    Sense::NamePrefix,
    Sense::DenialAfter,
    Sense::Tenth,
    Sense::Ten,
    Sense::Half,
    Sense::Point,
    Sense::Subject,
    Sense::Pronoun,
    Sense::QuestionOpening,
];

/// A part of the day; two of them in one message are two measurements.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Deserialize,
    AsRefStr,
    Display,
    EnumIter,
    EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub(super) enum DayPart {
    Morning,
    Noon,
    Evening,
}

/// What a number may be about instead of a body's temperature.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Deserialize,
    AsRefStr,
    Display,
    EnumIter,
    EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub(super) enum Topic {
    Price,
    Weight,
    Room,
    Floor,
    Time,
    Date,
    Duration,
    Oxygen,
    Pressure,
    Pulse,
    Weather,
    Indoor,
    Water,
    Appliance,
    Phone,
    Size,
    Quantity,
    Goods,
    Parcel,
    Transport,
    Age,
    Sugar,
    Test,
}

/// On which side of the number the word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// Before it: "room 36".
    Before,
    /// After it: "36.5 kg".
    After,
    /// Anywhere in the same clause: "38.5 degrees outside".
    Near,
}

/// The file of a lexicon is not usable.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// Not TOML, or a section or code that does not exist.
    #[error("the lexicon cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// An entry that is blank once accents and marks are folded away.
    #[error("an empty word under {0}")]
    EmptyWord(String),
}

/// The words of one language and how each is meant.
#[derive(Debug)]
pub struct Lexicon {
    language: String,
    fahrenheit: bool,
    surnames: Vec<char>,
    pub(super) book: Phrasebook<Meaning>,
    pub(super) red_flags: Vec<(RedFlag, RedPhrase)>,
    missing: Vec<String>,
}

impl Lexicon {
    /// Reads a `lexicon.toml`.
    ///
    /// # Errors
    /// [`LexiconError::Toml`] for a file of another shape or an unknown code, [`LexiconError::EmptyWord`] for a blank entry.
    pub fn parse(toml: &str) -> Result<Self, LexiconError> {
        let page: Page = toml::from_str(toml)?;
        let missing = page.missing_codes();
        let mut book = Phrasebook::default();
        for (word, meaning, place) in page.entries() {
            book.add(word, meaning).ok_or(LexiconError::EmptyWord(place))?;
        }
        Ok(Self {
            surnames: page.surnames.chars().filter(|ch| !ch.is_whitespace()).collect(),
            red_flags: page.red_phrases(),
            language: page.language,
            fahrenheit: page.fahrenheit,
            book,
            missing,
        })
    }

    /// The language tag the file names itself with.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Codes for which this language has no word, as `section.code`; empty when the lexicon is complete.
    #[must_use]
    pub fn missing_codes(&self) -> &[String] {
        &self.missing
    }

    /// Whether a bare 95 to 107 may be degrees Fahrenheit here.
    pub(super) fn speaks_fahrenheit(&self) -> bool {
        self.fahrenheit
    }

    /// Whether a name may begin with this character (scripts without blanks and capitals).
    pub(super) fn is_surname(&self, ch: char) -> bool {
        self.surnames.contains(&ch)
    }
}

/// Words found by their first letter, the longest first.
#[derive(Debug)]
pub(super) struct Phrasebook<T> {
    by_first: HashMap<char, Vec<Known<T>>>,
}

/// A folded word and its meanings.
type Known<T> = (Vec<char>, Vec<T>);

impl<T> Default for Phrasebook<T> {
    fn default() -> Self {
        Self { by_first: HashMap::new() }
    }
}

impl<T: Copy + PartialEq> Phrasebook<T> {
    /// Adds a word; `None` if nothing is left of it after folding.
    pub fn add(&mut self, word: &str, meaning: T) -> Option<()> {
        let folded = fold::fold_word(word);
        let entries = self.by_first.entry(*folded.first()?).or_default();
        match entries.iter_mut().find(|(chars, _)| *chars == folded) {
            Some((_, meanings)) if meanings.contains(&meaning) => {}
            Some((_, meanings)) => meanings.push(meaning),
            None => {
                entries.push((folded, vec![meaning]));
                entries.sort_by_key(|(chars, _)| std::cmp::Reverse(chars.len()));
            }
        }
        Some(())
    }

    /// The longest word standing at `at`, with its length in glyphs and its meanings.
    pub fn longest_at(&self, glyphs: &[Glyph], at: usize) -> Option<(usize, &[T])> {
        let entries = self.by_first.get(&glyphs.get(at)?.ch)?;
        entries
            .iter()
            .find(|(chars, _)| stands_at(chars, glyphs, at))
            .map(|(chars, meanings)| (chars.len(), meanings.as_slice()))
    }
}

/// Whether `word` stands at `at` as a word of its own; scripts without blanks have no word borders.
pub(super) fn stands_at(word: &[char], glyphs: &[Glyph], at: usize) -> bool {
    let end = at + word.len();
    let same = glyphs
        .get(at..end)
        .is_some_and(|piece| piece.iter().zip(word).all(|(glyph, ch)| glyph.ch == *ch));
    let joined = |left: usize, right: usize| {
        let both = |is_of: fn(char) -> bool| {
            [left, right].iter().all(|i| glyphs.get(*i).is_some_and(|glyph| is_of(glyph.ch)))
        };
        both(fold::is_spaced_letter) || both(|ch| ch.is_ascii_digit())
    };
    same && !(at > 0 && joined(at - 1, at)) && !joined(end - 1, end)
}
