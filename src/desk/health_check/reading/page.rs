//! The file of a lexicon as it is written: its sections, its entries, and the codes it leaves out.

use std::collections::BTreeMap;

use serde::Deserialize;
use strum::IntoEnumIterator;

use super::lexicon::{DayPart, Meaning, OPTIONAL, Sense, Side, Topic};
use super::red_flag::RedPhrase;
use super::{RedFlag, Site, Symptom};

type Words = Vec<String>;
type Senses = BTreeMap<Sense, Words>;

/// One `lexicon.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub language: String,
    #[serde(default)]
    pub fahrenheit: bool,
    #[serde(default)]
    pub surnames: String,
    people: Senses,
    health: Senses,
    temperature: Senses,
    doubt: Senses,
    notice: Senses,
    talk: Senses,
    symptoms: BTreeMap<Symptom, Words>,
    pain_parts: BTreeMap<Symptom, Words>,
    faculties: BTreeMap<Symptom, Words>,
    sites: BTreeMap<Site, Words>,
    day_parts: BTreeMap<DayPart, Words>,
    numerals: BTreeMap<String, u32>,
    elsewhere: BTreeMap<Topic, Sides>,
    red_flags: BTreeMap<RedFlag, Words>,
}

/// The words of one topic by the side of the number on which they stand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sides {
    before: Words,
    after: Words,
    near: Words,
}

/// A word, what it means, and where in the file it stands.
pub(super) type Entry<'p> = (&'p str, Meaning, String);

impl Page {
    /// Every word of the file but the red flags.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries = Vec::new();
        for (sense, words) in self.senses() {
            extend(&mut entries, words, Meaning::Sense(*sense), sense);
        }
        for (code, words) in &self.symptoms {
            extend(&mut entries, words, Meaning::Symptom(*code), code);
        }
        for (code, words) in &self.pain_parts {
            extend(&mut entries, words, Meaning::Part(*code), code);
        }
        for (code, words) in &self.faculties {
            extend(&mut entries, words, Meaning::Faculty(*code), code);
        }
        for (code, words) in &self.sites {
            extend(&mut entries, words, Meaning::Site(*code), code);
        }
        for (code, words) in &self.day_parts {
            extend(&mut entries, words, Meaning::DayPart(*code), code);
        }
        for (topic, sides) in &self.elsewhere {
            for (side, words) in sides.each() {
                extend(&mut entries, words, Meaning::Topic(*topic, side), topic);
            }
        }
        entries.extend(
            self.numerals
                .iter()
                .map(|(word, n)| (word.as_str(), Meaning::Numeral(*n), "numerals".to_owned())),
        );
        entries
    }

    /// The phrases that call for help.
    pub fn red_phrases(&self) -> Vec<(RedFlag, RedPhrase)> {
        self.red_flags
            .iter()
            .flat_map(|(flag, words)| words.iter().map(|words| (*flag, RedPhrase::parse(words))))
            .collect()
    }

    /// Codes without a word, as `section.code`.
    pub fn missing_codes(&self) -> Vec<String> {
        let sense_missing = |sense: &Sense| match self.senses().find(|(key, _)| *key == sense) {
            Some((_, words)) => words.is_empty() && !OPTIONAL.contains(sense),
            None => true,
        };
        let mut missing: Vec<String> =
            Sense::iter().filter(sense_missing).map(|sense| format!("senses.{sense}")).collect();
        missing.extend(lacking("symptoms", &self.symptoms));
        missing.extend(lacking("sites", &self.sites));
        missing.extend(lacking("day_parts", &self.day_parts));
        missing.extend(lacking("red_flags", &self.red_flags));
        let wordless = |topic: &Topic| {
            self.elsewhere
                .get(topic)
                .is_none_or(|sides| sides.each().iter().all(|(_, words)| words.is_empty()))
        };
        missing.extend(Topic::iter().filter(wordless).map(|topic| format!("elsewhere.{topic}")));
        missing
    }

    fn senses(&self) -> impl Iterator<Item = (&Sense, &Words)> {
        [&self.people, &self.health, &self.temperature, &self.doubt, &self.notice, &self.talk]
            .into_iter()
            .flatten()
    }
}

impl Sides {
    fn each(&self) -> [(Side, &Words); 3] {
        [(Side::Before, &self.before), (Side::After, &self.after), (Side::Near, &self.near)]
    }
}

fn extend<'p>(
    entries: &mut Vec<Entry<'p>>,
    words: &'p [String],
    meaning: Meaning,
    place: &impl ToString,
) {
    entries.extend(words.iter().map(|word| (word.as_str(), meaning, place.to_string())));
}

fn lacking<C: IntoEnumIterator + Ord + ToString>(
    section: &str,
    words: &BTreeMap<C, Words>,
) -> Vec<String> {
    C::iter()
        .filter(|code| words.get(code).is_none_or(Vec::is_empty))
        .map(|code| format!("{section}.{}", code.to_string()))
        .collect()
}
