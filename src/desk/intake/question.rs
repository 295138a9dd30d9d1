//! The questions that a household is asked once. They are data, a list for each language in its
//! `intake.toml`; a new one needs no program code. English has them all and gives their order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use serde::Deserialize;

/// The name of the file beside a language's texts.
const FILE: &str = "intake.toml";
/// The language that has every question.
const ENGLISH: &str = "en";

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

/// The questions of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    question: Vec<Question>,
}

/// A question in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What stands for it in every language.
    pub id: String,
    /// Its name on the household's file.
    pub label: String,
    /// The question itself.
    pub ask: String,
    /// The answers that are a press away; words may be written instead.
    #[serde(default)]
    pub answer: Vec<Answer>,
}

/// An answer that is a press away.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What stands for it in every language.
    pub id: String,
    /// What stands on its button.
    pub text: String,
}

impl Question {
    /// The words of an answer.
    #[must_use]
    pub fn answer(&self, id: &str) -> Option<&str> {
        self.answer.iter().find(|answer| answer.id == id).map(|answer| answer.text.as_str())
    }
}

static ALL: LazyLock<BTreeMap<String, Vec<Question>>> = LazyLock::new(|| {
    let files = Locales::iter().filter(|path| path.ends_with(FILE));
    files.filter_map(|path| read(&path)).collect()
});

/// A file that cannot be read counts as absent; a test reads them all.
fn read(path: &str) -> Option<(String, Vec<Question>)> {
    let file = Locales::get(path)?;
    let read: Questions = toml::from_str(std::str::from_utf8(&file.data).ok()?).ok()?;
    Some((path.split('/').next()?.to_owned(), read.question))
}

/// The questions in their order, as English has them.
#[must_use]
pub fn all() -> &'static [Question] {
    ALL.get(ENGLISH).map_or(&[], Vec::as_slice)
}

/// A question in a language, in English where that language lacks it.
#[must_use]
pub fn find(tag: &str, id: &str) -> Option<&'static Question> {
    let own = ALL.get(tag).and_then(|list| list.iter().find(|question| question.id == id));
    own.or_else(|| all().iter().find(|question| question.id == id))
}

/// The question after this one, and its place from 1; the first without one.
#[must_use]
pub fn after(id: Option<&str>) -> Option<&'static Question> {
    let place = id.and_then(|id| all().iter().position(|question| question.id == id));
    all().get(place.map_or(0, |place| place + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text takes of a resident's message: Han characters count for two and a half.
    fn width(text: &str) -> usize {
        text.chars().map(|c| if c as u32 >= 0x2E80 { 5 } else { 2 }).sum::<usize>() / 2
    }

    #[test]
    fn every_language_asks_the_same_and_offers_the_same_answers() {
        let languages = Locales::iter().filter(|path| path.ends_with("language.ftl")).count();
        assert_eq!(ALL.len(), languages, "every language has its file, and all can be read");
        let shape = |list: &[Question]| -> Vec<(String, Vec<String>)> {
            let ids = |q: &Question| q.answer.iter().map(|answer| answer.id.clone()).collect();
            list.iter().map(|q| (q.id.clone(), ids(q))).collect()
        };
        assert!(!all().is_empty());
        for (tag, list) in ALL.iter() {
            assert_eq!(shape(list), shape(all()), "{tag}");
        }
    }

    #[test]
    fn every_question_is_short_and_every_id_fits_a_button() {
        for (tag, list) in ALL.iter() {
            for question in list {
                assert!(width(&question.ask) <= 200, "{tag}: {}", question.ask);
                assert!(width(&question.label) <= 24, "{tag}: {}", question.label);
                assert!(question.id.len() <= 20, "{}", question.id);
                for answer in &question.answer {
                    assert!(width(&answer.text) <= 24, "{tag}: {}", answer.text);
                    assert!(answer.id.len() <= 12 && question.answer.len() <= 6, "{}", answer.id);
                }
            }
        }
    }

    #[test]
    fn one_question_follows_the_other() {
        let first = after(None).unwrap();
        assert_eq!(after(Some(&first.id)).unwrap().id, all()[1].id);
        assert_eq!(after(Some(&all().last().unwrap().id)), None);
    }
}
