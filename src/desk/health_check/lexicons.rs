//! The lexicons of all languages, read once: which of them a message is read with.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::reading::{Heard, Lexicon, LexiconError, QuestionKind, RedFlag, read, red_flags};
use crate::base::language::{LanguageTag, Languages};
use crate::base::meter;

/// The words of every language that has a lexicon.
#[derive(Debug)]
pub struct Lexicons {
    by_tag: BTreeMap<LanguageTag, Lexicon>,
}

static LEXICONS: OnceLock<Lexicons> = OnceLock::new();

impl Lexicons {
    /// Reads the lexicons of all languages; the first reading is kept for the life of the process.
    ///
    /// # Errors
    /// When a lexicon is not usable; the tag says which.
    pub fn load(languages: &Languages) -> Result<&'static Self, (LanguageTag, LexiconError)> {
        if let Some(loaded) = LEXICONS.get() {
            return Ok(loaded);
        }
        let mut by_tag = BTreeMap::new();
        for tag in languages.tags() {
            if let Some(text) = languages.lexicon(tag) {
                let lexicon = Lexicon::parse(text).map_err(|error| (tag.clone(), error))?;
                by_tag.insert(tag.clone(), lexicon);
            }
        }
        Ok(LEXICONS.get_or_init(|| Self { by_tag }))
    }

    /// The lexicon of a language.
    #[must_use]
    pub fn get(&self, tag: &LanguageTag) -> Option<&Lexicon> {
        self.by_tag.get(tag)
    }

    /// Reads a message in the first of these languages that finds readings in it; else what the most
    /// curious of them would ask.
    #[must_use]
    pub fn hear(&self, text: &str, tags: &[LanguageTag], members: &[&str]) -> Heard {
        let mut question = Heard::Silence;
        for lexicon in tags.iter().filter_map(|tag| self.get(tag)) {
            match read(text, lexicon, members) {
                found @ Heard::Readings { .. } => return found,
                Heard::Ask(asked) if may_replace(&question, &asked.kind) => {
                    question = Heard::Ask(asked);
                }
                Heard::Ask(_) | Heard::Silence => {}
            }
        }
        question
    }

    /// The red flags of a message in any language: danger is heard whoever speaks.
    #[must_use]
    pub fn red_flags(&self, text: &str) -> Vec<RedFlag> {
        let mut found: Vec<RedFlag> =
            self.by_tag.values().flat_map(|lexicon| red_flags(text, lexicon)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A question with a value beats one without.
fn may_replace(so_far: &Heard, kind: &QuestionKind) -> bool {
    match so_far {
        Heard::Ask(asked) => asked.kind == QuestionKind::Number && *kind != QuestionKind::Number,
        Heard::Silence | Heard::Readings { .. } => true,
    }
}

impl Heard {
    /// Counts what a resident's message was taken for, by the household's language.
    pub(super) fn count(&self, language: &LanguageTag) {
        let outcome = match self {
            Self::Readings { .. } => "accepted",
            Self::Ask(_) => "asked",
            Self::Silence => "none",
        };
        meter::message_read(outcome, language.as_str());
    }
}
