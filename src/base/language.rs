//! A phrase in its reader's language: the folders under `locales/` are the list of languages, and Fluent does the grammar.
//! No sentence and no language stands in Rust; who reads which language is decided elsewhere.

mod error;
mod folder;
mod grammar;
mod html;
mod negotiation;
mod phrase;
mod speaker;
mod tag;
mod texts;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use self::folder::Folder;
use self::speaker::Speaker;
use self::texts::Texts;

pub use self::error::LanguageError;
pub use self::html::plain;
pub use self::phrase::{Arg, Phrase, say};
pub use self::speaker::Rendered;
pub use self::tag::{LanguageTag, NotATag};
pub use self::texts::Unsaid;

/// The languages all others are translated from; they stand first in every list, and what another
/// language cannot say is said in the last of them.
const SOURCES: [&str; 2] = ["zh-CN", "en"];
const LAST_RESORT: &str = SOURCES[1];

/// All loaded languages. A clone is a new handle to the same texts.
#[derive(Clone)]
pub struct Languages {
    tags: Arc<[LanguageTag]>,
    texts: Arc<BTreeMap<LanguageTag, Texts>>,
}

impl Languages {
    /// The languages compiled into the binary.
    ///
    /// # Errors
    /// As [`Languages::from_dir`].
    pub fn embedded() -> Result<Self, LanguageError> {
        Self::load(folder::embedded()?)
    }

    /// The languages of a directory that is laid out like `locales/`: a folder for each tag, with
    /// `.ftl` files and perhaps a `lexicon.toml`.
    ///
    /// # Errors
    /// A file that cannot be read, a folder whose name is no canonical tag, a syntax error, an id
    /// that is given twice, a message of the engine that is missing, or no English.
    pub fn from_dir(dir: &Path) -> Result<Self, LanguageError> {
        Self::load(folder::from_dir(dir)?)
    }

    fn load(folders: Vec<Folder>) -> Result<Self, LanguageError> {
        let texts = folders
            .into_iter()
            .map(|folder| Ok((folder.tag.clone(), Texts::open(folder)?)))
            .collect::<Result<BTreeMap<_, _>, LanguageError>>()?;
        let mut tags: Vec<LanguageTag> = texts.keys().cloned().collect();
        tags.sort_by_key(|tag| {
            SOURCES.iter().position(|s| *s == tag.as_str()).unwrap_or(SOURCES.len())
        });
        if tags.iter().all(|tag| tag.as_str() != LAST_RESORT) {
            return Err(LanguageError::NoLanguage { tag: LAST_RESORT });
        }
        Ok(Self { tags: tags.into(), texts: texts.into() })
    }

    /// Every language: the two sources first, then by tag.
    #[must_use]
    pub fn tags(&self) -> &[LanguageTag] {
        &self.tags
    }

    /// The language of exactly this tag, in upper or lower case.
    #[must_use]
    pub fn get(&self, tag: &str) -> Option<LanguageTag> {
        self.tags.iter().find(|known| known.as_str().eq_ignore_ascii_case(tag)).cloned()
    }

    /// The language nearest to what a client says of itself (`zh-hans`, `fr-CA`), which may be
    /// empty or nonsense. It is only ever a proposal: the person chooses.
    #[must_use]
    pub fn negotiate(&self, wanted: &str) -> Option<LanguageTag> {
        negotiation::nearest(&self.tags, wanted)
    }

    /// Says a phrase in a language, as HTML for Telegram's `parse_mode=HTML`. What that language
    /// cannot say is said in English and logged; an id or a bare variable is never shown.
    #[must_use]
    pub fn render(&self, tag: &LanguageTag, phrase: &Phrase) -> Rendered {
        self.speaker(tag).render(phrase)
    }

    /// Says a phrase in that language or not at all, for those who check the texts.
    ///
    /// # Errors
    /// The language is unknown, lacks the message, or asks for something the phrase does not hold.
    pub fn render_strictly(&self, tag: &LanguageTag, phrase: &Phrase) -> Result<Rendered, Unsaid> {
        let own = self.texts.get(tag).ok_or(Unsaid::Absent)?;
        Speaker::new(vec![own]).render_strictly(phrase)
    }

    /// The words in which residents of that language report: the text of its `lexicon.toml`.
    #[must_use]
    pub fn lexicon(&self, tag: &LanguageTag) -> Option<&str> {
        self.texts.get(tag)?.lexicon()
    }

    /// What a language calls itself: `简体中文`, `English`, `Français`.
    #[must_use]
    pub fn own_name(&self, tag: &LanguageTag) -> String {
        if self.texts.contains_key(tag) {
            plain(&self.render(tag, &say("language-name")).html)
        } else {
            tag.to_string()
        }
    }

    fn speaker(&self, tag: &LanguageTag) -> Speaker<'_> {
        let own = self.texts.get(tag);
        let last = self.texts.values().find(|texts| texts.tag.as_str() == LAST_RESORT);
        Speaker::new(own.into_iter().chain(last).collect())
    }
}

impl fmt::Debug for Languages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Languages").field(&self.tags).finish()
    }
}

#[cfg(test)]
mod tests;
